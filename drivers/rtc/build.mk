drivers += rtc-cmos
rtc-cmos-objs := drivers/rtc/rtc-cmos.o
