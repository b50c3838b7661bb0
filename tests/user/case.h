/*
 * What many cases need beside tap.h: children whose failed checks count, short
 * naps, files with content. Names are relative: a test starts in a folder it may write.
 */
#ifndef TESTS_CASE_H
#define TESTS_CASE_H

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <sys/wait.h>
#include "tap.h"

#define PAGE 4096
#define NOWHERE ((void *)0xFFFFF000)	/* nobody's user memory */
#define UNMAPPED ((void *)0x2000)	/* could be, but is not */

/* The status of a child (-1: any) that ended, as the shell would say it: 128+n for a signal. */
static inline int reap(pid_t pid)
{
	int status = 0;

	if (waitpid(pid, &status, 0) <= 0)
		return -1;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static inline pid_t start(void (*function)(void))
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid)
		return pid;
	tap_case_failed = 0;
	function();
	fflush(stdout);
	_exit(tap_case_failed);
}

/* Runs @function in a child; its failed checks count as the case's. */
static inline void in_child(void (*function)(void))
{
	CHECK_EQ(reap(start(function)), 0);
}

static inline void nap(int ms)
{
	struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	while (nanosleep(&t, &t) < 0)
		;
}

/* Milliseconds of a clock that never jumps. */
static inline long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* What /proc says that it does: 'S' sleeps, till a signal at the latest. */
static inline char state_of(pid_t pid)
{
	char name[32], line[200] = "";
	FILE *f;
	char *end;

	snprintf(name, sizeof(name), "/proc/%d/stat", pid);
	f = fopen(name, "r");
	if (f) {
		fgets(line, sizeof(line), f);
		fclose(f);
	}
	end = strrchr(line, ')');
	return end ? end[2] : '?';
}

/* A new file that holds @text, open for both ways at its start. */
static inline int file_with(const char *name, const char *text)
{
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0644);

	if (!CHECK(fd >= 0) || !CHECK(write(fd, text, strlen(text)) == (ssize_t)strlen(text)))
		return fd;
	lseek(fd, 0, SEEK_SET);
	return fd;
}

#endif
