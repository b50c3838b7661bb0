kernel-objs += kernel/time/calibrate.o
kernel-objs += kernel/time/delay.o
kernel-objs += kernel/time/hrtimer.o
kernel-objs += kernel/time/rtc.o
kernel-objs += kernel/time/time.o
kernel-objs += kernel/time/timekeeping.o
kernel-objs += kernel/time/timer.o
