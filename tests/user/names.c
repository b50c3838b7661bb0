/*
 * Names: making, linking, moving and removing them, from the working
 * directory and from any other.
 * host: yes
 */
#include <limits.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include "case.h"

static char buf[PATH_MAX + 10];
static int dir;

static ino_t ino_of(const char *name)
{
	struct stat st;

	return lstat(name, &st) == 0 ? st.st_ino : 0;
}

static void links_share_the_file(void)
{
	struct stat st;
	int fd = file_with("a", "text");

	CHECK_EQ(link("a", "b"), 0);
	CHECK(ino_of("a") == ino_of("b"));
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK_EQ(st.st_nlink, 2);
	CHECK_FAILS(link("a", "b"), EEXIST);
	CHECK_FAILS(link("none", "c"), ENOENT);
	CHECK_FAILS(link(".", "c"), EPERM);
	CHECK_EQ(unlink("a"), 0);
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK_EQ(st.st_nlink, 1);
	CHECK_EQ(unlink("b"), 0);
	CHECK_FAILS(unlink("b"), ENOENT);
	close(fd);
}

static void unlink_and_rmdir_keep_apart(void)
{
	CHECK_EQ(mkdir("d", 0755), 0);
	CHECK_FAILS(unlink("d"), EISDIR);
	CHECK_FAILS(mkdir("d", 0755), EEXIST);
	close(file_with("d/f", ""));
	CHECK_FAILS(rmdir("d"), ENOTEMPTY);
	CHECK_FAILS(rmdir("d/f"), ENOTDIR);
	CHECK_FAILS(rmdir("d/."), EINVAL);
	CHECK_EQ(unlink("d/f"), 0);
	CHECK_EQ(rmdir("d"), 0);
	CHECK_FAILS(rmdir("d"), ENOENT);
	CHECK_FAILS(rmdir("/"), EBUSY);
}

static void rename_replaces(void)
{
	ino_t a;

	close(file_with("a", "A"));
	close(file_with("b", "B"));
	a = ino_of("a");
	CHECK_EQ(rename("a", "b"), 0);
	CHECK(ino_of("b") == a);
	CHECK_EQ(ino_of("a"), 0);
	CHECK_EQ(link("b", "c"), 0);
	CHECK_EQ(rename("b", "c"), 0);		/* two names of one file: nothing happens */
	CHECK(ino_of("b") == a && ino_of("c") == a);
	CHECK_FAILS(rename("none", "c"), ENOENT);
	CHECK_EQ(unlink("b"), 0);
	CHECK_EQ(unlink("c"), 0);
}

static void rename_of_directories(void)
{
	struct stat before, after;

	mkdir("d", 0755);
	mkdir("d/sub", 0755);
	mkdir("e", 0755);
	close(file_with("f", ""));
	CHECK_FAILS(rename("d", "d/sub/x"), EINVAL);
	CHECK_FAILS(rename("d", "f"), ENOTDIR);
	CHECK_FAILS(rename("f", "d"), EISDIR);
	CHECK_FAILS(rename("e", "d"), ENOTEMPTY);
	CHECK_FAILS(rename("d/.", "x"), EBUSY);
	CHECK_EQ(stat("e", &before), 0);
	CHECK_EQ(rename("d/sub", "e/sub"), 0);	/* `..` goes with it */
	CHECK_EQ(stat("e/sub/..", &after), 0);
	CHECK(before.st_ino == after.st_ino && after.st_nlink == before.st_nlink + 1);
	CHECK_EQ(rename("e", "d"), 0);		/* d is empty now */
	CHECK_EQ(rmdir("d/sub"), 0);
	CHECK_EQ(rmdir("d"), 0);
	CHECK_EQ(unlink("f"), 0);
}

static void renameat2_has_flags(void)
{
	ino_t a, b;

	close(file_with("a", "A"));
	close(file_with("b", "B"));
	a = ino_of("a");
	b = ino_of("b");
	CHECK_FAILS(renameat2(AT_FDCWD, "a", dir, "b", 1), EEXIST);	/* RENAME_NOREPLACE */
	CHECK_EQ(renameat2(AT_FDCWD, "a", dir, "b", 2), 0);		/* RENAME_EXCHANGE */
	CHECK(ino_of("a") == b && ino_of("b") == a);
	CHECK_FAILS(renameat2(AT_FDCWD, "a", dir, "none", 2), ENOENT);
	CHECK_FAILS(renameat2(AT_FDCWD, "a", dir, "b", 3), EINVAL);
	CHECK_EQ(renameat(dir, "a", AT_FDCWD, "c"), 0);
	CHECK_EQ(renameat2(dir, "c", AT_FDCWD, "a", 1), 0);
	CHECK_EQ(unlink("a"), 0);
	CHECK_EQ(unlink("b"), 0);
}

static void symlinks_lead_on(void)
{
	struct stat st;

	CHECK_EQ(symlink("target/of no use", "l"), 0);
	memset(buf, 'x', 30);
	CHECK_EQ(readlink("l", buf, sizeof(buf)), 16);
	CHECK(memcmp(buf, "target/of no usex", 17) == 0);	/* no zero at the end */
	CHECK_EQ(readlink("l", buf, 3), 3);
	CHECK_FAILS(readlink("l", buf, 0), EINVAL);
	CHECK_FAILS(readlink(".", buf, 10), EINVAL);
	CHECK_EQ(lstat("l", &st), 0);
	CHECK(S_ISLNK(st.st_mode) && st.st_size == 16);
	CHECK_FAILS(stat("l", &st), ENOENT);
	CHECK_FAILS(symlink("x", "l"), EEXIST);
	CHECK_FAILS(symlink("", "m"), ENOENT);
	CHECK_EQ(unlink("l"), 0);
}

static void symlinks_inside_paths(void)
{
	struct stat st;
	int fd;

	mkdir("d", 0755);
	CHECK_EQ(symlink("d", "l"), 0);
	CHECK_EQ(symlink("../f", "d/up"), 0);
	fd = open("l/up", O_WRONLY | O_CREAT, 0600);	/* makes what the link names */
	CHECK(fd >= 0);
	close(fd);
	CHECK_EQ(stat("f", &st), 0);
	CHECK_EQ(stat("l/../l/.//up", &st), 0);
	CHECK(S_ISREG(st.st_mode));
	CHECK_FAILS(rmdir("l"), ENOTDIR);
	CHECK_EQ(lstat("l/", &st), 0);
	CHECK(S_ISDIR(st.st_mode));
	CHECK_EQ(unlink("d/up") + unlink("f") + unlink("l") + rmdir("d"), 0);
}

static void circles_end(void)
{
	struct stat st;

	CHECK_EQ(symlink("m", "l"), 0);
	CHECK_EQ(symlink("l", "m"), 0);
	CHECK_FAILS(stat("l", &st), ELOOP);
	CHECK_FAILS(open("l", O_RDWR | O_CREAT, 0600), ELOOP);
	CHECK_EQ(unlink("l") + unlink("m"), 0);
}

static void long_names_are_refused(void)
{
	struct stat st;

	memset(buf, 'n', sizeof(buf));
	buf[255] = 0;
	CHECK_EQ(mkdir(buf, 0700), 0);
	CHECK_EQ(rmdir(buf), 0);
	buf[255] = 'n';
	buf[256] = 0;
	CHECK_FAILS(mkdir(buf, 0700), ENAMETOOLONG);
	CHECK_FAILS(stat(buf, &st), ENAMETOOLONG);
	memset(buf, '/', sizeof(buf));
	buf[PATH_MAX - 1] = 0;
	CHECK_EQ(stat(buf, &st), 0);
	buf[PATH_MAX - 1] = '/';
	buf[PATH_MAX] = 0;
	CHECK_FAILS(stat(buf, &st), ENAMETOOLONG);
}

static void calls_relative_to_a_directory(void)
{
	struct stat st;
	int sub;

	CHECK_EQ(mkdirat(dir, "d", 0755), 0);
	sub = open("d", O_RDONLY | O_DIRECTORY);
	CHECK_EQ(mknodat(sub, "f", S_IFREG | 0644, 0), 0);
	CHECK_EQ(linkat(sub, "f", dir, "g", 0), 0);
	CHECK_EQ(symlinkat("f", sub, "l"), 0);
	CHECK_EQ(readlinkat(sub, "l", buf, 10), 1);
	CHECK_EQ(renameat(dir, "g", sub, "g"), 0);
	CHECK_EQ(linkat(sub, "l", sub, "soft", 0), 0);
	CHECK_EQ(linkat(sub, "l", sub, "hard", AT_SYMLINK_FOLLOW), 0);
	CHECK_EQ(fstatat(sub, "soft", &st, AT_SYMLINK_NOFOLLOW), 0);
	CHECK(S_ISLNK(st.st_mode));
	CHECK_EQ(fstatat(sub, "hard", &st, AT_SYMLINK_NOFOLLOW), 0);
	CHECK(S_ISREG(st.st_mode) && st.st_nlink == 3);
	CHECK_EQ(unlinkat(sub, "l", 0) + unlinkat(sub, "soft", 0) + unlinkat(sub, "hard", 0), 0);
	CHECK_EQ(unlinkat(sub, "f", 0) + unlinkat(sub, "g", 0), 0);
	CHECK_FAILS(unlinkat(dir, "d", 0), EISDIR);
	CHECK_FAILS(unlinkat(dir, "d", 0x77), EINVAL);
	CHECK_EQ(unlinkat(dir, "d", AT_REMOVEDIR), 0);
	CHECK_FAILS(mkdirat(sub, "x", 0755), ENOENT);	/* the directory is gone */
	close(sub);
	CHECK_FAILS(mkdirat(sub, "x", 0755), EBADF);
	CHECK_EQ(fstatat(-77, "/", &st, 0), 0);		/* not looked at */
}

static void a_file_is_no_directory(void)
{
	int fd = file_with("f", "");
	struct stat st;

	CHECK_FAILS(mkdirat(fd, "x", 0755), ENOTDIR);
	CHECK_FAILS(fchdir(fd), ENOTDIR);
	CHECK_FAILS(chdir("f"), ENOTDIR);
	CHECK_EQ(fstatat(fd, "", &st, AT_EMPTY_PATH), 0);
	CHECK(S_ISREG(st.st_mode));
	CHECK_FAILS(fstatat(fd, "", &st, 0), ENOENT);
	close(fd);
	unlink("f");
}

static void working_directory_by_descriptor(void)
{
	char before[PATH_MAX], after[PATH_MAX];

	CHECK(getcwd(before, sizeof(before)) != NULL);
	CHECK_EQ(mkdir("d", 0755), 0);
	CHECK_EQ(chdir("d"), 0);
	CHECK(getcwd(after, sizeof(after)) && strcmp(after + strlen(before), "/d") == 0);
	CHECK_EQ(rmdir("../d"), 0);
	CHECK(!getcwd(after, sizeof(after)) && errno == ENOENT);
	CHECK_FAILS(open("x", O_CREAT | O_RDWR, 0600), ENOENT);
	CHECK_EQ(fchdir(dir), 0);
	CHECK(getcwd(after, sizeof(after)) && strcmp(before, after) == 0);
}

static void nodes_by_number(void)
{
	struct stat st;

	CHECK_EQ(mknod("f", 0600, 0), 0);		/* no kind: a file */
	CHECK_EQ(mknod("p", S_IFIFO | 0640, 0), 0);
	CHECK_EQ(stat("f", &st), 0);
	CHECK(S_ISREG(st.st_mode));
	CHECK_EQ(stat("p", &st), 0);
	CHECK(S_ISFIFO(st.st_mode) && (st.st_mode & 0777) == 0640);
	CHECK_FAILS(mknod("f", S_IFIFO | 0600, 0), EEXIST);
	CHECK_FAILS(mknod("x", S_IFDIR | 0700, 0), EPERM);
	CHECK_FAILS(mknod("x", 0150000, 0), EINVAL);
	CHECK_EQ(unlink("f") + unlink("p"), 0);
}

static void confined(void)
{
	struct stat st, top;

	CHECK_EQ(mkdir("jail", 0755), 0);
	close(file_with("jail/inside", ""));
	CHECK_EQ(chroot("jail"), 0);
	CHECK_EQ(chdir("/"), 0);
	CHECK_EQ(stat("/inside", &st), 0);
	CHECK_FAILS(stat("/jail", &st), ENOENT);
	CHECK_EQ(stat("/", &top) + stat("/../..", &st), 0);
	CHECK(top.st_ino == st.st_ino && top.st_dev == st.st_dev);
	CHECK_FAILS(chroot("/inside"), ENOTDIR);
}

static void chroot_confines(void)
{
	if (geteuid() != 0)
		SKIP("needs root");
	in_child(confined);
	CHECK_EQ(unlink("jail/inside") + rmdir("jail"), 0);
}

int main(void)
{
	mkdir("names.tmp", 0755);
	chdir("names.tmp");
	dir = open(".", O_RDONLY | O_DIRECTORY);
	RUN(links_share_the_file);
	RUN(unlink_and_rmdir_keep_apart);
	RUN(rename_replaces);
	RUN(rename_of_directories);
	RUN(renameat2_has_flags);
	RUN(symlinks_lead_on);
	RUN(symlinks_inside_paths);
	RUN(circles_end);
	RUN(long_names_are_refused);
	RUN(calls_relative_to_a_directory);
	RUN(a_file_is_no_directory);
	RUN(working_directory_by_descriptor);
	RUN(nodes_by_number);
	RUN(chroot_confines);
	close(dir);
	chdir("..");
	return tap_end() | (rmdir("names.tmp") != 0);
}
