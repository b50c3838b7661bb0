kernel-objs += drivers/rtc/rtc-cmos.o
