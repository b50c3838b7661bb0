kernel-objs += \
	drivers/input/input.o \
	drivers/input/input-register.o \
	drivers/input/keyboard.o
drivers += atkbd evdev i8042 pcspkr psmouse
atkbd-objs := drivers/input/atkbd.o
atkbd-needs := i8042
evdev-objs := drivers/input/evdev.o drivers/input/evdev-ioctl.o
i8042-objs := drivers/input/i8042.o
pcspkr-objs := drivers/input/pcspkr.o
psmouse-objs := drivers/input/psmouse.o
psmouse-needs := i8042
