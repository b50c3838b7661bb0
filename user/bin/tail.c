/*
 * tail - the last lines of a file.  It reads on to the end and keeps a ring of
 * the last lines; with -f it waits for more: read(2) says 0 at the end of a
 * file, and says more later if the file has grown.
 */
#include <sys/stat.h>
#include "command.h"

static const char help[] =
	"usage: tail [-f | -r] [-n [+]LINES | -c [+]BYTES] [FILE]\n"
	"Writes the last 10 lines, or with + from that line (or byte) on (also -LINES).\n"
	"  -f  go on as the file grows   -r  the last one first, and all without -n\n";

static const char *count_text = "10";
static long count;
static int from_start, follow, bytes, reverse;

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
	long long n = 0, i;
	int c;

	if (!ring)
		err(EXIT_FAILURE, "%ld bytes", count);
	while (count && (c = getc(in)) != EOF)
		ring[n++ % count] = c;
	for (i = n > count ? n - count : 0; i < n; i++)
		putchar(ring[i % count]);
	free(ring);
}

struct line {
	char *text;
	size_t len;
};

/* A ring that grows up to count lines. */
static void last_lines(FILE *in)
{
	struct line *ring = NULL, *at;
	char *text = NULL;
	size_t size = 0;
	long n = 0, room = 0, i, have;
	ssize_t len;

	while (count && (len = getline(&text, &size, in)) > 0) {
		if (n == room && room < count) {
			room = room ? 2 * room : 16;
			room = room > count ? count : room;
			ring = realloc(ring, room * sizeof(*ring));
			if (!ring)
				err(EXIT_FAILURE, "%ld lines", room);
		}
		at = &ring[n % room];
		if (n++ >= room)
			free(at->text);
		*at = (struct line){ text, len };
		text = NULL;
	}
	have = n < room ? n : room;
	for (i = 0; i < have; i++) {
		at = &ring[(reverse ? n - 1 - i : n - have + i) % room];
		fwrite(at->text, 1, at->len, stdout);
	}
}

static void go_on(int fd, const char *name)
{
	char buf[4096];
	ssize_t n;

	fflush(stdout);
	for (;;) {
		n = read(fd, buf, sizeof(buf));
		if (n < 0)
			err(EXIT_FAILURE, "%s", name);
		if (n == 0)
			sleep(1);
		else if (write_all(STDOUT_FILENO, buf, n))
			err(EXIT_FAILURE, "standard output");
	}
}

/* -f has no sense where the last writer's end is the end. */
static int can_grow(FILE *in)
{
	struct stat st;

	return in != stdin || (!fstat(STDIN_FILENO, &st) && !S_ISFIFO(st.st_mode));
}

int main(int argc, char **argv)
{
	const char *name = "-", *number = old_count(argc, argv, "-+");
	int c, counted = number != NULL;
	FILE *in;

	if (number)
		count_text = number;
	while ((c = next_option(argc, argv, "frn:c:", help)) != -1) {
		follow |= c == 'f';
		reverse |= c == 'r';
		if (c == 'f' || c == 'r')
			continue;
		bytes = c == 'c';
		count_text = optarg;
		counted = 1;
	}
	if (argc - optind > 1)
		wrong_usage(help);
	from_start = *count_text == '+';
	count = reverse && !counted ? 0x7fffffff : labs(number_or_die(count_text));
	if (optind < argc)
		name = argv[optind];
	in = open_input(name);
	if (!in)
		return EXIT_FAILURE;
	if (from_start)
		skip_then_copy(in);
	else if (bytes)
		last_bytes(in);
	else
		last_lines(in);
	if (follow && !ferror(in) && can_grow(in))
		go_on(fileno(in), name);
	return close_input(in, name);
}
