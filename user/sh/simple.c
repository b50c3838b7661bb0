/*
 * simple.c: a command of words: expands them, finds out whether they name a
 * function, a builtin or a program, and runs that.
 */
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include "sh.h"

struct function {
	struct function *next;
	char *name;
	struct node *body;
};

static struct function *functions;

struct node *find_function(const char *name)
{
	struct function *f;

	for (f = functions; f; f = f->next)
		if (strcmp(f->name, name) == 0)
			return f->body;
	return NULL;
}

/* The old body is not freed: it may be running. */
void define_function(const char *name, const struct node *body)
{
	struct function *f;

	for (f = functions; f; f = f->next)
		if (strcmp(f->name, name) == 0)
			break;
	if (!f) {
		f = must_malloc(sizeof(*f));
		f->next = functions;
		f->name = must_strdup(name);
		functions = f;
	}
	f->body = copy_node(body);
}

int undefine_function(const char *name)
{
	struct function **link, *f;

	for (link = &functions; (f = *link); link = &f->next)
		if (strcmp(f->name, name) == 0) {
			*link = f->next;
			free(f->name);
			free(f);
			return 1;
		}
	return 0;
}

static int is_executable(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

static char *find_command_in(const char *name, const char *dir)
{
	const char *end;
	char *path;

	if (strchr(name, '/'))
		return copy_string(name);
	if (!dir)
		dir = _PATH_DEFPATH;
	path = alloc(strlen(dir) + strlen(name) + 2);
	for (;; dir = end + 1) {
		end = strchrnul(dir, ':');
		sprintf(path, "%.*s%s%s", (int)(end - dir), dir, end > dir ? "/" : "", name);
		if (is_executable(path))
			return path;
		if (!*end)
			return NULL;
	}
}

char *find_command(const char *name)
{
	return find_command_in(name, var_get("PATH"));
}

static void __attribute__((noreturn)) no_exec(const char *name, int error)
{
	if (error == ENOENT && !strchr(name, '/'))
		complain("%s: not found", name);
	else
		complain("%s: %s", name, strerror(error));
	shell_exit(error == ENOENT || error == ENOTDIR ? 127 : 126);
}

/* A file that is executable but of no format the kernel knows is a script of ours. */
void exec_program(char **argv, char **env, const char *path)
{
	if (!path)
		no_exec(argv[0], ENOENT);
	fflush(stdout);
	execve(path, argv, env);
	if (errno == ENOEXEC) {
		size_t n = 0;
		char **script;

		while (argv[n])
			n++;
		script = alloc((n + 2) * sizeof(*script));
		script[0] = "sh";
		script[1] = (char *)path;
		memcpy(script + 2, argv + 1, n * sizeof(*argv));
		execve("/proc/self/exe", script, env);
		execve(_PATH_BSHELL, script, env);
	}
	no_exec(argv[0], errno);
}

static char **make_argv(struct word *words, int *argc)
{
	struct word *w;
	char **argv;
	int n = 0;

	for (w = words; w; w = w->next)
		n++;
	argv = alloc((n + 1) * sizeof(*argv));
	for (*argc = n, n = 0; words; words = words->next)
		argv[n++] = words->text;
	argv[n] = NULL;
	return argv;
}

/* name=value, the value expanded. */
static struct word *expand_assigns(struct word *assigns)
{
	struct word *first = NULL, **end = &first;

	for (; assigns; assigns = assigns->next) {
		size_t name = strchr(assigns->text, '=') - assigns->text + 1;
		struct buf b = { 0 };

		buf_bytes(&b, assigns->text, name);
		buf_string(&b, expand_assignment(assigns->text + name));
		*end = new_word(buf_end(&b));
		end = &(*end)->next;
	}
	return first;
}

/* set -x */
static void trace(struct word *assigns, struct word *words)
{
	const char *prefix = var_get("PS4"), *gap = "";

	if (!option_x)
		return;
	fflush(stdout);
	fputs(prefix ? expand_here(prefix) : "", stderr);
	for (; assigns; assigns = assigns->next, gap = " ")
		fprintf(stderr, "%s%s", gap, assigns->text);
	for (; words; words = words->next, gap = " ")
		fprintf(stderr, "%s%s", gap, words->text);
	fputc('\n', stderr);
}

static int call_function(struct node *body, int argc, char **argv)
{
	struct params saved = params;
	int depth = var_locals_begin(), loops = loop_depth;

	params.argc = argc - 1;
	params.argv = argv + 1;
	loop_depth = 0;
	function_depth++;
	if (function_depth > 1000)
		fail(2, "functions call each other too deeply");
	run(body, 0);
	if (unwinding == U_RETURN)
		unwinding = U_NONE;
	function_depth--;
	loop_depth = loops;
	var_locals_end(depth);
	params = saved;
	return status;
}

/* What it writes reaches its place now, or the builtin has failed; the next one begins afresh. */
static int call_builtin(const struct builtin *builtin, int argc, char **argv)
{
	int result = run_builtin(builtin, argc, argv);

	if (fflush(stdout) || ferror(stdout)) {
		complain("%s: %s", argv[0], strerror(errno));
		result = 1;
	}
	clearerr(stdout);
	return result;
}

/* Around a function or an ordinary builtin: the assignments hold during it only. */
static int run_inside(struct word *assigns, struct node *function, const struct builtin *builtin, int argc, char **argv)
{
	int keep = builtin && builtin->special, depth = 0;
	struct word *w;

	if (assigns && !keep)
		depth = var_locals_begin();
	for (w = assigns; w; w = w->next) {
		if (!keep)
			var_local(copy_bytes(w->text, strchr(w->text, '=') - w->text));
		assign(w->text, keep ? 0 : V_EXPORT);
	}
	if (function)
		status = call_function(function, argc, argv);
	else
		status = call_builtin(builtin, argc, argv);
	if (assigns && !keep)
		var_locals_end(depth);
	return status;
}

static int run_program(struct node *node, struct word *assigns, char **argv, int flags)
{
	char **env = var_environment(assigns);
	const char *dirs = var_get("PATH"), *path;
	struct job *job;

	for (; assigns; assigns = assigns->next)
		if (strncmp(assigns->text, "PATH=", 5) == 0)
			dirs = assigns->text + 5;
	path = find_command_in(argv[0], dirs);
	if (flags & EX_LAST && !trap_is_set(0)) {
		if (redirect(node->redirs, NULL) < 0)
			shell_exit(2);
		traps_reset();
		exec_program(argv, env, path);
	}
	job = job_new(node->text ? node->text : argv[0]);
	if (job_fork(job, 1) == 0) {
		if (redirect(node->redirs, NULL) < 0)
			_exit(2);
		exec_program(argv, env, path);
	}
	return status = job_wait(job);
}

/*
 * Assignments alone change the shell, each before the next is expanded;
 * redirections alone are made and undone.
 */
static int run_no_command(struct node *node)
{
	struct saved_fd *saved = NULL;
	struct word *assigns;
	int result;

	for (assigns = node->assigns; assigns; assigns = assigns->next) {
		struct word one = { .text = assigns->text }, *expanded = expand_assigns(&one);

		trace(expanded, NULL);
		assign(expanded->text, 0);
	}
	result = substitution_status;
	if (redirect(node->redirs, &saved) < 0)
		result = 2;
	restore_fds(saved);
	return status = result;
}

int run_simple(struct node *node, int flags)
{
	struct saved_fd *saved = NULL;
	const struct builtin *builtin = NULL;
	struct node *function;
	struct word *words, *assigns;
	char **argv;
	int argc, old_status = status;

	current_line = node->line;
	substitution_status = 0;
	words = expand_words(node->words);
	if (!words)
		return run_no_command(node);
	assigns = expand_assigns(node->assigns);
	trace(assigns, words);
	status = old_status;
	argv = make_argv(words, &argc);
	function = find_function(argv[0]);
	if (!function)
		builtin = find_builtin(argv[0]);
	if (!function && !builtin)
		return run_program(node, assigns, argv, flags);
	if (builtin && builtin->run == builtin_exec) {
		if (redirect(node->redirs, NULL) < 0)
			fail(2, NULL);
		return run_inside(assigns, NULL, builtin, argc, argv);
	}
	if (redirect(node->redirs, &saved) < 0)
		status = 2;
	else
		run_inside(assigns, function, builtin, argc, argv);
	restore_fds(saved);
	return status;
}
