kernel-objs += \
	drivers/char/guest.o \
	drivers/char/mem.o \
	drivers/char/misc.o \
	drivers/char/kmsg.o \
	drivers/char/syslog.o
drivers += lp
lp-objs := drivers/char/lp.o
