/* chmod - change who may do what.  The call: chmod(2). */
#include "command.h"
#include "mode.h"

static const char help[] =
	"usage: chmod [-R] MODE FILE...\n"
	"MODE is octal, or [ugoa]... [+-=] [rwxXst or one of ugo]..., several with commas between.\n"
	"  -R  directories and all that is in them\n";

static int recursive;

static int change(const char *path, const char *mode);

static int change_below(const char *path, const char *mode)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	int failed = 0;

	if (!dir)
		return failed_on(path);
	while ((entry = next_entry(dir))) {
		char *inner = path_in(path, entry->d_name);
		struct stat st;

		if (!lstat(inner, &st) && !S_ISLNK(st.st_mode))
			failed |= change(inner, mode);
		free(inner);
	}
	if (errno)
		failed = failed_on(path);
	closedir(dir);
	return failed;
}

static int change(const char *path, const char *mode)
{
	struct stat st;

	if (stat(path, &st) || chmod(path, new_mode(mode, st.st_mode)))
		return failed_on(path);
	return recursive && S_ISDIR(st.st_mode) ? change_below(path, mode) : 0;
}

int main(int argc, char **argv)
{
	int i = 1, failed = 0;
	const char *mode;

	start(argc, argv, help);
	if (i < argc && !strcmp(argv[i], "-R")) {	/* no getopt: -w is a mode */
		recursive = 1;
		i++;
	}
	if (i < argc && !strcmp(argv[i], "--"))
		i++;
	if (argc - i < 2)
		wrong_usage(help);
	for (mode = argv[i++]; i < argc; i++)
		failed |= change(argv[i], mode);
	return failed;
}
