/*
 * The interface of 1996, below the files: sleeping and waking with the race that sleep_on() has,
 * cli(), timers, memory of users and of the kernel.
 */
#include "sched_test.h"
#include "test_mm.h"
#include <linux/lkdtm.h>
#include <linux/report.h>
#include <khg/kernel.h>
#include <khg/malloc.h>
#include <khg/mm.h>
#include <khg/sched.h>

static struct wait_queue *queue = NULL;
static int ready;
static atomic_t nr_woken, nr_tokens, nr_won;

static int khg_init(struct kunit *test)
{
	queue = NULL;
	ready = 0;
	atomic_set(&nr_woken, 0);
	atomic_set(&nr_won, 0);
	return 0;
}

/* ------------------------------------------------------------------ rings */

/* contract: S2-09 */
static void a_queue_is_a_ring(struct kunit *test)
{
	struct wait_queue a = { current, NULL }, b = { current, NULL }, c = { current, NULL };

	add_wait_queue(&queue, &a);
	KUNIT_EXPECT_PTR_EQ(test, queue, &a);
	KUNIT_EXPECT_PTR_EQ(test, a.next, &a);
	add_wait_queue(&queue, &b);
	add_wait_queue(&queue, &c);
	KUNIT_EXPECT_PTR_EQ(test, queue->next->next->next, queue);
	KUNIT_EXPECT_PTR_EQ(test, queue->task, current);
	remove_wait_queue(&queue, &a);			/* the one that queue points to */
	KUNIT_EXPECT_NULL(test, a.next);
	KUNIT_ASSERT_NOT_NULL(test, queue);
	KUNIT_EXPECT_PTR_EQ(test, queue->next->next, queue);
	KUNIT_EXPECT_PTR_NE(test, queue->next, &a);
	remove_wait_queue(&queue, &c);
	KUNIT_EXPECT_PTR_EQ(test, queue, &b);
	KUNIT_EXPECT_PTR_EQ(test, b.next, &b);
	remove_wait_queue(&queue, &b);
	KUNIT_EXPECT_NULL(test, queue);
}

static int sleep_for_good(void *data)
{
	sleep_on(&queue);
	return 0;
}

static int sleep_interruptibly(void *data)
{
	sleep_on_interruptible(&queue);		/* interruptible_sleep_on() by its other name */
	return signal_pending(current) ? -EINTR : 0;
}

/* contract: S2-09 S2-10 */
static void states_decide_who_wakes(struct kunit *test)
{
	struct actor slow, sure;

	actor_start(test, &slow, sleep_interruptibly, NULL);
	actor_start(test, &sure, sleep_for_good, NULL);
	KUNIT_ASSERT_TRUE(test, actor_asleep(&slow) && actor_asleep(&sure));
	KUNIT_EXPECT_EQ(test, slow.task->state, (long)TASK_INTERRUPTIBLE);
	KUNIT_EXPECT_EQ(test, sure.task->state, (long)TASK_UNINTERRUPTIBLE);
	send_sig(SIGUSR1, sure.task, 1);
	wake_up_interruptible(&queue);
	KUNIT_ASSERT_TRUE(test, actor_join(&slow));
	KUNIT_EXPECT_EQ(test, slow.result, 0);
	KUNIT_EXPECT_TRUE(test, actor_asleep(&sure));
	KUNIT_EXPECT_FALSE(test, actor_ended(&sure));	/* neither signal nor that wake-up */
	wake_up(&queue);
	KUNIT_ASSERT_TRUE(test, actor_join(&sure));
	actor_start(test, &slow, sleep_interruptibly, NULL);
	KUNIT_ASSERT_TRUE(test, actor_asleep(&slow));
	send_sig(SIGUSR1, slow.task, 1);
	KUNIT_ASSERT_TRUE(test, actor_join(&slow));
	KUNIT_EXPECT_EQ(test, slow.result, -EINTR);
	KUNIT_EXPECT_NULL(test, queue);
}

/* Wants one of the tokens, and looks again whenever it is woken. */
static int contend(void *data)
{
	while (!atomic_add_unless(&nr_tokens, -1, 0)) {
		sleep_on(&queue);
		atomic_inc(&nr_woken);
	}
	atomic_inc(&nr_won);
	return 0;
}

/* contract: S2-10 */
static void all_are_woken_and_contend(struct kunit *test)
{
	struct actor actors[3];

	atomic_set(&nr_tokens, 0);
	for (int i = 0; i < 3; i++)
		actor_start(test, &actors[i], contend, NULL);
	for (int round = 1; round <= 3; round++) {
		for (int i = 0; i < 3; i++)
			KUNIT_EXPECT_TRUE(test, actor_asleep(&actors[i]));
		atomic_set(&nr_woken, 0);
		atomic_set(&nr_tokens, 1);
		wake_up(&queue);
		for (int i = 0; i < 3; i++)
			KUNIT_EXPECT_TRUE(test, actor_asleep(&actors[i]));
		KUNIT_EXPECT_EQ(test, atomic_read(&nr_woken), 4 - round);	/* all that slept */
		KUNIT_EXPECT_EQ(test, atomic_read(&nr_won), round);		/* one got it */
	}
	for (int i = 0; i < 3; i++)
		KUNIT_EXPECT_TRUE(test, actor_join(&actors[i]));
}

/* ------------------------------------------------------------------ the race */

static struct timer_list interrupt;
static int interrupts;

static void make_ready(unsigned long unused)
{
	interrupts++;
	ready = 1;			/* first the flag, then the wake-up */
	wake_up(&queue);
}

static void start_interrupt(void (*function)(unsigned long), unsigned long data, int ticks)
{
	init_timer(&interrupt);
	interrupt.expires = jiffies + ticks;
	interrupt.data = data;
	interrupt.function = function;
	add_timer(&interrupt);
}

/* The time between look and sleep, in which the interrupt would like to come. */
static void linger(void)
{
	mdelay(5 * 1000 / HZ);
}

/* Looks, and sleeps when it is not ready: the listing that every textbook warns of. */
static int look_then_sleep(void *data)
{
	start_interrupt(make_ready, 0, 2);
	if (!ready) {
		for (unsigned long end = jiffies + PATIENCE; !READ_ONCE(ready) && time_before(jiffies, end); )
			cpu_relax();		/* until it has come in between */
		sleep_on(&queue);
	}
	return ready;
}

static int look_then_sleep_by_cli(void *data)
{
	unsigned long flags;

	save_flags(flags);
	cli();
	start_interrupt(make_ready, 0, 1);	/* the first tick that is let in brings it */
	while (!ready) {
		linger();
		sleep_on(&queue);
	}
	restore_flags(flags);
	return ready;
}

/* contract: S2-09 S2-10 */
static void sleep_on_loses_a_wakeup(struct kunit *test)
{
	struct actor actor;

	actor_start(test, &actor, look_then_sleep, NULL);
	schedule_timeout_uninterruptible(HZ / 2);
	KUNIT_EXPECT_TRUE(test, actor_asleep(&actor));
	KUNIT_EXPECT_FALSE(test, actor_ended(&actor));	/* it is ready, was told so, and sleeps */
	KUNIT_EXPECT_EQ(test, ready, 1);
	wake_up(&queue);				/* another event */
	KUNIT_EXPECT_TRUE(test, actor_join(&actor));
}

/* contract: S2-09 S2-10 S3-19 */
static void cli_before_the_look_loses_none(struct kunit *test)
{
	struct actor actor;

	interrupts = 0;
	actor_start(test, &actor, look_then_sleep_by_cli, NULL);
	KUNIT_ASSERT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, actor.result, 1);
	KUNIT_EXPECT_EQ(test, interrupts, 1);		/* no second event was needed */
}

/* A sleep of one's own, as a serial driver's: on the queue, asleep, then the look. */
static int own_sleep(void *data)
{
	struct wait_queue wait = { current, NULL };

	start_interrupt(make_ready, 0, 2);
	add_wait_queue(&queue, &wait);
	current->state = TASK_UNINTERRUPTIBLE;
	barrier();
	while (!ready) {
		linger();
		schedule();
		current->state = TASK_UNINTERRUPTIBLE;
		barrier();
	}
	current->state = TASK_RUNNING;
	remove_wait_queue(&queue, &wait);
	return ready;
}

/* contract: S2-09 S2-10 */
static void a_sleep_of_ones_own_loses_none(struct kunit *test)
{
	struct actor actor;

	actor_start(test, &actor, own_sleep, NULL);
	KUNIT_ASSERT_TRUE(test, actor_join(&actor));
	KUNIT_EXPECT_EQ(test, actor.result, 1);
	KUNIT_EXPECT_NULL(test, queue);
}

/* ------------------------------------------------------------------ cli() */

/* contract: S2-09 */
static void flags_nest(struct kunit *test)
{
	unsigned long outer, inner;

	save_flags(outer);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	cli();
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	save_flags(inner);
	cli();
	restore_flags(inner);			/* still inside the first */
	KUNIT_EXPECT_TRUE(test, irqs_disabled());
	sti();
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	cli();
	restore_flags(outer);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	cli();
	sti();
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
}

/* contract: S2-09 */
static void cli_keeps_interrupts_away(struct kunit *test)
{
	int before, after;

	interrupts = 0;
	start_interrupt(make_ready, 0, 1);
	cli();
	before = interrupts;
	linger();
	after = interrupts;
	sti();
	KUNIT_EXPECT_EQ(test, after, before);
	schedule_timeout_uninterruptible(5);
	KUNIT_EXPECT_EQ(test, interrupts, 1);
}

static void sleep_in_idle(unsigned long unused)
{
	if (current == task[0])
		sleep_on(&queue);		/* does not come back */
	interrupt.expires = jiffies + 1;
	add_timer(&interrupt);
}

/* An interrupt that finds nobody but the idle task, and sleeps. */
static void khg_task0_sleeps(void)
{
	start_interrupt(sleep_in_idle, 0, 1);
	schedule_timeout_uninterruptible(10 * HZ);
	del_timer(&interrupt);
}
lkdtm_type(KHG_TASK0_SLEEPS, khg_task0_sleeps);

/* ------------------------------------------------------------------ timers */

static unsigned long got_data, got_at;

static void note_data(unsigned long data)
{
	got_data = data;
	got_at = jiffies;
	interrupts++;
}

/* contract: S2-23 */
static void timers_bring_their_number_at_their_time(struct kunit *test)
{
	unsigned long expires = jiffies + HZ / 20;

	interrupts = 0;
	start_interrupt(note_data, 1996, HZ / 20);
	KUNIT_EXPECT_EQ(test, interrupts, 0);
	schedule_timeout_uninterruptible(HZ / 5);
	KUNIT_EXPECT_EQ(test, interrupts, 1);
	KUNIT_EXPECT_EQ(test, got_data, 1996ul);
	KUNIT_EXPECT_TRUE(test, !time_before(got_at, expires));
	KUNIT_EXPECT_TRUE(test, time_before(got_at, expires + HZ));
	KUNIT_EXPECT_EQ(test, del_timer(&interrupt), 0);	/* it is over */
	interrupt.expires = jiffies + HZ / 20;			/* the same once more */
	interrupt.data = 7;
	add_timer(&interrupt);
	KUNIT_EXPECT_EQ(test, del_timer(&interrupt), 1);
	schedule_timeout_uninterruptible(HZ / 5);
	KUNIT_EXPECT_EQ(test, interrupts, 1);
}

/* ------------------------------------------------------------------ memory */

/* contract: S2-02 */
static void memory_of_the_kernel(struct kunit *test)
{
	char *p = kmalloc(100, GFP_KERNEL), *q = kmalloc(200, GFP_ATOMIC);

	KUNIT_ASSERT_TRUE(test, p && q);
	memset(p, 'p', 100);
	memset(q, 'q', 200);
	KUNIT_EXPECT_EQ(test, p[0] + p[99], 2 * 'p');
	/* never paged out: it lies in the mapping of all memory, which has no page faults */
	KUNIT_EXPECT_TRUE(test, virt_addr_valid(p));
	KUNIT_EXPECT_GE(test, printk(KERN_DEBUG "khg: %d bytes at %p\n", 100, p), 0);
	kfree_s(p, 100);
	kfree(q);
	kfree_s(NULL, 10);
}

static void free_too_much(void *p)
{
	kfree_s(p, 4000);
}

/* contract: S2-02 */
static void a_wrong_size_is_told(struct kunit *test)
{
	kunit_expect_report(test, "kfree_s() of 4000 bytes", free_too_much, kmalloc(100, GFP_KERNEL));
}

#define USER	0x40000000ul

/* contract: S2-07 */
static void user_memory_both_ways(struct kunit *test)
{
	static struct test_mm mm;
	char buf[8] = "";

	KUNIT_ASSERT_TRUE(test, enter_test_mm(&mm));
	KUNIT_EXPECT_EQ(test, map_anon(USER, PAGE_SIZE, MAP_FIXED), USER);
	KUNIT_EXPECT_EQ(test, verify_area(VERIFY_WRITE, (void *)USER, PAGE_SIZE), 0);
	memcpy_tofs((void *)USER, "abcdefg", 8);
	memcpy_fromfs(buf, (void *)(USER + 2), 6);
	KUNIT_EXPECT_STREQ(test, buf, "cdefg");
	put_fs_byte(0x11, (void *)USER);
	put_fs_word(0x3322, (void *)(USER + 1));
	put_fs_long(0x77665544, (void *)(USER + 3));
	KUNIT_EXPECT_EQ(test, get_fs_byte((void *)(USER + 1)), 0x22);
	KUNIT_EXPECT_EQ(test, get_fs_word((void *)(USER + 2)), 0x4433);
	KUNIT_EXPECT_EQ(test, get_fs_long((void *)USER), 0x44332211ul);
	put_fs_byte(-1, (void *)USER);
	KUNIT_EXPECT_EQ(test, get_fs_byte((void *)USER), 0xff);
	leave_test_mm(&mm);
}

/* contract: S2-07 */
static void verify_area_sees_holes_and_constants(struct kunit *test)
{
	static struct test_mm mm;

	KUNIT_ASSERT_TRUE(test, enter_test_mm(&mm));
	KUNIT_EXPECT_EQ(test, map_anon(USER, PAGE_SIZE, MAP_FIXED), USER);
	KUNIT_EXPECT_EQ(test, vm_mmap(NULL, USER + 2 * PAGE_SIZE, PAGE_SIZE, PROT_READ,
				      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, 0), USER + 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, verify_area(VERIFY_READ, (void *)USER, PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, verify_area(VERIFY_READ, (void *)USER, PAGE_SIZE + 1), -EFAULT);
	KUNIT_EXPECT_EQ(test, verify_area(VERIFY_READ, (void *)(USER + 2 * PAGE_SIZE), 1), 0);
	KUNIT_EXPECT_EQ(test, verify_area(VERIFY_WRITE, (void *)(USER + 2 * PAGE_SIZE), 1), -EFAULT);
	KUNIT_EXPECT_EQ(test, verify_area(VERIFY_READ, test, 1), -EFAULT);	/* the kernel's */
	KUNIT_EXPECT_EQ(test, verify_area(VERIFY_READ, NULL, 0), 0);
	leave_test_mm(&mm);
}

static int moved;			/* what a mover in an interrupt left */

/* Each of the eight, in an interrupt. */
static void move_in_interrupt(unsigned long which)
{
	char buf[4] = "xyz";
	unsigned long got = 0;

	switch (which) {
	case 0: memcpy_fromfs(buf, (void *)USER, 4); got = buf[0]; break;
	case 1: memcpy_tofs((void *)USER, buf, 4); break;
	case 2: got = get_fs_byte((void *)USER); break;
	case 3: got = get_fs_word((void *)USER); break;
	case 4: got = get_fs_long((void *)USER); break;
	case 5: put_fs_byte(1, (void *)USER); break;
	case 6: put_fs_word(1, (void *)USER); break;
	case 7: put_fs_long(1, (void *)USER); break;
	}
	moved = got;
}

static void interrupt_and_move(void *which)
{
	moved = -1;
	start_interrupt(move_in_interrupt, (unsigned long)which, 1);
	for (unsigned long end = jiffies + HZ; moved < 0 && time_before(jiffies, end); )
		cpu_relax();		/* the interrupt finds us, and our memory */
}

/* contract: S2-07 */
static void no_user_memory_in_an_interrupt(struct kunit *test)
{
	static const char *const names[] = {
		"memcpy_fromfs()", "memcpy_tofs()", "get_fs_byte()", "get_fs_word()",
		"get_fs_long()", "put_fs_byte()", "put_fs_word()", "put_fs_long()",
	};
	char said[64];
	static struct test_mm mm;

	KUNIT_ASSERT_TRUE(test, enter_test_mm(&mm));
	map_anon(USER, PAGE_SIZE, MAP_FIXED);
	put_fs_long(0x55555555, (void *)USER);
	for (unsigned long i = 0; i < ARRAY_SIZE(names); i++) {
		snprintf(said, sizeof(said), "%s in an interrupt", names[i]);
		kunit_expect_report(test, said, interrupt_and_move, (void *)i);
		KUNIT_EXPECT_EQ(test, moved, 0);
	}
	KUNIT_EXPECT_EQ(test, get_fs_long((void *)USER), 0x55555555ul);	/* untouched */
	leave_test_mm(&mm);
}

static struct kunit_case khg_cases[] = {
	KUNIT_CASE(a_queue_is_a_ring), KUNIT_CASE(states_decide_who_wakes),
	KUNIT_CASE(all_are_woken_and_contend), KUNIT_CASE(sleep_on_loses_a_wakeup),
	KUNIT_CASE(cli_before_the_look_loses_none), KUNIT_CASE(a_sleep_of_ones_own_loses_none),
	KUNIT_CASE(flags_nest), KUNIT_CASE(cli_keeps_interrupts_away),
	KUNIT_CASE(timers_bring_their_number_at_their_time),
	KUNIT_CASE(memory_of_the_kernel), KUNIT_CASE(a_wrong_size_is_told),
	KUNIT_CASE(user_memory_both_ways), KUNIT_CASE(verify_area_sees_holes_and_constants),
	KUNIT_CASE(no_user_memory_in_an_interrupt), {}
};

static struct kunit_suite khg_suite = {
	.name = "khg",
	.init = khg_init,
	.test_cases = khg_cases,
};
kunit_test_suite(khg_suite);
