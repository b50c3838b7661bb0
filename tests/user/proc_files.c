/*
 * /proc: what it tells of a process and of the machine, in the form that
 * programs read it.
 * host: yes
 */
#include <dirent.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "case.h"

static char text[65536];

/* The whole of a file, ended by a zero. Reads of odd sizes must fit together. */
static int slurp(const char *name)
{
	int fd = open(name, O_RDONLY), n = 0, got;

	if (!CHECK(fd >= 0))
		return -1;
	while (n < (int)sizeof(text) - 1000 && (got = read(fd, text + n, 777)) > 0)
		n += got;
	text[n] = 0;
	close(fd);
	return n;
}

/* The number behind a word at the start of a line; -1 if there is none. */
static long number_of(const char *word)
{
	for (char *line = text; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
		if (strncmp(line, word, strlen(word)) == 0)
			return atol(line + strlen(word));
	return -1;
}

static void self_is_oneself(void)
{
	char name[40], link[40];
	int n = readlink("/proc/self", link, sizeof(link) - 1);

	CHECK(n > 0);
	link[n] = 0;
	CHECK_EQ(atoi(link), getpid());
	sprintf(name, "/proc/%d/stat", getpid());
	CHECK(slurp(name) > 0);
	CHECK_EQ(atoi(text), getpid());
	CHECK_FAILS(open("/proc/99999999/stat", O_RDONLY), ENOENT);
}

static void stat_has_its_fields(void)
{
	int pid, ppid, pgrp, session;
	char name[20], state, *close;

	CHECK(slurp("/proc/self/stat") > 0);
	CHECK_EQ(sscanf(text, "%d (%[a-z_]) %c %d %d %d", &pid, name, &state, &ppid, &pgrp, &session), 6);
	CHECK(pid == getpid() && ppid == getppid() && pgrp == getpgrp() && session == getsid(0));
	CHECK(state == 'R' && strcmp(name, "proc_files") == 0);
	close = strrchr(text, ')');
	pid = 0;
	for (char *p = close; p && *p; p++)
		pid += *p == ' ';
	CHECK(pid >= 42);			/* fields after the name */
}

static void status_names_what_it_tells(void)
{
	CHECK(slurp("/proc/self/status") > 0);
	CHECK(strstr(text, "Name:\tproc_files\n") != NULL);
	CHECK_EQ(number_of("Pid:"), getpid());
	CHECK_EQ(number_of("PPid:"), getppid());
	CHECK_EQ(number_of("Tgid:"), getpid());
	CHECK_EQ(number_of("Uid:"), getuid());
	CHECK(strstr(text, "State:\tR") != NULL);
	CHECK(number_of("VmSize:") > 0 && number_of("Threads:") == 1);
}

static void cmdline_is_what_exec_got(void)
{
	CHECK(slurp("/proc/self/cmdline") > 0);
	CHECK(strstr(text, "proc_files") != NULL);
	CHECK(slurp("/proc/self/comm") > 0);
	CHECK(strcmp(text, "proc_files\n") == 0);
}

static void maps_show_each_mapping(void)
{
	char *p = mmap(NULL, 3 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), line[60];

	mprotect(p + PAGE, PAGE, PROT_READ | PROT_WRITE);
	CHECK(slurp("/proc/self/maps") > 0);
	sprintf(line, "%08lx-%08lx rw-p 00000000 ", (long)p + PAGE, (long)p + 2 * PAGE);
	CHECK(strstr(text, line) != NULL);
	CHECK(strstr(text, "[stack]") && strstr(text, "proc_files"));
	CHECK(strstr(text, "r-xp"));
	munmap(p, 3 * PAGE);
}

static void fd_lists_the_open(void)
{
	int fd = file_with("proc.tmp", ""), found = 0, n;
	char name[40], target[300];
	struct dirent *d;
	struct stat a, b;
	DIR *dir;

	dup2(fd, 33);
	dir = opendir("/proc/self/fd");
	while ((d = readdir(dir)))
		found += strcmp(d->d_name, "33") == 0;
	closedir(dir);
	CHECK_EQ(found, 1);
	sprintf(name, "/proc/self/fd/%d", fd);
	n = readlink(name, target, sizeof(target) - 1);
	CHECK(n > 0);
	target[n > 0 ? n : 0] = 0;
	CHECK(target[0] == '/' && strstr(target, "/proc.tmp"));
	CHECK_EQ(stat("/proc/self/fd/33", &a), 0);	/* through the link */
	CHECK_EQ(fstat(fd, &b), 0);
	CHECK(a.st_ino == b.st_ino && a.st_dev == b.st_dev);
	close(33);
	CHECK_FAILS(stat("/proc/self/fd/33", &a), ENOENT);
	close(fd);
	unlink("proc.tmp");
}

static void links_lead_to_places(void)
{
	char target[300], cwd[300];
	int n = readlink("/proc/self/cwd", target, sizeof(target) - 1);

	target[n > 0 ? n : 0] = 0;
	CHECK(getcwd(cwd, sizeof(cwd)) && strcmp(cwd, target) == 0);
	n = readlink("/proc/self/exe", target, sizeof(target) - 1);
	target[n > 0 ? n : 0] = 0;
	CHECK(strlen(target) > 10 && strcmp(target + strlen(target) - 11, "/proc_files") == 0);
	n = readlink("/proc/self/root", target, sizeof(target));
	CHECK(n == 1 && target[0] == '/');
}

static void a_dead_child_is_still_named(void)
{
	char name[40];
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	waitid(P_PID, pid, NULL, WEXITED | WNOWAIT, NULL);
	sprintf(name, "/proc/%d/status", pid);
	CHECK(slurp(name) > 0);
	CHECK(strstr(text, "State:\tZ") != NULL);
	CHECK_EQ(reap(pid), 0);
	CHECK_FAILS(open(name, O_RDONLY), ENOENT);
}

static void processes_are_listed(void)
{
	DIR *dir = opendir("/proc");
	int me = 0, first = 0;
	struct dirent *d;

	while ((d = readdir(dir))) {
		me += atoi(d->d_name) == getpid();
		first += strcmp(d->d_name, "1") == 0;
	}
	closedir(dir);
	CHECK_EQ(me, 1);
	CHECK_EQ(first, 1);
}

static void memory_is_told(void)
{
	long total, left;

	CHECK(slurp("/proc/meminfo") > 0);
	total = number_of("MemTotal:");
	left = number_of("MemFree:");
	CHECK(total > 4000 && left > 0 && left < total);
	CHECK(strstr(text, " kB\n") != NULL);
}

/* Seconds with two decimals. */
static long hundredths(const char *p)
{
	char *point;
	long seconds = strtol(p, &point, 10);

	return *point == '.' ? seconds * 100 + strtol(point + 1, NULL, 10) : -1;
}

static void the_machine_is_told(void)
{
	char before[40];

	CHECK(slurp("/proc/uptime") > 0);
	strncpy(before, text, 39);
	CHECK(hundredths(text) > 0 && strchr(text, ' '));
	nap(30);
	slurp("/proc/uptime");
	CHECK(hundredths(text) > hundredths(before));
	CHECK(slurp("/proc/version") > 0);
	CHECK(strncmp(text, "Linux version ", 14) == 0);
	CHECK(slurp("/proc/filesystems") > 0);
	CHECK(strstr(text, "nodev\tproc\n") && strstr(text, "nodev\ttmpfs\n"));
	CHECK(slurp("/proc/devices") > 0);
	CHECK(strstr(text, "Character devices:\n  1 mem\n") != NULL);
	CHECK(slurp("/proc/mounts") > 0);
	CHECK(strstr(text, " / ") && strstr(text, " /proc proc "));
	CHECK(slurp("/proc/stat") > 0);
	CHECK(strncmp(text, "cpu ", 4) == 0 && number_of("btime ") > 1700000000);
	CHECK(slurp("/proc/cmdline") >= 0);
	CHECK(slurp("/proc/loadavg") > 0);
	CHECK(slurp("/proc/interrupts") > 0);
}

static void it_cannot_be_written(void)
{
	CHECK_FAILS(open("/proc/new", O_CREAT | O_WRONLY, 0600), ENOENT);
	CHECK(mkdir("/proc/new", 0755) < 0 && (errno == ENOENT || errno == EPERM || errno == EACCES));
	CHECK(unlink("/proc/version") < 0 && (errno == EPERM || errno == EACCES || errno == ENOENT));
}

int main(void)
{
	RUN(self_is_oneself);
	RUN(stat_has_its_fields);
	RUN(status_names_what_it_tells);
	RUN(cmdline_is_what_exec_got);
	RUN(maps_show_each_mapping);
	RUN(fd_lists_the_open);
	RUN(links_lead_to_places);
	RUN(a_dead_child_is_still_named);
	RUN(processes_are_listed);
	RUN(memory_is_told);
	RUN(the_machine_is_told);
	RUN(it_cannot_be_written);
	return tap_end();
}
