/*
 * redir.c: redirections.  For a builtin or a group they are made in the shell
 * itself, after the old descriptors have been copied above 10, and undone.
 */
#include <errno.h>
#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include "sh.h"

/* A short text fits into a pipe; for a longer one a process stands at its other end. */
static int open_here_document(const struct redir *r)
{
	const char *text = r->literal ? r->target : expand_here(r->target);
	size_t len = strlen(text);
	int fd[2];

	if (pipe(fd) < 0)
		return -1;
	if (len <= 4096) {
		write(fd[1], text, len);
	} else if (job_fork(NULL, 0) == 0) {
		close(fd[0]);
		while (len > 0) {
			ssize_t n = write(fd[1], text, len);

			if (n <= 0)
				break;
			text += n;
			len -= n;
		}
		_exit(0);
	}
	close(fd[1]);
	return fd[0];
}

/* With set -C, > spares files that exist (but not devices). */
static int open_for_writing(const char *name, enum token type)
{
	struct stat st;

	if (type == T_GREAT && option_C && stat(name, &st) == 0 && S_ISREG(st.st_mode)) {
		errno = EEXIST;
		return -1;
	}
	return open(name, O_WRONLY | O_CREAT | O_TRUNC, 0666);
}

static int open_target(const struct redir *r, const char *name)
{
	switch (r->type) {
	case T_LESS:
		return open(name, O_RDONLY);
	case T_LESSGREAT:
		return open(name, O_RDWR | O_CREAT, 0666);
	case T_DGREAT:
		return open(name, O_WRONLY | O_CREAT | O_APPEND, 0666);
	case T_DLESS:
	case T_DLESSDASH:
		return open_here_document(r);
	default:
		return open_for_writing(name, r->type);
	}
}

static void save_fd(int fd, struct saved_fd **saved)
{
	struct saved_fd *s;

	for (s = *saved; s; s = s->next)
		if (s->fd == fd)
			return;
	s = must_malloc(sizeof(*s));
	s->next = *saved;
	s->fd = fd;
	s->copy = fcntl(fd, F_DUPFD_CLOEXEC, 10);
	*saved = s;
}

/* >&2, <&-, 2>&1 */
static int duplicate(const struct redir *r, const char *name)
{
	int from = atoi(name);

	if (strcmp(name, "-") == 0) {
		close(r->fd);
		return 0;
	}
	if (!isdigit(*name) || name[strspn(name, "0123456789")]) {
		complain("%s: bad file descriptor", name);
		return -1;
	}
	if (dup2(from, r->fd) < 0) {
		complain("%d: %s", from, strerror(errno));
		return -1;
	}
	return 0;
}

static int redirect_one(const struct redir *r)
{
	int here = r->type == T_DLESS || r->type == T_DLESSDASH, fd;
	const char *name = here ? "here-document" : expand_string(r->target);

	if (r->type == T_LESSAND || r->type == T_GREATAND)
		return duplicate(r, name);
	fd = open_target(r, name);
	if (fd < 0) {
		int creating = r->type != T_LESS && errno == ENOENT;

		complain("cannot %s %s: %s", r->type == T_LESS ? "open" : "create", name,
			 creating ? "Directory nonexistent" : strerror(errno));
		return -1;
	}
	if (fd != r->fd) {
		dup2(fd, r->fd);
		close(fd);
	}
	return 0;
}

/* With `saved` null they are meant to stay. Returns 0, or -1 after a message. */
int redirect(struct redir *r, struct saved_fd **saved)
{
	if (r)
		fflush(stdout);
	for (; r; r = r->next) {
		if (saved)
			save_fd(r->fd, saved);
		if (redirect_one(r) < 0)
			return -1;
	}
	return 0;
}

void restore_fds(struct saved_fd *saved)
{
	struct saved_fd *next;

	if (saved)
		fflush(stdout);
	for (; saved; saved = next) {
		next = saved->next;
		if (saved->copy >= 0) {
			dup2(saved->copy, saved->fd);
			close(saved->copy);
		} else {
			close(saved->fd);
		}
		free(saved);
	}
}
