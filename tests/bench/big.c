/*
 * big.c - a large file: cold, warm, written, and removed.
 * These rows run first, while /big has not been read since power-on.
 */
#include "bench.h"

/* 32 MiB in 64 KiB pieces; one sample, per KiB */
static void whole(const char *name, int fd, int writing, int sync)
{
	u64 t;
	int i, r = 0;

	MARK(1);
	t = now();
	for (i = 0; i < 512 && r >= 0; i++)
		r = writing ? k_write(fd, buf, sizeof buf) : readn(fd, buf, sizeof buf);
	if (sync)
		sc1(SYS_fsync, fd);
	t = now() - t;
	MARK(2);
	if (r == sizeof buf)
		add(t);
	report(name, 32768);
}

/* One call between markers, told per n. */
#define ONCE(name, n, call) do {	\
	u64 t_;				\
	MARK(1);			\
	t_ = now();			\
	call;				\
	t_ = now() - t_;		\
	MARK(2);			\
	add(t_);			\
	report(name, n);		\
} while (0)

void row_big(void)
{
	int fd, i;

	if (!want("seq_"))
		return;
	fd = k_open("/big", O_RDONLY);
	if (fd < 0) {
		unsupported("seq_read_cold");
		return;
	}
	whole("seq_read_cold", fd, 0, 0);
	for (i = 0; i < 3; i++) {
		sc3(SYS_lseek, fd, 0, 0);
		whole("seq_read_warm", fd, 0, 0);
	}
	k_close(fd);

	fd = k_open("/tmp/w32", O_CREAT | O_RDWR | O_TRUNC);
	whole("seq_write_new", fd, 1, 0);
	ONCE("seq_fsync_after_new", 32768, sc1(SYS_fsync, fd));
	sc3(SYS_lseek, fd, 0, 0);
	whole("seq_rewrite", fd, 1, 0);
	sc3(SYS_lseek, fd, 0, 0);
	whole("seq_rewrite_fsync", fd, 1, 1);
	k_close(fd);
	ONCE("seq_unlink_32m", 1, k_unlink("/tmp/w32"));
}
