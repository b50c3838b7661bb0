/* options.c: set, and the flags it sets. */
#include <stdio.h>
#include <string.h>
#include "sh.h"

int option_e, option_x, option_u, option_f, option_n, option_v, option_C, option_a, option_m;
int option_pipefail, option_ignoreeof;
/* Jobs are told before the next prompt with or without notify, commands are looked up anew each time. */
static int option_b, option_h, option_nolog;

static const struct {
	char letter;
	const char *name;
	int *flag;
} options[] = {
	{ 'a', "allexport", &option_a },
	{ 'b', "notify", &option_b },
	{ 'C', "noclobber", &option_C },
	{ 'e', "errexit", &option_e },
	{ 'f', "noglob", &option_f },
	{ 'h', "hashall", &option_h },
	{ '\0', "ignoreeof", &option_ignoreeof },
	{ 'm', "monitor", &option_m },
	{ 'n', "noexec", &option_n },
	{ '\0', "nolog", &option_nolog },
	{ '\0', "pipefail", &option_pipefail },
	{ 'u', "nounset", &option_u },
	{ 'v', "verbose", &option_v },
	{ 'x', "xtrace", &option_x },
};

#define COUNT (sizeof(options) / sizeof(*options))

static int set_one(int i, int on)
{
	*options[i].flag = on;
	if (options[i].flag == &option_m)
		jobs_init(on);
	return 0;
}

/* Returns 0, or the letter that is none. */
int set_options(const char *letters, int on)
{
	int i;

	for (; *letters; letters++) {
		for (i = 0; i < COUNT && options[i].letter != *letters; i++)
			;
		if (i == COUNT)
			return *letters;
		set_one(i, on);
	}
	return 0;
}

static int set_by_name(const char *name, int on)
{
	int i;

	for (i = 0; i < COUNT; i++)
		if (strcmp(options[i].name, name) == 0)
			return set_one(i, on);
	return -1;
}

/* $- */
char *option_letters(void)
{
	static char letters[COUNT + 2];
	int i, n = 0;

	for (i = 0; i < COUNT; i++)
		if (*options[i].flag && options[i].letter)
			letters[n++] = options[i].letter;
	if (interactive)
		letters[n++] = 'i';
	letters[n] = '\0';
	return letters;
}

/* set -o; or, as commands that bring them back, set +o */
static void print_options(int on)
{
	int i;

	for (i = 0; i < COUNT; i++) {
		if (on)
			printf("%-15s %s\n", options[i].name, *options[i].flag ? "on" : "off");
		else
			printf("set %co %s\n", *options[i].flag ? '-' : '+', options[i].name);
	}
}

static void set_params(int argc, char **argv)
{
	char **copy = must_malloc((argc + 1) * sizeof(*copy));
	int i;

	for (i = 0; i < argc; i++)
		copy[i] = must_strdup(argv[i]);
	copy[argc] = NULL;
	params = (struct params){ argc, copy };
}

int set_named(const char *name, int on)
{
	if (!name)
		print_options(on);
	else if (set_by_name(name, on) < 0)
		fail(2, "set: Illegal option %co %s", on ? '-' : '+', name);
	return name != NULL;
}

/* set [-+letters] [-+o name] [--] [argument ...] */
int builtin_set(int argc, char **argv)
{
	int i, bad, on;
	char *o;

	if (argc == 1)
		var_print(0, "");
	for (i = 1; i < argc && (argv[i][0] == '-' || argv[i][0] == '+'); i++) {
		on = argv[i][0] == '-';
		if (!argv[i][1] && on) {	/* a - alone: no more traces, and what follows are the parameters */
			option_x = option_v = 0;
			i++;
			break;
		}
		if (strcmp(argv[i], "--") == 0) {
			i++;
			set_params(argc - i, argv + i);
			return 0;
		}
		o = strchr(argv[i] + 1, 'o');	/* -eo name is -e -o name */
		if (o)
			memmove(o, o + 1, strlen(o));
		bad = set_options(argv[i] + 1, on);
		if (bad)
			fail(2, "set: Illegal option %c%c", on ? '-' : '+', bad);
		if (o)
			i += set_named(argv[i + 1], on);
	}
	if (i < argc)
		set_params(argc - i, argv + i);
	return 0;
}
