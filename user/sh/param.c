/* param.c: $name, $1, $@ and their like, and ${name operator word}. */
#include <ctype.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sh.h"

struct params params;
char *shell_name;

/* The value of a parameter that is one string; null: unset. `n` is its name's length. */
static const char *value_of(const char *name, size_t n)
{
	static char digits[12];
	int index;

	if (isdigit(*name)) {
		index = atoi(copy_bytes(name, n));
		if (index == 0)
			return shell_name;
		return index <= params.argc ? params.argv[index - 1] : NULL;
	}
	if (isalpha((unsigned char)*name) || *name == '_')
		return var_get(copy_bytes(name, n));
	switch (*name) {
	case '?':
		sprintf(digits, "%d", status);
		return digits;
	case '$':
		sprintf(digits, "%d", shell_pid);
		return digits;
	case '#':
		sprintf(digits, "%d", params.argc);
		return digits;
	case '!':
		sprintf(digits, "%d", last_background);
		return last_background ? digits : NULL;
	case '-':
		return option_letters();
	}
	return NULL;
}

/* The length of the parameter's name at s; 0 if none begins there. */
static size_t name_length(const char *s, int in_braces)
{
	size_t n = 0;

	if (isdigit(*s)) {
		while (isdigit(s[n]))
			n++;
		return in_braces ? n : 1;
	}
	if (*s && strchr("?$#!-@*", *s))
		return 1;
	while (isalnum((unsigned char)s[n]) || s[n] == '_')
		n++;
	return n;
}

static void put_break(struct expansion *x)
{
	buf_char(&x->text, ' ');
	buf_char(&x->attributes, A_BREAK);
}

/* "$@": one field each. "$*": one field, joined by the first character of IFS. Unquoted: split as well. */
static void put_all(struct expansion *x, char kind)
{
	const char *ifs = var_get("IFS");
	int i;

	if (params.argc == 0 && kind == '@')
		x->nothing = 1;
	for (i = 0; i < params.argc; i++) {
		if (i > 0) {
			if (kind == '@' || !x->in_quotes)
				put_break(x);
			else if (!ifs)
				expand_put(x, " ", 1);
			else
				expand_put(x, ifs, *ifs != '\0');
		}
		if (!*params.argv[i] && x->in_quotes) {
			buf_char(&x->text, ' ');
			buf_char(&x->attributes, A_EMPTY);
		}
		expand_put(x, params.argv[i], strlen(params.argv[i]));
	}
}

static void put_value(struct expansion *x, const char *name, size_t n)
{
	const char *value;

	if (*name == '@' || *name == '*') {
		put_all(x, *name);
		return;
	}
	value = value_of(name, n);
	if (value)
		expand_put(x, value, strlen(value));
	else if (option_u)
		fail(2, "%.*s: parameter not set", (int)n, name);
}

/* Cuts what matches from the front (#) or the end (%); doubled, the longest match. */
static void put_trimmed(struct expansion *x, const char *value, char op, int longest, const char *pattern)
{
	size_t len = strlen(value), i;

	for (i = 0; i <= len; i++) {
		/* how much is cut: from little to much, or the other way */
		size_t cut = longest ? len - i : i;
		char *piece = op == '#' ? copy_bytes(value, cut) : copy_string(value + len - cut);

		if (fnmatch(pattern, piece, 0) == 0) {
			expand_put(x, op == '#' ? value + cut : value, len - cut);
			return;
		}
	}
	expand_put(x, value, len);
}

struct operation {
	const char *name;
	size_t name_len;
	int colon;		/* an empty value counts as none */
	char op;		/* - = ? + # % */
	int twice;		/* ## %% */
	const char *word;
	size_t word_len;
};

static void put_assigned(struct expansion *x, const struct operation *o)
{
	char *name = copy_bytes(o->name, o->name_len), *value;

	if (!is_name(name, o->name_len))
		fail(2, "%s: bad variable name", name);
	value = expand_string(copy_bytes(o->word, o->word_len));
	var_set(name, value);
	expand_put(x, value, strlen(value));
}

static void report_unset(const struct operation *o)
{
	char *text = expand_string(copy_bytes(o->word, o->word_len));

	if (!*text)
		text = o->colon ? "parameter not set or null" : "parameter not set";
	fail(2, "%.*s: %s", (int)o->name_len, o->name, text);
}

static void operate(struct expansion *x, const struct operation *o)
{
	int all = *o->name == '@' || *o->name == '*';
	const char *value = all ? (params.argc ? params.argv[0] : NULL) : value_of(o->name, o->name_len);
	int set = value && (!o->colon || *value || (all && params.argc > 1));

	switch (o->op) {
	case '-':
	case '=':
	case '?':
		if (set)
			put_value(x, o->name, o->name_len);
		else if (o->op == '-')
			expand_raw(x, o->word, o->word_len);
		else if (o->op == '=')
			put_assigned(x, o);
		else
			report_unset(o);
		break;
	case '+':
		if (set)
			expand_raw(x, o->word, o->word_len);
		break;
	default:
		if (!value && option_u)
			fail(2, "%.*s: parameter not set", (int)o->name_len, o->name);
		put_trimmed(x, value ? copy_string(value) : "", o->op, o->twice,
			    expand_pattern(copy_bytes(o->word, o->word_len)));
	}
}

static void bad_substitution(void)
{
	fail(2, "Bad substitution");
}

/* ${#name}; `s` is behind the #. */
static void put_length(struct expansion *x, const char *s, const char *close)
{
	size_t n = name_length(s, 1);
	const char *value;
	char digits[12];

	if (s + n != close)
		bad_substitution();
	value = *s == '@' || *s == '*' ? value_of("#", 1) : value_of(s, n);
	if (!value && option_u)
		fail(2, "%.*s: parameter not set", (int)n, s);
	if (*s == '@' || *s == '*')
		expand_put(x, value, strlen(value));
	else
		expand_put(x, digits, sprintf(digits, "%d", value ? (int)strlen(value) : 0));
}

/* `s` is behind ${; `close` is at the }. */
static void expand_braces(struct expansion *x, const char *s, const char *close)
{
	struct operation o = { .name = s };

	if (*s == '#' && s + 1 < close && name_length(s + 1, 1) && s + 1 + name_length(s + 1, 1) == close) {
		put_length(x, s + 1, close);
		return;
	}
	o.name_len = name_length(s, 1);
	if (!o.name_len)
		bad_substitution();
	s += o.name_len;
	if (s == close) {
		put_value(x, o.name, o.name_len);
		return;
	}
	if (*s == ':') {
		o.colon = 1;
		s++;
	}
	o.op = *s++;
	if (!strchr(o.colon ? "-=?+" : "-=?+#%", o.op))
		bad_substitution();
	if ((o.op == '#' || o.op == '%') && *s == o.op && s < close) {
		o.twice = 1;
		s++;
	}
	o.word = s;
	o.word_len = close - s;
	operate(x, &o);
}

/* `s` is behind the $. Returns what follows the parameter. */
const char *expand_parameter(struct expansion *x, const char *s)
{
	const char *end;
	size_t n;

	if (*s == '{') {
		end = skip_quoted(s - 1, x->in_quotes);
		expand_braces(x, s + 1, end - 1);
		return end;
	}
	n = name_length(s, 0);
	if (n == 0)
		expand_put(x, "$", 1);
	else
		put_value(x, s, n);
	return s + n;
}
