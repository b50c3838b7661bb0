/*
 * What is in files: every place a block can be, what several writers and
 * mappings see of each other, many names, long chains of them.
 * host: yes
 */
#include <dirent.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include "case.h"

#define NAME "content.tmp"

static char buf[8 * PAGE];

/* A byte that tells where in the file it stands. */
static char at(long long offset)
{
	return (char)(offset * 7 + (offset >> 12) * 13 + 1);
}

static void pattern(char *p, long long offset, int n)
{
	for (int i = 0; i < n; i++)
		p[i] = at(offset + i);
}

static int is_pattern(const char *p, long long offset, int n)
{
	for (int i = 0; i < n; i++)
		if (p[i] != at(offset + i))
			return 0;
	return 1;
}

static int is_zero(const char *p, int n)
{
	while (n-- > 0)
		if (*p++)
			return 0;
	return 1;
}

/* Direct blocks, and those behind one, two and three tables, of 1 KiB to 4 KiB. */
static void blocks_near_and_far(void)
{
	static const long long places[] = {
		0, 11 * 1024, 12 * 1024, 48 * 1024, 268 * 1024, 4243456 - 512, 4243456,
		65 * 1048576, 70 * 1048576LL + 77, 2100000000LL,
	};
	int fd = file_with(NAME, ""), n = sizeof(places) / sizeof(places[0]);
	struct stat st;

	for (int i = n - 1; i >= 0; i--) {
		pattern(buf, places[i], 3000);
		CHECK_EQ(pwrite(fd, buf, 3000, places[i]), 3000);
	}
	CHECK_EQ(fsync(fd), 0);
	for (int i = 0; i < n; i++) {
		CHECK_EQ(pread(fd, buf, 3000, places[i]), 3000);
		CHECK(is_pattern(buf, places[i], 3000));
	}
	CHECK_EQ(pread(fd, buf, 5000, 30 * 1048576), 5000);
	CHECK(is_zero(buf, 5000));
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK(st.st_size == 2100003000LL && st.st_blocks < 1000);
	close(fd);
}

static void cutting_frees_and_clears(void)
{
	static const long long lengths[] = { 66 * 1048576LL, 4243456 + 100, 270 * 1024, 12 * 1024 + 5, 11 * 1024, 1, 0 };
	int fd = open(NAME, O_RDWR), n = sizeof(lengths) / sizeof(lengths[0]);
	long long before, length;
	struct stat st;

	fstat(fd, &st);
	before = st.st_blocks;
	for (int i = 0; i < n; i++) {
		length = lengths[i];
		CHECK_EQ(ftruncate(fd, length), 0);
		CHECK_EQ(fstat(fd, &st), 0);
		CHECK(st.st_size == length && st.st_blocks <= before);
		before = st.st_blocks;
		CHECK_EQ(ftruncate(fd, length + 6000), 0);
		CHECK_EQ(pread(fd, buf, 6000, length), 6000);
		CHECK(is_zero(buf, 6000));		/* nothing old shows behind the cut */
		CHECK_EQ(ftruncate(fd, length), 0);
	}
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK_EQ(st.st_blocks, 0);
	close(fd);
	unlink(NAME);
}

static void odd_pieces_fit_together(void)
{
	int fd = file_with(NAME, ""), piece = 1, ok = 1;
	long long offset = 0, end;

	while (offset < 300000) {
		pattern(buf, offset, piece);
		CHECK_EQ(write(fd, buf, piece), piece);
		offset += piece;
		piece = (piece * 5 + 3) % 9001 + 1;
	}
	end = offset;
	lseek(fd, 0, SEEK_SET);
	for (offset = 0; (piece = read(fd, buf, 7919)) > 0; offset += piece)
		ok &= is_pattern(buf, offset, piece);
	CHECK(ok);
	CHECK_EQ(offset, end);
	close(fd);
}

static void mappings_and_writes_agree(void)
{
	int fd = file_with(NAME, "");
	char *p;

	ftruncate(fd, 4 * PAGE);
	p = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (!CHECK(p != MAP_FAILED))
		return;
	CHECK_EQ(pwrite(fd, "written", 7, PAGE - 3), 7);
	CHECK(memcmp(p + PAGE - 3, "written", 7) == 0);
	memcpy(p + 3 * PAGE - 4, "mapped", 6);
	CHECK_EQ(pread(fd, buf, 6, 3 * PAGE - 4), 6);
	CHECK(memcmp(buf, "mapped", 6) == 0);
	CHECK_EQ(write(fd, p + 3 * PAGE - 4, 6), 6);	/* from its own page to another */
	CHECK(memcmp(p, "mapped", 6) == 0);
	CHECK_EQ(pwrite(fd, p, 2 * PAGE, PAGE), 2 * PAGE);	/* overlapping itself */
	CHECK(memcmp(p + PAGE, "mapped", 6) == 0);
	CHECK_EQ(ftruncate(fd, PAGE + 2), 0);
	CHECK_EQ(ftruncate(fd, 4 * PAGE), 0);
	CHECK(p[PAGE + 1] == 'a' && is_zero(p + PAGE + 2, 3 * PAGE - 2));
	munmap(p, 4 * PAGE);
	close(fd);
}

#define WRITERS 4
#define LINES 50

static void append_lines(void)
{
	int fd = open(NAME, O_WRONLY | O_APPEND);
	char line[20];

	sprintf(line, "%015d\n", getpid());
	for (int i = 0; i < LINES; i++)
		CHECK_EQ(write(fd, line, 16), 16);
}

static void appends_do_not_mix(void)
{
	int fd = file_with(NAME, ""), pids[WRITERS], lines = 0;

	for (int i = 0; i < WRITERS; i++)
		pids[i] = start(append_lines);
	for (int i = 0; i < WRITERS; i++)
		CHECK_EQ(reap(pids[i]), 0);
	while (read(fd, buf, 16) == 16) {
		int known = 0;

		for (int i = 0; i < WRITERS; i++)
			known |= atoi(buf) == pids[i] && buf[15] == '\n';
		if (!CHECK(known))
			break;
		lines++;
	}
	CHECK_EQ(lines, WRITERS * LINES);
	close(fd);
}

static int common;

static void write_on(void)
{
	CHECK_EQ(write(common, "child", 5), 5);
}

static void parent_and_child_share_the_position(void)
{
	common = file_with(NAME, "");
	CHECK_EQ(write(common, "parent", 6), 6);
	in_child(write_on);
	CHECK_EQ(write(common, "!", 1), 1);
	CHECK_EQ(pread(common, buf, 20, 0), 12);
	CHECK(memcmp(buf, "parentchild!", 12) == 0);
	close(common);
	unlink(NAME);
}

#define FILES 300

static void many_files_in_a_directory(void)
{
	struct dirent *d;
	char name[80];
	int found = 0, good = 0;
	DIR *dir;

	CHECK_EQ(mkdir("many", 0755), 0);
	for (int i = 0; i < FILES; i++) {
		sprintf(name, "many/a-name-of-some-length-%d", i);
		close(file_with(name, name));
	}
	for (int i = 0; i < FILES; i += 2) {		/* gaps to be filled again */
		sprintf(name, "many/a-name-of-some-length-%d", i);
		CHECK_EQ(unlink(name), 0);
		sprintf(name, "many/%d", i);
		close(file_with(name, name));
	}
	dir = opendir("many");
	while ((d = readdir(dir)))
		found++;
	closedir(dir);
	CHECK_EQ(found, FILES + 2);
	for (int i = 0; i < FILES; i++) {
		int fd, n;

		sprintf(name, i % 2 ? "many/a-name-of-some-length-%d" : "many/%d", i);
		fd = open(name, O_RDONLY);
		n = read(fd, buf, 100);
		good += n == (int)strlen(name) && memcmp(buf, name, n) == 0;
		close(fd);
		unlink(name);
	}
	CHECK_EQ(good, FILES);
	CHECK_EQ(rmdir("many"), 0);
}

#define DEPTH 40

static void deep_directories(void)
{
	char path[DEPTH * 10 + 20] = ".", cwd[1000], inside[2000];
	struct stat top, st;

	CHECK(getcwd(cwd, sizeof(cwd)) != NULL);
	for (int i = 0; i < DEPTH; i++) {
		strcat(path, "/deeper");
		CHECK_EQ(mkdir(path, 0755), 0);
	}
	CHECK_EQ(stat(".", &top), 0);
	CHECK_EQ(chdir(path), 0);
	CHECK(getcwd(inside, sizeof(inside)) && strlen(inside) == strlen(cwd) + DEPTH * 7);
	for (int i = 0; i < DEPTH; i++)
		CHECK_EQ(chdir(".."), 0);
	CHECK_EQ(stat(".", &st), 0);
	CHECK(st.st_ino == top.st_ino);
	for (int i = 0; i < DEPTH; i++) {
		CHECK_EQ(rmdir(path), 0);
		path[strlen(path) - 7] = 0;
	}
}

static void many_links_to_one(void)
{
	struct stat st;
	char name[30];

	close(file_with(NAME, "x"));
	for (int i = 0; i < 100; i++) {
		sprintf(name, "content.link%d", i);
		CHECK_EQ(link(NAME, name), 0);
	}
	CHECK_EQ(stat(NAME, &st), 0);
	CHECK_EQ(st.st_nlink, 101);
	for (int i = 0; i < 100; i++) {
		sprintf(name, "content.link%d", i);
		CHECK_EQ(unlink(name), 0);
	}
	CHECK_EQ(stat(NAME, &st), 0);
	CHECK_EQ(st.st_nlink, 1);
	unlink(NAME);
}

/* Short ones live in the inode, long ones in a block. */
static void symlinks_of_every_length(void)
{
	static const int lengths[] = { 1, 58, 59, 60, 61, 100, 1000, 4095 };
	struct stat st;

	for (unsigned int i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		int n = lengths[i];

		memset(buf, 'a' + i, n);
		buf[n] = 0;
		errno = 0;
		if (symlink(buf, "content.sym") < 0) {
			CHECK(n > 1000 && errno == ENAMETOOLONG);	/* longer than a block */
			continue;
		}
		CHECK_EQ(lstat("content.sym", &st), 0);
		CHECK_EQ(st.st_size, n);
		memset(buf, 0, n);
		CHECK_EQ(readlink("content.sym", buf, sizeof(buf)), n);
		CHECK(buf[0] == (char)('a' + i) && buf[n - 1] == (char)('a' + i) && buf[n] == 0);
		CHECK_EQ(unlink("content.sym"), 0);
	}
}

static void churn(void)
{
	char name[30], other[30];

	for (int i = 0; i < 60; i++) {
		sprintf(name, "churn/%d-%d", getpid(), i % 7);
		sprintf(other, "churn/%d-%d", getpid(), (i + 3) % 7);
		close(file_with(name, name));
		if (i % 3 == 0)
			rename(name, other);
		if (i % 4 == 0)
			unlink(other);
	}
	for (int i = 0; i < 7; i++) {
		sprintf(name, "churn/%d-%d", getpid(), i);
		unlink(name);
	}
}

static void several_work_in_one_directory(void)
{
	CHECK_EQ(mkdir("churn", 0755), 0);
	for (int i = 0; i < 4; i++)
		start(churn);
	for (int i = 0; i < 4; i++)
		CHECK_EQ(reap(-1), 0);
	CHECK_EQ(rmdir("churn"), 0);		/* nothing is left */
}

int main(void)
{
	RUN(blocks_near_and_far);
	RUN(cutting_frees_and_clears);
	RUN(odd_pieces_fit_together);
	RUN(mappings_and_writes_agree);
	RUN(appends_do_not_mix);
	RUN(parent_and_child_share_the_position);
	RUN(many_files_in_a_directory);
	RUN(deep_directories);
	RUN(many_links_to_one);
	RUN(symlinks_of_every_length);
	RUN(several_work_in_one_directory);
	return tap_end();
}
