/*
 * env.c: the environment.  environ is the kernel's array at first, then one of
 * ours.  What setenv() replaces is never freed: somebody may hold the pointer
 * that getenv() gave.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char **ours;		/* the array, once it is malloc()'s */

static char **find(const char *name, size_t len)
{
	char **e;

	for (e = environ; e && *e; e++)
		if (strncmp(*e, name, len) == 0 && (*e)[len] == '=')
			return e;
	return NULL;
}

char *getenv(const char *name)
{
	size_t len = strlen(name);
	char **e = find(name, len);

	return e ? *e + len + 1 : NULL;
}

int putenv(char *assignment)
{
	size_t len = strcspn(assignment, "="), n = 0;
	char **e = find(assignment, len);

	if (e) {
		*e = assignment;
		return 0;
	}
	while (environ && environ[n])
		n++;
	e = realloc(ours, (n + 2) * sizeof(*e));
	if (!e)
		return -1;
	if (environ != ours && environ)
		memcpy(e, environ, n * sizeof(*e));
	e[n] = assignment;
	e[n + 1] = NULL;
	environ = ours = e;
	return 0;
}

int setenv(const char *name, const char *value, int replace)
{
	size_t len = strlen(name);
	char *assignment;

	if (!len || strchr(name, '=')) {
		errno = EINVAL;
		return -1;
	}
	if (!replace && find(name, len))
		return 0;
	assignment = malloc(len + strlen(value) + 2);
	if (!assignment)
		return -1;
	stpcpy(stpcpy(stpcpy(assignment, name), "="), value);
	return putenv(assignment);
}

int unsetenv(const char *name)
{
	char **e;

	while ((e = find(name, strlen(name))))
		do
			e[0] = e[1];
		while (*e++);
	return 0;
}

int clearenv(void)
{
	environ = NULL;
	return 0;
}
