/*
 * getopt.c: options.  The first argument that is not one ends them, as POSIX
 * has it: `ls dir -l` lists a file named -l.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

char *optarg;
int optind = 1, opterr = 1, optopt;

static const char *cluster;	/* the rest of -abc after -a */

static int complain(const char *options, const char *what, const char *option, int len)
{
	if (opterr && *options != ':')
		fprintf(stderr, "%s: %s -- '%.*s'\n", program_invocation_short_name, what, len, option);
	return '?';
}

/* One letter of a cluster. */
static int next_letter(int argc, char *const argv[], const char *options)
{
	const char *spec;
	char letter = *cluster++;

	optopt = (unsigned char)letter;
	spec = letter == ':' ? NULL : strchr(options, letter);
	if (!spec) {
		if (!*cluster)
			optind++;
		return complain(options, "invalid option", &letter, 1);
	}
	if (spec[1] != ':') {
		if (!*cluster)
			optind++;
		return letter;
	}
	optarg = *cluster ? (char *)cluster : NULL;
	cluster = "";
	optind++;
	if (optarg || spec[2] == ':')
		return letter;
	if (optind < argc) {
		optarg = argv[optind++];
		return letter;
	}
	complain(options, "option requires an argument", &letter, 1);
	return *options == ':' ? ':' : '?';
}

/* --name or --name=value; an unambiguous beginning of a name will do. */
static int next_long(int argc, char *const argv[], const char *options, const struct option *longs, int *index)
{
	const char *name = argv[optind++] + 2;
	size_t len = strcspn(name, "=");
	int found = -1, matches = 0, i;

	for (i = 0; longs && longs[i].name; i++) {
		if (strncmp(longs[i].name, name, len) != 0)
			continue;
		found = i;
		matches++;
		if (longs[i].name[len] == '\0') {
			matches = 1;
			break;
		}
	}
	optopt = 0;
	if (matches != 1)
		return complain(options, matches ? "ambiguous option" : "unrecognized option", name, len);
	optopt = longs[found].val;
	optarg = name[len] ? (char *)name + len + 1 : NULL;
	if (optarg && longs[found].has_arg == no_argument)
		return complain(options, "option takes no argument", name, len);
	if (!optarg && longs[found].has_arg == required_argument) {
		if (optind >= argc) {
			complain(options, "option requires an argument", name, len);
			return *options == ':' ? ':' : '?';
		}
		optarg = argv[optind++];
	}
	if (index)
		*index = found;
	if (!longs[found].flag)
		return longs[found].val;
	*longs[found].flag = longs[found].val;
	return 0;
}

int getopt_long(int argc, char *const argv[], const char *options, const struct option *longs, int *index)
{
	const char *arg;

	if (optind == 0) {		/* begin anew */
		optind = 1;
		cluster = NULL;
	}
	optarg = NULL;
	if (*options == '+')
		options++;
	if (cluster && *cluster)
		return next_letter(argc, argv, options);
	if (optind >= argc)
		return -1;
	arg = argv[optind];
	if (arg[0] != '-' || !arg[1])
		return -1;
	if (arg[1] == '-') {
		if (arg[2] && longs)
			return next_long(argc, argv, options, longs, index);
		if (!arg[2]) {
			optind++;
			return -1;
		}
	}
	cluster = arg + 1;
	return next_letter(argc, argv, options);
}

int getopt(int argc, char *const argv[], const char *options)
{
	return getopt_long(argc, argv, options, NULL, NULL);
}
