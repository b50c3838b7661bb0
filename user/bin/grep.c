/* grep - lines that match a regular expression.  The C library's regcomp(3) does the work. */
#include <regex.h>
#include "command.h"

static const char help[] =
	"usage: grep [-E|-F] [-c|-l|-q] [-hHinrsvx] [-e PATTERN]... [-f FILE]... [PATTERN] [FILE...]\n"
	"  -E extended expression   -F plain text   -i either case   -v lines that do not match\n"
	"  -c count   -l names of files   -n line numbers   -q nothing, only the status\n"
	"  -r directories too   -x whole lines   -s say nothing of files that cannot be read\n"
	"  -H, -h with names of files before lines, or without (the rule for one file)\n"
	"Several patterns, also by newlines in one: a line matches that one of them matches.\n"
	"Ends with 0 if a line was found, 1 if none, 2 on trouble.\n";

enum { FOUND, NOTHING, TROUBLE };

static int fixed, ignore_case, invert, count_only, names_only, numbers, quiet, whole, recursive;
static int show_name, trouble;
static int no_complaints, regex_flags;

/* A line matches when one of these does. */
static struct pattern {
	const char *text;
	regex_t regex;
} *patterns;
static int npatterns;

static int lower(int c)
{
	return c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
}

static int starts_here(const char *pattern, const char *line)
{
	const char *p;

	for (p = pattern; *p; p++, line++)
		if (ignore_case ? lower(*p) != lower(*line) : *p != *line)
			return 0;
	return !whole || !*line;
}

static int matches_one(const struct pattern *pattern, const char *line)
{
	regmatch_t match;

	if (!fixed) {
		if (regexec(&pattern->regex, line, 1, &match, 0))
			return 0;
		return !whole || (match.rm_so == 0 && !line[match.rm_eo]);
	}
	if (whole)
		return starts_here(pattern->text, line);
	do {
		if (starts_here(pattern->text, line))
			return 1;
	} while (*line++);
	return 0;
}

static int matches(const char *line)
{
	int i;

	for (i = 0; i < npatterns; i++)
		if (matches_one(&patterns[i], line))
			return 1;
	return 0;
}

/* A file that cannot be read; after it the status is not that of a search that found nothing. */
static int complain(const char *path)
{
	if (!no_complaints)
		warn("%s", path);
	trouble = 1;
	return 0;
}

static int search(FILE *in, const char *name)
{
	char *line = NULL;
	size_t size = 0;
	long number = 0, found = 0;
	ssize_t len;

	while ((len = getline(&line, &size, in)) > 0) {
		number++;
		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		if (matches(line) == invert)
			continue;
		found++;
		if (quiet)
			exit(FOUND);
		if (names_only)
			break;
		if (count_only)
			continue;
		if (show_name)
			printf("%s:", name);
		if (numbers)
			printf("%ld:", number);
		puts(line);
	}
	free(line);
	if (ferror(in))
		complain(name);
	if (names_only && found)
		puts(name);
	else if (count_only && !names_only)
		printf(show_name ? "%s:%ld\n" : "%.0s%ld\n", name, found);
	return found != 0;
}

static int search_path(const char *path);

static int search_directory(const char *path)
{
	struct dirent *entry;
	int found = 0;
	DIR *dir = opendir(path);

	if (!dir)
		return complain(path);
	while ((entry = next_entry(dir))) {
		char *inner = path_in(path, entry->d_name);

		found |= search_path(inner);
		free(inner);
	}
	if (errno)
		complain(path);
	closedir(dir);
	return found;
}

static int search_path(const char *path)
{
	int found;
	FILE *in;

	if (recursive && is_directory(path))
		return search_directory(path);
	in = strcmp(path, "-") ? fopen(path, "r") : stdin;
	if (!in)
		return complain(path);
	found = search(in, in == stdin ? "(standard input)" : path);
	if (in != stdin)
		fclose(in);
	return found;
}

/* Patterns stand a line each. */
static void add_patterns(char *text)
{
	char *end;

	do {
		end = strchr(text, '\n');
		if (end)
			*end = '\0';
		patterns = realloc(patterns, (npatterns + 1) * sizeof(*patterns));
		if (!patterns)
			err(TROUBLE, "grep");
		patterns[npatterns++].text = text;
		text = end ? end + 1 : NULL;
	} while (text);
}

/* -f: an empty file has no patterns, and nothing matches. */
static void add_patterns_of(const char *path)
{
	FILE *in = open_input(path);
	char *line = NULL;
	size_t size = 0;
	ssize_t len;

	if (!in)
		exit(TROUBLE);
	while ((len = getline(&line, &size, in)) > 0) {
		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		add_patterns(strdup(line));
	}
	free(line);
	if (close_input(in, path))
		exit(TROUBLE);
}

static void compile_patterns(void)
{
	char message[128];
	int i, error;

	for (i = 0; i < npatterns && !fixed; i++) {
		error = regcomp(&patterns[i].regex, patterns[i].text, regex_flags);
		if (!error)
			continue;
		regerror(error, &patterns[i].regex, message, sizeof(message));
		errx(TROUBLE, "%s: %s", patterns[i].text, message);
	}
}

int main(int argc, char **argv)
{
	int c, have_patterns = 0, found = 0, with_names = 0;

	output_failure = TROUBLE;
	while ((c = next_option(argc, argv, "EFchHilnqrsvxe:f:", help)) != -1) {
		switch (c) {
		case 'E': fixed = 0; regex_flags |= REG_EXTENDED; break;
		case 'F': fixed = 1; break;
		case 'c': count_only = 1; break;
		case 'h': case 'H': with_names = c; break;
		case 'i': ignore_case = 1; regex_flags |= REG_ICASE; break;
		case 'l': names_only = 1; break;
		case 'n': numbers = 1; break;
		case 'q': quiet = 1; break;
		case 'r': recursive = 1; break;
		case 'v': invert = 1; break;
		case 'x': whole = 1; break;
		case 's': no_complaints = 1; break;
		case 'e': have_patterns = 1; add_patterns(optarg); break;
		case 'f': have_patterns = 1; add_patterns_of(optarg); break;
		}
	}
	if (!have_patterns && optind == argc)
		wrong_usage(help);
	if (!have_patterns)
		add_patterns(argv[optind++]);
	compile_patterns();
	show_name = with_names ? with_names == 'H' : recursive || argc - optind > 1;
	if (optind == argc)
		found = search_path(recursive ? "." : "-");
	for (; optind < argc; optind++)
		found |= search_path(argv[optind]);
	if (trouble)
		return TROUBLE;
	return found ? FOUND : NOTHING;
}
