/* mode.c: symbolic modes, for chmod, mkdir and their like, and the shell's umask. */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include "mode.h"

/* r, w, x in the three places that who names */
static mode_t everywhere(mode_t bits)
{
	return (bits & 7) * 0111;
}

/* What stands behind an operator: one of ugo, to copy from, or letters. */
static const char *permissions(const char *p, mode_t mode, mode_t *bits)
{
	*bits = 0;
	if (*p && strchr("ugo", *p)) {
		*bits = everywhere(*p == 'u' ? mode >> 6 : *p == 'g' ? mode >> 3 : mode);
		return p + 1;
	}
	for (;; p++) {
		switch (*p) {
		case 'r': *bits |= 0444; break;
		case 'w': *bits |= 0222; break;
		case 'x': *bits |= 0111; break;
		case 'X': *bits |= S_ISDIR(mode) || mode & 0111 ? 0111 : 0; break;
		case 's': *bits |= S_ISUID | S_ISGID; break;
		case 't': *bits |= S_ISVTX; break;
		default: return p;
		}
	}
}

/* One clause; where it ends, or null. */
static const char *apply_clause(const char *p, mode_t *mode, mode_t umask)
{
	mode_t who = 0, kept = 0, bits;
	char op;

	for (; *p && strchr("ugoa", *p); p++)
		who |= *p == 'u' ? 04700 : *p == 'g' ? 02070 : *p == 'o' ? 01007 : 07777;
	if (!who) {
		who = 07777;
		kept = umask;
	}
	if (!*p || !strchr("+-=", *p))
		return NULL;
	while (*p && strchr("+-=", *p)) {
		op = *p++;
		p = permissions(p, *mode, &bits);
		bits &= who & ~kept;
		if (op == '=')		/* a directory keeps the set-id bits that are not named */
			*mode &= ~(who & (S_ISDIR(*mode) ? 01777 : 07777));
		*mode = op == '-' ? *mode & ~bits : *mode | bits;
	}
	return p;
}

int change_mode(const char *text, mode_t *mode, mode_t umask)
{
	char *end;
	long value;

	if (*text >= '0' && *text <= '9') {
		value = strtol(text, &end, 8);
		if (*end || value > 07777)
			return -1;
		*mode = (*mode & S_IFMT) | value;
		return 0;
	}
	do {
		text = apply_clause(text, mode, umask);
	} while (text && *text++ == ',');
	return text && !text[-1] ? 0 : -1;
}

mode_t new_mode(const char *text, mode_t mode)
{
	mode_t mask = umask(0);

	umask(mask);
	if (change_mode(text, &mode, mask))
		errx(EXIT_FAILURE, "%s: that is no mode", text);
	return mode & 07777;
}
