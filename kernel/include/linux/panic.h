/*
 * The ends of the line: panic, oops, and the stack dump.
 */
#ifndef _LINUX_PANIC_H
#define _LINUX_PANIC_H

#include <linux/compiler.h>
#include <linux/types.h>

struct pt_regs;
struct notifier_block;

__printf(1, 2) void panic(const char *fmt, ...) __noreturn __cold;
void oops_enter(void);
void oops_exit(void);
extern int oops_in_progress;
extern int panic_timeout;
extern int panic_on_oops;
extern int panic_on_warn;
extern u64 panic_first_record;		/* where its report starts in the log (<linux/printk.h>) */
extern const char *panic_reason;	/* formatted reason once panic() began */

/*
 * Called by fault handlers for a fault in kernel mode that nothing fixes up:
 * reports it with registers and backtrace, then kills the current task, or
 * panics in interrupt context, in the idle task and in init.
 */
void die(const char *what, struct pt_regs *regs, long error_code) __noreturn __cold;

void dump_stack(void);
void show_stack_from(unsigned long ebp, const char *level);

#define TAINT_PROPRIETARY_MODULE 0
#define TAINT_DIE	7
#define TAINT_WARN	9
#define TAINT_OOT_MODULE 12
void add_taint(unsigned int flag, int lockdep_ok);
unsigned long get_taint(void);
#define LOCKDEP_STILL_OK	1
#define LOCKDEP_NOW_UNRELIABLE	0

#endif
