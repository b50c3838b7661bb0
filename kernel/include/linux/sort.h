#ifndef _LINUX_SORT_H
#define _LINUX_SORT_H

#include <linux/types.h>

/* Heap sort: in place, n log n always, not stable. swap NULL: copy bytes. */
void sort(void *base, size_t num, size_t size, cmp_func_t cmp, swap_func_t swap);
void *bsearch(const void *key, const void *base, size_t num, size_t size, cmp_func_t cmp);

#endif
