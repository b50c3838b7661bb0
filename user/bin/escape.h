/* escape.h - backslash sequences, as echo and printf have them. */
#ifndef _USER_BIN_ESCAPE_H
#define _USER_BIN_ESCAPE_H

/*
 * One sequence at s (behind the backslash) into *c; what is none gives the backslash itself.
 * Returns what follows.  zero: octal needs a 0 before it, as in echo and in printf's %b.
 */
const char *unescape(const char *s, int zero, int *c);

/* Text with its sequences to standard output.  1: a \c ended all output. */
int put_escaped(const char *s);

/* echo's arguments, as XSI has it, but for a first -n, which keeps the newline back. */
void put_echo(char **words);

#endif
