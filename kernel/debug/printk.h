/*
 * Between printk.c (records) and console.c (who shows them).
 */
#ifndef KERNEL_DEBUG_PRINTK_H
#define KERNEL_DEBUG_PRINTK_H

#include <linux/printk.h>

#define LOG_LINE_MAX	1000		/* text of one record */

/* Shows what came since; called after a record was stored. Context: any. */
void console_flush(void);
/* panic(): nobody will let go of the locks any more. */
void printk_bust_locks(void);
void console_bust_locks(void);
/*
 * console_flush()'s end: calls done() with the log locked if *seq is the next
 * record to come, and returns false; else copies it as printk_read_record().
 */
bool printk_next_for_console(u64 *seq, struct printk_record *rec, char *text, size_t size,
			     void (*done)(void));

#endif
