/*
 * Lists, sorting, and searching.
 */
#include <kunit/test.h>
#include <linux/list.h>
#include <linux/sort.h>

struct item {
	int key, serial;
	struct list_head list;
	struct hlist_node node;
};

static struct item items[200];

/* The keys of the list as one decimal number, forwards or backwards. */
static long keys(struct list_head *head, bool backwards)
{
	struct item *item;
	long number = 0;

	if (backwards)
		list_for_each_entry_reverse(item, head, list)
			number = number * 10 + item->key;
	else
		list_for_each_entry(item, head, list)
			number = number * 10 + item->key;
	return number;
}

static void add_items(struct list_head *head, int n)
{
	for (int i = 0; i < n; i++) {
		items[i].key = i + 1;
		list_add_tail(&items[i].list, head);
	}
}

static void adding_and_deleting(struct kunit *test)
{
	LIST_HEAD(head);

	KUNIT_EXPECT_TRUE(test, list_empty(&head));
	add_items(&head, 4);
	items[4].key = 5;
	list_add(&items[4].list, &head);
	KUNIT_EXPECT_EQ(test, keys(&head, false), 51234);
	KUNIT_EXPECT_EQ(test, keys(&head, true), 43215);
	list_del(&items[1].list);
	KUNIT_EXPECT_EQ(test, keys(&head, false), 5134);
	KUNIT_EXPECT_PTR_EQ(test, items[1].list.next, LIST_POISON1);
	list_move_tail(&items[4].list, &head);
	KUNIT_EXPECT_EQ(test, keys(&head, false), 1345);
	KUNIT_EXPECT_TRUE(test, list_is_last(&items[4].list, &head));
}

static void deleting_while_walking(struct kunit *test)
{
	struct item *item, *next;
	LIST_HEAD(head);

	add_items(&head, 6);
	list_for_each_entry_safe(item, next, &head, list)
		if (item->key % 2)
			list_del_init(&item->list);
	KUNIT_EXPECT_EQ(test, keys(&head, false), 246);
	KUNIT_EXPECT_TRUE(test, list_empty(&items[0].list));
}

static void splicing_and_cutting(struct kunit *test)
{
	LIST_HEAD(head);
	LIST_HEAD(part);

	add_items(&head, 5);
	list_cut_position(&part, &head, &items[1].list);
	KUNIT_EXPECT_EQ(test, keys(&part, false), 12);
	KUNIT_EXPECT_EQ(test, keys(&head, true), 543);
	list_splice_tail_init(&part, &head);
	KUNIT_EXPECT_EQ(test, keys(&head, false), 34512);
	KUNIT_EXPECT_TRUE(test, list_empty(&part));
	list_rotate_left(&head);
	KUNIT_EXPECT_EQ(test, keys(&head, false), 45123);
}

static void hash_lists(struct kunit *test)
{
	HLIST_HEAD(head);
	struct item *item;
	int sum = 0;

	for (int i = 0; i < 3; i++) {
		items[i].key = i + 1;
		INIT_HLIST_NODE(&items[i].node);
		KUNIT_EXPECT_TRUE(test, hlist_unhashed(&items[i].node));
		hlist_add_head(&items[i].node, &head);
	}
	hlist_del_init(&items[1].node);
	hlist_for_each_entry(item, &head, node)
		sum = sum * 10 + item->key;
	KUNIT_EXPECT_EQ(test, sum, 31);
	hlist_add_behind(&items[1].node, &items[2].node);
	sum = 0;
	hlist_for_each_entry(item, &head, node)
		sum = sum * 10 + item->key;
	KUNIT_EXPECT_EQ(test, sum, 321);
}

static int by_int(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void sort_and_bsearch(struct kunit *test)
{
	int numbers[101], want = 50 * 3, missing = 151;

	for (int i = 0; i < 101; i++)
		numbers[i] = i * 67 % 101 * 3;
	sort(numbers, 101, sizeof(int), by_int, NULL);
	for (int i = 0; i < 101; i++)
		KUNIT_ASSERT_EQ(test, numbers[i], i * 3);
	KUNIT_EXPECT_PTR_EQ(test, bsearch(&want, numbers, 101, sizeof(int), by_int), numbers + 50);
	KUNIT_EXPECT_NULL(test, bsearch(&missing, numbers, 101, sizeof(int), by_int));
	sort(numbers, 0, sizeof(int), by_int, NULL);
}

static struct kunit_case list_cases[] = {
	KUNIT_CASE(adding_and_deleting),
	KUNIT_CASE(deleting_while_walking),
	KUNIT_CASE(splicing_and_cutting),
	KUNIT_CASE(hash_lists),
	KUNIT_CASE(sort_and_bsearch),
	{}
};

static struct kunit_suite list_suite = { .name = "list", .test_cases = list_cases };
kunit_test_suite(list_suite);
