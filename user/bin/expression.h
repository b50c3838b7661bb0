/* expression.h - what test(1) asks, for the command and for the shell's builtin. */
#ifndef _USER_BIN_EXPRESSION_H
#define _USER_BIN_EXPRESSION_H

/* The expression of count words: 0 it is so, 1 it is not, 2 (after complain()) it cannot be asked. */
int expression(char **words, int count, void (*complain)(const char *format, ...));

#endif
