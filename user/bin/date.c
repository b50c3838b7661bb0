/* date - what time it is.  The calls: clock_gettime(2); clock_settime(2) by settimeofday() for -s. */
#include <sys/time.h>
#include <time.h>
#include "command.h"

static const char help[] =
	"usage: date [-u] [-s SECONDS] [+FORMAT]\n"
	"Shows the time (UTC), formatted as strftime(3) does; -s sets it, in\n"
	"seconds since 1970.\n";

int main(int argc, char **argv)
{
	const char *format = "%a %b %e %H:%M:%S UTC %Y";
	struct timeval tv = { 0 };
	char text[256];
	time_t now;
	int c;

	while ((c = next_option(argc, argv, "us:", help)) != -1) {
		if (c == 'u')
			continue;
		tv.tv_sec = number_or_die(optarg);
		if (settimeofday(&tv, NULL))
			err(EXIT_FAILURE, "%s", optarg);
	}
	if (optind < argc && argv[optind][0] == '+')
		format = argv[optind++] + 1;
	if (optind < argc)
		wrong_usage(help);
	now = time(NULL);
	strftime(text, sizeof(text), format, gmtime(&now));
	puts(text);
	return 0;
}
