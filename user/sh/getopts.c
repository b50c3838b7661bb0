/* getopts.c: options of a script's or function's arguments, one a call. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sh.h"

/* OPTIND says which argument; where in a cluster like -abc we are, POSIX has no variable for. */
static int inside = 1, last_index;

struct scan {
	char **args;
	int count, index;	/* index counts from 1 */
	const char *options;
	char letter[2];
};

/* The letter wants a value: the rest of this argument, or the next one. */
static void take_value(struct scan *s)
{
	const char *rest = s->args[s->index - 1] + inside;
	const char *value = *rest ? rest : s->index < s->count ? s->args[s->index] : NULL;

	s->index += *rest || !value ? 1 : 2;
	inside = 1;
	if (value) {
		var_set("OPTARG", value);
	} else if (*s->options == ':') {
		var_set("OPTARG", s->letter);
		*s->letter = ':';
	} else {
		complain("No arg for -%s option", s->letter);
		*s->letter = '?';
	}
}

static void take_letter(struct scan *s)
{
	const char *arg = s->args[s->index - 1], *spec;

	*s->letter = arg[inside++];
	spec = *s->letter == ':' ? NULL : strchr(s->options, *s->letter);
	if (spec && spec[1] == ':') {
		take_value(s);
		return;
	}
	if (!arg[inside]) {
		s->index++;
		inside = 1;
	}
	if (spec)
		return;
	if (*s->options == ':')
		var_set("OPTARG", s->letter);
	else
		complain("Illegal option -%s", s->letter);
	*s->letter = '?';
}

/* getopts "ab:" name [args] */
int builtin_getopts(int argc, char **argv)
{
	struct scan s = { params.argv, params.argc };
	const char *optind = var_get("OPTIND"), *arg;
	int ended;

	if (argc < 3) {
		complain("usage: getopts options name [argument ...]");
		return 2;
	}
	if (argc > 3) {
		s.args = argv + 3;
		s.count = argc - 3;
	}
	s.options = argv[1];
	s.index = optind ? atoi(optind) : 1;
	if (s.index < 1)
		s.index = 1;
	if (s.index != last_index)
		inside = 1;
	arg = s.index <= s.count ? s.args[s.index - 1] : "";
	ended = inside == 1 && (arg[0] != '-' || !arg[1] || strcmp(arg, "--") == 0);
	var_unset("OPTARG");
	if (ended) {
		s.index += strcmp(arg, "--") == 0;
		*s.letter = '?';
	} else {
		take_letter(&s);
	}
	last_index = s.index;
	var_set_number("OPTIND", s.index);
	var_set(argv[2], s.letter);
	return ended;
}
