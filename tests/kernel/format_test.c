/*
 * The printf family, sscanf and the number parsers.
 */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/ioport.h>
#include <linux/kernel.h>

/* What fmt makes of the arguments, the same when there is just room for it, and its length. */
static __printf(3, 4) void expect(struct kunit *test, const char *text, const char *fmt, ...)
{
	char buf[128];
	va_list args;
	int n, len = strlen(text);

	memset(buf, '#', sizeof(buf));
	va_start(args, fmt);
	n = vsnprintf(buf, sizeof(buf), fmt, args);
	va_end(args);
	KUNIT_EXPECT_STREQ(test, buf, text);
	KUNIT_EXPECT_EQ(test, n, len);
	KUNIT_EXPECT_EQ(test, buf[len + 1], '#');
}

static void integers(struct kunit *test)
{
	expect(test, "0 -1 2147483647 -2147483648", "%d %i %d %d", 0, -1, INT_MAX, INT_MIN);
	expect(test, "4294967295 ffffffff FFFFFFFF 37777777777", "%u %x %X %o", -1, -1, -1, -1);
	expect(test, "18446744073709551615 -9223372036854775808", "%llu %lld", ULLONG_MAX,
	       LLONG_MIN);
	expect(test, "1000000000000000000", "%lld", 1000000000000000000LL);
	expect(test, "255 -1 65535 -1", "%hhu %hhd %hu %hd", (u8)-1, (s8)-1, (u16)-1,
	       (s16)-1);
	expect(test, "7 8 9", "%zu %td %ld", (size_t)7, (ptrdiff_t)8, 9L);
}

static void width_and_precision(struct kunit *test)
{
	expect(test, "   42|42   |00042|  042", "%5d|%-5d|%05d|%5.3d", 42, 42, 42, 42);
	expect(test, "-0042|+42| 42", "%05d|%+d|% d", -42, 42, 42);
	expect(test, "0x2a|0X2A|052|0x00002a", "%#x|%#X|%#o|%#08x", 42, 42, 42, 42);
	expect(test, "   42|42   |003", "%*d|%*d|%.*d", 5, 42, -5, 42, 3, 3);
	expect(test, "|0", "%.0d|%d", 0, 0);
}

static void strings_and_characters(struct kunit *test)
{
	const char *none = NULL;

	OPTIMIZER_HIDE_VAR(none);
	expect(test, "[abc][  abc][abc  ][ab]", "[%s][%5s][%-5s][%.2s]", "abc", "abc", "abc", "abc");
	expect(test, "x%  y", "%c%%%3c", 'x', 'y');
	expect(test, "(null)", "%s", none);
}

static void truncation_counts_on(struct kunit *test)
{
	char buf[8] = "#######";

	KUNIT_EXPECT_EQ(test, snprintf(buf, 4, "%d", 123456), 6);
	KUNIT_EXPECT_STREQ(test, buf, "123");
	KUNIT_EXPECT_EQ(test, buf[4], '#');
	KUNIT_EXPECT_EQ(test, snprintf(NULL, 0, "%s", "hello"), 5);
	KUNIT_EXPECT_EQ(test, scnprintf(buf, 4, "%d", 123456), 3);
	KUNIT_EXPECT_EQ(test, scnprintf(buf, 0, "x"), 0);
}

static void pointers(struct kunit *test)
{
	expect(test, "0000beef 0000beef", "%p %px", (void *)0xbeef, (void *)0xbeef);
	expect(test, "-ENOENT", "-%pe", ERR_PTR(-ENOENT));
	expect(test, "01 02 ff", "%*ph", 3, "\x01\x02\xff");
	expect(test, "01:02:ff 0102ff", "%*phC %*phN", 3, "\x01\x02\xff", 3, "\x01\x02\xff");
	expect(test, "00:11:22:aa:bb:cc", "%pM", "\x00\x11\x22\xaa\xbb\xcc");
	expect(test, "10.0.2.15", "%pI4", "\x0a\x00\x02\x0f");
}

static void resources(struct kunit *test)
{
	struct resource io = { .start = 0x3f8, .end = 0x3ff, .flags = IORESOURCE_IO };
	struct resource mem = { .start = 0xfe000000, .end = 0xfe000fff, .flags = IORESOURCE_MEM };

	expect(test, "[io  0x03f8-0x03ff]", "%pR", &io);
	expect(test, "[mem 0xfe000000-0xfe000fff]", "%pR", &mem);
}

static void nested_formats(struct kunit *test)
{
	char *text = kasprintf(GFP_KERNEL, "<%s:%d>", "a", 7);

	KUNIT_ASSERT_NOT_NULL(test, text);
	KUNIT_EXPECT_STREQ(test, text, "<a:7>");
	kfree(text);
	kunit_mark_skipped(test, "%d", 1);
	KUNIT_EXPECT_STREQ(test, test->skip_reason, "1");
	test->status = test->status == KUNIT_SKIPPED ? KUNIT_SUCCESS : test->status;
}

static void symbols_have_names(struct kunit *test)
{
	char buf[128];

	snprintf(buf, sizeof(buf), "%ps", (void *)snprintf);
	KUNIT_EXPECT_STREQ(test, buf, "snprintf");
	snprintf(buf, sizeof(buf), "%pS", (void *)snprintf + 1);
	KUNIT_EXPECT_TRUE(test, strstarts(buf, "snprintf+0x1/0x"));
}

static void kstrto_is_strict(struct kunit *test)
{
	unsigned long long u = 7;
	int i = 7;
	u8 b = 7;
	bool yes = false;

	KUNIT_EXPECT_EQ(test, kstrtoint("-42\n", 10, &i), 0);
	KUNIT_EXPECT_EQ(test, i, -42);
	KUNIT_EXPECT_EQ(test, kstrtoint("0x1f", 0, &i), 0);
	KUNIT_EXPECT_EQ(test, i, 31);
	KUNIT_EXPECT_EQ(test, kstrtoint("12x", 10, &i), -EINVAL);
	KUNIT_EXPECT_EQ(test, kstrtoint("", 10, &i), -EINVAL);
	KUNIT_EXPECT_EQ(test, kstrtoint("2147483648", 10, &i), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtoint("-2147483648", 10, &i), 0);
	KUNIT_EXPECT_EQ(test, kstrtoull("18446744073709551615", 10, &u), 0);
	KUNIT_EXPECT_EQ(test, u, ULLONG_MAX);
	KUNIT_EXPECT_EQ(test, kstrtoull("18446744073709551616", 10, &u), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtou8("256", 10, &b), -ERANGE);
	KUNIT_EXPECT_EQ(test, b, 7);
	KUNIT_EXPECT_EQ(test, kstrtobool("on", &yes), 0);
	KUNIT_EXPECT_TRUE(test, yes);
}

static void simple_numbers_stop(struct kunit *test)
{
	char *end;

	KUNIT_EXPECT_EQ(test, simple_strtoul("0755,", &end, 0), 0755);
	KUNIT_EXPECT_EQ(test, *end, ',');
	KUNIT_EXPECT_EQ(test, simple_strtol("-8z", &end, 10), -8);
	KUNIT_EXPECT_EQ(test, *end, 'z');
	KUNIT_EXPECT_EQ(test, memparse("64K!", &end), 65536);
	KUNIT_EXPECT_EQ(test, *end, '!');
}

static void scanning(struct kunit *test)
{
	char word[8], set[8];
	unsigned int hex;
	int a, b, n;

	KUNIT_EXPECT_EQ(test, sscanf("12,-7 0xff", "%d,%d %x", &a, &b, &hex), 3);
	KUNIT_EXPECT_TRUE(test, a == 12 && b == -7 && hex == 0xff);
	KUNIT_EXPECT_EQ(test, sscanf("hello world", "%7s %n", word, &n), 1);
	KUNIT_EXPECT_STREQ(test, word, "hello");
	KUNIT_EXPECT_EQ(test, n, 6);
	KUNIT_EXPECT_EQ(test, sscanf("abc123", "%7[a-z]%d", set, &a), 2);
	KUNIT_EXPECT_STREQ(test, set, "abc");
	KUNIT_EXPECT_EQ(test, a, 123);
	KUNIT_EXPECT_EQ(test, sscanf("x", "%d", &a), 0);
	KUNIT_EXPECT_EQ(test, sscanf("1234", "%2d%*1d%d", &a, &b), 2);
	KUNIT_EXPECT_TRUE(test, a == 12 && b == 4);
}

static void hex_lines(struct kunit *test)
{
	char line[96];
	u8 bin[3];

	hex_dump_to_buffer("ABCD\n", 5, 16, 1, line, sizeof(line), true);
	KUNIT_EXPECT_TRUE(test, strstarts(line, "41 42 43 44 0a "));
	KUNIT_EXPECT_STREQ(test, line + strlen(line) - 5, "ABCD.");
	KUNIT_EXPECT_EQ(test, hex2bin(bin, "0aFf7e", 3), 0);
	KUNIT_EXPECT_MEMEQ(test, bin, "\x0a\xff\x7e", 3);
	KUNIT_EXPECT_EQ(test, hex2bin(bin, "0g", 1), -EINVAL);
}

static struct kunit_case format_cases[] = {
	KUNIT_CASE(integers),
	KUNIT_CASE(width_and_precision),
	KUNIT_CASE(strings_and_characters),
	KUNIT_CASE(truncation_counts_on),
	KUNIT_CASE(pointers),
	KUNIT_CASE(resources),
	KUNIT_CASE(nested_formats),
	KUNIT_CASE(symbols_have_names),
	KUNIT_CASE(kstrto_is_strict),
	KUNIT_CASE(simple_numbers_stop),
	KUNIT_CASE(scanning),
	KUNIT_CASE(hex_lines),
	{}
};

static struct kunit_suite format_suite = { .name = "format", .test_cases = format_cases };
kunit_test_suite(format_suite);
