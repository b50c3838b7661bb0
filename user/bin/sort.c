/*
 * sort - lines in order.  They are all read into memory, which brk(2) and mmap(2)
 * give; -o is opened only after that, so that a file can be sorted into itself.
 */
#include <ctype.h>
#include "command.h"

#define KEYS 16

static const char help[] =
	"usage: sort [-cmu] [-bdfinr] [-t CHAR] [-k FROM[,TO]]... [-o FILE] [FILE...]\n"
	"  -n  by number   -r  backwards   -f  either case   -b  leading blanks do not count\n"
	"  -d  letters, digits and blanks only   -i  printable characters only\n"
	"  -k  by these fields; FROM and TO are FIELD[.CHARACTER] with letters of the options\n"
	"  -t  what stands between fields   -u  each once   -o  where the result goes\n"
	"  -c  only say (by the status) whether they are in order   -m  they are already\n";

struct order {
	int numeric, reverse, fold, blanks, dictionary, printable;
};

static struct key {
	int from, from_char, to, to_char;	/* to: 0 for the line's end */
	struct order order;
} keys[KEYS];

static char **lines;
static size_t nlines, room;
static int nkeys, unique, separator, check;
static struct order whole;

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
			err(EXIT_USAGE, "sort");
	}
	free(line);
}

/* Where field number n begins; with skip = 1, where it ends. */
static const char *field(const char *line, int n, int end)
{
	while (--n > 0) {
		if (separator) {
			line += strcspn(line, (char[]){ separator, '\0' });
			if (!*line)
				return line;
			line++;
		} else {
			line += strspn(line, " \t");
			line += strcspn(line, " \t");
		}
	}
	if (!end)
		return line;
	if (separator)
		return line + strcspn(line, (char[]){ separator, '\0' });
	line += strspn(line, " \t");
	return line + strcspn(line, " \t");
}

static const char *forward(const char *p, int n)
{
	while (n-- > 0 && *p)
		p++;
	return p;
}

static int counts(const struct order *o, unsigned char c)
{
	if (o->dictionary && !isalnum(c) && !isblank(c))
		return 0;
	return !o->printable || isprint(c);
}

static int compare_text(const struct order *o, const char *a, const char *a_end, const char *b,
			const char *b_end)
{
	int x, y;

	for (;;) {
		while (a < a_end && !counts(o, *a))
			a++;
		while (b < b_end && !counts(o, *b))
			b++;
		if (a >= a_end || b >= b_end)
			return (a < a_end) - (b < b_end);
		x = (unsigned char)*a++;
		y = (unsigned char)*b++;
		if (o->fold) {
			x = toupper(x);
			y = toupper(y);
		}
		if (x != y)
			return x < y ? -1 : 1;
	}
}

static int compare_part(const struct order *o, const char *a, const char *a_end, const char *b,
			const char *b_end)
{
	long long x, y;
	int c;

	if (o->blanks || o->numeric) {
		a += strspn(a, " \t");
		b += strspn(b, " \t");
	}
	if (o->numeric) {
		x = a < a_end ? strtoll(a, NULL, 10) : 0;
		y = b < b_end ? strtoll(b, NULL, 10) : 0;
		c = (x > y) - (x < y);
	} else {
		c = compare_text(o, a, a_end, b, b_end);
	}
	return o->reverse ? -c : c;
}

static int compare_key(const struct key *k, const char *a, const char *b)
{
	const char *a_end = a + strlen(a), *b_end = b + strlen(b);

	if (k->to) {
		a_end = k->to_char ? forward(field(a, k->to, 0), k->to_char) : field(a, k->to, 1);
		b_end = k->to_char ? forward(field(b, k->to, 0), k->to_char) : field(b, k->to, 1);
	}
	return compare_part(&k->order, forward(field(a, k->from, 0), k->from_char - 1), a_end,
			    forward(field(b, k->from, 0), k->from_char - 1), b_end);
}

static int compare_lines(const char *a, const char *b)
{
	int i, c = 0;

	for (i = 0; i < nkeys && !c; i++)
		c = compare_key(&keys[i], a, b);
	if (!nkeys)
		c = compare_part(&whole, a, a + strlen(a), b, b + strlen(b));
	if (!c && !unique)
		c = whole.reverse ? strcmp(b, a) : strcmp(a, b);
	return c;
}

static int compare(const void *a, const void *b)
{
	return compare_lines(*(char *const *)a, *(char *const *)b);
}

static int set_order(struct order *o, int letter)
{
	switch (letter) {
	case 'b': o->blanks = 1; break;
	case 'd': o->dictionary = 1; break;
	case 'f': o->fold = 1; break;
	case 'i': o->printable = 1; break;
	case 'n': o->numeric = 1; break;
	case 'r': o->reverse = 1; break;
	default: return 0;
	}
	return 1;
}

/* FIELD[.CHARACTER][letters]; where it ends. */
static char *parse_place(char *text, int *at, int *character, struct order *order, int *own)
{
	*at = strtol(text, &text, 10);
	if (*text == '.')
		*character = strtol(text + 1, &text, 10);
	while (set_order(order, *text)) {
		*own = 1;
		text++;
	}
	return text;
}

static void add_key(char *text)
{
	struct key *k = &keys[nkeys++];
	int own = 0;

	if (nkeys == KEYS)
		errx(EXIT_USAGE, "more than %d keys", KEYS - 1);
	k->from_char = 1;
	text = parse_place(text, &k->from, &k->from_char, &k->order, &own);
	if (*text == ',')
		text = parse_place(text + 1, &k->to, &k->to_char, &k->order, &own);
	if (*text || k->from < 1 || k->from_char < 1)
		errx(EXIT_USAGE, "a key is FROM[,TO]");
	if (!own)
		k->from = -k->from;		/* the options' order, when they are all known */
}

static void finish_keys(void)
{
	int i;

	for (i = 0; i < nkeys; i++) {
		if (keys[i].from < 0) {
			keys[i].from = -keys[i].from;
			keys[i].order = whole;
		}
	}
}

static int in_order(void)
{
	size_t i;

	for (i = 1; i < nlines; i++)
		if (compare_lines(lines[i - 1], lines[i]) > -unique)
			return 0;
	return 1;
}

int main(int argc, char **argv)
{
	const char *output = NULL;
	size_t i;
	FILE *in;
	int c;

	while ((c = next_option(argc, argv, "cmubdfinrk:t:o:", help)) != -1) {
		if (c == 'k')
			add_key(optarg);
		else if (c == 't')
			separator = *optarg;
		else if (c == 'o')
			output = optarg;
		else if (c == 'c')
			check = 1;
		else if (c == 'u')
			unique = 1;
		else
			set_order(&whole, c);	/* -m: sorting what is sorted does no harm */
	}
	finish_keys();
	if (optind == argc)
		read_lines(stdin);
	for (; optind < argc; optind++) {
		in = strcmp(argv[optind], "-") ? fopen(argv[optind], "r") : stdin;
		if (!in)
			err(EXIT_USAGE, "%s", argv[optind]);
		read_lines(in);
	}
	if (check)
		return !in_order();
	qsort(lines, nlines, sizeof(*lines), compare);
	if (output && !freopen(output, "w", stdout))
		err(EXIT_USAGE, "%s", output);
	for (i = 0; i < nlines; i++)
		if (!unique || i == 0 || compare_lines(lines[i - 1], lines[i]))
			puts(lines[i]);
	return fflush(stdout) ? EXIT_USAGE : EXIT_SUCCESS;
}
