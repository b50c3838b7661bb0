/*
 * select() and poll(): waiting for any of many descriptors, given as bitmaps or as an array.
 *
 * One pass over the descriptors calls each file's poll method: it puts us on
 * the queues where a change will be announced and tells what is so now.  Only
 * the first pass queues; a wake-up sets `triggered` in our poll_wqueues, and
 * the next pass just looks.  So each descriptor costs a queue entry once, a
 * call a pass, and nothing else: not quadratic, however many there are.
 *
 *	sleeper (poll_loop)			waker (pollwake)
 *	state = INTERRUPTIBLE			condition = true
 *	triggered?  no				triggered = 1
 *	schedule()				wakes the task
 */
#include <linux/hrtimer.h>
#include <linux/sched/signal.h>
#include "internal.h"

/* ------------------------------------------------------------------ waiting on many queues */

struct poll_table_page {
	struct poll_table_page *next;
	struct poll_table_entry *entry;		/* the next one free */
	struct poll_table_entry entries[];
};

static bool page_is_full(const struct poll_table_page *page)
{
	return (unsigned long)(page->entry + 1) > (unsigned long)page + PAGE_SIZE;
}

/* Room to remember one queue: on the stack for the first few, then a page at a time; or NULL. */
static struct poll_table_entry *poll_get_entry(struct poll_wqueues *pwq)
{
	struct poll_table_page *page = pwq->table;

	if (pwq->inline_index < N_INLINE_POLL_ENTRIES)
		return pwq->inline_entries + pwq->inline_index++;
	if (!page || page_is_full(page)) {
		page = (void *)__get_free_page(GFP_KERNEL);
		if (!page) {
			pwq->error = -ENOMEM;
			return NULL;
		}
		page->next = pwq->table;
		page->entry = page->entries;
		pwq->table = page;
	}
	return page->entry++;
}

/* Called by the waker with the queue's lock held, from any context. */
static int pollwake(struct wait_queue_entry *wait, unsigned int mode, int sync, void *key)
{
	struct poll_table_entry *entry = container_of(wait, struct poll_table_entry, wait);
	struct poll_wqueues *pwq = wait->private;

	if (key && !(key_to_poll(key) & entry->key))
		return 0;
	WRITE_ONCE(pwq->triggered, 1);
	smp_mb();	/* before its state is looked at: see poll_schedule_timeout() */
	return try_to_wake_up(pwq->polling_task, TASK_INTERRUPTIBLE, sync);
}

/* poll_wait() ends here. */
static void pollqueue(struct file *file, wait_queue_head_t *wait_address, poll_table *table)
{
	struct poll_wqueues *pwq = container_of(table, struct poll_wqueues, pt);
	struct poll_table_entry *entry = poll_get_entry(pwq);

	if (!entry)
		return;
	entry->filp = get_file(file);
	entry->wait_address = wait_address;
	entry->key = table->_key;
	init_waitqueue_func_entry(&entry->wait, pollwake);
	entry->wait.private = pwq;
	add_wait_queue(wait_address, &entry->wait);
}

void poll_initwait(struct poll_wqueues *pwq)
{
	init_poll_funcptr(&pwq->pt, pollqueue);
	pwq->polling_task = current;
	pwq->triggered = 0;
	pwq->error = 0;
	pwq->table = NULL;
	pwq->inline_index = 0;
}

static void free_poll_entry(struct poll_table_entry *entry)
{
	remove_wait_queue(entry->wait_address, &entry->wait);
	fput(entry->filp);
}

/* Leaves all queues.  Context: process; no wake-up reaches the caller after it. */
void poll_freewait(struct poll_wqueues *pwq)
{
	struct poll_table_page *page = pwq->table, *next;
	int i;

	for (i = 0; i < pwq->inline_index; i++)
		free_poll_entry(pwq->inline_entries + i);
	for (; page; page = next) {
		while (page->entry > page->entries)
			free_poll_entry(--page->entry);
		next = page->next;
		free_page((unsigned long)page);
	}
}

/* LAB 07.2 { sleep */
/* Sleeps until a queue calls or the time (NULL: never) has come.  0: it has. */
static int poll_schedule_timeout(struct poll_wqueues *pwq, ktime_t *expires)
{
	int rc = -EINTR;

	set_current_state(TASK_INTERRUPTIBLE);
	if (!READ_ONCE(pwq->triggered))
		rc = schedule_hrtimeout_range(expires, 0, HRTIMER_MODE_ABS);
	__set_current_state(TASK_RUNNING);
	smp_store_mb(pwq->triggered, 0);	/* before the next pass looks */
	return rc;
}
/* } LAB */

/*
 * Sleeps until pass() finds something, the time comes (expires: NULL, never) or a signal.
 * What it found, 0 when the time is up, -EINTR or another error.  Context: process.
 */
static __always_inline int poll_loop(int (*pass)(void *arg, poll_table *wait), void *arg,
				     ktime_t *expires, bool no_wait)
{
	struct poll_wqueues table;
	int found;

	poll_initwait(&table);
	if (no_wait)
		table.pt._qproc = NULL;
	/* LAB 07.2 { loop */
	for (;;) {
		found = pass(arg, &table.pt);
		table.pt._qproc = NULL;
		if (found || no_wait)
			break;
		found = table.error;
		if (!found && signal_pending(current))
			found = -EINTR;
		if (found)
			break;
		if (!poll_schedule_timeout(&table, expires))
			no_wait = true;		/* time is up: one last look */
	}
	/* } LAB */
	poll_freewait(&table);
	return found;
}

/* ------------------------------------------------------------------ select */

#define POLLIN_SET	(EPOLLRDNORM | EPOLLRDBAND | EPOLLIN | EPOLLHUP | EPOLLERR)
#define POLLOUT_SET	(EPOLLWRBAND | EPOLLWRNORM | EPOLLOUT | EPOLLERR)
#define POLLEX_SET	(EPOLLPRI)

/* Six bitmaps of n descriptors in one block: asked for, then found. */
struct fd_set_bits {
	int n;
	unsigned long *in, *out, *ex;
	unsigned long *res_in, *res_out, *res_ex;
};

#define FDS_LONGS(nr)	DIV_ROUND_UP(nr, BITS_PER_LONG)
#define FDS_BYTES(nr)	(FDS_LONGS(nr) * sizeof(long))

/* The highest descriptor asked for, plus one; EBADF when one of them is not open. */
static int max_select_fd(unsigned int n, struct fd_set_bits *fds)
{
	/* LAB 07.2 { highest */
	struct files_struct *files = current->files;
	int word, max = 0;

	spin_lock(&files->file_lock);
	for (word = FDS_LONGS(n) - 1; word >= 0; word--) {
		unsigned long set = fds->in[word] | fds->out[word] | fds->ex[word];

		if (word == n / BITS_PER_LONG)
			set &= ~(~0ul << (n & (BITS_PER_LONG - 1)));
		if (!set)
			continue;
		if (word * BITS_PER_LONG >= files->fdt.max_fds ||
		    set & ~files->fdt.open_fds[word]) {
			max = -EBADF;
			break;
		}
		if (!max)
			max = word * BITS_PER_LONG + __fls(set) + 1;
	}
	spin_unlock(&files->file_lock);
	return max;
	/* } LAB */
}

/* LAB 07.2 { one */
/* One descriptor: its poll method, and its bits in the result.  The number of bits set. */
static int select_one(int fd, unsigned long bit, struct fd_set_bits *fds, poll_table *wait)
{
	int word = fd / BITS_PER_LONG, found = 0;
	__poll_t key = EPOLLERR | EPOLLHUP, mask;
	struct fd f = fdget(fd);

	if (!f.file)
		return 0;
	if (fds->in[word] & bit)
		key |= POLLIN_SET;
	if (fds->out[word] & bit)
		key |= POLLOUT_SET;
	if (fds->ex[word] & bit)
		key |= POLLEX_SET;
	wait->_key = key;
	mask = vfs_poll(f.file, wait);
	fdput(f);
	if (mask & POLLIN_SET && fds->in[word] & bit) {
		fds->res_in[word] |= bit;
		found++;
	}
	if (mask & POLLOUT_SET && fds->out[word] & bit) {
		fds->res_out[word] |= bit;
		found++;
	}
	if (mask & POLLEX_SET && fds->ex[word] & bit) {
		fds->res_ex[word] |= bit;
		found++;
	}
	if (found)
		wait->_qproc = NULL;	/* there is a result: no need to queue any more */
	return found;
}
/* } LAB */

/* Asks each wanted descriptor, and notes the answers in the struct fd_set_bits; how many there were. */
static int select_pass(void *arg, poll_table *wait)
{
	/* LAB 07.2 { pass */
	struct fd_set_bits *fds = arg;
	int word, found = 0;

	for (word = 0; word < FDS_LONGS(fds->n); word++) {
		unsigned long all = fds->in[word] | fds->out[word] | fds->ex[word];

		while (all) {
			int bit = __ffs(all);

			all &= all - 1;
			if (word * BITS_PER_LONG + bit < fds->n)
				found += select_one(word * BITS_PER_LONG + bit, 1ul << bit, fds,
						    wait);
		}
		cond_resched();
	}
	return found;
	/* } LAB */
}

static int get_fd_set(unsigned long nr, __kernel_fd_set __user *from, unsigned long *to)
{
	if (!from) {
		memset(to, 0, nr);
		return 0;
	}
	return copy_from_user(to, from, nr) ? -EFAULT : 0;
}

static int put_fd_set(unsigned long nr, __kernel_fd_set __user *to, unsigned long *from)
{
	return to && copy_to_user(to, from, nr) ? -EFAULT : 0;
}

#define SELECT_STACK_BYTES	256

/*
 * expires: when to give up (NULL: never); no_wait: at once.  The number of bits
 * set in the three sets, or an error, and then the sets are as they were.
 */
int core_sys_select(int n, __kernel_fd_set __user *sets[3], ktime_t *expires, bool no_wait)
{
	long stack[SELECT_STACK_BYTES / sizeof(long)];
	unsigned int max_fds = READ_ONCE(current->files->fdt.max_fds);
	struct fd_set_bits fds;
	unsigned long size;
	char *bits = (char *)stack;
	int ret = -EINVAL;

	/* LAB 07.2 { number */
	if (n < 0)
		return -EINVAL;
	/* } LAB */
	n = min_t(unsigned int, n, max_t(unsigned int, max_fds, __FD_SETSIZE));
	size = FDS_BYTES(n);
	if (6 * size > sizeof(stack)) {
		bits = kmalloc(6 * size, GFP_KERNEL);
		if (!bits)
			return -ENOMEM;
	}
	fds.in = (unsigned long *)bits;
	fds.out = (unsigned long *)(bits + size);
	fds.ex = (unsigned long *)(bits + 2 * size);
	fds.res_in = (unsigned long *)(bits + 3 * size);
	fds.res_out = (unsigned long *)(bits + 4 * size);
	fds.res_ex = (unsigned long *)(bits + 5 * size);
	memset(fds.res_in, 0, 3 * size);
	ret = -EFAULT;
	if (get_fd_set(size, sets[0], fds.in) || get_fd_set(size, sets[1], fds.out) ||
	    get_fd_set(size, sets[2], fds.ex))
		goto out;
	ret = fds.n = max_select_fd(n, &fds);
	if (ret < 0)
		goto out;
	ret = poll_loop(select_pass, &fds, expires, no_wait);
	if (ret == -EINTR)
		ret = -ERESTARTNOHAND;
	if (ret >= 0 && (put_fd_set(size, sets[0], fds.res_in) ||
			 put_fd_set(size, sets[1], fds.res_out) ||
			 put_fd_set(size, sets[2], fds.res_ex)))
		ret = -EFAULT;
out:
	if (bits != (char *)stack)
		kfree(bits);
	return ret;
}

/* ------------------------------------------------------------------ poll */

/* The array is copied in blocks: a first one on the stack, the rest in pages. */
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

static int poll_pass(void *arg, poll_table *wait)
{
	struct poll_list *list = arg;
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
	int found, err;

	if (nfds > rlimit(RLIMIT_NOFILE))
		return -EINVAL;
	if (!access_ok(ufds, nfds * sizeof(*ufds)))
		return -EFAULT;
	found = get_poll_list(&stack.head, ufds, nfds);
	if (found)
		goto out;
	found = poll_loop(poll_pass, &stack.head, expires, no_wait);
	err = put_revents(&stack.head, ufds);
	if (err)
		found = err;
out:
	free_poll_list(&stack.head);
	return found;
}
