# One file a command.
commands += blkdiscard cat chmod cp date dd depmod dmesg echo eep env false grep head hexdump init insmod kill ktest ln ls lsmod \
	mkdir mkfifo mknod modinfo modprobe mount mv poweroff ps reboot rm rmdir rmmod seek select seq sleep sort stty sync tail tee \
	test touch true umount uname wc

# What several of them share, some of it with the shell.
libc-objs += user/bin/command.o
libc-objs += user/bin/escape.o
libc-objs += user/bin/expression.o
libc-objs += user/bin/mode.o
libc-objs += user/bin/signals.o
