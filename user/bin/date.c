/* date - what time it is, or from now on shall be.  The calls: clock_gettime(2), clock_settime(2). */
#include <ctype.h>
#include <time.h>
#include "command.h"

static const char help[] =
	"usage: date [-u] [+FORMAT]\n"
	"       date [-u] MMDDhhmm[[CC]YY][.SS]\n"
	"       date -s SECONDS\n"
	"Shows the time (UTC, with or without -u), as strftime(3) does with FORMAT,\n"
	"or sets it: month, day, hour, minute, and the year if it is another; or\n"
	"(-s) the seconds since 1970.\n";

static int pair(const char *text)
{
	return (text[0] - '0') * 10 + text[1] - '0';
}

/* MMDDhhmm[[CC]YY][.SS] as POSIX has it; the years 69 to 99 are of the last century. */
static time_t time_of(const char *text)
{
	const size_t digits = strspn(text, "0123456789");
	time_t now = time(NULL), wanted;
	struct tm tm = *gmtime(&now), asked;

	if ((digits != 8 && digits != 10 && digits != 12) ||
	    (text[digits] && (text[digits] != '.' || strspn(text + digits + 1, "0123456789") != 2 || text[digits + 3])))
		errx(EXIT_FAILURE, "%s: that is no date", text);
	tm.tm_mon = pair(text) - 1;
	tm.tm_mday = pair(text + 2);
	tm.tm_hour = pair(text + 4);
	tm.tm_min = pair(text + 6);
	tm.tm_sec = text[digits] ? pair(text + digits + 1) : 0;
	if (digits == 10)
		tm.tm_year = pair(text + 8) + (pair(text + 8) < 69 ? 100 : 0);
	else if (digits == 12)
		tm.tm_year = pair(text + 8) * 100 + pair(text + 10) - 1900;
	asked = tm;
	wanted = timegm(&tm);
	if (tm.tm_mon != asked.tm_mon || tm.tm_mday != asked.tm_mday || tm.tm_hour != asked.tm_hour ||
	    tm.tm_min != asked.tm_min)
		errx(EXIT_FAILURE, "%s: there is no such date", text);
	return wanted;
}

static void show(const char *format, time_t t)
{
	size_t size = 256;
	char *text = NULL;

	if (!*format) {			/* strftime() cannot tell nothing from too much */
		putchar('\n');
		return;
	}
	do {
		size *= 2;
		text = realloc(text, size);
		if (!text)
			err(EXIT_FAILURE, "the format");
	} while (!strftime(text, size, format, gmtime(&t)) && size < 1 << 20);
	puts(text);
	free(text);
}

int main(int argc, char **argv)
{
	const char *format = "%a %b %e %H:%M:%S %Z %Y";
	struct timespec ts = { 0 };
	int c, set = 0;

	while ((c = next_option(argc, argv, "us:", help)) != -1) {
		if (c == 'u')
			continue;	/* it is UTC anyway */
		ts.tv_sec = number_or_die(optarg);
		set = 1;
	}
	if (optind < argc && argv[optind][0] == '+') {
		format = argv[optind++] + 1;
	} else if (optind < argc && !set) {
		ts.tv_sec = time_of(argv[optind++]);
		set = 1;
	}
	if (optind < argc)
		wrong_usage(help);
	if (set && clock_settime(CLOCK_REALTIME, &ts))
		err(EXIT_FAILURE, "the clock");
	show(format, time(NULL));
	return 0;
}
