/*
 * Bits, 64-bit division, and the small arithmetic of the headers.
 */
#include <kunit/test.h>
#include <linux/bitmap.h>
#include <linux/bitops.h>
#include <linux/log2.h>
#include <linux/math64.h>
#include <linux/overflow.h>

static void finding_bits(struct kunit *test)
{
	unsigned long map[3] = { 0x80000001, 0, 0x10 };

	KUNIT_EXPECT_EQ(test, find_first_bit(map, 96), 0);
	KUNIT_EXPECT_EQ(test, find_next_bit(map, 96, 1), 31);
	KUNIT_EXPECT_EQ(test, find_next_bit(map, 96, 32), 68);
	KUNIT_EXPECT_EQ(test, find_next_bit(map, 96, 69), 96);
	KUNIT_EXPECT_EQ(test, find_next_bit(map, 68, 32), 68);
	KUNIT_EXPECT_EQ(test, find_first_zero_bit(map, 96), 1);
	KUNIT_EXPECT_EQ(test, find_next_zero_bit(map, 96, 31), 32);
	KUNIT_EXPECT_EQ(test, bitmap_weight(map, 96), 3);
	KUNIT_EXPECT_EQ(test, bitmap_weight(map, 31), 1);
}

static void bit_ranges(struct kunit *test)
{
	DECLARE_BITMAP(map, 100);

	for (unsigned int start = 0; start < 40; start += 3) {
		for (int len = 0; len < 60; len += 7) {
			bitmap_zero(map, 100);
			bitmap_set(map, start, len);
			KUNIT_ASSERT_EQ(test, bitmap_weight(map, 100), len);
			if (len)
				KUNIT_ASSERT_EQ(test, find_first_bit(map, 100), start);
			bitmap_fill(map, 100);
			bitmap_clear(map, start, len);
			KUNIT_ASSERT_EQ(test, bitmap_weight(map, 100), 100 - len);
		}
	}
}

static void weights_and_rotations(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, hweight32(0xf00f0001), 9);
	KUNIT_EXPECT_EQ(test, hweight64(~0ull), 64);
	KUNIT_EXPECT_EQ(test, hweight8(0x1ff), 8);
	KUNIT_EXPECT_EQ(test, rol32(0x80000001, 4), 0x18);
	KUNIT_EXPECT_EQ(test, ror32(0x18, 4), 0x80000001);
	KUNIT_EXPECT_EQ(test, sign_extend32(0x80, 7), -128);
	KUNIT_EXPECT_EQ(test, GENMASK(7, 4), 0xf0);
}

static void logarithms(struct kunit *test)
{
	volatile unsigned int n = 1000;

	KUNIT_EXPECT_EQ(test, ilog2(n), 9);
	KUNIT_EXPECT_EQ(test, order_base_2(n), 10);
	KUNIT_EXPECT_EQ(test, roundup_pow_of_two(n), 1024);
	KUNIT_EXPECT_EQ(test, rounddown_pow_of_two(n), 512);
	KUNIT_EXPECT_TRUE(test, is_power_of_2(1024u) && !is_power_of_2(n) && !is_power_of_2(0u));
}

/* Multiplies back: the only judge that does not divide. */
static void check_division(struct kunit *test, u64 n, u64 d)
{
	u64 rest, q = div64_u64_rem(n, d, &rest);

	KUNIT_EXPECT_LT(test, rest, d);
	KUNIT_EXPECT_EQ(test, q * d + rest, n);
	KUNIT_EXPECT_EQ(test, n / d, q);
	KUNIT_EXPECT_EQ(test, n % d, rest);
}

static void dividing_64_bits(struct kunit *test)
{
	static const u64 values[] = {
		1, 2, 3, 10, 0xffff, 0x10000, 1000000007, 0x7fffffff, 0x80000000, 0xffffffff,
		0x100000000, 0x100000001, 0x1ffffffff, 1000000000000, 0x7fffffffffffffff,
		0x8000000000000000, 0xfffffffffffffffe, 0xffffffffffffffff,
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(values); i++) {
		check_division(test, 0, values[i]);
		for (unsigned int j = 0; j < ARRAY_SIZE(values); j++)
			check_division(test, values[i], values[j]);
	}
}

static void dividing_signed(struct kunit *test)
{
	volatile s64 n = -7000000000ll, d = 3000000000ll;
	s32 rest;

	KUNIT_EXPECT_EQ(test, n / d, -2);
	KUNIT_EXPECT_EQ(test, n % d, -1000000000ll);
	KUNIT_EXPECT_EQ(test, -n / d, 2);
	KUNIT_EXPECT_EQ(test, n / -d, 2);
	KUNIT_EXPECT_EQ(test, div_s64_rem(-7, 2, &rest), -3);
	KUNIT_EXPECT_EQ(test, rest, -1);
}

static void scaling(struct kunit *test)
{
	u64 n = 10000000000ull;

	KUNIT_EXPECT_EQ(test, do_div(n, 3), 1);
	KUNIT_EXPECT_EQ(test, n, 3333333333ull);
	KUNIT_EXPECT_EQ(test, mul_u64_u32_div(1ull << 40, 1000000, 1u << 20), 1000000ull << 20);
	KUNIT_EXPECT_EQ(test, mul_u64_u32_shr(1ull << 40, 12345, 24), 12345ull << 16);
}

static void rounding_and_overflow(struct kunit *test)
{
	size_t sum;

	KUNIT_EXPECT_EQ(test, round_up(13, 8), 16);
	KUNIT_EXPECT_EQ(test, round_down(13, 8), 8);
	KUNIT_EXPECT_EQ(test, roundup(13, 5), 15);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_UP(13, 5), 3);
	KUNIT_EXPECT_EQ(test, DIV_ROUND_CLOSEST(14, 4), 4);
	KUNIT_EXPECT_EQ(test, clamp(17, 0, 9), 9);
	KUNIT_EXPECT_EQ(test, abs(-5), 5);
	KUNIT_EXPECT_TRUE(test, check_add_overflow((size_t)SIZE_MAX, (size_t)1, &sum));
	KUNIT_EXPECT_EQ(test, array_size(65536, 65536), SIZE_MAX);
}

static struct kunit_case arith_cases[] = {
	KUNIT_CASE(finding_bits),
	KUNIT_CASE(bit_ranges),
	KUNIT_CASE(weights_and_rotations),
	KUNIT_CASE(logarithms),
	KUNIT_CASE(dividing_64_bits),
	KUNIT_CASE(dividing_signed),
	KUNIT_CASE(scaling),
	KUNIT_CASE(rounding_and_overflow),
	{}
};

static struct kunit_suite arith_suite = { .name = "arith", .test_cases = arith_cases };
kunit_test_suite(arith_suite);
