/* err.c: messages "program: text: reason" to stderr. */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void message(int number, const char *format, va_list ap)
{
	fflush(stdout);
	fprintf(stderr, "%s: ", program_invocation_short_name);
	if (format)
		vfprintf(stderr, format, ap);
	if (number && format)
		fprintf(stderr, ": ");
	fprintf(stderr, "%s\n", number ? strerror(number) : "");
}

void vwarn(const char *format, va_list ap)
{
	message(errno, format, ap);
}

void vwarnx(const char *format, va_list ap)
{
	message(0, format, ap);
}

void warn(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vwarn(format, ap);
	va_end(ap);
}

void warnx(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vwarnx(format, ap);
	va_end(ap);
}

void err(int status, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vwarn(format, ap);
	va_end(ap);
	exit(status);
}

void errx(int status, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vwarnx(format, ap);
	va_end(ap);
	exit(status);
}
