/* stdio_impl.h: a stream, as the files of the library that work on streams see it. */
#ifndef LIB_STDIO_IMPL_H
#define LIB_STDIO_IMPL_H

#include <stdio.h>

#define F_READABLE 1
#define F_WRITABLE 2
#define F_ATEOF 4
#define F_FAILED 8
#define F_APPENDING 16
#define F_OWN_BUFFER 32		/* setvbuf() brought it: not ours to free */
#define F_STATIC 64		/* one of the three that begin open */

/*
 * Reading, buf[pos..end) waits for the program; writing, buf[0..pos) waits for
 * the kernel and end is 0.  A stream turns round at a seek or flush.
 */
struct __file {
	int fd;
	int flags;
	int mode;		/* _IOFBF, _IOLBF, _IONBF, or -1: not decided yet */
	int writing;
	char *buf;
	size_t size, pos, end;
	int pid;		/* of popen()'s child */
	int pushed;		/* from ungetc() before the buffer's begin; EOF: none */
	struct __file *next;	/* all that are open, for exit() */
};

int __fill(FILE *f);
FILE *__stream(int fd, const char *mode);
int __mode_flags(const char *mode);

#endif
