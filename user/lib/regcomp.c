/*
 * regcomp.c: regular expressions into code, by recursive descent:
 *
 *   expression := branch { '|' branch }
 *   branch     := { atom [ '*' | '+' | '?' | '{m,n}' ] }
 *   atom       := c | '.' | '[set]' | '^' | '$' | '(' expression ')' | '\n'
 *
 * Basic expressions write ( ) { } | + ? with a backslash, extended ones without.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "regex_impl.h"

struct compiler {
	struct program *program;
	const char *p;
	int flags;
	int groups;
	int depth;
	int error;
};

static int parse_expression(struct compiler *c);

static int fail(struct compiler *c, int error)
{
	if (!c->error)
		c->error = error;
	return -1;
}

static int emit(struct compiler *c, struct inst inst)
{
	struct program *program = c->program;

	if (program->size == program->room) {
		int room = program->room ? program->room * 2 : 32;
		struct inst *code = realloc(program->code, room * sizeof(*code));

		if (!code || room > 16384)
			return fail(c, REG_ESPACE);
		program->code = code;
		program->room = room;
	}
	program->code[program->size++] = inst;
	return 0;
}

/* Opens a gap of one instruction at `at`; jumps are relative, so what moves stays right. */
static int insert(struct compiler *c, int at, struct inst inst)
{
	struct program *program = c->program;

	if (emit(c, inst) < 0)
		return -1;
	memmove(program->code + at + 1, program->code + at, (program->size - at - 1) * sizeof(inst));
	program->code[at] = inst;
	return 0;
}

/* An operator: in extended expressions the character, in basic ones \ and the character. */
static int at_operator(struct compiler *c, char op)
{
	if (c->flags & REG_EXTENDED)
		return *c->p == op;
	return c->p[0] == '\\' && c->p[1] == op;
}

static int accept(struct compiler *c, char op)
{
	if (!at_operator(c, op))
		return 0;
	c->p += c->flags & REG_EXTENDED ? 1 : 2;
	return 1;
}

static void set_add(struct set *set, int ch, int flags)
{
	set->bits[ch / 8] |= 1 << ch % 8;
	if (flags & REG_ICASE) {
		set->bits[tolower(ch) / 8] |= 1 << tolower(ch) % 8;
		set->bits[toupper(ch) / 8] |= 1 << toupper(ch) % 8;
	}
}

static int add_class(struct compiler *c, struct set *set)
{
	static const struct {
		const char *name;
		int (*test)(int c);
	} classes[] = {
		{ "alpha:]", isalpha }, { "digit:]", isdigit }, { "alnum:]", isalnum }, { "upper:]", isupper },
		{ "lower:]", islower }, { "space:]", isspace }, { "blank:]", isblank }, { "punct:]", ispunct },
		{ "print:]", isprint }, { "graph:]", isgraph }, { "cntrl:]", iscntrl }, { "xdigit:]", isxdigit },
	};
	int i, ch;

	for (i = 0; i < sizeof(classes) / sizeof(*classes); i++) {
		size_t len = strlen(classes[i].name);

		if (strncmp(c->p + 2, classes[i].name, len) != 0)
			continue;
		for (ch = 0; ch < 256; ch++)
			if (classes[i].test(ch))
				set_add(set, ch, c->flags);
		c->p += 2 + len;
		return 0;
	}
	return fail(c, REG_ECTYPE);
}

/* c->p is behind the [. In a set the backslash is ordinary, and a ] that comes first. */
static int parse_set(struct compiler *c)
{
	struct program *program = c->program;
	struct set set = { { 0 } }, *sets;
	int negate = *c->p == '^', i;
	const char *start;

	c->p += negate;
	for (start = c->p; *c->p != ']' || c->p == start; ) {
		int low = (unsigned char)*c->p, high = low;

		if (!low)
			return fail(c, REG_EBRACK);
		if (low == '[' && c->p[1] == ':') {
			if (add_class(c, &set) < 0)
				return -1;
			continue;
		}
		c->p++;
		if (c->p[0] == '-' && c->p[1] && c->p[1] != ']') {
			high = (unsigned char)c->p[1];
			c->p += 2;
		}
		if (high < low)
			return fail(c, REG_ERANGE);
		for (; low <= high; low++)
			set_add(&set, low, c->flags);
	}
	c->p++;
	for (i = 0; negate && i < sizeof(set.bits); i++)
		set.bits[i] ^= 0xff;
	if (negate && c->flags & REG_NEWLINE)
		set.bits['\n' / 8] &= ~(1 << '\n' % 8);
	sets = realloc(program->sets, (program->set_count + 1) * sizeof(*sets));
	if (!sets)
		return fail(c, REG_ESPACE);
	program->sets = sets;
	sets[program->set_count] = set;
	return emit(c, (struct inst){ OP_SET, .x = program->set_count++ });
}

static int parse_group(struct compiler *c)
{
	int group = ++c->groups;

	if (group < GROUPS && emit(c, (struct inst){ OP_SAVE, .x = 2 * group }) < 0)
		return -1;
	c->depth++;
	if (parse_expression(c) < 0)
		return -1;
	c->depth--;
	if (!accept(c, ')'))
		return fail(c, REG_EPAREN);
	return group < GROUPS ? emit(c, (struct inst){ OP_SAVE, .x = 2 * group + 1 }) : 0;
}

static int parse_escape(struct compiler *c)
{
	char ch = *++c->p;

	if (!ch)
		return fail(c, REG_EESCAPE);
	c->p++;
	if (ch >= '1' && ch <= '9') {
		if (ch - '0' > c->groups)
			return fail(c, REG_ESUBREG);
		return emit(c, (struct inst){ OP_BACKREF, .x = ch - '0' });
	}
	if (ch == '<' || ch == '>')
		return emit(c, (struct inst){ ch == '<' ? OP_WORD_BEGIN : OP_WORD_END });
	return emit(c, (struct inst){ OP_CHAR, .c = ch });
}

/* In basic expressions ^ is an anchor only where a branch begins, $ only where one ends. */
static int is_anchor(struct compiler *c, int branch_begins)
{
	const char *p = c->p;

	if (*p == '^')
		return c->flags & REG_EXTENDED || branch_begins;
	if (*p != '$')
		return 0;
	return c->flags & REG_EXTENDED || !p[1] || (p[1] == '\\' && (p[2] == ')' || p[2] == '|'));
}

static int parse_atom(struct compiler *c, int branch_begins)
{
	if (is_anchor(c, branch_begins))
		return emit(c, (struct inst){ *c->p++ == '^' ? OP_BOL : OP_EOL });
	if (accept(c, '('))
		return parse_group(c);
	if (*c->p == '[') {
		c->p++;
		return parse_set(c);
	}
	if (*c->p == '.') {
		c->p++;
		return emit(c, (struct inst){ OP_ANY });
	}
	if (*c->p == '\\')
		return parse_escape(c);
	return emit(c, (struct inst){ OP_CHAR, .c = *c->p++ });
}

/* {m}, {m,} or {m,n}; c->p is behind the {. */
static int parse_bounds(struct compiler *c, int *min, int *max)
{
	char *end;

	if (!isdigit(*c->p))
		return fail(c, REG_BADBR);
	*min = *max = strtol(c->p, &end, 10);
	if (*end == ',') {
		end++;
		*max = REPEAT_MAX;
		if (isdigit(*end))
			*max = strtol(end, &end, 10);
	}
	c->p = end;
	if (!accept(c, '}'))
		return fail(c, REG_EBRACE);
	if (*min > *max || *max > REPEAT_MAX)
		return fail(c, REG_BADBR);
	return 0;
}

static int emit_copy(struct compiler *c, const struct inst *code, int n)
{
	int i;

	for (i = 0; i < n; i++)
		if (emit(c, code[i]) < 0)
			return -1;
	return 0;
}

/* L: SPLIT out; MARK; atom; MOVED; JUMP L; out: */
static int emit_star(struct compiler *c, const struct inst *atom, int n)
{
	int mark = c->program->marks++;

	if (mark >= MARKS)
		return fail(c, REG_ESPACE);
	if (emit(c, (struct inst){ OP_SPLIT, .x = n + 4 }) < 0 || emit(c, (struct inst){ OP_MARK, .x = mark }) < 0 ||
	    emit_copy(c, atom, n) < 0 || emit(c, (struct inst){ OP_MOVED, .x = mark }) < 0)
		return -1;
	return emit(c, (struct inst){ OP_JUMP, .x = -(n + 3) });
}

/* The atom is the code from `start` on. */
static int repeat(struct compiler *c, int start, int min, int max)
{
	struct program *program = c->program;
	int n = program->size - start, op = n ? program->code[start].op : OP_MATCH, i, result = 0;
	struct inst *atom;

	if (n == 1 && op <= OP_SET)
		return insert(c, start, (struct inst){ OP_REPEAT, .x = min, .y = max });
	atom = malloc(n * sizeof(*atom));
	if (!atom)
		return fail(c, REG_ESPACE);
	memcpy(atom, program->code + start, n * sizeof(*atom));
	program->size = start;
	for (i = 0; i < min && !result; i++)
		result = emit_copy(c, atom, n);
	if (max == REPEAT_MAX && !result)
		result = emit_star(c, atom, n);
	for (; max != REPEAT_MAX && i < max && !result; i++) {
		result = emit(c, (struct inst){ OP_SPLIT, .x = (max - i) * (n + 1) });
		if (!result)
			result = emit_copy(c, atom, n);
	}
	free(atom);
	return result;
}

static int parse_repeats(struct compiler *c, int start)
{
	int min, max;

	for (;;) {
		min = 0;
		max = REPEAT_MAX;
		if (*c->p == '*') {
			c->p++;
		} else if (accept(c, '+')) {
			min = 1;
		} else if (accept(c, '?')) {
			max = 1;
		} else if (accept(c, '{')) {
			if (parse_bounds(c, &min, &max) < 0)
				return -1;
		} else {
			return 0;
		}
		if (repeat(c, start, min, max) < 0)
			return -1;
	}
}

static int parse_branch(struct compiler *c)
{
	int begins = 1, start;

	while (*c->p && !at_operator(c, '|') && !(c->depth && at_operator(c, ')'))) {
		start = c->program->size;
		if (begins && *c->p == '*') {
			if (c->flags & REG_EXTENDED)
				return fail(c, REG_BADRPT);
			c->p++;		/* a star that comes first is a star */
			if (emit(c, (struct inst){ OP_CHAR, .c = '*' }) < 0)
				return -1;
		} else {
			int anchor = is_anchor(c, begins) && *c->p == '^';

			if (parse_atom(c, begins) < 0)
				return -1;
			if (anchor && !(c->flags & REG_EXTENDED))
				continue;	/* ^* again: the star is ordinary */
		}
		begins = 0;
		if (parse_repeats(c, start) < 0)
			return -1;
	}
	return 0;
}

static int parse_expression(struct compiler *c)
{
	struct program *program = c->program;
	int start = program->size, end;

	if (parse_branch(c) < 0)
		return -1;
	if (!accept(c, '|'))
		return 0;
	program->longest = 1;
	/* SPLIT to the other; this branch; JUMP behind the other; the other */
	if (insert(c, start, (struct inst){ OP_SPLIT, .x = program->size - start + 2 }) < 0)
		return -1;
	end = program->size;
	if (emit(c, (struct inst){ OP_JUMP }) < 0 || parse_expression(c) < 0)
		return -1;
	program->code[end].x = program->size - end;
	return 0;
}

int regcomp(regex_t *re, const char *pattern, int flags)
{
	struct program *program = calloc(1, sizeof(*program));
	struct compiler c = { .program = program, .p = pattern, .flags = flags };

	if (!program)
		return REG_ESPACE;
	re->program = program;
	re->flags = flags;
	if (parse_expression(&c) == 0) {
		if (*c.p)
			fail(&c, REG_EPAREN);
		else
			emit(&c, (struct inst){ OP_MATCH });
	}
	re->re_nsub = c.groups;
	if (c.error)
		regfree(re);
	return c.error;
}

void regfree(regex_t *re)
{
	struct program *program = re->program;

	if (!program)
		return;
	free(program->code);
	free(program->sets);
	free(program);
	re->program = NULL;
}

size_t regerror(int code, const regex_t *re, char *buf, size_t size)
{
	static const char *const texts[] = {
		[0] = "No error",
		[REG_NOMATCH] = "No match",
		[REG_BADPAT] = "Invalid regular expression",
		[REG_ECOLLATE] = "Invalid collation character",
		[REG_ECTYPE] = "Invalid character class name",
		[REG_EESCAPE] = "Trailing backslash",
		[REG_ESUBREG] = "Invalid back reference",
		[REG_EBRACK] = "Unmatched [",
		[REG_EPAREN] = "Unmatched ( or )",
		[REG_EBRACE] = "Unmatched {",
		[REG_BADBR] = "Invalid content of {}",
		[REG_ERANGE] = "Invalid range end",
		[REG_ESPACE] = "Regular expression too big",
		[REG_BADRPT] = "Nothing before a repetition operator",
	};

	return snprintf(buf, size, "%s", code >= 0 && code <= REG_BADRPT ? texts[code] : "Unknown error") + 1;
}
