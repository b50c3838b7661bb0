/*
 * expand.c: what $, ` and quotes in a word stand for.
 *
 * The result is the word's new text and, beside each character, an attribute
 * that says what may still happen to it: fields.c splits and globs by them.
 */
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>
#include "sh.h"

static void put_attribute(struct expansion *x, const char *s, size_t n, char attribute)
{
	buf_bytes(&x->text, s, n);
	while (n--)
		buf_char(&x->attributes, attribute);
}

/* The result of a $: may be split unless it is quoted. */
void expand_put(struct expansion *x, const char *s, size_t n)
{
	put_attribute(x, s, n, x->in_quotes ? A_QUOTED : A_SPLIT);
}

/* A ' inside double quotes is an ordinary character. */
static const char *skip_to(const char *s, char end, int in_quotes)
{
	while (*s && *s != end) {
		if (end != '\'' && strchr(in_quotes ? "\\$`\"" : "\\$`\"'", *s))
			s = skip_quoted(s, in_quotes);
		else
			s++;
	}
	return *s ? s + 1 : s;
}

/* $(...): quotes and parentheses inside are balanced, but for those of case patterns. */
static const char *skip_parens(const char *s)
{
	int depth = 1, cases = 0;

	while (*s && depth > 0) {
		if (*s == '#' && strchr(" \t\n;", s[-1])) {
			s += strcspn(s, "\n");
			continue;
		}
		if (strncmp(s, "case ", 5) == 0 && strchr(" \t\n;(", s[-1]))
			cases++;
		else if (strncmp(s, "esac", 4) == 0 && strchr(" \t\n;", s[-1]) && cases)
			cases--;
		if (*s == '(')
			depth++;
		else if (*s == ')' && !(cases && depth == 1))
			depth--;
		s = strchr("\\'\"$`", *s) ? skip_quoted(s, 0) : s + 1;
	}
	return s;
}

const char *skip_quoted(const char *s, int in_quotes)
{
	switch (*s) {
	case '\\':
		return s[1] ? s + 2 : s + 1;
	case '\'':
	case '"':
		return skip_to(s + 1, *s, 1);
	case '`':
		for (s++; *s && *s != '`'; s++)
			if (*s == '\\' && s[1])
				s++;
		return *s ? s + 1 : s;
	case '$':
		if (s[1] == '{')
			return skip_to(s + 2, '}', in_quotes);
		if (s[1] == '(')
			return skip_parens(s + 2);
		return s + 1;
	}
	return s + 1;
}

/* What a command writes, without the newlines at its end. Its status becomes ours. */
char *command_output(const char *command)
{
	struct buf b = { 0 };
	char piece[512];
	int fd[2];
	ssize_t n;
	pid_t pid;

	if (pipe(fd) < 0)
		fail(2, "cannot make a pipe: %s", strerror(errno));
	pid = job_fork(NULL, 1);
	if (pid == 0) {
		close(fd[0]);
		if (fd[1] != 1) {
			dup2(fd[1], 1);
			close(fd[1]);
		}
		shell_exit(run_string(command, EX_LAST));
	}
	close(fd[1]);
	while ((n = read(fd[0], piece, sizeof(piece))) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			buf_bytes(&b, piece, n);
	close(fd[0]);
	if (pid > 0) {
		int result;

		while (waitpid(pid, &result, 0) < 0 && errno == EINTR)
			;
		status = WIFEXITED(result) ? WEXITSTATUS(result) : 128 + WTERMSIG(result);
		substitution_status = status;
	}
	while (b.len && b.text[b.len - 1] == '\n')
		b.len--;
	return buf_end(&b);
}

/* Inside ` ` a backslash quotes only $ ` and \; in double quotes also ". */
static const char *expand_backquotes(struct expansion *x, const char *s)
{
	struct buf command = { 0 };
	const char *output;

	for (s++; *s && *s != '`'; s++) {
		if (*s == '\\' && (strchr("$`\\", s[1]) || (x->in_quotes && s[1] == '"')))
			s++;
		buf_char(&command, *s);
	}
	output = command_output(buf_end(&command));
	expand_put(x, output, strlen(output));
	return *s ? s + 1 : s;
}

static void put_number(struct expansion *x, long long value)
{
	char digits[24];

	expand_put(x, digits, snprintf(digits, sizeof(digits), "%lld", value));
}

/* Expands as in double quotes, but " is an ordinary character. */
char *expand_here(const char *raw)
{
	struct expansion x = { .in_quotes = 2 };

	expand_raw(&x, raw, strlen(raw));
	return expansion_string(&x);
}

static const char *expand_dollar(struct expansion *x, const char *s)
{
	const char *end = skip_quoted(s, x->in_quotes), *output;

	if (s[1] != '(')
		return expand_parameter(x, s + 1);
	if (s[2] == '(' && end - s >= 5 && end[-1] == ')' && end[-2] == ')') {
		put_number(x, arithmetic(expand_here(copy_bytes(s + 3, end - s - 5))));
		return end;
	}
	output = command_output(copy_bytes(s + 2, end - s - 3));
	expand_put(x, output, strlen(output));
	return end;
}

static const char *expand_double_quotes(struct expansion *x, const char *s, const char *end)
{
	const char *close = skip_quoted(s, 0);
	size_t before = x->attributes.len;
	int outer = x->in_quotes;

	if (close > end)
		close = end;
	x->in_quotes = 1;
	x->nothing = 0;
	expand_raw(x, s + 1, close - s - 2);
	x->in_quotes = outer;
	if (x->attributes.len == before && !x->nothing)
		put_attribute(x, "", 1, A_EMPTY);
	return close;
}

static const char *expand_single_quotes(struct expansion *x, const char *s)
{
	const char *end = strchr(s + 1, '\'');

	if (end == s + 1)
		put_attribute(x, "", 1, A_EMPTY);
	else
		put_attribute(x, s + 1, end - s - 1, A_QUOTED);
	return end + 1;
}

static const char *expand_backslash(struct expansion *x, const char *s)
{
	int special = !x->in_quotes || strchr(x->in_quotes == 1 ? "$`\"\\\n" : "$`\\\n", s[1]);

	if (!s[1] || !special) {
		put_attribute(x, s, 1, A_QUOTED);
		return s + 1;
	}
	if (s[1] != '\n')
		put_attribute(x, s + 1, 1, A_QUOTED);
	return s + 2;
}

void expand_raw(struct expansion *x, const char *s, size_t n)
{
	const char *end = s + n;

	while (s < end) {
		if (*s == '\\')
			s = expand_backslash(x, s);
		else if (*s == '$')
			s = expand_dollar(x, s);
		else if (*s == '`')
			s = expand_backquotes(x, s);
		else if (*s == '"' && x->in_quotes != 2)
			s = expand_double_quotes(x, s, end);
		else if (*s == '\'' && !x->in_quotes)
			s = expand_single_quotes(x, s);
		else
			put_attribute(x, s++, 1, x->in_quotes ? A_QUOTED : A_LITERAL);
	}
}

/* ~ or ~name at s: puts the directory and returns what follows, or s when it is none. */
static const char *expand_tilde(struct expansion *x, const char *s, const char *stops)
{
	size_t n = strcspn(s + 1, stops);
	const char *home = var_get("HOME");
	struct passwd *pw;

	if (strcspn(s + 1, "\\'\"$`") < n)
		return s;
	if (n > 0) {
		pw = getpwnam(copy_bytes(s + 1, n));
		home = pw ? pw->pw_dir : NULL;
	}
	if (!home)
		return s;
	put_attribute(x, home, strlen(home), A_QUOTED);
	return s + 1 + n;
}

static void expand_word(struct expansion *x, const char *raw)
{
	if (*raw == '~')
		raw = expand_tilde(x, raw, "/");
	expand_raw(x, raw, strlen(raw));
}

struct word *expand_words(struct word *words)
{
	struct word *first = NULL, **end = &first;

	for (; words; words = words->next) {
		struct expansion x = { 0 };

		expand_word(&x, words->text);
		*end = expansion_fields(&x);
		while (*end)
			end = &(*end)->next;
	}
	return first;
}

char *expand_string(const char *raw)
{
	struct expansion x = { 0 };

	expand_word(&x, raw);
	return expansion_string(&x);
}

char *expand_pattern(const char *raw)
{
	struct expansion x = { 0 };

	expand_word(&x, raw);
	return expansion_pattern(&x);
}

/* In an assignment (PATH=~/bin:~/more) a tilde counts after each colon too. */
char *expand_assignment(const char *raw)
{
	struct expansion x = { 0 };
	const char *piece;

	for (;;) {
		if (*raw == '~')
			raw = expand_tilde(&x, raw, "/:");
		for (piece = raw; *raw && *raw != ':'; )
			raw = strchr("\\'\"$`", *raw) ? skip_quoted(raw, 0) : raw + 1;
		expand_raw(&x, piece, raw - piece + (*raw == ':'));
		if (!*raw++)
			return expansion_string(&x);
	}
}
