/* sleep - do nothing for a while.  The call: nanosleep(2), which tells what is left when a signal ends it. */
#include <ctype.h>
#include <time.h>
#include "command.h"

static const char help[] =
	"usage: sleep SECONDS\n"
	"SECONDS may have a fraction, as in 0.25.\n";

int main(int argc, char **argv)
{
	struct timespec ts = { 0 };
	long unit = 1000000000;
	char *p;

	no_options(argc, argv, help);
	if (optind + 1 != argc)
		wrong_usage(help);
	p = argv[optind];
	if (isdigit((unsigned char)*p) || (*p == '.' && isdigit((unsigned char)p[1])))
		ts.tv_sec = strtol(p, &p, 10);	/* more than a long holds is for ever anyway */
	else
		p = "?";
	if (*p == '.')
		for (p++; isdigit((unsigned char)*p); p++) {
			unit /= 10;
			ts.tv_nsec += (*p - '0') * unit;
		}
	if (*p)
		errx(EXIT_FAILURE, "'%s' is not a time", argv[optind]);
	while (nanosleep(&ts, &ts) && errno == EINTR)
		;
	return 0;
}
