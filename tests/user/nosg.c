/*
 * The sample nosg: DMA from pages that lie anywhere, with a card that takes one address at a time.
 * host: no, because it needs QEMU's card and Lectern's sample for it
 */
#include <linux/edu.h>
#include "case.h"

#define DRIVERS "/sys/bus/pci/drivers/"
#define BOUNCE "/sys/module/nosg/parameters/bounce"
#define COUNT EDU_DMA_SIZE

static char slot[64];		/* the card's name on its bus */

static int run(const char *command)
{
	return WEXITSTATUS(system(command));
}

static void put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	CHECK_EQ(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

/* Which card edu0 is. */
static int find_card(void)
{
	ssize_t len = readlink("/sys/class/misc/edu0/device", slot, sizeof(slot) - 1);
	char *name;

	if (len <= 0)
		return 0;
	slot[len] = 0;
	name = strrchr(slot, '/') + 1;
	memmove(slot, name, strlen(name) + 1);
	return 1;
}

static void loads_when_the_card_is_free(void)
{
	if (!CHECK(find_card()))
		return;
	CHECK_EQ(run("modprobe nosg"), 0);
	CHECK_FAILS(open("/dev/nosg", O_RDWR), ENOENT);	/* edu has it */
	CHECK_EQ(run("rmmod nosg"), 0);
	put(DRIVERS "edu/unbind", slot);
	CHECK_EQ(run("modprobe nosg"), 0);
	CHECK_EQ(access(DRIVERS "nosg", F_OK), 0);
}

/* There and back; how many milliseconds a way took. */
static long round_trip(int seed)
{
	static unsigned char out[PAGE], in[PAGE];
	int fd = open("/dev/nosg", O_RDWR), i;
	long from;

	for (i = 0; i < PAGE; i++)
		out[i] = i * seed + i / 256;
	memset(in, 0, sizeof(in));
	from = now_ms();
	CHECK_EQ(write(fd, out, PAGE), COUNT);		/* what the card has room for */
	CHECK_EQ(read(fd, in, PAGE), COUNT);
	CHECK(!memcmp(in, out, COUNT));
	CHECK_FAILS(write(fd, NOWHERE, 4), EFAULT);
	close(fd);
	return (now_ms() - from) / 2;
}

static int log_has(const char *words)
{
	char command[100];

	snprintf(command, sizeof(command), "dmesg | grep -q '%s'", words);
	return !run(command);
}

/* contract: S0-19 S0-24 S0-26 S1-11 S1-13 */
static void a_transfer_for_each_page(void)
{
	put(BOUNCE, "0");
	CHECK(round_trip(7) >= 190);		/* two, of 100 ms each */
	CHECK(log_has("4095 bytes sent, by page: 2 transfers"));
	CHECK(log_has("4095 bytes fetched, by page: 2 transfers"));
}

/* contract: S1-11 S1-13 */
static void one_transfer_through_a_contiguous_buffer(void)
{
	long ms;

	put(BOUNCE, "1");
	ms = round_trip(11);
	CHECK(ms >= 95);
	CHECK(log_has("4095 bytes sent, bounced: 1 transfers"));
	CHECK(log_has("4095 bytes fetched, bounced: 1 transfers"));
}

static void the_card_goes_back(void)
{
	CHECK_EQ(run("rmmod nosg"), 0);
	CHECK_FAILS(open("/dev/nosg", O_RDWR), ENOENT);
	put(DRIVERS "edu/bind", slot);
	CHECK_EQ(access("/dev/edu0", F_OK), 0);
}

int main(void)
{
	RUN(loads_when_the_card_is_free);
	RUN(a_transfer_for_each_page);
	RUN(one_transfer_through_a_contiguous_buffer);
	RUN(the_card_goes_back);
	return tap_end();
}
