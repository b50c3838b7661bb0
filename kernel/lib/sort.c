/*
 * Sorting arrays, and searching sorted arrays.
 */
#include <linux/export.h>
#include <linux/kernel.h>
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
