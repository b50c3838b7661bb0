/*
 * arith.c: $(( )): C's expressions over 64-bit numbers and variables, by
 * precedence climbing.  In a part that is not taken (0 && x++) nothing is
 * assigned or divided.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sh.h"

struct evaluator {
	const char *p;
	int idle;		/* >0: only parsing */
};

static const struct operator {
	const char *text;
	int level;		/* higher binds closer */
} operators[] = {
	/* longer ones first, so that << is not taken for < */
	{ "||", 1 }, { "&&", 2 }, { "<<", 8 }, { ">>", 8 }, { "<=", 7 }, { ">=", 7 }, { "==", 6 }, { "!=", 6 },
	{ "|", 3 }, { "^", 4 }, { "&", 5 }, { "<", 7 }, { ">", 7 }, { "+", 9 }, { "-", 9 }, { "*", 10 },
	{ "/", 10 }, { "%", 10 },
};

static long long evaluate(struct evaluator *e);

static void bad_expression(struct evaluator *e)
{
	fail(2, "arithmetic expression: syntax error near \"%s\"", e->p);
}

static void skip_blanks(struct evaluator *e)
{
	while (isspace((unsigned char)*e->p))
		e->p++;
}

static int accept(struct evaluator *e, const char *text)
{
	skip_blanks(e);
	if (strncmp(e->p, text, strlen(text)) != 0)
		return 0;
	e->p += strlen(text);
	return 1;
}

static long long variable(struct evaluator *e, const char *name)
{
	const char *value = var_get(name);
	char *end;
	long long n;

	if (!value && option_u)
		fail(2, "%s: parameter not set", name);
	if (!value || !*value)
		return 0;
	n = strtoll(value, &end, 0);
	if (end == value || end[strspn(end, " \t\n")])
		fail(2, "Illegal number: %s", value);
	return n;
}

static long long apply(struct evaluator *e, const char *op, long long a, long long b)
{
	if ((*op == '/' || *op == '%') && (b == 0 || e->idle)) {
		if (!e->idle)
			fail(2, "arithmetic expression: division by zero");
		return 0;
	}
	switch (*op) {
	case '|':
		return op[1] ? a || b : a | b;
	case '&':
		return op[1] ? a && b : a & b;
	case '^':
		return a ^ b;
	case '<':
		return op[1] == '<' ? (long long)((unsigned long long)a << (b & 63)) : op[1] ? a <= b : a < b;
	case '>':
		return op[1] == '>' ? a >> (b & 63) : op[1] ? a >= b : a > b;
	case '=':
		return a == b;
	case '!':
		return a != b;
	case '+':
		return (unsigned long long)a + b;
	case '-':
		return (unsigned long long)a - b;
	case '*':
		return (unsigned long long)a * b;
	case '/':
		return b == -1 ? -(unsigned long long)a : a / b;
	default:
		return b == -1 ? 0 : a % b;
	}
}

static void store(struct evaluator *e, const char *name, long long value)
{
	char digits[24];

	if (e->idle)
		return;
	snprintf(digits, sizeof(digits), "%lld", value);
	var_set(name, digits);
}

/* name, name = expression, name op= expression, name++, name-- */
static long long name_or_assignment(struct evaluator *e)
{
	static const char *const compound[] = { "<<=", ">>=", "+=", "-=", "*=", "/=", "%=", "&=", "^=", "|=" };
	size_t n = 0, i;
	long long value;
	char *name;

	while (isalnum((unsigned char)e->p[n]) || e->p[n] == '_')
		n++;
	name = copy_bytes(e->p, n);
	e->p += n;
	skip_blanks(e);
	if (e->p[0] == '=' && e->p[1] != '=') {
		e->p++;
		value = evaluate(e);
		store(e, name, value);
		return value;
	}
	for (i = 0; i < sizeof(compound) / sizeof(*compound); i++)
		if (accept(e, compound[i])) {
			value = evaluate(e);
			value = apply(e, compound[i], variable(e, name), value);
			store(e, name, value);
			return value;
		}
	value = variable(e, name);
	if (accept(e, "++"))
		store(e, name, value + 1);
	else if (accept(e, "--"))
		store(e, name, value - 1);
	return value;
}

static long long step(struct evaluator *e, int by)
{
	size_t n = 0;
	long long value;
	char *name;

	skip_blanks(e);
	while (isalnum((unsigned char)e->p[n]) || e->p[n] == '_')
		n++;
	if (!is_name(e->p, n))
		bad_expression(e);
	name = copy_bytes(e->p, n);
	e->p += n;
	value = variable(e, name) + by;
	store(e, name, value);
	return value;
}

static long long unary(struct evaluator *e)
{
	long long value;
	char *end;

	skip_blanks(e);
	if (accept(e, "("))  {
		value = evaluate(e);
		if (!accept(e, ")"))
			bad_expression(e);
		return value;
	}
	if (accept(e, "++"))
		return step(e, 1);
	if (accept(e, "--"))
		return step(e, -1);
	if (accept(e, "-"))
		return -(unsigned long long)unary(e);
	if (accept(e, "+"))
		return unary(e);
	if (accept(e, "~"))
		return ~unary(e);
	if (accept(e, "!"))
		return !unary(e);
	if (isalpha((unsigned char)*e->p) || *e->p == '_')
		return name_or_assignment(e);
	value = strtoll(e->p, &end, 0);
	if (end == e->p || isalnum((unsigned char)*end))
		bad_expression(e);
	e->p = end;
	return value;
}

static const struct operator *peek_operator(struct evaluator *e)
{
	size_t i;

	skip_blanks(e);
	for (i = 0; i < sizeof(operators) / sizeof(*operators); i++)
		if (strncmp(e->p, operators[i].text, strlen(operators[i].text)) == 0)
			return &operators[i];
	return NULL;
}

/* Operators of at least this level, left to right. */
static long long binary(struct evaluator *e, int level)
{
	long long left = unary(e), right;
	const struct operator *op;

	while ((op = peek_operator(e)) && op->level >= level) {
		int skip = (op->level == 1 && left) || (op->level == 2 && !left);

		e->p += strlen(op->text);
		e->idle += skip;
		right = binary(e, op->level + 1);
		e->idle -= skip;
		left = apply(e, op->text, left, right);
	}
	return left;
}

static long long evaluate(struct evaluator *e)
{
	long long condition = binary(e, 1), yes, no;

	if (!accept(e, "?"))
		return condition;
	e->idle += !condition;
	yes = evaluate(e);
	e->idle -= !condition;
	if (!accept(e, ":"))
		bad_expression(e);
	e->idle += !!condition;
	no = evaluate(e);
	e->idle -= !!condition;
	return condition ? yes : no;
}

long long arithmetic(const char *s)
{
	struct evaluator e = { .p = s };
	long long value;

	skip_blanks(&e);
	if (!*e.p)
		return 0;
	do
		value = evaluate(&e);
	while (accept(&e, ","));
	skip_blanks(&e);
	if (*e.p)
		bad_expression(&e);
	return value;
}
