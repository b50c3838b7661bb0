/*
 * Pipes and FIFOs: ends, blocking and not, atomic writes, what a missing other end does.
 * host: yes
 */
#define _GNU_SOURCE
#include <limits.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include "case.h"

#define FIFO "pipes.fifo"

static char buf[70000];
static int fd[2];

static void close_both(void)
{
	close(fd[0]);
	close(fd[1]);
}

static void bytes_come_in_order(void)
{
	CHECK_EQ(syscall(SYS_pipe, fd), 0);
	CHECK_EQ(write(fd[1], "hello ", 6), 6);
	CHECK_EQ(write(fd[1], "world", 5), 5);
	CHECK_EQ(read(fd[0], buf, 4), 4);
	CHECK_EQ(read(fd[0], buf + 4, 100), 7);
	CHECK(memcmp(buf, "hello world", 11) == 0);
	CHECK_FAILS(write(fd[0], "x", 1), EBADF);
	CHECK_FAILS(read(fd[1], buf, 1), EBADF);
	close_both();
}

static void end_of_file_without_a_writer(void)
{
	pipe(fd);
	write(fd[1], "ab", 2);
	close(fd[1]);
	CHECK_EQ(read(fd[0], buf, 10), 2);
	CHECK_EQ(read(fd[0], buf, 10), 0);
	CHECK_EQ(read(fd[0], buf, 10), 0);
	close(fd[0]);
}

static volatile sig_atomic_t broken;

static void on_sigpipe(int sig)
{
	broken++;
}

static void sigpipe_without_a_reader(void)
{
	pipe(fd);
	close(fd[0]);
	signal(SIGPIPE, SIG_IGN);
	CHECK_FAILS(write(fd[1], "x", 1), EPIPE);
	signal(SIGPIPE, on_sigpipe);
	CHECK_FAILS(write(fd[1], "x", 1), EPIPE);
	CHECK_EQ(broken, 1);
	signal(SIGPIPE, SIG_DFL);
	if (fork() == 0) {
		write(fd[1], "x", 1);
		_exit(0);
	}
	CHECK_EQ(reap(-1), 128 + SIGPIPE);
	close(fd[1]);
}

static void nonblocking_ends(void)
{
	int total = 0, n;

	CHECK_EQ(pipe2(fd, O_NONBLOCK | O_CLOEXEC), 0);
	CHECK_EQ(fcntl(fd[0], F_GETFD), FD_CLOEXEC);
	CHECK_FAILS(read(fd[0], buf, 1), EAGAIN);
	while ((n = write(fd[1], buf, 4096)) > 0)
		total += n;
	CHECK_EQ(errno, EAGAIN);
	CHECK_EQ(total, 65536);
	CHECK_EQ(read(fd[0], buf, 100), 100);
	CHECK_FAILS(write(fd[1], buf, PIPE_BUF), EAGAIN);	/* whole or not at all */
	CHECK_EQ(read(fd[0], buf, 65536), 65436);
	CHECK_EQ(write(fd[1], buf, sizeof(buf)), 65536);	/* longer: what fits */
	close_both();
	CHECK_FAILS(pipe2(fd, O_APPEND), EINVAL);
	CHECK_FAILS(pipe(NOWHERE), EFAULT);
}

static void capacity_can_be_asked(void)
{
	int n = 0;

	pipe(fd);
	CHECK_EQ(fcntl(fd[0], F_GETPIPE_SZ), 65536);
	write(fd[1], buf, 1234);
	CHECK_EQ(ioctl(fd[0], FIONREAD, &n), 0);
	CHECK_EQ(n, 1234);
	close_both();
}

static void write_later(void)
{
	while (state_of(getppid()) != 'S')
		nap(1);
	nap(40);
	CHECK_EQ(write(fd[1], "late", 4), 4);
	pause();			/* its end would wake the reader, too */
}

static volatile sig_atomic_t late;

static void too_late(int sig)
{
	late = 1;
}

static void a_read_waits_for_bytes(void)
{
	struct sigaction act = { .sa_handler = too_late };
	long began = now_ms();
	pid_t pid;

	pipe(fd);
	sigaction(SIGALRM, &act, NULL);
	alarm(5);
	pid = start(write_later);
	CHECK_EQ(read(fd[0], buf, 10), 4);
	CHECK(!late);			/* the signal's end of the wait finds the bytes, too */
	CHECK(now_ms() - began >= 30);
	alarm(0);
	kill(pid, SIGKILL);
	CHECK_EQ(reap(pid), 128 + SIGKILL);
	close_both();
}

#define WRITERS 3
#define RECORDS 40

static char letter;

static void write_records(void)
{
	memset(buf, letter, PIPE_BUF);
	for (int i = 0; i < RECORDS; i++)
		CHECK_EQ(write(fd[1], buf, PIPE_BUF), PIPE_BUF);
}

/* Each record of PIPE_BUF bytes arrives unmixed, though the writers block halfway. */
static void writes_are_atomic(void)
{
	int mixed = 0, total = 0, n;

	pipe(fd);
	for (int i = 0; i < WRITERS; i++) {
		letter = 'a' + i;
		start(write_records);
	}
	close(fd[1]);
	for (;;) {
		for (n = 0; n < PIPE_BUF; ) {
			int got = read(fd[0], buf + n, PIPE_BUF - n > 1000 ? 1000 : PIPE_BUF - n);

			if (got <= 0)
				break;
			n += got;
		}
		if (n < PIPE_BUF)
			break;
		total++;
		for (int i = 1; i < n; i++)
			mixed += buf[i] != buf[0];
	}
	CHECK_EQ(n, 0);
	CHECK_EQ(mixed, 0);
	CHECK_EQ(total, WRITERS * RECORDS);
	for (int i = 0; i < WRITERS; i++)
		CHECK_EQ(reap(-1), 0);
	close(fd[0]);
}

static void fill_slowly(void)
{
	memset(buf, 'z', sizeof(buf));
	CHECK_EQ(write(fd[1], buf, sizeof(buf)), sizeof(buf));
}

static void a_long_write_waits_for_room(void)
{
	int total = 0, n;
	pid_t pid;

	pipe(fd);
	pid = start(fill_slowly);
	close(fd[1]);
	while ((n = read(fd[0], buf, 3000)) > 0)
		total += n;
	CHECK_EQ(total, sizeof(buf));
	CHECK_EQ(reap(pid), 0);
	close(fd[0]);
}

static void fifo_ends_without_waiting(void)
{
	int r, w;

	CHECK_EQ(mkfifo(FIFO, 0600), 0);
	CHECK_FAILS(open(FIFO, O_WRONLY | O_NONBLOCK), ENXIO);
	r = open(FIFO, O_RDONLY | O_NONBLOCK);
	CHECK(r >= 0);
	CHECK_EQ(read(r, buf, 1), 0);		/* no writer: end of file */
	w = open(FIFO, O_WRONLY | O_NONBLOCK);
	CHECK(w >= 0);
	CHECK_FAILS(read(r, buf, 1), EAGAIN);
	CHECK_EQ(write(w, "abc", 3), 3);
	CHECK_EQ(read(r, buf, 10), 3);
	CHECK_FAILS(lseek(r, 0, SEEK_SET), ESPIPE);
	close(w);
	CHECK_EQ(read(r, buf, 1), 0);
	close(r);
	unlink(FIFO);
}

static void open_to_write(void)
{
	int w = open(FIFO, O_WRONLY);

	CHECK(w >= 0);
	CHECK_EQ(write(w, "through", 7), 7);
}

static void fifo_opens_meet(void)
{
	pid_t pid;
	int r;

	mkfifo(FIFO, 0600);
	pid = start(open_to_write);
	nap(30);
	r = open(FIFO, O_RDONLY);
	CHECK_EQ(read(r, buf, 10), 7);
	CHECK_EQ(read(r, buf, 10), 0);
	CHECK_EQ(reap(pid), 0);
	close(r);
	unlink(FIFO);
}

static void nothing(int sig)
{
}

static void open_interrupted(void)
{
	struct sigaction act = { .sa_handler = nothing };

	sigaction(SIGUSR1, &act, NULL);
	CHECK_FAILS(open(FIFO, O_RDONLY), EINTR);
}

static void a_signal_ends_an_open(void)
{
	pid_t pid;

	mkfifo(FIFO, 0600);
	pid = start(open_interrupted);
	nap(60);
	kill(pid, SIGUSR1);
	CHECK_EQ(reap(pid), 0);
	unlink(FIFO);
}

static void both_ways_never_wait(void)
{
	int both;

	mkfifo(FIFO, 0600);
	both = open(FIFO, O_RDWR);
	CHECK(both >= 0);
	CHECK_EQ(write(both, "loop", 4), 4);
	CHECK_EQ(read(both, buf, 10), 4);
	close(both);
	unlink(FIFO);
}

static void packets_are_read_one_at_a_time(void)
{
	int n = 1, to[2];

	CHECK_EQ(pipe2(fd, O_DIRECT | O_NONBLOCK), 0);
	CHECK(fcntl(fd[1], F_GETFL) & O_DIRECT && !(fcntl(fd[0], F_GETFL) & O_DIRECT));
	CHECK_EQ(write(fd[1], "abc", 3), 3);
	CHECK_EQ(write(fd[1], "defgh", 5), 5);
	CHECK_EQ(write(fd[1], buf, PIPE_BUF + 10), PIPE_BUF + 10);
	CHECK_EQ(read(fd[0], buf, 100), 3);
	CHECK_EQ(read(fd[0], buf, 2), 2);
	CHECK(!memcmp(buf, "de", 2));
	CHECK_EQ(read(fd[0], buf, sizeof(buf)), PIPE_BUF);	/* what was longer is several */
	CHECK_FAILS(read(fd[0], UNMAPPED, 10), EFAULT);
	CHECK_EQ(read(fd[0], buf, 1), 1);
	CHECK_EQ(ioctl(fd[0], FIONREAD, &n), 0);
	CHECK_EQ(n, 0);
	CHECK_FAILS(read(fd[0], buf, 1), EAGAIN);
	for (n = 0; write(fd[1], "x", 1) == 1; n++)
		;
	CHECK(errno == EAGAIN && n == 16);
	CHECK_EQ(pipe2(to, 0), 0);
	CHECK_EQ(splice(fd[0], NULL, to[1], NULL, 5, 0), 5);
	CHECK_EQ(read(to[0], buf, 100), 1);
	while (read(fd[0], buf, 100) == 1)
		n--;
	CHECK_EQ(n, 5);
	CHECK_EQ(fcntl(fd[1], F_SETFL, 0), 0);
	CHECK_EQ(write(fd[1], "ab", 2), 2);
	CHECK_EQ(fcntl(fd[1], F_SETFL, O_DIRECT), 0);
	CHECK_EQ(write(fd[1], buf, PIPE_BUF), PIPE_BUF);
	CHECK_EQ(write(fd[1], "cd", 2), 2);
	CHECK_EQ(read(fd[0], buf, sizeof(buf)), PIPE_BUF + 2);	/* a stream's end does not end a read */
	CHECK_EQ(read(fd[0], buf, sizeof(buf)), 2);
	close_both();
	close(to[0]);
	close(to[1]);
	CHECK_EQ(mkfifo(FIFO, 0600), 0);
	CHECK_FAILS(open(FIFO, O_RDWR | O_DIRECT), EINVAL);
	unlink(FIFO);
}

static void pipes_have_a_status(void)
{
	struct stat a, b;

	pipe(fd);
	CHECK_EQ(fstat(fd[0], &a) + fstat(fd[1], &b), 0);
	CHECK(S_ISFIFO(a.st_mode) && a.st_ino == b.st_ino && a.st_size == 0);
	close_both();
}

int main(void)
{
	RUN(bytes_come_in_order);
	RUN(end_of_file_without_a_writer);
	RUN(sigpipe_without_a_reader);
	RUN(nonblocking_ends);
	RUN(capacity_can_be_asked);
	RUN(a_read_waits_for_bytes);
	RUN(writes_are_atomic);
	RUN(a_long_write_waits_for_room);
	RUN(fifo_ends_without_waiting);
	RUN(fifo_opens_meet);
	RUN(a_signal_ends_an_open);
	RUN(both_ways_never_wait);
	RUN(packets_are_read_one_at_a_time);
	RUN(pipes_have_a_status);
	return tap_end();
}
