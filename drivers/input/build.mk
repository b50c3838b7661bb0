kernel-objs += \
	drivers/input/atkbd.o \
	drivers/input/i8042.o \
	drivers/input/input.o \
	drivers/input/input-register.o \
	drivers/input/keyboard.o
drivers += evdev pcspkr psmouse
evdev-objs := drivers/input/evdev.o drivers/input/evdev-ioctl.o
pcspkr-objs := drivers/input/pcspkr.o
psmouse-objs := drivers/input/psmouse.o
