/* history.c: lines typed before, kept in a ring and, where HOME allows it, in ~/.sh_history. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sh.h"

#define LINES 200

static char *lines[LINES];
static int count;		/* all that ever were; line n lies in lines[n % LINES] */
static char *file;

const char *history_get(int back)
{
	if (back < 1 || back > count || back > LINES)
		return NULL;
	return lines[(count - back) % LINES];
}

static void remember(const char *line)
{
	size_t n = strcspn(line, "\n");
	char *copy;

	if (n == 0 || strspn(line, " \t\n") == strlen(line))
		return;
	copy = strndup(line, n);
	if (!copy)
		return;
	if (history_get(1) && strcmp(history_get(1), copy) == 0) {
		free(copy);
		return;
	}
	free(lines[count % LINES]);
	lines[count++ % LINES] = copy;
}

void history_add(const char *line)
{
	int before = count, fd;

	remember(line);
	if (count == before || !file)
		return;
	fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	dprintf(fd, "%s\n", history_get(1));
	close(fd);
}

void history_load(void)
{
	const char *home = var_get("HOME");
	char *line = NULL;
	size_t size = 0;
	FILE *f;

	if (!home)
		return;
	file = must_malloc(strlen(home) + 14);
	stpcpy(stpcpy(file, home), "/.sh_history");
	f = fopen(file, "re");
	if (!f)
		return;
	while (getline(&line, &size, f) > 0)
		remember(line);
	free(line);
	fclose(f);
}

int builtin_history(int argc, char **argv)
{
	int n = count < LINES ? count : LINES;

	for (; n > 0; n--)
		printf("%5d  %s\n", count - n + 1, history_get(n));
	return 0;
}
