/*
 * many.c - waiting for many descriptors: select, poll, epoll.
 */
#include "bench.h"

#define MANY	1000

/*
 * dups[0..n-2] are the reading end of a silent pipe, dups[n-1], the highest
 * descriptor but one, that of a pipe which holds a byte.  Duplicates of one
 * end are descriptors like others, but cost less to open.
 */
static int silent[2], ready[2];
static int dups[MANY], ndups;

static void fds_open(int n)
{
	char c = 0;

	k_pipe(silent);
	dups[0] = silent[0];
	for (ndups = 1; ndups < n - 1; ndups++)
		dups[ndups] = k_dup(silent[0]);
	k_pipe(ready);
	k_write(ready[1], &c, 1);
	dups[ndups++] = ready[0];
}

static void fds_close(void)
{
	while (ndups)
		k_close(dups[--ndups]);
	k_close(silent[1]);
	k_close(ready[1]);
}

struct pfd {
	int fd;
	short events, revents;
};

struct epev {
	u32 events;
	u32 data[2];
} __attribute__((packed));

static u32 set[32], want_set[32];
static struct pfd pf[MANY];
static int max_fd;

/* Fills want_set and pf with the descriptors open now.  0: there are too few. */
static int fill_sets(void)
{
	int i;

	max_fd = 0;
	for (i = 0; i < 32; i++)
		want_set[i] = 0;
	for (i = 0; i < ndups; i++) {
		if (dups[i] < 0 || dups[i] >= 32 * 32)
			return 0;
		want_set[dups[i] / 32] |= 1u << (dups[i] % 32);
		if (dups[i] > max_fd)
			max_fd = dups[i];
		pf[i].fd = dups[i];
		pf[i].events = 1;
	}
	return 1;
}

/* What select() answers at once; 1 is right. */
static int select_works(const char *name)
{
	int i, r, tv[2] = { 0, 0 };

	for (i = 0; i < 32; i++)
		set[i] = want_set[i];
	r = sc5(SYS_newselect, max_fd + 1, (int)set, 0, 0, (int)tv);
	if (r == 1)
		return 1;
	puts_("# select gave ");
	putn((u64)(u32)r);
	flush();
	unsupported(name);
	return 0;
}

static void row_select(const char *name)
{
	int i, words = max_fd < 256 ? 8 : 32, tv[2];

	REPEAT(name, 20,
	       for (i = 0; i < words; i++)
		       set[i] = want_set[i];
	       tv[0] = tv[1] = 0;
	       sc5(SYS_newselect, max_fd + 1, (int)set, 0, 0, (int)tv));
}

/*
 * An endless time-out: the call may have to queue itself on each silent pipe
 * before it finds the ready one.
 */
static void row_select_endless(void)
{
	int i;

	REPEAT("select_250_inf", 20,
	       for (i = 0; i < 8; i++)
		       set[i] = want_set[i];
	       sc5(SYS_newselect, max_fd + 1, (int)set, 0, 0, 0));
}

static void rows_of_size(int size, const char *select_name, const char *poll_name)
{
	int works = 0;

	if (!want(select_name) && !want(poll_name))
		return;
	fds_open(size);
	if (!fill_sets()) {
		puts_("# too few descriptors for ");
		puts_(select_name);
		flush();
		fds_close();
		return;
	}
	if (want(select_name)) {
		works = select_works(select_name);
		if (works)
			row_select(select_name);
	}
	if (want(poll_name)) {
		if (sc3(SYS_poll, (int)pf, ndups, 0) == 1)
			REPEAT(poll_name, 20, sc3(SYS_poll, (int)pf, ndups, 0));
		else
			unsupported(poll_name);
	}
	if (size == 250 && want("select_250_inf") && works)
		row_select_endless();
	fds_close();
}

/* size: the epoll's own descriptor is one of them. */
static void row_epoll(int size, const char *name)
{
	static struct epev ev[16];
	int ep = sc1(SYS_epoll_create, size), i, r = 0;

	if (ep < 0) {
		unsupported(name);
		return;
	}
	fds_open(size - 1);
	for (i = 0; i < ndups && r >= 0; i++) {
		ev[0].events = 1;
		ev[0].data[0] = (u32)i;
		r = sc4(SYS_epoll_ctl, ep, 1, dups[i], (int)ev);
	}
	r = sc4(SYS_epoll_wait, ep, (int)ev, 16, 0);
	if (r == 1)
		REPEAT(name, 100, sc4(SYS_epoll_wait, ep, (int)ev, 16, 0));
	else
		unsupported(name);
	if (size == 250 && want("epoll_ctl"))
		REPEAT("epoll_ctl", 100,
		       ev[0].events = 1;
		       sc4(SYS_epoll_ctl, ep, 2, dups[0], (int)ev);
		       sc4(SYS_epoll_ctl, ep, 1, dups[0], (int)ev));
	fds_close();
	k_close(ep);
}

void row_many(void)
{
	rows_of_size(10, "select_10", "poll_10");
	rows_of_size(100, "select_100", "poll_100");
	rows_of_size(250, "select_250", "poll_250");
	rows_of_size(1000, "select_1000", "poll_1000");
	if (want("epoll_10"))
		row_epoll(10, "epoll_10");
	if (want("epoll_100"))
		row_epoll(100, "epoll_100");
	if (want("epoll_250") || want("epoll_ctl"))
		row_epoll(250, "epoll_250");
	if (want("epoll_1000"))
		row_epoll(1000, "epoll_1000");
}
