/* wc - count lines, words and bytes.  The call: read(2). */
#include <ctype.h>
#include "command.h"

static const char help[] =
	"usage: wc [-c|-m] [-lw] [FILE...]\n"
	"Counts lines (-l), words (-w) and bytes (-c; -m is the same here); all three without options.\n";

struct counts {
	unsigned long lines, words, bytes;
};

static int show_lines, show_words, show_bytes;

static void count(FILE *in, struct counts *sum)
{
	int c, in_word = 0;

	while ((c = getc(in)) != EOF) {
		sum->bytes++;
		sum->lines += c == '\n';
		if (isspace(c)) {
			in_word = 0;
		} else if (!in_word) {
			in_word = 1;
			sum->words++;
		}
	}
}

/* One number alone stands at the margin, as scripts expect. */
static void show(const struct counts *n, const char *name)
{
	int width = show_lines + show_words + show_bytes > 1 || name ? 7 : 0;

	if (show_lines)
		printf("%*lu", width, n->lines);
	if (show_words)
		printf("%s%*lu", show_lines ? " " : "", width, n->words);
	if (show_bytes)
		printf("%s%*lu", show_lines || show_words ? " " : "", width, n->bytes);
	printf("%s%s\n", name ? " " : "", name ? name : "");
}

int main(int argc, char **argv)
{
	struct counts total = { 0 }, one;
	int c, failed = 0, files;
	FILE *in;

	while ((c = next_option(argc, argv, "clmw", help)) != -1) {
		show_lines |= c == 'l';
		show_words |= c == 'w';
		show_bytes |= c == 'c' || c == 'm';
	}
	if (!show_lines && !show_words && !show_bytes)
		show_lines = show_words = show_bytes = 1;
	files = argc - optind;
	if (!files) {
		count(stdin, &total);
		show(&total, NULL);
		return 0;
	}
	for (; optind < argc; optind++) {
		in = fopen(argv[optind], "r");
		if (!in) {
			warn("%s", argv[optind]);
			failed = 1;
			continue;
		}
		memset(&one, 0, sizeof(one));
		count(in, &one);
		fclose(in);
		show(&one, argv[optind]);
		total.lines += one.lines;
		total.words += one.words;
		total.bytes += one.bytes;
	}
	if (files > 1)
		show(&total, "total");
	return failed;
}
