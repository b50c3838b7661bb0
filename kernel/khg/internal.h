/*
 * The adaptor sees both worlds: here struct file is today's again and struct
 * khg_file that of 1996.
 */
#ifndef KHG_INTERNAL_H
#define KHG_INTERNAL_H

#include <khg/blk.h>
#include <khg/mm.h>

#undef file
#undef file_operations
#undef request
#undef timer_list
#undef add_timer
#undef del_timer
#undef wake_up
#undef wake_up_interruptible
#undef add_wait_queue
#undef remove_wait_queue
#undef schedule
#undef register_chrdev
#undef unregister_chrdev
#undef register_blkdev
#undef unregister_blkdev

/* What a select method passes on to select_wait(). Lives on the stack of one call. */
struct select_table_struct {
	struct file *file;
	poll_table *poll;
};

/* All who select() on a device of 1996, whichever: each looks again when one is woken. */
extern wait_queue_head_t khg_selectors;

/* A driver unregistered that has files open; ip is in it. */
void khg_tell_open(unsigned long ip, const char *name, unsigned int major, unsigned int open);

/* f_pos and the like, before a call. */
void khg_refresh(struct khg_file *old, const struct file *file);

#endif
