/*
 * regex_impl.h: what regcomp.c compiles an expression into and regexec.c runs.
 *
 * Jumps are relative, so that the code of an atom can be copied: a{2,3} is
 * a, a, and a once more that may be skipped.
 */
#ifndef LIB_REGEX_IMPL_H
#define LIB_REGEX_IMPL_H

#include <regex.h>

enum op {
	OP_CHAR,	/* the character c */
	OP_ANY,
	OP_SET,		/* a member of sets[x] */
	OP_BOL,		/* ^ */
	OP_EOL,		/* $ */
	OP_WORD_BEGIN,	/* \< */
	OP_WORD_END,	/* \> */
	OP_SAVE,	/* this place is bound x (2n: begin of group n, 2n+1: its end) */
	OP_BACKREF,	/* what group x matched, again */
	OP_SPLIT,	/* go on behind here; if that fails, at +x */
	OP_JUMP,	/* go on at +x */
	OP_MARK,	/* remember this place as mark x */
	OP_MOVED,	/* fail if nothing was matched since mark x */
	OP_REPEAT,	/* the single-character instruction that follows, x to y times */
	OP_MATCH,
};

struct inst {
	unsigned char op;
	unsigned char c;
	short x, y;
};

struct set {
	unsigned char bits[32];
};

#define GROUPS 10	/* \0 to \9 */
#define MARKS 32
#define REPEAT_MAX 255	/* RE_DUP_MAX; in y: no limit */

struct program {
	struct inst *code;
	int size, room;
	struct set *sets;
	int set_count;
	int marks;
	int longest;	/* there are alternatives, and POSIX wants the longest match of all */
};

#endif
