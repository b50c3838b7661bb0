kernel-objs += drivers/gpio/gpiolib.o
kernel-objs += drivers/gpio/gpiolib-sysfs.o
drivers += gpio-mockup
gpio-mockup-objs := drivers/gpio/gpio-mockup.o
