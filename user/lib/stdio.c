/*
 * stdio.c: buffered streams.
 *
 * A stream saves system calls: many small reads become one read() of a whole
 * buffer, many small writes one write().  When that write happens is the
 * stream's mode: at a full buffer (files), at each line (terminals), at once
 * (stderr).  Opening and closing is in fopen.c, formats in printf.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "libc.h"
#include "stdio_impl.h"

/* Gets the buffer, and asks at the first use whether a terminal is behind. */
static int prepare(FILE *f)
{
	if (f->mode < 0) {
		int saved = errno;

		f->mode = isatty(f->fd) ? _IOLBF : _IOFBF;
		errno = saved;
	}
	if (!f->buf) {
		f->buf = malloc(BUFSIZ);
		f->size = BUFSIZ;
	}
	return f->buf ? 0 : EOF;
}

static int fail(FILE *f)
{
	f->flags |= F_FAILED;
	return EOF;
}

static int write_all(FILE *f, const char *s, size_t n)
{
	while (n) {
		ssize_t done = write(f->fd, s, n);

		if (done < 0) {
			if (errno == EINTR)
				continue;
			return fail(f);
		}
		s += done;
		n -= done;
	}
	return 0;
}

/* Writing: hands on what waits. Reading: moves the descriptor back to where the program is. */
int fflush(FILE *f)
{
	if (!f) {
		__flush_all();
		return 0;
	}
	if (f->writing) {
		size_t n = f->pos;

		f->pos = 0;
		f->writing = 0;
		return write_all(f, f->buf, n);
	}
	if (f->pos < f->end)
		lseek(f->fd, (off_t)f->pos - (off_t)f->end, SEEK_CUR);
	f->pos = f->end = 0;
	f->pushed = EOF;
	return 0;
}

/* The next buffer-full. Returns 0, or EOF at the end and on errors. */
int __fill(FILE *f)
{
	ssize_t n;

	if (!(f->flags & F_READABLE)) {
		errno = EBADF;
		return fail(f);
	}
	if (f->writing && fflush(f) < 0)
		return EOF;
	if (prepare(f) < 0)
		return fail(f);
	if (f->fd == 0 && stdout->mode == _IOLBF)
		fflush(stdout);		/* a prompt without a newline shall be seen */
	n = read(f->fd, f->buf, f->mode == _IONBF ? 1 : f->size);
	f->pos = 0;
	f->end = n > 0 ? n : 0;
	if (n > 0)
		return 0;
	if (n < 0)
		return fail(f);
	f->flags |= F_ATEOF;
	return EOF;
}

int fgetc(FILE *f)
{
	int c = f->pushed;

	if (c != EOF) {
		f->pushed = EOF;
		return c;
	}
	if ((f->writing || f->pos == f->end) && __fill(f) < 0)
		return EOF;
	return (unsigned char)f->buf[f->pos++];
}

int ungetc(int c, FILE *f)
{
	if (c == EOF)
		return EOF;
	f->flags &= ~F_ATEOF;
	if (!f->writing && f->pos > 0)
		f->buf[--f->pos] = c;
	else if (f->pushed == EOF)
		f->pushed = (unsigned char)c;
	else
		return EOF;
	return c;
}

size_t fread(void *p, size_t size, size_t n, FILE *f)
{
	size_t want = size * n, have = 0, part;
	int c;

	if (!want)
		return 0;
	if (f->pushed != EOF && (c = fgetc(f)) != EOF)
		((char *)p)[have++] = c;
	while (have < want) {
		if ((f->writing || f->pos == f->end) && __fill(f) < 0)
			break;
		part = f->end - f->pos;
		if (part > want - have)
			part = want - have;
		memcpy((char *)p + have, f->buf + f->pos, part);
		f->pos += part;
		have += part;
	}
	return have / size;
}

/* Makes the stream ready for output. */
static int turn_to_writing(FILE *f)
{
	if (f->writing)
		return 0;
	if (!(f->flags & F_WRITABLE)) {
		errno = EBADF;
		return fail(f);
	}
	if (f->end && fflush(f) < 0)
		return EOF;
	if (prepare(f) < 0)
		return fail(f);
	f->pos = f->end = 0;
	f->writing = 1;
	return 0;
}

static int put(FILE *f, const char *s, size_t n)
{
	if (turn_to_writing(f) < 0)
		return EOF;
	if (f->mode == _IONBF)
		return write_all(f, s, n);
	if (n > f->size - f->pos) {
		if (write_all(f, f->buf, f->pos) < 0)
			return EOF;
		f->pos = 0;
		if (n >= f->size)
			return write_all(f, s, n);
	}
	memcpy(f->buf + f->pos, s, n);
	f->pos += n;
	if (f->mode == _IOLBF && memrchr(s, '\n', n)) {
		n = f->pos;
		f->pos = 0;
		return write_all(f, f->buf, n);
	}
	return 0;
}

size_t fwrite(const void *p, size_t size, size_t n, FILE *f)
{
	return put(f, p, size * n) < 0 ? 0 : n;
}

int fputc(int c, FILE *f)
{
	char byte = c;

	if (f->writing && f->mode == _IOFBF && f->pos < f->size) {
		f->buf[f->pos++] = byte;
		return (unsigned char)c;
	}
	return put(f, &byte, 1) < 0 ? EOF : (unsigned char)c;
}

int fputs(const char *s, FILE *f)
{
	return put(f, s, strlen(s));
}

int puts(const char *s)
{
	return fputs(s, stdout) < 0 ? EOF : fputc('\n', stdout);
}

int fseeko(FILE *f, off_t offset, int whence)
{
	if (fflush(f) < 0 || lseek(f->fd, offset, whence) < 0)
		return -1;
	f->flags &= ~F_ATEOF;
	return 0;
}

off_t ftello(FILE *f)
{
	off_t at = lseek(f->fd, 0, f->flags & F_APPENDING && f->writing ? SEEK_END : SEEK_CUR);

	if (at < 0)
		return -1;
	return f->writing ? at + f->pos : at - (off_t)(f->end - f->pos) - (f->pushed != EOF);
}

int fseek(FILE *f, long offset, int whence)
{
	return fseeko(f, offset, whence);
}

long ftell(FILE *f)
{
	return ftello(f);
}

void rewind(FILE *f)
{
	fseeko(f, 0, SEEK_SET);
	clearerr(f);
}

int setvbuf(FILE *f, char *buffer, int mode, size_t size)
{
	if (mode < _IOFBF || mode > _IONBF)
		return -1;
	fflush(f);
	f->mode = mode;
	if (!buffer || !size)
		return 0;
	if (!(f->flags & F_OWN_BUFFER))
		free(f->buf);
	f->flags |= F_OWN_BUFFER;
	f->buf = buffer;
	f->size = size;
	return 0;
}

void setbuf(FILE *f, char *buffer)
{
	setvbuf(f, buffer, buffer ? _IOFBF : _IONBF, BUFSIZ);
}

void setlinebuf(FILE *f)
{
	setvbuf(f, NULL, _IOLBF, 0);
}

int feof(FILE *f)
{
	return (f->flags & F_ATEOF) != 0;
}

int ferror(FILE *f)
{
	return (f->flags & F_FAILED) != 0;
}

void clearerr(FILE *f)
{
	f->flags &= ~(F_ATEOF | F_FAILED);
}

int fileno(FILE *f)
{
	return f->fd;
}
