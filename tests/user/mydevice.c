/*
 * The sample "mydevice": a platform device with attributes, and the same values by ioctl.
 *
 * host: no, because the driver is one of Lectern's samples
 */
#include <dirent.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "case.h"
#include "../../drivers/samples/mydevice.h"

#define FOLDER	"/sys/devices/platform/mydevice"

static int run(const char *command)
{
	return WEXITSTATUS(system(command));
}

/* Whether the whole of the file is @text. */
static int says(const char *path, const char *text)
{
	char buf[128];
	int fd = open(path, O_RDONLY);
	ssize_t n = read(fd, buf, sizeof(buf) - 1);

	close(fd);
	buf[n < 0 ? 0 : n] = '\0';
	return !strcmp(buf, text);
}

static int put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY), err;
	ssize_t n = fd < 0 ? -1 : write(fd, text, strlen(text));

	err = errno;
	close(fd);
	errno = err;
	return n;
}

static int mode_of(const char *path)
{
	struct stat st;

	return stat(path, &st) ? -1 : st.st_mode & 07777;
}

/* contract: S0-21 S0-22 S0-23 */
static void values_are_files_after_probe(void)
{
	CHECK(says(FOLDER "/status", "active\n"));
	CHECK(says(FOLDER "/speed", "115200\n"));
	CHECK(says(FOLDER "/model", "sample\n"));
	CHECK_EQ(mode_of(FOLDER "/status"), 0444);
	CHECK_EQ(mode_of(FOLDER "/speed"), 0644);
	CHECK(says("/sys/bus/platform/devices/mydevice/status", "active\n"));
	CHECK(says("/sys/bus/platform/drivers/mydevice/mydevice/speed", "115200\n"));
}

/* contract: S0-21 S0-23 */
static void nonsense_is_refused(void)
{
	CHECK_EQ(put(FOLDER "/speed", "230400\n"), 7);
	CHECK(says(FOLDER "/speed", "230400\n"));
	CHECK_FAILS(put(FOLDER "/speed", "fast\n"), EINVAL);
	CHECK_FAILS(put(FOLDER "/speed", "0\n"), EINVAL);
	CHECK_FAILS(put(FOLDER "/speed", "1000001\n"), EINVAL);
	CHECK_FAILS(put(FOLDER "/speed", "-1\n"), EINVAL);
	CHECK_FAILS(put(FOLDER "/speed", "1 2\n"), EINVAL);
	CHECK(says(FOLDER "/speed", "230400\n"));
	CHECK_FAILS(put(FOLDER "/status", "idle\n"), EACCES);
	CHECK(run("echo idle >" FOLDER "/status 2>/dev/null") != 0);
	CHECK(says(FOLDER "/status", "active\n"));
}

/* contract: S0-23 S3-01 */
static void the_class_has_both_devices(void)
{
	struct stat zero, one;
	char number[32];
	DIR *dir = opendir("/sys/class/mydev");
	struct dirent *entry;
	int found = 0;

	while (dir && (entry = readdir(dir)) != NULL)
		found += !strcmp(entry->d_name, "mydev0") || !strcmp(entry->d_name, "mydev1") ? 1 :
			 entry->d_name[0] == '.' ? 0 : 100;
	closedir(dir);
	CHECK_EQ(found, 2);
	CHECK_EQ(stat("/dev/mydev0", &zero), 0);
	CHECK_EQ(stat("/dev/mydev1", &one), 0);
	CHECK_EQ(one.st_rdev, zero.st_rdev + 1);
	CHECK_EQ(one.st_mode, S_IFCHR | 0600);
	snprintf(number, sizeof(number), "%d:%d\n", (int)(one.st_rdev >> 8), (int)(one.st_rdev & 255));
	CHECK(says("/sys/class/mydev/mydev1/dev", number));
}

/* contract: S0-28 */
static void status_says_what_the_device_is(void)
{
	static const char *const words[] = { "idle\n", "active\n", "error\n", "unknown\n", "unknown\n" };
	static const unsigned int values[] = { MYDEV_IDLE, MYDEV_ACTIVE, MYDEV_ERROR, 3, 0xffffffff };
	int fd = open("/dev/mydev0", O_RDWR);

	for (int i = 0; i < 5; i++) {
		struct mydev_state state = { .status = values[i], .speed = 9600 };

		CHECK_EQ(ioctl(fd, MYDEV_SET_STATE, &state), 0);
		CHECK(says(FOLDER "/status", words[i]));
	}
	close(fd);
}

/* contract: S0-10 S0-32 */
static void an_attribute_does_what_an_ioctl_does(void)
{
	struct mydev_state state = { .status = MYDEV_ACTIVE, .speed = 19200 };
	int fd = open("/dev/mydev1", O_RDWR);

	CHECK_EQ(ioctl(fd, MYDEV_SET_STATE, &state), 0);
	CHECK(says(FOLDER "/speed", "19200\n"));
	CHECK_EQ(put(FOLDER "/speed", "38400"), 5);
	CHECK_EQ(ioctl(fd, MYDEV_GET_STATE, &state), 0);
	CHECK_EQ(state.speed, 38400);
	CHECK_EQ(state.status, MYDEV_ACTIVE);
	/* Of two values, one of them wrong, an ioctl takes neither. */
	state = (struct mydev_state){ .status = MYDEV_ERROR, .speed = 0 };
	CHECK_FAILS(ioctl(fd, MYDEV_SET_STATE, &state), EINVAL);
	CHECK(says(FOLDER "/status", "active\n"));
	CHECK_FAILS(ioctl(fd, MYDEV_GET_STATE, UNMAPPED), EFAULT);
	CHECK_FAILS(ioctl(fd, MYDEV_SET_STATE, UNMAPPED), EFAULT);
	CHECK_FAILS(ioctl(fd, _IO(MYDEV_IOC_MAGIC, 9)), ENOTTY);
	close(fd);
}

/* contract: S3-03 */
static void the_owner_stays_while_a_file_is_open(void)
{
	int fd = open("/dev/mydev0", O_RDWR);

	CHECK(!says("/sys/module/mydevice/refcnt", "0\n"));
	CHECK(run("rmmod mydevice 2>/dev/null") != 0);
	CHECK(says(FOLDER "/status", "active\n"));
	close(fd);
	CHECK(says("/sys/module/mydevice/refcnt", "0\n"));
}

/* contract: S0-23 */
static void all_goes_with_the_driver(void)
{
	char byte;
	int fd = open(FOLDER "/status", O_RDONLY);

	CHECK_EQ(run("rmmod mydevice"), 0);
	CHECK_FAILS(read(fd, &byte, 1), ENODEV);
	close(fd);
	CHECK_FAILS(access(FOLDER, F_OK), ENOENT);
	CHECK_FAILS(access("/sys/class/mydev", F_OK), ENOENT);
	CHECK_FAILS(access("/dev/mydev0", F_OK), ENOENT);
	CHECK_FAILS(access("/sys/module/mydevice", F_OK), ENOENT);
}

int main(void)
{
	CHECK_EQ(run("modprobe mydevice"), 0);
	RUN(values_are_files_after_probe);
	RUN(nonsense_is_refused);
	RUN(the_class_has_both_devices);
	RUN(status_says_what_the_device_is);
	RUN(an_attribute_does_what_an_ioctl_does);
	RUN(the_owner_stays_while_a_file_is_open);
	RUN(all_goes_with_the_driver);
	return tap_end();
}
