/*
 * rm - take names away.  The calls: unlink(2); with -r also getdents64(2), by
 * readdir(), and rmdir(2).  A file goes when its last name and last opening have.
 */
#include <sys/stat.h>
#include "command.h"

static const char help[] =
	"usage: rm [-dfirRv] FILE...\n"
	"  -r, -R  directories with all that is in them   -d  empty directories\n"
	"  -f      say nothing of what is not there, never ask   -i  ask before each\n"
	"  -v      tell the names of what goes\n"
	"Without -f asks on a terminal before what may not be written.\n";

static int recursive, empty_ones, verbose;
static int answer;			/* the last of -f and -i */

static int remove_name(const char *path);

static int agreed(const char *question, const char *path, const struct stat *st)
{
	if (answer == 'i' || (!answer && !S_ISLNK(st->st_mode) && access(path, W_OK) && isatty(STDIN_FILENO)))
		return answered_yes(question, path);
	return 1;
}

static int gone(const char *path)
{
	if (verbose)
		puts(path);
	return 0;
}

static int remove_entries(const char *path)
{
	struct dirent *entry;
	int failed = 0;
	DIR *dir = opendir(path);

	if (!dir)
		return errno == EACCES ? 0 : failed_on(path);	/* rmdir() will tell whether it was empty */
	while ((entry = next_entry(dir))) {
		char *inner = path_in(path, entry->d_name);

		failed |= remove_name(inner);
		free(inner);
	}
	if (errno)
		failed = failed_on(path);
	closedir(dir);
	return failed;
}

static int remove_directory(const char *path, const struct stat *st)
{
	if (recursive) {
		if (!agreed("go into", path, st))
			return 0;
		if (remove_entries(path))
			return 1;
	} else if (!empty_ones) {
		errno = EISDIR;
		return failed_on(path);
	}
	if (answer == 'i' && !answered_yes("remove", path))
		return 0;
	return rmdir(path) ? failed_on(path) : gone(path);
}

static int remove_name(const char *path)
{
	struct stat st;

	if (lstat(path, &st))
		return answer == 'f' && (errno == ENOENT || errno == ENOTDIR) ? 0 : failed_on(path);
	if (S_ISDIR(st.st_mode))
		return remove_directory(path, &st);
	if (!agreed("remove", path, &st))
		return 0;
	return unlink(path) ? failed_on(path) : gone(path);
}

int main(int argc, char **argv)
{
	int c, failed = 0;

	while ((c = next_option(argc, argv, "dfirRv", help)) != -1) {
		recursive |= c == 'r' || c == 'R';
		empty_ones |= c == 'd';
		verbose |= c == 'v';
		if (c == 'f' || c == 'i')
			answer = c;
	}
	if (optind == argc && answer != 'f')
		wrong_usage(help);
	for (; optind < argc; optind++) {
		char *copy = strdup(argv[optind]);
		const char *name = last_part(copy);

		if (!strcmp(name, ".") || !strcmp(name, "..") || !strcmp(name, "/")) {
			warnx("%s: . and .. and / stay", argv[optind]);
			failed = 1;
		} else {
			failed |= remove_name(argv[optind]);
		}
		free(copy);
	}
	return failed;
}
