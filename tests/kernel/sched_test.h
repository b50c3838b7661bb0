/*
 * For the suites of kernel/sched: threads that do one thing and are then joined.
 */
#ifndef TESTS_KERNEL_SCHED_TEST_H
#define TESTS_KERNEL_SCHED_TEST_H

#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

#define PATIENCE	(5 * HZ)	/* after this a wake-up counts as lost */

/* One thread: filled by the test, result read after actor_join(). */
struct actor {
	int (*act)(void *data);
	void *data;
	int result;
	struct task_struct *task;	/* a reference */
	struct completion done;
};

static inline int actor_main(void *arg)
{
	struct actor *actor = arg;

	allow_signal(SIGUSR1);
	allow_signal(SIGKILL);
	actor->result = actor->act(actor->data);
	complete(&actor->done);
	return 0;
}

/* Starts it; the task runs when the caller sleeps or yields. */
static inline void actor_start(struct kunit *test, struct actor *actor, int (*act)(void *),
			       void *data)
{
	actor->act = act;
	actor->data = data;
	actor->result = -EINPROGRESS;
	init_completion(&actor->done);
	actor->task = kthread_create(actor_main, actor, "actor");
	KUNIT_ASSERT_FALSE(test, IS_ERR(actor->task));
	get_task_struct(actor->task);
	wake_up_process(actor->task);
}

/* True when @actor has gone to sleep (or ended) within a second. */
static inline bool actor_asleep(struct actor *actor)
{
	unsigned long end = jiffies + HZ;

	while (READ_ONCE(actor->task->on_rq)) {
		if (time_after(jiffies, end))
			return false;
		yield();
	}
	return true;
}

static inline bool actor_ended(struct actor *actor)
{
	return completion_done(&actor->done);
}

/* Waits for its end and forgets it.  False: it did not end. */
static inline bool actor_join(struct actor *actor)
{
	if (!wait_for_completion_timeout(&actor->done, PATIENCE))
		return false;		/* its memory leaks: it may still write there */
	put_task_struct(actor->task);
	return true;
}

#endif
