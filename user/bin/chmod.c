/* chmod - change who may do what.  The call: chmod(2). */
#include "mode.h"

static const char help[] =
	"usage: chmod MODE FILE...\n"
	"MODE is octal, or [ugoa][+-=][rwxst], several with commas between.\n";

int main(int argc, char **argv)
{
	struct stat st;
	int i, failed = 0;

	if (argc == 2 && !strcmp(argv[1], "--help"))
		no_options(argc, argv, help);
	if (argc < 3)
		wrong_usage(help);
	for (i = 2; i < argc; i++) {		/* no getopt: -w is a mode */
		if (stat(argv[i], &st) || chmod(argv[i], new_mode(argv[1], st.st_mode & 07777))) {
			warn("%s", argv[i]);
			failed = 1;
		}
	}
	return failed;
}
