/* jobs.h: the job table, for jobs.c, which keeps it, and jobcmds.c, the builtins that work on it. */
#ifndef SH_JOBS_H
#define SH_JOBS_H

#include <stdio.h>
#include <sys/types.h>
#include <termios.h>

struct process {
	pid_t pid;
	int result;		/* as wait() gave it */
	int ended, stopped;
};

struct job {
	struct job *next;
	int number;
	pid_t group;
	struct process *processes;
	int count;
	int background;
	int told;		/* its stop or end was reported */
	char *text;
	struct termios modes;	/* of the terminal when it stopped */
	int has_modes;
};

extern struct job *jobs;		/* the latest first */

void job_free(struct job *job);
int job_ended(const struct job *job);
int job_stopped(const struct job *job);
int job_status(const struct job *job);
int job_report(int options);		/* takes one of wait()'s; 0: none, -1: nobody to wait for */
void job_print(const struct job *job, FILE *out, int with_pid);

#endif
