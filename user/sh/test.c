/* test.c: test and [: the words between the brackets go to the function that the command test has, too. */
#include <string.h>
#include "../bin/expression.h"
#include "sh.h"

int builtin_test(int argc, char **argv)
{
	if (strcmp(argv[0], "[") == 0 && strcmp(argv[--argc], "]") != 0) {
		complain("[: missing ]");
		return 2;
	}
	return expression(argv + 1, argc - 1, complain);
}
