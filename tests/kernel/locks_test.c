/*
 * Locks that sleep, and completions: exclusion, order of hand-over, giving up,
 * and who may come in together.
 */
#include <linux/completion.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/semaphore.h>
#include <linux/timer.h>
#include "sched_test.h"

static int order[8];
static atomic_t arrived;
static int inside, most_inside;

static int locks_test_init(struct kunit *test)
{
	atomic_set(&arrived, 0);
	inside = most_inside = 0;
	return 0;
}

static void arrive(void *who)
{
	order[atomic_fetch_inc(&arrived)] = (int)(long)who;
}

static void let_run(void)
{
	schedule_timeout_uninterruptible(2);
}

static void start_asleep(struct kunit *test, struct actor *actor, int (*act)(void *), long who)
{
	actor_start(test, actor, act, (void *)who);
	KUNIT_ASSERT_TRUE(test, actor_asleep(actor));
}

/* ------------------------------------------------------------------ mutex */

static DEFINE_MUTEX(mutex);

static void mutex_states(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&mutex));
	mutex_lock(&mutex);
	KUNIT_EXPECT_TRUE(test, mutex_is_locked(&mutex));
	KUNIT_EXPECT_EQ(test, mutex_trylock(&mutex), 0);
	mutex_unlock(&mutex);
	KUNIT_EXPECT_EQ(test, mutex_trylock(&mutex), 1);
	mutex_unlock(&mutex);
	KUNIT_EXPECT_EQ(test, mutex_lock_interruptible(&mutex), 0);
	mutex_unlock(&mutex);
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&mutex));
}

static int enter_often(void *data)
{
	int i;

	for (i = 0; i < 200; i++) {
		mutex_lock(&mutex);
		if (++inside > most_inside)
			most_inside = inside;
		yield();			/* the others may try */
		inside--;
		mutex_unlock(&mutex);
	}
	return 0;
}

/* contract: S0-05 */
static void mutex_excludes(struct kunit *test)
{
	struct actor actors[3];
	int i;

	for (i = 0; i < 3; i++)
		actor_start(test, &actors[i], enter_often, NULL);
	for (i = 0; i < 3; i++)
		KUNIT_ASSERT_TRUE(test, actor_join(&actors[i]));
	KUNIT_EXPECT_EQ(test, most_inside, 1);
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&mutex));
}

static int take_mutex(void *who)
{
	mutex_lock(&mutex);
	arrive(who);
	mutex_unlock(&mutex);
	return 0;
}

static void mutex_is_handed_over_in_order(struct kunit *test)
{
	struct actor actors[3];
	int i;

	mutex_lock(&mutex);
	for (i = 0; i < 3; i++)
		start_asleep(test, &actors[i], take_mutex, i);
	mutex_unlock(&mutex);
	/* It belongs to the first sleeper already: we cannot slip in. */
	KUNIT_EXPECT_EQ(test, mutex_trylock(&mutex), 0);
	for (i = 0; i < 3; i++) {
		KUNIT_ASSERT_TRUE(test, actor_join(&actors[i]));
		KUNIT_EXPECT_EQ(test, order[i], i);
	}
}

static int try_mutex(void *who)
{
	int err = mutex_lock_interruptible(&mutex);

	if (!err)
		mutex_unlock(&mutex);
	return err;
}

/* contract: S0-05 S0-06 */
static void mutex_wait_ends_by_signal(struct kunit *test)
{
	struct actor actor;

	mutex_lock(&mutex);
	start_asleep(test, &actor, try_mutex, 0);
	send_sig(SIGUSR1, actor.task, 1);
	KUNIT_ASSERT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, actor.result, -EINTR);
	mutex_unlock(&mutex);			/* nobody waits: simply free */
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&mutex));
}

/* ------------------------------------------------------------------ semaphore */

static struct semaphore sem;

static void semaphore_counts(struct kunit *test)
{
	sema_init(&sem, 2);
	down(&sem);
	KUNIT_EXPECT_EQ(test, down_interruptible(&sem), 0);
	KUNIT_EXPECT_EQ(test, down_trylock(&sem), 1);
	up(&sem);
	KUNIT_EXPECT_EQ(test, down_trylock(&sem), 0);
	up(&sem);
	up(&sem);
	KUNIT_EXPECT_EQ(test, sem.count, 2u);
}

static void semaphore_timeout(struct kunit *test)
{
	unsigned long start = jiffies;

	sema_init(&sem, 0);
	KUNIT_EXPECT_EQ(test, down_timeout(&sem, 3), -ETIME);
	KUNIT_EXPECT_GE(test, jiffies - start, 3ul);
	KUNIT_EXPECT_TRUE(test, list_empty(&sem.wait_list));
	up(&sem);
	KUNIT_EXPECT_EQ(test, down_timeout(&sem, 3), 0);
}

static int take_sem(void *who)
{
	int err = down_interruptible(&sem);

	if (!err)
		arrive(who);
	return err;
}

static void semaphore_unit_goes_to_the_first(struct kunit *test)
{
	struct actor actors[2];

	sema_init(&sem, 0);
	start_asleep(test, &actors[0], take_sem, 0);
	start_asleep(test, &actors[1], take_sem, 1);
	up(&sem);
	KUNIT_EXPECT_EQ(test, down_trylock(&sem), 1);	/* it is not for us */
	KUNIT_ASSERT_TRUE(test, actor_join(&actors[0]));
	KUNIT_EXPECT_FALSE(test, actor_ended(&actors[1]));
	up(&sem);
	KUNIT_ASSERT_TRUE(test, actor_join(&actors[1]));
	KUNIT_EXPECT_EQ(test, order[0], 0);
	KUNIT_EXPECT_EQ(test, order[1], 1);
}

static void semaphore_wait_ends_by_signal(struct kunit *test)
{
	struct actor actor;

	sema_init(&sem, 0);
	start_asleep(test, &actor, take_sem, 0);
	send_sig(SIGUSR1, actor.task, 1);
	KUNIT_ASSERT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, actor.result, -EINTR);
	up(&sem);
	KUNIT_EXPECT_EQ(test, sem.count, 1u);
}

static void up_from_timer(struct timer_list *timer)
{
	up(&sem);
}

static void semaphore_up_from_interrupt(struct kunit *test)
{
	struct timer_list timer;

	sema_init(&sem, 0);
	timer_setup_on_stack(&timer, up_from_timer, 0);
	mod_timer(&timer, jiffies + 2);
	KUNIT_EXPECT_EQ(test, down_timeout(&sem, PATIENCE), 0);
	del_timer_sync(&timer);
}

/* ------------------------------------------------------------------ rwsem */

static DECLARE_RWSEM(rwsem);

static int read_side(void *who)
{
	down_read(&rwsem);
	arrive(who);
	up_read(&rwsem);
	return 0;
}

static int write_side(void *who)
{
	down_write(&rwsem);
	arrive(who);
	up_write(&rwsem);
	return 0;
}

static void rwsem_readers_share(struct kunit *test)
{
	struct actor actor;

	down_read(&rwsem);
	actor_start(test, &actor, read_side, (void *)1);
	KUNIT_ASSERT_TRUE(test, actor_join(&actor));	/* while we hold it too */
	KUNIT_EXPECT_EQ(test, down_write_trylock(&rwsem), 0);
	KUNIT_EXPECT_EQ(test, down_read_trylock(&rwsem), 1);
	up_read(&rwsem);
	up_read(&rwsem);
	KUNIT_EXPECT_FALSE(test, rwsem_is_locked(&rwsem));
}

static void rwsem_writer_excludes(struct kunit *test)
{
	struct actor reader, writer;

	down_write(&rwsem);
	start_asleep(test, &reader, read_side, 1);
	start_asleep(test, &writer, write_side, 2);
	KUNIT_EXPECT_EQ(test, down_read_trylock(&rwsem), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&arrived), 0);
	up_write(&rwsem);
	KUNIT_ASSERT_TRUE(test, actor_join(&reader));
	KUNIT_ASSERT_TRUE(test, actor_join(&writer));
	KUNIT_EXPECT_EQ(test, order[0], 1);
	KUNIT_EXPECT_EQ(test, order[1], 2);
}

static void rwsem_readers_do_not_starve_a_writer(struct kunit *test)
{
	struct actor writer, late;

	down_read(&rwsem);
	start_asleep(test, &writer, write_side, 1);
	start_asleep(test, &late, read_side, 2);	/* could share, but came after it */
	KUNIT_EXPECT_EQ(test, atomic_read(&arrived), 0);
	up_read(&rwsem);
	KUNIT_ASSERT_TRUE(test, actor_join(&writer));
	KUNIT_ASSERT_TRUE(test, actor_join(&late));
	KUNIT_EXPECT_EQ(test, order[0], 1);
}

static void rwsem_downgrade_lets_readers_in(struct kunit *test)
{
	struct actor reader, writer;

	down_write(&rwsem);
	start_asleep(test, &reader, read_side, 1);
	start_asleep(test, &writer, write_side, 2);
	downgrade_write(&rwsem);
	KUNIT_ASSERT_TRUE(test, actor_join(&reader));
	KUNIT_EXPECT_EQ(test, atomic_read(&arrived), 1);
	up_read(&rwsem);
	KUNIT_ASSERT_TRUE(test, actor_join(&writer));
}

static int write_killable(void *who)
{
	return down_write_killable(&rwsem);
}

static void rwsem_writer_that_gives_up_frees_the_line(struct kunit *test)
{
	struct actor writer, reader;

	down_read(&rwsem);
	start_asleep(test, &writer, write_killable, 1);
	start_asleep(test, &reader, read_side, 2);
	send_sig(SIGKILL, writer.task, 1);
	KUNIT_ASSERT_TRUE(test, actor_join(&writer));
	KUNIT_EXPECT_EQ(test, writer.result, -EINTR);
	KUNIT_ASSERT_TRUE(test, actor_join(&reader));	/* though we still hold it */
	up_read(&rwsem);
	KUNIT_EXPECT_FALSE(test, rwsem_is_locked(&rwsem));
}

/* ------------------------------------------------------------------ completion */

static struct completion done;

static int wait_done(void *who)
{
	wait_for_completion(&done);
	arrive(who);
	return 0;
}

static void completion_remembers(struct kunit *test)
{
	init_completion(&done);
	KUNIT_EXPECT_FALSE(test, completion_done(&done));
	KUNIT_EXPECT_FALSE(test, try_wait_for_completion(&done));
	complete(&done);
	complete(&done);
	KUNIT_EXPECT_TRUE(test, completion_done(&done));
	wait_for_completion(&done);
	KUNIT_EXPECT_EQ(test, wait_for_completion_interruptible(&done), 0);
	KUNIT_EXPECT_FALSE(test, completion_done(&done));
}

static void completion_lets_one_pass(struct kunit *test)
{
	struct actor actors[2];

	init_completion(&done);
	start_asleep(test, &actors[0], wait_done, 0);
	start_asleep(test, &actors[1], wait_done, 1);
	complete(&done);
	let_run();
	KUNIT_EXPECT_EQ(test, atomic_read(&arrived), 1);
	complete(&done);
	KUNIT_ASSERT_TRUE(test, actor_join(&actors[0]));
	KUNIT_ASSERT_TRUE(test, actor_join(&actors[1]));
	KUNIT_EXPECT_EQ(test, order[0], 0);
}

static void completion_all(struct kunit *test)
{
	struct actor actors[2];

	init_completion(&done);
	start_asleep(test, &actors[0], wait_done, 0);
	start_asleep(test, &actors[1], wait_done, 1);
	complete_all(&done);
	KUNIT_ASSERT_TRUE(test, actor_join(&actors[0]));
	KUNIT_ASSERT_TRUE(test, actor_join(&actors[1]));
	wait_for_completion(&done);		/* and for ever after */
	KUNIT_EXPECT_TRUE(test, try_wait_for_completion(&done));
	reinit_completion(&done);
	KUNIT_EXPECT_FALSE(test, try_wait_for_completion(&done));
}

static void completion_timeout(struct kunit *test)
{
	unsigned long start = jiffies;

	init_completion(&done);
	KUNIT_EXPECT_EQ(test, wait_for_completion_timeout(&done, 3), 0ul);
	KUNIT_EXPECT_GE(test, jiffies - start, 3ul);
	complete(&done);
	KUNIT_EXPECT_EQ(test, wait_for_completion_timeout(&done, 9), 9ul);
}

static struct kunit_case locks_cases[] = {
	KUNIT_CASE(mutex_states),
	KUNIT_CASE(mutex_excludes),
	KUNIT_CASE(mutex_is_handed_over_in_order),
	KUNIT_CASE(mutex_wait_ends_by_signal),
	KUNIT_CASE(semaphore_counts),
	KUNIT_CASE(semaphore_timeout),
	KUNIT_CASE(semaphore_unit_goes_to_the_first),
	KUNIT_CASE(semaphore_wait_ends_by_signal),
	KUNIT_CASE(semaphore_up_from_interrupt),
	KUNIT_CASE(rwsem_readers_share),
	KUNIT_CASE(rwsem_writer_excludes),
	KUNIT_CASE(rwsem_readers_do_not_starve_a_writer),
	KUNIT_CASE(rwsem_downgrade_lets_readers_in),
	KUNIT_CASE(rwsem_writer_that_gives_up_frees_the_line),
	KUNIT_CASE(completion_remembers),
	KUNIT_CASE(completion_lets_one_pass),
	KUNIT_CASE(completion_all),
	KUNIT_CASE(completion_timeout),
	{}
};

static struct kunit_suite locks_suite = {
	.name = "locks",
	.init = locks_test_init,
	.test_cases = locks_cases,
};
kunit_test_suite(locks_suite);
