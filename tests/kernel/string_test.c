/*
 * Strings and memory.
 */
#include <kunit/test.h>
#include <linux/ctype.h>
#include <linux/string.h>

static u8 from[80], to[80], expected[80];

/* Through pointers, or the compiler would test what it makes of them inline. */
static typeof(&memcpy) volatile copy = memcpy;
static typeof(&memmove) volatile move = memmove;
static typeof(&memset) volatile set = memset;
static int (*volatile compare)(const void *a, const void *b, size_t n) = memcmp;

static void fill(void)
{
	for (unsigned int i = 0; i < sizeof(from); i++) {
		from[i] = i + 1;
		to[i] = expected[i] = 0xee;
	}
}

static void memcpy_all_sizes_and_alignments(struct kunit *test)
{
	for (size_t n = 0; n < 40; n++) {
		for (unsigned int at = 0; at < 4; at++) {
			fill();
			for (size_t i = 0; i < n; i++)
				expected[at + i] = from[i + 3];
			KUNIT_EXPECT_PTR_EQ(test, copy(to + at, from + 3, n), to + at);
			KUNIT_ASSERT_MEMEQ(test, to, expected, sizeof(to));
		}
	}
}

static void memset_all_sizes(struct kunit *test)
{
	for (size_t n = 0; n < 40; n++) {
		fill();
		for (size_t i = 0; i < n; i++)
			expected[1 + i] = 0xa5;
		KUNIT_EXPECT_PTR_EQ(test, set(to + 1, 0x1a5, n), to + 1);
		KUNIT_ASSERT_MEMEQ(test, to, expected, sizeof(to));
	}
}

static void memmove_overlaps_both_ways(struct kunit *test)
{
	char up[] = "0123456789", down[] = "0123456789";
	size_t n = 7;

	move(up + 2, up, n);
	KUNIT_EXPECT_STREQ(test, up, "0101234569");
	move(down, down + 2, n);
	KUNIT_EXPECT_STREQ(test, down, "2345678789");
}

static void memcmp_orders_as_unsigned(struct kunit *test)
{
	size_t n = 6;

	KUNIT_EXPECT_EQ(test, compare("abcdef", "abcdef", n), 0);
	KUNIT_EXPECT_LT(test, compare("abcde\x01", "abcde\xff", n), 0);
	KUNIT_EXPECT_GT(test, compare("b", "a", n - 5), 0);
	KUNIT_EXPECT_EQ(test, compare("a", "b", n - 6), 0);
}

static void memchr_and_its_inverse(struct kunit *test)
{
	static const char s[] = "aaab";

	KUNIT_EXPECT_PTR_EQ(test, memchr(s, 'b', 4), s + 3);
	KUNIT_EXPECT_NULL(test, memchr(s, 'b', 3));
	KUNIT_EXPECT_PTR_EQ(test, memchr_inv(s, 'a', 4), s + 3);
	KUNIT_EXPECT_NULL(test, memchr_inv(s, 'a', 3));
}

static void strscpy_terminates(struct kunit *test)
{
	char buf[4];

	KUNIT_EXPECT_EQ(test, strscpy(buf, "abc", sizeof(buf)), 3);
	KUNIT_EXPECT_STREQ(test, buf, "abc");
	KUNIT_EXPECT_EQ(test, strscpy(buf, "abcd", sizeof(buf)), -E2BIG);
	KUNIT_EXPECT_STREQ(test, buf, "abc");
	KUNIT_EXPECT_EQ(test, strscpy(buf, "x", 0), -E2BIG);
	KUNIT_EXPECT_EQ(test, strlcpy(buf, "wxyz1", sizeof(buf)), 5);
	KUNIT_EXPECT_STREQ(test, buf, "wxy");
}

static void comparing(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, strcmp("abc", "abc"), 0);
	KUNIT_EXPECT_LT(test, strcmp("abc", "abd"), 0);
	KUNIT_EXPECT_GT(test, strcmp("\xff", "a"), 0);
	KUNIT_EXPECT_EQ(test, strncmp("abcX", "abcY", 3), 0);
	KUNIT_EXPECT_EQ(test, strcasecmp("LecTern", "lectERN"), 0);
	KUNIT_EXPECT_TRUE(test, sysfs_streq("on\n", "on"));
	KUNIT_EXPECT_FALSE(test, sysfs_streq("on\n\n", "on"));
}

static void searching(struct kunit *test)
{
	static const char s[] = "/usr/lib/x";

	KUNIT_EXPECT_PTR_EQ(test, strchr(s, 'l'), s + 5);
	KUNIT_EXPECT_PTR_EQ(test, strchr(s, 0), s + 10);
	KUNIT_EXPECT_NULL(test, strchr(s, 'z'));
	KUNIT_EXPECT_PTR_EQ(test, strrchr(s, '/'), s + 8);
	KUNIT_EXPECT_PTR_EQ(test, strstr(s, "lib"), s + 5);
	KUNIT_EXPECT_PTR_EQ(test, strstr(s, ""), s);
	KUNIT_EXPECT_NULL(test, strstr(s, "lib/y"));
	KUNIT_EXPECT_NULL(test, strnstr(s, "lib", 7));
	KUNIT_EXPECT_EQ(test, strspn("aabbc", "ab"), 4);
	KUNIT_EXPECT_EQ(test, strcspn("aabbc", "c"), 4);
	KUNIT_EXPECT_STREQ(test, kbasename(s), "x");
}

static void strsep_gives_empty_words(struct kunit *test)
{
	char text[] = "a,,b", *s = text;

	KUNIT_EXPECT_STREQ(test, strsep(&s, ","), "a");
	KUNIT_EXPECT_STREQ(test, strsep(&s, ","), "");
	KUNIT_EXPECT_STREQ(test, strsep(&s, ","), "b");
	KUNIT_EXPECT_NULL(test, strsep(&s, ","));
}

static void strim_cuts_both_ends(struct kunit *test)
{
	char text[] = " \t a b \n", blank[] = "  ";

	KUNIT_EXPECT_STREQ(test, strim(text), "a b");
	KUNIT_EXPECT_STREQ(test, strim(blank), "");
}

static void character_classes(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, isspace('\n') && isspace('\t') && isspace(' '));
	KUNIT_EXPECT_TRUE(test, isxdigit('f') && isxdigit('F') && !isxdigit('g'));
	KUNIT_EXPECT_TRUE(test, iscntrl(0) && iscntrl(127) && !iscntrl('a'));
	KUNIT_EXPECT_FALSE(test, isalpha(0xe4) || isspace(0xa0) || isprint(0xe4));
	KUNIT_EXPECT_EQ(test, toupper('q'), 'Q');
	KUNIT_EXPECT_EQ(test, tolower('['), '[');
}

static struct kunit_case string_cases[] = {
	KUNIT_CASE(memcpy_all_sizes_and_alignments),
	KUNIT_CASE(memset_all_sizes),
	KUNIT_CASE(memmove_overlaps_both_ways),
	KUNIT_CASE(memcmp_orders_as_unsigned),
	KUNIT_CASE(memchr_and_its_inverse),
	KUNIT_CASE(strscpy_terminates),
	KUNIT_CASE(comparing),
	KUNIT_CASE(searching),
	KUNIT_CASE(strsep_gives_empty_words),
	KUNIT_CASE(strim_cuts_both_ends),
	KUNIT_CASE(character_classes),
	{}
};

static struct kunit_suite string_suite = { .name = "string", .test_cases = string_cases };
kunit_test_suite(string_suite);
