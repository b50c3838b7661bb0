/* mkdir - make directories.  The calls: mkdir(2), which takes the umask off; chmod(2) for -m. */
#include "mode.h"

static const char help[] =
	"usage: mkdir [-p] [-m MODE] DIRECTORY...\n"
	"  -p  the ones above it too, and no complaint if it is there\n"
	"  -m  with this mode, octal or as chmod takes it (from a=rwx)\n";

static int make_parents(char *path)
{
	char *slash = path;

	while ((slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		if (mkdir(path, 0777) && errno != EEXIST) {
			warn("%s", path);
			*slash = '/';
			return 1;
		}
		*slash = '/';
	}
	return 0;
}

int main(int argc, char **argv)
{
	int c, parents = 0, failed = 0;
	long mode = -1;
	struct stat st;

	while ((c = next_option(argc, argv, "pm:", help)) != -1) {
		if (c == 'p')
			parents = 1;
		else
			mode = new_mode(optarg, 0777);
	}
	if (optind == argc)
		wrong_usage(help);
	for (; optind < argc; optind++) {
		char *path = argv[optind];

		if (parents && make_parents(path)) {
			failed = 1;
			continue;
		}
		if (mkdir(path, 0777) &&
		    !(parents && errno == EEXIST && !stat(path, &st) && S_ISDIR(st.st_mode))) {
			warn("%s", path);
			failed = 1;
		} else if (mode >= 0 && chmod(path, mode)) {
			warn("%s", path);
			failed = 1;
		}
	}
	return failed;
}
