/*
 * files.c - small files through the cache, and a large one past it and back.
 */
#include "bench.h"

void row_files(void)
{
	int fd;

	k_unlink(TMPF);
	if (want("create_unlink"))
		REPEAT("create_unlink", 10,
		       fd = k_open(TMPF, O_CREAT | O_RDWR | O_TRUNC);
		       k_close(fd);
		       k_unlink(TMPF));
	if (want("file4k_cwu"))
		REPEAT("file4k_cwu", 10,
		       fd = k_open(TMPF, O_CREAT | O_RDWR | O_TRUNC);
		       k_write(fd, buf, 4096);
		       k_close(fd);
		       k_unlink(TMPF));
	if (want("file4k_read") || want("file4k_rewrite")) {
		/* 4 KiB of a cached file: read it, overwrite it */
		fd = k_open(TMPF, O_CREAT | O_RDWR | O_TRUNC);
		k_write(fd, buf, 4096);
		if (want("file4k_read"))
			REPEAT("file4k_read", 50,
			       sc3(SYS_lseek, fd, 0, 0);
			       k_read(fd, buf, 4096));
		if (want("file4k_rewrite"))
			REPEAT("file4k_rewrite", 20,
			       sc3(SYS_lseek, fd, 0, 0);
			       k_write(fd, buf, 4096));
		k_close(fd);
		k_unlink(TMPF);
	}
	if (want("file64k_read")) {
		/* open, read 64 KiB, close; cached where there is a cache; per KiB */
		fd = k_open(TMPF, O_CREAT | O_RDWR | O_TRUNC);
		k_write(fd, buf, sizeof buf);
		k_close(fd);
		REPEATD("file64k_read", 1, 64,
			fd = k_open(TMPF, O_RDONLY);
			readn(fd, buf, sizeof buf);
			k_close(fd));
		k_unlink(TMPF);
	}
}


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

void row_big(void)
{
	int fd, i;
	u64 t;

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
	MARK(1);
	t = now();
	sc1(SYS_fsync, fd);
	t = now() - t;
	MARK(2);
	add(t);
	report("seq_fsync_after_new", 32768);
	sc3(SYS_lseek, fd, 0, 0);
	whole("seq_rewrite", fd, 1, 0);
	sc3(SYS_lseek, fd, 0, 0);
	whole("seq_rewrite_fsync", fd, 1, 1);
	k_close(fd);
	MARK(1);
	t = now();
	k_unlink("/tmp/w32");
	t = now() - t;
	MARK(2);
	add(t);
	report("seq_unlink_32m", 1);
}
