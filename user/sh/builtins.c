/* builtins.c: the table of builtins, and those that change how the shell itself goes on. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/times.h>
#include "sh.h"

static int builtin_colon(int argc, char **argv)
{
	return 0;
}

static int builtin_false(int argc, char **argv)
{
	return 1;
}

static int number_argument(int argc, char **argv, int otherwise)
{
	char *end;
	long n;

	if (argc < 2)
		return otherwise;
	n = strtol(argv[1], &end, 10);
	if (end == argv[1] || *end)
		fail(2, "%s: Illegal number: %s", argv[0], argv[1]);
	return n;
}

static int builtin_exit(int argc, char **argv)
{
	static int warned;

	if (interactive && jobs_stopped() && !warned) {
		complain("You have stopped jobs.");
		warned = 1;
		return 0;
	}
	shell_exit(number_argument(argc, argv, status) & 0xff);
}

static int unwind_loops(int argc, char **argv, enum unwind how)
{
	int n = number_argument(argc, argv, 1);

	if (n < 1)
		fail(2, "%s: Illegal number: %s", argv[0], argv[1]);
	if (loop_depth == 0)
		return 0;
	unwinding = how;
	unwind_count = n < loop_depth ? n : loop_depth;
	return 0;
}

static int builtin_break(int argc, char **argv)
{
	return unwind_loops(argc, argv, U_BREAK);
}

static int builtin_continue(int argc, char **argv)
{
	return unwind_loops(argc, argv, U_CONTINUE);
}

static int builtin_return(int argc, char **argv)
{
	unwinding = U_RETURN;
	return number_argument(argc, argv, status);
}

static int builtin_eval(int argc, char **argv)
{
	struct buf b = { 0 };
	int i;

	for (i = 1; i < argc; i++) {
		if (i > 1)
			buf_char(&b, ' ');
		buf_string(&b, argv[i]);
	}
	if (!b.len)
		return 0;
	status = 0;
	return run_string(buf_end(&b), 0);
}

/* . file: its commands run here; `return` ends it like a function. */
static int builtin_dot(int argc, char **argv)
{
	char *path;
	int result;

	if (argc < 2)
		return 0;
	path = argv[1];
	if (!strchr(path, '/') && access(path, R_OK) < 0) {
		path = find_command(path);
		if (!path)
			fail(2, ".: %s: not found", argv[1]);
	}
	status = 0;
	result = run_file(path);
	if (unwinding == U_RETURN)
		unwinding = U_NONE;
	if (result < 0)
		fail(2, NULL);
	return status;
}

static int builtin_shift(int argc, char **argv)
{
	int n = number_argument(argc, argv, 1);

	if (n < 0 || n > params.argc)
		fail(2, "shift: can't shift that many");
	params.argv += n;
	params.argc -= n;
	return 0;
}

static int set_flags(int argc, char **argv, int flag, const char *prefix)
{
	int i = 1;

	if (i < argc && strcmp(argv[i], "-p") == 0)
		i++;
	if (i < argc && strcmp(argv[i], "--") == 0)
		i++;
	if (i == argc)
		var_print(flag, prefix);
	for (; i < argc; i++) {
		const char *equals = strchr(argv[i], '=');
		char *name = copy_bytes(argv[i], equals ? equals - argv[i] : strlen(argv[i]));

		if (!is_name(name, strlen(name)))
			fail(2, "%s: %s: bad variable name", argv[0], argv[i]);
		if (equals)
			var_set(name, equals + 1);
		var_flag(name, flag);
	}
	return 0;
}

static int builtin_export(int argc, char **argv)
{
	return set_flags(argc, argv, V_EXPORT, "export ");
}

static int builtin_readonly(int argc, char **argv)
{
	return set_flags(argc, argv, V_READONLY, "readonly ");
}

static int builtin_local(int argc, char **argv)
{
	int i;

	if (!function_depth)
		fail(2, "local: not in a function");
	for (i = 1; i < argc; i++) {
		const char *equals = strchr(argv[i], '=');

		var_local(copy_bytes(argv[i], equals ? equals - argv[i] : strlen(argv[i])));
		if (equals)
			assign(argv[i], 0);
	}
	return 0;
}

static int builtin_unset(int argc, char **argv)
{
	int function = 0, i = 1;

	for (; i < argc && argv[i][0] == '-' && (argv[i][1] == 'f' || argv[i][1] == 'v' || argv[i][1] == '-'); i++)
		function = argv[i][1] == 'f' || (argv[i][1] == '-' && function);
	for (; i < argc; i++) {
		if (function)
			undefine_function(argv[i]);
		else
			var_unset(argv[i]);
	}
	return 0;
}

static void print_ticks(clock_t t, char end)
{
	printf("%ldm%ld.%02lds%c", t / 6000, t / 100 % 60, t % 100, end);
}

static int builtin_times(int argc, char **argv)
{
	struct tms t;

	times(&t);
	print_ticks(t.tms_utime, ' ');
	print_ticks(t.tms_stime, '\n');
	print_ticks(t.tms_cutime, ' ');
	print_ticks(t.tms_cstime, '\n');
	return 0;
}

static const struct builtin builtins[] = {
	{ ".", builtin_dot, 1, 1 },
	{ ":", builtin_colon, 1 },
	{ "[", builtin_test },
	{ "alias", builtin_alias, 0, 1 },
	{ "bg", builtin_bg, 0, 1 },
	{ "break", builtin_break, 1, 1 },
	{ "cd", builtin_cd },
	{ "command", builtin_command },
	{ "continue", builtin_continue, 1, 1 },
	{ "echo", builtin_echo },
	{ "eval", builtin_eval, 1, 1 },
	{ "exec", builtin_exec, 1, 1 },
	{ "exit", builtin_exit, 1, 1 },
	{ "export", builtin_export, 1, 1 },
	{ "false", builtin_false },
	{ "fg", builtin_fg, 0, 1 },
	{ "getopts", builtin_getopts },
	{ "hash", builtin_hash, 0, 1 },
	{ "history", builtin_history },
	{ "jobs", builtin_jobs },
	{ "kill", builtin_kill },
	{ "local", builtin_local },
	{ "printf", builtin_printf },
	{ "pwd", builtin_pwd },
	{ "read", builtin_read },
	{ "readonly", builtin_readonly, 1, 1 },
	{ "return", builtin_return, 1, 1 },
	{ "set", builtin_set, 1 },
	{ "shift", builtin_shift, 1, 1 },
	{ "source", builtin_dot, 0, 1 },
	{ "test", builtin_test },
	{ "times", builtin_times, 1 },
	{ "trap", builtin_trap, 1 },
	{ "true", builtin_colon },
	{ "type", builtin_type, 0, 1 },
	{ "ulimit", builtin_ulimit },
	{ "umask", builtin_umask },
	{ "unalias", builtin_unalias, 0, 1 },
	{ "unset", builtin_unset, 1, 1 },
	{ "wait", builtin_wait, 0, 1 },
};

#define COUNT (sizeof(builtins) / sizeof(*builtins))

int run_builtin(const struct builtin *builtin, int argc, char **argv)
{
	if (builtin->operands_only && argc > 1 && strcmp(argv[1], "--") == 0) {
		argv[1] = argv[0];
		argv++;
		argc--;
	}
	return builtin->run(argc, argv);
}

/* The i-th name, for completion; null behind the last. */
const char *builtin_name(int i)
{
	return i < COUNT ? builtins[i].name : NULL;
}

const struct builtin *find_builtin(const char *name)
{
	int i;

	for (i = 0; i < COUNT; i++)
		if (strcmp(builtins[i].name, name) == 0)
			return &builtins[i];
	return NULL;
}
