kernel-objs += drivers/base/bus.o
kernel-objs += drivers/base/class.o
kernel-objs += drivers/base/core.o
kernel-objs += drivers/base/dd.o
kernel-objs += drivers/base/devres.o
kernel-objs += drivers/base/kobject.o
kernel-objs += drivers/base/platform.o
kernel-objs += drivers/base/uevent.o
