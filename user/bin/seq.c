/* seq - count.  A cheap source of many lines for pipes. */
#include <ctype.h>
#include "command.h"

#define PLACES 9			/* behind the point, at most */

static const char help[] =
	"usage: seq [-w] [-s TEXT] [FIRST [STEP]] LAST\n"
	"Writes the numbers from FIRST (1) to LAST, STEP (1) apart, one a line.\n"
	"They may have a fraction, as in 0.25.\n"
	"  -s  with TEXT between them   -w  with zeros in front, all of the same width\n";

/* A number in units of the last of the `places` behind the point. */
struct decimal {
	long long value;
	int places;
};

static long long power_of_10(int n)
{
	long long power = 1;

	while (n--)
		power *= 10;
	return power;
}

static struct decimal decimal_or_die(const char *text)
{
	const char *p = text + (*text == '-' || *text == '+');
	struct decimal d = { 0 };
	int behind = 0, digits = 0;

	for (; isdigit((unsigned char)*p) || (*p == '.' && !behind); p++) {
		if (*p == '.') {
			behind = 1;
			continue;
		}
		d.value = d.value * 10 + *p - '0';
		d.places += behind;
		digits++;
	}
	if (*p || !digits || digits > 18 || d.places > PLACES)
		errx(EXIT_FAILURE, "'%s' is not a number", text);
	if (*text == '-')
		d.value = -d.value;
	return d;
}

static void rescale(struct decimal *d, int places)
{
	d->value *= power_of_10(places - d->places);
	d->places = places;
}

/* As it is written, with at least width characters. */
static void format(char *text, size_t size, long long value, int places, int width)
{
	unsigned long long n = value < 0 ? -value : value, unit = power_of_10(places);

	width -= (places ? places + 1 : 0) + (value < 0);
	snprintf(text, size, "%s%0*llu", value < 0 ? "-" : "", width > 0 ? width : 0, n / unit);
	if (places)
		snprintf(text + strlen(text), size - strlen(text), ".%0*llu", places, n % unit);
}

/* -5 is a number, not an option. */
static int is_option(const char *arg)
{
	return arg && arg[0] == '-' && arg[1] && arg[1] != '.' && !isdigit((unsigned char)arg[1]);
}

int main(int argc, char **argv)
{
	struct decimal first = { 1, 0 }, step = { 1, 0 }, last;
	const char *separator = "\n";
	int c, wide = 0, width = 0, places;
	char text[40], end[40];
	long long n;

	start(argc, argv, help);
	while (is_option(argv[optind]) && (c = next_option(argc, argv, "s:w", help)) != -1) {
		wide |= c == 'w';
		if (c == 's')
			separator = optarg;
	}
	argv += optind;
	argc -= optind;
	if (argc < 1 || argc > 3)
		wrong_usage(help);
	last = decimal_or_die(argv[argc - 1]);
	if (argc > 1)
		first = decimal_or_die(argv[0]);
	if (argc > 2)
		step = decimal_or_die(argv[1]);
	if (!step.value)
		errx(EXIT_FAILURE, "a step of 0 never ends");
	places = first.places > step.places ? first.places : step.places;
	if (last.places > places)		/* what is finer than the steps is never reached */
		last = (struct decimal){ last.value / power_of_10(last.places - places), places };
	rescale(&first, places);
	rescale(&step, places);
	rescale(&last, places);
	if (wide) {
		format(text, sizeof(text), first.value, places, 0);
		format(end, sizeof(end), last.value, places, 0);
		width = strlen(strlen(text) > strlen(end) ? text : end);
	}
	for (n = first.value; step.value > 0 ? n <= last.value : n >= last.value; n += step.value) {
		format(text, sizeof(text), n, places, width);
		if (printf("%s%s", n == first.value ? "" : separator, text) < 0)
			return EXIT_FAILURE;
	}
	if (n != first.value)
		putchar('\n');
	return 0;
}
