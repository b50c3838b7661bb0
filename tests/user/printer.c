/*
 * The parallel printer: polled, by interrupts, switched between them; what it says of a printer that is not ready.
 * host: no, because it needs a printer that takes everything, and Lectern's way to make it say no
 */
#include <linux/lp.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include "case.h"

#define LP "/dev/lp0"
#define ATTR "/sys/class/printer/lp0/"

static char page[PAGE];

static void set_fault(const char *how)
{
	int fd = open(ATTR "fault", O_WRONLY);

	CHECK_EQ(write(fd, how, strlen(how)), strlen(how));
	close(fd);
}

/* What /proc/interrupts says of the line, 0 if nobody has it. */
static long interrupts(void)
{
	char line[200];
	FILE *f = fopen("/proc/interrupts", "r");
	long count = 0;

	while (f && fgets(line, sizeof(line), f))
		if (strstr(line, " lp") && strchr(line, ':'))
			count = atol(strchr(line, ':') + 1);
	if (f)
		fclose(f);
	return count;
}

static int irq_of(int fd)
{
	int irq = -1;

	CHECK(!ioctl(fd, LPGETIRQ, &irq));
	return irq;
}

/* contract: S2-01 S2-06 */
static void prints_by_polling(void)
{
	struct stat st;
	long before = interrupts();
	int fd = open(LP, O_WRONLY);

	if (!CHECK(fd >= 0) || !CHECK(!fstat(fd, &st)))
		return;
	CHECK(S_ISCHR(st.st_mode) && st.st_rdev == makedev(6, 0));
	CHECK_EQ(irq_of(fd), 0);
	CHECK_EQ(write(fd, page, sizeof(page)), sizeof(page));
	CHECK_EQ(interrupts(), before);
	CHECK_FAILS(read(fd, page, 1), EBADF);
	CHECK_FAILS(lseek(fd, 0, SEEK_SET), ESPIPE);
	close(fd);
}

/* contract: S2-06 */
static void switches_to_interrupts_and_back(void)
{
	int fd = open(LP, O_WRONLY);
	long before;

	CHECK(!ioctl(fd, LPSETIRQ, 7));
	CHECK_EQ(irq_of(fd), 7);
	before = interrupts();
	CHECK_EQ(write(fd, page, 1000), 1000);
	CHECK(interrupts() - before >= 900);
	CHECK_FAILS(ioctl(fd, LPSETIRQ, 14), EBUSY);	/* the disk's */
	CHECK_FAILS(ioctl(fd, LPSETIRQ, 99), EINVAL);
	CHECK_EQ(irq_of(fd), 7);
	CHECK(!ioctl(fd, LPSETIRQ, 0));
	CHECK_EQ(irq_of(fd), 0);
	CHECK_EQ(interrupts(), 0);			/* and the line is free */
	CHECK_EQ(write(fd, page, 1000), 1000);
	close(fd);
}

/* All that /proc/interrupts has counted but the clock's and the disk's. */
static long all_interrupts(void)
{
	char line[200];
	FILE *f = fopen("/proc/interrupts", "r");
	long count = 0;

	while (f && fgets(line, sizeof(line), f))
		if (strchr(line, ':') && !strstr(line, "timer") && !strstr(line, "ide"))
			count += atol(strchr(line, ':') + 1);
	if (f)
		fclose(f);
	return count;
}

/* contract: S2-06 */
static void a_display_needs_no_interrupt(void)
{
	int fd = open("/dev/tty1", O_WRONLY | O_NOCTTY);
	long before = all_interrupts();

	CHECK_EQ(write(fd, page, 1000), 1000);
	CHECK_EQ(write(fd, "\r\033[2J", 5), 5);
	CHECK_EQ(all_interrupts(), before);
	close(fd);
}

static void print_slowly(void)
{
	int fd = open(LP, O_WRONLY);

	set_fault("busy");
	CHECK(!ioctl(fd, LPTIME, 20));
	CHECK_EQ(write(fd, page, sizeof(page)), sizeof(page));
	CHECK(!ioctl(fd, LPTIME, 2));
	close(fd);
}

/* contract: S2-05 S2-06 */
static void sleeps_while_the_printer_is_busy(void)
{
	pid_t pid = start(print_slowly);
	int fd, i, asleep = 0;

	for (i = 0; i < 10; i++) {
		nap(20);
		asleep += state_of(pid) == 'S';
	}
	CHECK(asleep >= 7);
	fd = open(ATTR "irq", O_WRONLY);
	CHECK_EQ(write(fd, "7\n", 2), 2);		/* in the midst of a write */
	set_fault("none");
	CHECK_EQ(reap(pid), 0);
	CHECK(interrupts() > 0);
	CHECK_EQ(write(fd, "0\n", 2), 2);
	CHECK_FAILS(write(fd, "x\n", 2), EINVAL);
	close(fd);
}

/* contract: S2-20 S1-02 */
static void is_one_programs_at_a_time(void)
{
	int fd = open(LP, O_WRONLY);

	CHECK(fd >= 0);
	CHECK_FAILS(open(LP, O_WRONLY), EBUSY);
	close(fd);
	fd = open(LP, O_WRONLY);
	CHECK(fd >= 0);
	close(fd);
	CHECK(!mknod("lp1", S_IFCHR | 0600, makedev(6, 1)));
	CHECK_FAILS(open("lp1", O_WRONLY), ENXIO);	/* no such port */
	unlink("lp1");
}

/* Status lines, and what a write says of them when told not to wait. */
static void complains(void)
{
	int fd = open(LP, O_WRONLY), status = 0, i;
	struct timeval short_time = { 0, 50000 }, normal = { 10, 0 }, odd = { 1, 1000000 };
	long from;

	CHECK(!ioctl(fd, LPABORT, 1));
	for (i = 0; i < 10 && !(status & LP_PBUSY); i++)
		CHECK(!ioctl(fd, LPGETSTATUS, &status));
	CHECK((status & LP_PBUSY) && (status & LP_PSELECD) && !(status & LP_POUTPA));
	set_fault("paper");
	CHECK_FAILS(write(fd, page, 10), ENOSPC);
	CHECK(!ioctl(fd, LPGETSTATUS, &status));
	CHECK(status & LP_POUTPA);
	set_fault("offline");
	CHECK_FAILS(write(fd, page, 10), EIO);
	set_fault("error");
	CHECK_FAILS(write(fd, page, 10), EIO);
	set_fault("busy");
	CHECK_FAILS(ioctl(fd, LPSETTIMEOUT, &odd), EINVAL);
	CHECK(!ioctl(fd, LPSETTIMEOUT, &short_time));
	from = now_ms();
	CHECK_FAILS(write(fd, page, 10), EIO);		/* silent for too long */
	CHECK(now_ms() - from >= 45 && now_ms() - from < 1500);
	CHECK(!ioctl(fd, LPSETTIMEOUT, &normal));
	CHECK(!fcntl(fd, F_SETFL, O_NONBLOCK));
	CHECK_FAILS(write(fd, page, 10), EAGAIN);
	set_fault("paper");
	CHECK(!ioctl(fd, LPABORTOPEN, 1));
	close(fd);
	CHECK_FAILS(open(LP, O_WRONLY), ENOSPC);
	set_fault("offline");
	CHECK_FAILS(open(LP, O_WRONLY), EIO);
	fd = open(LP, O_WRONLY | O_NONBLOCK);
	set_fault("none");
	CHECK(!ioctl(fd, LPABORTOPEN, 0) && !ioctl(fd, LPABORT, 0) && !ioctl(fd, LPRESET, 0));
	CHECK_EQ(write(fd, page, 10), 10);
	CHECK(!ioctl(fd, LPGETFLAGS, &status) && status == (LP_EXIST | LP_BUSY));
	close(fd);
}

static int polls = 1000;

static void print_to_nobody(void)
{
	int fd = open(LP, O_WRONLY);

	set_fault("paper");
	ioctl(fd, LPCHAR, polls);
	write(fd, page, 10);
	_exit(9);
}

static void a_signal_ends_the_wait(void)
{
	pid_t pid = start(print_to_nobody);

	nap(50);
	kill(pid, SIGTERM);
	CHECK_EQ(reap(pid), 128 + SIGTERM);
	set_fault("none");
}

/* Others go on, and it can be ended, however often it asks. */
static void polling_for_ever_stops_nobody(void)
{
	int fd;

	polls = 0x7fffffff;
	a_signal_ends_the_wait();
	fd = open(LP, O_WRONLY);
	CHECK(!ioctl(fd, LPCHAR, 1000));
	close(fd);
}

static void bad_pointers(void)
{
	int fd = open(LP, O_WRONLY);

	CHECK_FAILS(write(fd, UNMAPPED, 10), EFAULT);
	CHECK_FAILS(write(fd, NOWHERE, 10), EFAULT);
	CHECK_FAILS(ioctl(fd, LPGETIRQ, UNMAPPED), EFAULT);
	CHECK_FAILS(ioctl(fd, LPGETSTATUS, NOWHERE), EFAULT);
	CHECK_FAILS(ioctl(fd, LPGETFLAGS, UNMAPPED), EFAULT);
	CHECK_FAILS(ioctl(fd, LPSETTIMEOUT, UNMAPPED), EFAULT);
	CHECK_FAILS(ioctl(fd, LPWAIT, 1000000), EINVAL);
	CHECK_FAILS(ioctl(fd, 0x0699, 0), ENOTTY);
	CHECK_FAILS(ioctl(fd, TIOCGWINSZ, page), ENOTTY);
	close(fd);
}

int main(void)
{
	memset(page, 'p', sizeof(page));
	RUN(prints_by_polling);
	RUN(switches_to_interrupts_and_back);
	RUN(a_display_needs_no_interrupt);
	RUN(sleeps_while_the_printer_is_busy);
	RUN(is_one_programs_at_a_time);
	RUN(complains);
	RUN(a_signal_ends_the_wait);
	RUN(polling_for_ever_stops_nobody);
	RUN(bad_pointers);
	return tap_end();
}
