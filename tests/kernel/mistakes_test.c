/*
 * Broken lists, reference counts: each crime of the tables is committed and must
 * be told once, and what it broke is still usable.
 */
#include <kunit/test.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/lkdtm.h>
#include <linux/refcount.h>
#include <linux/report.h>

struct crime {
	const char *type;		/* of lkdtm */
	const char *report;		/* a part of the first line */
};

static void commit(void *type)
{
	lkdtm_commit(type);
}

/* Each of the table, which ends with an empty row. */
static void commit_all(struct kunit *test, const struct crime *crime)
{
	for (; crime->type; crime++)
		kunit_expect_report(test, crime->report, commit, (void *)crime->type);
}

/* ------------------------------------------------------------------ reference counts */

static void refcount_inc_zero(void)
{
	refcount_t r = REFCOUNT_INIT(0);

	refcount_inc(&r);
}
lkdtm_type(REFCOUNT_INC_ZERO, refcount_inc_zero);

static void refcount_inc_overflow(void)
{
	refcount_t r = REFCOUNT_INIT(INT_MAX - 1);

	refcount_inc(&r);
	refcount_inc(&r);
}
lkdtm_type(REFCOUNT_INC_OVERFLOW, refcount_inc_overflow);

static void refcount_inc_not_zero_overflow(void)
{
	refcount_t r = REFCOUNT_INIT(INT_MAX);

	if (!refcount_inc_not_zero(&r))
		pr_err("a full count was taken for an empty one\n");
}
lkdtm_type(REFCOUNT_INC_NOT_ZERO_OVERFLOW, refcount_inc_not_zero_overflow);

static void refcount_sub_and_test_negative(void)
{
	refcount_t r = REFCOUNT_INIT(3);

	if (refcount_sub_and_test(5, &r))
		pr_err("3 - 5 was taken for 0\n");
}
lkdtm_type(REFCOUNT_SUB_AND_TEST_NEGATIVE, refcount_sub_and_test_negative);

static void refcount_dec_zero(void)
{
	refcount_t r = REFCOUNT_INIT(1);

	refcount_dec(&r);
}
lkdtm_type(REFCOUNT_DEC_ZERO, refcount_dec_zero);

static void never_called(struct kref *unused)
{
	pr_err("released twice\n");
}

static void kref_put_twice(void)
{
	struct kref kref = KREF_INIT(0);

	kref_put(&kref, never_called);
}
lkdtm_type(KREF_PUT_TWICE, kref_put_twice);

static const struct crime refcount_crimes[] = {
	{ "REFCOUNT_INC_ZERO", "refcount raised from 0" },
	{ "REFCOUNT_INC_OVERFLOW", "refcount overflow" },
	{ "REFCOUNT_INC_NOT_ZERO_OVERFLOW", "refcount overflow" },
	{ "REFCOUNT_SUB_AND_TEST_NEGATIVE", "refcount underflow" },
	{ "REFCOUNT_DEC_ZERO", "refcount_dec() reached 0" },
	{ "KREF_PUT_TWICE", "refcount underflow" },
	{ }
};

static void refcounts_saturate(struct kunit *test)
{
	commit_all(test, refcount_crimes);
}

static void overflow(void *r)
{
	refcount_add(2, r);
}

static void saturated_is_never_freed(struct kunit *test)
{
	refcount_t r = REFCOUNT_INIT(INT_MAX);

	kunit_expect_report(test, "refcount overflow", overflow, &r);
	KUNIT_EXPECT_EQ(test, (int)refcount_read(&r), REFCOUNT_SATURATED);
	kunit_expect_report(test, "refcount overflow", overflow, &r);
	KUNIT_EXPECT_EQ(test, (int)refcount_read(&r), REFCOUNT_SATURATED);
}

/* ------------------------------------------------------------------ lists */

#if DEBUG_BUILD
static void corrupt_list_add(void)
{
	LIST_HEAD(head);
	struct list_head one, two;

	list_add(&one, &head);
	head.next = (void *)&two;
	two.prev = &two;
	list_add(&two, &head);
}
lkdtm_type(CORRUPT_LIST_ADD, corrupt_list_add);

static void corrupt_list_del(void)
{
	LIST_HEAD(head);
	struct list_head one, two;

	list_add(&one, &head);
	list_add(&two, &head);
	one.prev = &one;
	list_del(&two);
}
lkdtm_type(CORRUPT_LIST_DEL, corrupt_list_del);

static void list_add_twice(void)
{
	LIST_HEAD(head);
	struct list_head one;

	list_add(&one, &head);
	list_add(&one, &head);
}
lkdtm_type(LIST_ADD_TWICE, list_add_twice);

static void list_del_twice(void)
{
	LIST_HEAD(head);
	struct list_head one;

	list_add(&one, &head);
	list_del(&one);
	list_del(&one);
}
lkdtm_type(LIST_DEL_TWICE, list_del_twice);

static void list_add_no_head(void)
{
	struct list_head head = { }, one;

	list_add(&one, &head);
}
lkdtm_type(LIST_ADD_NO_HEAD, list_add_no_head);

static void hlist_del_twice(void)
{
	HLIST_HEAD(head);
	struct hlist_node one;

	hlist_add_head(&one, &head);
	hlist_del(&one);
	barrier();		/* a compiler would see it */
	hlist_del(&one);
}
lkdtm_type(HLIST_DEL_TWICE, hlist_del_twice);

static void hlist_add_twice(void)
{
	HLIST_HEAD(head);
	struct hlist_node one;

	hlist_add_head(&one, &head);
	hlist_add_head(&one, &head);
}
lkdtm_type(HLIST_ADD_TWICE, hlist_add_twice);

static const struct crime list_crimes[] = {
	{ "CORRUPT_LIST_ADD", "list_add corruption: next->prev is" },
	{ "CORRUPT_LIST_DEL", "list_del corruption: next->prev is" },
	{ "LIST_ADD_TWICE", "is already there" },
	{ "LIST_DEL_TWICE", "was deleted before" },
	{ "LIST_ADD_NO_HEAD", "is the head initialised?" },
	{ "HLIST_DEL_TWICE", "hlist_del corruption" },
	{ "HLIST_ADD_TWICE", "hlist_add corruption" },
	{ }
};

static void broken_lists_are_told(struct kunit *test)
{
	commit_all(test, list_crimes);
}

static void add_again(void *entries)
{
	struct list_head *entry = entries;

	list_add(&entry[1], &entry[0]);
}

static void a_refused_add_leaves_the_list(struct kunit *test)
{
	struct list_head list[3], *pos;
	int count = 0;

	INIT_LIST_HEAD(&list[0]);
	list_add(&list[2], &list[0]);
	list_add(&list[1], &list[0]);
	kunit_expect_report(test, "is already there", add_again, list);
	list_for_each(pos, &list[0])
		count++;
	KUNIT_EXPECT_EQ(test, count, 2);
}
#endif

static struct kunit_case mistakes_cases[] = {
	KUNIT_CASE(refcounts_saturate),
	KUNIT_CASE(saturated_is_never_freed),
#if DEBUG_BUILD
	KUNIT_CASE(broken_lists_are_told),
	KUNIT_CASE(a_refused_add_leaves_the_list),
#endif
	{}
};

static struct kunit_suite mistakes_suite = { .name = "mistakes", .test_cases = mistakes_cases };
kunit_test_suite(mistakes_suite);
