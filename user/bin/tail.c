/*
 * tail - the last lines of a file.  It reads on to the end and keeps a ring of
 * the last lines; with -f it waits for more: read(2) says 0 at the end of a
 * file, and says more later if the file has grown.
 */
#include "command.h"

static const char help[] =
	"usage: tail [-f] [-n [+]LINES | -c [+]BYTES] [FILE]\n"
	"Writes the last 10 lines, or with + from that line (or byte) on.\n"
	"  -f  go on as the file grows\n";

static long count = 10;
static int from_start, follow, bytes;

/* Lines from number count on. */
static void skip_then_copy(FILE *in)
{
	long at = 1;
	int c;

	while ((c = getc(in)) != EOF) {
		if (at >= count)
			putchar(c);
		at += bytes || c == '\n';
	}
}

static void last_bytes(FILE *in)
{
	char *ring = malloc(count + 1);
	long n = 0, i;
	int c;

	if (!ring)
		err(EXIT_FAILURE, "tail");
	while ((c = getc(in)) != EOF && count)
		ring[n++ % count] = c;
	for (i = n > count ? n - count : 0; i < n; i++)
		putchar(ring[i % count]);
	free(ring);
}

static void last_lines(FILE *in)
{
	char **ring = calloc(count + 1, sizeof(*ring)), *line = NULL;
	size_t size = 0;
	long n = 0, i;

	if (!ring)
		err(EXIT_FAILURE, "tail");
	while (getline(&line, &size, in) > 0) {
		if (count) {
			free(ring[n % count]);
			ring[n % count] = strdup(line);
		}
		n++;
	}
	for (i = n > count ? n - count : 0; i < n; i++)
		fputs(ring[i % count], stdout);
	free(line);
}

static void go_on(int fd)
{
	char buf[4096];
	ssize_t n;

	fflush(stdout);
	for (;;) {
		n = read(fd, buf, sizeof(buf));
		if (n < 0)
			err(EXIT_FAILURE, "read");
		if (n == 0)
			sleep(1);
		else if (write_all(STDOUT_FILENO, buf, n))
			err(EXIT_FAILURE, "standard output");
	}
}

int main(int argc, char **argv)
{
	FILE *in = stdin;
	int c;

	if (argc > 1 && argv[1][0] == '-' && argv[1][1] >= '0' && argv[1][1] <= '9') {
		count = number_or_die(argv[1] + 1);
		optind = 2;
	}
	while ((c = next_option(argc, argv, "fn:c:", help)) != -1) {
		if (c == 'f') {
			follow = 1;
			continue;
		}
		bytes = c == 'c';
		from_start = *optarg == '+';
		count = labs(number_or_die(optarg));
	}
	if (optind < argc) {
		in = fopen(argv[optind], "r");
		if (!in)
			err(EXIT_FAILURE, "%s", argv[optind]);
	}
	if (from_start)
		skip_then_copy(in);
	else if (bytes)
		last_bytes(in);
	else
		last_lines(in);
	if (follow)
		go_on(fileno(in));
	return 0;
}
