#ifndef _LINUX_SORT_H
#define _LINUX_SORT_H

#include <linux/types.h>

/* Heap sort: in place, n log n always, not stable. swap NULL: copy bytes. */
void sort(void *base, size_t num, size_t size, cmp_func_t cmp, swap_func_t swap);
void *bsearch(const void *key, const void *base, size_t num, size_t size, cmp_func_t cmp);

typedef int __attribute__((nonnull(2, 3))) (*list_cmp_func_t)(void *priv,
	const struct list_head *a, const struct list_head *b);

/* Merge sort: stable, n log n; cmp returns > 0 when a belongs after b. */
void list_sort(void *priv, struct list_head *head, list_cmp_func_t cmp);

#endif
