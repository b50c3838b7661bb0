/*
 * The C library: strings, numbers, characters.
 * host: yes
 */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "tap.h"

#define SAME(a, b) CHECK(strcmp(a, b) == 0)

static void copies_overlap(void)
{
	char s[] = "0123456789";

	memmove(s + 2, s, 5);
	SAME(s, "0101234789");
	strcpy(s, "0123456789");
	memmove(s, s + 2, 5);
	SAME(s, "2345656789");
}

/* every length and alignment around a word */
static void copies_and_fills_of_every_size(void)
{
	unsigned char from[80], to[80];
	int offset, n, i, wrong = 0;

	for (i = 0; i < sizeof(from); i++)
		from[i] = i;
	for (offset = 0; offset < 8; offset++)
		for (n = 0; n < 40; n++) {
			memset(to, 0xee, sizeof(to));
			memcpy(to + offset, from + 3, n);
			for (i = 0; i < sizeof(to); i++)
				wrong += to[i] != (i >= offset && i < offset + n ? from[i - offset + 3] : 0xee);
			memset(to + offset, 0x1aa, n);
			for (i = 0; i < sizeof(to); i++)
				wrong += to[i] != (i >= offset && i < offset + n ? 0xaa : 0xee);
		}
	CHECK_EQ(wrong, 0);
}

static void compares_as_unsigned(void)
{
	CHECK(strcmp("a\x80", "a\x7f") > 0);
	CHECK(memcmp("\xff", "\x01", 1) > 0);
	CHECK(strncmp("abc", "abd", 2) == 0);
	CHECK(strcasecmp("HeLLo", "hEllO") == 0);
	CHECK(strcmp("", "a") < 0);
}

static void searches(void)
{
	const char *s = "a/b/c";

	CHECK(strchr(s, '/') == s + 1);
	CHECK(strrchr(s, '/') == s + 3);
	CHECK(strchr(s, '\0') == s + 5);
	CHECK(strchr(s, 'x') == NULL);
	CHECK(strstr(s, "b/") == s + 2);
	CHECK(strstr(s, "") == s);
	CHECK(strstr(s, "c/") == NULL);
	CHECK_EQ(strspn("aabc", "ab"), 3);
	CHECK_EQ(strcspn("aabc", "cb"), 2);
	CHECK(strpbrk(s, "cb") == s + 2);
	CHECK(memchr(s, 'c', 4) == NULL);
}

static void bounded_copies(void)
{
	char s[8];

	memset(s, 'x', sizeof(s));
	strncpy(s, "ab", 5);
	CHECK(memcmp(s, "ab\0\0\0xxx", 8) == 0);
	CHECK_EQ(strlcpy(s, "abcdefghij", sizeof(s)), 10);
	SAME(s, "abcdefg");
	strcpy(s, "ab");
	CHECK_EQ(strlcat(s, "cdefghij", sizeof(s)), 10);
	SAME(s, "abcdefg");
}

static void splits(void)
{
	char a[] = ",a,,b,", b[] = "a,,b", *p = b, *save;

	SAME(strtok_r(a, ",", &save), "a");
	SAME(strtok_r(NULL, ",", &save), "b");
	CHECK(strtok_r(NULL, ",", &save) == NULL);
	SAME(strsep(&p, ","), "a");
	SAME(strsep(&p, ","), "");
	SAME(strsep(&p, ","), "b");
	CHECK(strsep(&p, ",") == NULL);
}

static void numbers(void)
{
	char *end;

	CHECK_EQ(strtol("  -42xyz", &end, 10), -42);
	SAME(end, "xyz");
	CHECK_EQ(strtol("0x1fg", &end, 0), 31);
	SAME(end, "g");
	CHECK_EQ(strtol("0755", NULL, 0), 0755);
	CHECK_EQ(strtol("z", NULL, 36), 35);
	CHECK_EQ(strtol("0x", &end, 16), 0);
	SAME(end, "x");
	CHECK_EQ(strtol("none", &end, 10), 0);
	SAME(end, "none");
}

static void numbers_out_of_range(void)
{
	errno = 0;
	CHECK_EQ(strtol("2147483648", NULL, 10), LONG_MAX);
	CHECK_EQ(errno, ERANGE);
	errno = 0;
	CHECK_EQ(strtol("-2147483648", NULL, 10), LONG_MIN);
	CHECK_EQ(errno, 0);
	CHECK_EQ(strtol("-2147483649", NULL, 10), LONG_MIN);
	CHECK_EQ(errno, ERANGE);
	errno = 0;
	CHECK_EQ(strtoll("9223372036854775807", NULL, 10), LLONG_MAX);
	CHECK_EQ(errno, 0);
	CHECK(strtoull("18446744073709551616", NULL, 10) == ULLONG_MAX);
	CHECK_EQ(errno, ERANGE);
	CHECK(strtoul("-1", NULL, 10) == ULONG_MAX);
}

/* volatile: the compiler must not know the answers */
static void divides_64_bits(void)
{
	volatile long long a = -7000000000000000001LL, b = 3000000007LL, c = 1000;
	volatile unsigned long long u = 0xfedcba9876543210ULL, v = 0x123456789ULL;

	CHECK_EQ(a / b, -2333333327LL);
	CHECK_EQ(a % b, a - a / b * b);
	CHECK_EQ(a / c, -7000000000000000LL);
	CHECK_EQ(a % c, -1);
	CHECK(u / v * v + u % v == u && u % v < v);
	CHECK_EQ(u / u, 1);
	CHECK_EQ(v / u, 0);
	CHECK(v % u == v);
}

static void classes_of_characters(void)
{
	int c, letters = 0, spaces = 0, printable = 0;

	for (c = 0; c < 256; c++) {
		letters += isalpha(c) != 0;
		spaces += isspace(c) != 0;
		printable += isprint(c) != 0;
	}
	CHECK_EQ(letters, 52);
	CHECK_EQ(spaces, 6);
	CHECK_EQ(printable, 95);
	CHECK_EQ(toupper('a'), 'A');
	CHECK_EQ(tolower('['), '[');
}

static void path_components(void)
{
	char a[] = "/usr/lib/", b[] = "/", c[] = "file", d[] = "/usr", e[] = "//";

	SAME(basename(a), "lib");
	SAME(dirname(a), "/usr");
	SAME(basename(b), "/");
	SAME(dirname(c), ".");
	SAME(dirname(d), "/");
	SAME(basename(e), "/");
}

int main(void)
{
	RUN(copies_overlap);
	RUN(copies_and_fills_of_every_size);
	RUN(compares_as_unsigned);
	RUN(searches);
	RUN(bounded_copies);
	RUN(splits);
	RUN(numbers);
	RUN(numbers_out_of_range);
	RUN(divides_64_bits);
	RUN(classes_of_characters);
	RUN(path_components);
	return tap_end();
}
