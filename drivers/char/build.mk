kernel-objs += \
	drivers/char/guest.o \
	drivers/char/mem.o \
	drivers/char/misc.o \
	drivers/char/kmsg.o \
	drivers/char/syslog.o
drivers += edu lp
edu-objs := drivers/char/edu.o drivers/char/edu_dma.o drivers/char/edu_file.o
lp-objs := drivers/char/lp.o
