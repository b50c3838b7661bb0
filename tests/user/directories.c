/*
 * Directories: what the three calls that list them say, while names come and go.
 * host: yes
 */
#include <dirent.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include "case.h"

#define MANY 150

/* what readdir() (89) fills in: one name a call */
struct old_dirent {
	unsigned long ino, offset;
	unsigned short namlen;
	char name[256];
};

static void make_many(void)
{
	char name[20];

	for (int i = 0; i < MANY; i++) {
		sprintf(name, "f%03d", i);
		close(file_with(name, ""));
	}
}

static int remove_many(void)
{
	char name[20];
	int removed = 0;

	for (int i = 0; i < MANY; i++) {
		sprintf(name, "f%03d", i);
		removed += unlink(name) == 0;
	}
	return removed;
}

/* Marks the number in a name; 0 if the name is none of ours. */
static int mark(unsigned char *seen, const char *name)
{
	int i = atoi(name + 1);

	if (name[0] != 'f' || strlen(name) != 4 || i < 0 || i >= MANY)
		return 0;
	seen[i]++;
	return 1;
}

static int all_once(const unsigned char *seen)
{
	for (int i = 0; i < MANY; i++)
		if (seen[i] != 1)
			return 0;
	return 1;
}

static void getdents64_lists_each_name_once(void)
{
	unsigned char seen[MANY] = { 0 };
	int fd = open(".", O_RDONLY), others = 0, n;
	char buf[512];

	make_many();
	while ((n = syscall(SYS_getdents64, fd, buf, sizeof(buf))) > 0)
		for (int at = 0; at < n; at += ((struct linux_dirent64 *)(buf + at))->d_reclen) {
			struct linux_dirent64 *d = (struct linux_dirent64 *)(buf + at);

			CHECK(d->d_reclen % 4 == 0 && d->d_ino != 0);
			if (!mark(seen, d->d_name))
				others++;
			else
				CHECK(d->d_type == DT_REG || d->d_type == DT_UNKNOWN);
		}
	CHECK_EQ(n, 0);
	CHECK_EQ(others, 2);		/* . and .. */
	CHECK(all_once(seen));
	close(fd);
	remove_many();
}

static void getdents_keeps_the_type_last(void)
{
	unsigned char seen[MANY] = { 0 };
	int fd = open(".", O_RDONLY), others = 0, n;
	char buf[512], type;

	make_many();
	while ((n = syscall(SYS_getdents, fd, buf, sizeof(buf))) > 0)
		for (int at = 0; at < n; at += ((struct linux_dirent *)(buf + at))->d_reclen) {
			struct linux_dirent *d = (struct linux_dirent *)(buf + at);

			type = ((char *)d)[d->d_reclen - 1];
			if (mark(seen, d->d_name))
				CHECK(type == DT_REG || type == DT_UNKNOWN);
			else
				others++;
		}
	CHECK_EQ(n, 0);
	CHECK_EQ(others, 2);
	CHECK(all_once(seen));
	close(fd);
	remove_many();
}

static void readdir_gives_one_a_call(void)
{
	unsigned char seen[MANY] = { 0 };
	struct old_dirent d;
	int fd = open(".", O_RDONLY), others = 0, n;

	make_many();
	while ((n = syscall(SYS_readdir, fd, &d, 1)) > 0) {
		if (n != 1)
			break;
		CHECK_EQ(d.namlen, strlen(d.name));
		others += !mark(seen, d.name);
	}
	if (n < 0 && errno == EOVERFLOW) {
		close(fd);
		remove_many();
		SKIP("inode numbers need more than 32 bits here");
	}
	CHECK_EQ(n, 0);
	CHECK_EQ(others, 2);
	CHECK(all_once(seen));
	close(fd);
	remove_many();
}

static void names_removed_while_reading(void)
{
	unsigned char seen[MANY] = { 0 };
	struct dirent *d;
	DIR *dir;

	make_many();
	dir = opendir(".");
	while ((d = readdir(dir)))
		if (mark(seen, d->d_name))
			CHECK_EQ(unlink(d->d_name), 0);
	closedir(dir);
	CHECK(all_once(seen));
	CHECK_EQ(remove_many(), 0);
}

static void seeking_comes_back(void)
{
	char names[3][256];
	struct dirent *d;
	long places[3];
	DIR *dir;

	make_many();
	dir = opendir(".");
	for (int i = 0; i < 60; i++) {
		places[i % 3] = telldir(dir);
		d = readdir(dir);
		if (!CHECK(d != NULL))
			break;
		strcpy(names[i % 3], d->d_name);
	}
	for (int i = 2; i >= 0; i--) {
		seekdir(dir, places[i]);
		d = readdir(dir);
		CHECK(d && strcmp(d->d_name, names[i]) == 0);
	}
	rewinddir(dir);
	d = readdir(dir);
	CHECK(d != NULL);
	closedir(dir);
	CHECK_EQ(remove_many(), MANY);
}

static void rewinding_shows_new_names(void)
{
	DIR *dir = opendir(".");
	struct dirent *d;
	int found = 0;

	while (readdir(dir))
		;
	mkdir("new", 0700);
	rewinddir(dir);
	while ((d = readdir(dir)))
		if (strcmp(d->d_name, "new") == 0) {
			found++;
			CHECK(d->d_type == DT_DIR || d->d_type == DT_UNKNOWN);
		}
	CHECK_EQ(found, 1);
	closedir(dir);
	rmdir("new");
}

static void a_short_buffer_is_refused(void)
{
	int fd = open(".", O_RDONLY), file = file_with("f", "");
	char buf[256];

	CHECK_FAILS(syscall(SYS_getdents64, fd, buf, 8), EINVAL);
	CHECK_FAILS(syscall(SYS_getdents, fd, buf, 8), EINVAL);
	CHECK_FAILS(syscall(SYS_getdents64, fd, NOWHERE, 256), EFAULT);
	CHECK_FAILS(syscall(SYS_getdents64, file, buf, 256), ENOTDIR);
	CHECK_FAILS(syscall(SYS_getdents64, -1, buf, 256), EBADF);
	CHECK_FAILS(read(fd, buf, 10), EISDIR);
	close(fd);
	close(file);
	unlink("f");
}

static void a_removed_directory_is_empty(void)
{
	char buf[256];
	int fd;

	mkdir("gone", 0700);
	fd = open("gone", O_RDONLY);
	CHECK_EQ(rmdir("gone"), 0);
	errno = 0;
	if (syscall(SYS_getdents64, fd, buf, sizeof(buf)) < 0)
		CHECK_EQ(errno, ENOENT);
	close(fd);
}

static void links_count_directories(void)
{
	struct stat before, after;

	CHECK_EQ(stat(".", &before), 0);
	if (before.st_nlink < 2)
		SKIP("this file system does not count");
	mkdir("one", 0700);
	mkdir("two", 0700);
	CHECK_EQ(stat(".", &after), 0);
	CHECK_EQ(after.st_nlink, before.st_nlink + 2);
	rmdir("one");
	rmdir("two");
	CHECK_EQ(stat(".", &after), 0);
	CHECK_EQ(after.st_nlink, before.st_nlink);
}

int main(void)
{
	mkdir("dirs.tmp", 0755);
	chdir("dirs.tmp");
	RUN(getdents64_lists_each_name_once);
	RUN(getdents_keeps_the_type_last);
	RUN(readdir_gives_one_a_call);
	RUN(names_removed_while_reading);
	RUN(seeking_comes_back);
	RUN(rewinding_shows_new_names);
	RUN(a_short_buffer_is_refused);
	RUN(a_removed_directory_is_empty);
	RUN(links_count_directories);
	chdir("..");
	return tap_end() | (rmdir("dirs.tmp") != 0);
}
