/* dirent.c: directories. The kernel stores many records a call; readdir() hands them out one by one. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include "libc.h"

#define BUFFER 4096

struct __dir {
	int fd;
	int pos, end;		/* what of buf has been handed out, and what is filled */
	off_t tell;		/* where the record handed out last says the next one is */
	_Alignas(8) char buf[BUFFER];
};

DIR *fdopendir(int fd)
{
	struct stat st;
	DIR *dir;

	if (fstat(fd, &st) < 0)
		return NULL;
	if (!S_ISDIR(st.st_mode)) {
		errno = ENOTDIR;
		return NULL;
	}
	dir = malloc(sizeof(*dir));
	if (!dir)
		return NULL;
	dir->fd = fd;
	dir->pos = dir->end = 0;
	dir->tell = 0;
	return dir;
}

DIR *opendir(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir;

	if (fd < 0)
		return NULL;
	dir = fdopendir(fd);
	if (!dir)
		close(fd);
	return dir;
}

int closedir(DIR *dir)
{
	int fd = dir->fd;

	free(dir);
	return close(fd);
}

int dirfd(DIR *dir)
{
	return dir->fd;
}

struct dirent *readdir(DIR *dir)
{
	struct dirent *entry;

	if (dir->pos == dir->end) {
		int n = getdents64(dir->fd, dir->buf, sizeof(dir->buf));

		if (n <= 0)
			return NULL;
		dir->pos = 0;
		dir->end = n;
	}
	entry = (struct dirent *)(dir->buf + dir->pos);
	dir->pos += entry->d_reclen;
	dir->tell = entry->d_off;
	return entry;
}

void seekdir(DIR *dir, long where)
{
	lseek(dir->fd, where, SEEK_SET);
	dir->pos = dir->end = 0;
	dir->tell = where;
}

void rewinddir(DIR *dir)
{
	seekdir(dir, 0);
}

long telldir(DIR *dir)
{
	return dir->tell;
}

int alphasort(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static struct dirent *copy(const struct dirent *entry)
{
	size_t size = offsetof(struct dirent, d_name) + strlen(entry->d_name) + 1;
	struct dirent *new = malloc(size);

	return new ? memcpy(new, entry, size) : NULL;
}

int scandir(const char *path, struct dirent ***list, int (*keep)(const struct dirent *),
	    int (*cmp)(const struct dirent **, const struct dirent **))
{
	struct dirent *entry, **all = NULL, **new;
	DIR *dir = opendir(path);
	int n = 0;

	if (!dir)
		return -1;
	while ((entry = readdir(dir))) {
		if (keep && !keep(entry))
			continue;
		new = realloc(all, (n + 1) * sizeof(*all));
		if (!new)
			goto out_free;
		all = new;
		all[n] = copy(entry);
		if (!all[n])
			goto out_free;
		n++;
	}
	closedir(dir);
	if (cmp && n)
		qsort(all, n, sizeof(*all), (int (*)(const void *, const void *))cmp);
	*list = all;
	return n;

out_free:
	while (n)
		free(all[--n]);
	free(all);
	closedir(dir);
	return -1;
}
