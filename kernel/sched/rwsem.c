/*
 * Reader-writer semaphores: see <linux/rwsem.h>.
 *
 * The last holder hands the lock to the first sleeper; if that is a reader, to
 * all readers that stand in line before the next writer.  Comers queue behind
 * sleepers even where the count would let them in: nobody starves.
 *
 * count and wait_list change under wait_lock only; a waiter that is handed the
 * lock finds its task pointer cleared and takes nothing itself.
 */
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/export.h>
#include <linux/errno.h>

#define RWSEM_WRITER	(-1)

struct rwsem_waiter {
	struct list_head list;		/* [l] */
	struct task_struct *task;	/* [l] NULL once the lock is its own */
	bool writer;			/* constant */
};

void __init_rwsem(struct rw_semaphore *sem)
{
	*sem = (struct rw_semaphore)__RWSEM_INITIALIZER(*sem);
}
EXPORT_SYMBOL(__init_rwsem);

/* [l] held: give the lock to whom it can be given, first come first. */
static void rwsem_hand_over(struct rw_semaphore *sem)
{
	struct rwsem_waiter *waiter, *next;
	struct task_struct *task;

	list_for_each_entry_safe(waiter, next, &sem->wait_list, list) {
		if (waiter->writer ? sem->count != 0 : sem->count == RWSEM_WRITER)
			break;
		sem->count = waiter->writer ? RWSEM_WRITER : sem->count + 1;
		list_del(&waiter->list);
		task = get_task_struct(waiter->task);
		/* From here on the waiter, which lies on its task's stack, may be gone. */
		smp_store_release(&waiter->task, NULL);
		wake_up_process(task);
		put_task_struct(task);
	}
}

/* [l] held on entry and on return.  0, or -EINTR. */
static noinline int rwsem_wait(struct rw_semaphore *sem, bool writer, int state)
	__must_hold(&sem->wait_lock)
{
	struct rwsem_waiter waiter = { .task = current, .writer = writer };

	list_add_tail(&waiter.list, &sem->wait_list);
	for (;;) {
		set_current_state(state);
		if (!waiter.task)
			break;
		if (signal_pending_state(state, current)) {
			list_del(&waiter.list);
			/* A writer that gives up may have held readers back. */
			rwsem_hand_over(sem);
			__set_current_state(TASK_RUNNING);
			return -EINTR;
		}
		__spin_unlock(&sem->wait_lock);
		schedule();
		__spin_lock(&sem->wait_lock);
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static inline int rwsem_down_read(struct rw_semaphore *sem, int subclass, int state,
				  unsigned long ip)
{
	int err = 0;

	might_sleep();
	lock_acquire(&sem->dep_map, subclass, LOCK_READ, ip);
	__spin_lock(&sem->wait_lock);
	if (likely(sem->count >= 0 && list_empty(&sem->wait_list)))
		sem->count++;
	else
		err = rwsem_wait(sem, false, state);
	__spin_unlock(&sem->wait_lock);
	if (unlikely(err))
		lock_release(&sem->dep_map, ip);
	return err;
}

static inline int rwsem_down_write(struct rw_semaphore *sem, int subclass, int state,
				   unsigned long ip)
{
	int err = 0;

	might_sleep();
	lock_acquire(&sem->dep_map, subclass, 0, ip);
	__spin_lock(&sem->wait_lock);
	if (likely(sem->count == 0 && list_empty(&sem->wait_list)))
		sem->count = RWSEM_WRITER;
	else
		err = rwsem_wait(sem, true, state);
	__spin_unlock(&sem->wait_lock);
	if (unlikely(err))
		lock_release(&sem->dep_map, ip);
	return err;
}

void down_read(struct rw_semaphore *sem)
{
	rwsem_down_read(sem, 0, TASK_UNINTERRUPTIBLE, _RET_IP_);
}
EXPORT_SYMBOL(down_read);

int down_read_killable(struct rw_semaphore *sem)
{
	return rwsem_down_read(sem, 0, TASK_KILLABLE, _RET_IP_);
}
EXPORT_SYMBOL(down_read_killable);

void down_write(struct rw_semaphore *sem)
{
	rwsem_down_write(sem, 0, TASK_UNINTERRUPTIBLE, _RET_IP_);
}
EXPORT_SYMBOL(down_write);

int down_write_killable(struct rw_semaphore *sem)
{
	return rwsem_down_write(sem, 0, TASK_KILLABLE, _RET_IP_);
}
EXPORT_SYMBOL(down_write_killable);

#if DEBUG_BUILD
void down_read_nested(struct rw_semaphore *sem, int subclass)
{
	rwsem_down_read(sem, subclass, TASK_UNINTERRUPTIBLE, _RET_IP_);
}
EXPORT_SYMBOL(down_read_nested);

void down_write_nested(struct rw_semaphore *sem, int subclass)
{
	rwsem_down_write(sem, subclass, TASK_UNINTERRUPTIBLE, _RET_IP_);
}
EXPORT_SYMBOL(down_write_nested);
#endif

int down_read_trylock(struct rw_semaphore *sem)
{
	int got;

	__spin_lock(&sem->wait_lock);
	got = sem->count >= 0 && list_empty(&sem->wait_list);
	if (got)
		sem->count++;
	__spin_unlock(&sem->wait_lock);
	if (got)
		lock_acquire(&sem->dep_map, 0, LOCK_READ | LOCK_TRY, _RET_IP_);
	return got;
}
EXPORT_SYMBOL(down_read_trylock);

int down_write_trylock(struct rw_semaphore *sem)
{
	int got;

	__spin_lock(&sem->wait_lock);
	got = sem->count == 0 && list_empty(&sem->wait_list);
	if (got)
		sem->count = RWSEM_WRITER;
	__spin_unlock(&sem->wait_lock);
	if (got)
		lock_acquire(&sem->dep_map, 0, LOCK_TRY, _RET_IP_);
	return got;
}
EXPORT_SYMBOL(down_write_trylock);

void up_read(struct rw_semaphore *sem)
{
	lock_release(&sem->dep_map, _RET_IP_);
	__spin_lock(&sem->wait_lock);
	if (--sem->count == 0 && unlikely(!list_empty(&sem->wait_list)))
		rwsem_hand_over(sem);
	__spin_unlock(&sem->wait_lock);
}
EXPORT_SYMBOL(up_read);

void up_write(struct rw_semaphore *sem)
{
	lock_release(&sem->dep_map, _RET_IP_);
	__spin_lock(&sem->wait_lock);
	sem->count = 0;
	if (unlikely(!list_empty(&sem->wait_list)))
		rwsem_hand_over(sem);
	__spin_unlock(&sem->wait_lock);
}
EXPORT_SYMBOL(up_write);

/* A writer goes on as a reader; other readers may join it. */
void downgrade_write(struct rw_semaphore *sem)
{
	lock_downgrade(&sem->dep_map, _RET_IP_);
	__spin_lock(&sem->wait_lock);
	sem->count = 1;
	rwsem_hand_over(sem);
	__spin_unlock(&sem->wait_lock);
}
EXPORT_SYMBOL(downgrade_write);
