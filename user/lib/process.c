/* process.c: exec with a search path or a list of arguments, wait, sleep, system(). */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <paths.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>
#include "libc.h"

pid_t waitpid(pid_t pid, int *status, int options)
{
	return wait4(pid, status, options, NULL);
}

pid_t wait3(int *status, int options, struct rusage *usage)
{
	return wait4(-1, status, options, usage);
}

pid_t wait(int *status)
{
	return wait4(-1, status, 0, NULL);
}

int execv(const char *path, char *const argv[])
{
	return execve(path, argv, environ);
}

/* A file that is executable and neither ELF nor #! is a shell's script. */
static int exec_or_script(const char *path, char *const argv[], char *const envp[])
{
	size_t argc = 0;

	execve(path, argv, envp);
	if (errno != ENOEXEC)
		return -1;
	while (argv[argc])
		argc++;
	{
		char *script[argc + 2];

		script[0] = "sh";
		script[1] = (char *)path;
		memcpy(script + 2, argv + 1, argc * sizeof(*argv));
		return execve(_PATH_BSHELL, script, envp);
	}
}

/* Tries each directory of PATH; a file that may not be executed is remembered, the search goes on. */
int execvpe(const char *file, char *const argv[], char *const envp[])
{
	const char *dir = getenv("PATH"), *end;
	char path[PATH_MAX];
	int denied = 0;

	if (strchr(file, '/'))
		return exec_or_script(file, argv, envp);
	if (!dir)
		dir = _PATH_DEFPATH;
	for (;; dir = end + 1) {
		end = strchrnul(dir, ':');
		snprintf(path, sizeof(path), "%.*s%s%s", (int)(end - dir), dir, end > dir ? "/" : "", file);
		exec_or_script(path, argv, envp);
		if (errno == EACCES)
			denied = 1;
		else if (errno != ENOENT && errno != ENOTDIR)
			return -1;
		if (!*end)
			break;
	}
	errno = denied ? EACCES : ENOENT;
	return -1;
}

int execvp(const char *file, char *const argv[])
{
	return execvpe(file, argv, environ);
}

/* Arguments up to the null pointer that ends them, the first one (arg) counted. */
static size_t count_args(va_list ap)
{
	size_t n = 1;

	while (va_arg(ap, char *))
		n++;
	return n;
}

int execl(const char *path, const char *arg, ...)
{
	size_t n, i;
	va_list ap;

	va_start(ap, arg);
	n = count_args(ap);
	va_end(ap);
	{
		char *argv[n + 1];

		va_start(ap, arg);
		argv[0] = (char *)arg;
		for (i = 1; i <= n; i++)
			argv[i] = va_arg(ap, char *);
		va_end(ap);
		return execv(path, argv);
	}
}

int execlp(const char *file, const char *arg, ...)
{
	size_t n, i;
	va_list ap;

	va_start(ap, arg);
	n = count_args(ap);
	va_end(ap);
	{
		char *argv[n + 1];

		va_start(ap, arg);
		argv[0] = (char *)arg;
		for (i = 1; i <= n; i++)
			argv[i] = va_arg(ap, char *);
		va_end(ap);
		return execvp(file, argv);
	}
}

unsigned int sleep(unsigned int seconds)
{
	struct timespec left = { .tv_sec = seconds };

	return nanosleep(&left, &left) < 0 ? left.tv_sec : 0;
}

int usleep(useconds_t usec)
{
	struct timespec want = { usec / 1000000, usec % 1000000 * 1000 };

	return nanosleep(&want, NULL);
}

/* Returns the error itself, not through errno. */
int clock_nanosleep(clockid_t clock, int flags, const struct timespec *want, struct timespec *left)
{
	int saved = errno, error = __clock_nanosleep(clock, flags, want, left) < 0 ? errno : 0;

	errno = saved;
	return error;
}

static int wait_status(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}

/* While the command runs, ^C and ^\ are for it alone, and its SIGCHLD must not be taken by a handler. */
int system(const char *command)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, interrupt, quit;
	sigset_t block, mask;
	int status = -1;
	pid_t pid;

	if (!command)
		return access(_PATH_BSHELL, X_OK) == 0;
	sigemptyset(&block);
	sigaddset(&block, SIGCHLD);
	sigaction(SIGINT, &ignore, &interrupt);
	sigaction(SIGQUIT, &ignore, &quit);
	sigprocmask(SIG_BLOCK, &block, &mask);
	pid = fork();
	if (pid == 0) {
		sigaction(SIGINT, &interrupt, NULL);
		sigaction(SIGQUIT, &quit, NULL);
		sigprocmask(SIG_SETMASK, &mask, NULL);
		execl(_PATH_BSHELL, "sh", "-c", command, NULL);
		_exit(127);
	}
	if (pid > 0)
		status = wait_status(pid);
	sigaction(SIGINT, &interrupt, NULL);
	sigaction(SIGQUIT, &quit, NULL);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	return status;
}
