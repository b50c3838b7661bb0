/* uname - which system this is.  The call: uname(2). */
#include <sys/utsname.h>
#include "command.h"

static const char help[] =
	"usage: uname [-amnrsv]\n"
	"  -s system   -n host   -r release   -v version   -m machine   -a all\n";

int main(int argc, char **argv)
{
	struct utsname u;
	int c, s = 0, n = 0, r = 0, v = 0, m = 0, first = 1;

	while ((c = next_option(argc, argv, "amnrsv", help)) != -1) {
		s |= c == 's' || c == 'a';
		n |= c == 'n' || c == 'a';
		r |= c == 'r' || c == 'a';
		v |= c == 'v' || c == 'a';
		m |= c == 'm' || c == 'a';
	}
	if (uname(&u))
		err(EXIT_FAILURE, "uname");
	if (!s && !n && !r && !v && !m)
		s = 1;
	if (s)
		printf("%s%s", first ? "" : " ", u.sysname), first = 0;
	if (n)
		printf("%s%s", first ? "" : " ", u.nodename), first = 0;
	if (r)
		printf("%s%s", first ? "" : " ", u.release), first = 0;
	if (v)
		printf("%s%s", first ? "" : " ", u.version), first = 0;
	if (m)
		printf("%s%s", first ? "" : " ", u.machine);
	putchar('\n');
	return 0;
}
