kernel-objs += \
	drivers/video/fbmem.o \
	drivers/video/fbcon.o \
	drivers/video/vgacon.o \
	drivers/video/vt.o \
	drivers/video/vt_csi.o \
	drivers/video/vt_tty.o
drivers += bochs
bochs-objs := drivers/video/bochs.o
