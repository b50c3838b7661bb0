# One file a command.
commands += cat chmod cp date dd dmesg echo env false grep head hexdump init kill ktest ln ls \
	mkdir mkfifo mknod mount mv poweroff ps reboot rm rmdir seq sleep sort stty sync tail tee \
	test touch true umount uname wc
