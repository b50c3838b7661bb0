/* options.c: set, and the flags it sets. */
#include <stdio.h>
#include <string.h>
#include "sh.h"

int option_e, option_x, option_u, option_f, option_n, option_v, option_C, option_a, option_m;

static const struct {
	char letter;
	const char *name;
	int *flag;
} options[] = {
	{ 'a', "allexport", &option_a },
	{ 'C', "noclobber", &option_C },
	{ 'e', "errexit", &option_e },
	{ 'f', "noglob", &option_f },
	{ 'm', "monitor", &option_m },
	{ 'n', "noexec", &option_n },
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
		if (*options[i].flag)
			letters[n++] = options[i].letter;
	if (interactive)
		letters[n++] = 'i';
	letters[n] = '\0';
	return letters;
}

static void print_options(void)
{
	int i;

	for (i = 0; i < COUNT; i++)
		printf("%-15s %s\n", options[i].name, *options[i].flag ? "on" : "off");
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

/* set [-+letters] [-o name] [--] [argument ...] */
int builtin_set(int argc, char **argv)
{
	int i, bad;

	if (argc == 1)
		var_print(0, "");
	for (i = 1; i < argc && (argv[i][0] == '-' || argv[i][0] == '+') && argv[i][1]; i++) {
		int on = argv[i][0] == '-';

		if (strcmp(argv[i], "--") == 0) {
			i++;
			set_params(argc - i, argv + i);
			return 0;
		}
		if (argv[i][1] == 'o') {
			if (!argv[i + 1])
				print_options();
			else if (set_by_name(argv[++i], on) < 0)
				fail(2, "set: Illegal option %co %s", on ? '-' : '+', argv[i]);
			continue;
		}
		bad = set_options(argv[i] + 1, on);
		if (bad)
			fail(2, "set: Illegal option %c%c", on ? '-' : '+', bad);
	}
	if (i < argc)
		set_params(argc - i, argv + i);
	return 0;
}
