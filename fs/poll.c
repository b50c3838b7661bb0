/*
 * poll(): what select() does, with an array of descriptors instead of bitmaps.
 *
 * The array is copied in blocks: a first one on the stack, the rest in pages.
 * See select.c for how the waiting works.
 */
#include <linux/sched/signal.h>
#include "internal.h"

struct poll_list {
	struct poll_list *next;
	unsigned int len;
	struct pollfd entries[];
};

#define POLL_STACK_ENTRIES	30
#define POLLFD_PER_PAGE		((PAGE_SIZE - sizeof(struct poll_list)) / sizeof(struct pollfd))

/* One descriptor; sets revents.  Is anything so? */
static bool do_pollfd(struct pollfd *pollfd, poll_table *wait)
{
	__poll_t filter = demangle_poll(pollfd->events) | EPOLLERR | EPOLLHUP, mask;
	struct fd f;

	pollfd->revents = 0;
	if (pollfd->fd < 0)
		return false;
	f = fdget(pollfd->fd);
	if (!f.file) {
		pollfd->revents = POLLNVAL;
		return true;
	}
	wait->_key = filter;
	mask = vfs_poll(f.file, wait) & filter;
	fdput(f);
	pollfd->revents = mangle_poll(mask);
	return mask;
}

static int poll_pass(struct poll_list *list, poll_table *wait)
{
	unsigned int i;
	int found = 0;

	for (; list; list = list->next)
		for (i = 0; i < list->len; i++)
			if (do_pollfd(&list->entries[i], wait)) {
				found++;
				wait->_qproc = NULL;	/* no need to queue any more */
			}
	return found;
}

static int do_poll(struct poll_list *list, struct poll_wqueues *table, ktime_t *expires,
		   bool no_wait)
{
	int found;

	if (no_wait)
		table->pt._qproc = NULL;
	for (;;) {
		found = poll_pass(list, &table->pt);
		table->pt._qproc = NULL;
		if (found || no_wait)
			return found;
		if (table->error)
			return table->error;
		if (signal_pending(current))
			return -EINTR;
		if (!poll_schedule_timeout(table, expires))
			no_wait = true;		/* time is up: one last look */
	}
}

static void free_poll_list(struct poll_list *head)
{
	struct poll_list *list = head->next, *next;

	for (; list; list = next) {
		next = list->next;
		kfree(list);
	}
}

/* Copies the array into head, which has room for a first part, and blocks behind it. */
static int get_poll_list(struct poll_list *head, struct pollfd __user *ufds, unsigned int nfds)
{
	unsigned int len = min_t(unsigned int, nfds, POLL_STACK_ENTRIES);
	struct poll_list *list = head;

	for (;;) {
		list->next = NULL;
		list->len = len;
		if (copy_from_user(list->entries, ufds, len * sizeof(struct pollfd)))
			return -EFAULT;
		ufds += len;
		nfds -= len;
		if (!nfds)
			return 0;
		len = min_t(unsigned int, nfds, POLLFD_PER_PAGE);
		list->next = kmalloc(sizeof(*list) + len * sizeof(struct pollfd), GFP_KERNEL);
		if (!list->next)
			return -ENOMEM;
		list = list->next;
	}
}

static int put_revents(const struct poll_list *list, struct pollfd __user *ufds)
{
	unsigned int i;

	for (; list; list = list->next)
		for (i = 0; i < list->len; i++, ufds++)
			if (__put_user(list->entries[i].revents, &ufds->revents))
				return -EFAULT;
	return 0;
}

/* The number of descriptors with something to tell, or an error.  Times as in select. */
int do_sys_poll(struct pollfd __user *ufds, unsigned int nfds, ktime_t *expires, bool no_wait)
{
	union {
		struct poll_list head;
		char room[sizeof(struct poll_list) + POLL_STACK_ENTRIES * sizeof(struct pollfd)];
	} stack;
	struct poll_wqueues table;
	int found, err;

	if (nfds > rlimit(RLIMIT_NOFILE))
		return -EINVAL;
	if (!access_ok(ufds, nfds * sizeof(*ufds)))
		return -EFAULT;
	found = get_poll_list(&stack.head, ufds, nfds);
	if (found)
		goto out;
	poll_initwait(&table);
	found = do_poll(&stack.head, &table, expires, no_wait);
	poll_freewait(&table);
	err = put_revents(&stack.head, ufds);
	if (err)
		found = err;
out:
	free_poll_list(&stack.head);
	return found;
}
