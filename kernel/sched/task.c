/*
 * What every task consists of, from its first byte to its last: where the
 * structs come from, who frees them, and the name.
 *
 * fork.c fills a task and links it into the tree; exit.c takes it out.  In
 * between anyone may hold a reference: get_task_struct() under tasklist_lock,
 * put_task_struct() when done.  The last one frees the task and its stack.
 *
 * Locks: tasklist_lock guards the tree; a task's alloc_lock its name.
 */
#include <linux/sched/task.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

DEFINE_RWLOCK(tasklist_lock);		/* this is [t] everywhere: the tree of tasks */
int nr_threads;				/* [t] without the idle task */

static struct kmem_cache *task_cache, *signal_cache, *sighand_cache; /* constant after boot */

void __init task_caches_init(void)
{
	task_cache = KMEM_CACHE(task_struct, SLAB_PANIC);
	signal_cache = KMEM_CACHE(signal_struct, SLAB_PANIC);
	sighand_cache = KMEM_CACHE(sighand_struct, SLAB_PANIC);
}

/* A task with nothing set but its stack, or NULL.  Context: process; sleeps. */
struct task_struct *alloc_task_struct(void)
{
	struct task_struct *task = kmem_cache_alloc(task_cache, GFP_KERNEL);

	if (!task)
		return NULL;
	task->stack = alloc_thread_stack();
	if (!task->stack) {
		kmem_cache_free(task_cache, task);
		return NULL;
	}
	return task;
}

/* All zero, or NULL.  Context: process; sleeps. */
struct signal_struct *alloc_signal_struct(void)
{
	return kmem_cache_zalloc(signal_cache, GFP_KERNEL);
}

void put_signal_struct(struct signal_struct *sig)
{
	if (refcount_dec_and_test(&sig->sigcnt))
		kmem_cache_free(signal_cache, sig);
}

/* With everything but the actions set. */
struct sighand_struct *alloc_sighand(void)
{
	struct sighand_struct *sighand = kmem_cache_alloc(sighand_cache, GFP_KERNEL);

	if (sighand) {
		spin_lock_init(&sighand->siglock);
		refcount_set(&sighand->count, 1);
	}
	return sighand;
}

void put_sighand(struct sighand_struct *sighand)
{
	if (refcount_dec_and_test(&sighand->count))
		kmem_cache_free(sighand_cache, sighand);
}

/* What is left of a task that nobody refers to any more.  Context: any but its own stack. */
void free_task(struct task_struct *task)
{
	if (task->flags & PF_KTHREAD)
		kfree(task->worker_private);
	free_thread_stack(task->stack);
	kmem_cache_free(task_cache, task);
}

void __put_task_struct(struct task_struct *task)
{
	WARN_ON(!task->exit_state);
	WARN_ON(task == current);
	put_cred(task->cred);
	put_signal_struct(task->signal);
	free_task(task);
}
EXPORT_SYMBOL(__put_task_struct);

void set_task_comm(struct task_struct *task, const char *name)
{
	task_lock(task);
	strscpy_pad(task->comm, name, sizeof(task->comm));
	task_unlock(task);
}

char *get_task_comm(char *buf, struct task_struct *task)
{
	task_lock(task);
	memcpy(buf, task->comm, sizeof(task->comm));
	task_unlock(task);
	return buf;
}
EXPORT_SYMBOL(get_task_comm);
