/*
 * <khg/mm.h> - memory as in 1996: kmalloc(), verify_area() and remap_page_range().
 */
#ifndef _KHG_MM_H
#define _KHG_MM_H

#include <khg/malloc.h>
#include <khg/segment.h>

/*
 * In an mmap method only: physical memory from @phys on appears at @from, which
 * lies in what is being mapped. -EINVAL outside of it.
 */
int remap_page_range(unsigned long from, unsigned long phys, unsigned long size, pgprot_t prot);

#endif
