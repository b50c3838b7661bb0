/*
 * regexec.c: runs compiled expressions, by trying: each choice remembers the
 * other way and comes back to it when the first one fails.  Expressions whose
 * choices nest can take long that way; in exchange \1 works, and it is short.
 */
#include <ctype.h>
#include <string.h>
#include "regex_impl.h"

struct matcher {
	const struct program *program;
	const char *begin;
	int flags, eflags;
	const char *bounds[2 * GROUPS];	/* of the groups, on the way now tried */
	const char *marks[MARKS];
	const char *best[2 * GROUPS];	/* of the longest match so far; best[1] null: none */
};

static int same(const struct matcher *m, int a, int b)
{
	return a == b || (m->flags & REG_ICASE && tolower(a) == tolower(b));
}

/* Does the character at s match a single-character instruction? */
static int match_char(const struct matcher *m, const struct inst *inst, const char *s)
{
	unsigned char c = *s;

	if (!c)
		return 0;
	if (inst->op == OP_CHAR)
		return same(m, c, inst->c);
	if (inst->op == OP_ANY)
		return c != '\n' || !(m->flags & REG_NEWLINE);
	return m->program->sets[inst->x].bits[c / 8] >> c % 8 & 1;
}

static int is_word(int c)
{
	return isalnum(c) || c == '_';
}

static int at_line_begin(const struct matcher *m, const char *s)
{
	if (s == m->begin)
		return !(m->eflags & REG_NOTBOL);
	return m->flags & REG_NEWLINE && s[-1] == '\n';
}

static int match_place(const struct matcher *m, int op, const char *s)
{
	int before = s > m->begin && is_word((unsigned char)s[-1]), after = is_word((unsigned char)*s);

	switch (op) {
	case OP_BOL:
		return at_line_begin(m, s);
	case OP_EOL:
		return *s ? m->flags & REG_NEWLINE && *s == '\n' : !(m->eflags & REG_NOTEOL);
	case OP_WORD_BEGIN:
		return !before && after;
	default:
		return before && !after;
	}
}

/* Returns what follows group x's text at s, or null. */
static const char *match_again(const struct matcher *m, int x, const char *s)
{
	const char *p = m->bounds[2 * x], *end = m->bounds[2 * x + 1];

	if (!p || !end)
		return NULL;
	for (; p < end; p++, s++)
		if (!*s || !same(m, (unsigned char)*p, (unsigned char)*s))
			return NULL;
	return s;
}

static int run(struct matcher *m, const struct inst *pc, const char *s);

/* As many as there are, then ever fewer until the rest matches too. */
static int run_repeat(struct matcher *m, const struct inst *pc, const char *s)
{
	int min = pc->x, max = pc->y, n = 0;

	while ((n < max || max == REPEAT_MAX) && match_char(m, pc + 1, s + n))
		n++;
	for (; n >= min; n--)
		if (run(m, pc + 2, s + n))
			return 1;
	return 0;
}

/* Writes a place down, and takes it back should the rest not match. */
static int run_note(struct matcher *m, const struct inst *pc, const char **place, const char *s)
{
	const char *old = *place;

	*place = s;
	if (run(m, pc + 1, s))
		return 1;
	*place = old;
	return 0;
}

/* Where there are alternatives a match is noted and the search goes on, as if it had failed. */
static int found(struct matcher *m, const char *s)
{
	if (!m->best[1] || s > m->best[1]) {
		memcpy(m->best, m->bounds, sizeof(m->best));
		m->best[1] = s;
	}
	return !m->program->longest;
}

static int run(struct matcher *m, const struct inst *pc, const char *s)
{
	for (;; pc++) {
		switch (pc->op) {
		case OP_CHAR:
		case OP_ANY:
		case OP_SET:
			if (!match_char(m, pc, s))
				return 0;
			s++;
			break;
		case OP_BOL:
		case OP_EOL:
		case OP_WORD_BEGIN:
		case OP_WORD_END:
			if (!match_place(m, pc->op, s))
				return 0;
			break;
		case OP_SAVE:
			return run_note(m, pc, &m->bounds[pc->x], s);
		case OP_MARK:
			return run_note(m, pc, &m->marks[pc->x], s);
		case OP_MOVED:
			if (m->marks[pc->x] == s)
				return 0;
			break;
		case OP_BACKREF:
			s = match_again(m, pc->x, s);
			if (!s)
				return 0;
			break;
		case OP_SPLIT:
			if (run(m, pc + 1, s))
				return 1;
			/* fall through */
		case OP_JUMP:
			pc += pc->x - 1;
			break;
		case OP_REPEAT:
			return run_repeat(m, pc, s);
		case OP_MATCH:
			return found(m, s);
		}
	}
}

int regexec(const regex_t *re, const char *string, size_t n, regmatch_t match[], int flags)
{
	struct matcher m = { .program = re->program, .begin = string, .flags = re->flags, .eflags = flags };
	const char *s;
	size_t i;

	for (s = string; ; s++) {
		memset(m.bounds, 0, sizeof(m.bounds));
		m.bounds[0] = s;
		if (run(&m, m.program->code, s) || m.best[1])
			break;
		if (!*s)
			return REG_NOMATCH;
	}
	for (i = 0; i < n && !(re->flags & REG_NOSUB); i++) {
		int set = i < GROUPS && m.best[2 * i] && m.best[2 * i + 1];

		match[i].rm_so = set ? m.best[2 * i] - string : -1;
		match[i].rm_eo = set ? m.best[2 * i + 1] - string : -1;
	}
	return 0;
}
