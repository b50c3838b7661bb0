/*
 * test - ask something of files, strings and numbers.
 * The calls: stat(2), lstat(2), access(2), isatty() by ioctl(2).
 */
#include <sys/stat.h>
#include "command.h"

static const char help[] =
	"usage: test EXPRESSION\n"
	"  files     -e -f -d -c -b -p -L -h -s -r -w -x -u -g -k FILE, -t FD, A -nt B, A -ot B, A -ef B\n"
	"  strings   -n S, -z S, A = B, A != B\n"
	"  numbers   A -eq -ne -lt -le -gt -ge B\n"
	"  together  ! E, E -a E, E -o E, ( E )\n"
	"Ends with 0 if it is so, 1 if not, 2 if it cannot be asked.\n";

static char **word, **end;

static int is_or(void);

static const char *next(void)
{
	if (word == end)
		errx(EXIT_USAGE, "something is missing at the end");
	return *word++;
}

static int file_is(char what, const char *path)
{
	struct stat st;

	switch (what) {
	case 'r': return !access(path, R_OK);
	case 'w': return !access(path, W_OK);
	case 'x': return !access(path, X_OK);
	case 't': return isatty(atoi(path));
	case 'n': return *path != '\0';
	case 'z': return *path == '\0';
	}
	if ((what == 'L' || what == 'h' ? lstat : stat)(path, &st))
		return 0;
	switch (what) {
	case 'e': return 1;
	case 'f': return S_ISREG(st.st_mode);
	case 'd': return S_ISDIR(st.st_mode);
	case 'c': return S_ISCHR(st.st_mode);
	case 'b': return S_ISBLK(st.st_mode);
	case 'p': return S_ISFIFO(st.st_mode);
	case 'S': return S_ISSOCK(st.st_mode);
	case 'L': case 'h': return S_ISLNK(st.st_mode);
	case 's': return st.st_size > 0;
	case 'u': return (st.st_mode & S_ISUID) != 0;
	case 'g': return (st.st_mode & S_ISGID) != 0;
	case 'k': return (st.st_mode & S_ISVTX) != 0;
	}
	errx(EXIT_USAGE, "-%c: not a question", what);
}

static int is_unary(const char *w)
{
	return w[0] == '-' && w[1] && !w[2] && strchr("rwxtnzefdcbpSLhsugk", w[1]);
}

static const char *const binary[] = {
	"=", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef", NULL,
};

static int binary_operator(const char *w)
{
	int i;

	for (i = 0; binary[i]; i++)
		if (!strcmp(w, binary[i]))
			return i;
	return -1;
}

static int compare_files(int op, const char *a, const char *b)
{
	struct stat x, y;
	int have_x = !stat(a, &x), have_y = !stat(b, &y);

	if (op == 10)
		return have_x && have_y && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
	if (op == 8)
		return have_x && (!have_y || x.st_mtime > y.st_mtime);
	return have_y && (!have_x || x.st_mtime < y.st_mtime);
}

static long number(const char *text)
{
	char *stop;
	long n = strtol(text, &stop, 10);

	if (stop == text || *stop)
		errx(EXIT_USAGE, "'%s' is not a number", text);
	return n;
}

static int compare(int op, const char *a, const char *b)
{
	long x, y;

	if (op == 0)
		return !strcmp(a, b);
	if (op == 1)
		return strcmp(a, b) != 0;
	if (op >= 8)
		return compare_files(op, a, b);
	x = number(a);
	y = number(b);
	switch (op) {
	case 2: return x == y;
	case 3: return x != y;
	case 4: return x < y;
	case 5: return x <= y;
	case 6: return x > y;
	}
	return x >= y;
}

/* With two words left after w, an operator between them is an operator whatever w looks like. */
static int primary(void)
{
	const char *w = next();
	int op, result;

	if (end - word >= 2 && (op = binary_operator(word[0])) >= 0) {
		word++;
		return compare(op, w, next());
	}
	if (!strcmp(w, "(") && word != end) {
		result = is_or();
		if (strcmp(next(), ")"))
			errx(EXIT_USAGE, "')' is missing");
		return result;
	}
	if (!strcmp(w, "!") && word != end)
		return !primary();
	if (is_unary(w) && word != end)
		return file_is(w[1], next());
	return *w != '\0';
}

static int is_and(void)
{
	int result = primary();

	while (word != end && !strcmp(*word, "-a")) {
		word++;
		result &= primary();
	}
	return result;
}

static int is_or(void)
{
	int result = is_and();

	while (word != end && !strcmp(*word, "-o")) {
		word++;
		result |= is_and();
	}
	return result;
}

int main(int argc, char **argv)
{
	int result;

	if (argc == 2 && !strcmp(argv[1], "--help")) {
		fputs(help, stdout);
		return 0;
	}
	word = argv + 1;
	end = argv + argc;
	if (word == end)
		return 1;
	result = is_or();
	if (word != end)
		errx(EXIT_USAGE, "'%s' was not expected", *word);
	return !result;
}
