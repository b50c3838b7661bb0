/* ln - another name for a file.  The calls: linkat(2); with -s symlink(2). */
#include <sys/stat.h>
#include "command.h"

static const char help[] =
	"usage: ln [-sfLP] TARGET... NAME\n"
	"Makes NAME, or a name in the directory NAME, for TARGET.\n"
	"  -s  a symbolic link    -f  replace a name that is there\n"
	"  -L  of a symbolic link, what it leads to   -P  the link itself (the rule)\n";

static int symbolic, force, follow;

static int try(const char *target, const char *name)
{
	return symbolic ? symlink(target, name)
			: linkat(AT_FDCWD, target, AT_FDCWD, name, follow ? AT_SYMLINK_FOLLOW : 0);
}

/* Only when the new name is all that is in the way does the old one go. */
static int make(const char *target, const char *name)
{
	struct stat a, b;

	if (!try(target, name))
		return 0;
	if (errno != EEXIST || !force)
		return failed_on(name);
	if (!symbolic && !(follow ? stat : lstat)(target, &a) && !lstat(name, &b) && a.st_dev == b.st_dev &&
	    a.st_ino == b.st_ino) {
		if (strcmp(target, name))
			return 0;		/* it is that already */
		warnx("%s: that is the file itself", name);
		return 1;
	}
	return unlink(name) || try(target, name) ? failed_on(name) : 0;
}

int main(int argc, char **argv)
{
	int c;

	while ((c = next_option(argc, argv, "sfLP", help)) != -1) {
		symbolic |= c == 's';
		force |= c == 'f';
		if (c == 'L' || c == 'P')
			follow = c == 'L';
	}
	if (argc - optind == 1)
		return make(argv[optind], last_part(strdup(argv[optind])));
	return for_each_source(argc, argv, help, make);
}
