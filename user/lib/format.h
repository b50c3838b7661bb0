/* format.h: where the formatter of printf.c sends its output. */
#ifndef LIB_FORMAT_H
#define LIB_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

struct sink {
	void (*put)(struct sink *sink, const char *s, size_t n);
	size_t total;		/* bytes given so far, dropped ones too */
};

int __vformat(struct sink *sink, const char *format, va_list args);

#endif
