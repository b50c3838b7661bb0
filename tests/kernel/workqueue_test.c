/*
 * Workqueues and kernel threads: nothing queued is lost or run twice, order,
 * delays, cancelling and flushing; threads stop when asked.
 */
#include <linux/atomic.h>
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/workqueue.h>
#include "sched_test.h"

static atomic_t runs;
static int order[8];
static struct completion gate;		/* what slow works wait for */
static atomic_t concurrent, most_concurrent;

static int workqueue_test_init(struct kunit *test)
{
	atomic_set(&runs, 0);
	atomic_set(&concurrent, 0);
	atomic_set(&most_concurrent, 0);
	init_completion(&gate);
	return 0;
}

static void count(struct work_struct *work)
{
	atomic_inc(&runs);
}

static void wait_at_gate(struct work_struct *work)
{
	int now = atomic_inc_return(&concurrent);

	if (now > atomic_read(&most_concurrent))
		atomic_set(&most_concurrent, now);
	wait_for_completion_timeout(&gate, PATIENCE);
	atomic_dec(&concurrent);
	atomic_inc(&runs);
}

static void work_runs_once(struct kunit *test)
{
	struct work_struct work;

	INIT_WORK(&work, count);
	KUNIT_EXPECT_TRUE(test, schedule_work(&work));
	KUNIT_EXPECT_TRUE(test, work_pending(&work));
	KUNIT_EXPECT_FALSE(test, schedule_work(&work));	/* is on the queue */
	flush_work(&work);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_FALSE(test, work_pending(&work));
	KUNIT_EXPECT_FALSE(test, flush_work(&work));
}

static void work_queued_while_running_runs_again(struct kunit *test)
{
	struct work_struct work;

	INIT_WORK(&work, wait_at_gate);
	schedule_work(&work);
	schedule_timeout_uninterruptible(2);
	KUNIT_EXPECT_FALSE(test, work_pending(&work));	/* it runs */
	KUNIT_EXPECT_TRUE(test, schedule_work(&work));
	schedule_timeout_uninterruptible(2);
	KUNIT_EXPECT_EQ(test, atomic_read(&most_concurrent), 1);	/* never beside itself */
	complete_all(&gate);
	flush_work(&work);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 2);
}

struct numbered {
	struct work_struct work;
	int nr;
};

static void note(struct work_struct *work)
{
	order[atomic_fetch_inc(&runs)] = container_of(work, struct numbered, work)->nr;
	yield();
}

static void ordered_queue_keeps_order(struct kunit *test)
{
	struct workqueue_struct *wq = alloc_ordered_workqueue("ordered", 0);
	struct numbered works[6];
	int i;

	KUNIT_ASSERT_NOT_NULL(test, wq);
	for (i = 0; i < 6; i++) {
		INIT_WORK(&works[i].work, note);
		works[i].nr = i;
		queue_work(wq, &works[i].work);
	}
	flush_workqueue(wq);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 6);
	for (i = 0; i < 6; i++)
		KUNIT_EXPECT_EQ(test, order[i], i);
	destroy_workqueue(wq);
}

static void two_works_run_side_by_side(struct kunit *test)
{
	struct workqueue_struct *wq = alloc_workqueue("pair", 0, 2);
	struct work_struct a, b;

	KUNIT_ASSERT_NOT_NULL(test, wq);
	INIT_WORK(&a, wait_at_gate);
	INIT_WORK(&b, wait_at_gate);
	queue_work(wq, &a);
	queue_work(wq, &b);
	schedule_timeout_uninterruptible(2);
	KUNIT_EXPECT_EQ(test, atomic_read(&concurrent), 2);
	complete_all(&gate);
	destroy_workqueue(wq);			/* drains first */
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 2);
}

static void delayed_work_is_not_early(struct kunit *test)
{
	struct delayed_work dwork;

	INIT_DELAYED_WORK(&dwork, count);
	KUNIT_EXPECT_TRUE(test, schedule_delayed_work(&dwork, 4));
	KUNIT_EXPECT_TRUE(test, delayed_work_pending(&dwork));
	schedule_timeout_uninterruptible(1);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	schedule_timeout_uninterruptible(8);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static void cancelled_work_does_not_run(struct kunit *test)
{
	struct delayed_work dwork;

	INIT_DELAYED_WORK(&dwork, count);
	schedule_delayed_work(&dwork, 3);
	KUNIT_EXPECT_TRUE(test, cancel_delayed_work_sync(&dwork));
	KUNIT_EXPECT_FALSE(test, cancel_delayed_work_sync(&dwork));
	schedule_timeout_uninterruptible(6);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 0);
	KUNIT_EXPECT_TRUE(test, schedule_delayed_work(&dwork, 0));	/* works again */
	flush_delayed_work(&dwork);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
}

static void flush_delayed_does_not_wait_for_the_timer(struct kunit *test)
{
	unsigned long start = jiffies;
	struct delayed_work dwork;

	INIT_DELAYED_WORK(&dwork, count);
	schedule_delayed_work(&dwork, 10 * HZ);
	KUNIT_EXPECT_TRUE(test, flush_delayed_work(&dwork));
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_LT(test, jiffies - start, 5ul * HZ);
}

static void mod_delayed_work_moves_the_time(struct kunit *test)
{
	struct delayed_work dwork;

	INIT_DELAYED_WORK(&dwork, count);
	schedule_delayed_work(&dwork, 10 * HZ);
	KUNIT_EXPECT_TRUE(test, mod_delayed_work(system_wq, &dwork, 2));
	schedule_timeout_uninterruptible(6);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_FALSE(test, mod_delayed_work(system_wq, &dwork, 0));
	flush_delayed_work(&dwork);
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 2);
}

static int open_gate(void *data)
{
	schedule_timeout_uninterruptible(3);
	complete_all(&gate);
	return 0;
}

static void cancel_sync_waits_for_the_running_one(struct kunit *test)
{
	struct work_struct work;
	struct actor actor;

	INIT_WORK(&work, wait_at_gate);
	schedule_work(&work);
	schedule_timeout_uninterruptible(2);
	schedule_work(&work);			/* and once more */
	actor_start(test, &actor, open_gate, NULL);
	KUNIT_EXPECT_TRUE(test, cancel_work_sync(&work));
	KUNIT_EXPECT_EQ(test, atomic_read(&runs), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&concurrent), 0);
	KUNIT_ASSERT_TRUE(test, actor_join(&actor));
}

static struct delayed_work pestered;

static enum hrtimer_restart pester(struct hrtimer *timer)
{
	mod_delayed_work(system_wq, &pestered, 1);
	hrtimer_forward_now(timer, us_to_ktime(20));
	return HRTIMER_RESTART;
}

static void nothing(struct work_struct *work)
{
}

/* It must not find it half queued, and wait for whom it has interrupted. */
static void interrupt_moves_what_is_being_queued(struct kunit *test)
{
	unsigned long end = jiffies + HZ / 2;
	struct hrtimer timer;

	INIT_DELAYED_WORK(&pestered, nothing);
	hrtimer_init(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	timer.function = pester;
	hrtimer_start(&timer, us_to_ktime(20), HRTIMER_MODE_REL);
	while (time_before(jiffies, end)) {
		queue_delayed_work(system_wq, &pestered, 0);
		cancel_delayed_work(&pestered);
		mod_delayed_work(system_wq, &pestered, 0);
		cancel_delayed_work_sync(&pestered);
		cond_resched();
	}
	hrtimer_cancel(&timer);
	cancel_delayed_work_sync(&pestered);
	KUNIT_EXPECT_FALSE(test, delayed_work_pending(&pestered));
}

/* ------------------------------------------------------------------ kthreads */

static int run_until_stopped(void *data)
{
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
		(*(int *)data)++;
	}
	return 42;
}

static void kthread_stops_with_its_result(struct kunit *test)
{
	int turns = 0;
	struct task_struct *task = kthread_run(run_until_stopped, &turns, "stop-%d", 3);

	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	KUNIT_EXPECT_STREQ(test, task->comm, "stop-3");
	KUNIT_EXPECT_PTR_EQ(test, kthread_data(task), &turns);
	schedule_timeout_uninterruptible(2);
	KUNIT_EXPECT_EQ(test, kthread_stop(task), 42);
	KUNIT_EXPECT_EQ(test, turns, 1);
}

static void kthread_stopped_before_it_ran(struct kunit *test)
{
	int turns = 0;
	struct task_struct *task = kthread_create(run_until_stopped, &turns, "never");

	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	schedule_timeout_uninterruptible(1);
	KUNIT_EXPECT_EQ(test, turns, 0);		/* asleep until woken */
	KUNIT_EXPECT_EQ(test, kthread_stop(task), -EINTR);
	KUNIT_EXPECT_EQ(test, turns, 0);
}

static int rounds;

static int park_now_and_then(void *unused)
{
	while (!kthread_should_stop()) {
		if (kthread_should_park())
			kthread_parkme();
		rounds++;
		schedule_timeout_interruptible(1);
	}
	return rounds;
}

static void parked_thread_does_nothing(struct kunit *test)
{
	struct task_struct *thread = kthread_run(park_now_and_then, NULL, "parking");
	int seen;

	KUNIT_ASSERT_FALSE(test, IS_ERR(thread));
	KUNIT_EXPECT_EQ(test, kthread_park(thread), 0);
	KUNIT_EXPECT_EQ(test, kthread_park(thread), -EBUSY);
	seen = rounds;
	msleep(50);
	KUNIT_EXPECT_EQ(test, rounds, seen);
	kthread_unpark(thread);
	for (int i = 0; i < 100 && READ_ONCE(rounds) == seen; i++)
		msleep(10);
	KUNIT_EXPECT_GT(test, rounds, seen);
	KUNIT_EXPECT_EQ(test, kthread_park(thread), 0);
	kthread_unpark(thread);
	KUNIT_EXPECT_EQ(test, kthread_park(thread), 0);		/* it has not run meanwhile */
	KUNIT_EXPECT_GT(test, kthread_stop(thread), seen);	/* also a parked one */
}

static struct kunit_case workqueue_cases[] = {
	KUNIT_CASE(work_runs_once),
	KUNIT_CASE(work_queued_while_running_runs_again),
	KUNIT_CASE(ordered_queue_keeps_order),
	KUNIT_CASE(two_works_run_side_by_side),
	KUNIT_CASE(delayed_work_is_not_early),
	KUNIT_CASE(cancelled_work_does_not_run),
	KUNIT_CASE(flush_delayed_does_not_wait_for_the_timer),
	KUNIT_CASE(mod_delayed_work_moves_the_time),
	KUNIT_CASE(cancel_sync_waits_for_the_running_one),
	KUNIT_CASE(interrupt_moves_what_is_being_queued),
	KUNIT_CASE(kthread_stops_with_its_result),
	KUNIT_CASE(kthread_stopped_before_it_ran),
	KUNIT_CASE(parked_thread_does_nothing),
	{}
};

static struct kunit_suite workqueue_suite = {
	.name = "workqueue",
	.init = workqueue_test_init,
	.test_cases = workqueue_cases,
};
kunit_test_suite(workqueue_suite);
