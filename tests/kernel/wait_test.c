/*
 * Wait queues: no wake-up is lost, exclusive sleepers are woken one by one and
 * in order, time-outs and signals end a sleep, keys reach the wake functions.
 */
#include <linux/wait.h>
#include "sched_test.h"

static DECLARE_WAIT_QUEUE_HEAD(queue);
static int condition;
static int order[8];
static atomic_t nr_woken;

static int wait_test_init(struct kunit *test)
{
	condition = 0;
	atomic_set(&nr_woken, 0);
	init_waitqueue_head(&queue);
	return 0;
}

static int sleep_plain(void *data)
{
	wait_event(queue, condition);
	return 7;
}

static void sleeper_is_woken(struct kunit *test)
{
	struct actor actor;

	actor_start(test, &actor, sleep_plain, NULL);
	KUNIT_ASSERT_TRUE(test, actor_asleep(&actor));
	KUNIT_EXPECT_TRUE(test, waitqueue_active(&queue));
	wake_up(&queue);			/* the condition is not true: it sleeps on */
	KUNIT_EXPECT_TRUE(test, actor_asleep(&actor));
	KUNIT_EXPECT_FALSE(test, actor_ended(&actor));
	condition = 1;
	wake_up(&queue);
	KUNIT_ASSERT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, actor.result, 7);
	KUNIT_EXPECT_FALSE(test, waitqueue_active(&queue));
}

static void true_condition_does_not_sleep(struct kunit *test)
{
	unsigned long switches = current->nvcsw;

	condition = 1;
	wait_event(queue, condition);
	KUNIT_EXPECT_EQ(test, wait_event_interruptible(queue, condition), 0);
	KUNIT_EXPECT_EQ(test, current->nvcsw, switches);
}

/* The condition comes true and the wake-up between the state and the sleep. */
static void wakeup_before_schedule_is_not_lost(struct kunit *test)
{
	unsigned long start = jiffies;
	DEFINE_WAIT(wait);

	prepare_to_wait(&queue, &wait, TASK_UNINTERRUPTIBLE);
	wake_up(&queue);
	schedule_timeout(PATIENCE);
	finish_wait(&queue, &wait);
	KUNIT_EXPECT_LT(test, jiffies - start, (unsigned long)PATIENCE / 2);
}

#define ROUNDS	5000

static int ball;		/* whose turn: 0 the test's, 1 the actor's */

static int play(void *data)
{
	int i;

	for (i = 0; i < ROUNDS; i++) {
		if (!wait_event_timeout(queue, READ_ONCE(ball) == 1, PATIENCE))
			return -ETIME;
		WRITE_ONCE(ball, 0);
		wake_up_all(&queue);
	}
	return 0;
}

static void ping_pong_loses_nothing(struct kunit *test)
{
	struct actor actor;
	int i;

	ball = 0;
	actor_start(test, &actor, play, NULL);
	for (i = 0; i < ROUNDS; i++) {
		WRITE_ONCE(ball, 1);
		wake_up_all(&queue);
		if (!wait_event_timeout(queue, READ_ONCE(ball) == 0, PATIENCE))
			break;
	}
	KUNIT_EXPECT_EQ(test, i, ROUNDS);
	KUNIT_ASSERT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, actor.result, 0);
}

static int sleep_exclusive(void *data)
{
	DEFINE_WAIT(wait);

	prepare_to_wait_exclusive(&queue, &wait, TASK_UNINTERRUPTIBLE);
	schedule();
	finish_wait(&queue, &wait);
	order[atomic_fetch_inc(&nr_woken)] = (int)(long)data;
	return 0;
}

static int sleep_shared(void *data)
{
	DEFINE_WAIT(wait);

	prepare_to_wait(&queue, &wait, TASK_UNINTERRUPTIBLE);
	schedule();
	finish_wait(&queue, &wait);
	atomic_inc(&nr_woken);
	return 0;
}

static void start_sleepers(struct kunit *test, struct actor *actors, int nr, int (*act)(void *))
{
	int i;

	for (i = 0; i < nr; i++) {
		actor_start(test, &actors[i], act, (void *)(long)i);
		KUNIT_ASSERT_TRUE(test, actor_asleep(&actors[i]));
	}
}

static void join_all(struct kunit *test, struct actor *actors, int nr)
{
	int i;

	for (i = 0; i < nr; i++)
		KUNIT_ASSERT_TRUE(test, actor_join(&actors[i]));
}

static void let_run(void)
{
	schedule_timeout_uninterruptible(2);
}

static void exclusive_wakes_one_in_order(struct kunit *test)
{
	struct actor actors[3];
	int i;

	start_sleepers(test, actors, 3, sleep_exclusive);
	for (i = 0; i < 3; i++) {
		wake_up(&queue);
		let_run();
		KUNIT_EXPECT_EQ(test, atomic_read(&nr_woken), i + 1);
		KUNIT_EXPECT_EQ(test, order[i], i);
	}
	join_all(test, actors, 3);
}

static void exclusive_nr_wakes_that_many(struct kunit *test)
{
	struct actor actors[4];

	start_sleepers(test, actors, 4, sleep_exclusive);
	wake_up_nr(&queue, 2);
	let_run();
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_woken), 2);
	wake_up_all(&queue);
	join_all(test, actors, 4);
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_woken), 4);
}

static void shared_are_all_woken_beside_one_exclusive(struct kunit *test)
{
	struct actor exclusive[2], shared[2];

	start_sleepers(test, exclusive, 2, sleep_exclusive);
	start_sleepers(test, shared, 2, sleep_shared);
	wake_up(&queue);
	let_run();
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_woken), 3);
	wake_up(&queue);
	join_all(test, shared, 2);
	join_all(test, exclusive, 2);
}

static void interruptible_wakeup_leaves_others_asleep(struct kunit *test)
{
	struct actor actor;

	actor_start(test, &actor, sleep_plain, NULL);
	KUNIT_ASSERT_TRUE(test, actor_asleep(&actor));
	condition = 1;
	wake_up_interruptible(&queue);
	let_run();
	KUNIT_EXPECT_FALSE(test, actor_ended(&actor));
	wake_up(&queue);
	KUNIT_ASSERT_TRUE(test, actor_join(&actor));
}

static int sleep_interruptible(void *data)
{
	return wait_event_interruptible(queue, condition);
}

/* contract: S0-05 S0-06 */
static void signal_ends_interruptible_sleep(struct kunit *test)
{
	struct actor actor;

	actor_start(test, &actor, sleep_interruptible, NULL);
	KUNIT_ASSERT_TRUE(test, actor_asleep(&actor));
	send_sig(SIGUSR1, actor.task, 1);
	KUNIT_ASSERT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, actor.result, -ERESTARTSYS);
	KUNIT_EXPECT_FALSE(test, waitqueue_active(&queue));
}

static int sleep_killable(void *data)
{
	return wait_event_killable(queue, condition);
}

static void killable_sleep_ignores_other_signals(struct kunit *test)
{
	struct actor actor;

	actor_start(test, &actor, sleep_killable, NULL);
	KUNIT_ASSERT_TRUE(test, actor_asleep(&actor));
	send_sig(SIGUSR1, actor.task, 1);
	let_run();
	KUNIT_EXPECT_FALSE(test, actor_ended(&actor));
	send_sig(SIGKILL, actor.task, 1);
	KUNIT_ASSERT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, actor.result, -ERESTARTSYS);
}

static void timeout_is_not_early(struct kunit *test)
{
	unsigned long start = jiffies;

	KUNIT_EXPECT_EQ(test, wait_event_timeout(queue, condition, 3), 0);
	KUNIT_EXPECT_GE(test, jiffies - start, 3ul);
	KUNIT_EXPECT_LT(test, jiffies - start, 20ul);
	condition = 1;
	KUNIT_EXPECT_EQ(test, wait_event_timeout(queue, condition, 0), 1);
	KUNIT_EXPECT_EQ(test, wait_event_interruptible_timeout(queue, condition, 30), 30);
}

static unsigned long seen_key;
static int key_calls;

static int note_key(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key)
{
	seen_key = (unsigned long)key;
	key_calls++;
	return entry->private ? -1 : 0;
}

static void key_reaches_the_function(struct kunit *test)
{
	struct wait_queue_entry first, second;

	key_calls = 0;
	init_waitqueue_func_entry(&first, note_key);
	init_waitqueue_func_entry(&second, note_key);
	add_wait_queue(&queue, &second);
	add_wait_queue(&queue, &first);
	wake_up_poll(&queue, 0x41);
	KUNIT_EXPECT_EQ(test, seen_key, 0x41ul);
	KUNIT_EXPECT_EQ(test, key_calls, 2);
	first.private = test;			/* now the first one ends the walk */
	wake_up_all(&queue);
	KUNIT_EXPECT_EQ(test, key_calls, 3);
	remove_wait_queue(&queue, &first);
	remove_wait_queue(&queue, &second);
	KUNIT_EXPECT_FALSE(test, waitqueue_active(&queue));
}

static void woken_entry_remembers(struct kunit *test)
{
	DEFINE_WAIT_FUNC(wait, woken_wake_function);
	long left;

	add_wait_queue(&queue, &wait);
	wake_up(&queue);			/* before the sleep */
	left = wait_woken(&wait, TASK_INTERRUPTIBLE, PATIENCE);
	KUNIT_EXPECT_EQ(test, left, (long)PATIENCE);
	left = wait_woken(&wait, TASK_INTERRUPTIBLE, 2);
	KUNIT_EXPECT_EQ(test, left, 0l);	/* once only */
	remove_wait_queue(&queue, &wait);
}

static unsigned long word;

static int take_bit(void *data)
{
	int err = wait_on_bit_lock(&word, 5, TASK_UNINTERRUPTIBLE);

	order[atomic_fetch_inc(&nr_woken)] = (int)(long)data;
	return err;
}

static void bit_lock_goes_round(struct kunit *test)
{
	struct actor actors[2];

	word = 1 << 5 | 1;
	start_sleepers(test, actors, 2, take_bit);
	clear_and_wake_up_bit(0, &word);	/* another bit */
	let_run();
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_woken), 0);
	clear_and_wake_up_bit(5, &word);
	let_run();
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_woken), 1);
	KUNIT_EXPECT_TRUE(test, test_bit(5, &word));
	clear_and_wake_up_bit(5, &word);
	join_all(test, actors, 2);
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_woken), 2);
}

static struct kunit_case wait_cases[] = {
	KUNIT_CASE(sleeper_is_woken),
	KUNIT_CASE(true_condition_does_not_sleep),
	KUNIT_CASE(wakeup_before_schedule_is_not_lost),
	KUNIT_CASE(ping_pong_loses_nothing),
	KUNIT_CASE(exclusive_wakes_one_in_order),
	KUNIT_CASE(exclusive_nr_wakes_that_many),
	KUNIT_CASE(shared_are_all_woken_beside_one_exclusive),
	KUNIT_CASE(interruptible_wakeup_leaves_others_asleep),
	KUNIT_CASE(signal_ends_interruptible_sleep),
	KUNIT_CASE(killable_sleep_ignores_other_signals),
	KUNIT_CASE(timeout_is_not_early),
	KUNIT_CASE(key_reaches_the_function),
	KUNIT_CASE(woken_entry_remembers),
	KUNIT_CASE(bit_lock_goes_round),
	{}
};

static struct kunit_suite wait_suite = {
	.name = "wait",
	.init = wait_test_init,
	.test_cases = wait_cases,
};
kunit_test_suite(wait_suite);
