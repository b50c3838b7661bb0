/*
 * init - the first process, and the parent of whoever lost theirs.
 *
 * It runs /etc/rc once, then keeps a shell on each terminal that /etc/ttys names: a
 * session of its own, whose controlling terminal that is.  When the machine was started to
 * run one command (docs/reference/guest-channel.md), it runs that instead, tells
 * its status and powers off.
 * The calls: fork(2), setsid(2), execve(2), wait4(2), ioctl(2) with TIOCSCTTY, reboot(2).
 */
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include "command.h"

#define COMMAND_MAX 65536
#define EXIT_NOT_EXECUTABLE 126
#define EXIT_NOT_FOUND 127

static const char help[] =
	"usage: init\n"
	"The first process: only the kernel starts it.\n";

static char *const rc[] = { "/bin/sh", "/etc/rc", NULL };
static char *const shell[] = { "-sh", NULL };

#define TTYS "/etc/ttys"
#define TTYS_MAX 8

struct terminal {
	char device[32];
	pid_t shell;		/* 0: none runs */
};

/* A terminal as 0, 1 and 2. */
static void open_terminal(const char *device)
{
	int fd = open(device, O_RDWR | O_NOCTTY);

	if (fd < 0)
		return;
	dup2(fd, STDIN_FILENO);
	dup2(fd, STDOUT_FILENO);
	dup2(fd, STDERR_FILENO);
	if (fd > STDERR_FILENO)
		close(fd);
}

/* Waits for that child, and reaps whatever else ends meanwhile; its wait status. */
static int wait_for(pid_t pid)
{
	int status;
	pid_t dead;

	do {
		dead = wait(&status);
	} while (dead != pid && (dead > 0 || errno == EINTR));
	return dead == pid ? status : 0;
}

static void run_rc(void)
{
	pid_t pid;

	if (access(rc[1], R_OK))
		return;
	pid = fork();
	if (pid == 0) {
		execv(rc[0], rc);
		err(EXIT_NOT_FOUND, "%s", rc[0]);
	}
	if (pid > 0)
		wait_for(pid);
}

/* ------------------------------------------------------------------ one command */

/* The command from the channel as an argument vector; NULL: there is none. */
static char **read_command(void)
{
	static char text[COMMAND_MAX];
	int fd = open("/dev/guest0", O_RDWR), n = 0, got, argc = 0;
	char **argv, *p;

	if (fd < 0)
		return NULL;
	while ((got = read(fd, text + n, sizeof(text) - 1 - n)) > 0)
		n += got;
	close(fd);
	if (n == 0)
		return NULL;
	for (p = text; p < text + n; p++)
		argc += !*p;
	argv = calloc(argc + 2, sizeof(*argv));
	if (!argv)
		err(EXIT_FAILURE, "the command");
	for (argc = 0, p = text; p < text + n; p += strlen(p) + 1)
		argv[argc++] = p;
	return argv;
}

static void start_command(char **argv)
{
	int null = open("/dev/null", O_RDONLY), out = open("/dev/guest0", O_WRONLY);

	setsid();
	dup2(null, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	close(null);
	close(out);
	if (chdir("/root"))
		chdir("/");
	execvp(argv[0], argv);
	warn("%s", argv[0]);
	_exit(errno == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE);
}

static void run_command(char **argv)
{
	int status, fd;
	pid_t pid = fork();

	if (pid == 0)
		start_command(argv);
	status = pid < 0 ? EXIT_NOT_EXECUTABLE << 8 : wait_for(pid);
	fd = open("/dev/guest1", O_WRONLY);
	if (fd < 0 || write(fd, &status, sizeof(status)) != sizeof(status))
		warn("/dev/guest1");
	sync();
	reboot(RB_POWER_OFF);
}

/* ------------------------------------------------------------------ a shell for ever */

static void show_motd(void)
{
	char text[1024];
	int fd = open("/etc/motd", O_RDONLY);
	ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof(text));

	if (n > 0)
		write_all(STDOUT_FILENO, text, n);
	close(fd);
}

static void start_shell(const char *device, int first)
{
	setsid();
	open_terminal(device);
	ioctl(STDIN_FILENO, TIOCSCTTY, 1);
	tcsetpgrp(STDIN_FILENO, getpgrp());
	if (first)
		show_motd();
	if (chdir("/root"))
		chdir("/");
	execv("/bin/sh", shell);
	warn("/bin/sh");
	sleep(1);
	_exit(EXIT_NOT_FOUND);
}

static int can_open(const char *device)
{
	int fd = open(device, O_RDWR | O_NOCTTY | O_NONBLOCK);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* The terminals of /etc/ttys whose devices are there, else the console; their number. */
static int read_ttys(struct terminal *ttys)
{
	char line[128];
	FILE *file = fopen(TTYS, "r");
	int n = 0;

	while (file && n < TTYS_MAX && fgets(line, sizeof(line), file)) {
		line[strcspn(line, " \t\n")] = '\0';
		if (!*line || *line == '#')
			continue;
		snprintf(ttys[n].device, sizeof(ttys[n].device), "/dev/%.24s", line);
		n += can_open(ttys[n].device);
	}
	if (file)
		fclose(file);
	if (n == 0)
		strcpy(ttys[n++].device, "/dev/console");
	return n;
}

static void __attribute__((noreturn)) keep_shells(void)
{
	static struct terminal ttys[TTYS_MAX];
	int n = read_ttys(ttys), first = 1, i;
	pid_t dead;

	for (;;) {
		for (i = 0; i < n; i++) {
			if (ttys[i].shell)
				continue;
			ttys[i].shell = fork();
			if (ttys[i].shell == 0)
				start_shell(ttys[i].device, first);
			if (ttys[i].shell < 0)
				ttys[i].shell = 0;
		}
		first = 0;
		dead = wait(NULL);
		if (dead < 0)
			sleep(1);	/* no shell could be started: not at full speed again */
		for (i = 0; i < n; i++)
			if (ttys[i].shell == dead)
				ttys[i].shell = 0;
	}
}

int main(int argc, char **argv)
{
	char **command;

	if (getpid() != 1)
		start(argc, argv, help);
	if (getpid() != 1)
		wrong_usage(help);
	setenv("PATH", "/bin:/sbin:/usr/bin", 1);
	setenv("HOME", "/root", 1);
	setenv("TERM", "linux", 0);
	open_terminal("/dev/console");
	run_rc();
	if (fcntl(STDIN_FILENO, F_GETFD) < 0)
		open_terminal("/dev/console");	/* its driver was a module */
	command = read_command();
	if (command)
		run_command(command);
	keep_shells();
}
