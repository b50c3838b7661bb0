/* grep - lines that match a regular expression.  The C library's regcomp(3) does the work. */
#include <limits.h>
#include <regex.h>
#include <sys/stat.h>
#include "command.h"

static const char help[] =
	"usage: grep [-EFcilnqrvx] PATTERN [FILE...]\n"
	"  -E extended expression   -F plain text   -i either case   -v lines that do not match\n"
	"  -c count   -l names of files   -n line numbers   -q nothing, only the status\n"
	"  -r directories too   -x whole lines\n"
	"Ends with 0 if a line was found, 1 if none, 2 on trouble.\n";

enum { FOUND, NOTHING, TROUBLE };

static int fixed, ignore_case, invert, count_only, names_only, numbers, quiet, whole, recursive;
static int show_name, trouble;
static const char *pattern;
static regex_t regex;

static int lower(int c)
{
	return c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
}

static int starts_here(const char *line)
{
	const char *p;

	for (p = pattern; *p; p++, line++)
		if (ignore_case ? lower(*p) != lower(*line) : *p != *line)
			return 0;
	return !whole || !*line;
}

static int matches(const char *line)
{
	regmatch_t match;

	if (!fixed) {
		if (regexec(&regex, line, 1, &match, 0))
			return 0;
		return !whole || (match.rm_so == 0 && !line[match.rm_eo]);
	}
	if (whole)
		return starts_here(line);
	do {
		if (starts_here(line))
			return 1;
	} while (*line++);
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
	if (names_only && found)
		puts(name);
	else if (count_only)
		printf(show_name ? "%s:%ld\n" : "%.0s%ld\n", name, found);
	return found != 0;
}

static int search_path(const char *path);

static int search_directory(const char *path)
{
	char inner[PATH_MAX];
	struct dirent *entry;
	int found = 0;
	DIR *dir = opendir(path);

	if (!dir) {
		warn("%s", path);
		trouble = 1;
		return 0;
	}
	while ((entry = next_entry(dir))) {
		snprintf(inner, sizeof(inner), "%s/%s", path, entry->d_name);
		found |= search_path(inner);
	}
	if (errno) {
		warn("%s", path);
		trouble = 1;
	}
	closedir(dir);
	return found;
}

static int search_path(const char *path)
{
	struct stat st;
	FILE *in;
	int found;

	if (recursive && !stat(path, &st) && S_ISDIR(st.st_mode))
		return search_directory(path);
	in = fopen(path, "r");
	if (!in) {
		warn("%s", path);
		trouble = 1;
		return 0;
	}
	found = search(in, path);
	fclose(in);
	return found;
}

int main(int argc, char **argv)
{
	int c, flags = 0, found = 0;
	char message[128];

	while ((c = next_option(argc, argv, "EFcilnqrvxe:", help)) != -1) {
		switch (c) {
		case 'E': flags |= REG_EXTENDED; break;
		case 'F': fixed = 1; break;
		case 'c': count_only = 1; break;
		case 'i': ignore_case = 1; flags |= REG_ICASE; break;
		case 'l': names_only = 1; break;
		case 'n': numbers = 1; break;
		case 'q': quiet = 1; break;
		case 'r': recursive = 1; break;
		case 'v': invert = 1; break;
		case 'x': whole = 1; break;
		case 'e': pattern = optarg; break;
		}
	}
	if (!pattern && optind < argc)
		pattern = argv[optind++];
	if (!pattern)
		wrong_usage(help);
	if (!fixed && (c = regcomp(&regex, pattern, flags))) {
		regerror(c, &regex, message, sizeof(message));
		errx(TROUBLE, "%s: %s", pattern, message);
	}
	show_name = recursive || argc - optind > 1;
	if (optind == argc)
		found = search(stdin, "(standard input)");
	for (; optind < argc; optind++)
		found |= search_path(argv[optind]);
	if (trouble)
		return TROUBLE;
	return found ? FOUND : NOTHING;
}
