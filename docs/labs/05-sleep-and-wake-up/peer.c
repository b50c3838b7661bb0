/*
 * Lab 05's peer: processes that sleep in the chute and processes that wake them.
 * Word: what the node in /dev is called.
 */
#include <sys/mman.h>

static int load_again(void);
#define BEFORE_CASE load_again
#include "../machinery/case.h"
#include "../../../drivers/samples/chute.h"

#define LATER(ms, byte)	((unsigned long)(ms) << 8 | (unsigned char)(byte))
#define MANY 3

static char data[1024], seen[1024];

static int load_again(void)
{
	char command[128];

	snprintf(command, sizeof(command), "rmmod chute 2>/dev/null; insmod ./chute.ko name=%s 2>/dev/null", words[0]);
	return system(command);
}

static int chute(int flags)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/dev/%s", words[0]);
	fd = open(path, O_RDWR | flags);
	if (fd < 0)
		SAY_NOT("expected open(%s) works seen %s", path, strerror(errno));
	return fd;
}

/* A process's state, as ps shows it: R S D …; 'x' if it has gone. */
static char state(pid_t pid)
{
	char path[32], text[256], *after;
	int fd, n;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		return 'x';
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	text[n > 0 ? n : 0] = 0;
	after = strrchr(text, ')');
	return after ? after[2] : '?';
}

/* Who waits as the lossy wait does, and ends with 0 if it came back as it should. */
static pid_t lossy_sleeper(int fd)
{
	pid_t pid = fork();

	if (!pid)
		_exit(ioctl(fd, CHUTE_WAIT_LOSSY) != 0);
	return pid;
}

/* Who reads up to @count bytes, and ends with how many there were. */
static pid_t reader(int fd, int count)
{
	pid_t pid = fork();

	if (!pid)
		_exit(read(fd, seen, count));
	return pid;
}

/* Its exit status; -1 if it has not ended after so many milliseconds, and then it is killed. */
static int ends_within(pid_t pid, int ms)
{
	int status;

	for (; ms > 0; ms -= 10) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
		nap(10);
	}
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	return -1;
}

static void nothing(int sig)
{
}

/* ---------------------------------------------------------------- step 1 */

CASE(a_byte_falls_in)
{
	int fd = chute(0);

	EXPECT(ioctl(fd, CHUTE_USED), 0);
	EXPECT(ioctl(fd, CHUTE_LATER, LATER(20, 'a')), 0);
	EXPECT(ioctl(fd, CHUTE_USED), 0);
	nap(60);
	EXPECT(ioctl(fd, CHUTE_USED), 1);
}

CASE(sleeps_and_is_woken)
{
	int fd = chute(0);
	pid_t pid = lossy_sleeper(fd);

	nap(100);
	EXPECT(state(pid), 'S');
	EXPECT(ioctl(fd, CHUTE_LATER, LATER(10, 'a')), 0);
	EXPECT(ends_within(pid, 500), 0);
}

CASE(does_not_sleep_for_what_is_there)
{
	int fd = chute(0);

	EXPECT(ioctl(fd, CHUTE_LATER, LATER(10, 'a')), 0);
	nap(50);
	EXPECT(ends_within(lossy_sleeper(fd), 200), 0);
}

CASE(all_are_woken)
{
	int fd = chute(0);
	pid_t pids[MANY];

	for (int i = 0; i < MANY; i++)
		pids[i] = lossy_sleeper(fd);
	nap(100);
	for (int i = 0; i < MANY; i++)
		EXPECT(state(pids[i]), 'S');
	EXPECT(ioctl(fd, CHUTE_LATER, LATER(10, 'a')), 0);
	for (int i = 0; i < MANY; i++)
		EXPECT(ends_within(pids[i], 500), 0);
}

/* A line that still names one who has gone would wake what lies on its stack now. */
CASE(the_line_forgets_who_left)
{
	int fd = chute(0);

	for (int round = 0; round < 4; round++) {
		pid_t pid = lossy_sleeper(fd);

		nap(60);
		EXPECT(kill(pid, SIGKILL), 0);
		EXPECT(ends_within(pid, 500), 128 + SIGKILL);
	}
	EXPECT(ioctl(fd, CHUTE_LATER, LATER(10, 'a')), 0);
	EXPECT(ends_within(lossy_sleeper(fd), 500), 0);
}

/* The byte falls in while the sleeper is between its look and the line: nobody is woken, and it sleeps on. */
CASE(a_wake_up_is_lost)
{
	int fd = chute(0);
	pid_t pid;

	EXPECT(ioctl(fd, CHUTE_GAP, 80), 0);
	EXPECT(ioctl(fd, CHUTE_LATER, LATER(40, 'a')), 0);
	pid = lossy_sleeper(fd);
	nap(400);
	EXPECT(ioctl(fd, CHUTE_USED), 1);
	EXPECT(state(pid), 'S');
	EXPECT(ioctl(fd, CHUTE_LATER, LATER(10, 'b')), 0);	/* the next one wakes it */
	EXPECT(ends_within(pid, 500), 0);
}

/* ---------------------------------------------------------------- step 2 */

CASE(read_waits)
{
	int fd = chute(0);
	char byte = 'A' + number() % 26;
	pid_t pid = fork();

	if (!pid) {
		EXPECT(read(fd, seen, 10), 1);
		EXPECT(seen[0], byte);
		_exit(0);
	}
	nap(100);
	EXPECT(state(pid), 'S');
	EXPECT(ioctl(fd, CHUTE_LATER, LATER(10, byte)), 0);
	EXPECT(ends_within(pid, 500), 0);
	EXPECT(ioctl(fd, CHUTE_USED), 0);
}

CASE(no_wake_up_is_lost)
{
	int fd = chute(0);
	pid_t pid;

	EXPECT(ioctl(fd, CHUTE_GAP, 80), 0);
	EXPECT(ioctl(fd, CHUTE_LATER, LATER(40, 'a')), 0);
	pid = reader(fd, 1);
	EXPECT(ends_within(pid, 800), 1);
}

/* One byte, several who waited for it: one gets it, the others go on waiting, asleep. */
CASE(who_gets_nothing_waits_on)
{
	int fd = chute(0), left = 0, ended = 0;
	pid_t pids[MANY];

	for (int i = 0; i < MANY; i++)
		pids[i] = reader(fd, 1);
	nap(100);
	EXPECT(ioctl(fd, CHUTE_LATER, LATER(10, 'a')), 0);
	nap(200);
	for (int i = 0; i < MANY; i++) {
		int status;

		if (waitpid(pids[i], &status, WNOHANG) == pids[i]) {
			EXPECT(WEXITSTATUS(status), 1);
			ended++;
		} else {
			EXPECT(state(pids[i]), 'S');
			left++;
			kill(pids[i], SIGKILL);
		}
	}
	EXPECT(ended, 1);
	EXPECT(left, MANY - 1);
}

CASE(nonblocking_read)
{
	int fd = chute(O_NONBLOCK);

	EXPECT_ERROR(read(fd, seen, 10), EAGAIN);
	EXPECT(ioctl(fd, CHUTE_LATER, LATER(10, 'z')), 0);
	nap(50);
	EXPECT(read(fd, seen, 10), 1);
	EXPECT(seen[0], 'z');
	EXPECT_ERROR(read(fd, seen, 10), EAGAIN);
}

CASE(a_signal_ends_the_wait)
{
	struct sigaction action = { .sa_handler = nothing };
	int fd = chute(0);
	pid_t pid;

	sigaction(SIGUSR1, &action, NULL);
	pid = fork();
	if (!pid) {
		EXPECT_ERROR(read(fd, seen, 10), EINTR);
		_exit(0);
	}
	nap(100);
	EXPECT(kill(pid, SIGUSR1), 0);
	EXPECT(ends_within(pid, 500), 0);
}

CASE(a_killed_reader_leaves_nothing)
{
	int fd = chute(0);

	for (int round = 0; round < 4; round++) {
		pid_t pid = reader(fd, 1);

		nap(60);
		EXPECT(kill(pid, SIGKILL), 0);
		EXPECT(ends_within(pid, 500), 128 + SIGKILL);
	}
	EXPECT(ioctl(fd, CHUTE_LATER, LATER(10, 'a')), 0);
	EXPECT(ends_within(reader(fd, 1), 500), 1);
}

CASE(a_bad_pointer_loses_nothing)
{
	int fd = chute(O_NONBLOCK);

	EXPECT(ioctl(fd, CHUTE_LATER, LATER(10, 'k')), 0);
	nap(50);
	EXPECT_ERROR(read(fd, mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 4), EFAULT);
	EXPECT(ioctl(fd, CHUTE_USED), 1);
	EXPECT(read(fd, seen, 4), 1);
	EXPECT(seen[0], 'k');
}

/* ---------------------------------------------------------------- step 3 */

/* The reader is the slower one: the writer finds the chute full again and again, and room for half a piece. */
CASE(bytes_in_order)
{
	int fd = chute(0), total = 400 + number() % 500, got = 0;
	pid_t pid;

	fill(data, total);
	pid = fork();
	if (!pid) {
		for (int at = 0; at < total; at += 37)
			EXPECT(write(fd, data + at, total - at < 37 ? total - at : 37), total - at < 37 ? total - at : 37);
		_exit(0);
	}
	while (got < total) {
		int n;

		nap(10);
		n = read(fd, seen + got, 1 + number() % 50);
		EXPECT_TRUE(n > 0);
		got += n;
	}
	EXPECT_BYTES(seen, data, total);
	EXPECT(ends_within(pid, 500), 0);
	EXPECT(ioctl(fd, CHUTE_USED), 0);
}

CASE(write_waits_for_room)
{
	int fd = chute(0);
	pid_t pid;

	fill(data, CHUTE_BYTES + 5);
	EXPECT(write(fd, data, 3), 3);		/* so that no whole number of pieces fits */
	pid = fork();
	if (!pid) {
		EXPECT(write(fd, data, CHUTE_BYTES + 2), CHUTE_BYTES + 2);
		_exit(0);
	}
	nap(100);
	EXPECT(state(pid), 'S');
	EXPECT(ioctl(fd, CHUTE_USED), CHUTE_BYTES);
	EXPECT(read(fd, seen, 10), 10);
	EXPECT(ends_within(pid, 500), 0);
	EXPECT(ioctl(fd, CHUTE_USED), CHUTE_BYTES - 5);
}

CASE(write_wakes_readers)
{
	int fd = chute(0);
	pid_t pid = reader(fd, 4);

	nap(100);
	EXPECT(write(fd, "abcd", 4), 4);
	EXPECT(ends_within(pid, 500), 4);
}

CASE(nonblocking_write)
{
	int fd = chute(O_NONBLOCK);

	fill(data, sizeof(data));
	EXPECT(write(fd, data, sizeof(data)), CHUTE_BYTES);
	EXPECT_ERROR(write(fd, data, 1), EAGAIN);
	EXPECT(read(fd, seen, 3), 3);
	EXPECT(write(fd, data, 10), 3);
}

/* A signal that comes after some bytes went in: they count. */
CASE(a_signal_after_some_bytes)
{
	struct sigaction action = { .sa_handler = nothing };
	int fd = chute(0);
	pid_t pid;

	sigaction(SIGUSR1, &action, NULL);
	EXPECT(write(fd, data, 3), 3);
	pid = fork();
	if (!pid) {
		EXPECT(write(fd, data, CHUTE_BYTES + 20), CHUTE_BYTES - 3);
		EXPECT_ERROR(write(fd, data, 1), EINTR);
		_exit(0);
	}
	nap(100);
	EXPECT(kill(pid, SIGUSR1), 0);
	nap(100);
	EXPECT(kill(pid, SIGUSR1), 0);
	EXPECT(ends_within(pid, 500), 0);
}

/* The copy from a page of a slow disk sleeps: who was woken before it finds nothing, and sleeps for ever. */
CASE(bytes_before_the_wake_up)
{
	int fd = chute(0), disk;
	pid_t pid = reader(fd, 4);
	char *page;

	EXPECT(system("lsmod | grep -q blkram || insmod ./blkram.ko delay_ms=40"), 0);
	disk = open("/dev/blkram0", O_RDONLY);
	EXPECT_TRUE(disk >= 0);
	page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, disk, 0);
	EXPECT_TRUE(page != MAP_FAILED);
	nap(100);
	EXPECT(write(fd, page, 4), 4);
	EXPECT(ends_within(pid, 500), 4);
}

CASE(a_bad_pointer_writes_nothing)
{
	int fd = chute(O_NONBLOCK);

	EXPECT_ERROR(write(fd, mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 4), EFAULT);
	EXPECT(ioctl(fd, CHUTE_USED), 0);
}

int main(int argc, char **argv)
{
	return cases(argc, argv);
}
