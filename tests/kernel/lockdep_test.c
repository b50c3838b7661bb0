/*
 * The lock checker: each mistake is made and must be told once; what is right
 * must not be told. The crimes are lkdtm's, too: `echo LOCK_ABBA >/proc/lkdtm`.
 * Their classes are forgotten afterwards, so that each can be told again.
 */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/hardirq.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/lkdtm.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/rwlock.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>

#if DEBUG_BUILD

static struct lock_class_key key_a, key_b, key_c;
static spinlock_t a, b, c;

static void fresh_locks(void)
{
	spin_lock_init(&a);
	spin_lock_init(&b);
	spin_lock_init(&c);
	lockdep_set_class_and_name(&a, &key_a, "lock A of the test");
	lockdep_set_class_and_name(&b, &key_b, "lock B of the test");
	lockdep_set_class_and_name(&c, &key_c, "lock C of the test");
}

static void forget_locks(void)
{
	lockdep_unregister_key(&key_a);
	lockdep_unregister_key(&key_b);
	lockdep_unregister_key(&key_c);
}

static void take_both(spinlock_t *first, spinlock_t *second)
{
	spin_lock(first);
	spin_lock(second);
	spin_unlock(second);
	spin_unlock(first);
}

/* As an interrupt handler would. */
static void take_in_interrupt(spinlock_t *lock)
{
	unsigned long flags;

	local_irq_save(flags);
	irq_enter();
	spin_lock(lock);
	spin_unlock(lock);
	irq_exit();
	local_irq_restore(flags);
}

/* ------------------------------------------------------------------ the crimes */

static void abba(void)
{
	fresh_locks();
	take_both(&a, &b);
	take_both(&b, &a);
	forget_locks();
}
lkdtm_type(LOCK_ABBA, abba);

static void abcca(void)
{
	fresh_locks();
	take_both(&a, &b);
	take_both(&b, &c);
	take_both(&c, &a);
	forget_locks();
}
lkdtm_type(LOCK_CYCLE, abcca);

static void same_class(void)
{
	fresh_locks();
	lockdep_set_class_and_name(&b, &key_a, "lock A of the test");
	take_both(&a, &b);
	forget_locks();
}
lkdtm_type(LOCK_RECURSION, same_class);

static void unsafe_in_interrupt(void)
{
	fresh_locks();
	take_in_interrupt(&a);
	spin_lock(&a);			/* the interrupt could come here */
	spin_unlock(&a);
	forget_locks();
}
lkdtm_type(LOCK_IRQ_UNSAFE, unsafe_in_interrupt);

static void unsafe_behind_another(void)
{
	unsigned long flags;

	fresh_locks();
	spin_lock(&b);			/* an interrupt that comes here waits for A … */
	spin_unlock(&b);
	take_in_interrupt(&a);
	spin_lock_irqsave(&a, flags);	/* … whose holder waits for B */
	spin_lock(&b);
	spin_unlock(&b);
	spin_unlock_irqrestore(&a, flags);
	forget_locks();
}
lkdtm_type(LOCK_IRQ_UNSAFE_INDIRECT, unsafe_behind_another);

static void unsafe_in_bottom_half(void)
{
	fresh_locks();
	lockdep_softirq_enter();
	spin_lock_bh(&a);
	spin_unlock_bh(&a);
	lockdep_softirq_exit();
	spin_lock(&a);
	spin_unlock(&a);
	forget_locks();
}
lkdtm_type(LOCK_BH_UNSAFE, unsafe_in_bottom_half);

static DEFINE_MUTEX(some_mutex);

static void sleep_under_spinlock(void)
{
	fresh_locks();
	spin_lock(&a);
	might_sleep();
	spin_unlock(&a);
	forget_locks();
}
lkdtm_type(SLEEP_IN_SPINLOCK, sleep_under_spinlock);

static void copy_under_spinlock(void)
{
	char byte;

	fresh_locks();
	spin_lock(&a);
	if (copy_from_user(&byte, (const void __user *)0, 1))	/* it needs no fault to be told */
		byte = 0;
	spin_unlock(&a);
	forget_locks();
}
lkdtm_type(COPY_IN_SPINLOCK, copy_under_spinlock);

static void sleep_with_interrupts_off(void)
{
	local_irq_disable();
	might_sleep();
	local_irq_enable();
}
lkdtm_type(SLEEP_IRQS_OFF, sleep_with_interrupts_off);

static void schedule_under_spinlock(void)
{
	fresh_locks();
	spin_lock(&a);
	schedule();
	spin_unlock(&a);
	forget_locks();
}
lkdtm_type(SCHEDULE_IN_SPINLOCK, schedule_under_spinlock);

static void unlock_not_held(void)
{
	fresh_locks();
	preempt_disable();		/* the count that the unlock takes away */
	__acquire(&a);			/* a crime that sparse tells, too */
	spin_unlock(&a);
	forget_locks();
}
lkdtm_type(UNLOCK_NOT_HELD, unlock_not_held);

static void freed_while_held(void)
{
	spinlock_t *lock = kmalloc(sizeof(*lock), GFP_KERNEL);

	if (!lock)
		return;
	spin_lock_init(lock);
	spin_lock(lock);
	kfree(lock);
	__release(lock);
	preempt_enable();
}
lkdtm_type(FREED_WHILE_HELD, freed_while_held);

static void not_initialised(void)
{
	spinlock_t *lock = kzalloc(sizeof(*lock), GFP_KERNEL);

	if (!lock)
		return;
	spin_lock(lock);
	spin_unlock(lock);
	kfree(lock);
}
lkdtm_type(LOCK_UNINITIALISED, not_initialised);

static void not_held_as_asserted(void)
{
	fresh_locks();
	lockdep_assert_held(&a);
}
lkdtm_type(ASSERT_NOT_HELD, not_held_as_asserted);

static int end_holding(void *begun)
{
	mutex_lock(&some_mutex);
	complete(begun);
	return 0;
}

static void held_by_a_task_that_ends(void)
{
	DECLARE_COMPLETION_ONSTACK(begun);
	struct task_struct *thread = kthread_create(end_holding, &begun, "holder");

	if (IS_ERR(thread))
		return;
	get_task_struct(thread);
	wake_up_process(thread);
	wait_for_completion(&begun);
	kthread_stop(thread);
	put_task_struct(thread);
	__mutex_init(&some_mutex);	/* who held it is no more */
}
lkdtm_type(EXIT_HOLDING, held_by_a_task_that_ends);

/* These three are told when the system call that asked for them returns. */
static void return_holding(void)
{
	mutex_lock(&some_mutex);
	__mutex_init(&some_mutex);
}
lkdtm_type(RETURN_HOLDING, return_holding);

static void return_atomic(void)
{
	preempt_disable();
}
lkdtm_type(RETURN_ATOMIC, return_atomic);

static void return_irqs_off(void)
{
	local_irq_disable();
}
lkdtm_type(RETURN_IRQS_OFF, return_irqs_off);

/* ------------------------------------------------------------------ the cases */

static const struct {
	void (*commit)(void);
	const char *told;
} crimes[] = {
	{ abba, "possible circular locking dependency" },
	{ abcca, "possible circular locking dependency" },
	{ same_class, "possible recursive locking" },
	{ unsafe_in_interrupt, "taken in an interrupt and elsewhere with those on" },
	{ unsafe_behind_another, "an interrupt's lock is held while one is taken" },
	{ unsafe_in_bottom_half, "taken in a bottom half and elsewhere with those on" },
	{ sleep_under_spinlock, "sleeping function called from atomic context" },
	{ copy_under_spinlock, "sleeping function called from atomic context" },
	{ sleep_with_interrupts_off, "sleeping function called from atomic context" },
	{ schedule_under_spinlock, "scheduling while atomic" },
	{ unlock_not_held, "unlocking what is not held" },
	{ freed_while_held, "memory freed that has a held lock" },
	{ not_initialised, "taken before it was initialised" },
	{ not_held_as_asserted, "should be held here" },
	{ held_by_a_task_that_ends, "held by a task that ends" },
};

static void commit(void *crime)
{
	((typeof(crimes[0]) *)crime)->commit();
}

static void each_crime_is_told_once(struct kunit *test)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(crimes); i++)
		kunit_expect_report(test, crimes[i].told, commit, (void *)&crimes[i]);
}

static void trying_makes_no_order(struct kunit *test)
{
	fresh_locks();
	take_both(&a, &b);
	spin_lock(&b);
	if (spin_trylock(&a))
		spin_unlock(&a);
	else
		KUNIT_FAIL(test, "nobody holds it");
	spin_unlock(&b);
	forget_locks();
}

static void nesting_is_allowed_where_said(struct kunit *test)
{
	fresh_locks();
	lockdep_set_class_and_name(&b, &key_a, "lock A of the test");
	spin_lock(&a);
	spin_lock_nested(&b, SINGLE_DEPTH_NESTING);
	spin_unlock(&a);		/* in any order */
	spin_unlock(&b);
	forget_locks();
}

static void readers_may_come_again(struct kunit *test)
{
	static DEFINE_RWLOCK(shared);

	read_lock(&shared);
	read_lock(&shared);
	KUNIT_EXPECT_TRUE(test, lockdep_is_held(&shared));
	read_unlock(&shared);
	read_unlock(&shared);
	KUNIT_EXPECT_FALSE(test, lockdep_is_held(&shared));
}

static void an_interrupt_stands_in_no_order(struct kunit *test)
{
	unsigned long flags;

	fresh_locks();
	local_irq_save(flags);
	spin_lock(&b);
	take_in_interrupt(&c);
	spin_unlock(&b);
	take_both(&c, &b);		/* no order from B to C came of it */
	local_irq_restore(flags);
	forget_locks();
}

static void held_means_by_this_task(struct kunit *test)
{
	static DECLARE_RWSEM(sem);

	down_write(&sem);
	KUNIT_EXPECT_TRUE(test, lock_is_held_type(&sem.dep_map, 0));
	KUNIT_EXPECT_FALSE(test, lock_is_held_type(&sem.dep_map, 1));
	downgrade_write(&sem);
	KUNIT_EXPECT_TRUE(test, lock_is_held_type(&sem.dep_map, 1));
	lockdep_assert_held_read(&sem);
	up_read(&sem);
	lockdep_assert_not_held(&sem);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(each_crime_is_told_once),
	KUNIT_CASE(trying_makes_no_order),
	KUNIT_CASE(nesting_is_allowed_where_said),
	KUNIT_CASE(readers_may_come_again),
	KUNIT_CASE(an_interrupt_stands_in_no_order),
	KUNIT_CASE(held_means_by_this_task),
	{}
};

#else

static void needs_debug(struct kunit *test)
{
	kunit_skip(test, "the lock checker is in DEBUG=1");
}

static struct kunit_case cases[] = { KUNIT_CASE(needs_debug), {} };

#endif

static struct kunit_suite suite = { .name = "lockdep", .test_cases = cases };
kunit_test_suite(suite);
