/*
 * simple.c - calls that do little: what the way into the kernel and back costs,
 * and the shortest ways through the VFS.
 */
#include "bench.h"

static char st[256];

static void rows_devices(void)
{
	int z = k_open("/dev/zero", O_RDONLY), nul = k_open("/dev/null", O_RDWR);
	char c = 0;

	if (want("read_zero_1")) {
		if (z >= 0)
			REPEAT("read_zero_1", 500, k_read(z, &c, 1));
		else
			unsupported("read_zero_1");
	}
	if (want("read_zero_64k") && z >= 0)
		REPEAT("read_zero_64k", 4, k_read(z, buf, sizeof buf));
	if (want("write_null_1")) {
		if (nul >= 0)
			REPEAT("write_null_1", 500, k_write(nul, &c, 1));
		else
			unsupported("write_null_1");
	}
	if (want("ioctl_noop") && nul >= 0)	/* to the driver and back: it has none */
		REPEAT("ioctl_noop", 500, sc3(SYS_ioctl, nul, 0, 0));
	k_close(z);
	k_close(nul);
}

static void rows_names(void)
{
	int fd;

	if (want("open_close"))
		REPEAT("open_close", 100, fd = k_open(STATF, O_RDONLY); k_close(fd));
	if (want("stat")) {
		if (k_stat(STATF, st) < 0)
			unsupported("stat");
		else
			REPEAT("stat", 100, k_stat(STATF, st));
	}
	if (want("dup_close"))
		REPEAT("dup_close", 200, fd = k_dup(1); k_close(fd));
	if (want("lseek")) {
		fd = k_open(STATF, O_RDONLY);
		REPEAT("lseek", 500, sc3(SYS_lseek, fd, 0, 0));
		k_close(fd);
	}
}

static void rows_clock(void)
{
	if (want("gettimeofday"))
		REPEAT("gettimeofday", 300, sc2(SYS_gettimeofday, (int)st, 0));
	if (want("clock_gettime")) {
		if (sc2(SYS_clock_gettime, 1, (int)st) < 0)
			unsupported("clock_gettime");
		else
			REPEAT("clock_gettime", 300, sc2(SYS_clock_gettime, 1, (int)st));
	}
}

static void rows_scheduler(void)
{
	static int word;

	if (want("sched_yield")) {
		if (sc0(SYS_sched_yield) == -ENOSYS)
			unsupported("sched_yield");
		else
			REPEAT("sched_yield", 300, sc0(SYS_sched_yield));
	}
	if (want("futex_wake0")) {
		if (sc3(SYS_futex, (int)&word, 1 | 128, 1) == -ENOSYS)
			unsupported("futex_wake0");
		else
			REPEAT("futex_wake0", 300, sc3(SYS_futex, (int)&word, 1 | 128, 1));
	}
}

/* A character device of a page's code, linked, its node made, and gone again. */
void row_module(void)
{
	int fd;

	if (!want("module_load"))
		return;
	fd = k_open("/module.ko", O_RDONLY);
	if (sc3(SYS_finit_module, fd, (int)"", 0) < 0) {
		unsupported("module_load");
	} else {
		sc2(SYS_delete_module, (int)"openbuf", 0);
		REPEAT("module_load", 1,
		       sc3(SYS_finit_module, fd, (int)"", 0);
		       sc2(SYS_delete_module, (int)"openbuf", 0));
	}
	k_close(fd);
}

void row_simple(void)
{
	int fd;

	if (want("null_syscall"))
		REPEAT("null_syscall", 1000, k_null());
	rows_devices();
	rows_names();
	rows_clock();
	rows_scheduler();
	if (want("getdents_100"))
		REPEAT("getdents_100", 4,
		       fd = k_open("/d100", O_RDONLY);
		       while (sc3(SYS_getdents64, fd, (int)buf, 4096) > 0)
			       ;
		       k_close(fd));
}
