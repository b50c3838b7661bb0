/*
 * ps - which processes there are.  There is no call for that: it reads
 * /proc/PID/stat, one line of text a process.
 */
#include <ctype.h>
#include <dirent.h>
#include <limits.h>
#include "command.h"

static const char help[] =
	"usage: ps [-ef]\n"
	"Shows every process: numbers, state (R runs, S sleeps, D waits for a device,\n"
	"T stopped, Z ended), terminal, time used and name.\n";

static void show_terminal(int tty)
{
	int major = tty >> 8 & 0xfff, minor = tty & 0xff;

	if (!tty)
		printf(" %-6s", "?");
	else if (major == 4 && minor >= 64)
		printf(" ttyS%-2d", minor - 64);
	else
		printf(" tty%-3d", minor);
}

static void show_time(unsigned long ticks)
{
	unsigned long seconds = ticks / sysconf(_SC_CLK_TCK);

	printf(" %5lu:%02lu", seconds / 60, seconds % 60);
}

static void show_process(const char *pid)
{
	char path[64], text[512], *name, *end;
	int ppid, pgrp, session, tty;
	unsigned long utime, stime;
	char state;
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%s/stat", pid);
	f = fopen(path, "r");
	if (!f)
		return;				/* it has ended meanwhile */
	n = fread(text, 1, sizeof(text) - 1, f);
	fclose(f);
	text[n] = '\0';
	name = strchr(text, '(');
	end = strrchr(text, ')');		/* the name itself may hold one */
	if (!name || !end)
		return;
	*end = '\0';
	if (sscanf(end + 2, "%c %d %d %d %d %*d %*u %*u %*u %*u %*u %lu %lu", &state, &ppid, &pgrp,
		   &session, &tty, &utime, &stime) != 7)
		return;
	printf("%5s %5d %5d %c", pid, ppid, pgrp, state);
	show_terminal(tty);
	show_time(utime + stime);
	printf(" %s\n", name + 1);
}

static int by_number(const void *a, const void *b)
{
	return atoi(*(char *const *)a) - atoi(*(char *const *)b);
}

int main(int argc, char **argv)
{
	char *pids[4096];
	struct dirent *d;
	size_t i, n = 0;
	DIR *proc;

	while (next_option(argc, argv, "ef", help) != -1)
		;
	proc = opendir("/proc");
	if (!proc)
		err(EXIT_FAILURE, "/proc");
	while ((d = readdir(proc)))
		if (isdigit(d->d_name[0]) && n < sizeof(pids) / sizeof(pids[0]))
			pids[n++] = strdup(d->d_name);
	closedir(proc);
	qsort(pids, n, sizeof(pids[0]), by_number);
	puts("  PID  PPID  PGRP S TTY       TIME COMMAND");
	for (i = 0; i < n; i++)
		show_process(pids[i]);
	return 0;
}
