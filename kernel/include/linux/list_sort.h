#ifndef _LINUX_LIST_SORT_H
#define _LINUX_LIST_SORT_H

#include <linux/types.h>

typedef int __attribute__((nonnull(2, 3))) (*list_cmp_func_t)(void *priv,
	const struct list_head *a, const struct list_head *b);

/* Merge sort: stable, n log n; cmp returns > 0 when a belongs after b. */
void list_sort(void *priv, struct list_head *head, list_cmp_func_t cmp);

#endif
