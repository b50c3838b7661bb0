/*
 * <linux/report.h> - how a checker tells what it found: one block that a person and a grader read.
 *
 *	BUG: KASAN: use-after-free write of 4 bytes: victim+0x1c/0x40  drivers/char/victim.c:81
 *	 who: PID 12 (sh), CPU 0, process context, interrupts on, preempt_count 0
 *	 when: 3.141592 s after power-on
 *	 holding: &pipe->lock (fs/pipe.c:71) taken at fs/pipe.c:120
 *	 (lines of the checker's own, and stacks, each under a title)
 *	---[ end of the report: KASAN: use-after-free write of 4 bytes ]---
 *
 *	report_begin(_RET_IP_, "KASAN: %s", what);
 *	report_line("...", ...);
 *	report_stack_here("Call trace:");
 *	report_saved_stack("Freed by task 12:", handle);
 *	report_end();
 *
 * From report_begin() to report_end() interrupts are off and the CPU's checkers
 * rest: they ask report_running() first. A report inside a report, a fault for
 * example, ends in a short panic. Context: any; no lock of the caller is taken
 * but those of printk().
 */
#ifndef _LINUX_REPORT_H
#define _LINUX_REPORT_H

#include <linux/compiler.h>
#include <linux/stackdepot.h>
#include <linux/types.h>

/*
 * Starts a block with its first line, "BUG: " what ": " where. @ip is a return
 * address at the place.
 */
__printf(2, 3) void report_begin(unsigned long ip, const char *fmt, ...) __cold;

/* Where something was found, for who knows more than a return address. */
struct report_place {
	const char *severity;		/* "WARNING"; NULL: "BUG" */
	unsigned long ip;		/* of the instruction */
	const char *file;		/* NULL: looked up by ip */
	unsigned int line;
};
__printf(2, 3) void report_begin_at(const struct report_place *place, const char *fmt, ...) __cold;

__printf(1, 2) void report_line(const char *fmt, ...) __cold;
void report_stack_here(const char *title) __cold;
void report_stack_from(const char *title, unsigned long ebp) __cold;
void report_saved_stack(const char *title, depot_stack_handle_t handle) __cold;
void report_end(void) __cold;

/* Whether this CPU is inside a report, or the kernel is going down. */
bool report_running(void);
/*
 * True the first time a checker asks for @place, any number that names one, and
 * always while a test expects reports. When its table is full it says so once,
 * and then it is false for every new place.
 */
bool report_first(unsigned long place) __cold;
/* A test expects reports: they are made again at places that were told before. */
bool report_expecting(void) __cold;
/* How many reports nobody expected since boot; a test run that leaves it above 0 is not clean. */
extern unsigned int report_count;

/*
 * Tests that commit a crime: reports whose first line contains @part begin
 * "expected BUG: " and count here until the next call. NULL: none are expected.
 * Returns how many came since the call before. One at a time (the test mutex).
 */
unsigned int report_expect(const char *part);

/* Set by the lock checker: prints a line a lock that the current task holds. */
extern void (*report_held_locks)(void);
/* The same of all tasks. Context: any. */
extern void (*report_all_locks)(void);

#endif
