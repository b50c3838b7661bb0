/*
 * command.h - what every command does alike: --help, wrong usage, complaints.
 */
#ifndef _USER_BIN_COMMAND_H
#define _USER_BIN_COMMAND_H

#include <dirent.h>
#include <errno.h>
#include <err.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_USAGE 2

/* The first line of help, which is the usage, to standard error; the end. */
static inline void __attribute__((noreturn)) wrong_usage(const char *help)
{
	fprintf(stderr, "%.*s", (int)(strcspn(help, "\n") + 1), help);
	exit(EXIT_USAGE);
}

/* As getopt(), but --help prints help and ends, and a wrong option ends with the usage. */
static inline int next_option(int argc, char **argv, const char *options, const char *help)
{
	int c;

	if (optind < argc && !strcmp(argv[optind], "--help")) {
		fputs(help, stdout);
		exit(EXIT_SUCCESS);
	}
	c = getopt(argc, argv, options);
	if (c == '?' || c == ':')
		wrong_usage(help);
	return c;
}

/* For commands without options: only --help, and -- before the operands. */
static inline void no_options(int argc, char **argv, const char *help)
{
	while (next_option(argc, argv, "", help) != -1)
		;
}

/* A whole number or the end, with a message. */
static inline long number_or_die(const char *text)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(text, &end, 0);
	if (end == text || *end || errno)
		errx(EXIT_FAILURE, "'%s' is not a number", text);
	return n;
}

/* Writes all of it, however little each write() takes; -1 with errno when it fails. */
static inline int write_all(int fd, const char *buf, size_t count)
{
	ssize_t n;

	while (count) {
		n = write(fd, buf, count);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		buf += n;
		count -= n;
	}
	return 0;
}

/* The next entry but . and .., or NULL at the end, with errno when that is a failure. */
static inline struct dirent *next_entry(DIR *dir)
{
	struct dirent *entry;

	do {
		errno = 0;
		entry = readdir(dir);
	} while (entry && (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")));
	return entry;
}

/* -i: the question on standard error; 1 if the answer begins with y. */
static inline int answered_yes(const char *question, const char *name)
{
	char answer[64];

	fprintf(stderr, "%s '%s'? ", question, name);
	return fgets(answer, sizeof(answer), stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}

/* The last part of a path, trailing slashes aside. */
static inline const char *last_part(char *path)
{
	size_t len = strlen(path);
	char *slash;

	while (len > 1 && path[len - 1] == '/')
		path[--len] = '\0';
	slash = strrchr(path, '/');
	return slash && slash[1] ? slash + 1 : path;
}

#endif
