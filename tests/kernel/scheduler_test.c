/*
 * The scheduler: shares by nice, real-time before the rest, sleepers ahead of
 * those who only compute, sleeps that are not early; and process numbers.
 */
#include <linux/delay.h>
#include <linux/pid.h>
#include <linux/timekeeping.h>
#include "sched_test.h"

#define CONTEST		(HZ * 3 / 2)	/* how long two threads compete */

static bool contest_over;
static struct completion all_stop;

static int compute(void *data)
{
	while (!READ_ONCE(contest_over))
		cond_resched();
	wait_for_completion(&all_stop);		/* stays to be read */
	return 0;
}

/* Runs two computing threads side by side; what each got, in ms. */
static void contest(struct kunit *test, int nice_a, int nice_b, unsigned int *a, unsigned int *b)
{
	struct actor actors[2];

	contest_over = false;
	init_completion(&all_stop);
	actor_start(test, &actors[0], compute, NULL);
	actor_start(test, &actors[1], compute, NULL);
	set_user_nice(actors[0].task, nice_a);
	set_user_nice(actors[1].task, nice_b);
	schedule_timeout_uninterruptible(CONTEST);
	WRITE_ONCE(contest_over, true);
	actor_asleep(&actors[0]);
	actor_asleep(&actors[1]);
	*a = (unsigned int)div_u64(actors[0].task->sum_exec_runtime, NSEC_PER_MSEC);
	*b = (unsigned int)div_u64(actors[1].task->sum_exec_runtime, NSEC_PER_MSEC);
	complete_all(&all_stop);
	KUNIT_ASSERT_TRUE(test, actor_join(&actors[0]));
	KUNIT_ASSERT_TRUE(test, actor_join(&actors[1]));
}

static void equals_share_equally(struct kunit *test)
{
	unsigned int a, b;

	contest(test, 0, 0, &a, &b);
	KUNIT_EXPECT_GT(test, a + b, CONTEST * 10u / 2);	/* they had the CPU */
	KUNIT_EXPECT_LT(test, a, b * 3 / 2);
	KUNIT_EXPECT_LT(test, b, a * 3 / 2);
}

static void nice_gets_less_but_something(struct kunit *test)
{
	unsigned int a, b;

	contest(test, 0, 19, &a, &b);
	KUNIT_EXPECT_GT(test, a, b * 2);	/* 10 times, if the host keeps still */
	KUNIT_EXPECT_GT(test, b, 0u);
}

static void lower_nice_gets_more(struct kunit *test)
{
	unsigned int a, b;

	contest(test, -10, 10, &a, &b);
	KUNIT_EXPECT_GT(test, a, b * 2);
	KUNIT_EXPECT_GT(test, b, 0u);
}

/* Somebody who sleeps most of the time is not kept waiting by one who computes. */
static void sleeper_comes_ahead(struct kunit *test)
{
	unsigned long worst = 0, start, late;
	struct actor actor;
	int i;

	contest_over = false;
	init_completion(&all_stop);
	actor_start(test, &actor, compute, NULL);
	for (i = 0; i < 20; i++) {
		start = jiffies;
		schedule_timeout_uninterruptible(2);
		late = jiffies - start - 2;
		worst = max(worst, late);
	}
	WRITE_ONCE(contest_over, true);
	complete_all(&all_stop);
	KUNIT_ASSERT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_LE(test, worst, 8ul);	/* 2; with preempt_jitter= turns go by lot */
}

static int turns;

static int take_turns(void *data)
{
	while (!READ_ONCE(contest_over)) {
		turns++;
		yield();
	}
	return 0;
}

static void yield_lets_the_other_run(struct kunit *test)
{
	struct actor actor;
	int i, before;

	contest_over = false;
	turns = 0;
	actor_start(test, &actor, take_turns, NULL);
	for (i = 0; i < 50; i++) {
		before = turns;
		yield();
		yield();
		KUNIT_EXPECT_GT(test, turns, before);
	}
	WRITE_ONCE(contest_over, true);
	KUNIT_ASSERT_TRUE(test, actor_join(&actor));
}

static void preempt_schedule_keeps_a_sleeping_state_runnable(struct kunit *test)
{
	set_current_state(TASK_UNINTERRUPTIBLE);
	preempt_schedule();			/* schedule() would sleep for ever */
	KUNIT_EXPECT_EQ(test, current->state, (long)TASK_UNINTERRUPTIBLE);
	__set_current_state(TASK_RUNNING);
}

static void sleeps_are_not_early(struct kunit *test)
{
	u64 start = ktime_get_ns();

	msleep(35);
	KUNIT_EXPECT_GE(test, ktime_get_ns() - start, 35 * (u64)NSEC_PER_MSEC);
	KUNIT_EXPECT_LT(test, ktime_get_ns() - start, 500 * (u64)NSEC_PER_MSEC);
}

static void schedule_timeout_tells_what_is_left(struct kunit *test)
{
	set_current_state(TASK_INTERRUPTIBLE);
	wake_up_process(current);
	KUNIT_EXPECT_GT(test, schedule_timeout(HZ), (long)HZ / 2);
	set_current_state(TASK_INTERRUPTIBLE);
	KUNIT_EXPECT_EQ(test, schedule_timeout(2), 0l);
}

static void runtime_is_counted(struct kunit *test)
{
	u64 before, start = ktime_get_ns();

	yield();
	before = current->sum_exec_runtime;
	while (ktime_get_ns() - start < 20 * NSEC_PER_MSEC)
		;
	yield();
	KUNIT_EXPECT_GE(test, current->sum_exec_runtime - before, 10 * (u64)NSEC_PER_MSEC);
}

/* ------------------------------------------------------------------ numbers */

static int end_at_once(void *data)
{
	return 0;
}

static void numbers_are_not_used_again_soon(struct kunit *test)
{
	struct actor actor;
	pid_t last = 0, nr;
	int i;

	for (i = 0; i < 20; i++) {
		actor_start(test, &actor, end_at_once, NULL);
		nr = task_pid_nr(actor.task);
		KUNIT_EXPECT_NE(test, nr, last);
		KUNIT_EXPECT_TRUE(test, nr > last || nr < 1000);
		last = nr;
		KUNIT_ASSERT_TRUE(test, actor_join(&actor));
	}
}

static void pid_outlives_its_task(struct kunit *test)
{
	struct actor actor;
	struct pid *pid;
	pid_t nr;

	init_completion(&all_stop);
	contest_over = true;
	actor_start(test, &actor, compute, NULL);
	nr = task_pid_nr(actor.task);
	pid = find_get_pid(nr);
	KUNIT_ASSERT_NOT_NULL(test, pid);
	read_lock(&tasklist_lock);
	KUNIT_EXPECT_PTR_EQ(test, pid_task(pid, PIDTYPE_PID), actor.task);
	read_unlock(&tasklist_lock);
	complete_all(&all_stop);
	KUNIT_ASSERT_TRUE(test, actor_join(&actor));
	schedule_timeout_uninterruptible(2);
	KUNIT_EXPECT_EQ(test, pid_nr(pid), nr);
	KUNIT_EXPECT_NULL(test, get_pid_task(pid, PIDTYPE_PID));
	KUNIT_EXPECT_NULL(test, find_get_pid(nr));
	put_pid(pid);
}

static struct kunit_case scheduler_cases[] = {
	KUNIT_CASE(equals_share_equally),
	KUNIT_CASE(nice_gets_less_but_something),
	KUNIT_CASE(lower_nice_gets_more),
	KUNIT_CASE(sleeper_comes_ahead),
	KUNIT_CASE(yield_lets_the_other_run),
	KUNIT_CASE(preempt_schedule_keeps_a_sleeping_state_runnable),
	KUNIT_CASE(sleeps_are_not_early),
	KUNIT_CASE(schedule_timeout_tells_what_is_left),
	KUNIT_CASE(runtime_is_counted),
	KUNIT_CASE(numbers_are_not_used_again_soon),
	KUNIT_CASE(pid_outlives_its_task),
	{}
};

static struct kunit_suite scheduler_suite = {
	.name = "scheduler",
	.test_cases = scheduler_cases,
};
kunit_test_suite(scheduler_suite);
