/*
 * rm - take names away.  The calls: unlink(2); with -r also getdents64(2), by
 * readdir(), and rmdir(2).  A file goes when its last name and last opening have.
 */
#include <limits.h>
#include <sys/stat.h>
#include "command.h"

static const char help[] =
	"usage: rm [-rRfi] FILE...\n"
	"  -r, -R  directories with all that is in them\n"
	"  -f      say nothing of what is not there   -i  ask before each\n";

static int recursive, force, ask;

static int remove_name(const char *path);

static int remove_directory(const char *path)
{
	char inner[PATH_MAX];
	struct dirent *entry;
	int failed = 0;
	DIR *dir = opendir(path);

	if (!dir) {
		warn("%s", path);
		return 1;
	}
	while ((entry = next_entry(dir))) {
		snprintf(inner, sizeof(inner), "%s/%s", path, entry->d_name);
		failed |= remove_name(inner);
	}
	if (errno) {
		warn("%s", path);
		failed = 1;
	}
	closedir(dir);
	if (!failed && rmdir(path)) {
		warn("%s", path);
		failed = 1;
	}
	return failed;
}

static int remove_name(const char *path)
{
	struct stat st;

	if (lstat(path, &st)) {
		if (force && errno == ENOENT)
			return 0;
	} else if (ask && !answered_yes("remove", path)) {
		return 0;
	} else if (S_ISDIR(st.st_mode)) {
		if (recursive)
			return remove_directory(path);
		errno = EISDIR;
	} else if (!unlink(path)) {
		return 0;
	}
	warn("%s", path);
	return 1;
}

int main(int argc, char **argv)
{
	int c, failed = 0;

	while ((c = next_option(argc, argv, "rRfi", help)) != -1) {
		recursive |= c == 'r' || c == 'R';
		if (c == 'f' || c == 'i') {	/* the last of the two counts */
			force = c == 'f';
			ask = c == 'i';
		}
	}
	if (optind == argc && !force)
		wrong_usage(help);
	for (; optind < argc; optind++) {
		const char *name = strrchr(argv[optind], '/');

		name = name ? name + 1 : argv[optind];
		if (!strcmp(name, ".") || !strcmp(name, "..")) {
			warnx("'%s': will not remove . or ..", argv[optind]);
			failed = 1;
		} else {
			failed |= remove_name(argv[optind]);
		}
	}
	return failed;
}
