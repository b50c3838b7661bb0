/*
 * init - the first process, and the parent of whoever lost theirs.
 *
 * It runs /etc/rc once, then keeps a shell on the console: a session of its own,
 * whose controlling terminal the console is.  When the machine was started to
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

static char *const rc[] = { "/bin/sh", "/etc/rc", NULL };
static char *const shell[] = { "-sh", NULL };

/* The console as 0, 1 and 2. */
static void open_console(void)
{
	int fd = open("/dev/console", O_RDWR);

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

static void start_shell(void)
{
	setsid();
	open_console();
	ioctl(STDIN_FILENO, TIOCSCTTY, 1);
	tcsetpgrp(STDIN_FILENO, getpgrp());
	if (chdir("/root"))
		chdir("/");
	execv("/bin/sh", shell);
	warn("/bin/sh");
	sleep(1);
	_exit(EXIT_NOT_FOUND);
}

static void show_motd(void)
{
	char text[1024];
	int fd = open("/etc/motd", O_RDONLY);
	ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof(text));

	if (n > 0)
		write_all(STDOUT_FILENO, text, n);
	close(fd);
}

int main(void)
{
	char **command;
	pid_t pid;

	if (getpid() != 1)
		errx(EXIT_FAILURE, "only the kernel starts it");
	setenv("PATH", "/bin:/sbin:/usr/bin", 1);
	setenv("HOME", "/root", 1);
	setenv("TERM", "linux", 0);
	open_console();
	run_rc();
	command = read_command();
	if (command)
		run_command(command);
	show_motd();
	for (;;) {
		pid = fork();
		if (pid == 0)
			start_shell();
		wait_for(pid);
	}
}
