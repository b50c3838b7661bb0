/*
 * Kernel threads: see <linux/kthread.h>.
 *
 * kthreadd (2) makes them all, so that a thread made on behalf of a process
 * inherits nothing of it:
 *
 *      kthread_create()                kthreadd                the new thread
 *      request on the list, wake  →    kernel_thread()    →    kthread(): tells its
 *      wait for request.done      ←------------------------    task, sleeps
 *      wake_up_process()          ------------------------→    threadfn(data)
 *
 * Locks: create_lock for the list.  struct kthread belongs to its thread and
 * lives as long as the task_struct; kthread_stop() holds a reference to that.
 */
#include <linux/kthread.h>
#include <linux/completion.h>
#include <linux/kmemleak.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/export.h>

struct kthread {
	unsigned long flags;		/* [atomic] KTHREAD_* */
	int (*threadfn)(void *data);	/* constant */
	void *data;			/* constant */
	int result;			/* written before exited completes */
	struct completion exited;	/* the task's vfork_done: completed when it ends */
	struct completion parked;	/* once each time that it has parked */
};

#define KTHREAD_SHOULD_STOP	0
#define KTHREAD_SHOULD_PARK	1
#define KTHREAD_IS_PARKED	2

struct kthread_create_info {
	struct kthread *self;
	struct task_struct *task;	/* the answer; an ERR_PTR on failure */
	struct completion done;
	struct list_head list;		/* create_lock */
};

static DEFINE_SPINLOCK(create_lock);
static LIST_HEAD(create_list);		/* create_lock */
struct task_struct *kthreadd_task;	/* constant after boot */

static inline struct kthread *to_kthread(struct task_struct *task)
{
	WARN_ON(!(task->flags & PF_KTHREAD));
	return task->worker_private;
}

bool kthread_should_stop(void)
{
	return test_bit(KTHREAD_SHOULD_STOP, &to_kthread(current)->flags);
}
EXPORT_SYMBOL(kthread_should_stop);

void *kthread_data(struct task_struct *task)
{
	return to_kthread(task)->data;
}

void *kthread_func(struct task_struct *task)
{
	const struct kthread *self = to_kthread(task);

	return self ? self->threadfn : NULL;	/* a thread from before there was kthreadd */
}

/* Where every one of them begins. */
static int kthread(void *arg)
{
	struct kthread_create_info *create = arg;
	struct kthread *self = create->self;

	current->worker_private = self;
	current->vfork_done = &self->exited;
	self->result = -EINTR;

	/* The creator names us and lets us go; its request is gone after complete(). */
	__set_current_state(TASK_UNINTERRUPTIBLE);
	create->task = current;
	complete(&create->done);
	schedule();

	if (!test_bit(KTHREAD_SHOULD_STOP, &self->flags))
		self->result = self->threadfn(self->data);
	do_exit(0);
}

static void create_kthread(struct kthread_create_info *create)
{
	pid_t pid = kernel_thread(kthread, create, CLONE_FS | CLONE_FILES | SIGCHLD);

	if (pid < 0) {
		create->task = ERR_PTR(pid);
		complete(&create->done);
	}
}

/* The body of pid 2. */
int kthreadd(void *unused)
{
	struct kthread_create_info *create;

	kthreadd_task = current;
	set_task_comm(current, "kthreadd");
	ignore_signals(current);		/* children are reaped by themselves */
	for (;;) {
		set_current_state(TASK_IDLE);
		if (list_empty(&create_list))
			schedule();
		__set_current_state(TASK_RUNNING);

		spin_lock(&create_lock);
		while (!list_empty(&create_list)) {
			create = list_first_entry(&create_list, struct kthread_create_info, list);
			list_del_init(&create->list);
			spin_unlock(&create_lock);
			create_kthread(create);
			spin_lock(&create_lock);
		}
		spin_unlock(&create_lock);
	}
	return 0;
}

/*
 * kthread_create_on_node - a thread that will call @threadfn(@data), asleep
 * Returns the task, or an ERR_PTR.  It starts at the first wake_up_process().
 * Context: process; sleeps.
 */
struct task_struct *kthread_create_on_node(int (*threadfn)(void *data), void *data, int node,
					   const char namefmt[], ...)
{
	struct kthread_create_info create = { .task = NULL };
	char name[TASK_COMM_LEN];
	va_list args;

	create.self = kzalloc(sizeof(*create.self), GFP_KERNEL);
	if (!create.self)
		return ERR_PTR(-ENOMEM);
	create.self->threadfn = threadfn;
	create.self->data = data;
	init_completion(&create.self->exited);
	init_completion(&create.self->parked);
	init_completion(&create.done);

	spin_lock(&create_lock);
	list_add_tail(&create.list, &create_list);
	spin_unlock(&create_lock);
	/* Process 1 may get here before pid 2 has run: it looks at the list before it sleeps. */
	if (kthreadd_task)
		wake_up_process(kthreadd_task);
	wait_for_completion(&create.done);

	if (IS_ERR(create.task)) {
		kfree(create.self);
		return create.task;
	}
	kmemleak_not_leak(create.self);		/* the thread's: who looks for what is left looks for threads */
	va_start(args, namefmt);
	vsnprintf(name, sizeof(name), namefmt, args);
	va_end(args);
	set_task_comm(create.task, name);
	return create.task;
}
EXPORT_SYMBOL(kthread_create_on_node);

/*
 * kthread_stop - ask @task to return, wait until it has
 * It sees the flag in kthread_should_stop(); a thread that sleeps tests that
 * between setting its state and schedule(), as with any other condition.
 * The thread must not end by itself before this is called.
 */
int kthread_stop(struct task_struct *task)
{
	struct kthread *self = to_kthread(task);
	int result;

	get_task_struct(task);
	set_bit(KTHREAD_SHOULD_STOP, &self->flags);
	clear_bit(KTHREAD_SHOULD_PARK, &self->flags);
	wake_up_process(task);
	wait_for_completion(&self->exited);
	result = self->result;
	put_task_struct(task);
	return result;
}
EXPORT_SYMBOL(kthread_stop);

bool kthread_should_park(void)
{
	return test_bit(KTHREAD_SHOULD_PARK, &to_kthread(current)->flags);
}
EXPORT_SYMBOL(kthread_should_park);

void kthread_parkme(void)
{
	struct kthread *self = to_kthread(current);

	for (;;) {
		set_current_state(TASK_IDLE);
		if (!test_bit(KTHREAD_SHOULD_PARK, &self->flags))
			break;
		if (!test_and_set_bit(KTHREAD_IS_PARKED, &self->flags))
			complete(&self->parked);
		schedule();
	}
	__set_current_state(TASK_RUNNING);
}
EXPORT_SYMBOL(kthread_parkme);

int kthread_park(struct task_struct *task)
{
	struct kthread *self = to_kthread(task);

	if (test_and_set_bit(KTHREAD_SHOULD_PARK, &self->flags))
		return -EBUSY;
	if (task != current) {
		wake_up_process(task);
		wait_for_completion(&self->parked);
	}
	return 0;
}
EXPORT_SYMBOL(kthread_park);

void kthread_unpark(struct task_struct *task)
{
	struct kthread *self = to_kthread(task);

	/* Here and not when it wakes up: who parks it again before that waits for parked, too. */
	clear_bit(KTHREAD_IS_PARKED, &self->flags);
	clear_bit(KTHREAD_SHOULD_PARK, &self->flags);
	wake_up_process(task);
}
EXPORT_SYMBOL(kthread_unpark);
