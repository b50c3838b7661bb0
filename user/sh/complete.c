/* complete.c: the names that could end what was typed: commands in the first word, files elsewhere. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "sh.h"

struct names {
	char **list;
	int count;
};

static void add(struct names *names, const char *name, char suffix)
{
	char **list, *copy;
	int i;

	for (i = 0; i < names->count; i++)
		if (strncmp(names->list[i], name, strlen(name)) == 0 && strlen(names->list[i]) == strlen(name) + 1)
			return;
	list = realloc(names->list, (names->count + 1) * sizeof(*list));
	copy = malloc(strlen(name) + 2);
	if (!list || !copy)
		return;
	sprintf(copy, "%s%c", name, suffix);
	names->list = list;
	names->list[names->count++] = copy;
}

/* Files of a directory that begin with `stem`; the names get `prefix` before them. */
static void add_files(struct names *names, const char *dir, const char *prefix, const char *stem, int programs)
{
	DIR *d = opendir(*dir ? dir : ".");
	struct dirent *entry;
	struct stat st;

	if (!d)
		return;
	while ((entry = readdir(d))) {
		struct buf full = { 0 }, shown = { 0 };
		int is_dir;

		if (strncmp(entry->d_name, stem, strlen(stem)) != 0 || (*entry->d_name == '.' && *stem != '.'))
			continue;
		buf_string(&full, *dir ? dir : ".");
		buf_char(&full, '/');
		buf_string(&full, entry->d_name);
		buf_string(&shown, prefix);
		buf_string(&shown, entry->d_name);
		is_dir = stat(buf_end(&full), &st) == 0 && S_ISDIR(st.st_mode);
		if (!programs || (!is_dir && access(full.text, X_OK) == 0))
			add(names, buf_end(&shown), is_dir ? '/' : ' ');
	}
	closedir(d);
}

static void add_commands(struct names *names, const char *stem)
{
	const char *dir = var_get("PATH"), *end, *name;
	int i;

	for (i = 0; (name = builtin_name(i)); i++)
		if (strncmp(name, stem, strlen(stem)) == 0)
			add(names, name, ' ');
	for (; dir; dir = *end ? end + 1 : NULL) {
		end = strchrnul(dir, ':');
		add_files(names, copy_bytes(dir, end - dir), "", stem, 1);
	}
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/*
 * Returns how many names there are, each ending in / or a blank, malloc()ed in
 * *names; *word is where the word that they complete begins.
 */
int complete(const char *line, size_t cursor, char ***names, size_t *word)
{
	struct names found = { 0 };
	struct mark m = mark_memory();
	size_t start = cursor, before;
	const char *slash;
	char *stem;

	while (start > 0 && !strchr(" \t;|&<>()=", line[start - 1]))
		start--;
	before = start;
	while (before > 0 && strchr(" \t", line[before - 1]))
		before--;
	stem = copy_bytes(line + start, cursor - start);
	slash = strrchr(stem, '/');
	if (slash)
		add_files(&found, slash == stem ? "/" : copy_bytes(stem, slash - stem),
			  copy_bytes(stem, slash - stem + 1), slash + 1, 0);
	else if (before == 0 || strchr(";|&(", line[before - 1]))
		add_commands(&found, stem);
	else
		add_files(&found, "", "", stem, 0);
	release_memory(m);
	if (found.count)
		qsort(found.list, found.count, sizeof(char *), compare);
	*names = found.list;
	*word = start;
	return found.count;
}
