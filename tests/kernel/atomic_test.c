/* Atomic counters, bit operations and barriers of asm/: values and results, single-threaded. */
#include <kunit/test.h>
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/limits.h>

static void atomic_arithmetic(struct kunit *test)
{
	atomic_t v = ATOMIC_INIT(5);

	atomic_add(3, &v);
	atomic_sub(10, &v);
	KUNIT_EXPECT_EQ(test, atomic_read(&v), -2);
	KUNIT_EXPECT_EQ(test, atomic_inc_return(&v), -1);
	KUNIT_EXPECT_TRUE(test, atomic_inc_and_test(&v));
	KUNIT_EXPECT_TRUE(test, atomic_add_negative(-1, &v));
	KUNIT_EXPECT_EQ(test, atomic_fetch_add(4, &v), -1);
	KUNIT_EXPECT_EQ(test, atomic_read(&v), 3);
	KUNIT_EXPECT_FALSE(test, atomic_dec_and_test(&v));
	KUNIT_EXPECT_TRUE(test, atomic_sub_and_test(2, &v));
}

static void atomic_conditional(struct kunit *test)
{
	atomic_t v = ATOMIC_INIT(0);
	int expected = 1;

	KUNIT_EXPECT_FALSE(test, atomic_inc_not_zero(&v));
	KUNIT_EXPECT_EQ(test, atomic_dec_if_positive(&v), -1);
	KUNIT_EXPECT_EQ(test, atomic_read(&v), 0);
	KUNIT_EXPECT_EQ(test, atomic_cmpxchg(&v, 0, 7), 0);
	KUNIT_EXPECT_EQ(test, atomic_cmpxchg(&v, 0, 9), 7);
	KUNIT_EXPECT_FALSE(test, atomic_try_cmpxchg(&v, &expected, 9));
	KUNIT_EXPECT_EQ(test, expected, 7);
	KUNIT_EXPECT_TRUE(test, atomic_try_cmpxchg(&v, &expected, 9));
	KUNIT_EXPECT_TRUE(test, atomic_add_unless(&v, 1, 7));
	KUNIT_EXPECT_FALSE(test, atomic_add_unless(&v, 1, 10));
	KUNIT_EXPECT_EQ(test, atomic_xchg(&v, 1), 10);
	KUNIT_EXPECT_EQ(test, atomic_fetch_or(6, &v), 1);
	KUNIT_EXPECT_EQ(test, atomic_fetch_and(3, &v), 7);
	KUNIT_EXPECT_EQ(test, atomic_read(&v), 3);
}

static void atomic64_carries(struct kunit *test)
{
	atomic64_t v = ATOMIC64_INIT(0xFFFFFFFFLL);

	KUNIT_EXPECT_EQ(test, atomic64_inc_return(&v), 0x100000000LL);
	KUNIT_EXPECT_EQ(test, atomic64_fetch_add(-1, &v), 0x100000000LL);
	KUNIT_EXPECT_EQ(test, atomic64_read(&v), 0xFFFFFFFFLL);
	atomic64_set(&v, S64_MIN);
	KUNIT_EXPECT_EQ(test, atomic64_xchg(&v, 3), S64_MIN);
	KUNIT_EXPECT_EQ(test, atomic64_cmpxchg(&v, 3, 1LL << 40), 3);
	KUNIT_EXPECT_EQ(test, atomic64_read(&v), 1LL << 40);
}

static void exchange_of_each_width(struct kunit *test)
{
	u8 b = 1;
	u16 w = 2;
	u32 l = 3;
	u64 q = 4;

	KUNIT_EXPECT_EQ(test, xchg(&b, 0x80), 1);
	KUNIT_EXPECT_EQ(test, xchg(&w, 0x8000), 2);
	KUNIT_EXPECT_EQ(test, xchg(&l, 0x80000000), 3);
	KUNIT_EXPECT_EQ(test, cmpxchg(&b, 0x80, 7), 0x80);
	KUNIT_EXPECT_EQ(test, cmpxchg(&w, 1, 7), 0x8000);
	KUNIT_EXPECT_EQ(test, cmpxchg64(&q, 4, 1ULL << 63), 4);
	KUNIT_EXPECT_EQ(test, b, 7);
	KUNIT_EXPECT_EQ(test, w, 0x8000);
	KUNIT_EXPECT_EQ(test, q, 1ULL << 63);
}

static void bits_across_words(struct kunit *test)
{
	unsigned long map[3] = { 0 };
	long nr = 70;		/* not a constant for the compiler: the other form */

	OPTIMIZER_HIDE_VAR(nr);
	set_bit(33, map);
	set_bit(nr, map);
	KUNIT_EXPECT_EQ(test, map[1], 2);
	KUNIT_EXPECT_EQ(test, map[2], 1 << 6);
	KUNIT_EXPECT_TRUE(test, test_bit(nr, map));
	KUNIT_EXPECT_TRUE(test, test_and_clear_bit(nr, map));
	KUNIT_EXPECT_FALSE(test, test_and_set_bit(nr, map));
	KUNIT_EXPECT_TRUE(test, test_and_change_bit(33, map));
	KUNIT_EXPECT_EQ(test, map[1], 0);
	clear_bit(nr, map);
	__set_bit(0, map);
	KUNIT_EXPECT_TRUE(test, __test_and_clear_bit(0, map));
	KUNIT_EXPECT_EQ(test, map[0] | map[1] | map[2], 0);
}

static void bit_searches(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, __ffs(0x80000000), 31);
	KUNIT_EXPECT_EQ(test, __fls(0x80000001), 31);
	KUNIT_EXPECT_EQ(test, ffz(0xFFFF), 16);
	KUNIT_EXPECT_EQ(test, ffs(0), 0);
	KUNIT_EXPECT_EQ(test, fls(1), 1);
	KUNIT_EXPECT_EQ(test, fls64(1ULL << 32), 33);
	KUNIT_EXPECT_EQ(test, fls64(0), 0);
}

static struct kunit_case atomic_cases[] = {
	KUNIT_CASE(atomic_arithmetic),
	KUNIT_CASE(atomic_conditional),
	KUNIT_CASE(atomic64_carries),
	KUNIT_CASE(exchange_of_each_width),
	KUNIT_CASE(bits_across_words),
	KUNIT_CASE(bit_searches),
	{}
};

static struct kunit_suite atomic_suite = {
	.name = "atomic",
	.test_cases = atomic_cases,
};
kunit_test_suite(atomic_suite);
