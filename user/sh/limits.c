/* limits.c: ulimit, which is getrlimit() and setrlimit(): they must be the shell's own to hold for its children. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <sys/resource.h>
#include "sh.h"

static const struct limit {
	char letter;
	int resource;
	unsigned int unit;	/* bytes in one of what is shown */
	const char *what;
} limits[] = {
	{ 'c', RLIMIT_CORE, 512, "core file (blocks)" }, { 'd', RLIMIT_DATA, 1024, "data (kbytes)" },
	{ 'f', RLIMIT_FSIZE, 512, "file size (blocks)" }, { 'n', RLIMIT_NOFILE, 1, "descriptors" },
	{ 's', RLIMIT_STACK, 1024, "stack (kbytes)" }, { 't', RLIMIT_CPU, 1, "time (seconds)" },
	{ 'v', RLIMIT_AS, 1024, "memory (kbytes)" },
};

#define COUNT (int)(sizeof(limits) / sizeof(*limits))

static void show(const struct limit *l, int hard)
{
	struct rlimit r;
	rlim_t value;

	getrlimit(l->resource, &r);
	value = hard ? r.rlim_max : r.rlim_cur;
	if (value == RLIM_INFINITY)
		puts("unlimited");
	else
		printf("%lu\n", (unsigned long)(value / l->unit));
}

static int change(const struct limit *l, const char *text, int soft, int hard)
{
	rlim_t value = RLIM_INFINITY;
	struct rlimit r;
	char *end;

	if (strcmp(text, "unlimited") != 0) {
		value = strtoul(text, &end, 10) * l->unit;
		if (end == text || *end) {
			complain("ulimit: bad number: %s", text);
			return 2;
		}
	}
	getrlimit(l->resource, &r);
	if (soft)
		r.rlim_cur = value;
	if (hard)
		r.rlim_max = value;
	if (setrlimit(l->resource, &r) < 0) {
		complain("ulimit: %s", strerror(errno));
		return 2;
	}
	return 0;
}

/* ulimit [-HS] -a | [-HS] [-cdfnstv] [limit | unlimited]; without -H and -S a new limit is both */
int builtin_ulimit(int argc, char **argv)
{
	const struct limit *l = &limits[2];
	int hard = 0, soft = 0, all = 0, i = 1, k;
	const char *p;

	for (; i < argc && argv[i][0] == '-' && strcmp(argv[i], "--") != 0; i++) {
		for (p = argv[i] + 1; *p; p++) {
			hard |= *p == 'H';
			soft |= *p == 'S';
			all |= *p == 'a';
			for (k = 0; k < COUNT && limits[k].letter != *p; k++)
				;
			if (k < COUNT)
				l = &limits[k];
			else if (!strchr("HSa", *p)) {
				complain("ulimit: Illegal option -%c", *p);
				return 2;
			}
		}
	}
	i += i < argc && strcmp(argv[i], "--") == 0;
	if (i < argc)
		return change(l, argv[i], soft || !hard, hard || !soft);
	if (!all) {
		show(l, hard);
		return 0;
	}
	for (k = 0; k < COUNT; k++) {
		printf("%-20s ", limits[k].what);
		show(&limits[k], hard);
	}
	return 0;
}
