/*
 * <linux/poll.h> - select() and poll(), as a driver sees them.
 *
 * A driver's poll method first names every wait queue on which a change would
 * be announced, with poll_wait(), and then returns what is possible now
 * (EPOLLIN | EPOLLRDNORM …).  poll_wait() does not sleep: it only puts the
 * caller on the queue, so that a change between the look and the sleep wakes it.
 * Who changes the state does so first and wakes after.
 */
#ifndef _LINUX_POLL_H
#define _LINUX_POLL_H

#include <linux/types.h>
#include <linux/wait.h>
#include <linux/fs.h>
#include <linux/ktime.h>
#include <uapi/linux/poll.h>
#include <uapi/linux/eventpoll.h>

struct poll_table_struct;

typedef void (*poll_queue_proc)(struct file *, wait_queue_head_t *, struct poll_table_struct *);

/* Private to select.c and eventpoll.c; drivers only pass it on. */
typedef struct poll_table_struct {
	poll_queue_proc _qproc;		/* NULL: somebody is ready, queue no more */
	__poll_t _key;			/* events asked for */
} poll_table;

/* struct pollfd has plain numbers. */
static inline __poll_t demangle_poll(short events)
{
	return (__force __poll_t)(u16)events;
}

static inline short mangle_poll(__poll_t mask)
{
	return (__force u16)(__force unsigned)mask;
}

#define DEFAULT_POLLMASK	(EPOLLIN | EPOLLOUT | EPOLLRDNORM | EPOLLWRNORM)

static inline void poll_wait(struct file *file, wait_queue_head_t *queue, poll_table *table)
{
	if (table && table->_qproc)
		table->_qproc(file, queue, table);
}

static inline bool poll_does_not_wait(const poll_table *table)
{
	return !table || !table->_qproc;
}

static inline __poll_t poll_requested_events(const poll_table *table)
{
	return table ? table->_key : ~(__force __poll_t)0;
}

static inline void init_poll_funcptr(poll_table *table, poll_queue_proc qproc)
{
	table->_qproc = qproc;
	table->_key = ~(__force __poll_t)0;
}

/* A file without a poll method never blocks, so it is always ready. */
static inline __poll_t vfs_poll(struct file *file, poll_table *table)
{
	if (unlikely(!file->f_op->poll))
		return DEFAULT_POLLMASK;
	return file->f_op->poll(file, table);
}

static inline bool file_can_poll(struct file *file)
{
	return file->f_op->poll;
}

/* One queue a sleeper stands on. */
struct poll_table_entry {
	struct file *filp;		/* a reference: keeps the queue alive */
	wait_queue_entry_t wait;
	wait_queue_head_t *wait_address;
	__poll_t key;
};

#define N_INLINE_POLL_ENTRIES	8

struct poll_table_page;

/* All queues of one select() or poll(): the first few on the stack, the rest in pages. */
struct poll_wqueues {
	poll_table pt;
	struct poll_table_page *table;
	struct task_struct *polling_task;
	int triggered;			/* set by a wake-up, read by the sleeper */
	int error;
	int inline_index;
	struct poll_table_entry inline_entries[N_INLINE_POLL_ENTRIES];
};

extern void poll_initwait(struct poll_wqueues *pwq);
extern void poll_freewait(struct poll_wqueues *pwq);

#endif
