/*
 * Core dumps: coredump.c decides and gathers, elf_core.c writes the format.
 */
#ifndef KERNEL_PROC_COREDUMP_H
#define KERNEL_PROC_COREDUMP_H

#include <linux/completion.h>
#include <linux/sched.h>

struct file;
struct siginfo;

/* A thread that waits, on its own stack, until it is written down. */
struct core_thread {
	struct task_struct *task;	/* NULL: it may go on to exit */
	struct core_thread *next;	/* [siglock] */
};

/* On the stack of the one who dumps; signal->core_state points to it. */
struct core_state {
	struct core_thread *threads;	/* [siglock] the others that have come */
	int missing;			/* [siglock] those still on their way */
	struct completion all_here;
};

/* One dump on its way out. */
struct coredump_params {
	const struct siginfo *siginfo;
	const struct core_state *state;
	struct file *file;
	unsigned long limit;		/* bytes, RLIMIT_CORE */
	loff_t pos;
};

/* False: the limit is reached, the disk is full or SIGKILL came; the dump ends there. */
bool dump_emit(struct coredump_params *cprm, const void *data, size_t size);
/* The same for zeroes, as a hole. */
bool dump_skip(struct coredump_params *cprm, size_t size);
bool elf_core_dump(struct coredump_params *cprm);

/* The current task ends by a signal that dumps: its core, if there may be one. */
void do_coredump(const struct siginfo *siginfo);
/* A thread leaves its mm: not before a dump of it is done. */
void coredump_wait_turn(void);

#endif
