/*
 * sort - lines in order.  They are all read into memory, which brk(2) and mmap(2)
 * give; -o is opened only after that, so that a file can be sorted into itself.
 */
#include <ctype.h>
#include "command.h"

#define KEYS 16
#define TROUBLE 2

static const char help[] =
	"usage: sort [-c|-C|-m] [-u] [-bdfinr] [-t CHAR] [-k FROM[,TO]]... [-o FILE] [FILE...]\n"
	"  -n  by number   -r  backwards   -f  either case   -b  leading blanks do not count\n"
	"  -d  letters, digits and blanks only   -i  printable characters only\n"
	"  -k  by these fields; FROM and TO are FIELD[.CHARACTER] with letters of the options\n"
	"  -t  what stands between fields   -u  each once   -o  where the result goes\n"
	"  -c  only say whether they are in order (-C: by the status)   -m  they are already\n";

struct order {
	int numeric, reverse, fold, dictionary, printable, blanks;
};

struct line {
	const char *text, *end;
	size_t number;			/* as read: what is equal stays in this order */
};

/* blanks: those that begin the field are not counted among its characters */
struct place {
	int field, character, blanks;
};

static struct key {
	struct place from, to;		/* to.field: 0 for the line's end */
	struct order order;
	int own;			/* it has letters of its own, so the options do not hold for it */
} keys[KEYS];

static struct line *lines;
static size_t nlines, room;
static int nkeys, unique, check, separator = -1;
static struct order whole;

static void read_lines(FILE *in)
{
	char *text = NULL;
	size_t size = 0;
	ssize_t len;

	while ((len = getline(&text, &size, in)) > 0) {
		if (text[len - 1] == '\n')
			text[--len] = '\0';
		if (nlines == room) {
			room = room ? 2 * room : 256;
			lines = realloc(lines, room * sizeof(*lines));
		}
		text = realloc(text, len + 1);
		if (!lines || !text)
			err(TROUBLE, "line %zu", nlines);
		lines[nlines] = (struct line){ text, text + len, nlines };
		nlines++;
		text = NULL;
	}
	free(text);
}

static const char *skip_blanks(const char *p, const char *end)
{
	while (p < end && isblank((unsigned char)*p))
		p++;
	return p;
}

/* Behind the field at p: its own blanks begin it, unless -t says what parts fields. */
static const char *field_end(const char *p, const char *end)
{
	if (separator < 0)
		p = skip_blanks(p, end);
	while (p < end && (separator < 0 ? !isblank((unsigned char)*p) : (unsigned char)*p != separator))
		p++;
	return p;
}

static const char *field_start(const struct line *line, int field)
{
	const char *p = line->text;

	while (--field > 0) {
		p = field_end(p, line->end);
		if (separator >= 0 && p < line->end)
			p++;
	}
	return p;
}

static const char *start_of(const struct line *line, const struct place *at)
{
	const char *p = field_start(line, at->field);

	if (at->blanks)
		p = skip_blanks(p, line->end);
	return line->end - p < at->character - 1 ? line->end : p + at->character - 1;
}

/* A key's end is the last character that belongs to it; character 0 is the field's last. */
static const char *end_of(const struct line *line, const struct place *at)
{
	const char *p;

	if (!at->field)
		return line->end;
	p = field_start(line, at->field);
	if (!at->character)
		return field_end(p, line->end);
	if (at->blanks)
		p = skip_blanks(p, line->end);
	return line->end - p < at->character ? line->end : p + at->character;
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

/* A number of any length, as text: its digits before the point from the first that is not 0. */
struct number {
	const char *digits, *point, *end;
	int negative, zero;
};

static struct number number_at(const char *p, const char *end)
{
	struct number n = { 0 };

	p = skip_blanks(p, end);
	n.negative = p < end && *p == '-';
	p += n.negative;
	while (p < end && *p == '0')
		p++;
	for (n.digits = p; p < end && isdigit((unsigned char)*p); p++)
		;
	n.point = n.end = p;
	if (p < end && *p == '.')
		for (p++; p < end && isdigit((unsigned char)*p); p++)
			if (*p != '0')
				n.end = p + 1;
	n.zero = n.end == n.digits;
	return n;
}

static int compare_numbers(const struct number *x, const struct number *y)
{
	size_t x_len = x->end - x->digits, y_len = y->end - y->digits, n = x_len < y_len ? x_len : y_len;
	int c = (x->point - x->digits > y->point - y->digits) - (x->point - x->digits < y->point - y->digits);

	if (x->zero || y->zero || x->negative != y->negative) {
		int x_sign = x->zero ? 0 : x->negative ? -1 : 1, y_sign = y->zero ? 0 : y->negative ? -1 : 1;

		return x_sign - y_sign;
	}
	if (!c)
		c = memcmp(x->digits, y->digits, n);
	if (!c)
		c = (x_len > y_len) - (x_len < y_len);
	return x->negative ? -c : c;
}

static int compare_part(const struct order *o, const char *a, const char *a_end, const char *b,
			const char *b_end)
{
	int c;

	if (o->numeric) {
		struct number x = number_at(a, a_end), y = number_at(b, b_end);

		c = compare_numbers(&x, &y);
	} else {
		c = compare_text(o, a, a_end, b, b_end);
	}
	return o->reverse ? -c : c;
}

static int compare_bytes(const struct line *a, const struct line *b)
{
	size_t a_len = a->end - a->text, b_len = b->end - b->text;
	int c = memcmp(a->text, b->text, a_len < b_len ? a_len : b_len);

	return c ? c : (a_len > b_len) - (a_len < b_len);
}

static int compare_lines(const struct line *a, const struct line *b)
{
	int i, c = 0;

	for (i = 0; i < nkeys && !c; i++) {
		const struct key *k = &keys[i];

		c = compare_part(&k->order, start_of(a, &k->from), end_of(a, &k->to), start_of(b, &k->from),
				 end_of(b, &k->to));
	}
	if (!c && !unique) {		/* what no key parts, all bytes do */
		c = compare_bytes(a, b);
		c = whole.reverse ? -c : c;
	}
	return c;
}

static int compare(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	int c = compare_lines(x, y);

	return c ? c : (x->number > y->number) - (x->number < y->number);
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

/* FIELD[.CHARACTER][letters]; where it ends.  Of the letters only b is for this place alone. */
static char *parse_place(char *text, struct place *at, struct key *key)
{
	at->field = strtol(text, &text, 10);
	if (*text == '.')
		at->character = strtol(text + 1, &text, 10);
	for (; *text == 'b' || set_order(&key->order, *text); text++) {
		at->blanks |= *text == 'b';
		key->own = 1;
	}
	return text;
}

static void add_key(char *text)
{
	struct key *k = &keys[nkeys++];
	const char *all = text;

	if (nkeys == KEYS)
		errx(TROUBLE, "more than %d keys", KEYS - 1);
	k->from.character = 1;
	text = parse_place(text, &k->from, k);
	if (*text == ',') {
		text = parse_place(text + 1, &k->to, k);
		if (k->to.field < 1)
			text = "?";
	}
	if (*text || k->from.field < 1 || k->from.character < 1)
		errx(TROUBLE, "%s: a key is FIELD[.CHARACTER][bdfinr][,FIELD[.CHARACTER][bdfinr]]", all);
}

/* Keys without letters have the options'; without keys the line is one. */
static void finish_keys(void)
{
	int i;

	if (!nkeys)
		keys[nkeys++] = (struct key){ .from = { 1, 1, 0 } };
	for (i = 0; i < nkeys; i++) {
		if (keys[i].own)
			continue;
		keys[i].order = whole;
		keys[i].from.blanks = keys[i].to.blanks = whole.blanks;
	}
}

/* -c and -C: 1 if a line stands before one that should come first (or, with -u, is the same). */
static int out_of_order(const char *name)
{
	size_t i;

	for (i = 1; i < nlines; i++) {
		if (compare_lines(&lines[i - 1], &lines[i]) <= -unique)
			continue;
		if (check == 'c')
			warnx("%s:%zu: disorder: %s", name, i + 1, lines[i].text);
		return 1;
	}
	return 0;
}

static void write_lines(void)
{
	size_t i;

	for (i = 0; i < nlines; i++) {
		if (unique && i && !compare_lines(&lines[i - 1], &lines[i]))
			continue;
		fwrite(lines[i].text, 1, lines[i].end - lines[i].text, stdout);
		putchar('\n');
	}
}

int main(int argc, char **argv)
{
	static char *standard_input[] = { "-", NULL };
	const char *output = NULL;
	char **name;
	FILE *in;
	int c;

	output_failure = TROUBLE;
	while ((c = next_option(argc, argv, "cCmubdfinrk:t:o:", help)) != -1) {
		switch (c) {
		case 'k': add_key(optarg); break;
		case 't': separator = (unsigned char)*optarg; break;
		case 'o': output = optarg; break;
		case 'c': case 'C': check = c; break;
		case 'u': unique = 1; break;
		default: set_order(&whole, c);	/* -m: sorting what is sorted does no harm */
		}
	}
	finish_keys();
	if (check && argc - optind > 1)
		wrong_usage(help);
	for (name = optind < argc ? argv + optind : standard_input; *name; name++) {
		in = open_input(*name);
		if (!in)
			return TROUBLE;
		read_lines(in);
		if (close_input(in, *name))
			return TROUBLE;
	}
	if (check)
		return out_of_order(name[-1]);
	qsort(lines, nlines, sizeof(*lines), compare);
	if (output && !freopen(output, "w", stdout))
		err(TROUBLE, "%s", output);
	write_lines();
	return 0;
}
