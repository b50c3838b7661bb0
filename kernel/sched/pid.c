/*
 * Process numbers.
 *
 * A number goes with a struct pid, found by hash.  Tasks hang on it as thread,
 * process, process group or session; when the last one is gone the number is
 * free again, but the struct stays as long as somebody holds a reference, and
 * then names nobody.  Numbers are handed out upwards and begin again at the top,
 * so that a number is not used again soon.
 *
 * Locks: tasklist_lock for who hangs on what (writing to change it); inside it
 * pidmap_lock for the numbers and the hash, irq-safe.
 */
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/hash.h>
#include <linux/init.h>
#include <linux/export.h>

#define PID_MAX		32768
#define RESERVED_PIDS	300		/* after the first round the low ones are left alone */
#define PID_HASH_BITS	8

static DEFINE_SPINLOCK(pidmap_lock);
static DECLARE_BITMAP(pidmap, PID_MAX) = { 1 };	/* pidmap_lock; 0 is the idle task's */
static pid_t last_pid;				/* pidmap_lock */
static struct hlist_head pid_hash[1 << PID_HASH_BITS]; /* pidmap_lock */
static struct kmem_cache *pid_cache;		/* constant after pid_init() */

struct pid init_struct_pid = { .count = REFCOUNT_INIT(1) };

static inline struct hlist_head *hash_head(pid_t nr)
{
	return &pid_hash[hash_32(nr, PID_HASH_BITS)];
}

/* pidmap_lock held.  0: all are taken. */
static pid_t take_number(void)
{
	unsigned long nr = find_next_zero_bit(pidmap, PID_MAX, last_pid + 1);

	if (nr >= PID_MAX) {
		nr = find_next_zero_bit(pidmap, PID_MAX, RESERVED_PIDS);
		if (nr >= PID_MAX)
			return 0;
	}
	__set_bit(nr, pidmap);
	last_pid = (pid_t)nr;
	return last_pid;
}

/* A fresh number, with one reference; NULL when memory or numbers have run out. */
struct pid *alloc_pid(void)
{
	struct pid *pid = kmem_cache_alloc(pid_cache, GFP_KERNEL);
	unsigned long flags;
	int type;

	if (!pid)
		return NULL;
	refcount_set(&pid->count, 1);
	for (type = 0; type < PIDTYPE_MAX; type++)
		INIT_HLIST_HEAD(&pid->tasks[type]);
	spin_lock_irqsave(&pidmap_lock, flags);
	pid->nr = take_number();
	if (pid->nr)
		hlist_add_head(&pid->hash, hash_head(pid->nr));
	spin_unlock_irqrestore(&pidmap_lock, flags);
	if (!pid->nr) {
		kmem_cache_free(pid_cache, pid);
		return NULL;
	}
	return pid;
}

void put_pid(struct pid *pid)
{
	if (pid && refcount_dec_and_test(&pid->count))
		kmem_cache_free(pid_cache, pid);
}
EXPORT_SYMBOL(put_pid);

/* Nobody hangs on it: the number may be used again. */
void free_pid(struct pid *pid)
{
	unsigned long flags;

	spin_lock_irqsave(&pidmap_lock, flags);
	hlist_del(&pid->hash);
	__clear_bit(pid->nr, pidmap);
	spin_unlock_irqrestore(&pidmap_lock, flags);
	put_pid(pid);
}

/* [t] held for reading, or the answer may be gone at once. */
struct pid *find_vpid(pid_t nr)
{
	struct pid *pid, *found = NULL;
	unsigned long flags;

	spin_lock_irqsave(&pidmap_lock, flags);
	hlist_for_each_entry(pid, hash_head(nr), hash)
		if (pid->nr == nr) {
			found = pid;
			break;
		}
	spin_unlock_irqrestore(&pidmap_lock, flags);
	return found;
}
EXPORT_SYMBOL(find_vpid);

struct pid *find_get_pid(pid_t nr)
{
	struct pid *pid;

	read_lock(&tasklist_lock);
	pid = get_pid(find_vpid(nr));
	read_unlock(&tasklist_lock);
	return pid;
}
EXPORT_SYMBOL(find_get_pid);

/* [t] held */
struct task_struct *pid_task(struct pid *pid, enum pid_type type)
{
	if (!pid)
		return NULL;
	return hlist_entry_safe(pid->tasks[type].first, struct task_struct, pid_links[type]);
}
EXPORT_SYMBOL(pid_task);

struct task_struct *get_pid_task(struct pid *pid, enum pid_type type)
{
	struct task_struct *task;

	read_lock(&tasklist_lock);
	task = pid_task(pid, type);
	if (task)
		get_task_struct(task);
	read_unlock(&tasklist_lock);
	return task;
}
EXPORT_SYMBOL(get_pid_task);

/* [t] held */
struct task_struct *find_task_by_vpid(pid_t nr)
{
	return pid_task(find_vpid(nr), PIDTYPE_PID);
}

struct task_struct *find_get_task_by_vpid(pid_t nr)
{
	struct task_struct *task;

	read_lock(&tasklist_lock);
	task = find_task_by_vpid(nr);
	if (task)
		get_task_struct(task);
	read_unlock(&tasklist_lock);
	return task;
}

/* The lowest number of a process that is at least nr; 0: none. */
pid_t next_tgid(pid_t nr)
{
	struct task_struct *task;
	pid_t next = 0;

	read_lock(&tasklist_lock);
	for_each_process(task)
		if (task->tgid >= nr && (!next || task->tgid < next))
			next = task->tgid;
	read_unlock(&tasklist_lock);
	return next;
}

/* ------------------------------------------------------------------ who hangs on what */

static inline struct pid **task_pid_ptr(struct task_struct *task, enum pid_type type)
{
	return type == PIDTYPE_PID ? &task->thread_pid : &task->signal->pids[type];
}

/* [t] held for writing, in all that follow. */
void attach_pid(struct task_struct *task, enum pid_type type)
{
	struct pid *pid = *task_pid_ptr(task, type);

	hlist_add_head(&task->pid_links[type], &pid->tasks[type]);
}

static void leave_pid(struct task_struct *task, enum pid_type type, struct pid *new)
{
	struct pid **ptr = task_pid_ptr(task, type);
	struct pid *old = *ptr;
	int any;

	hlist_del(&task->pid_links[type]);
	*ptr = new;
	for (any = 0; any < PIDTYPE_MAX; any++)
		if (!hlist_empty(&old->tasks[any]))
			return;
	free_pid(old);
}

void detach_pid(struct task_struct *task, enum pid_type type)
{
	leave_pid(task, type, NULL);
}

void change_pid(struct task_struct *task, enum pid_type type, struct pid *pid)
{
	leave_pid(task, type, pid);
	attach_pid(task, type);
}

/* A thread that execs takes over its leader's number: the two swap. */
void exchange_tids(struct task_struct *a, struct task_struct *b)
{
	hlist_del(&a->pid_links[PIDTYPE_PID]);
	hlist_del(&b->pid_links[PIDTYPE_PID]);
	swap(a->thread_pid, b->thread_pid);
	swap(a->pid, b->pid);
	attach_pid(a, PIDTYPE_PID);
	attach_pid(b, PIDTYPE_PID);
}

/* Of two tasks of one process: @to hangs in the place of @from. */
void transfer_pid(struct task_struct *from, struct task_struct *to, enum pid_type type)
{
	hlist_del(&from->pid_links[type]);
	attach_pid(to, type);
}

struct pid *task_pid(struct task_struct *task)
{
	return task->thread_pid;
}
EXPORT_SYMBOL(task_pid);

struct pid *task_tgid(struct task_struct *task)
{
	return task->signal->pids[PIDTYPE_TGID];
}
EXPORT_SYMBOL(task_tgid);

/* [t] held, but for one's own process */
struct pid *task_pgrp(struct task_struct *task)
{
	return task->signal->pids[PIDTYPE_PGID];
}

struct pid *task_session(struct task_struct *task)
{
	return task->signal->pids[PIDTYPE_SID];
}

pid_t task_pgrp_nr(struct task_struct *task)
{
	return pid_nr(task_pgrp(task));
}

pid_t task_session_nr(struct task_struct *task)
{
	return pid_nr(task_session(task));
}

struct pid *get_task_pid(struct task_struct *task, enum pid_type type)
{
	struct pid *pid;

	read_lock(&tasklist_lock);
	pid = get_pid(*task_pid_ptr(task, type));
	read_unlock(&tasklist_lock);
	return pid;
}
EXPORT_SYMBOL(get_task_pid);

void __init pid_init(void)
{
	int type;

	pid_cache = KMEM_CACHE(pid, SLAB_PANIC);
	hlist_add_head(&init_struct_pid.hash, hash_head(0));
	for (type = 0; type < PIDTYPE_MAX; type++)
		attach_pid(&init_task, type);
}
