/*
 * Timers and work items that are freed, initialised or used at the wrong time.
 * DEBUG=1 only.
 */
#include <kunit/test.h>
#include <linux/debugobjects.h>
#include <linux/hrtimer.h>
#include <linux/lkdtm.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/timer.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

#define SOON	10		/* ticks: a report takes its time with interrupts off */

struct victim {
	char before[64];
	struct timer_list timer;
	struct hrtimer hrtimer;
	struct work_struct work;
	struct delayed_work dwork;
};

static int called;

static void on_timer(struct timer_list *unused)
{
	called++;
}

static enum hrtimer_restart on_hrtimer(struct hrtimer *unused)
{
	called++;
	return HRTIMER_NORESTART;
}

static void on_work(struct work_struct *unused)
{
	called++;
}

static struct victim *new_victim(void)
{
	struct victim *victim = kzalloc(sizeof(*victim), GFP_KERNEL | __GFP_NOFAIL);

	timer_setup(&victim->timer, on_timer, 0);
	hrtimer_init(&victim->hrtimer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	victim->hrtimer.function = on_hrtimer;
	INIT_WORK(&victim->work, on_work);
	INIT_DELAYED_WORK(&victim->dwork, on_work);
	return victim;
}

static void free_active_timer(void)
{
	struct victim *victim = new_victim();

	mod_timer(&victim->timer, jiffies + SOON);
	kfree(victim);
}
lkdtm_type(ODEBUG_FREE_TIMER, free_active_timer);

static void free_active_hrtimer(void)
{
	struct victim *victim = new_victim();

	hrtimer_start(&victim->hrtimer, ms_to_ktime(100), HRTIMER_MODE_REL);
	kfree(victim);
}
lkdtm_type(ODEBUG_FREE_HRTIMER, free_active_hrtimer);

static void free_queued_work(void)
{
	struct victim *victim = new_victim();

	schedule_work(&victim->work);
	kfree(victim);
}
lkdtm_type(ODEBUG_FREE_WORK, free_queued_work);

static void free_delayed_work(void)
{
	struct victim *victim = new_victim();

	schedule_delayed_work(&victim->dwork, SOON);
	kfree(victim);
}
lkdtm_type(ODEBUG_FREE_DELAYED_WORK, free_delayed_work);

static void vfree_active_timer(void)
{
	struct victim *victim = vmalloc(sizeof(*victim));

	if (!victim)
		return;
	timer_setup(&victim->timer, on_timer, 0);
	mod_timer(&victim->timer, jiffies + SOON);
	vfree(victim);
}
lkdtm_type(ODEBUG_VFREE_TIMER, vfree_active_timer);

static void init_active_timer(void)
{
	struct victim *victim = new_victim();

	mod_timer(&victim->timer, jiffies + SOON);
	timer_setup(&victim->timer, on_timer, 0);
	kfree(victim);
}
lkdtm_type(ODEBUG_INIT_TIMER, init_active_timer);

static void init_queued_work(void)
{
	struct victim *victim = new_victim();

	schedule_work(&victim->work);
	INIT_WORK(&victim->work, on_work);
	kfree(victim);
}
lkdtm_type(ODEBUG_INIT_WORK, init_queued_work);

static void start_zeroed_timer(void)
{
	struct timer_list timer = { };

	mod_timer(&timer, jiffies + SOON);
}
lkdtm_type(ODEBUG_UNINIT_TIMER, start_zeroed_timer);

static void start_garbage_timer(void)
{
	struct timer_list timer;

	memset(&timer, POISON_INUSE, sizeof(timer));
	mod_timer(&timer, jiffies + SOON);
}
lkdtm_type(ODEBUG_GARBAGE_TIMER, start_garbage_timer);

static void delete_garbage_timer(void)
{
	struct timer_list timer;

	memset(&timer, POISON_INUSE, sizeof(timer));
	del_timer(&timer);
}
lkdtm_type(ODEBUG_DELETE_GARBAGE_TIMER, delete_garbage_timer);

static void start_zeroed_hrtimer(void)
{
	struct hrtimer timer = { };

	hrtimer_start(&timer, 0, HRTIMER_MODE_REL);
}
lkdtm_type(ODEBUG_UNINIT_HRTIMER, start_zeroed_hrtimer);

static void queue_zeroed_work(void)
{
	struct work_struct work = { };

	schedule_work(&work);
}
lkdtm_type(ODEBUG_UNINIT_WORK, queue_zeroed_work);

static const struct {
	const char *type, *report;
} crimes[] = {
	{ "ODEBUG_FREE_TIMER", "ODEBUG: free active timer, callback=on_timer" },
	{ "ODEBUG_FREE_HRTIMER", "ODEBUG: free active hrtimer, callback=on_hrtimer" },
	{ "ODEBUG_FREE_WORK", "ODEBUG: free active work, callback=on_work" },
	{ "ODEBUG_FREE_DELAYED_WORK", "ODEBUG: free active timer, callback=delayed_work_timer_fn" },
	{ "ODEBUG_VFREE_TIMER", "ODEBUG: free active timer, callback=on_timer" },
	{ "ODEBUG_INIT_TIMER", "ODEBUG: initialise active timer, callback=on_timer" },
	{ "ODEBUG_INIT_WORK", "ODEBUG: initialise active work, callback=on_work" },
	{ "ODEBUG_UNINIT_TIMER", "ODEBUG: start uninitialised timer" },
	{ "ODEBUG_GARBAGE_TIMER", "ODEBUG: start uninitialised timer" },
	{ "ODEBUG_DELETE_GARBAGE_TIMER", "ODEBUG: delete uninitialised timer" },
	{ "ODEBUG_UNINIT_HRTIMER", "ODEBUG: start uninitialised hrtimer" },
	{ "ODEBUG_UNINIT_WORK", "ODEBUG: queue uninitialised work" },
};

static void commit(void *type)
{
	lkdtm_commit(type);
}

static void misuse_is_told_and_undone(struct kunit *test)
{
	called = 0;
	for (unsigned int i = 0; i < ARRAY_SIZE(crimes); i++)
		kunit_expect_report(test, crimes[i].report, commit, (void *)crimes[i].type);
	schedule_timeout_uninterruptible(SOON + 2);
	KUNIT_EXPECT_EQ(test, called, 0);
}

static void right_use_is_silent(struct kunit *test)
{
	struct victim *victim = new_victim();
	unsigned int reports = report_count;

	called = 0;
	mod_timer(&victim->timer, jiffies + 100);
	KUNIT_EXPECT_EQ(test, debug_object_state(&victim->timer), ODEBUG_ACTIVE);
	mod_timer(&victim->timer, jiffies + 1);
	hrtimer_start(&victim->hrtimer, ms_to_ktime(1), HRTIMER_MODE_REL);
	schedule_work(&victim->work);
	schedule_delayed_work(&victim->dwork, 1);
	schedule_timeout_uninterruptible(5);
	KUNIT_EXPECT_EQ(test, called, 4);
	mod_timer(&victim->timer, jiffies + 100);
	schedule_delayed_work(&victim->dwork, 100);
	KUNIT_EXPECT_EQ(test, del_timer_sync(&victim->timer), 1);
	KUNIT_EXPECT_TRUE(test, cancel_delayed_work_sync(&victim->dwork));
	KUNIT_EXPECT_EQ(test, debug_object_state(&victim->timer), ODEBUG_INACTIVE);
	kfree(victim);
	KUNIT_EXPECT_EQ(test, report_count, reports);
}

static struct kunit_case objects_cases[] = {
	KUNIT_CASE(misuse_is_told_and_undone),
	KUNIT_CASE(right_use_is_silent),
	{}
};

static struct kunit_suite objects_suite = { .name = "objects", .test_cases = objects_cases };
kunit_test_suite(objects_suite);
