/*
 * /dev/eep-mem0 … 7, the EEPROMs on the SMBus, and the programs that show lseek() and ioctl().
 * host: no, because the machine has none
 */
#include <dirent.h>
#include <linux/eep_ioctl.h>
#include <linux/i2c.h>
#include <linux/i2c-dev.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include "case.h"

#define BANK	"/dev/eep-mem1"
#define SIZE	256
#define LOREM	"Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor " \
		"incididunt ut labore et dolore magna aliqua."
#define SEEN	"Lorem ipsum dolor si\nnsectetur adipiscing\npsum dolor sit amet,\n"

static char buf[2 * SIZE];

/* What a command wrote, into buf. */
static const char *output_of(const char *command)
{
	FILE *pipe = popen(command, "r");
	size_t got = pipe ? fread(buf, 1, sizeof(buf) - 1, pipe) : 0;

	buf[got] = '\0';
	CHECK(pipe && pclose(pipe) == 0);
	return buf;
}

static int opened(int flags)
{
	int fd = open(BANK, flags);

	CHECK(fd >= 0);
	return fd;
}

static void put(int fd, off_t at, const char *text)
{
	CHECK_EQ(lseek(fd, at, SEEK_SET), at);
	CHECK_EQ(write(fd, text, strlen(text)), strlen(text));
}

/* ------------------------------------------------------------------ nodes */

/* contract: S3-07 S3-09 */
static void a_node_and_a_link_for_each_bank(void)
{
	char path[64], link[160];
	struct stat st, first;

	CHECK_EQ(stat("/dev/eep-mem0", &first), 0);
	for (int i = 0; i < 8; i++) {
		snprintf(path, sizeof(path), "/dev/eep-mem%d", i);
		CHECK_EQ(stat(path, &st), 0);
		CHECK(S_ISCHR(st.st_mode));
		CHECK_EQ(st.st_mode & 0777, 0600);
		CHECK_EQ(st.st_rdev >> 8, first.st_rdev >> 8);	/* one major */
		CHECK_EQ((st.st_rdev & 0xff) - (first.st_rdev & 0xff), i);
		snprintf(path, sizeof(path), "/sys/class/eep-class/eep-mem%d", i);
		memset(link, 0, sizeof(link));
		CHECK(readlink(path, link, sizeof(link) - 1) > 0);
		CHECK(strstr(link, "/i2c-0/0-005") != NULL);
	}
	CHECK_FAILS(stat("/dev/eep-mem8", &st), ENOENT);
}

/* contract: S3-09 S3-12 */
static void the_node_goes_with_the_chip(void)
{
	int fd = open("/dev/eep-mem7", O_RDWR), control = open("/sys/bus/i2c/drivers/eep-mem/unbind", O_WRONLY);
	struct stat st;

	CHECK_EQ(stat("/dev/eep-mem7", &st), 0);
	CHECK_EQ(write(control, "0-0057", 6), 6);
	close(control);
	CHECK_FAILS(open("/dev/eep-mem7", O_RDWR), ENOENT);
	CHECK_FAILS(access("/sys/class/eep-class/eep-mem7", F_OK), ENOENT);
	CHECK_FAILS(read(fd, buf, 1), ENODEV);		/* who has it open */
	CHECK_FAILS(write(fd, buf, 1), ENODEV);
	CHECK_FAILS(ioctl(fd, EEP_ERASE), ENODEV);
	CHECK_EQ(mknod("bank7", S_IFCHR | 0600, st.st_rdev), 0);
	CHECK_FAILS(open("bank7", O_RDWR), ENODEV);	/* the number is the driver's, the device absent */
	control = open("/sys/bus/i2c/drivers/eep-mem/bind", O_WRONLY);
	CHECK_EQ(write(control, "0-0057", 6), 6);
	close(control);
	CHECK_EQ(read(fd, buf, 1), 1);
	CHECK_EQ(access("/dev/eep-mem7", F_OK), 0);
	CHECK_EQ(access("/sys/class/eep-class/eep-mem7", F_OK), 0);
	unlink("bank7");
	close(fd);
}

/* ------------------------------------------------------------------ read, write, lseek */

/* contract: S1-06 S3-12 */
static void what_is_written_stays(void)
{
	int fd = opened(O_RDWR), other;

	put(fd, 3, "over a page's end and on");
	close(fd);
	fd = opened(O_RDONLY);
	other = open("/dev/eep-mem2", O_RDONLY);
	CHECK_EQ(lseek(fd, 3, SEEK_SET), 3);
	CHECK_EQ(read(fd, buf, 24), 24);
	CHECK(!memcmp(buf, "over a page's end and on", 24));
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 27);
	CHECK_EQ(read(other, buf, 30), 30);
	CHECK(memcmp(buf + 3, "over a page's end and on", 24));	/* another bank */
	close(fd);
	close(other);
}

/* contract: S3-12 S3-19 */
static void a_write_ends_at_the_end(void)
{
	int fd = opened(O_RDWR);

	CHECK_EQ(lseek(fd, -3, SEEK_END), SIZE - 3);
	CHECK_EQ(write(fd, "abcdef", 6), 3);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), SIZE);
	CHECK_FAILS(write(fd, "x", 1), EINVAL);
	CHECK_EQ(lseek(fd, 1000, SEEK_SET), 1000);
	CHECK_FAILS(write(fd, "x", 1), EINVAL);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 1000);		/* a failure moves nothing */
	CHECK_EQ(lseek(fd, SIZE - 4, SEEK_SET), SIZE - 4);
	CHECK_EQ(read(fd, buf, 100), 4);
	CHECK(!memcmp(buf + 1, "abc", 3));
	CHECK_EQ(read(fd, buf, 100), 0);
	CHECK_EQ(lseek(fd, 1000, SEEK_SET), 1000);
	CHECK_EQ(read(fd, buf, 100), 0);
	close(fd);
}

/* contract: S3-12 S3-11 */
static void bad_pointers_are_efault(void)
{
	int fd = opened(O_RDWR);

	CHECK_FAILS(read(fd, UNMAPPED, 10), EFAULT);
	CHECK_FAILS(write(fd, UNMAPPED, 10), EFAULT);
	CHECK_FAILS(read(fd, NOWHERE, 10), EFAULT);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 0);
	CHECK_FAILS(ioctl(fd, EEP_GET_SIZE, UNMAPPED), EFAULT);
	CHECK_FAILS(ioctl(fd, EEP_GET_FOO, UNMAPPED), EFAULT);
	CHECK_FAILS(ioctl(fd, EEP_GET_NAME, UNMAPPED), EFAULT);
	CHECK_FAILS(ioctl(fd, EEP_RENAME_PART, UNMAPPED), EFAULT);
	close(fd);
}

/* contract: S3-12 S3-13 */
static void lseek_by_all_three(void)
{
	int fd = opened(O_RDONLY);

	CHECK_EQ(SEEK_SET, 0);
	CHECK_EQ(SEEK_CUR, 1);
	CHECK_EQ(SEEK_END, 2);
	CHECK_EQ(lseek(fd, 100, SEEK_SET), 100);
	CHECK_EQ(lseek(fd, -30, SEEK_CUR), 70);
	CHECK_EQ(lseek(fd, 0, SEEK_END), SIZE);
	CHECK_EQ(lseek(fd, -6, SEEK_END), SIZE - 6);
	CHECK_FAILS(lseek(fd, -1, SEEK_SET), EINVAL);
	CHECK_FAILS(lseek(fd, -SIZE - 1, SEEK_END), EINVAL);
	CHECK_FAILS(lseek(fd, -1000, SEEK_CUR), EINVAL);
	CHECK_FAILS(lseek(fd, 0, 9), EINVAL);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), SIZE - 6);
	close(fd);
}

/* ------------------------------------------------------------------ ioctl */

/* contract: S3-17 */
static void request_numbers_are_made_of_three_parts(void)
{
	CHECK_EQ(_IO('E', 1), 'E' << 8 | 1);
	CHECK_EQ(_IOW('E', 2, int), 1u << 30 | 4 << 16 | 'E' << 8 | 2);
	CHECK_EQ(_IOR('E', 3, char[7]), 2u << 30 | 7 << 16 | 'E' << 8 | 3);
	CHECK_EQ(_IOWR('E', 255, long long), 3u << 30 | 8 << 16 | 'E' << 8 | 255);
	CHECK_EQ(_IOC_TYPE(EEP_GET_NAME), EEP_MAGIC);
	CHECK_EQ(_IOC_NR(EEP_GET_NAME), GET_NAME_SEQ_NO);
	CHECK_EQ(_IOC_SIZE(EEP_GET_NAME), MAX_PART_NAME);
	CHECK_EQ(_IOC_DIR(EEP_GET_NAME), _IOC_READ);
	CHECK_EQ(_IOC_DIR(EEP_ERASE), _IOC_NONE);
}

/* contract: S3-18 */
static void erase_leaves_ones(void)
{
	int fd = opened(O_RDWR), other = open("/dev/eep-mem2", O_RDWR);

	put(fd, 0, "not for ever");
	put(other, 0, "stays");
	CHECK_EQ(ioctl(fd, EEP_ERASE), 0);
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(read(fd, buf, SIZE), SIZE);
	for (int i = 0; i < SIZE; i++)
		if (!CHECK((unsigned char)buf[i] == 0xff))
			break;
	CHECK_EQ(lseek(other, 0, SEEK_SET), 0);
	CHECK_EQ(read(other, buf, 5), 5);
	CHECK(!memcmp(buf, "stays", 5));
	close(fd);
	close(other);
}

/* contract: S3-18 S3-12 */
static void sizes_and_unknown_requests(void)
{
	struct eep_foo foo = { .bank = -1 };
	int fd = opened(O_RDWR), size = 0;

	CHECK_EQ(ioctl(fd, EEP_GET_SIZE, &size), 0);
	CHECK_EQ(size, 2048);
	CHECK_EQ(ioctl(fd, EEP_GET_FOO, &foo), 0);
	CHECK_EQ(foo.bank, 1);
	CHECK_EQ(foo.bank_size, SIZE);
	CHECK_FAILS(ioctl(fd, _IO(EEP_MAGIC, 0x7f), 0), ENOTTY);
	CHECK_FAILS(ioctl(fd, _IO('x', ERASE_SEQ_NO), 0), ENOTTY);
	close(fd);
}

/* contract: S3-18 S3-19 */
static void a_name_is_copied_as_far_as_it_goes(void)
{
	char *pages = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *edge = pages + PAGE - 12, got[MAX_PART_NAME], name[64];
	int fd = opened(O_RDWR);

	CHECK_EQ(munmap(pages + PAGE, PAGE), 0);
	memcpy(edge, "lorem_ipsum", 12);		/* nothing is behind its end */
	CHECK_EQ(ioctl(fd, EEP_RENAME_PART, edge), 0);
	memset(got, 'x', sizeof(got));
	CHECK_EQ(ioctl(fd, EEP_GET_NAME, got), 0);
	CHECK(!strcmp(got, "lorem_ipsum"));
	CHECK(!strcmp(output_of("cat /sys/class/eep-class/eep-mem1/part_name"), "lorem_ipsum\n"));
	memset(edge, 'y', 12);				/* no end before the page's */
	CHECK_FAILS(ioctl(fd, EEP_RENAME_PART, edge), EFAULT);
	memset(name, 'n', sizeof(name));
	name[32] = '\0';
	CHECK_FAILS(ioctl(fd, EEP_RENAME_PART, name), EINVAL);
	CHECK_EQ(ioctl(fd, EEP_GET_NAME, got), 0);	/* what failed changed nothing */
	CHECK(!strcmp(got, "lorem_ipsum"));
	name[31] = '\0';
	CHECK_EQ(ioctl(fd, EEP_RENAME_PART, name), 0);
	CHECK_EQ(ioctl(fd, EEP_GET_NAME, got), 0);
	CHECK(!strcmp(got, name));
	close(fd);
	munmap(pages, PAGE);
}

/* contract: S3-19 */
static void openings_are_counted(void)
{
	int first = opened(O_RDWR), second = opened(O_RDONLY), copy = dup(first);
	struct eep_foo foo;

	CHECK_EQ(ioctl(first, EEP_GET_FOO, &foo), 0);
	CHECK_EQ(foo.users, 2);				/* a copy is no opening */
	close(second);
	CHECK_EQ(ioctl(first, EEP_GET_FOO, &foo), 0);
	CHECK_EQ(foo.users, 1);
	close(first);
	CHECK_EQ(ioctl(copy, EEP_GET_FOO, &foo), 0);
	CHECK_EQ(foo.users, 1);
	close(copy);
}

/* ------------------------------------------------------------------ the bus itself */

static int smbus(int fd, int read_write, int command, int size, union i2c_smbus_data *data)
{
	struct i2c_smbus_ioctl_data ask = {
		.read_write = read_write, .command = command, .size = size, .data = data,
	};

	return ioctl(fd, I2C_SMBUS, &ask);
}

static void programs_reach_a_chip_by_its_address(void)
{
	int bus = open("/dev/i2c-0", O_RDWR), bank = open("/dev/eep-mem3", O_RDWR);
	union i2c_smbus_data data;
	unsigned long funcs = 0;

	if (!CHECK(bus >= 0))
		return;
	CHECK_EQ(ioctl(bus, I2C_FUNCS, &funcs), 0);
	CHECK((funcs & I2C_FUNC_SMBUS_WORD_DATA) && !(funcs & I2C_FUNC_I2C));
	CHECK_FAILS(smbus(bus, I2C_SMBUS_READ, 0, I2C_SMBUS_BYTE_DATA, &data), EINVAL);	/* no chip chosen */
	CHECK_FAILS(ioctl(bus, I2C_SLAVE, 0x53), EBUSY);
	CHECK_FAILS(ioctl(bus, I2C_SLAVE, 0x90), EINVAL);
	CHECK_EQ(ioctl(bus, I2C_SLAVE_FORCE, 0x53), 0);
	put(bank, 20, "xyz");
	CHECK_EQ(smbus(bus, I2C_SMBUS_READ, 21, I2C_SMBUS_BYTE_DATA, &data), 0);
	CHECK_EQ(data.byte, 'y');
	CHECK_EQ(smbus(bus, I2C_SMBUS_READ, 21, I2C_SMBUS_WORD_DATA, &data), 0);
	CHECK_EQ(data.word, 'z' << 8 | 'y');
	data.byte = 'Q';
	CHECK_EQ(smbus(bus, I2C_SMBUS_WRITE, 20, I2C_SMBUS_BYTE_DATA, &data), 0);
	CHECK_EQ(smbus(bus, I2C_SMBUS_WRITE, 20, I2C_SMBUS_BYTE, NULL), 0);	/* only the address */
	CHECK_EQ(smbus(bus, I2C_SMBUS_READ, 0, I2C_SMBUS_BYTE, &data), 0);
	CHECK_EQ(data.byte, 'Q');
	CHECK_FAILS(smbus(bus, I2C_SMBUS_READ, 0, 77, &data), EINVAL);
	CHECK_FAILS(smbus(bus, 2, 0, I2C_SMBUS_BYTE, &data), EINVAL);
	CHECK_FAILS(smbus(bus, I2C_SMBUS_READ, 0, I2C_SMBUS_BYTE_DATA, UNMAPPED), EFAULT);
	CHECK_FAILS(ioctl(bus, I2C_SMBUS, UNMAPPED), EFAULT);
	CHECK_EQ(ioctl(bus, I2C_SLAVE, 0x2e), 0);
	CHECK_FAILS(smbus(bus, I2C_SMBUS_READ, 0, I2C_SMBUS_BYTE_DATA, &data), ENXIO);
	CHECK_FAILS(ioctl(bus, _IO('i', 1), 0), ENOTTY);
	close(bus);
	close(bank);
}

static void say(const char *file, const char *what)
{
	int fd = open(file, O_WRONLY);

	CHECK(fd >= 0);
	CHECK_EQ(write(fd, what, strlen(what)), strlen(what));
	close(fd);
}

static void hold_the_bus(void)
{
	CHECK(open("/dev/i2c-0", O_RDWR) >= 0);
	nap(100);
}

/* contract: S3-12 */
static void the_bus_goes_and_comes(void)
{
	int fd = opened(O_RDWR);
	char device[16];
	pid_t child = start(hold_the_bus);

	nap(30);
	say("/sys/bus/pci/drivers/piix4_smbus/unbind", "0000:00:01.3");
	CHECK_EQ(reap(child), 0);
	CHECK_FAILS(read(fd, buf, 1), ENODEV);
	CHECK_FAILS(open(BANK, O_RDWR), ENOENT);
	CHECK_FAILS(open("/dev/i2c-0", O_RDWR), ENOENT);
	say("/sys/bus/pci/drivers/piix4_smbus/bind", "0000:00:01.3");
	for (int i = 0; i < 8; i++) {
		snprintf(device, sizeof(device), "eep 0x%x", 0x50 + i);
		say("/sys/bus/i2c/devices/i2c-0/new_device", device);
	}
	CHECK_EQ(read(fd, buf, 1), 1);
	say("/sys/bus/i2c/devices/i2c-0/delete_device", "0x56");
	CHECK_FAILS(open("/dev/eep-mem6", O_RDWR), ENOENT);
	say("/sys/bus/i2c/devices/i2c-0/new_device", "eep 0x56");
	CHECK_EQ(access("/dev/eep-mem6", F_OK), 0);
	close(fd);
}

/* ------------------------------------------------------------------ the programs */

/* contract: S3-14 S3-19 */
static void seek_prints_its_three_lines(void)
{
	int fd = file_with("toto", LOREM "\n");

	close(fd);
	CHECK(!strcmp(output_of("seek toto"), SEEN));
	fd = opened(O_RDWR);
	put(fd, 0, LOREM);
	close(fd);
	CHECK(!strcmp(output_of("seek " BANK), SEEN));
	CHECK(!strcmp(output_of("seek none 2>&1 || true"), "seek: none: No such file or directory\n"));
	CHECK(!strcmp(output_of("echo short >f; seek f 2>&1 || true"), "seek: f: ends too early\n"));
	unlink("toto");
	unlink("f");
}

/* contract: S3-18 */
static void eep_erases_asks_and_renames(void)
{
	int fd = opened(O_RDWR);

	put(fd, 0, "full");
	CHECK(!strcmp(output_of("eep"), "size 2048\nname lorem_ipsum\nbank 1 of 256 bytes, open 2 times\n"));
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(read(fd, buf, 2), 2);
	CHECK(!memcmp(buf, "\xff\xff", 2));
	close(fd);
	CHECK(!strcmp(output_of("cat /sys/class/eep-class/eep-mem1/part_name"), "lorem_ipsum\n"));
}

int main(void)
{
	RUN(a_node_and_a_link_for_each_bank);
	RUN(the_node_goes_with_the_chip);
	RUN(what_is_written_stays);
	RUN(a_write_ends_at_the_end);
	RUN(bad_pointers_are_efault);
	RUN(lseek_by_all_three);
	RUN(request_numbers_are_made_of_three_parts);
	RUN(erase_leaves_ones);
	RUN(sizes_and_unknown_requests);
	RUN(a_name_is_copied_as_far_as_it_goes);
	RUN(openings_are_counted);
	RUN(programs_reach_a_chip_by_its_address);
	RUN(the_bus_goes_and_comes);
	RUN(seek_prints_its_three_lines);
	RUN(eep_erases_asks_and_renames);
	return tap_end();
}
