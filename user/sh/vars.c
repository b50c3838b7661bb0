/*
 * vars.c: variables, their export to the environment, and `local`: the value
 * from before a function's call lies on a stack and comes back at its end.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sh.h"

#define BUCKETS 61

struct var {
	struct var *next;
	char *name;
	char *value;		/* null: only flagged so far */
	int flags;
};

struct saved {
	struct saved *below;
	char *name, *value;
	int flags, existed;
};

static struct var *table[BUCKETS];
static struct saved *locals;
static int locals_depth;

static struct var **bucket(const char *name)
{
	unsigned int hash = 0;

	while (*name)
		hash = hash * 33 + (unsigned char)*name++;
	return &table[hash % BUCKETS];
}

static struct var *find(const char *name)
{
	struct var *v;

	for (v = *bucket(name); v; v = v->next)
		if (strcmp(v->name, name) == 0)
			return v;
	return NULL;
}

static struct var *find_or_make(const char *name)
{
	struct var *v = find(name), **head = bucket(name);

	if (v)
		return v;
	v = must_malloc(sizeof(*v));
	*v = (struct var){ .next = *head, .name = must_strdup(name) };
	*head = v;
	return v;
}

char *var_get(const char *name)
{
	struct var *v = find(name);

	return v ? v->value : NULL;
}

void var_set(const char *name, const char *value)
{
	struct var *v = find_or_make(name);
	char *old = v->value;

	if (v->flags & V_READONLY)
		fail(2, "%s: is read only", name);
	v->value = must_strdup(value);
	free(old);
	if (option_a)
		v->flags |= V_EXPORT;
}

void var_set_number(const char *name, long value)
{
	char digits[12];

	snprintf(digits, sizeof(digits), "%ld", value);
	var_set(name, digits);
}

void var_flag(const char *name, int flags)
{
	find_or_make(name)->flags |= flags;
}

int var_unset(const char *name)
{
	struct var **link, *v;

	for (link = bucket(name); (v = *link); link = &v->next) {
		if (strcmp(v->name, name) != 0)
			continue;
		if (v->flags & V_READONLY)
			fail(2, "%s: is read only", name);
		*link = v->next;
		free(v->name);
		free(v->value);
		free(v);
		return 0;
	}
	return 0;
}

static int compare(const void *a, const void *b)
{
	return strcmp((*(struct var *const *)a)->name, (*(struct var *const *)b)->name);
}

/* 'it'"'"'s': so that the shell can read it again. */
void print_quoted(const char *s)
{
	putchar('\'');
	for (; *s; s++) {
		if (*s == '\'')
			fputs("'\"'\"'", stdout);
		else
			putchar(*s);
	}
	putchar('\'');
}

void var_print(int flags, const char *prefix)
{
	struct var *v, **all;
	int n = 0, i;

	for (i = 0; i < BUCKETS; i++)
		for (v = table[i]; v; v = v->next)
			n++;
	all = alloc((n + 1) * sizeof(*all));
	for (n = i = 0; i < BUCKETS; i++)
		for (v = table[i]; v; v = v->next)
			if ((v->flags & flags) == flags && (v->value || flags))
				all[n++] = v;
	qsort(all, n, sizeof(*all), compare);
	for (i = 0; i < n; i++) {
		printf("%s%s", prefix, all[i]->name);
		if (all[i]->value) {
			putchar('=');
			print_quoted(all[i]->value);
		}
		putchar('\n');
	}
}

int var_locals_begin(void)
{
	return locals_depth++;
}

void var_local(const char *name)
{
	struct var *v = find(name);
	struct saved *s = must_malloc(sizeof(*s));

	*s = (struct saved){ .below = locals, .name = must_strdup(name), .existed = v != NULL };
	if (v) {
		s->value = v->value ? must_strdup(v->value) : NULL;
		s->flags = v->flags;
	}
	s->flags |= locals_depth << 8;
	locals = s;
}

/* Undoes every `local` above the depth. */
void var_locals_end(int depth)
{
	while (locals && locals->flags >> 8 > depth) {
		struct saved *s = locals;
		struct var *v = find_or_make(s->name);

		free(v->value);
		v->value = s->value;
		v->flags = s->flags & 0xff;
		if (!s->existed)
			var_unset(s->name);
		locals = s->below;
		free(s->name);
		free(s);
	}
	locals_depth = depth;
}

static char *join(const char *name, const char *value)
{
	char *s = alloc(strlen(name) + strlen(value) + 2);

	stpcpy(stpcpy(stpcpy(s, name), "="), value);
	return s;
}

static int assigned(struct word *assigns, const char *name)
{
	size_t n = strlen(name);

	for (; assigns; assigns = assigns->next)
		if (strncmp(assigns->text, name, n) == 0 && assigns->text[n] == '=')
			return 1;
	return 0;
}

/* The environment of a command; the assignments before it (expanded already) come on top. */
char **var_environment(struct word *assigns)
{
	struct word *w;
	struct var *v;
	char **env;
	int n = 0, i;

	for (i = 0; i < BUCKETS; i++)
		for (v = table[i]; v; v = v->next)
			n++;
	for (w = assigns; w; w = w->next)
		n++;
	env = alloc((n + 1) * sizeof(*env));
	for (n = i = 0; i < BUCKETS; i++)
		for (v = table[i]; v; v = v->next)
			if (v->flags & V_EXPORT && v->value && !assigned(assigns, v->name))
				env[n++] = join(v->name, v->value);
	for (w = assigns; w; w = w->next)
		if (!assigned(w->next, copy_bytes(w->text, strchr(w->text, '=') - w->text)))
			env[n++] = w->text;
	env[n] = NULL;
	return env;
}

/* name=value, where value is expanded unless it was before. */
int assign(const char *text, int flags)
{
	const char *equals = strchr(text, '=');
	char *name = copy_bytes(text, equals - text);

	var_set(name, equals + 1);
	if (flags)
		var_flag(name, flags);
	return 0;
}

void var_init(char **environment)
{
	for (; *environment; environment++) {
		const char *equals = strchr(*environment, '=');

		if (equals && is_name(*environment, equals - *environment))
			assign(*environment, V_EXPORT);
	}
	var_set("IFS", " \t\n");
	var_set("OPTIND", "1");
	var_set("PS2", "> ");
	var_set("PS4", "+ ");
	var_set_number("PPID", 0);
}
