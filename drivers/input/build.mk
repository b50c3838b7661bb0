kernel-objs += \
	drivers/input/i8042.o \
	drivers/input/keyboard.o
