/*
 * command.h - what every command does alike: --help, wrong usage, complaints,
 * files named on the command line, and an end that notices lost output.
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

/* The status when standard output could not be written: 1, where a command has no other for it. */
extern int output_failure;

/* For commands that read their arguments themselves: lost output is noticed, a lone --help answered. */
void start(int argc, char **argv, const char *help);

/* As getopt(), but --help prints help and ends, and a wrong option ends with the usage. */
int next_option(int argc, char **argv, const char *options, const char *help);

/* For commands without options: only --help, and -- before the operands. */
void no_options(int argc, char **argv, const char *help);

/* The first line of help, which is the usage, to standard error; the end. */
void wrong_usage(const char *help) __attribute__((noreturn));

/* A whole number or the end, with a message. */
long number_or_die(const char *text);

/* head -3, tail -3, tail +3: the first argument as -n and a number; null when it is none. */
const char *old_count(int argc, char **argv, const char *signs);

/* The file to read, "-" being standard input; null after a complaint. */
FILE *open_input(const char *name);

/* Ends the reading.  1, after a complaint, when it had failed. */
int close_input(FILE *in, const char *name);

/* Writes all of it, however little each write() takes; -1 with errno when it fails. */
int write_all(int fd, const char *buf, size_t count);

/* The next entry but . and .., or NULL at the end, with errno when that is a failure. */
struct dirent *next_entry(DIR *dir);

/* The question on standard error; 1 if the answer begins with y. */
int answered_yes(const char *question, const char *name);

/* The last part of a path, which loses its trailing slashes. */
const char *last_part(char *path);

/* dir/name, allocated. */
char *path_in(const char *dir, const char *name);

int is_directory(const char *path);

/* Complains about name with errno's text; always 1, the status that this means. */
int failed_on(const char *name);

/*
 * cp's, mv's and ln's operands SOURCE... TARGET from optind on: each SOURCE goes to TARGET, or
 * into it if that is a directory.  Returns the or of what `each` returned.
 */
int for_each_source(int argc, char **argv, const char *help, int (*each)(const char *from, const char *to));

#endif
