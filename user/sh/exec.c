/*
 * exec.c: walks the tree: lists, loops, choices, pipelines, subshells.
 * break, continue and return set `unwinding`; every loop and list looks at it
 * after each command, until the one that was meant takes it away.
 */
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "sh.h"

int status, substitution_status;
pid_t last_background, shell_pid;
enum unwind unwinding;
int unwind_count, loop_depth, function_depth, condition_depth, subshell;

/* A command whose failure set -e must not take for one: a condition, what ! negates. */
static int run_condition(struct node *node)
{
	condition_depth++;
	run(node, 0);
	condition_depth--;
	return status;
}

static int run_and_or(struct node *node, int flags)
{
	run_condition(node->a);
	if (!unwinding && (status == 0) == (node->type == N_AND))
		run(node->b, flags);
	return status;
}

/* Takes a break or continue that was meant for this loop. Returns whether the loop goes on. */
static int loop_goes_on(void)
{
	if (unwinding == U_BREAK || unwinding == U_CONTINUE) {
		if (--unwind_count > 0)
			return 0;
		if (unwinding == U_CONTINUE) {
			unwinding = U_NONE;
			return 1;
		}
		unwinding = U_NONE;
		return 0;
	}
	return !unwinding;
}

static int run_while(struct node *node)
{
	int result = 0;

	loop_depth++;
	for (;;) {
		run_condition(node->a);
		if (unwinding) {
			if (!loop_goes_on())
				break;
			continue;
		}
		if ((status == 0) == (node->type == N_UNTIL))
			break;
		run(node->b, 0);
		result = status;
		if (!loop_goes_on())
			break;
	}
	loop_depth--;
	if (!unwinding)
		status = result;
	return status;
}

static int run_for(struct node *node)
{
	struct word all = { .text = "\"$@\"" };
	struct word *words = expand_words(node->all_args ? &all : node->words);

	status = 0;
	loop_depth++;
	for (; words; words = words->next) {
		var_set(node->name, words->text);
		run(node->b, 0);
		if (!loop_goes_on())
			break;
	}
	loop_depth--;
	return status;
}

static int run_case(struct node *node, int flags)
{
	const char *subject = expand_string(node->name);
	struct case_item *item;
	struct word *w;

	status = 0;
	for (item = node->items; item; item = item->next)
		for (w = item->patterns; w; w = w->next)
			if (fnmatch(expand_pattern(w->text), subject, 0) == 0)
				return item->body ? run(item->body, flags) : 0;
	return status;
}

static int run_if(struct node *node, int flags)
{
	run_condition(node->a);
	if (unwinding)
		return status;
	if (status == 0)
		return run(node->b, flags);
	status = 0;
	return node->c ? run(node->c, flags) : 0;
}

static int run_subshell(struct node *node, int flags)
{
	struct job *job;

	if (flags & EX_LAST && !trap_is_set(0)) {
		subshell++;
		traps_reset();
		if (redirect(node->redirs, NULL) < 0)
			shell_exit(2);
		shell_exit(run(node->a, EX_LAST));
	}
	job = job_new(node->text);
	if (job_fork(job, 1) == 0) {
		if (redirect(node->redirs, NULL) < 0)
			shell_exit(2);
		shell_exit(run(node->a, EX_LAST));
	}
	return status = job_wait(job);
}

/* The child of a pipeline: its ends become 0 and 1. */
static void run_pipe_part(struct node *part, int in, int out, int unused)
{
	if (unused >= 0)
		close(unused);
	if (in > 0) {
		dup2(in, 0);
		close(in);
	}
	if (out >= 0 && out != 1) {
		dup2(out, 1);
		close(out);
	}
	shell_exit(run(part, EX_LAST));
}

static void start_pipeline(struct node *part, struct job *job, int foreground)
{
	int in = -1, fd[2];

	for (; part; part = part->next) {
		fd[0] = fd[1] = -1;
		if (part->next && pipe(fd) < 0)
			fail(2, "cannot make a pipe: %s", strerror(errno));
		if (job_fork(job, foreground) == 0)
			run_pipe_part(part, in, fd[1], fd[0]);
		if (in >= 0)
			close(in);
		if (fd[1] >= 0)
			close(fd[1]);
		in = fd[0];
	}
}

static int run_pipeline(struct node *node)
{
	struct job *job = job_new(node->text);

	start_pipeline(node->a, job, 1);
	return status = job_wait(job);
}

static int run_background(struct node *node)
{
	struct node *command = node->a;
	struct job *job = job_new(node->text);

	if (command->type == N_PIPE) {
		start_pipeline(command->a, job, 0);
	} else if (job_fork(job, 0) == 0) {
		if (!job_control) {
			int null = open("/dev/null", O_RDONLY);

			dup2(null, 0);
			close(null);
		}
		shell_exit(run(command, EX_LAST));
	}
	job_background(job);
	return status = 0;
}

static int run_compound(struct node *node, int flags)
{
	switch (node->type) {
	case N_GROUP:
		return run(node->a, flags);
	case N_IF:
		return run_if(node, flags);
	case N_WHILE:
	case N_UNTIL:
		return run_while(node);
	case N_FOR:
		return run_for(node);
	case N_CASE:
		return run_case(node, flags);
	default:
		define_function(node->name, node->a);
		return status = 0;
	}
}

/* { ...; } >file: the redirections hold for all of it, then end. */
static int run_redirected(struct node *node)
{
	struct saved_fd *saved = NULL;

	if (redirect(node->redirs, &saved) == 0)
		run_compound(node, 0);
	else
		status = 2;
	restore_fds(saved);
	return status;
}

static void check_errexit(const struct node *node)
{
	int judged = node->type == N_SIMPLE || node->type == N_PIPE || node->type == N_SUBSHELL;

	if (option_e && status != 0 && judged && !condition_depth && !unwinding)
		shell_exit(status);
}

static void run_node(struct node *node, int flags)
{
	switch (node->type) {
	case N_SIMPLE:
		run_simple(node, flags);
		break;
	case N_PIPE:
		run_pipeline(node);
		break;
	case N_NOT:
		run_condition(node->a);
		if (!unwinding)
			status = !status;
		break;
	case N_AND:
	case N_OR:
		run_and_or(node, flags);
		break;
	case N_SEQUENCE:
		run(node->a, 0);
		if (!unwinding)
			run(node->b, flags);
		break;
	case N_BACKGROUND:
		run_background(node);
		break;
	case N_SUBSHELL:
		run_subshell(node, flags);
		break;
	default:
		if (node->redirs)
			run_redirected(node);
		else
			run_compound(node, flags);
	}
}

int run(struct node *node, int flags)
{
	struct mark m = mark_memory();

	if (option_n && !interactive)
		return 0;
	run_node(node, flags);
	if (interrupted && interactive)
		fail(130, NULL);
	traps_run();
	check_errexit(node);
	release_memory(m);
	return status;
}

/* Reads and runs commands until the input on top ends. */
static int run_input(void)
{
	int eof;

	for (;;) {
		struct mark m = mark_memory();
		struct node *node = parse_line(&eof);

		if (node)
			run(node, 0);
		release_memory(m);
		if (eof || unwinding)
			break;
	}
	input_pop();
	return status;
}

/* A string that is one command and the last thing to do needs no process of its own. */
int run_string(const char *text, int flags)
{
	struct mark m = mark_memory();
	struct node *node, *next = NULL;
	int eof;

	input_push_string(text);
	if (!(flags & EX_LAST))
		return run_input();
	status = 0;
	do
		node = parse_line(&eof);
	while (!node && !eof);
	while (node && !unwinding) {
		do
			next = parse_line(&eof);
		while (!next && !eof);
		run(node, next ? 0 : EX_LAST);
		node = next;
	}
	release_memory(m);
	input_pop();
	return status;
}

int run_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		complain("cannot open %s: %s", path, strerror(errno));
		return -1;
	}
	input_push_file(fd, path);
	return run_input();
}
