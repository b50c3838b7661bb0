/*
 * The sample "banks": eight devices of one driver, their nodes and rules.
 * host: no, because it loads a module of ours
 */
#include <sys/stat.h>
#include "case.h"

#define SIZE	256
#define LOREM	"Lorem ipsum dolor sit amet, consectetur adipiscing elit"

static char buf[2 * SIZE];

static int load(void)
{
	return system("modprobe banks");
}

static int unload(void)
{
	return system("rmmod banks");
}

/* contract: S3-08 S3-09 S3-10 S3-07 */
static void nodes_come_and_go_with_the_driver(void)
{
	char path[64];
	struct stat st, first;

	for (int round = 0; round < 3; round++) {
		CHECK_EQ(load(), 0);
		CHECK_EQ(stat("/dev/bank-mem0", &first), 0);
		CHECK(first.st_rdev >> 8 <= 254 && first.st_rdev >> 8 >= 234);
		for (int i = 0; i < 8; i++) {
			snprintf(path, sizeof(path), "/dev/bank-mem%d", i);
			CHECK_EQ(stat(path, &st), 0);
			CHECK_EQ(st.st_rdev, first.st_rdev + i);
			snprintf(path, sizeof(path), "/sys/class/bank-class/bank-mem%d/dev", i);
			CHECK_EQ(access(path, R_OK), 0);
		}
		CHECK_EQ(unload(), 0);
		CHECK_FAILS(access("/dev/bank-mem0", F_OK), ENOENT);
		CHECK_FAILS(access("/dev/bank-mem7", F_OK), ENOENT);
		CHECK_FAILS(access("/sys/class/bank-class", F_OK), ENOENT);
	}
	CHECK_EQ(mknod("gone", S_IFCHR | 0600, first.st_rdev), 0);
	CHECK_FAILS(open("gone", O_RDWR), ENXIO);
	unlink("gone");
}

/* contract: S3-12 S3-13 S3-11 */
static void banks_keep_their_own_and_end(void)
{
	int one, two;

	CHECK_EQ(load(), 0);
	one = open("/dev/bank-mem1", O_RDWR);
	two = open("/dev/bank-mem2", O_RDWR);
	CHECK_EQ(write(one, LOREM, sizeof(LOREM)), sizeof(LOREM));
	CHECK_EQ(read(two, buf, SIZE), SIZE);
	CHECK_EQ(buf[0], 0);
	CHECK_EQ(lseek(one, 6, SEEK_SET), 6);
	CHECK_EQ(read(one, buf, 5), 5);
	CHECK(!memcmp(buf, "ipsum", 5));
	CHECK_EQ(lseek(one, 1, SEEK_CUR), 12);
	CHECK_EQ(lseek(one, -4, SEEK_END), SIZE - 4);
	CHECK_EQ(write(one, "123456", 6), 4);
	CHECK_FAILS(write(one, "5", 1), EINVAL);
	CHECK_EQ(read(one, buf, 1), 0);
	CHECK_FAILS(lseek(one, -1, SEEK_SET), EINVAL);
	CHECK_FAILS(lseek(one, 0, 7), EINVAL);
	CHECK_EQ(lseek(one, 0, SEEK_SET), 0);
	CHECK_FAILS(read(one, UNMAPPED, 4), EFAULT);
	CHECK_FAILS(write(one, UNMAPPED, 4), EFAULT);
	CHECK_EQ(lseek(one, 0, SEEK_CUR), 0);
	CHECK(system("rmmod banks 2>/dev/null") != 0);	/* they are open */
	close(one);
	close(two);
	CHECK_EQ(unload(), 0);
}

/* contract: S3-14 */
static void seek_reads_a_bank(void)
{
	FILE *pipe;
	int fd;

	CHECK_EQ(load(), 0);
	fd = open("/dev/bank-mem0", O_RDWR);
	CHECK_EQ(write(fd, LOREM, sizeof(LOREM)), sizeof(LOREM));
	close(fd);
	pipe = popen("seek /dev/bank-mem0", "r");
	if (CHECK(pipe != NULL)) {
		buf[fread(buf, 1, sizeof(buf) - 1, pipe)] = '\0';
		CHECK(!strcmp(buf, "Lorem ipsum dolor si\nnsectetur adipiscing\npsum dolor sit amet,\n"));
		CHECK_EQ(pclose(pipe), 0);
	}
	CHECK_EQ(unload(), 0);
}

int main(void)
{
	RUN(nodes_come_and_go_with_the_driver);
	RUN(banks_keep_their_own_and_end);
	RUN(seek_reads_a_bank);
	return tap_end();
}
