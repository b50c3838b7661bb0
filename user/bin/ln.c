/* ln - another name for a file.  The calls: linkat(2); with -s symlink(2). */
#include <limits.h>
#include <sys/stat.h>
#include "command.h"

static const char help[] =
	"usage: ln [-sfLP] TARGET... NAME\n"
	"Makes NAME, or a name in the directory NAME, for TARGET.\n"
	"  -s  a symbolic link    -f  replace a name that is there\n"
	"  -L  of a symbolic link, what it leads to   -P  the link itself (the rule)\n";

static int symbolic, force, follow;

static int make(const char *target, const char *name)
{
	if (force)
		unlink(name);
	if (symbolic ? symlink(target, name) :
	    linkat(AT_FDCWD, target, AT_FDCWD, name, follow ? AT_SYMLINK_FOLLOW : 0)) {
		warn("%s", name);
		return 1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	char path[PATH_MAX];
	struct stat st;
	int c, failed = 0;
	char *name;

	while ((c = next_option(argc, argv, "sfLP", help)) != -1) {
		symbolic |= c == 's';
		force |= c == 'f';
		if (c == 'L' || c == 'P')
			follow = c == 'L';
	}
	if (optind == argc)
		wrong_usage(help);
	if (argc - optind == 1)
		return make(argv[optind], last_part(strdup(argv[optind])));
	name = argv[--argc];
	if (stat(name, &st) || !S_ISDIR(st.st_mode)) {
		if (argc - optind > 1)
			errx(EXIT_FAILURE, "'%s' is not a directory", name);
		return make(argv[optind], name);
	}
	for (; optind < argc; optind++) {
		snprintf(path, sizeof(path), "%s/%s", name, last_part(strdup(argv[optind])));
		failed |= make(argv[optind], path);
	}
	return failed;
}
