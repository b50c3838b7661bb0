/* fopen.c: streams open and close; popen(). */
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "libc.h"
#include "stdio_impl.h"

static FILE standard[3] = {
	{ .fd = 0, .flags = F_READABLE | F_STATIC, .mode = -1, .pushed = EOF, .next = &standard[1] },
	{ .fd = 1, .flags = F_WRITABLE | F_STATIC, .mode = -1, .pushed = EOF, .next = &standard[2] },
	{ .fd = 2, .flags = F_WRITABLE | F_STATIC, .mode = _IONBF, .pushed = EOF },
};
static FILE *streams = standard;

FILE *const stdin = &standard[0];
FILE *const stdout = &standard[1];
FILE *const stderr = &standard[2];

/* What exit() does: only output that waits; input is left where the next process expects it. */
void __flush_all(void)
{
	FILE *f;

	for (f = streams; f; f = f->next)
		fflush(f);
}

/* "r", "w", "a", then + for both ways, b for nothing, e for O_CLOEXEC, x for O_EXCL. */
int __mode_flags(const char *mode)
{
	int flags = strchr(mode, '+') ? O_RDWR : *mode == 'r' ? O_RDONLY : O_WRONLY;

	if (!*mode || !strchr("rwa", *mode)) {
		errno = EINVAL;
		return -1;
	}
	if (*mode != 'r')
		flags |= O_CREAT | (*mode == 'w' ? O_TRUNC : O_APPEND);
	if (strchr(mode, 'e'))
		flags |= O_CLOEXEC;
	if (strchr(mode, 'x'))
		flags |= O_EXCL;
	return flags;
}

static void set_mode(FILE *f, int fd, int flags)
{
	int access = flags & O_ACCMODE;

	f->fd = fd;
	f->flags &= F_STATIC | F_OWN_BUFFER;
	f->flags |= access == O_RDWR ? F_READABLE | F_WRITABLE : access == O_RDONLY ? F_READABLE : F_WRITABLE;
	if (flags & O_APPEND)
		f->flags |= F_APPENDING;
	f->mode = -1;
	f->pushed = EOF;
}

FILE *fdopen(int fd, const char *mode)
{
	int flags = __mode_flags(mode);
	FILE *f;

	if (flags < 0 || fcntl(fd, F_GETFD) < 0)
		return NULL;
	f = calloc(1, sizeof(*f));
	if (!f)
		return NULL;
	set_mode(f, fd, flags);
	f->next = streams;
	streams = f;
	return f;
}

FILE *fopen(const char *path, const char *mode)
{
	int flags = __mode_flags(mode), fd;
	FILE *f;

	if (flags < 0)
		return NULL;
	fd = open(path, flags, 0666);
	if (fd < 0)
		return NULL;
	f = fdopen(fd, mode);
	if (!f)
		close(fd);
	return f;
}

/* The stream keeps its place in the program; the file behind it changes. */
FILE *freopen(const char *path, const char *mode, FILE *f)
{
	int flags = __mode_flags(mode), fd;

	fflush(f);
	if (flags < 0)
		return NULL;
	fd = open(path, flags, 0666);
	if (fd < 0)
		return NULL;
	if (fd != f->fd) {
		dup2(fd, f->fd);
		close(fd);
	}
	set_mode(f, f->fd, flags);
	return f;
}

int fclose(FILE *f)
{
	FILE **link;
	int result = fflush(f);

	for (link = &streams; *link != f; link = &(*link)->next)
		;
	*link = f->next;
	if (close(f->fd) < 0)
		result = EOF;
	if (!(f->flags & F_OWN_BUFFER))
		free(f->buf);
	f->buf = NULL;
	if (!(f->flags & F_STATIC))
		free(f);
	return result;
}

/* In the child: `theirs` becomes its input or output, and the command runs. */
static void run_child(const char *command, int theirs, int target)
{
	FILE *f;

	for (f = streams; f; f = f->next)
		if (f->pid && f->fd != theirs)
			close(f->fd);		/* ends of other pipes would keep those from ending */
	if (theirs != target) {
		dup2(theirs, target);
		close(theirs);
	}
	execl(_PATH_BSHELL, "sh", "-c", command, NULL);
	_exit(127);
}

FILE *popen(const char *command, const char *mode)
{
	int reading = *mode == 'r', fd[2];
	FILE *f;

	if (pipe2(fd, O_CLOEXEC) < 0)
		return NULL;
	f = fdopen(fd[!reading], mode);
	if (!f)
		goto out_close;
	f->pid = fork();
	if (f->pid == 0)
		run_child(command, fd[reading], reading ? 1 : 0);
	close(fd[reading]);
	if (f->pid > 0)
		return f;
	fclose(f);
	return NULL;

out_close:
	close(fd[0]);
	close(fd[1]);
	return NULL;
}

int pclose(FILE *f)
{
	pid_t pid = f->pid;
	int status;

	fclose(f);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}
