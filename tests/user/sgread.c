/*
 * DMA with a scatter list: the sample sgread reads into pieces of memory, and the IDE driver shows
 * the table that its controller was given for them.
 * host: no, because it loads a module of Lectern's
 */
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include "case.h"

#define DEBUGFS "/sys/kernel/debug"
#define PIECES 4

struct entry {
	unsigned long addr;
	unsigned int len;
	int last;
};

static int read_text(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY), n = -1;

	if (fd >= 0)
		n = read(fd, text, size - 1);
	close(fd);
	text[n > 0 ? n : 0] = 0;
	return n;
}

/* "0: 0123f000 4096 last" a line; how many there are. */
static int parse(const char *text, struct entry *entries)
{
	const char *at = text;
	char *end;
	int n = 0;

	while (n < PIECES + 1 && at && *at >= '0' && *at <= '9' && strchr(at, ':')) {
		const char *next = strchr(at, '\n');

		entries[n].addr = strtoul(strchr(at, ':') + 1, &end, 16);
		entries[n].len = strtoul(end, &end, 10);
		entries[n].last = !strncmp(end, " last", 5);
		n++;
		at = next ? next + 1 : NULL;
	}
	return n;
}

/* contract: S0-24 S0-26 S1-11 */
static void pieces_become_a_flagged_table(void)
{
	struct entry pieces[PIECES + 1], table[PIECES + 1];
	char list[512], prd[512];
	int i;

	mount("debugfs", DEBUGFS, "debugfs", 0, NULL);
	CHECK_EQ(system("modprobe sgread"), 0);
	CHECK(read_text(DEBUGFS "/sgread/list", list, sizeof(list)) > 0);
	CHECK(read_text(DEBUGFS "/ide/ide0/prd", prd, sizeof(prd)) > 0);
	printf("# %s", strstr(list, "\nsame\n") ? "the same bytes\n" : list);
	CHECK(strstr(list, "\nsame\n") != NULL);
	CHECK_EQ(parse(list, pieces), PIECES);
	CHECK_EQ(parse(prd, table), PIECES);
	for (i = 0; i < PIECES; i++) {
		CHECK_EQ(table[i].len, pieces[i].len);
		CHECK_EQ(table[i].last, i == PIECES - 1);
		CHECK(i == 0 || pieces[i].addr != pieces[i - 1].addr + pieces[i - 1].len);
	}
	CHECK_EQ(system("rmmod sgread"), 0);
	CHECK(read_text(DEBUGFS "/sgread/list", list, sizeof(list)) < 0);
}

static void disk_that_is_not_there(void)
{
	CHECK(system("modprobe sgread disk=/dev/nothing 2>/dev/null") != 0);
	CHECK(system("modprobe sgread disk=/dev/null 2>/dev/null") != 0);
}

int main(void)
{
	RUN(pieces_become_a_flagged_table);
	RUN(disk_that_is_not_there);
	return tap_end();
}
