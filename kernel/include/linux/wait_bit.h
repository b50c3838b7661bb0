/*
 * <linux/wait_bit.h> - sleeping until a bit of a word is clear.
 *
 * For locks that are one bit of something there are many of (a page, a buffer
 * head, an inode): they share a few hashed queues instead of one each.
 */
#ifndef _LINUX_WAIT_BIT_H
#define _LINUX_WAIT_BIT_H

#include <linux/wait.h>
#include <asm/bitops.h>

struct wait_bit_key {
	void *flags;			/* the word */
	int bit_nr;			/* -1: the word as a whole (wait_var_event) */
};

struct wait_bit_queue_entry {
	struct wait_bit_key key;
	struct wait_queue_entry wq_entry;
};

typedef int wait_bit_action_f(struct wait_bit_key *key, int mode);

/* How to sleep: 0 to test again, or -EINTR. */
extern int bit_wait(struct wait_bit_key *key, int mode);
extern int bit_wait_io(struct wait_bit_key *key, int mode);

extern wait_queue_head_t *bit_waitqueue(void *word, int bit);
extern wait_queue_head_t *__var_waitqueue(void *var);
extern int wake_bit_function(struct wait_queue_entry *entry, unsigned int mode, int flags,
			     void *key);
extern void wake_up_bit(void *word, int bit);
extern void wake_up_var(void *var);
extern int out_of_line_wait_on_bit(void *word, int bit, wait_bit_action_f *action,
				   unsigned int mode);
extern int out_of_line_wait_on_bit_lock(void *word, int bit, wait_bit_action_f *action,
					unsigned int mode);
extern void __wake_up_bit(struct wait_queue_head *wq, void *word, int bit);
extern void wait_bit_init(void);

/* Sleep until @bit of @word is clear.  0, or -EINTR in an interruptible or killable @mode. */
static inline int wait_on_bit(unsigned long *word, int bit, unsigned int mode)
{
	might_sleep();
	if (!test_bit(bit, word))
		return 0;
	return out_of_line_wait_on_bit(word, bit, bit_wait, mode);
}

static inline int wait_on_bit_io(unsigned long *word, int bit, unsigned int mode)
{
	might_sleep();
	if (!test_bit(bit, word))
		return 0;
	return out_of_line_wait_on_bit(word, bit, bit_wait_io, mode);
}

static inline int wait_on_bit_action(unsigned long *word, int bit, wait_bit_action_f *action,
				     unsigned int mode)
{
	might_sleep();
	if (!test_bit(bit, word))
		return 0;
	return out_of_line_wait_on_bit(word, bit, action, mode);
}

/* … and set it: the bit is a lock. */
static inline int wait_on_bit_lock(unsigned long *word, int bit, unsigned int mode)
{
	might_sleep();
	if (!test_and_set_bit(bit, word))
		return 0;
	return out_of_line_wait_on_bit_lock(word, bit, bit_wait, mode);
}

static inline int wait_on_bit_lock_io(unsigned long *word, int bit, unsigned int mode)
{
	might_sleep();
	if (!test_and_set_bit(bit, word))
		return 0;
	return out_of_line_wait_on_bit_lock(word, bit, bit_wait_io, mode);
}

/* Clear the bit, then wake: the barrier keeps the look at the queue behind the store. */
static inline void clear_and_wake_up_bit(int bit, void *word)
{
	clear_bit_unlock(bit, word);
	smp_mb__after_atomic();
	wake_up_bit(word, bit);
}

#define wait_var_event(var, condition)						\
do {										\
	might_sleep();								\
	if (condition)								\
		break;								\
	(void)___wait_event(*__var_waitqueue(var), condition, TASK_UNINTERRUPTIBLE, 0, 0, \
			    schedule());					\
} while (0)

#endif
