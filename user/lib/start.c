/*
 * start.c: from _start to main() and out again.
 *
 * _start passes the stack as the kernel made it; here it becomes argc, argv,
 * environ and the auxiliary vector.  What main() returns goes to exit().
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>
#include "libc.h"

int errno;
char **environ;
char *program_invocation_short_name = "";
static const unsigned long *auxv;

int main(int argc, char **argv, char **envp);

void __libc_start(long *stack)
{
	int argc = stack[0];
	char **argv = (char **)(stack + 1);
	char **end;

	environ = argv + argc + 1;
	for (end = environ; *end; end++)
		;
	auxv = (unsigned long *)(end + 1);
	if (argc > 0) {
		char *slash = strrchr(argv[0], '/');

		program_invocation_short_name = slash ? slash + 1 : argv[0];
	}
	exit(main(argc, argv, environ));
}

unsigned long getauxval(unsigned long type)
{
	const unsigned long *entry;

	for (entry = auxv; entry[0] != AT_NULL; entry += 2)
		if (entry[0] == type)
			return entry[1];
	errno = ENOENT;
	return 0;
}

/* where the stubs go with a result from -4095 to -1, still in eax */
__attribute__((regparm(1))) long __syscall_error(long result)
{
	errno = -result;
	return -1;
}
