/*
 * <linux/highmem.h> - looking into a page.  All memory is direct-mapped, so
 * kmap() is an address computation and may be used anywhere.
 */
#ifndef _LINUX_HIGHMEM_H
#define _LINUX_HIGHMEM_H

#include <linux/mm.h>
#include <linux/string.h>
#include <linux/uaccess.h>

static inline void *kmap(struct page *page)
{
	return page_address(page);
}

static inline void kunmap(struct page *page)
{
}

static inline void *kmap_atomic(struct page *page)
{
	pagefault_disable();
	return page_address(page);
}

static inline void kunmap_atomic(const void *addr)
{
	pagefault_enable();
}

static inline void *kmap_local_page(struct page *page)
{
	return page_address(page);
}

static inline void kunmap_local(const void *addr)
{
}

static inline void clear_highpage(struct page *page)
{
	clear_page(page_address(page));
}

static inline void copy_highpage(struct page *to, struct page *from)
{
	copy_page(page_address(to), page_address(from));
}

static inline void zero_user_segments(struct page *page, unsigned start1, unsigned end1,
				      unsigned start2, unsigned end2)
{
	char *kaddr = page_address(page);

	if (end1 > start1)
		memset(kaddr + start1, 0, end1 - start1);
	if (end2 > start2)
		memset(kaddr + start2, 0, end2 - start2);
}

static inline void zero_user_segment(struct page *page, unsigned start, unsigned end)
{
	zero_user_segments(page, start, end, 0, 0);
}

static inline void zero_user(struct page *page, unsigned start, unsigned size)
{
	zero_user_segments(page, start, start + size, 0, 0);
}

#define clear_user_highpage(page, vaddr)		clear_highpage(page)
#define copy_user_highpage(to, from, vaddr, vma)	copy_highpage(to, from)
#define flush_dcache_page(page)				do { (void)(page); } while (0)
#define flush_icache_range(start, end)			do { } while (0)

#endif
