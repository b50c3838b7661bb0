/*
 * test - ask something of files, strings and numbers; expression.c does.
 * The calls: stat(2), lstat(2), access(2), isatty() by ioctl(2).
 */
#include "command.h"
#include "expression.h"

static const char help[] =
	"usage: test EXPRESSION\n"
	"  files     -e -f -d -c -b -p -L -h -S -s -r -w -x -u -g -k FILE, A -nt B, A -ot B, A -ef B\n"
	"  strings   S, -n S, -z S, A = B, A != B, A '<' B, A '>' B; -t DESCRIPTOR: a terminal\n"
	"  numbers   A -eq -ne -lt -le -gt -ge B\n"
	"  together  ! E, E -a E, E -o E, ( E )\n"
	"Ends with 0 if it is so, 1 if not, 2 if it cannot be asked.\n";

int main(int argc, char **argv)
{
	start(argc, argv, help);
	return expression(argv + 1, argc - 1, warnx);
}
