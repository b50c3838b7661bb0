/* lines.c: whole lines, single characters and formats on streams. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "format.h"
#include "libc.h"
#include "stdio_impl.h"

int getc(FILE *f)
{
	return fgetc(f);
}

int getchar(void)
{
	return fgetc(stdin);
}

int putc(int c, FILE *f)
{
	return fputc(c, f);
}

int putchar(int c)
{
	return fputc(c, stdout);
}

char *fgets(char *s, int size, FILE *f)
{
	int n = 0, c;

	while (n < size - 1 && (c = fgetc(f)) != EOF) {
		s[n++] = c;
		if (c == '\n')
			break;
	}
	if (n == 0 || ferror(f))
		return NULL;
	s[n] = '\0';
	return s;
}

ssize_t getdelim(char **line, size_t *size, int delimiter, FILE *f)
{
	size_t n = 0;
	int c;

	if (!*line)
		*size = 0;
	while ((c = fgetc(f)) != EOF) {
		if (n + 2 > *size) {
			size_t bigger = *size ? *size * 2 : 120;
			char *new = realloc(*line, bigger);

			if (!new)
				return -1;
			*line = new;
			*size = bigger;
		}
		(*line)[n++] = c;
		if (c == delimiter)
			break;
	}
	if (n == 0)
		return -1;
	(*line)[n] = '\0';
	return n;
}

ssize_t getline(char **line, size_t *size, FILE *f)
{
	return getdelim(line, size, '\n', f);
}

struct stream_sink {
	struct sink sink;
	FILE *file;
};

static void put_stream(struct sink *sink, const char *s, size_t n)
{
	fwrite(s, 1, n, ((struct stream_sink *)sink)->file);
}

/* stderr has no buffer; one for the length of a message makes it one write(), whole among others. */
int vfprintf(FILE *f, const char *format, va_list ap)
{
	struct stream_sink out = { .sink.put = put_stream, .file = f };
	int failed = ferror(f), n;
	char buffer[256];

	clearerr(f);
	if (f->mode == _IONBF && !f->buf && f->flags & F_WRITABLE) {
		f->buf = buffer;
		f->size = sizeof(buffer);
		f->mode = _IOFBF;
		n = __vformat(&out.sink, format, ap);
		fflush(f);
		f->mode = _IONBF;
		f->buf = NULL;
		f->size = 0;
	} else {
		n = __vformat(&out.sink, format, ap);
	}
	if (ferror(f))
		return -1;
	if (failed)
		f->flags |= F_FAILED;
	return n;
}

int fprintf(FILE *f, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vfprintf(f, format, ap);
	va_end(ap);
	return n;
}

int vprintf(const char *format, va_list ap)
{
	return vfprintf(stdout, format, ap);
}

int printf(const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vfprintf(stdout, format, ap);
	va_end(ap);
	return n;
}

int vdprintf(int fd, const char *format, va_list ap)
{
	FILE f = { .fd = fd, .flags = F_WRITABLE, .mode = _IONBF, .pushed = EOF };

	return vfprintf(&f, format, ap);
}

int dprintf(int fd, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vdprintf(fd, format, ap);
	va_end(ap);
	return n;
}

void perror(const char *what)
{
	const char *text = strerror(errno);

	if (what && *what)
		fprintf(stderr, "%s: %s\n", what, text);
	else
		fprintf(stderr, "%s\n", text);
}

int remove(const char *path)
{
	if (unlink(path) == 0)
		return 0;
	return errno == EISDIR || errno == EPERM ? rmdir(path) : -1;
}
