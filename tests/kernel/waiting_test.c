/*
 * The rest of the wait_event family, and herds: who is woken, who gets what there is.
 */
#include <linux/delay.h>
#include <linux/ktime.h>
#include <linux/wait.h>
#include "sched_test.h"

#define HERD	5

static DECLARE_WAIT_QUEUE_HEAD(queue);
static DEFINE_SPINLOCK(lock);
static int condition, tokens;		/* lock, or one test at a time */
static atomic_t looks, taken;

static int waiting_init(struct kunit *test)
{
	condition = tokens = 0;
	atomic_set(&looks, 0);
	atomic_set(&taken, 0);
	return 0;
}

/* ------------------------------------------------------------------ herds */

static bool look_for_token(void)
{
	atomic_inc(&looks);
	return tokens > 0;
}

/* The textbook's way: all are woken, each tries, and who finds nothing sleeps again. */
static int contend(void *unused)
{
	for (;;) {
		wait_event(queue, look_for_token());
		spin_lock(&lock);
		if (tokens) {
			tokens--;
			spin_unlock(&lock);
			break;
		}
		spin_unlock(&lock);
	}
	atomic_inc(&taken);
	return 0;
}

static int queue_up(void *unused)
{
	int err = wait_event_interruptible_exclusive(queue, look_for_token());

	tokens--;
	atomic_inc(&taken);
	return err;
}

static void start_herd(struct kunit *test, struct actor *herd, int (*act)(void *))
{
	int i;

	for (i = 0; i < HERD; i++) {
		actor_start(test, &herd[i], act, NULL);
		KUNIT_ASSERT_TRUE(test, actor_asleep(&herd[i]));
	}
	atomic_set(&looks, 0);
}

/* Lays out one token; how many looked for it. */
static int looks_for_one_token(struct kunit *test, int taken_then)
{
	atomic_set(&looks, 0);
	tokens++;
	wake_up(&queue);
	schedule_timeout_uninterruptible(2);
	KUNIT_EXPECT_EQ(test, atomic_read(&taken), taken_then);
	KUNIT_EXPECT_EQ(test, tokens, 0);
	return atomic_read(&looks);
}

/* contract: S2-10 */
static void all_are_woken_then_contend(struct kunit *test)
{
	struct actor herd[HERD];
	int i;

	start_herd(test, herd, contend);
	for (i = 0; i < HERD; i++)
		KUNIT_EXPECT_GE(test, looks_for_one_token(test, i + 1), HERD - i);
	for (i = 0; i < HERD; i++)
		KUNIT_EXPECT_TRUE(test, actor_join(&herd[i]));
}

static void exclusive_sleepers_are_no_herd(struct kunit *test)
{
	struct actor herd[HERD];
	int i;

	start_herd(test, herd, queue_up);
	for (i = 0; i < HERD; i++)
		KUNIT_EXPECT_EQ(test, looks_for_one_token(test, i + 1), 1);
	for (i = 0; i < HERD; i++)
		KUNIT_EXPECT_TRUE(test, actor_join(&herd[i]));
}

/* ------------------------------------------------------------------ the family */

static int idle_wait(void *unused)
{
	wait_event_idle(queue, condition);
	return 0;
}

static void idle_sleepers_take_no_signals(struct kunit *test)
{
	struct actor actor;

	actor_start(test, &actor, idle_wait, NULL);
	KUNIT_ASSERT_TRUE(test, actor_asleep(&actor));
	send_sig(SIGKILL, actor.task, 1);
	schedule_timeout_uninterruptible(2);
	KUNIT_EXPECT_FALSE(test, actor_ended(&actor));
	condition = 1;
	wake_up(&queue);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
	condition = 0;
	KUNIT_EXPECT_EQ(test, wait_event_idle_timeout(queue, condition, 2), 0l);
	condition = 1;
	KUNIT_EXPECT_EQ(test, wait_event_idle_timeout(queue, condition, 2), 2l);
}

static void high_resolution_time_out(struct kunit *test)
{
	ktime_t before = ktime_get();

	KUNIT_EXPECT_EQ(test, wait_event_hrtimeout(queue, condition, us_to_ktime(300)), -ETIME);
	KUNIT_EXPECT_GE(test, ktime_us_delta(ktime_get(), before), (s64)300);
	condition = 1;
	KUNIT_EXPECT_EQ(test, wait_event_hrtimeout(queue, condition, us_to_ktime(300)), 0);
}

static int hr_wait(void *unused)
{
	return wait_event_interruptible_hrtimeout(queue, condition, ms_to_ktime(5000));
}

static void high_resolution_wait_is_woken(struct kunit *test)
{
	struct actor actor;

	actor_start(test, &actor, hr_wait, NULL);
	KUNIT_ASSERT_TRUE(test, actor_asleep(&actor));
	condition = 1;
	wake_up(&queue);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, actor.result, 0);
	condition = 0;
	actor_start(test, &actor, hr_wait, NULL);
	KUNIT_ASSERT_TRUE(test, actor_asleep(&actor));
	send_sig(SIGUSR1, actor.task, 1);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, actor.result, -ERESTARTSYS);
}

static int lock_wait(void *unused)
{
	long left;

	spin_lock_irq(&lock);
	left = wait_event_lock_irq_timeout(queue, condition, lock, PATIENCE);
	condition = 0;			/* under the lock again */
	spin_unlock_irq(&lock);
	return left > 0 ? 1 : 0;
}

static void condition_under_a_lock(struct kunit *test)
{
	struct actor actor;

	actor_start(test, &actor, lock_wait, NULL);
	KUNIT_ASSERT_TRUE(test, actor_asleep(&actor));
	spin_lock_irq(&lock);		/* free while it sleeps */
	condition = 1;
	wake_up(&queue);
	spin_unlock_irq(&lock);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, actor.result, 1);
	KUNIT_EXPECT_EQ(test, condition, 0);
	spin_lock_irq(&lock);
	KUNIT_EXPECT_EQ(test, wait_event_lock_irq_timeout(queue, condition, lock, 2), 0l);
	spin_unlock_irq(&lock);
}

static int queue_lock_wait(void *unused)
{
	int err;

	spin_lock_irq(&queue.lock);
	err = wait_event_interruptible_locked_irq(queue, condition);
	spin_unlock_irq(&queue.lock);
	return err;
}

static void condition_under_the_queues_lock(struct kunit *test)
{
	struct actor actor;

	actor_start(test, &actor, queue_lock_wait, NULL);
	KUNIT_ASSERT_TRUE(test, actor_asleep(&actor));
	spin_lock_irq(&queue.lock);
	condition = 1;
	wake_up_locked(&queue);
	spin_unlock_irq(&queue.lock);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, actor.result, 0);
	KUNIT_EXPECT_FALSE(test, waitqueue_active(&queue));
	condition = 0;
	actor_start(test, &actor, queue_lock_wait, NULL);
	KUNIT_ASSERT_TRUE(test, actor_asleep(&actor));
	send_sig(SIGUSR1, actor.task, 1);
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, actor.result, -ERESTARTSYS);
	KUNIT_EXPECT_FALSE(test, waitqueue_active(&queue));
}

static void commands_around_the_sleep(struct kunit *test)
{
	int before = 0, after = 0;

	/* the condition comes true in the second command: one sleep, which a wake-up of our own ends */
	wait_event_cmd(queue, condition, before++; wake_up(&queue), after++; condition = 1);
	KUNIT_EXPECT_EQ(test, before, 1);
	KUNIT_EXPECT_EQ(test, after, 1);
}

static struct kunit_case waiting_cases[] = {
	KUNIT_CASE(all_are_woken_then_contend), KUNIT_CASE(exclusive_sleepers_are_no_herd),
	KUNIT_CASE(idle_sleepers_take_no_signals), KUNIT_CASE(high_resolution_time_out),
	KUNIT_CASE(high_resolution_wait_is_woken), KUNIT_CASE(condition_under_a_lock),
	KUNIT_CASE(condition_under_the_queues_lock), KUNIT_CASE(commands_around_the_sleep), {}
};

static struct kunit_suite waiting_suite = {
	.name = "waiting",
	.init = waiting_init,
	.test_cases = waiting_cases,
};
kunit_test_suites(&waiting_suite);
