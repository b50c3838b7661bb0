/*
 * <khg/malloc.h> - memory of the kernel: never paged out, so take what you
 * need and give it back. kmalloc(size, GFP_KERNEL) may sleep, GFP_ATOMIC does not.
 */
#ifndef _KHG_MALLOC_H
#define _KHG_MALLOC_H

#include <khg/base.h>

/* kfree() for who knows the size; one that is larger than what was allocated is told. Context: any. */
void kfree_s(const void *p, size_t size);

#endif
