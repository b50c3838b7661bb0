/*
 * alias.c: aliases.  Where a command begins, a word that is an alias is taken
 * back and its text is read instead, as if it had been typed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sh.h"

struct alias {
	struct alias *next;
	char *name, *text;
};

static struct alias *aliases;

static struct alias *find(const char *name)
{
	struct alias *a;

	for (a = aliases; a; a = a->next)
		if (strcmp(a->name, name) == 0)
			return a;
	return NULL;
}

const char *alias_text(const char *word)
{
	struct alias *a = find(word);

	return a ? a->text : NULL;
}

/* An alias inside its own text stands for itself: ls='ls -F'. */
int alias_expand(const char *word)
{
	struct alias *a = find(word);

	if (!a || input_has_alias(a))
		return 0;
	input_push_alias(a, a->text);
	return 1;
}

static void print(const struct alias *a)
{
	printf("%s=", a->name);
	print_quoted(a->text);
	putchar('\n');
}

static void define(const char *name, const char *text)
{
	struct alias *a = find(name);

	if (!a) {
		a = must_malloc(sizeof(*a));
		*a = (struct alias){ .next = aliases, .name = must_strdup(name) };
		aliases = a;
	}
	free(a->text);
	a->text = must_strdup(text);
}

/* alias [name[=text] ...] */
int builtin_alias(int argc, char **argv)
{
	struct alias *a;
	int i, result = 0;

	for (a = aliases; argc == 1 && a; a = a->next)
		print(a);
	for (i = 1; i < argc; i++) {
		const char *equals = strchr(argv[i], '=');

		if (equals && equals > argv[i]) {
			define(copy_bytes(argv[i], equals - argv[i]), equals + 1);
		} else if ((a = find(argv[i]))) {
			print(a);
		} else {
			complain("alias: %s not found", argv[i]);
			result = 1;
		}
	}
	return result;
}

/* unalias -a | name ...; the memory stays: the alias may be being read */
int builtin_unalias(int argc, char **argv)
{
	struct alias **link;
	int i, result = 0;

	if (argc > 1 && strcmp(argv[1], "-a") == 0)
		aliases = NULL;
	for (i = 1; i < argc && strcmp(argv[i], "-a") != 0; i++) {
		for (link = &aliases; *link && strcmp((*link)->name, argv[i]) != 0; link = &(*link)->next)
			;
		if (*link) {
			*link = (*link)->next;
		} else {
			complain("unalias: %s not found", argv[i]);
			result = 1;
		}
	}
	return result;
}
