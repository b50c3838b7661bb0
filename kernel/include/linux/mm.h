/*
 * <linux/mm.h> - address spaces and the pages behind them, as drivers and file
 * systems use them.
 *
 * Differences from Linux: no highmem, no swap, no huge pages, no NUMA; there is
 * no anon_vma, so anonymous pages have no reverse map (nothing ever needs one).
 */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/types.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/mm_types.h>
#include <linux/page-flags.h>
#include <linux/bug.h>
#include <linux/sched.h>
#include <linux/shrinker.h>
#include <asm/pgtable.h>
#include <linux/lockdep.h>
#include <linux/rwsem.h>

struct address_space;
struct file;
struct inode;
struct pt_regs;
struct task_struct;
struct writeback_control;

/* ------------------------------------------------------------------ frames */

extern struct page *mem_map;		/* one a frame, from frame 0 */
extern unsigned long max_low_pfn;	/* frames in the direct map */
extern unsigned long max_mapnr;		/* the same, once mem_map exists; 0 before */
extern void *high_memory;		/* first address behind the direct-mapped RAM */

#define page_to_pfn(page)	((unsigned long)((page) - mem_map))
#define pfn_to_page(pfn)	(mem_map + (pfn))
#define pfn_valid(pfn)		((unsigned long)(pfn) < max_mapnr)
#define page_to_phys(page)	((phys_addr_t)page_to_pfn(page) << PAGE_SHIFT)
#define phys_to_page(phys)	pfn_to_page((phys) >> PAGE_SHIFT)
#define offset_in_thp(page, p)	offset_in_page(p)

static __always_inline void *page_address(const struct page *page)
{
	return page_to_virt(page);
}

#define lowmem_page_address(page) page_address(page)
#define virt_to_head_page(addr)	compound_head(virt_to_page(addr))
#define nth_page(page, n)	((page) + (n))

static inline unsigned int compound_order(struct page *page)
{
	return PageHead(page) ? page[1].compound_order : 0;
}

#define page_size(page)		(PAGE_SIZE << compound_order(page))

/* All zeroes, read-only, shared by every untouched anonymous page that was only read. */
extern struct page *empty_zero_page;
#define ZERO_PAGE(vaddr)	empty_zero_page

static inline int page_count(struct page *page)
{
	return atomic_read(&compound_head(page)->_refcount);
}

#define page_ref_count(page)	page_count(page)

static inline void init_page_count(struct page *page)
{
	atomic_set(&page->_refcount, 1);
}

static inline void get_page(struct page *page)
{
	atomic_inc(&compound_head(page)->_refcount);
}

/* False when the page is being freed: take it only while something else pins the address. */
static inline bool get_page_unless_zero(struct page *page)
{
	return atomic_inc_not_zero(&page->_refcount);
}

static inline bool put_page_testzero(struct page *page)
{
	return atomic_dec_and_test(&page->_refcount);
}

/* The last reference is gone: a compound page goes back as a whole. */
extern void __put_page(struct page *page);

static inline void put_page(struct page *page)
{
	page = compound_head(page);
	if (put_page_testzero(page))
		__put_page(page);
}

static inline int page_mapcount(struct page *page)
{
	return atomic_read(&page->_mapcount) + 1;
}

static inline bool page_mapped(struct page *page)
{
	return page_mapcount(page) > 0;
}

static inline struct address_space *page_mapping(struct page *page)
{
	return PageSlab(page) || PageAnon(page) ? NULL : page->mapping;
}

static inline unsigned long page_private(const struct page *page)
{
	return page->private;
}

static inline void set_page_private(struct page *page, unsigned long private)
{
	page->private = private;
}

/* By the owner of the page cache. Context: process; the page is locked or pinned. */
extern int set_page_dirty(struct page *page);
extern int set_page_dirty_lock(struct page *page);
extern int clear_page_dirty_for_io(struct page *page);
extern int __set_page_dirty_nobuffers(struct page *page);
extern void mark_page_accessed(struct page *page);

/*
 * page_mkclean - write-protect a shared file page wherever it is mapped, so that the
 * next store faults and dirties it again. Returns how many mappings had been written.
 * Context: process; page locked.
 */
extern int page_mkclean(struct page *page);
/* Whether anyone used the page through a mapping since last asked. Context: as above. */
extern int page_referenced(struct page *page);
/* Take the page out of every page table that maps it. Context: as above. */
extern void try_to_unmap(struct page *page);

/* ------------------------------------------------------------------ vmas */

#define VM_NONE		0x00000000
#define VM_READ		0x00000001
#define VM_WRITE	0x00000002
#define VM_EXEC		0x00000004
#define VM_SHARED	0x00000008
#define VM_MAYREAD	0x00000010	/* mprotect() may set VM_READ */
#define VM_MAYWRITE	0x00000020
#define VM_MAYEXEC	0x00000040
#define VM_MAYSHARE	0x00000080	/* MAP_SHARED was asked, even of a read-only file */
#define VM_GROWSDOWN	0x00000100	/* a stack */
#define VM_PFNMAP	0x00000400	/* frames without reference counts: remap_pfn_range() */
#define VM_DENYWRITE	0x00000800
#define VM_LOCKED	0x00002000
#define VM_IO		0x00004000	/* device memory */
#define VM_SEQ_READ	0x00008000
#define VM_RAND_READ	0x00010000
#define VM_DONTCOPY	0x00020000	/* not into fork's child */
#define VM_DONTEXPAND	0x00040000	/* mremap() may not enlarge it */
#define VM_LOCKONFAULT	0x00080000
#define VM_ACCOUNT	0x00100000
#define VM_NORESERVE	0x00200000
#define VM_ARCH_1	0x01000000
#define VM_WIPEONFORK	0x02000000
#define VM_DONTDUMP	0x04000000
#define VM_MIXEDMAP	0x10000000	/* frames with and without struct page */

#define VM_SPECIAL	(VM_IO | VM_DONTEXPAND | VM_PFNMAP | VM_MIXEDMAP)
#define VM_RESERVED	(VM_DONTEXPAND | VM_DONTDUMP)
#define VM_STACK_FLAGS	(VM_GROWSDOWN | VM_DATA_DEFAULT_FLAGS | VM_ACCOUNT)
#define VM_DATA_DEFAULT_FLAGS (VM_READ | VM_WRITE | VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC)
#define VM_ACCESS_FLAGS	(VM_READ | VM_WRITE | VM_EXEC)

static inline void vm_flags_set(struct vm_area_struct *vma, unsigned long flags)
{
	vma->vm_flags |= flags;
}

static inline void vm_flags_clear(struct vm_area_struct *vma, unsigned long flags)
{
	vma->vm_flags &= ~flags;
}

static inline void vm_flags_mod(struct vm_area_struct *vma, unsigned long set,
				unsigned long clear)
{
	vma->vm_flags = (vma->vm_flags | set) & ~clear;
}

static inline unsigned long vma_pages(const struct vm_area_struct *vma)
{
	return (vma->vm_end - vma->vm_start) >> PAGE_SHIFT;
}

/* The initial heap, the initial stack: for /proc/PID/maps. */
static inline bool vma_is_heap(const struct vm_area_struct *vma)
{
	return vma->vm_start <= vma->vm_mm->brk && vma->vm_end >= vma->vm_mm->start_brk;
}

static inline bool vma_is_stack(const struct vm_area_struct *vma)
{
	return vma->vm_start <= vma->vm_mm->start_stack && vma->vm_end >= vma->vm_mm->start_stack;
}

/* Private memory without a file has no vm_ops. A driver's mmap() may choose it too (/dev/zero). */
static inline bool vma_is_anonymous(const struct vm_area_struct *vma)
{
	return !vma->vm_ops;
}

static inline void vma_set_anonymous(struct vm_area_struct *vma)
{
	vma->vm_ops = NULL;
}

/* What fault() returns: 0 with vmf->page set (and referenced), or a set of these. */
#define VM_FAULT_OOM		0x0001
#define VM_FAULT_SIGBUS		0x0002
#define VM_FAULT_MAJOR		0x0004	/* had to wait for the disk */
#define VM_FAULT_SIGSEGV	0x0040
#define VM_FAULT_NOPAGE		0x0100	/* the handler filled the page table itself */
#define VM_FAULT_LOCKED		0x0200	/* vmf->page comes locked */
#define VM_FAULT_RETRY		0x0400
#define VM_FAULT_DONE_COW	0x1000
#define VM_FAULT_ERROR		(VM_FAULT_OOM | VM_FAULT_SIGBUS | VM_FAULT_SIGSEGV)

#define FAULT_FLAG_WRITE	0x01
#define FAULT_FLAG_MKWRITE	0x02
#define FAULT_FLAG_ALLOW_RETRY	0x04
#define FAULT_FLAG_KILLABLE	0x10
#define FAULT_FLAG_TRIED	0x20
#define FAULT_FLAG_USER		0x40
#define FAULT_FLAG_REMOTE	0x80
#define FAULT_FLAG_INSTRUCTION	0x100

/* One fault on its way through a driver or a file system. On the faulting task's stack. */
struct vm_fault {
	struct vm_area_struct *vma;
	unsigned int flags;		/* FAULT_FLAG_* */
	gfp_t gfp_mask;
	pgoff_t pgoff;			/* page of the file */
	unsigned long address;		/* page-aligned */
	pte_t *pte;			/* entry of address; changed only under ptl */
	pte_t orig_pte;
	struct page *cow_page;		/* write to a private mapping: copy to be */
	struct page *page;		/* out: the page, referenced */
	spinlock_t *ptl;		/* the mm's page_table_lock */
};

/*
 * Called with mmap_lock held: open and close for writing or at exit, the
 * others at least for reading.  All may sleep but map_pages.
 *
 *   open         the vma was duplicated (fork, split)
 *   close        … and is going away
 *   fault        get the page for vmf->pgoff
 *   map_pages    fault-around: map what is at hand of [start, end] (file pages) with
 *                do_fault_around_pte(); never sleeps; page_table_lock held
 *   page_mkwrite a shared page is about to be written for the first time: return
 *                VM_FAULT_LOCKED with the page locked, or an error
 */
struct vm_operations_struct {
	void (*open)(struct vm_area_struct *vma);
	void (*close)(struct vm_area_struct *vma);
	int (*split)(struct vm_area_struct *vma, unsigned long addr);
	int (*may_split)(struct vm_area_struct *vma, unsigned long addr);
	int (*mremap)(struct vm_area_struct *vma);
	vm_fault_t (*fault)(struct vm_fault *vmf);
	void (*map_pages)(struct vm_fault *vmf, pgoff_t start_pgoff, pgoff_t end_pgoff);
	vm_fault_t (*page_mkwrite)(struct vm_fault *vmf);
	vm_fault_t (*pfn_mkwrite)(struct vm_fault *vmf);
	int (*access)(struct vm_area_struct *vma, unsigned long addr, void *buf, int len,
		      int write);
	const char *(*name)(struct vm_area_struct *vma);
};

/*
 * For map_pages: map @page, an uptodate page of vmf->vma's file at page @pgoff, read-only
 * next to the fault unless something is mapped there. Takes a reference of its own.
 * Context: vmf->ptl held.
 */
extern void do_fault_around_pte(struct vm_fault *vmf, struct page *page, pgoff_t pgoff);

extern struct vm_area_struct *vm_area_alloc(struct mm_struct *mm);
extern struct vm_area_struct *vm_area_dup(struct vm_area_struct *vma);
extern void vm_area_free(struct vm_area_struct *vma);
extern pgprot_t vm_get_page_prot(unsigned long vm_flags);
extern void vma_set_page_prot(struct vm_area_struct *vma);

/* First vma that ends above @addr, or NULL: it may start above it too. [m] held. */
extern struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr);
extern struct vm_area_struct *find_vma_prev(struct mm_struct *mm, unsigned long addr,
					    struct vm_area_struct **prev);
extern struct vm_area_struct *find_vma_intersection(struct mm_struct *mm, unsigned long start,
						    unsigned long end);
/* The vma of @addr; a stack is grown to reach it. NULL: none. [m] held for reading. */
extern struct vm_area_struct *find_extend_vma(struct mm_struct *mm, unsigned long addr);
extern int expand_stack(struct vm_area_struct *vma, unsigned long addr);
extern int insert_vm_struct(struct mm_struct *mm, struct vm_area_struct *vma);
extern int split_vma(struct mm_struct *mm, struct vm_area_struct *vma, unsigned long addr,
		     int new_below);
extern bool may_expand_vm(struct mm_struct *mm, unsigned long vm_flags, unsigned long pages);
extern unsigned long stack_guard_gap;	/* bytes kept free below a stack */

/* ------------------------------------------------------------------ mapping */

/* Map part of a file (NULL: anonymous) for current; address or negative errno. */
extern unsigned long vm_mmap(struct file *file, unsigned long addr, unsigned long len,
			     unsigned long prot, unsigned long flags, unsigned long offset);
extern unsigned long vm_mmap_pgoff(struct file *file, unsigned long addr, unsigned long len,
				   unsigned long prot, unsigned long flags, unsigned long pgoff);
extern unsigned long do_mmap(struct file *file, unsigned long addr, unsigned long len,
			     unsigned long prot, unsigned long flags, unsigned long pgoff);
extern int vm_munmap(unsigned long addr, size_t len);
extern int do_munmap(struct mm_struct *mm, unsigned long start, size_t len);
/* Anonymous zeroed memory at a fixed place: bss, heap. 0 or negative errno. */
extern int vm_brk(unsigned long addr, unsigned long len);
extern int vm_brk_flags(unsigned long addr, unsigned long len, unsigned long flags);
extern unsigned long get_unmapped_area(struct file *file, unsigned long addr, unsigned long len,
				       unsigned long pgoff, unsigned long flags);
extern int mprotect_fixup(struct vm_area_struct *vma, struct vm_area_struct **prev,
			  unsigned long start, unsigned long end, unsigned long newflags);
extern unsigned long move_page_tables(struct vm_area_struct *vma, unsigned long old_addr,
				      struct vm_area_struct *new_vma, unsigned long new_addr,
				      unsigned long len);
/* Fault a range of current in now, as MAP_POPULATE and mlock() ask; errors are passed over. */
extern void mm_populate(unsigned long addr, unsigned long len);
extern int shmem_zero_setup(struct vm_area_struct *vma);
extern bool vma_is_shmem(struct vm_area_struct *vma);

/* Map frames, kernel pages, device memory from a driver's mmap(). 0 or negative errno. */
extern int remap_pfn_range(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn,
			   unsigned long size, pgprot_t prot);
extern int io_remap_pfn_range(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn,
			      unsigned long size, pgprot_t prot);
extern int vm_iomap_memory(struct vm_area_struct *vma, phys_addr_t start, unsigned long len);
extern int vm_insert_page(struct vm_area_struct *vma, unsigned long addr, struct page *page);
extern int vm_map_pages(struct vm_area_struct *vma, struct page **pages, unsigned long num);
/* The same for whom nothing but page 0 on is mapped, whatever offset was asked for. */
extern int vm_map_pages_zero(struct vm_area_struct *vma, struct page **pages, unsigned long num);
/* From fault(), of a vma with VM_PFNMAP or VM_MIXEDMAP: what fault() then returns. */
extern vm_fault_t vmf_insert_pfn(struct vm_area_struct *vma, unsigned long addr,
				 unsigned long pfn);
extern vm_fault_t vmf_insert_pfn_prot(struct vm_area_struct *vma, unsigned long addr,
				      unsigned long pfn, pgprot_t prot);
extern vm_fault_t vmf_error(int err);

static inline vm_fault_t vmf_insert_page(struct vm_area_struct *vma, unsigned long addr,
					 struct page *page)
{
	return vmf_error(vm_insert_page(vma, addr, page));
}

/* Take [start, start + len) of a file out of every page table (truncate); len 0: to its end. */
extern void unmap_mapping_range(struct address_space *mapping, loff_t const start,
				loff_t const len, int even_cows);
extern void zap_page_range(struct vm_area_struct *vma, unsigned long start, unsigned long size);
extern int zap_vma_ptes(struct vm_area_struct *vma, unsigned long addr, unsigned long size);

/* Handle one fault in @vma; flags FAULT_FLAG_*. Context: process; mmap_lock held for reading. */
extern vm_fault_t handle_mm_fault(struct vm_area_struct *vma, unsigned long address,
				  unsigned int flags, struct pt_regs *regs);
/* No page for a fault of user mode: make somebody give memory up. Context: process. */
extern void pagefault_out_of_memory(void);

/* ------------------------------------------------------------------ user pages */

#define FOLL_WRITE	0x01
#define FOLL_GET	0x04
#define FOLL_FORCE	0x10	/* ptrace: read PROT_NONE, break copy-on-write of text */
#define FOLL_LONGTERM	0x10000
#define FOLL_PIN	0x40000

/*
 * get_user_pages - fault in and reference @nr_pages pages from @start of current
 * Returns how many (perhaps fewer), or a negative errno when not one. mmap_lock held for
 * reading; the _fast and _unlocked forms take it. unpin_user_page() or put_page() each.
 */
extern long get_user_pages(unsigned long start, unsigned long nr_pages, unsigned int gup_flags,
			   struct page **pages, struct vm_area_struct **vmas);
extern long get_user_pages_remote(struct mm_struct *mm, unsigned long start,
				  unsigned long nr_pages, unsigned int gup_flags,
				  struct page **pages, struct vm_area_struct **vmas, int *locked);
extern long get_user_pages_unlocked(unsigned long start, unsigned long nr_pages,
				    struct page **pages, unsigned int gup_flags);
extern int get_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			       struct page **pages);
extern int pin_user_pages_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
			       struct page **pages);
extern void unpin_user_page(struct page *page);
extern void unpin_user_pages(struct page **pages, unsigned long npages);
extern void unpin_user_pages_dirty_lock(struct page **pages, unsigned long npages,
					bool make_dirty);
/* Read or write the memory of another process. Returns bytes moved. */
extern int access_process_vm(struct task_struct *tsk, unsigned long addr, void *buf, int len,
			     unsigned int gup_flags);
extern int access_remote_vm(struct mm_struct *mm, unsigned long addr, void *buf, int len,
			    unsigned int gup_flags);

/* ------------------------------------------------------------------ the rest */

static inline bool is_vmalloc_addr(const void *addr)
{
	return (unsigned long)addr >= VMALLOC_START && (unsigned long)addr < VMALLOC_END;
}

/* kmalloc() when that is easy, else vmalloc(). Context: process, may sleep. */
extern void *kvmalloc(size_t size, gfp_t gfp);
extern void *kvmalloc_array(size_t n, size_t size, gfp_t gfp);
extern void kvfree(const void *addr);
#define kvzalloc(size, gfp)	kvmalloc(size, (gfp) | __GFP_ZERO)
#define kvcalloc(n, size, gfp)	kvmalloc_array(n, size, (gfp) | __GFP_ZERO)

static inline unsigned long get_mm_rss(struct mm_struct *mm)
{
	return atomic_read(&mm->rss_file) + atomic_read(&mm->rss_anon);
}

extern unsigned long totalram_pages(void);
extern unsigned long nr_free_pages(void);
/* What a program could still get: free memory and caches that can be dropped. */
extern long si_mem_available(void);
/* The state of memory in the log. Context: any. */
extern void show_mem(void);
/* Kills the process that holds most; false where there is none. Context: process. */
extern bool out_of_memory(void);

/*
 * Called by kmain() in this order: page and slab allocators and vmalloc (kmalloc() works
 * from here on), then the caches of address spaces.
 */
extern void mm_init(void);
extern void mm_struct_init(void);
/* Give [start, end) of the kernel image to the page allocator: the init sections. */
extern void free_reserved_area(void *start, void *end, const char *what);
extern void free_initmem(void);

/* mm->mmap_lock by its own names. Context: process; may sleep. */
#define mmap_init_lock(mm)		init_rwsem(&(mm)->mmap_lock)
#define mmap_write_lock(mm)		down_write(&(mm)->mmap_lock)
#define mmap_write_lock_killable(mm)	down_write_killable(&(mm)->mmap_lock)
#define mmap_read_lock(mm)		down_read(&(mm)->mmap_lock)
#define mmap_read_lock_killable(mm)	down_read_killable(&(mm)->mmap_lock)
#define mmap_read_unlock(mm)		up_read(&(mm)->mmap_lock)
#define mmap_assert_locked(mm)		lockdep_assert_held(&(mm)->mmap_lock)

/* Where files were unmapped: they are let go of after the lock.  See remove_vma_locked(). */
extern void unlock_and_free_gone(struct mm_struct *mm);

static inline void mmap_write_unlock(struct mm_struct *mm)
{
	if (unlikely(mm->gone))
		unlock_and_free_gone(mm);
	else
		up_write(&mm->mmap_lock);
}

struct sysinfo;
extern void si_meminfo(struct sysinfo *info);

#endif
