/*
 * Sorting arrays and lists, and searching sorted arrays.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/sort.h>

static void swap_bytes(void *a, void *b, int size)
{
	char *x = a, *y = b;

	while (size--)
		swap(x[size], y[size]);
}

struct heap {
	char *base;
	size_t size;
	cmp_func_t cmp;
	swap_func_t exchange;
};

/* Lets the element at `root` sink until no child below `num` is larger. */
static void sift_down(const struct heap *h, size_t root, size_t num)
{
	size_t child;

	while ((child = 2 * root + 1) < num) {
		char *larger = h->base + child * h->size;

		if (child + 1 < num && h->cmp(larger, larger + h->size) < 0) {
			child++;
			larger += h->size;
		}
		if (h->cmp(h->base + root * h->size, larger) >= 0)
			return;
		h->exchange(h->base + root * h->size, larger, h->size);
		root = child;
	}
}

void sort(void *base, size_t num, size_t size, cmp_func_t cmp, swap_func_t swap_func)
{
	struct heap h = { base, size, cmp, swap_func ? swap_func : swap_bytes };

	for (size_t i = num / 2; i-- > 0; )
		sift_down(&h, i, num);
	for (size_t end = num; end-- > 1; ) {
		h.exchange(h.base, h.base + end * size, size);
		sift_down(&h, 0, end);
	}
}
EXPORT_SYMBOL(sort);

void *bsearch(const void *key, const void *base, size_t num, size_t size, cmp_func_t cmp)
{
	while (num) {
		const char *middle = base + (num / 2) * size;
		int result = cmp(key, middle);

		if (!result)
			return (void *)middle;
		if (result > 0) {
			base = middle + size;
			num--;
		}
		num /= 2;
	}
	return NULL;
}
EXPORT_SYMBOL(bsearch);

/* Merges two singly linked, sorted lists; `a` holds the earlier elements. */
static struct list_head *merge(void *priv, list_cmp_func_t cmp, struct list_head *a,
			       struct list_head *b)
{
	struct list_head *head, **tail = &head;

	while (a && b) {
		struct list_head **from = cmp(priv, a, b) <= 0 ? &a : &b;

		*tail = *from;
		tail = &(*from)->next;
		*from = (*from)->next;
	}
	*tail = a ? a : b;
	return head;
}

/*
 * Bottom up: runs[i] is empty or a sorted run of 2^i elements, older than all
 * runs below it. 32 runs hold any list there is room for.
 */
void list_sort(void *priv, struct list_head *head, list_cmp_func_t cmp)
{
	struct list_head *runs[32] = { NULL }, *list, *next, *sorted = NULL, *prev = head;
	unsigned int i;

	if (list_empty(head))
		return;
	head->prev->next = NULL;
	for (list = head->next; list; list = next) {
		next = list->next;
		list->next = NULL;
		for (i = 0; i < ARRAY_SIZE(runs) - 1 && runs[i]; i++) {
			list = merge(priv, cmp, runs[i], list);
			runs[i] = NULL;
		}
		runs[i] = runs[i] ? merge(priv, cmp, runs[i], list) : list;
	}
	for (i = 0; i < ARRAY_SIZE(runs); i++)
		if (runs[i])
			sorted = merge(priv, cmp, runs[i], sorted);

	for (list = sorted; list; list = list->next) {
		prev->next = list;
		list->prev = prev;
		prev = list;
	}
	prev->next = head;
	head->prev = prev;
}
EXPORT_SYMBOL(list_sort);
