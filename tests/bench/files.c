/*
 * files.c - small files through the cache.
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
