/*
 * expression.c: test's questions to files, strings and numbers.  With up to
 * four words POSIX says by their number what they mean, so that any string can
 * be asked about; more are parsed with !, -a, -o and parentheses.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "expression.h"

enum binary_op { NONE, EQUAL, DIFFERENT, LESS, GREATER, EQ, NE, LT, LE, GT, GE, NEWER, OLDER, SAME };

static char **word, **end;
static const char *trouble, *trouble_word;

static int ask_or(void);

static int give_up(const char *why, const char *where)
{
	if (!trouble) {
		trouble = why;
		trouble_word = where;
	}
	word = end;
	return 0;
}

static int is_unary(const char *s)
{
	return s[0] == '-' && s[1] && !s[2] && strchr("bcdefghkLnOGprsStuwxz", s[1]);
}

static enum binary_op binary_op(const char *s)
{
	static const char *const names[] = {
		[EQUAL] = "=", [DIFFERENT] = "!=", [LESS] = "<", [GREATER] = ">", [EQ] = "-eq", [NE] = "-ne",
		[LT] = "-lt", [LE] = "-le", [GT] = "-gt", [GE] = "-ge", [NEWER] = "-nt", [OLDER] = "-ot",
		[SAME] = "-ef",
	};
	int i;

	for (i = 1; i < (int)(sizeof(names) / sizeof(*names)); i++)
		if (!strcmp(names[i], s))
			return i;
	return strcmp(s, "==") ? NONE : EQUAL;
}

static int ask_mode(char what, const char *path)
{
	struct stat st;

	if ((what == 'h' || what == 'L' ? lstat : stat)(path, &st))
		return 0;
	switch (what) {
	case 'b': return S_ISBLK(st.st_mode);
	case 'c': return S_ISCHR(st.st_mode);
	case 'd': return S_ISDIR(st.st_mode);
	case 'f': return S_ISREG(st.st_mode);
	case 'g': return (st.st_mode & S_ISGID) != 0;
	case 'h': case 'L': return S_ISLNK(st.st_mode);
	case 'k': return (st.st_mode & S_ISVTX) != 0;
	case 'O': return st.st_uid == geteuid();
	case 'G': return st.st_gid == getegid();
	case 'p': return S_ISFIFO(st.st_mode);
	case 's': return st.st_size > 0;
	case 'S': return S_ISSOCK(st.st_mode);
	case 'u': return (st.st_mode & S_ISUID) != 0;
	}
	return 1;			/* -e */
}

static long long number(const char *s)
{
	char *stop;
	long long n = strtoll(s, &stop, 10);

	if (stop == s || stop[strspn(stop, " \t")])
		give_up("a number is wanted", s);
	return n;
}

static int unary(char what, const char *arg)
{
	switch (what) {
	case 'n': return *arg != '\0';
	case 'z': return *arg == '\0';
	case 'r': return !access(arg, R_OK);
	case 'w': return !access(arg, W_OK);
	case 'x': return !access(arg, X_OK);
	case 't': return isatty(number(arg));
	}
	return ask_mode(what, arg);
}

static int is_newer(const char *a, const char *b)
{
	struct stat x, y;

	if (stat(a, &x))
		return 0;
	return stat(b, &y) || x.st_mtime > y.st_mtime ||
	       (x.st_mtime == y.st_mtime && x.st_mtim.tv_nsec > y.st_mtim.tv_nsec);
}

static int is_same(const char *a, const char *b)
{
	struct stat x, y;

	return !stat(a, &x) && !stat(b, &y) && x.st_ino == y.st_ino && x.st_dev == y.st_dev;
}

static int binary(const char *a, enum binary_op op, const char *b)
{
	long long x, y;

	switch (op) {
	case EQUAL: return strcmp(a, b) == 0;
	case DIFFERENT: return strcmp(a, b) != 0;
	case LESS: return strcmp(a, b) < 0;
	case GREATER: return strcmp(a, b) > 0;
	case NEWER: return is_newer(a, b);
	case OLDER: return is_newer(b, a);
	case SAME: return is_same(a, b);
	default: break;
	}
	x = number(a);
	y = number(b);
	switch (op) {
	case EQ: return x == y;
	case NE: return x != y;
	case LT: return x < y;
	case LE: return x <= y;
	case GT: return x > y;
	default: return x >= y;
	}
}

static int at(const char *s)
{
	return word < end && !strcmp(*word, s);
}

static int ask_primary(void)
{
	int left = end - word, result;
	const char *w;

	if (left == 0)
		return give_up("something is missing at the end", NULL);
	w = *word;
	if (left >= 3 && binary_op(word[1])) {
		word += 3;
		return binary(w, binary_op(word[-2]), word[-1]);
	}
	word++;
	if (left >= 2 && !strcmp(w, "!"))
		return !ask_primary();
	if (left >= 2 && !strcmp(w, "(")) {
		result = ask_or();
		if (!at(")"))
			return give_up("')' is missing", NULL);
		word++;
		return result;
	}
	if (left >= 2 && is_unary(w))
		return unary(w[1], *word++);
	return *w != '\0';
}

static int ask_and(void)
{
	int result = ask_primary();

	while (at("-a")) {
		word++;
		result &= ask_primary();
	}
	return result;
}

static int ask_or(void)
{
	int result = ask_and();

	while (at("-o")) {
		word++;
		result |= ask_and();
	}
	return result;
}

/* By the number of words; what that leaves open is parsed. */
static int ask(int count)
{
	int in_parentheses = count >= 3 && !strcmp(word[0], "(") && !strcmp(word[count - 1], ")");

	if (count == 0)
		return 0;
	if (count == 1)
		return **word++ != '\0';
	if (count == 3 && (binary_op(word[1]) || !strcmp(word[1], "-a") || !strcmp(word[1], "-o"))) {
		word += 3;
		if (word[-2][1] == 'a' && !word[-2][2])
			return *word[-3] && *word[-1];
		if (word[-2][1] == 'o' && !word[-2][2])
			return *word[-3] || *word[-1];
		return binary(word[-3], binary_op(word[-2]), word[-1]);
	}
	if (count <= 4 && !strcmp(word[0], "!")) {
		word++;
		return !ask(count - 1);
	}
	if (count <= 4 && in_parentheses) {
		int result;

		word++;
		result = ask(count - 2);
		word++;
		return result;
	}
	return ask_or();
}

int expression(char **words, int count, void (*complain)(const char *format, ...))
{
	int result;

	trouble = NULL;
	word = words;
	end = words + count;
	result = ask(count);
	if (word < end)
		give_up("that was not expected", *word);
	if (!trouble)
		return !result;
	if (trouble_word)
		complain("%s: %s", trouble_word, trouble);
	else
		complain("%s", trouble);
	return 2;
}
