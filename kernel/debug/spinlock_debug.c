/*
 * A spinlock that is never released (DEBUG=1): its waiter has gone round often
 * enough. Nothing can be saved, for the waiter may switch off whatever would run
 * instead; so the report is followed by the end.
 */
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/report.h>
#include <linux/spinlock.h>

void spin_lockup(const void *lock)
{
	report_begin(_RET_IP_, "spinlock lockup: %pS never becomes free", lock);
	report_stack_here("It is wanted here:");
	if (report_all_locks)
		report_all_locks();
	report_end();
	panic("spinlock lockup");
}
