/*
 * jobs.c: the processes of a pipeline, together: waited for, stopped, moved
 * between fore- and background.
 *
 * With job control each job is a process group, and the terminal belongs to
 * the one in the foreground: ^C and ^Z go to it alone, and a background job
 * that reads the terminal is stopped (SIGTTIN).  Both parent and child make
 * the group, so that neither can be too early for the other.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <sys/wait.h>
#include "jobs.h"
#include "sh.h"

int job_control;
struct job *jobs;
static struct termios shell_modes;
static pid_t shell_group;

struct job *job_new(const char *text)
{
	struct job *job = must_malloc(sizeof(*job)), *j;

	*job = (struct job){ .next = jobs, .number = 1, .text = must_strdup(text ? text : "") };
	for (j = jobs; j; j = j->next)
		if (j->number >= job->number)
			job->number = j->number + 1;
	jobs = job;
	return job;
}

void job_free(struct job *job)
{
	struct job **link;

	for (link = &jobs; *link != job; link = &(*link)->next)
		;
	*link = job->next;
	free(job->processes);
	free(job->text);
	free(job);
}

/* A subshell's children are its own; the parent's jobs are not. */
void jobs_forget(void)
{
	while (jobs)
		job_free(jobs);
}

static void become_child(struct job *job, int foreground)
{
	sigset_t none;

	if (job_control && job) {
		setpgid(0, job->group);
		if (foreground)
			tcsetpgrp(2, getpgrp());
	}
	subshell++;
	if (!job_control && !foreground) {
		signal(SIGINT, SIG_IGN);
		signal(SIGQUIT, SIG_IGN);
	}
	traps_reset();
	job_control = 0;
	interactive = 0;
	if (job)
		jobs_forget();
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* fork(), and the child put where it belongs. `job` null: a helper that nobody sees. */
pid_t job_fork(struct job *job, int foreground)
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid < 0)
		fail(2, "Cannot fork: %s", strerror(errno));
	if (pid == 0) {
		become_child(job, foreground);
		return 0;
	}
	if (!job)
		return pid;
	job->processes = realloc(job->processes, (job->count + 1) * sizeof(*job->processes));
	job->processes[job->count++] = (struct process){ .pid = pid };
	if (job_control) {
		if (!job->group)
			job->group = pid;
		setpgid(pid, job->group);
		if (foreground)
			tcsetpgrp(2, job->group);
	}
	return pid;
}

int job_ended(const struct job *job)
{
	int i;

	for (i = 0; i < job->count; i++)
		if (!job->processes[i].ended)
			return 0;
	return 1;
}

int job_stopped(const struct job *job)
{
	int i, stopped = 0;

	for (i = 0; i < job->count; i++) {
		if (!job->processes[i].ended && !job->processes[i].stopped)
			return 0;
		stopped |= job->processes[i].stopped;
	}
	return stopped;
}

static int exit_status(int result)
{
	if (WIFEXITED(result))
		return WEXITSTATUS(result);
	return 128 + (WIFSTOPPED(result) ? WSTOPSIG(result) : WTERMSIG(result));
}

int job_status(const struct job *job)
{
	int i = job->count;

	while (i-- > 0)			/* with pipefail the last that failed tells, else just the last */
		if (!option_pipefail || job->processes[i].result)
			return exit_status(job->processes[i].result);
	return 0;
}

static void note(pid_t pid, int result)
{
	struct job *job;
	int i;

	for (job = jobs; job; job = job->next)
		for (i = 0; i < job->count; i++)
			if (job->processes[i].pid == pid) {
				struct process *p = &job->processes[i];

				p->result = result;
				p->stopped = WIFSTOPPED(result);
				p->ended = !WIFSTOPPED(result) && !WIFCONTINUED(result);
				job->told = 0;
				return;
			}
}

/* Takes one report. Returns 0 if there was none, -1 if there is nobody to wait for. */
int job_report(int options)
{
	int result;
	pid_t pid = waitpid(-1, &result, options | (job_control ? WUNTRACED : 0));

	if (pid > 0)
		note(pid, result);
	else if (pid < 0 && errno == EINTR)
		return 0;
	return pid > 0 ? 1 : pid;
}

static void take_terminal(void)
{
	if (job_control)
		tcsetpgrp(2, shell_group);
}

static void tell_signal(struct job *job)
{
	int result = job->processes[job->count - 1].result, sig = WIFSIGNALED(result) ? WTERMSIG(result) : 0;

	if (!sig || sig == SIGPIPE)
		return;
	if (sig == SIGINT)
		fputc('\n', interactive ? stderr : stdout);
	else
		fprintf(stderr, "%s%s\n", strsignal(sig), WCOREDUMP(result) ? " (core dumped)" : "");
}

/* Waits until the job ends or stops; its status. */
int job_wait(struct job *job)
{
	int result;

	while (!job_ended(job) && !(job_control && job_stopped(job)))
		if (job_report(0) < 0)
			break;
	result = job_status(job);
	take_terminal();
	if (!job_ended(job) && job_control) {
		job->has_modes = tcgetattr(2, &job->modes) == 0;
		tcsetattr(2, TCSADRAIN, &shell_modes);
		job->background = job->told = 1;
		fprintf(stderr, "\n[%d] + Stopped\t%s\n", job->number, job->text);
		return result;
	}
	if (job_control && result < 128)
		tcgetattr(2, &shell_modes);
	else if (job_control)
		tcsetattr(2, TCSADRAIN, &shell_modes);
	if (job->count) {
		int raw = job->processes[job->count - 1].result;

		if (WIFSIGNALED(raw) && WTERMSIG(raw) == SIGINT && interactive)
			interrupted = 1;
		else if (interactive || (WIFSIGNALED(raw) && WTERMSIG(raw) != SIGINT))
			tell_signal(job);
	}
	job_free(job);
	return result;
}

void job_background(struct job *job)
{
	job->background = 1;
	last_background = job->processes[job->count - 1].pid;
	if (interactive)
		fprintf(stderr, "[%d] %d\n", job->number, last_background);
}

void job_print(const struct job *job, FILE *out, int with_pid)
{
	const char *current = job == jobs ? "+" : job == jobs->next ? "-" : " ";
	char done[32];

	if (!job_ended(job))
		strcpy(done, job_stopped(job) ? "Stopped" : "Running");
	else if (WIFSIGNALED(job->processes[job->count - 1].result))
		snprintf(done, sizeof(done), "%s", strsignal(WTERMSIG(job->processes[job->count - 1].result)));
	else if (job_status(job))
		snprintf(done, sizeof(done), "Done(%d)", job_status(job));
	else
		strcpy(done, "Done");
	fprintf(out, "[%d] %s ", job->number, current);
	if (with_pid)
		fprintf(out, "%d ", job->processes[0].pid);
	fprintf(out, "%s\t%s\n", done, job->text);
}

/* Before a prompt: what ended or stopped in the background since the last one. */
void jobs_notify(void)
{
	struct job *job, *next;

	while (job_report(WNOHANG) > 0)
		;
	for (job = jobs; job; job = next) {
		next = job->next;
		if (job->told || !(job_ended(job) || job_stopped(job)))
			continue;
		if (interactive)
			job_print(job, stderr, 0);
		job->told = 1;
		if (job_ended(job))
			job_free(job);
	}
}

int jobs_stopped(void)
{
	struct job *job;

	for (job = jobs; job; job = job->next)
		if (!job_ended(job) && job_stopped(job))
			return 1;
	return 0;
}

/* The shell becomes a group of its own and takes the terminal, once somebody put it in the foreground. */
void jobs_init(int on)
{
	if (!on) {
		job_control = 0;
		return;
	}
	while (tcgetpgrp(2) != getpgrp()) {
		if (tcgetpgrp(2) < 0)
			return;		/* no terminal that controls us */
		kill(0, SIGTTIN);
	}
	signal(SIGTSTP, SIG_IGN);
	signal(SIGTTIN, SIG_IGN);
	signal(SIGTTOU, SIG_IGN);
	setpgid(0, 0);
	shell_group = getpgrp();
	tcsetpgrp(2, shell_group);
	tcgetattr(2, &shell_modes);
	job_control = 1;
}
