/*
 * Interrupt lines: sharing, nested disabling, spurious ones, bottom halves.
 * A line is raised by software, with INT to its vector: the way through
 * entry.asm, the controller and the handlers is the real one.
 */
#include <kunit/test.h>
#include <linux/hardirq.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/preempt.h>
#include <asm/irq.h>

#define TEST_LINE	5		/* nothing on the reference machine uses it */
#define SPURIOUS_LINE	15

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

static struct kunit_case irq_cases[] = {
	KUNIT_CASE(handler_is_called),
	KUNIT_CASE(sharing_needs_everyones_consent),
	KUNIT_CASE(bad_requests_are_refused),
	KUNIT_CASE(disabling_nests),
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
