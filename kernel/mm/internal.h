/* What the files of kernel/mm/ share and no one else sees. */
#ifndef MM_INTERNAL_H
#define MM_INTERNAL_H

#include <linux/mm.h>
#include <linux/rbtree.h>

/* The most vmas an address space may have. */
#define MAX_MAP_COUNT	65530
/* Page 0 stays unmapped, whatever MAP_FIXED says: null pointers must fault. */
#define MMAP_MIN_ADDR	PAGE_SIZE

/* Where in list and tree a new vma goes. */
struct vma_place {
	struct vm_area_struct *prev;
	struct rb_node **link, *parent;
};

/* What a new stretch of addresses would be, to see whether a neighbour can simply grow. */
struct vma_desc {
	unsigned long start, end, flags;
	struct file *file;
	pgoff_t pgoff;
};

/* page_alloc.c */
void page_alloc_init(void);
void drain_hot_pages(void);
/* Free pages below @mark in all zones together? */
bool zones_below(enum zone_watermarks mark);

/* vmalloc.c: @size bytes at a multiple of @size. */
void *vmalloc_stack(unsigned long size);

/* reclaim.c: one round over all shrinkers; returns objects freed. May sleep. */
unsigned long shrink_caches(gfp_t gfp);

/* pgtable.c: page directories and tables, zeroed ones kept for the next user. */
pgd_t *pgd_alloc(void);
void pgd_free(pgd_t *pgd);
/* Make sure that the directory entry of @addr has a table. 0 or -ENOMEM. */
int __pte_alloc(struct mm_struct *mm, pgd_t *pgd);
void free_pgtables(struct mm_struct *mm, unsigned long start, unsigned long end,
		   unsigned long floor, unsigned long ceiling);

static inline int pte_alloc(struct mm_struct *mm, pgd_t *pgd)
{
	return likely(!pgd_none(*pgd)) ? 0 : __pte_alloc(mm, pgd);
}

/* The entry of @addr, or NULL when there is no table. */
static inline pte_t *pte_lookup(struct mm_struct *mm, unsigned long addr)
{
	pgd_t *pgd = pgd_offset(mm, addr);

	return pgd_none(*pgd) ? NULL : pte_offset_kernel(pgd, addr);
}

/* End of the page table that maps @addr, or @end if that comes first. */
static inline unsigned long pgd_addr_end(unsigned long addr, unsigned long end)
{
	unsigned long boundary = (addr + PGDIR_SIZE) & PGDIR_MASK;

	return boundary - 1 < end - 1 ? boundary : end;
}

/* ioremap.c: @prot with the caching that [@pfn, … @size bytes) has in the kernel's mappings. */
pgprot_t phys_caching(unsigned long pfn, unsigned long size, pgprot_t prot);

/* zap.c: take [start, end) of a vma out of the page table; even_cows: private copies too. */
void unmap_page_range(struct vm_area_struct *vma, unsigned long start, unsigned long end,
		      bool even_cows);
/* The struct page of an entry, or NULL: zero page, device memory. */
struct page *vm_normal_page(struct vm_area_struct *vma, unsigned long addr, pte_t pte);

/* vma.c, mm_struct.c: their slab caches */
void vma_init(void);

/* vma.c: [m] held for writing */
bool vma_find_place(struct mm_struct *mm, unsigned long start, unsigned long end,
		    struct vma_place *place);
void vma_link(struct mm_struct *mm, struct vm_area_struct *vma, const struct vma_place *place);
void vma_unlink(struct mm_struct *mm, struct vm_area_struct *vma);
/* Change the bounds; the caller knows that the neighbours leave room. */
void vma_set_bounds(struct vm_area_struct *vma, unsigned long start, unsigned long end);
/* Close, drop the file, free: the vma is on no list any more. */
void remove_vma(struct vm_area_struct *vma);		/* with nobody in its address space */
void remove_vma_locked(struct vm_area_struct *vma);
void unlink_file_vma(struct vm_area_struct *vma);
/* The neighbour of @want that grew to hold it, or NULL: make a vma of your own. */
struct vm_area_struct *vma_merge(struct mm_struct *mm, struct vm_area_struct *prev,
				 const struct vma_desc *want);
/* After its flags changed: join with equal neighbours. Returns what it is part of now. */
struct vm_area_struct *vma_merge_around(struct mm_struct *mm, struct vm_area_struct *vma);
/* Cut @vma down to [start, end), splitting off what lies outside. 0 or negative errno. */
int vma_isolate(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long start,
		unsigned long end);

/* munmap.c, mmap.c */
void vm_stat_account(struct mm_struct *mm, unsigned long flags, long pages);
bool enough_memory(unsigned long pages);
/* Whether current may have @pages more locked; 0, -EPERM or -EAGAIN. */
int mlock_allowed(struct mm_struct *mm, unsigned long pages);
/* Lowest address a vma above may come down to. */
unsigned long vm_start_gap(const struct vm_area_struct *vma);

/* The accounting of one more or fewer resident page of @page's kind. */
static inline atomic_t *mm_rss_counter(struct mm_struct *mm, struct page *page)
{
	return PageAnon(page) ? &mm->rss_anon : &mm->rss_file;
}

#endif
