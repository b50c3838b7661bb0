/* uname - which system this is.  The call: uname(2). */
#include <sys/utsname.h>
#include "command.h"

static const char help[] =
	"usage: uname [-amnrsv]\n"
	"  -s system   -n host   -r release   -v version   -m machine   -a all\n";

int main(int argc, char **argv)
{
	static const char letters[] = "snrvm";
	struct utsname u;
	const char *const fields[] = { u.sysname, u.nodename, u.release, u.version, u.machine };
	int c, i, wanted = 0;
	const char *blank = "";

	while ((c = next_option(argc, argv, "amnrsv", help)) != -1)
		wanted |= c == 'a' ? 31 : 1 << (strchr(letters, c) - letters);
	if (optind < argc)
		wrong_usage(help);
	if (uname(&u))
		err(EXIT_FAILURE, "uname");
	for (i = 0; i < 5; i++) {
		if (!((wanted ? wanted : 1) & 1 << i))
			continue;
		printf("%s%s", blank, fields[i]);
		blank = " ";
	}
	putchar('\n');
	return 0;
}
