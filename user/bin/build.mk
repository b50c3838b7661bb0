# One file a command.
commands += cat chmod cp date dd dmesg echo env false grep head hexdump init kill ktest ln ls \
	mkdir mkfifo mknod mount mv poweroff ps reboot rm rmdir seq sleep sort stty sync tail tee \
	test touch true umount uname wc

# What several of them share, some of it with the shell.
libc-objs += user/bin/command.o
libc-objs += user/bin/escape.o
libc-objs += user/bin/expression.o
libc-objs += user/bin/mode.o
libc-objs += user/bin/signals.o
