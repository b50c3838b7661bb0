/*
 * <linux/page-flags.h> - the bits of page->flags and their PageX(), SetPageX(),
 * ClearPageX().  Plain forms are atomic; those with __ are for a page that no
 * one else can see yet.
 */
#ifndef _LINUX_PAGE_FLAGS_H
#define _LINUX_PAGE_FLAGS_H

#include <linux/types.h>
#include <linux/bitops.h>
#include <linux/mm_types.h>

enum pageflags {
	PG_locked,		/* the page lock: see <linux/pagemap.h> */
	PG_referenced,		/* used since reclaim last looked */
	PG_uptodate,		/* holds what the file holds */
	PG_dirty,		/* newer than the disk */
	PG_lru,			/* on the page cache's LRU list */
	PG_active,		/* … on its hot half */
	PG_waiters,		/* somebody sleeps for PG_locked or PG_writeback */
	PG_error,		/* reading or writing it failed */
	PG_slab,		/* cut into objects */
	PG_reserved,		/* not the allocator's: kernel image, mem_map, holes */
	PG_private,		/* page->private is in use: buffer heads */
	PG_writeback,		/* on its way to the disk */
	PG_head,		/* first of a compound page */
	PG_tail,		/* another of a compound page: see compound_head */
	PG_buddy,		/* free: first page of a block */
	PG_mappedtodisk,	/* every block of it exists on the disk */
	PG_readahead,		/* reaching it starts the next read-ahead */
	PG_reclaim,		/* to be dropped when its write-back ends */
	PG_checked,		/* file system's own */
	PG_swapbacked,		/* no file behind it: anonymous or tmpfs */
	PG_anon,		/* private to processes, not in an address_space */
	PG_unevictable,		/* reclaim leaves it alone */
	__NR_PAGEFLAGS,
};

#define PAGEFLAG(uname, lname)						\
static inline int Page##uname(const struct page *page)			\
{									\
	return test_bit(PG_##lname, &page->flags);			\
}									\
static inline void SetPage##uname(struct page *page)			\
{									\
	set_bit(PG_##lname, &page->flags);				\
}									\
static inline void ClearPage##uname(struct page *page)			\
{									\
	clear_bit(PG_##lname, &page->flags);				\
}									\
static inline void __SetPage##uname(struct page *page)			\
{									\
	__set_bit(PG_##lname, &page->flags);				\
}									\
static inline void __ClearPage##uname(struct page *page)		\
{									\
	__clear_bit(PG_##lname, &page->flags);				\
}									\
static inline int TestSetPage##uname(struct page *page)			\
{									\
	return test_and_set_bit(PG_##lname, &page->flags);		\
}									\
static inline int TestClearPage##uname(struct page *page)		\
{									\
	return test_and_clear_bit(PG_##lname, &page->flags);		\
}

PAGEFLAG(Locked, locked)
PAGEFLAG(Referenced, referenced)
PAGEFLAG(Uptodate, uptodate)
PAGEFLAG(Dirty, dirty)
PAGEFLAG(LRU, lru)
PAGEFLAG(Active, active)
PAGEFLAG(Waiters, waiters)
PAGEFLAG(Error, error)
PAGEFLAG(Slab, slab)
PAGEFLAG(Reserved, reserved)
PAGEFLAG(Private, private)
PAGEFLAG(Writeback, writeback)
PAGEFLAG(Head, head)
PAGEFLAG(Tail, tail)
PAGEFLAG(Buddy, buddy)
PAGEFLAG(MappedToDisk, mappedtodisk)
PAGEFLAG(Readahead, readahead)
PAGEFLAG(Reclaim, reclaim)
PAGEFLAG(Checked, checked)
PAGEFLAG(SwapBacked, swapbacked)
PAGEFLAG(Anon, anon)
PAGEFLAG(Unevictable, unevictable)

#undef PAGEFLAG

#define PagePrivate2(page)	PageChecked(page)

static inline struct page *compound_head(struct page *page)
{
	return PageTail(page) ? page->compound_head : page;
}

static inline int PageCompound(const struct page *page)
{
	return !!(page->flags & (1UL << PG_head | 1UL << PG_tail));
}

#endif
