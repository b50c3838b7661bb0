/*
 * Interrupt lines: sharing, nested disabling, threads, probing, unwanted ones, bottom halves.
 * A line is raised by software, with INT to its vector: the way through
 * entry.asm, the controller and the handlers is the real one.
 */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/hardirq.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/pci.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <asm/apic.h>

#define TEST_LINE	5		/* nothing on the reference machine uses it */
#define SPURIOUS_LINE	15
#define MASTER_MASKS	0x21		/* port: masked lines of the first 8259A */

static unsigned int calls_a, calls_b;
static bool context_ok;

static irqreturn_t handler_a(int irq, void *dev_id)
{
	calls_a++;
	context_ok = in_irq() && irqs_disabled() && get_irq_regs() && irq == TEST_LINE;
	return IRQ_HANDLED;
}

static irqreturn_t handler_b(int irq, void *dev_id)
{
	calls_b++;
	return dev_id == &calls_b ? IRQ_HANDLED : IRQ_NONE;
}

static void raise_line(void)
{
	asm volatile("int %0" :: "i"(FIRST_EXTERNAL_VECTOR + TEST_LINE) : "memory");
}

static int irq_test_init(struct kunit *test)
{
	calls_a = calls_b = 0;
	return 0;
}

static void handler_is_called(struct kunit *test)
{
	unsigned int count = irq_desc[TEST_LINE].count;

	KUNIT_ASSERT_EQ(test, request_irq(TEST_LINE, handler_a, 0, "test", NULL), 0);
	raise_line();
	KUNIT_EXPECT_EQ(test, calls_a, 1);
	KUNIT_EXPECT_TRUE(test, context_ok);
	KUNIT_EXPECT_EQ(test, irq_desc[TEST_LINE].count, count + 1);
	KUNIT_EXPECT_FALSE(test, in_interrupt());
	KUNIT_EXPECT_STREQ(test, (const char *)free_irq(TEST_LINE, NULL), "test");
	raise_line();
	KUNIT_EXPECT_EQ(test, calls_a, 1);
}

static void sharing_needs_everyones_consent(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, request_irq(TEST_LINE, handler_a, IRQF_SHARED, "a", &calls_a), 0);
	KUNIT_EXPECT_EQ(test, request_irq(TEST_LINE, handler_b, 0, "b", &calls_b), -EBUSY);
	KUNIT_EXPECT_EQ(test, request_irq(TEST_LINE, handler_b, IRQF_SHARED, "b", NULL), -EINVAL);
	KUNIT_ASSERT_EQ(test, request_irq(TEST_LINE, handler_b, IRQF_SHARED, "b", &calls_b), 0);
	raise_line();
	KUNIT_EXPECT_EQ(test, calls_a, 1);
	KUNIT_EXPECT_EQ(test, calls_b, 1);
	free_irq(TEST_LINE, &calls_a);
	raise_line();
	KUNIT_EXPECT_EQ(test, calls_a, 1);
	KUNIT_EXPECT_EQ(test, calls_b, 2);
	free_irq(TEST_LINE, &calls_b);
}

static void bad_requests_are_refused(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, request_irq(NR_IRQS, handler_a, 0, "a", NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, request_irq(TEST_LINE, NULL, 0, "a", NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, request_irq(2, handler_a, 0, "cascade", NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, request_irq(0, handler_a, IRQF_SHARED, "timer", test), -EBUSY);
}

static void disabling_nests(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, request_irq(TEST_LINE, handler_a, 0, "test", NULL), 0);
	disable_irq(TEST_LINE);
	disable_irq_nosync(TEST_LINE);
	enable_irq(TEST_LINE);
	raise_line();
	KUNIT_EXPECT_EQ(test, calls_a, 0);
	enable_irq(TEST_LINE);
	raise_line();
	KUNIT_EXPECT_GE(test, calls_a, 1U);
	free_irq(TEST_LINE, NULL);
}

static void spurious_is_only_counted(struct kunit *test)
{
	unsigned int spurious = irq_spurious_count;
	unsigned int count = irq_desc[SPURIOUS_LINE].count;

	asm volatile("int %0" :: "i"(FIRST_EXTERNAL_VECTOR + SPURIOUS_LINE) : "memory");
	KUNIT_EXPECT_EQ(test, irq_spurious_count, spurious + 1);
	KUNIT_EXPECT_EQ(test, irq_desc[SPURIOUS_LINE].count, count);
}

static unsigned int softirq_runs;
static bool softirq_context_ok;

static void test_softirq(void)
{
	softirq_runs++;
	softirq_context_ok = in_softirq() && !in_irq() && !irqs_disabled();
}

static irqreturn_t raising_handler(int irq, void *dev_id)
{
	raise_softirq(TASKLET_SOFTIRQ);
	return IRQ_HANDLED;
}

static void bottom_half_runs_after_the_interrupt(struct kunit *test)
{
	softirq_runs = 0;
	open_softirq(TASKLET_SOFTIRQ, test_softirq);
	KUNIT_ASSERT_EQ(test, request_irq(TEST_LINE, raising_handler, 0, "test", NULL), 0);
	raise_line();
	KUNIT_EXPECT_EQ(test, softirq_runs, 1);
	KUNIT_EXPECT_TRUE(test, softirq_context_ok);

	local_bh_disable();
	raise_line();
	KUNIT_EXPECT_EQ(test, softirq_runs, 1);
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, softirq_runs, 2);
	free_irq(TEST_LINE, NULL);
}

/* ------------------------------------------------------------------ enabling */

static void enable_once_too_often(void *unused)
{
	enable_irq(TEST_LINE);
}

static void free_what_is_not_there(void *unused)
{
	free_irq(TEST_LINE, &calls_b);
}

static void imbalance_is_told(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, request_irq(TEST_LINE, handler_a, 0, "test", NULL), 0);
	kunit_expect_report(test, "enable_irq: line 5 is not disabled", enable_once_too_often, NULL);
	kunit_expect_report(test, "free_irq: line 5 has no such handler", free_what_is_not_there, NULL);
	raise_line();
	KUNIT_EXPECT_EQ(test, calls_a, 1);
	free_irq(TEST_LINE, NULL);
}

static void what_came_while_disabled_is_handled_later(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, request_irq(TEST_LINE, handler_a, 0, "test", NULL), 0);
	disable_irq(TEST_LINE);
	raise_line();
	raise_line();
	msleep(20);
	KUNIT_EXPECT_EQ(test, calls_a, 0);
	enable_irq(TEST_LINE);
	msleep(20);
	KUNIT_EXPECT_EQ(test, calls_a, 1);
	free_irq(TEST_LINE, NULL);
}

/* ------------------------------------------------------------------ threads */

static unsigned int thread_calls;
static bool thread_context_ok, thread_done;
static DECLARE_COMPLETION(thread_may_end);

static irqreturn_t wake_thread(int irq, void *dev_id)
{
	calls_a++;
	return IRQ_WAKE_THREAD;
}

static irqreturn_t thread_fn(int irq, void *dev_id)
{
	thread_context_ok = !in_interrupt() && !irqs_disabled() && !strcmp(current->comm, "irq/5-slow");
	thread_calls++;
	wait_for_completion(&thread_may_end);
	msleep(20);
	thread_done = true;
	return IRQ_HANDLED;
}

static void expect_thread_calls(struct kunit *test, unsigned int n)
{
	for (int i = 0; i < 100 && READ_ONCE(thread_calls) < n; i++)
		msleep(10);
	KUNIT_EXPECT_EQ(test, thread_calls, n);
}

static void start_threads(void)
{
	thread_calls = 0;
	thread_done = thread_context_ok = false;
	init_completion(&thread_may_end);
}

static void threads_may_sleep(struct kunit *test)
{
	start_threads();
	KUNIT_ASSERT_EQ(test, request_threaded_irq(TEST_LINE, wake_thread, thread_fn, 0, "slow", test), 0);
	raise_line();
	expect_thread_calls(test, 1);
	KUNIT_EXPECT_TRUE(test, thread_context_ok);
	raise_line();					/* the first half runs meanwhile */
	raise_line();
	KUNIT_EXPECT_EQ(test, calls_a, 3);
	complete_all(&thread_may_end);
	expect_thread_calls(test, 2);			/* and the second once more */
	free_irq(TEST_LINE, test);
	KUNIT_EXPECT_TRUE(test, thread_done);
}

static void oneshot_keeps_the_line_masked(struct kunit *test)
{
	start_threads();
	KUNIT_ASSERT_EQ(test, request_threaded_irq(TEST_LINE, NULL, thread_fn, IRQF_ONESHOT, "slow", test), 0);
	raise_line();
	expect_thread_calls(test, 1);
	KUNIT_EXPECT_EQ(test, irq_desc[TEST_LINE].oneshot, 1);
	raise_line();
	KUNIT_EXPECT_TRUE(test, irq_desc[TEST_LINE].pending);
	complete_all(&thread_may_end);
	synchronize_irq(TEST_LINE);
	KUNIT_EXPECT_TRUE(test, thread_done);
	expect_thread_calls(test, 2);
	free_irq(TEST_LINE, test);
	KUNIT_EXPECT_EQ(test, irq_desc[TEST_LINE].oneshot, 0);
}

static void threads_have_rules(struct kunit *test)
{
	/* Without a handler a level would interrupt for ever before the thread runs. */
	KUNIT_EXPECT_EQ(test, request_threaded_irq(TEST_LINE, NULL, thread_fn, 0, "slow", test), -EINVAL);
	KUNIT_ASSERT_EQ(test, request_irq(TEST_LINE, handler_a, IRQF_SHARED, "a", &calls_a), 0);
	KUNIT_EXPECT_EQ(test, request_threaded_irq(TEST_LINE, NULL, thread_fn, IRQF_SHARED | IRQF_ONESHOT,
						   "slow", test), -EBUSY);
	free_irq(TEST_LINE, &calls_a);
}

/* Neither its thread's call, which does not come any more, nor the line's mask is left behind. */
static void freed_before_the_thread_ran(struct kunit *test)
{
	start_threads();
	KUNIT_ASSERT_EQ(test, request_threaded_irq(TEST_LINE, NULL, thread_fn, IRQF_ONESHOT, "slow", test), 0);
	raise_line();
	free_irq(TEST_LINE, test);
	KUNIT_EXPECT_EQ(test, thread_calls, 0);
	KUNIT_EXPECT_EQ(test, irq_desc[TEST_LINE].oneshot, 0);
	KUNIT_EXPECT_EQ(test, irq_desc[TEST_LINE].threads_active, 0);
	KUNIT_EXPECT_TRUE(test, inb(MASTER_MASKS) & 1 << TEST_LINE);
	KUNIT_ASSERT_EQ(test, request_irq(TEST_LINE, handler_a, 0, "test", NULL), 0);
	raise_line();
	KUNIT_EXPECT_EQ(test, calls_a, 1);
	free_irq(TEST_LINE, NULL);
}

static void free_waits_for_the_thread(struct kunit *test)
{
	start_threads();
	complete_all(&thread_may_end);
	KUNIT_ASSERT_EQ(test, request_threaded_irq(TEST_LINE, wake_thread, thread_fn, 0, "slow", test), 0);
	raise_line();
	expect_thread_calls(test, 1);
	free_irq(TEST_LINE, test);
	KUNIT_EXPECT_TRUE(test, thread_done);
}

/* ------------------------------------------------------------------ unwanted, looked for */

/* Whether the log has got @words, in record @seq or later. */
static bool log_says(u64 seq, const char *words)
{
	static char text[512];
	struct printk_record record;

	for (; printk_read_record(seq, &record, text, sizeof(text)); seq = record.seq + 1)
		if (strstr(text, words))
			return true;
	return false;
}

static irqreturn_t not_mine(int irq, void *dev_id)
{
	calls_b++;
	return IRQ_NONE;
}

static void a_line_nobody_cares_for_is_shut(struct kunit *test)
{
	u64 log = printk_next_seq();

	KUNIT_ASSERT_EQ(test, request_irq(TEST_LINE, not_mine, IRQF_SHARED, "mute", &calls_a), 0);
	for (int i = 0; i < 100000; i++)
		raise_line();
	KUNIT_EXPECT_EQ(test, calls_b, 100000);
	KUNIT_EXPECT_EQ(test, irq_desc[TEST_LINE].depth, 1);
	raise_line();
	KUNIT_EXPECT_EQ(test, calls_b, 100000);
	KUNIT_EXPECT_TRUE(test, log_says(log, "irq 5: nobody cared"));
	KUNIT_EXPECT_TRUE(test, log_says(log, "not_mine of mute"));
	free_irq(TEST_LINE, &calls_a);
	/* Whoever takes it next begins anew. */
	KUNIT_ASSERT_EQ(test, request_irq(TEST_LINE, handler_a, 0, "test", NULL), 0);
	raise_line();
	KUNIT_EXPECT_EQ(test, calls_a, 1);
	free_irq(TEST_LINE, NULL);
}

static void probing_finds_the_line(struct kunit *test)
{
	unsigned long mask = probe_irq_on();

	KUNIT_EXPECT_TRUE(test, mask & 1 << TEST_LINE);
	KUNIT_EXPECT_FALSE(test, mask & 1);		/* the clock's */
	raise_line();
	KUNIT_EXPECT_EQ(test, probe_irq_off(mask), TEST_LINE);
	KUNIT_EXPECT_EQ(test, probe_irq_off(probe_irq_on()), 0);
	mask = probe_irq_on();
	raise_line();
	asm volatile("int %0" :: "i"(FIRST_EXTERNAL_VECTOR + TEST_LINE + 1) : "memory");
	KUNIT_EXPECT_LT(test, probe_irq_off(mask), 0);
}

/* ------------------------------------------------------------------ messages */

static void a_device_has_a_message_or_its_pin(struct kunit *test)
{
	struct pci_dev *edu = pci_get_device(PCI_VENDOR_ID_QEMU, 0x11e8, NULL);

	if (!edu || !edu->dev.driver)		/* the driver may be a module */
		return;
	KUNIT_EXPECT_EQ(test, edu->msi_enabled, lapic_timer_runs);
	KUNIT_EXPECT_EQ(test, edu->irq >= LAPIC_FIRST_MSI, lapic_timer_runs);
	KUNIT_EXPECT_EQ(test, pci_irq_vector(edu, 0), (int)edu->irq);
	KUNIT_EXPECT_EQ(test, pci_irq_vector(edu, 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, pci_alloc_irq_vectors(edu, 2, 4, PCI_IRQ_ALL_TYPES), -ENOSPC);
	KUNIT_EXPECT_EQ(test, pci_alloc_irq_vectors(edu, 3, 2, PCI_IRQ_ALL_TYPES), -ERANGE);
	KUNIT_EXPECT_EQ(test, pci_alloc_irq_vectors(edu, 1, 1, PCI_IRQ_MSIX), -ENOSPC);
}

static struct kunit_case irq_cases[] = {
	KUNIT_CASE(handler_is_called),
	KUNIT_CASE(sharing_needs_everyones_consent),
	KUNIT_CASE(bad_requests_are_refused),
	KUNIT_CASE(disabling_nests),
	KUNIT_CASE(imbalance_is_told),
	KUNIT_CASE(what_came_while_disabled_is_handled_later),
	KUNIT_CASE(threads_may_sleep),
	KUNIT_CASE(oneshot_keeps_the_line_masked),
	KUNIT_CASE(threads_have_rules),
	KUNIT_CASE(freed_before_the_thread_ran),
	KUNIT_CASE(free_waits_for_the_thread),
	KUNIT_CASE(a_line_nobody_cares_for_is_shut),
	KUNIT_CASE(probing_finds_the_line),
	KUNIT_CASE(a_device_has_a_message_or_its_pin),
	KUNIT_CASE(spurious_is_only_counted),
	KUNIT_CASE(bottom_half_runs_after_the_interrupt),
	{}
};

static struct kunit_suite irq_suite = {
	.name = "irq",
	.init = irq_test_init,
	.test_cases = irq_cases,
};
kunit_test_suite(irq_suite);
