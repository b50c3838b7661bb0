/*
 * Undefined behaviour on purpose: every handler of kernel/debug/ubsan.c tells its
 * kind. DEBUG=1 only.
 */
#include <kunit/test.h>
#include <linux/lkdtm.h>
#include <linux/report.h>

/* What the compiler must not see through. */
static volatile int minus_one = -1, zero, one = 1, forty = 40;
static volatile int int_max = INT_MAX, int_min = INT_MIN;
static volatile long long llong_max = LLONG_MAX;
static volatile long long result;

static void overflow_signed(void)
{
	result = int_max + one;
}
lkdtm_type(OVERFLOW_SIGNED, overflow_signed);

static void overflow_sub(void)
{
	result = int_min - one;
}
lkdtm_type(OVERFLOW_SUB, overflow_sub);

static void overflow_mul(void)
{
	result = int_max * forty;
}
lkdtm_type(OVERFLOW_MUL, overflow_mul);

static void overflow_negate(void)
{
	result = -int_min;
}
lkdtm_type(OVERFLOW_NEGATE, overflow_negate);

static void overflow_long_long(void)
{
	result = llong_max + one;
}
lkdtm_type(OVERFLOW_LONG_LONG, overflow_long_long);

static void shift_out_of_bounds(void)
{
	result = one << forty;
}
lkdtm_type(SHIFT_OUT_OF_BOUNDS, shift_out_of_bounds);

static void shift_negative(void)
{
	result = (unsigned int)one >> minus_one;
}
lkdtm_type(SHIFT_NEGATIVE, shift_negative);

/* What lies around the middle array is of the same object: no other checker minds. */
static struct {
	int before[4], squares[4], after[4];
} numbers = { .squares = { 0, 1, 4, 9 } };

static void array_bounds(void)
{
	volatile int index = ARRAY_SIZE(numbers.squares);

	result = numbers.squares[index];
}
lkdtm_type(ARRAY_INDEX, array_bounds);

static void array_bounds_negative(void)
{
	result = numbers.squares[minus_one];
}
lkdtm_type(ARRAY_INDEX_NEGATIVE, array_bounds_negative);

static void misaligned_access(void)
{
	static u32 words[2];
	u32 *volatile odd = (u32 *)((char *)words + 1);

	result = *odd;
}
lkdtm_type(MISALIGNED_ACCESS, misaligned_access);

static void invalid_bool(void)
{
	union {
		volatile u8 byte;
		volatile bool truth;
	} both = { .byte = 7 };

	result = both.truth;
}
lkdtm_type(INVALID_BOOL, invalid_bool);

static void invalid_builtin(void)
{
	result = __builtin_ctz(zero);
}
lkdtm_type(INVALID_BUILTIN, invalid_builtin);

static void vla_bound(void)
{
	volatile int count = minus_one;
	char bytes[count];

	result = sizeof(bytes);
}
lkdtm_type(VLA_BOUND, vla_bound);

/* These two end in the fault that follows: they are for /proc/lkdtm only. */
static void division_by_zero(void)
{
	result = one / zero;
}
lkdtm_type(DIVISION_BY_ZERO, division_by_zero);

static void null_member(void)
{
	struct kunit *volatile nobody = NULL;

	result = nobody->status;
}
lkdtm_type(NULL_MEMBER, null_member);

static const struct {
	const char *type, *report;
} crimes[] = {
	{ "OVERFLOW_SIGNED", "UBSAN: signed-integer-overflow" },
	{ "OVERFLOW_SUB", "UBSAN: signed-integer-overflow" },
	{ "OVERFLOW_MUL", "UBSAN: signed-integer-overflow" },
	{ "OVERFLOW_NEGATE", "UBSAN: signed-integer-overflow" },
	{ "OVERFLOW_LONG_LONG", "UBSAN: signed-integer-overflow" },
	{ "SHIFT_OUT_OF_BOUNDS", "UBSAN: shift-out-of-bounds" },
	{ "SHIFT_NEGATIVE", "UBSAN: shift-out-of-bounds" },
	{ "ARRAY_INDEX", "UBSAN: array-index-out-of-bounds" },
	{ "ARRAY_INDEX_NEGATIVE", "UBSAN: array-index-out-of-bounds" },
	{ "MISALIGNED_ACCESS", "UBSAN: misaligned-access" },
	{ "INVALID_BOOL", "UBSAN: invalid-load" },
	{ "INVALID_BUILTIN", "UBSAN: invalid-builtin" },
	{ "VLA_BOUND", "UBSAN: vla-bound" },
};

static void commit(void *type)
{
	lkdtm_commit(type);
}

static void undefined_behaviour_is_told(struct kunit *test)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(crimes); i++)
		kunit_expect_report(test, crimes[i].report, commit, (void *)crimes[i].type);
}

static void what_is_defined_is_silent(struct kunit *test)
{
	unsigned int reports = report_count;

	KUNIT_EXPECT_EQ(test, (unsigned int)int_max + 1, 0x80000000u);
	KUNIT_EXPECT_EQ(test, (unsigned int)one << 31, 0x80000000u);
	KUNIT_EXPECT_EQ(test, (u8)(200 + 100 * one), 44);
	KUNIT_EXPECT_EQ(test, report_count, reports);
}

static struct kunit_case ubsan_cases[] = {
	KUNIT_CASE(undefined_behaviour_is_told),
	KUNIT_CASE(what_is_defined_is_silent),
	{}
};

static struct kunit_suite ubsan_suite = { .name = "ubsan", .test_cases = ubsan_cases };
kunit_test_suite(ubsan_suite);
