/*
 * main.c: the shell begins: sh [-options] [file [argument ...]]
 *                           sh [-options] -c command [name [argument ...]]
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sh.h"

jmp_buf top_level;
int interactive, current_line;
static int top_level_ready;

static void vcomplain(const char *format, va_list ap)
{
	fflush(stdout);
	fprintf(stderr, "%s: ", shell_name);
	if (!interactive && current_line)
		fprintf(stderr, "%d: ", current_line);
	vfprintf(stderr, format, ap);
	fputc('\n', stderr);
}

void complain(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vcomplain(format, ap);
	va_end(ap);
}

/* An error that ends the command line, or the shell where nobody sits at it. */
void fail(int code, const char *format, ...)
{
	va_list ap;

	if (format) {
		va_start(ap, format);
		vcomplain(format, ap);
		va_end(ap);
	}
	status = code;
	if (interactive && !subshell && top_level_ready)
		longjmp(top_level, 1);
	shell_exit(code);
}

/* After an error everything is as before the command, but for the variables. */
static void clean_up(struct input *bottom, struct mark memory)
{
	unwinding = U_NONE;
	loop_depth = function_depth = condition_depth = 0;
	if (interrupted) {
		fputc('\n', stderr);
		status = 130;
		interrupted = 0;
	}
	var_locals_end(0);
	input_pop_to(bottom);
	input_forget();
	lexer_reset();
	release_memory(memory);
}

#define IGNORED_ENDS 10		/* what a terminal that is gone says again and again must end the shell at last */

static void read_commands(void)
{
	struct input *bottom = input_depth();
	struct mark memory = mark_memory();
	struct node *node;
	int eof = 0, ignored = 0;

	if (setjmp(top_level))
		clean_up(bottom, memory);
	top_level_ready = 1;
	do {
		node = parse_line(&eof);
		if (node)
			run(node, 0);
		if (unwinding && !eof) {
			if (unwinding == U_RETURN && !interactive)
				break;
			unwinding = U_NONE;
		}
		release_memory(memory);
		if (eof && interactive && jobs_stopped()) {
			static int warned;

			eof = warned;
			warned = 1;
			if (!eof)
				complain("You have stopped jobs.");
		}
		if (!eof) {
			ignored = 0;
		} else if (interactive && option_ignoreeof && ignored++ < IGNORED_ENDS) {
			complain("Use exit to leave the shell.");
			eof = 0;
		}
	} while (!eof);
	if (interactive)
		fputs("exit\n", stderr);
}

static void run_profile(const char *path)
{
	if (access(path, R_OK) == 0)
		run_file(path);
}

static void start_interactive(int login)
{
	char *home = var_get("HOME");

	signals_init(1);
	option_m = 1;
	jobs_init(1);
	if (!var_get("PS1"))
		var_set("PS1", geteuid() == 0 ? "# " : "$ ");
	history_load();
	if (login) {
		run_profile("/etc/profile");
		if (home)
			run_profile(strcat(strcpy(alloc(strlen(home) + 10), home), "/.profile"));
	}
	if (var_get("ENV"))
		run_profile(expand_here(var_get("ENV")));
}

static void usage(void)
{
	fprintf(stderr, "usage: sh [-aCefmnuvxil] [-c command [name]] [file] [argument ...]\n"
			"Runs commands from the string, the file or its standard input (POSIX sh).\n");
}

/* Reads the options; returns the index of the first argument behind them. */
static int parse_arguments(int argc, char **argv, int *string, int *login)
{
	int i, bad, named = 0;		/* arguments that were names behind an o */

	for (i = 1; i < argc && (argv[i][0] == '-' || argv[i][0] == '+') && argv[i][1]; i++) {
		const char *letter = argv[i] + 1;

		if (strcmp(argv[i], "--") == 0)
			return i + 1;
		if (strcmp(argv[i], "--help") == 0) {
			usage();
			exit(0);
		}
		for (; *letter; letter++) {
			char one[2] = { *letter, '\0' };

			if (*letter == 'c') {
				*string = 1;
			} else if (*letter == 'i') {
				interactive = 1;
			} else if (*letter == 'l') {
				*login = 1;
			} else if (*letter == 's') {
				continue;
			} else if (*letter == 'o') {
				named += set_named(argv[i + 1 + named], argv[i][0] == '-');
			} else if ((bad = set_options(one, argv[i][0] == '-'))) {
				usage();
				exit(2);
			}
		}
		i += named;
		named = 0;
	}
	return i;
}

static void set_working_directory(void)
{
	char *argv[] = { "cd", "-P", ".", NULL }, cwd[PATH_MAX];

	if (!var_get("PWD"))
		builtin_cd(3, argv);
	if (!var_get("PWD") && getcwd(cwd, sizeof(cwd)))
		var_set("PWD", cwd);
	var_unset("OLDPWD");
}

static void open_script(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		complain("cannot open %s: %s", path, strerror(errno));
		exit(errno == ENOENT ? 127 : 126);
	}
	input_push_file(fd, path);
}

int main(int argc, char **argv)
{
	int string = 0, login = argv[0] && argv[0][0] == '-', i;

	shell_name = argv[0] ? argv[0] : "sh";
	shell_pid = getpid();
	var_init(environ);
	var_set_number("PPID", getppid());
	i = parse_arguments(argc, argv, &string, &login);
	if (string && i >= argc) {
		complain("-c requires an argument");
		return 2;
	}
	if (!string && i == argc && isatty(0) && isatty(2))
		interactive = 1;
	set_working_directory();
	signals_init(0);
	if (string) {
		const char *command = argv[i++];

		if (i < argc)
			shell_name = argv[i++];
		params = (struct params){ argc - i, argv + i };
		shell_exit(run_string(command, EX_LAST));
	}
	if (i < argc) {
		shell_name = argv[i];
		open_script(argv[i++]);
	} else {
		input_push_file(0, "stdin");
	}
	params = (struct params){ argc - i, argv + i };
	if (interactive)
		start_interactive(login);
	read_commands();
	shell_exit(status);
}
