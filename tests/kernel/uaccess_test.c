/*
 * User access with good pointers, bad ones, and buffers that begin mapped and
 * end unmapped. Two pages are mapped at BASE, the third is a hole.
 */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "test_mm.h"

#define BASE	0x20000000UL
#define HOLE	(BASE + 2 * PAGE_SIZE)

static struct test_mm space;
static char buffer[256];

static void __user *user(unsigned long addr)
{
	return (void __user *)addr;
}

static int uaccess_init(struct kunit *test)
{
	if (!enter_test_mm(&space))
		return -ENOMEM;
	memset(buffer, 0x77, sizeof(buffer));
	return map_anon(BASE, 2 * PAGE_SIZE, MAP_FIXED) == BASE ? 0 : -ENOMEM;
}

static void uaccess_exit(struct kunit *test)
{
	leave_test_mm(&space);
}

/* contract: S0-04 S3-11 */
static void bytes_go_and_come(struct kunit *test)
{
	char back[100];
	unsigned int n;

	for (n = 0; n < sizeof(buffer); n++)
		buffer[n] = n;
	for (n = 0; n <= sizeof(back); n += 9) {
		memset(back, 0, sizeof(back));
		KUNIT_EXPECT_EQ(test, copy_to_user(user(BASE + PAGE_SIZE - 50), buffer, n), 0UL);
		KUNIT_EXPECT_EQ(test, copy_from_user(back, user(BASE + PAGE_SIZE - 50), n), 0UL);
		KUNIT_EXPECT_EQ(test, memcmp(back, buffer, n), 0);
	}
}

/* contract: S0-04 */
static void kernel_addresses_are_refused(struct kunit *test)
{
	static char secret[16] = "secret";
	char back[16];
	int value = 5;

	KUNIT_EXPECT_EQ(test, copy_from_user(back, user((unsigned long)secret), 16), 16UL);
	KUNIT_EXPECT_EQ(test, back[0], 0);
	KUNIT_EXPECT_EQ(test, copy_to_user(user((unsigned long)secret), back, 16), 16UL);
	KUNIT_EXPECT_STREQ(test, secret, "secret");
	KUNIT_EXPECT_EQ(test, get_user(value, (int __user *)user((unsigned long)secret)), -EFAULT);
	KUNIT_EXPECT_EQ(test, value, 0);
	KUNIT_EXPECT_EQ(test, put_user(7, (int __user *)user((unsigned long)secret)), -EFAULT);
	KUNIT_EXPECT_EQ(test, clear_user(user((unsigned long)secret), 4), 4UL);
	KUNIT_EXPECT_STREQ(test, secret, "secret");
}

/* contract: S0-04 S3-11 */
static void a_copy_stops_at_the_hole(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, copy_to_user(user(HOLE - 12), buffer, 40), 28UL);
	KUNIT_EXPECT_EQ(test, copy_from_user(buffer, user(HOLE - 12), 40), 28UL);
	KUNIT_EXPECT_EQ(test, copy_to_user(user(HOLE), buffer, 8), 8UL);
	KUNIT_EXPECT_EQ(test, clear_user(user(HOLE - 8), 100), 92UL);
	KUNIT_EXPECT_EQ(test, copy_to_user(user(HOLE - 11), buffer, 40), 29UL);
	KUNIT_EXPECT_EQ(test, copy_from_user(buffer, user(HOLE - 3), 40), 37UL);
	KUNIT_EXPECT_EQ(test, clear_user(user(HOLE - 2), 100), 98UL);
}

static void what_was_not_read_is_zero(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, clear_user(user(HOLE - 16), 16), 0UL);
	memset(buffer, 0x77, sizeof(buffer));
	KUNIT_EXPECT_EQ(test, copy_from_user(buffer, user(HOLE - 16), 64), 48UL);
	KUNIT_EXPECT_NULL(test, memchr_inv(buffer, 0, 64));
	KUNIT_EXPECT_EQ(test, buffer[64], 0x77);
}

/* contract: S0-04 S0-08 */
static void single_values_of_all_sizes(struct kunit *test)
{
	u8 b = 0;
	u16 w = 0;
	u32 l = 0;
	u64 q = 0;
	void *p = NULL;

	KUNIT_EXPECT_EQ(test, put_user((u8)0xfe, (u8 __user *)user(BASE)), 0);
	KUNIT_EXPECT_EQ(test, put_user((u16)0xfedc, (u16 __user *)user(BASE + 2)), 0);
	KUNIT_EXPECT_EQ(test, put_user(0xfedcba98u, (u32 __user *)user(BASE + 4)), 0);
	KUNIT_EXPECT_EQ(test, put_user(0x0123456789abcdefULL, (u64 __user *)user(BASE + 8)), 0);
	KUNIT_EXPECT_EQ(test, put_user((void *)test, (void *__user *)user(BASE + 16)), 0);
	KUNIT_EXPECT_EQ(test, get_user(b, (u8 __user *)user(BASE)), 0);
	KUNIT_EXPECT_EQ(test, get_user(w, (u16 __user *)user(BASE + 2)), 0);
	KUNIT_EXPECT_EQ(test, get_user(l, (u32 __user *)user(BASE + 4)), 0);
	KUNIT_EXPECT_EQ(test, get_user(q, (u64 __user *)user(BASE + 8)), 0);
	KUNIT_EXPECT_EQ(test, get_user(p, (void *__user *)user(BASE + 16)), 0);
	KUNIT_EXPECT_EQ(test, (int)b, 0xfe);
	KUNIT_EXPECT_EQ(test, (int)w, 0xfedc);
	KUNIT_EXPECT_EQ(test, l, 0xfedcba98u);
	KUNIT_EXPECT_TRUE(test, q == 0x0123456789abcdefULL);
	KUNIT_EXPECT_PTR_EQ(test, p, (void *)test);
}

/* contract: S0-04 S0-08 */
static void a_bad_value_reads_as_zero(struct kunit *test)
{
	u32 l = 9;
	u8 b = 9;

	KUNIT_EXPECT_EQ(test, get_user(l, (u32 __user *)user(HOLE)), -EFAULT);
	KUNIT_EXPECT_EQ(test, l, 0u);
	KUNIT_EXPECT_EQ(test, get_user(b, (u8 __user *)NULL), -EFAULT);
	KUNIT_EXPECT_EQ(test, (int)b, 0);
	/* Half of it is there. */
	KUNIT_EXPECT_EQ(test, get_user(l, (u32 __user *)user(HOLE - 2)), -EFAULT);
	KUNIT_EXPECT_EQ(test, put_user(1ULL, (u64 __user *)user(HOLE - 4)), -EFAULT);
}

/* contract: S0-04 */
static void read_only_memory_is_not_written(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, put_user(42, (int __user *)user(BASE)), 0);
	KUNIT_ASSERT_EQ(test, sys_mprotect(BASE, PAGE_SIZE, PROT_READ), 0L);
	KUNIT_EXPECT_EQ(test, put_user(43, (int __user *)user(BASE)), -EFAULT);
	KUNIT_EXPECT_EQ(test, copy_to_user(user(BASE), buffer, 10), 10UL);
	KUNIT_EXPECT_EQ(test, copy_from_user(buffer, user(BASE), 4), 0UL);
	KUNIT_EXPECT_EQ(test, *(int *)buffer, 42);
}

static void strings_end_where_they_end(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, copy_to_user(user(BASE + 1), "a string", 9), 0UL);
	KUNIT_EXPECT_EQ(test, strncpy_from_user(buffer, user(BASE + 1), 100), 8L);
	KUNIT_EXPECT_STREQ(test, buffer, "a string");
	KUNIT_EXPECT_EQ(test, strncpy_from_user(buffer, user(BASE + 1), 5), 5L);
	KUNIT_EXPECT_EQ(test, strncpy_from_user(buffer, user(BASE + 1), 8), 8L);
	KUNIT_EXPECT_EQ(test, strnlen_user(user(BASE + 1), 100), 9L);
	KUNIT_EXPECT_EQ(test, strnlen_user(user(BASE + 1), 9), 9L);
	KUNIT_EXPECT_GT(test, strnlen_user(user(BASE + 1), 8), 8L);
}

static void strings_next_to_the_hole(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, copy_to_user(user(HOLE - 6), "about", 6), 0UL);
	KUNIT_EXPECT_EQ(test, strncpy_from_user(buffer, user(HOLE - 6), 100), 5L);
	KUNIT_EXPECT_STREQ(test, buffer, "about");
	KUNIT_EXPECT_EQ(test, strnlen_user(user(HOLE - 6), 100), 6L);
	KUNIT_ASSERT_EQ(test, put_user((char)'!', (char __user *)user(HOLE - 1)), 0);
	KUNIT_EXPECT_EQ(test, strncpy_from_user(buffer, user(HOLE - 6), 100), (long)-EFAULT);
	KUNIT_EXPECT_EQ(test, strnlen_user(user(HOLE - 6), 100), 0L);
	KUNIT_EXPECT_EQ(test, strncpy_from_user(buffer, user(HOLE - 6), 6), 6L);
}

/* contract: S0-08 */
static void ranges_may_not_wrap(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, access_ok(BASE, 10));
	KUNIT_EXPECT_TRUE(test, access_ok(TASK_SIZE - 10, 10));
	KUNIT_EXPECT_FALSE(test, access_ok(TASK_SIZE - 10, 11));
	KUNIT_EXPECT_FALSE(test, access_ok(BASE, ~0UL));
	KUNIT_EXPECT_FALSE(test, access_ok(~0UL, 2));
	KUNIT_EXPECT_TRUE(test, access_ok(TASK_SIZE, 0));
}

static void without_faults_nothing_is_brought_in(struct kunit *test)
{
	pagefault_disable();
	KUNIT_EXPECT_EQ(test, __copy_from_user_inatomic(buffer, user(BASE), 4), 4UL);
	pagefault_enable();
	KUNIT_EXPECT_EQ(test, __copy_from_user_inatomic(buffer, user(BASE), 4), 0UL);
}

static void structs_may_grow(struct kunit *test)
{
	u32 known[2] = { 9, 9 };

	KUNIT_ASSERT_EQ(test, clear_user(user(BASE), 64), 0UL);
	KUNIT_ASSERT_EQ(test, put_user(1, (u32 __user *)user(BASE)), 0);
	KUNIT_EXPECT_EQ(test, copy_struct_from_user(known, 8, user(BASE), 4), 0);
	KUNIT_EXPECT_EQ(test, known[0], 1u);
	KUNIT_EXPECT_EQ(test, known[1], 0u);
	KUNIT_EXPECT_EQ(test, copy_struct_from_user(known, 8, user(BASE), 16), 0);
	KUNIT_ASSERT_EQ(test, put_user(1, (u32 __user *)user(BASE + 12)), 0);
	KUNIT_EXPECT_EQ(test, copy_struct_from_user(known, 8, user(BASE), 16), -E2BIG);
}

static struct kunit_case uaccess_cases[] = {
	KUNIT_CASE(bytes_go_and_come),
	KUNIT_CASE(kernel_addresses_are_refused),
	KUNIT_CASE(a_copy_stops_at_the_hole),
	KUNIT_CASE(what_was_not_read_is_zero),
	KUNIT_CASE(single_values_of_all_sizes),
	KUNIT_CASE(a_bad_value_reads_as_zero),
	KUNIT_CASE(read_only_memory_is_not_written),
	KUNIT_CASE(strings_end_where_they_end),
	KUNIT_CASE(strings_next_to_the_hole),
	KUNIT_CASE(ranges_may_not_wrap),
	KUNIT_CASE(without_faults_nothing_is_brought_in),
	KUNIT_CASE(structs_may_grow),
	{}
};

static struct kunit_suite uaccess_suite = {
	.name = "uaccess",
	.init = uaccess_init,
	.exit = uaccess_exit,
	.test_cases = uaccess_cases,
};
kunit_test_suite(uaccess_suite);
