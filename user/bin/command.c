/* command.c: what command.h promises. */
#include <sys/stat.h>
#include "command.h"

int output_failure = EXIT_FAILURE;

/* Output waits in stdout's buffer, so that a full disk may show at the very end only. */
static void check_output(void)
{
	int lost_before = ferror(stdout);

	if (!fflush(stdout) && !lost_before)
		return;
	warn("standard output");
	_exit(output_failure);
}

static void watch_output(void)
{
	static int watched;

	if (!watched)
		atexit(check_output);
	watched = 1;
}

static void show_help(const char *help)
{
	fputs(help, stdout);
	exit(EXIT_SUCCESS);
}

void start(int argc, char **argv, const char *help)
{
	watch_output();
	if (argc == 2 && !strcmp(argv[1], "--help"))
		show_help(help);
}

int next_option(int argc, char **argv, const char *options, const char *help)
{
	int c;

	watch_output();
	if (optind < argc && !strcmp(argv[optind], "--help"))
		show_help(help);
	c = getopt(argc, argv, options);
	if (c == '?' || c == ':')
		wrong_usage(help);
	return c;
}

void no_options(int argc, char **argv, const char *help)
{
	while (next_option(argc, argv, "", help) != -1)
		;
}

void wrong_usage(const char *help)
{
	fprintf(stderr, "%.*s", (int)(strcspn(help, "\n") + 1), help);
	exit(output_failure > EXIT_USAGE ? output_failure : EXIT_USAGE);
}

long number_or_die(const char *text)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(text, &end, 10);
	if (end == text || *end || errno)
		errx(output_failure, "'%s' is not a number", text);
	return n;
}

const char *old_count(int argc, char **argv, const char *signs)
{
	if (argc < 2 || !strchr(signs, argv[1][0]) || argv[1][1] < '0' || argv[1][1] > '9')
		return NULL;
	optind = 2;
	return argv[1] + (argv[1][0] == '-');
}

FILE *open_input(const char *name)
{
	FILE *in = strcmp(name, "-") ? fopen(name, "r") : stdin;

	if (!in)
		warn("%s", name);
	return in;
}

int close_input(FILE *in, const char *name)
{
	int failed = ferror(in);

	if (failed)
		warn("%s", name);
	if (in != stdin)
		fclose(in);
	else
		clearerr(in);		/* "-" may come again, and a terminal has more behind its end */
	return failed;
}

int write_all(int fd, const char *buf, size_t count)
{
	ssize_t n;

	while (count) {
		n = write(fd, buf, count);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		buf += n;
		count -= n;
	}
	return 0;
}

struct dirent *next_entry(DIR *dir)
{
	struct dirent *entry;

	do {
		errno = 0;
		entry = readdir(dir);
	} while (entry && (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")));
	return entry;
}

int answered_yes(const char *question, const char *name)
{
	int first, c;

	fflush(stdout);
	fprintf(stderr, "%s: %s '%s'? ", program_invocation_short_name, question, name);
	first = c = getchar();
	while (c != EOF && c != '\n')
		c = getchar();
	return first == 'y' || first == 'Y';
}

const char *last_part(char *path)
{
	size_t len = strlen(path);
	char *slash;

	while (len > 1 && path[len - 1] == '/')
		path[--len] = '\0';
	slash = strrchr(path, '/');
	return slash && slash[1] ? slash + 1 : path;
}

char *path_in(const char *dir, const char *name)
{
	size_t len = strlen(dir);
	char *path;

	if (asprintf(&path, len && dir[len - 1] == '/' ? "%s%s" : "%s/%s", dir, name) < 0)
		err(EXIT_FAILURE, "%s", name);
	return path;
}

int is_directory(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

int failed_on(const char *name)
{
	warn("%s", name);
	return 1;
}

int for_each_source(int argc, char **argv, const char *help, int (*each)(const char *from, const char *to))
{
	const char *target;
	int failed = 0;

	if (argc - optind < 2)
		wrong_usage(help);
	target = argv[--argc];
	if (!is_directory(target)) {
		if (argc - optind > 1)
			errx(EXIT_FAILURE, "%s: %s", target, strerror(access(target, F_OK) ? ENOENT : ENOTDIR));
		return each(argv[optind], target);
	}
	for (; optind < argc; optind++) {
		char *copy = strdup(argv[optind]), *path = path_in(target, last_part(copy));

		failed |= each(argv[optind], path);
		free(path);
		free(copy);
	}
	return failed;
}
