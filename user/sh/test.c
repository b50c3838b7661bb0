/*
 * test.c: test and [.  With up to four arguments POSIX says by their number
 * what they mean; more are parsed with -a, -o, ! and parentheses.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include "sh.h"

struct parser {
	char **p, **end;
	int error;
};

static int parse_or(struct parser *t);

static int test_mode(const char *path, char op)
{
	struct stat st;

	if ((op == 'h' || op == 'L' ? lstat(path, &st) : stat(path, &st)) < 0)
		return 0;
	switch (op) {
	case 'b':
		return S_ISBLK(st.st_mode);
	case 'c':
		return S_ISCHR(st.st_mode);
	case 'd':
		return S_ISDIR(st.st_mode);
	case 'e':
		return 1;
	case 'f':
		return S_ISREG(st.st_mode);
	case 'g':
		return (st.st_mode & S_ISGID) != 0;
	case 'h':
	case 'L':
		return S_ISLNK(st.st_mode);
	case 'k':
		return (st.st_mode & S_ISVTX) != 0;
	case 'O':
		return st.st_uid == geteuid();
	case 'G':
		return st.st_gid == getegid();
	case 'p':
		return S_ISFIFO(st.st_mode);
	case 's':
		return st.st_size > 0;
	case 'S':
		return S_ISSOCK(st.st_mode);
	default:
		return (st.st_mode & S_ISUID) != 0;
	}
}

static int is_unary(const char *s)
{
	return s[0] == '-' && s[1] && !s[2] && strchr("bcdefghkLnOGprsStuwxz", s[1]);
}

static int unary(char op, const char *arg)
{
	switch (op) {
	case 'n':
		return *arg != '\0';
	case 'z':
		return *arg == '\0';
	case 'r':
		return access(arg, R_OK) == 0;
	case 'w':
		return access(arg, W_OK) == 0;
	case 'x':
		return access(arg, X_OK) == 0;
	case 't':
		return isatty(atoi(arg));
	}
	return test_mode(arg, op);
}

static long long number(struct parser *t, const char *s)
{
	char *end;
	long long n = strtoll(s, &end, 10);

	if (end == s || end[strspn(end, " \t")]) {
		complain("test: Illegal number: %s", s);
		t->error = 1;
	}
	return n;
}

enum binary_op { NONE, EQUAL, DIFFERENT, LESS, GREATER, EQ, NE, LT, LE, GT, GE, NEWER, OLDER, SAME };

static enum binary_op binary_op(const char *s)
{
	static const char *const names[] = {
		[EQUAL] = "=", [DIFFERENT] = "!=", [LESS] = "<", [GREATER] = ">", [EQ] = "-eq", [NE] = "-ne",
		[LT] = "-lt", [LE] = "-le", [GT] = "-gt", [GE] = "-ge", [NEWER] = "-nt", [OLDER] = "-ot",
		[SAME] = "-ef",
	};
	int i;

	for (i = 1; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(names[i], s) == 0)
			return i;
	return strcmp(s, "==") == 0 ? EQUAL : NONE;
}

static int compare_files(const char *a, enum binary_op op, const char *b)
{
	struct stat sa, sb;
	int has_a = stat(a, &sa) == 0, has_b = stat(b, &sb) == 0;

	if (op == SAME)
		return has_a && has_b && sa.st_ino == sb.st_ino && sa.st_dev == sb.st_dev;
	if (op == NEWER)
		return has_a && (!has_b || sa.st_mtime > sb.st_mtime ||
				 (sa.st_mtime == sb.st_mtime && sa.st_mtim.tv_nsec > sb.st_mtim.tv_nsec));
	return compare_files(b, NEWER, a);
}

static int binary(struct parser *t, const char *a, enum binary_op op, const char *b)
{
	long long x, y;

	if (op <= GREATER) {
		int order = strcmp(a, b);

		return op == EQUAL ? order == 0 : op == DIFFERENT ? order != 0 : op == LESS ? order < 0 : order > 0;
	}
	if (op >= NEWER)
		return compare_files(a, op, b);
	x = number(t, a);
	y = number(t, b);
	switch (op) {
	case EQ:
		return x == y;
	case NE:
		return x != y;
	case LT:
		return x < y;
	case LE:
		return x <= y;
	case GT:
		return x > y;
	default:
		return x >= y;
	}
}

static int at(struct parser *t, const char *word)
{
	return t->p < t->end && strcmp(*t->p, word) == 0;
}

static int parse_primary(struct parser *t)
{
	int left = t->end - t->p, result;

	if (left == 0) {
		t->error = 1;
		return 0;
	}
	if (left >= 3 && binary_op(t->p[1])) {
		result = binary(t, t->p[0], binary_op(t->p[1]), t->p[2]);
		t->p += 3;
		return result;
	}
	if (left >= 2 && at(t, "!")) {
		t->p++;
		return !parse_primary(t);
	}
	if (left >= 2 && at(t, "(")) {
		t->p++;
		result = parse_or(t);
		if (!at(t, ")"))
			t->error = 1;
		t->p++;
		return result;
	}
	if (left >= 2 && is_unary(*t->p)) {
		result = unary(t->p[0][1], t->p[1]);
		t->p += 2;
		return result;
	}
	return **t->p++ != '\0';
}

static int parse_and(struct parser *t)
{
	int result = parse_primary(t);

	while (at(t, "-a") && !t->error) {
		t->p++;
		result &= parse_primary(t);
	}
	return result;
}

static int parse_or(struct parser *t)
{
	int result = parse_and(t);

	while (at(t, "-o") && !t->error) {
		t->p++;
		result |= parse_and(t);
	}
	return result;
}

int builtin_test(int argc, char **argv)
{
	struct parser t = { argv + 1, argv + argc };
	int result;

	if (strcmp(argv[0], "[") == 0) {
		if (strcmp(argv[argc - 1], "]") != 0) {
			complain("[: missing ]");
			return 2;
		}
		t.end--;
	}
	if (t.p == t.end)
		return 1;
	/* ! with one or two arguments behind it negates, whatever they look like */
	if (t.end - t.p == 3 && strcmp(*t.p, "!") == 0 && !binary_op(t.p[1])) {
		t.p++;
		result = !parse_or(&t);
	} else {
		result = parse_or(&t);
	}
	if (!t.error && t.p < t.end) {
		complain("%s: %s: unexpected operator", argv[0], *t.p);
		t.error = 1;
	}
	return t.error ? 2 : !result;
}
