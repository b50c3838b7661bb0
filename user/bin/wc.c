/* wc - count lines, words and bytes.  The call: read(2). */
#include <ctype.h>
#include "command.h"

static const char help[] =
	"usage: wc [-c|-m] [-lw] [FILE...]\n"
	"Counts lines (-l), words (-w) and bytes (-c); all three without options.\n"
	"  -m  characters, which in the POSIX locale, the only one here, are bytes\n";

struct counts {
	unsigned long long lines, words, bytes;
};

static int show_lines, show_words, show_bytes;

static void count(FILE *in, struct counts *sum)
{
	int c, in_word = 0;

	while ((c = getc(in)) != EOF) {
		sum->bytes++;
		sum->lines += c == '\n';
		sum->words += !in_word && !isspace(c);
		in_word = !isspace(c);
	}
}

static void show(const struct counts *n, const char *name)
{
	const char *blank = "";

	if (show_lines)
		printf("%llu", n->lines), blank = " ";
	if (show_words)
		printf("%s%llu", blank, n->words), blank = " ";
	if (show_bytes)
		printf("%s%llu", blank, n->bytes);
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
		return close_input(stdin, "standard input");
	}
	for (; optind < argc; optind++) {
		in = open_input(argv[optind]);
		if (!in) {
			failed = 1;
			continue;
		}
		one = (struct counts){ 0 };
		count(in, &one);
		failed |= close_input(in, argv[optind]);
		show(&one, argv[optind]);
		total.lines += one.lines;
		total.words += one.words;
		total.bytes += one.bytes;
	}
	if (files > 1)
		show(&total, "total");
	return failed;
}
