/*
 * In-kernel tests, with KUnit's names. A suite is a table of cases; a case is
 * a function that expects (and goes on) or asserts (and ends there).
 *
 *	static void adds(struct kunit *test)
 *	{
 *		KUNIT_EXPECT_EQ(test, 1 + 1, 2);
 *	}
 *	static struct kunit_case cases[] = { KUNIT_CASE(adds), {} };
 *	static struct kunit_suite suite = { .name = "math", .test_cases = cases };
 *	kunit_test_suite(suite);
 *
 * ktest=all or ktest=SUITE[,SUITE] on the command line runs suites before init
 * starts; /proc/ktest at any time. Cases run in process context and may sleep.
 * A failed assertion leaves the case at once, so assert before a lock is
 * taken, not under it. The result is KTAP version 1.
 *
 * Differences from Linux: one case at a time, parameterised cases are loops.
 */
#ifndef _KUNIT_TEST_H
#define _KUNIT_TEST_H

#include <linux/bug.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/types.h>

enum kunit_status { KUNIT_SUCCESS, KUNIT_FAILURE, KUNIT_SKIPPED };

/* The running case; only the thread that runs it touches it. */
struct kunit {
	void *priv;			/* the suite's own: init() sets it */
	const char *name;
	enum kunit_status status;
	char skip_reason[96];
	struct list_head resources;	/* given back after the case, last first */
	void *abort_to[5];		/* where a failed assertion goes on */
};

struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
};

struct kunit_suite {
	const char *name;
	int (*suite_init)(struct kunit_suite *suite);
	void (*suite_exit)(struct kunit_suite *suite);
	int (*init)(struct kunit *test);	/* before each case; nonzero fails it */
	void (*exit)(struct kunit *test);	/* after each case, failed ones too */
	struct kunit_case *test_cases;		/* ends with {} */
};

#define KUNIT_CASE(fn)	{ .run_case = fn, .name = #fn }
#define kunit_test_suite(suite)						\
	static struct kunit_suite *const __kunit_##suite __used		\
		__section(".kunit_test_suites") = &(suite)
#define kunit_test_suites(...)						\
	static struct kunit_suite *const __UNIQUE_ID(kunit)[] __used	\
		__section(".kunit_test_suites") = { __VA_ARGS__ }

/* ------------------------------------------------------------ running */

/* Takes a line of KTAP, without its newline. Context: process. */
typedef void (*kunit_print_fn)(void *data, const char *line);

struct kunit_totals {
	unsigned int passed, failed, skipped;
};

/*
 * kunit_run - run the suites that `names` lists by commas ("all": all of them)
 *
 * Returns 0 when none failed, 1 when one did, -ENOENT for an unknown name.
 * Context: process; one run at a time, others wait.
 */
int kunit_run(const char *names, kunit_print_fn print, void *data, struct kunit_totals *totals);
/* Those of ktest=, if it was given, in a thread of their own. Context: process. */
void kunit_run_boot_tests(void);
/* Also gets the lines of ktest=, besides the log: the channel to tests/guest. */
void kunit_set_boot_listener(void (*listener)(const char *line));
/* The names of all suites; NULL at the end. */
const char *kunit_suite_name(unsigned int nr);

/* ------------------------------------------------------------ crimes */

/*
 * fn(ctx) must be told by exactly one report (<linux/report.h>) whose first line
 * contains `part`. DEBUG=1 only, like the checkers.
 */
void kunit_expect_report(struct kunit *test, const char *part, void (*fn)(void *ctx), void *ctx);

/* ------------------------------------------------------------ resources */

void *kunit_kmalloc(struct kunit *test, size_t size, gfp_t gfp);
void *kunit_kzalloc(struct kunit *test, size_t size, gfp_t gfp);
void *kunit_kmalloc_array(struct kunit *test, size_t n, size_t size, gfp_t gfp);
void kunit_kfree(struct kunit *test, const void *ptr);
/* action(ctx) after the case, whatever becomes of it. 0 or -ENOMEM. */
int kunit_add_action(struct kunit *test, void (*action)(void *), void *ctx);

/* ------------------------------------------------------------ expectations */

struct kunit_place {
	const char *file;
	int line;
	const char *text;		/* the condition, as written */
	bool fatal;
};

void kunit_fail(struct kunit *test, const struct kunit_place *place) __cold;
void kunit_fail_values(struct kunit *test, const struct kunit_place *place, long long left,
		       long long right) __cold;
void kunit_fail_strings(struct kunit *test, const struct kunit_place *place, const char *left,
			const char *right) __cold;
__printf(3, 4) void kunit_fail_msg(struct kunit *test, const struct kunit_place *place,
				   const char *fmt, ...) __cold;
__printf(2, 3) void kunit_log_line(struct kunit *test, const char *fmt, ...);
__printf(2, 3) void kunit_mark_skipped(struct kunit *test, const char *fmt, ...);
void kunit_abort(struct kunit *test) __noreturn;
#define kunit_skip(test, fmt, ...) \
	do { kunit_mark_skipped(test, fmt, ##__VA_ARGS__); kunit_abort(test); } while (0)
#define kunit_info(test, fmt, ...) kunit_log_line(test, fmt, ##__VA_ARGS__)
#define kunit_warn(test, fmt, ...) kunit_log_line(test, fmt, ##__VA_ARGS__)
#define kunit_err(test, fmt, ...) kunit_log_line(test, fmt, ##__VA_ARGS__)

#define __KUNIT_PLACE(is_fatal, words)					\
	static const struct kunit_place __place = { __FILE__, __LINE__, words, is_fatal }

#define __KUNIT_COND(test, cond, words, is_fatal) do {			\
	__KUNIT_PLACE(is_fatal, words);					\
	if (unlikely(!(cond)))						\
		kunit_fail(test, &__place);				\
} while (0)
#define __KUNIT_MSG(test, cond, words, is_fatal, fmt, ...) do {		\
	__KUNIT_PLACE(is_fatal, words);					\
	if (unlikely(!(cond)))						\
		kunit_fail_msg(test, &__place, fmt, ##__VA_ARGS__);	\
} while (0)
#define __KUNIT_OP(test, left, op, right, is_fatal) do {		\
	__KUNIT_PLACE(is_fatal, #left " " #op " " #right);		\
	typeof(left) __left = (left);					\
	typeof(right) __right = (right);				\
	if (unlikely(!(__left op __right)))				\
		kunit_fail_values(test, &__place, (long long)__left, (long long)__right); \
} while (0)
#define __KUNIT_PTR(test, left, op, right, is_fatal) do {		\
	__KUNIT_PLACE(is_fatal, #left " " #op " " #right);		\
	const void *__left = (const void *)(left), *__right = (const void *)(right); \
	if (unlikely(!(__left op __right)))				\
		kunit_fail_values(test, &__place, (uintptr_t)__left, (uintptr_t)__right); \
} while (0)
#define __KUNIT_STR(test, left, op, right, is_fatal) do {		\
	__KUNIT_PLACE(is_fatal, #left " " #op " " #right);		\
	const char *__left = (left), *__right = (right);		\
	if (unlikely(!(strcmp(__left, __right) op 0)))			\
		kunit_fail_strings(test, &__place, __left, __right);	\
} while (0)
#define __KUNIT_MEM(test, left, right, size, op, is_fatal) \
	__KUNIT_COND(test, memcmp(left, right, size) op 0, #left " " #op " " #right, is_fatal)

#define KUNIT_SUCCEED(test)		do { } while (0)
#define KUNIT_FAIL(test, fmt, ...)	__KUNIT_MSG(test, 0, "fail", 0, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_TRUE(test, c)	__KUNIT_COND(test, c, #c, 0)
#define KUNIT_EXPECT_FALSE(test, c)	__KUNIT_COND(test, !(c), "!(" #c ")", 0)
#define KUNIT_EXPECT_EQ(test, l, r)	__KUNIT_OP(test, l, ==, r, 0)
#define KUNIT_EXPECT_NE(test, l, r)	__KUNIT_OP(test, l, !=, r, 0)
#define KUNIT_EXPECT_LT(test, l, r)	__KUNIT_OP(test, l, <, r, 0)
#define KUNIT_EXPECT_LE(test, l, r)	__KUNIT_OP(test, l, <=, r, 0)
#define KUNIT_EXPECT_GT(test, l, r)	__KUNIT_OP(test, l, >, r, 0)
#define KUNIT_EXPECT_GE(test, l, r)	__KUNIT_OP(test, l, >=, r, 0)
#define KUNIT_EXPECT_PTR_EQ(test, l, r)	__KUNIT_PTR(test, l, ==, r, 0)
#define KUNIT_EXPECT_PTR_NE(test, l, r)	__KUNIT_PTR(test, l, !=, r, 0)
#define KUNIT_EXPECT_NULL(test, p)	__KUNIT_PTR(test, p, ==, NULL, 0)
#define KUNIT_EXPECT_NOT_NULL(test, p)	__KUNIT_PTR(test, p, !=, NULL, 0)
#define KUNIT_EXPECT_STREQ(test, l, r)	__KUNIT_STR(test, l, ==, r, 0)
#define KUNIT_EXPECT_STRNEQ(test, l, r)	__KUNIT_STR(test, l, !=, r, 0)
#define KUNIT_EXPECT_MEMEQ(test, l, r, n) __KUNIT_MEM(test, l, r, n, ==, 0)
#define KUNIT_EXPECT_MEMNEQ(test, l, r, n) __KUNIT_MEM(test, l, r, n, !=, 0)
#define KUNIT_EXPECT_NOT_ERR_OR_NULL(test, p) __KUNIT_COND(test, !IS_ERR_OR_NULL(p), #p, 0)
#define KUNIT_EXPECT_TRUE_MSG(test, c, fmt, ...) __KUNIT_MSG(test, c, #c, 0, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_FALSE_MSG(test, c, fmt, ...) \
	__KUNIT_MSG(test, !(c), "!(" #c ")", 0, fmt, ##__VA_ARGS__)
#define KUNIT_EXPECT_EQ_MSG(test, l, r, fmt, ...) \
	__KUNIT_MSG(test, (l) == (r), #l " == " #r, 0, fmt, ##__VA_ARGS__)

#define KUNIT_ASSERT_FAILURE(test, fmt, ...) __KUNIT_MSG(test, 0, "fail", 1, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_TRUE(test, c)	__KUNIT_COND(test, c, #c, 1)
#define KUNIT_ASSERT_FALSE(test, c)	__KUNIT_COND(test, !(c), "!(" #c ")", 1)
#define KUNIT_ASSERT_EQ(test, l, r)	__KUNIT_OP(test, l, ==, r, 1)
#define KUNIT_ASSERT_NE(test, l, r)	__KUNIT_OP(test, l, !=, r, 1)
#define KUNIT_ASSERT_LT(test, l, r)	__KUNIT_OP(test, l, <, r, 1)
#define KUNIT_ASSERT_LE(test, l, r)	__KUNIT_OP(test, l, <=, r, 1)
#define KUNIT_ASSERT_GT(test, l, r)	__KUNIT_OP(test, l, >, r, 1)
#define KUNIT_ASSERT_GE(test, l, r)	__KUNIT_OP(test, l, >=, r, 1)
#define KUNIT_ASSERT_PTR_EQ(test, l, r)	__KUNIT_PTR(test, l, ==, r, 1)
#define KUNIT_ASSERT_PTR_NE(test, l, r)	__KUNIT_PTR(test, l, !=, r, 1)
#define KUNIT_ASSERT_NULL(test, p)	__KUNIT_PTR(test, p, ==, NULL, 1)
#define KUNIT_ASSERT_NOT_NULL(test, p)	__KUNIT_PTR(test, p, !=, NULL, 1)
#define KUNIT_ASSERT_STREQ(test, l, r)	__KUNIT_STR(test, l, ==, r, 1)
#define KUNIT_ASSERT_MEMEQ(test, l, r, n) __KUNIT_MEM(test, l, r, n, ==, 1)
#define KUNIT_ASSERT_NOT_ERR_OR_NULL(test, p) __KUNIT_COND(test, !IS_ERR_OR_NULL(p), #p, 1)
#define KUNIT_ASSERT_TRUE_MSG(test, c, fmt, ...) __KUNIT_MSG(test, c, #c, 1, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_EQ_MSG(test, l, r, fmt, ...) \
	__KUNIT_MSG(test, (l) == (r), #l " == " #r, 1, fmt, ##__VA_ARGS__)

#endif
