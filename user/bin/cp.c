/*
 * cp - copy files and, with -r, directories.
 * The calls: open(2) with O_CREAT and a mode, fstat(2), read(2), write(2);
 * mkdir(2), mknod(2), symlink(2) for what is not a plain file.
 */
#include <limits.h>
#include <sys/stat.h>
#include <utime.h>
#include "command.h"

static const char help[] =
	"usage: cp [-rRpfiHLP] SOURCE... TARGET\n"
	"Copies files; into TARGET if that is a directory.\n"
	"  -r, -R  directories with all that is in them\n"
	"  -p      keep owner, mode and times\n"
	"  -f      replace a target that cannot be opened   -i  ask before one is lost\n"
	"  -L, -H, -P  follow all links, those named, none (the rule with -r)\n";

static int recursive, preserve, force, ask, follow;
static int depth;			/* 0: what the command line names */
static char buf[65536];

static int copy(const char *from, const char *to);

static int copy_data(int in, int out, const char *from, const char *to)
{
	ssize_t n;

	while ((n = read(in, buf, sizeof(buf))) > 0) {
		if (write_all(out, buf, n)) {
			warn("%s", to);
			return 1;
		}
	}
	if (n < 0)
		warn("%s", from);
	return n < 0;
}

static int copy_file(const char *from, const char *to, const struct stat *st)
{
	struct stat there;
	int in, out, failed;

	if (!stat(to, &there) && there.st_dev == st->st_dev && there.st_ino == st->st_ino) {
		warnx("'%s' and '%s' are the same file", from, to);
		return 1;
	}
	if (ask && !access(to, F_OK) && !answered_yes("replace", to))
		return 0;
	in = open(from, O_RDONLY);
	if (in < 0) {
		warn("%s", from);
		return 1;
	}
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC, st->st_mode & 0777);
	if (out < 0 && force && !unlink(to))
		out = open(to, O_WRONLY | O_CREAT | O_TRUNC, st->st_mode & 0777);
	if (out < 0) {
		warn("%s", to);
		close(in);
		return 1;
	}
	failed = copy_data(in, out, from, to);
	close(in);
	if (close(out)) {
		warn("%s", to);
		failed = 1;
	}
	return failed;
}

static int copy_directory(const char *from, const char *to, const struct stat *st)
{
	char source[PATH_MAX], target[PATH_MAX];
	struct dirent *entry;
	int failed = 0;
	DIR *dir;

	if (!recursive) {
		warnx("'%s' is a directory (use -r)", from);
		return 1;
	}
	if (mkdir(to, (st->st_mode & 07777) | 0700) && errno != EEXIST) {
		warn("%s", to);
		return 1;
	}
	dir = opendir(from);
	if (!dir) {
		warn("%s", from);
		return 1;
	}
	while ((entry = next_entry(dir))) {
		snprintf(source, sizeof(source), "%s/%s", from, entry->d_name);
		snprintf(target, sizeof(target), "%s/%s", to, entry->d_name);
		depth++;
		failed |= copy(source, target);
		depth--;
	}
	if (errno) {
		warn("%s", from);
		failed = 1;
	}
	closedir(dir);
	return failed;
}

static int copy_symlink(const char *from, const char *to)
{
	char target[PATH_MAX];
	ssize_t n = readlink(from, target, sizeof(target) - 1);

	if (n < 0) {
		warn("%s", from);
		return 1;
	}
	target[n] = '\0';
	if (force)
		unlink(to);
	if (symlink(target, to)) {
		warn("%s", to);
		return 1;
	}
	return 0;
}

static void keep_attributes(const char *to, const struct stat *st)
{
	struct utimbuf times = { .actime = st->st_atime, .modtime = st->st_mtime };

	if (S_ISLNK(st->st_mode))
		return;
	if (chown(to, st->st_uid, st->st_gid) && geteuid() == 0)
		warn("%s", to);
	if (chmod(to, st->st_mode & 07777) || utime(to, &times))
		warn("%s", to);
}

static int copy(const char *from, const char *to)
{
	int keep_links = follow ? follow == 'P' || (follow == 'H' && depth) : recursive, failed;
	struct stat st;

	if ((keep_links ? lstat : stat)(from, &st)) {
		warn("%s", from);
		return 1;
	}
	if (S_ISDIR(st.st_mode)) {
		failed = copy_directory(from, to, &st);
	} else if (S_ISLNK(st.st_mode)) {
		failed = copy_symlink(from, to);
	} else if (S_ISREG(st.st_mode) || !recursive) {
		failed = copy_file(from, to, &st);
	} else {
		failed = mknod(to, st.st_mode, st.st_rdev) != 0;
		if (failed)
			warn("%s", to);
	}
	if (!failed && preserve)
		keep_attributes(to, &st);
	return failed;
}

static int is_directory(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

int main(int argc, char **argv)
{
	char path[PATH_MAX];
	const char *target;
	int c, failed = 0;

	while ((c = next_option(argc, argv, "rRpfiHLP", help)) != -1) {
		recursive |= c == 'r' || c == 'R';
		preserve |= c == 'p';
		force |= c == 'f';
		ask |= c == 'i';
		if (c == 'H' || c == 'L' || c == 'P')
			follow = c;
	}
	if (argc - optind < 2)
		wrong_usage(help);
	target = argv[--argc];
	if (!is_directory(target)) {
		if (argc - optind > 1)
			errx(EXIT_FAILURE, "'%s' is not a directory", target);
		return copy(argv[optind], target);
	}
	for (; optind < argc; optind++) {
		snprintf(path, sizeof(path), "%s/%s", target, last_part(argv[optind]));
		failed |= copy(argv[optind], path);
	}
	return failed;
}
