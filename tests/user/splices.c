/*
 * splice, tee, vmsplice: bytes from file to file through a pipe.
 * host: yes
 */
#include <sys/syscall.h>
#include <sys/uio.h>
#include "case.h"

#define NONBLOCK	SPLICE_F_NONBLOCK

static int p[2], q[2], file;

static long splice_(int in, long long *off_in, int out, long long *off_out, size_t len, int flags)
{
	return splice(in, off_in, out, off_out, len, flags);
}

static long tee_(int in, int out, size_t len, int flags)
{
	return tee(in, out, len, flags);
}

static int holds(int fd, const char *text)
{
	char got[100] = "";

	return read(fd, got, sizeof(got) - 1) == (ssize_t)strlen(text) && !strcmp(got, text);
}

static void open_all(void)
{
	CHECK_EQ(pipe(p), 0);
	CHECK_EQ(pipe(q), 0);
	file = file_with("spliced", "0123456789");
}

static void close_all(void)
{
	close(file);
	close(p[0]);
	close(p[1]);
	close(q[0]);
	close(q[1]);
}

/* contract: S0-01 */
static void file_to_pipe_to_file(void)
{
	long long at = 4;
	int other = open("other", O_RDWR | O_CREAT | O_TRUNC, 0644);

	CHECK_EQ(splice_(file, NULL, p[1], NULL, 3, 0), 3);
	CHECK_EQ(lseek(file, 0, SEEK_CUR), 3);
	CHECK_EQ(splice_(file, &at, p[1], NULL, 100, 0), 6);
	CHECK_EQ(at, 10);
	CHECK_EQ(lseek(file, 0, SEEK_CUR), 3);
	CHECK_EQ(splice_(file, &at, p[1], NULL, 100, 0), 0);	/* the end */
	CHECK_EQ(splice_(p[0], NULL, other, NULL, 5, 0), 5);
	CHECK_EQ(lseek(other, 0, SEEK_CUR), 5);
	at = 1;
	CHECK_EQ(splice_(p[0], NULL, other, &at, 2, 0), 2);
	CHECK_EQ(at, 3);
	lseek(other, 0, SEEK_SET);
	CHECK(holds(other, "06745"));
	CHECK(holds(p[0], "89"));
	close(other);
}

static void pipe_to_pipe(void)
{
	CHECK_EQ(write(p[1], "abcdef", 6), 6);
	CHECK_EQ(tee_(p[0], q[1], 4, 0), 4);
	CHECK(holds(q[0], "abcd"));
	CHECK_EQ(splice_(p[0], NULL, q[1], NULL, 2, 0), 2);
	CHECK_EQ(splice_(p[0], NULL, q[1], NULL, 100, 0), 4);
	CHECK(holds(q[0], "abcdef"));
	CHECK_FAILS(splice_(p[0], NULL, q[1], NULL, 1, NONBLOCK), EAGAIN);
	CHECK_FAILS(tee_(p[0], q[1], 1, NONBLOCK), EAGAIN);
	close(p[1]);
	CHECK_EQ(splice_(p[0], NULL, q[1], NULL, 1, 0), 0);	/* no writer left */
	CHECK_EQ(tee_(p[0], q[1], 1, 0), 0);
}

static void a_full_pipe(void)
{
	static char block[65536];
	int i, all = 0;

	CHECK_EQ(write(p[1], block, sizeof(block)), sizeof(block));
	CHECK_FAILS(splice_(file, NULL, p[1], NULL, 10, NONBLOCK), EAGAIN);
	fcntl(p[1], F_SETFL, O_WRONLY | O_NONBLOCK);
	CHECK_FAILS(splice_(file, NULL, p[1], NULL, 10, 0), EAGAIN);
	for (i = 0; i < 40 && all < (int)sizeof(block); i++)
		all += splice_(p[0], NULL, q[1], NULL, sizeof(block), 0);
	CHECK_EQ(all, sizeof(block));
	CHECK_EQ(splice_(file, NULL, p[1], NULL, 10, NONBLOCK), 10);
	CHECK(holds(p[0], "0123456789"));
}

static void user_memory(void)
{
	char a[] = "abc", b[] = "defg", got[10] = "";
	struct iovec two[2] = { { a, 3 }, { b, 4 } }, into = { got, 5 };

	CHECK_EQ(vmsplice(p[1], two, 2, 0), 7);
	CHECK_EQ(vmsplice(p[0], &into, 1, 0), 5);
	CHECK(!strcmp(got, "abcde"));
	CHECK(holds(p[0], "fg"));
	CHECK_FAILS(vmsplice(file, two, 2, 0), EBADF);
	CHECK_FAILS(vmsplice(p[0], two, 2, NONBLOCK), EAGAIN);
	CHECK_FAILS(vmsplice(p[1], two, 2, 0x100), EINVAL);
}

static void errors(void)
{
	long long at = 0;
	int end = open("spliced", O_WRONLY | O_APPEND);

	CHECK_EQ(splice_(99, NULL, 99, NULL, 0, 0), 0);
	CHECK_FAILS(splice_(99, NULL, p[1], NULL, 1, 0), EBADF);
	CHECK_FAILS(splice_(file, NULL, 99, NULL, 1, 0), EBADF);
	CHECK_FAILS(splice_(p[1], NULL, q[0], NULL, 1, 0), EBADF);
	CHECK_FAILS(splice_(file, NULL, file, NULL, 1, 0), EINVAL);	/* no pipe */
	CHECK_FAILS(splice_(p[0], NULL, p[1], NULL, 1, 0), EINVAL);	/* one pipe */
	CHECK_FAILS(splice_(p[0], &at, file, NULL, 1, 0), ESPIPE);
	CHECK_FAILS(splice_(file, NULL, p[1], &at, 1, 0), ESPIPE);
	CHECK_FAILS(splice_(file, NOWHERE, p[1], NULL, 1, 0), EFAULT);
	CHECK_FAILS(splice_(file, NULL, p[1], NULL, 1, 0x100), EINVAL);
	CHECK_EQ(write(p[1], "x", 1), 1);
	CHECK_FAILS(splice_(p[0], NULL, end, NULL, 1, 0), EINVAL);	/* O_APPEND */
	CHECK_FAILS(tee_(p[0], p[1], 1, 0), EINVAL);
	CHECK_FAILS(tee_(p[0], file, 1, 0), EINVAL);
	close(end);
	signal(SIGPIPE, SIG_IGN);
	close(q[0]);
	CHECK_FAILS(splice_(file, NULL, q[1], NULL, 1, 0), EPIPE);
	CHECK_FAILS(splice_(p[0], NULL, q[1], NULL, 1, 0), EPIPE);
	signal(SIGPIPE, SIG_DFL);
}

static void write_later(void)
{
	nap(30);
	CHECK_EQ(write(p[1], "late", 4), 4);
}

static void it_waits_for_bytes(void)
{
	long before = now_ms();
	pid_t pid = start(write_later);

	CHECK_EQ(splice_(p[0], NULL, file, NULL, 100, 0), 4);
	CHECK(now_ms() - before >= 25);
	CHECK_EQ(reap(pid), 0);
	lseek(file, 0, SEEK_SET);
	CHECK(holds(file, "late456789"));
}

/* Each case with two pipes and a file of ten bytes. */
#define RUN_OPEN(function) do { open_all(); RUN(function); close_all(); } while (0)

int main(void)
{
	RUN_OPEN(file_to_pipe_to_file);
	RUN_OPEN(pipe_to_pipe);
	RUN_OPEN(a_full_pipe);
	RUN_OPEN(user_memory);
	RUN_OPEN(errors);
	RUN_OPEN(it_waits_for_bytes);
	unlink("spliced");
	unlink("other");
	return tap_end();
}
