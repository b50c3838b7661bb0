/* jobcmds.c: jobs, fg, bg, wait, kill. */
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <sys/wait.h>
#include "../bin/signals.h"
#include "jobs.h"
#include "sh.h"

/* %n, %%, %+, %-, %text, or a process id; null: the latest. Complains when there is none. */
static struct job *find_job(const char *name, const char *who)
{
	struct job *job = jobs;
	int i;

	if (name && *name != '%') {
		for (; job; job = job->next)
			for (i = 0; i < job->count; i++)
				if (job->processes[i].pid == atoi(name))
					return job;
	} else if (name && name[1] == '-') {
		job = jobs ? jobs->next : NULL;
	} else if (name && name[1] && !strchr("%+", name[1])) {
		int number = atoi(name + 1);

		while (job && (number ? job->number != number : strncmp(job->text, name + 1, strlen(name + 1)) != 0))
			job = job->next;
	}
	if (!job)
		complain("%s: No such job: %s", who, name ? name : "(current)");
	return job;
}

/* -p: the process that leads the group alone; -l: its number, too */
static void show_job(const struct job *job, char how)
{
	if (how == 'p')
		printf("%d\n", job->processes[0].pid);
	else
		job_print(job, stdout, how == 'l');
}

/* jobs [-l | -p] [job ...] */
int builtin_jobs(int argc, char **argv)
{
	struct job *job, *next, *all[64];
	int count = 0, result = 0, i;
	char how = '\0';

	for (i = 1; i < argc && argv[i][0] == '-' && argv[i][1]; i++)
		how = argv[i][1] == '-' ? how : argv[i][1];
	while (job_report(WNOHANG) > 0)
		;
	for (job = jobs; i == argc && job && count < 64; job = job->next)
		all[count++] = job;
	while (count-- > 0)
		show_job(all[count], how);
	for (; i < argc; i++) {
		job = find_job(argv[i], "jobs");
		if (job)
			show_job(job, how);
		else
			result = 2;
	}
	for (job = jobs; job; job = next) {
		next = job->next;
		if (job_ended(job))
			job_free(job);
	}
	return result;
}

static void continue_job(struct job *job)
{
	int i;

	for (i = 0; i < job->count; i++)
		job->processes[i].stopped = 0;
	job->told = 0;
	kill(-job->group, SIGCONT);
}

int builtin_fg(int argc, char **argv)
{
	struct job *job;

	if (!job_control) {
		complain("fg: no job control");
		return 2;
	}
	job = find_job(argv[1], "fg");
	if (!job)
		return 2;
	printf("%s\n", job->text);
	fflush(stdout);
	tcsetpgrp(2, job->group);
	if (job->has_modes)
		tcsetattr(2, TCSADRAIN, &job->modes);
	job->background = 0;
	continue_job(job);
	return job_wait(job);
}

int builtin_bg(int argc, char **argv)
{
	int result = 0, i = 1;
	struct job *job;

	if (!job_control) {
		complain("bg: no job control");
		return 2;
	}
	do {				/* without operands argv[1] is null: the latest */
		job = find_job(argv[i], "bg");
		if (!job) {
			result = 2;
			continue;
		}
		printf("[%d] %s\n", job->number, job->text);
		job->background = 1;
		continue_job(job);
	} while (++i < argc);
	return result;
}

/* A signal that has a trap ends the waiting, with 128 + its number or so. */
static int wait_for(struct job *job)
{
	int result;

	while (!job_ended(job)) {
		if (job_report(0) < 0)
			break;
		if (trap_pending() || interrupted)
			return 128 + SIGINT;
	}
	result = job_status(job);
	job_free(job);
	return result;
}

int builtin_wait(int argc, char **argv)
{
	int result = 0, i;

	for (i = 1; i < argc; i++) {
		struct job *job = jobs;
		int k, found = 0;

		if (*argv[i] == '%') {
			job = find_job(argv[i], "wait");
			found = job != NULL;
		}
		for (; job && !found; job = found ? job : job->next)
			for (k = 0; k < job->count; k++)
				found |= job->processes[k].pid == atoi(argv[i]);
		result = found ? wait_for(job) : 127;
	}
	while (argc == 1 && jobs) {
		struct job *job = jobs;

		while (job && job_stopped(job))
			job = job->next;
		if (!job)
			break;
		if (wait_for(job) == 128 + SIGINT && (trap_pending() || interrupted))
			return 128 + SIGINT;
	}
	return result;
}

/* kill [-s name | -name | -number] pid | %job ...; kill -l */
int builtin_kill(int argc, char **argv)
{
	int sig, i = kill_options(argc, argv, &sig), result = 0;

	if (i < 0)
		complain("usage: kill [-s signal | -signal] pid ...");
	if (i <= 0)
		return -i;
	for (; i < argc; i++) {
		struct job *job = *argv[i] == '%' ? find_job(argv[i], "kill") : NULL;
		pid_t pid = job ? (job->group ? -job->group : job->processes[0].pid) : 0;

		if (*argv[i] == '%' && !job) {
			result = 1;
		} else if ((!job && process_number(argv[i], &pid) < 0) || kill(pid, sig) < 0) {
			complain("kill: %s: %s", argv[i], strerror(errno));
			result = 1;
		} else if (job && job_stopped(job) && sig != SIGSTOP && sig != SIGTSTP) {
			kill(pid, SIGCONT);
		}
	}
	return result;
}
