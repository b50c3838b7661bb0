/*
 * mode.h - a mode as chmod takes it: octal, or [ugoa][+-=][rwxst],...
 */
#ifndef _USER_BIN_MODE_H
#define _USER_BIN_MODE_H

#include <sys/stat.h>
#include "command.h"

/* One clause of a symbolic mode; where it ends. */
static inline const char *apply_clause(const char *p, mode_t *mode)
{
	mode_t who = 0, bits = 0, mask;
	char op;

	for (; *p && strchr("ugoa", *p); p++)
		who |= *p == 'u' ? 04700 : *p == 'g' ? 02070 : *p == 'o' ? 01007 : 07777;
	if (!who) {			/* all, but what the umask keeps back */
		who = umask(0);
		umask(who);
		who = 07777 & ~who;
	}
	op = *p++;
	if (!op || !strchr("+-=", op))
		errx(EXIT_FAILURE, "wrong mode");
	for (; *p && *p != ','; p++) {
		switch (*p) {
		case 'r': bits |= 0444; break;
		case 'w': bits |= 0222; break;
		case 'x': bits |= 0111; break;
		case 's': bits |= 06000; break;
		case 't': bits |= 01000; break;
		default: errx(EXIT_FAILURE, "wrong mode");
		}
	}
	mask = bits & who;
	if (op == '+')
		*mode |= mask;
	else if (op == '-')
		*mode &= ~mask;
	else
		*mode = (*mode & ~(who & 0777)) | mask;
	return *p == ',' ? p + 1 : p;
}

/* mode, changed as text says; without [ugoa] the umask's bits stay as they are. */
static inline mode_t new_mode(const char *text, mode_t mode)
{
	if (*text >= '0' && *text <= '7')
		return strtol(text, NULL, 8);
	while (*text)
		text = apply_clause(text, &mode);
	return mode;
}

#endif
