/* glob.c: the names that a pattern stands for. Works through the path one component after the other. */
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <glob.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct search {
	glob_t *g;
	int flags;
	int (*error)(const char *path, int number);
};

static int has_magic(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (strchr("*?[\\", s[i]))
			return 1;
	return 0;
}

static int add(struct search *search, const char *path, int is_dir)
{
	glob_t *g = search->g;
	char **v = realloc(g->gl_pathv, (g->gl_offs + g->gl_pathc + 2) * sizeof(*v));
	char *copy = malloc(strlen(path) + 2);

	if (!v || !copy)
		return GLOB_NOSPACE;
	g->gl_pathv = v;
	strcpy(copy, path);
	if (is_dir && search->flags & GLOB_MARK)
		strcat(copy, "/");
	v[g->gl_offs + g->gl_pathc++] = copy;
	v[g->gl_offs + g->gl_pathc] = NULL;
	return 0;
}

static int expand(struct search *search, char *path, size_t len, const char *pattern);

/* Goes on with the component `name` appended to the path. */
static int descend(struct search *search, char *path, size_t len, const char *name, const char *rest)
{
	struct stat st;
	size_t n = strlen(name), slashes = strspn(rest, "/");

	if (len + n + slashes + 1 >= PATH_MAX)
		return 0;
	memcpy(path + len, name, n + 1);
	if (!*rest) {
		if (lstat(path, &st) < 0)
			return 0;
		return add(search, path, S_ISDIR(st.st_mode));
	}
	memcpy(path + len + n, rest, slashes);
	path[len + n + slashes] = '\0';
	return expand(search, path, len + n + slashes, rest + slashes);
}

static int scan(struct search *search, char *path, size_t len, const char *component, const char *rest)
{
	int flags = FNM_PERIOD | (search->flags & GLOB_NOESCAPE ? FNM_NOESCAPE : 0), result = 0;
	DIR *dir = opendir(len ? path : ".");
	struct dirent *entry;

	if (!dir) {
		if (errno == ENOENT || errno == ENOTDIR)
			return 0;
		if ((search->error && search->error(path, errno)) || search->flags & GLOB_ERR)
			return GLOB_ABORTED;
		return 0;
	}
	while (!result && (entry = readdir(dir)))
		if (fnmatch(component, entry->d_name, flags) == 0)
			result = descend(search, path, len, entry->d_name, rest);
	closedir(dir);
	path[len] = '\0';
	return result;
}

static int expand(struct search *search, char *path, size_t len, const char *pattern)
{
	size_t n = strcspn(pattern, "/");
	char component[NAME_MAX + 1];
	struct stat st;

	if (!*pattern)
		return lstat(path, &st) < 0 ? 0 : add(search, path, 0);
	if (n > NAME_MAX)
		return 0;
	memcpy(component, pattern, n);
	component[n] = '\0';
	if (has_magic(pattern, n))
		return scan(search, path, len, component, pattern + n);
	return descend(search, path, len, component, pattern + n);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int glob(const char *pattern, int flags, int (*error)(const char *path, int number), glob_t *g)
{
	struct search search = { g, flags, error };
	char path[PATH_MAX];
	size_t before, slashes = strspn(pattern, "/");
	int result;

	if (!(flags & GLOB_APPEND)) {
		g->gl_pathc = 0;
		g->gl_pathv = NULL;
	}
	if (!(flags & GLOB_DOOFFS))
		g->gl_offs = 0;
	if (slashes >= PATH_MAX)
		return GLOB_NOMATCH;
	before = g->gl_pathc;
	memcpy(path, pattern, slashes);
	path[slashes] = '\0';
	result = expand(&search, path, slashes, pattern + slashes);
	if (result)
		return result;
	if (g->gl_pathc == before)
		return flags & GLOB_NOCHECK ? add(&search, pattern, 0) : GLOB_NOMATCH;
	if (!(flags & GLOB_NOSORT))
		qsort(g->gl_pathv + g->gl_offs + before, g->gl_pathc - before, sizeof(char *), compare);
	return 0;
}

void globfree(glob_t *g)
{
	size_t i;

	for (i = 0; i < g->gl_pathc; i++)
		free(g->gl_pathv[g->gl_offs + i]);
	free(g->gl_pathv);
	g->gl_pathv = NULL;
	g->gl_pathc = 0;
}
