/* sort - lines in order.  They are all read into memory, which brk(2) and mmap(2) give. */
#include "command.h"

static const char help[] =
	"usage: sort [-nru] [-k FIELD] [-t CHAR] [FILE...]\n"
	"  -n  by number   -r  backwards   -u  each line once\n"
	"  -k  from this field on   -t  what stands between fields\n";

static char **lines;
static size_t nlines, room;
static int numeric, reverse, unique, field = 1, separator;

static void read_lines(FILE *in)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t len;

	while ((len = getline(&line, &size, in)) > 0) {
		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		if (nlines == room) {
			room = room ? 2 * room : 256;
			lines = realloc(lines, room * sizeof(*lines));
		}
		if (!lines || !(lines[nlines++] = strdup(line)))
			err(EXIT_FAILURE, "sort");
	}
	free(line);
}

static const char *key(const char *line)
{
	int skip = field - 1;

	while (skip-- > 0) {
		if (separator) {
			line = strchr(line, separator);
			if (!line)
				return "";
			line++;
		} else {
			line += strspn(line, " \t");
			line += strcspn(line, " \t");
		}
	}
	return line;
}

static int compare_keys(const char *a, const char *b)
{
	long x, y;

	if (!numeric)
		return strcmp(a, b);
	x = strtol(a, NULL, 10);
	y = strtol(b, NULL, 10);
	return (x > y) - (x < y);
}

static int compare(const void *a, const void *b)
{
	const char *x = *(char *const *)a, *y = *(char *const *)b;
	int c = compare_keys(key(x), key(y));

	if (!c && !unique)
		c = strcmp(x, y);
	return reverse ? -c : c;
}

int main(int argc, char **argv)
{
	size_t i;
	FILE *in;
	int c;

	while ((c = next_option(argc, argv, "nruk:t:", help)) != -1) {
		numeric |= c == 'n';
		reverse |= c == 'r';
		unique |= c == 'u';
		if (c == 'k')
			field = atoi(optarg);
		if (c == 't')
			separator = *optarg;
	}
	if (optind == argc)
		read_lines(stdin);
	for (; optind < argc; optind++) {
		in = strcmp(argv[optind], "-") ? fopen(argv[optind], "r") : stdin;
		if (!in)
			err(EXIT_USAGE, "%s", argv[optind]);
		read_lines(in);
	}
	qsort(lines, nlines, sizeof(*lines), compare);
	for (i = 0; i < nlines; i++)
		if (!unique || i == 0 || compare(&lines[i - 1], &lines[i]))
			puts(lines[i]);
	return fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
