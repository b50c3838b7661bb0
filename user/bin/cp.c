/*
 * cp - copy files and, with -r, directories.
 * The calls: open(2) with O_CREAT and a mode, fstat(2), read(2), write(2);
 * mkdir(2), mknod(2), symlink(2) for what is not a plain file; for -p chown(2),
 * chmod(2), utimensat(2).
 */
#include <limits.h>
#include <sys/stat.h>
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
static struct stat made;		/* the first directory that was made: a copy into itself would not end */
static char buf[65536];

static int copy(const char *from, const char *to);

static int copy_data(int in, int out, const char *from, const char *to)
{
	ssize_t n;

	while ((n = read(in, buf, sizeof(buf))) > 0)
		if (write_all(out, buf, n))
			return failed_on(to);
	return n < 0 ? failed_on(from) : 0;
}

static int copy_file(const char *from, const char *to, const struct stat *st)
{
	int in, out, failed;

	in = open(from, O_RDONLY);
	if (in < 0)
		return failed_on(from);
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC, st->st_mode & 0777);
	if (out < 0 && force && !unlink(to))
		out = open(to, O_WRONLY | O_CREAT | O_TRUNC, st->st_mode & 0777);
	if (out < 0) {
		failed = failed_on(to);
		close(in);
		return failed;
	}
	failed = copy_data(in, out, from, to);
	close(in);
	return close(out) ? failed_on(to) : failed;
}

static int copy_entries(const char *from, const char *to)
{
	struct dirent *entry;
	struct stat st;
	int failed = 0;
	DIR *dir = opendir(from);

	if (!dir)
		return failed_on(from);
	depth++;
	while ((entry = next_entry(dir))) {
		char *source = path_in(from, entry->d_name), *target = path_in(to, entry->d_name);

		if (!lstat(source, &st) && st.st_dev == made.st_dev && st.st_ino == made.st_ino) {
			warnx("%s: a directory does not go into itself", source);
			failed = 1;
		} else {
			failed |= copy(source, target);
		}
		free(source);
		free(target);
	}
	if (errno)
		failed = failed_on(from);
	depth--;
	closedir(dir);
	return failed;
}

/* Until all is in it, its owner may write into it. */
static int copy_directory(const char *from, const char *to, const struct stat *st)
{
	mode_t mask = umask(0);
	int existed, failed;

	umask(mask);
	if (!recursive) {
		warnx("%s: a directory, and there is no -r", from);
		return 1;
	}
	existed = mkdir(to, (st->st_mode & 0777) | S_IRWXU) != 0;
	if (existed && (errno != EEXIST || !is_directory(to)))
		return failed_on(to);
	if (!existed && !made.st_ino)
		lstat(to, &made);
	failed = copy_entries(from, to);
	if (!existed && !preserve && chmod(to, st->st_mode & 0777 & ~mask))
		failed = failed_on(to);
	return failed;
}

static int copy_symlink(const char *from, const char *to)
{
	char target[PATH_MAX];
	ssize_t n = readlink(from, target, sizeof(target) - 1);

	if (n < 0)
		return failed_on(from);
	target[n] = '\0';
	if (!symlink(target, to))
		return 0;
	if (errno != EEXIST || unlink(to) || symlink(target, to))
		return failed_on(to);
	return 0;
}

static int copy_special(const char *to, const struct stat *st)
{
	if (force)
		unlink(to);
	return mknod(to, st->st_mode, st->st_rdev) ? failed_on(to) : 0;
}

/* A file that goes to another owner must not run with that one's rights. */
static int keep_attributes(const char *to, const struct stat *st)
{
	const struct timespec times[2] = { st->st_atim, st->st_mtim };
	mode_t mode = st->st_mode & 07777;

	if (utimensat(AT_FDCWD, to, times, AT_SYMLINK_NOFOLLOW))
		return failed_on(to);
	if (lchown(to, st->st_uid, st->st_gid))
		mode &= ~(S_ISUID | S_ISGID);
	return !S_ISLNK(st->st_mode) && chmod(to, mode) ? failed_on(to) : 0;
}

static int copy(const char *from, const char *to)
{
	int keep_links = follow ? follow == 'P' || (follow == 'H' && depth) : recursive, failed, is_there;
	struct stat st, there;

	if ((keep_links ? lstat : stat)(from, &st))
		return failed_on(from);
	is_there = !(keep_links && S_ISLNK(st.st_mode) ? lstat : stat)(to, &there);
	if (is_there && there.st_dev == st.st_dev && there.st_ino == st.st_ino) {
		warnx("%s and %s are the same file", from, to);
		return 1;
	}
	if (is_there && ask && !S_ISDIR(st.st_mode) && !answered_yes("replace", to))
		return 0;
	if (S_ISDIR(st.st_mode))
		failed = copy_directory(from, to, &st);
	else if (S_ISLNK(st.st_mode))
		failed = copy_symlink(from, to);
	else if (S_ISREG(st.st_mode) || !recursive)
		failed = copy_file(from, to, &st);
	else
		failed = copy_special(to, &st);
	return !failed && preserve ? keep_attributes(to, &st) : failed;
}

int main(int argc, char **argv)
{
	int c;

	while ((c = next_option(argc, argv, "rRpfiHLP", help)) != -1) {
		recursive |= c == 'r' || c == 'R';
		preserve |= c == 'p';
		force |= c == 'f';
		ask |= c == 'i';
		if (c == 'H' || c == 'L' || c == 'P')
			follow = c;
	}
	return for_each_source(argc, argv, help, copy);
}
