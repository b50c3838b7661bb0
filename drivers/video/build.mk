kernel-objs += \
	drivers/video/vgacon.o \
	drivers/video/vt.o \
	drivers/video/vt_csi.o \
	drivers/video/vt_tty.o
