/*
 * pipes.c - a byte from one process to another: pipes, switching, waking.
 */
#include "bench.h"

/* One process writes a byte and reads it back. */
static void row_self(void)
{
	int a[2];
	char c = 0;

	k_pipe(a);
	REPEAT("pipe_self", 200, k_write(a[1], &c, 1); k_read(a[0], &c, 1));
	k_close(a[0]);
	k_close(a[1]);
}

/* A child that gives back every byte: in is what it reads, out what it writes. */
static int start_echo(int a[2], int b[2])
{
	int pid;
	char c;

	k_pipe(a);
	k_pipe(b);
	pid = k_fork();
	if (pid == 0) {
		k_close(a[1]);
		k_close(b[0]);
		while (k_read(a[0], &c, 1) == 1)
			k_write(b[1], &c, 1);
		k_exit(0);
	}
	k_close(a[0]);
	k_close(b[1]);
	return pid;
}

static void end_child(int pid, int to, int from)
{
	k_close(to);
	k_close(from);
	k_wait(pid);
}

static void row_round_trip(void)
{
	int a[2], b[2], pid = start_echo(a, b);
	char c = 0;

	REPEAT("pipe_rt", 100, k_write(a[1], &c, 1); k_read(b[0], &c, 1));
	end_child(pid, a[1], b[0]);
}

static void row_unix(void)
{
	int sv[2], sa[4] = { 1, 1, 0, (int)sv }, pid;
	char c = 0;

	if (sc2(SYS_socketcall, 8 /* socketpair */, (int)sa) < 0) {
		unsupported("unix_rt");
		return;
	}
	pid = k_fork();
	if (pid == 0) {
		k_close(sv[0]);
		while (k_read(sv[1], &c, 1) == 1)
			k_write(sv[1], &c, 1);
		k_exit(0);
	}
	k_close(sv[1]);
	REPEAT("unix_rt", 100, k_write(sv[0], &c, 1); k_read(sv[0], &c, 1));
	k_close(sv[0]);
	k_wait(pid);
}

/* 1 MiB in 64 KiB writes, then one byte back; per KiB */
static void row_bandwidth(void)
{
	int a[2], b[2], pid, i;
	char c = 0;

	k_pipe(a);
	k_pipe(b);
	pid = k_fork();
	if (pid == 0) {
		k_close(a[1]);
		k_close(b[0]);
		for (;;) {
			for (i = 0; i < 16; i++)
				if (readn(a[0], buf, sizeof buf) <= 0)
					k_exit(0);
			k_write(b[1], &c, 1);
		}
	}
	k_close(a[0]);
	k_close(b[1]);
	REPEATD("pipe_bw_64k", 1, 1024,
		for (i = 0; i < 16; i++)
			k_write(a[1], buf, sizeof buf);
		k_read(b[0], &c, 1));
	end_child(pid, a[1], b[0]);
}

/* A byte goes round eight processes; per hop */
static void row_ring(void)
{
	int a[2], b[2], pid, i, first, prev;
	char c = 0;

	k_pipe(a);
	first = a[1];
	prev = a[0];
	for (i = 1; i < 8; i++) {
		k_pipe(b);
		pid = k_fork();
		if (pid == 0) {
			k_close(first);
			k_close(b[0]);
			while (k_read(prev, &c, 1) == 1)
				k_write(b[1], &c, 1);
			k_exit(0);
		}
		k_close(prev);
		k_close(b[1]);
		prev = b[0];
	}
	REPEATD("ctx_ring8", 20, 160, k_write(first, &c, 1); k_read(prev, &c, 1));
	k_close(first);
	k_close(prev);
	for (i = 1; i < 8; i++)
		k_wait(-1);
}

/*
 * The writer's time stamp goes through the pipe; the sleeping reader compares
 * it with its own clock.
 */
static void row_wakeup(void)
{
	int a[2], b[2], pid, i;
	u64 t;

	k_pipe(a);
	k_pipe(b);
	pid = k_fork();
	if (pid == 0) {
		k_close(a[1]);
		k_close(b[0]);
		while (k_read(a[0], &t, 8) == 8) {
			t = now() - t;
			k_write(b[1], &t, 8);
		}
		k_exit(0);
	}
	k_close(a[0]);
	k_close(b[1]);
	for (i = -10; i < 101; i++) {
		t = now();
		k_write(a[1], &t, 8);
		k_read(b[0], &t, 8);
		if (i >= 0)
			add(t);
	}
	end_child(pid, a[1], b[0]);
	report("wakeup", 1);
}

void row_pipes(void)
{
	if (want("pipe_self"))
		row_self();
	if (want("pipe_rt"))
		row_round_trip();
	if (want("unix_rt"))
		row_unix();
	if (want("pipe_bw_64k"))
		row_bandwidth();
	if (want("ctx_ring8"))
		row_ring();
	if (want("wakeup"))
		row_wakeup();
}
