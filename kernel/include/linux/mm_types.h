/*
 * <linux/mm_types.h> - the three things memory is told by:
 *
 *   struct page            one frame of physical memory
 *   struct vm_area_struct  one stretch of a process's addresses with one use
 *   struct mm_struct       the address space of a process: its vmas and page tables
 */
#ifndef _LINUX_MM_TYPES_H
#define _LINUX_MM_TYPES_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/rbtree.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>
#include <linux/stackdepot.h>
#include <linux/atomic.h>
#include <uapi/linux/auxvec.h>
#include <asm/page.h>

struct address_space;
struct file;
struct kmem_cache;
struct vm_operations_struct;

typedef unsigned int vm_fault_t;

/*
 * One a frame, in mem_map[]: 32 bytes.  Who owns the frame decides which part
 * of the union is in use.
 *
 * [a] atomic bit operations          [r] atomic
 * [i] mapping->tree_lock       [L] the page lock (PG_locked), may sleep
 * [z] zone lock                      [s] the slab cache's lock
 */
struct page {
	unsigned long flags;			/* [a] PG_* */
	atomic_t _refcount;			/* [r] 0: free */
	atomic_t _mapcount;			/* [r] page-table entries that map it, less one */
	union {
		struct {			/* page cache and anonymous memory */
			struct address_space *mapping;	/* [L] set, [i] changed */
			pgoff_t index;			/* [L] in pages, within mapping */
			unsigned long private;		/* [L] its buffer heads */
			struct list_head lru;		/* the page cache's LRU list */
		};
		struct {			/* slab: the objects of one cache */
			struct kmem_cache *slab_cache;	/* constant while a slab */
			void *freelist;			/* [s] */
			unsigned short inuse, objects;	/* [s] */
			struct list_head slab_list;	/* [s] */
		};
		struct {			/* free, in the buddy allocator */
			unsigned long buddy_unused;
			unsigned long order;		/* [z] log2 of the pages */
			unsigned long buddy_unused2;
			struct list_head buddy_list;	/* [z] */
		};
		struct {			/* tail of a compound page */
			struct page *compound_head;	/* constant while allocated */
			unsigned long compound_order;	/* head only: see page[1] */
		};
	};
#if DEBUG_BUILD
	depot_stack_handle_t alloc_stack, free_stack;	/* set by alloc and free, for KASAN */
#endif
};

/*
 * [m] vm_mm->mmap_lock, for writing (read to look)
 * [f] vm_file->f_mapping->i_mmap_lock
 */
struct vm_area_struct {
	unsigned long vm_start;			/* [m] first byte */
	unsigned long vm_end;			/* [m] one past the last */
	struct vm_area_struct *vm_next, *vm_prev; /* [m] by address */
	struct rb_node vm_rb;			/* [m] */
	struct mm_struct *vm_mm;		/* constant */
	pgprot_t vm_page_prot;			/* [m] */
	unsigned long vm_flags;			/* [m] VM_* of <linux/mm.h> */
	struct list_head shared;		/* [f] on address_space.i_mmap, when vm_file */
	const struct vm_operations_struct *vm_ops; /* constant after mmap */
	unsigned long vm_pgoff;			/* [m] of vm_start in the file, in pages */
	struct file *vm_file;			/* constant after mmap; a reference */
	void *vm_private_data;			/* the driver's */
	bool has_anon;				/* a private page was ever put here: fork must copy; only ever set */
};

/*
 * [m] mmap_lock   [p] page_table_lock   [r] atomic   [w] set by exec, then constant
 */
struct mm_struct {
	struct vm_area_struct *mmap;		/* [m] list by address */
	struct rb_root mm_rb;			/* [m] the same as a tree */
	struct vm_area_struct *mmap_cache;	/* hint: last found; set under either side of m */
	unsigned long mmap_base;		/* [w] mmap grows down from here */
	pgd_t *pgd;				/* constant; user entries [p] */
	atomic_t mm_users;			/* [r] tasks that run in it */
	atomic_t mm_count;			/* [r] references to the struct; all users are one */
	int map_count;				/* [m] vmas */
	struct vm_area_struct *gone;		/* [m] unmapped, but their files are held still */
	spinlock_t page_table_lock;		/* this is p */
	struct rw_semaphore mmap_lock;		/* this is m */

	unsigned long total_vm, locked_vm, data_vm, stack_vm, exec_vm; /* [m] in pages */
	atomic_t rss_file, rss_anon;		/* [r] resident pages */
	unsigned long hiwater_rss;		/* [p] */
	unsigned long def_flags;		/* [m] VM_LOCKED of mlockall */

	unsigned long start_code, end_code, start_data, end_data; /* [w] */
	unsigned long start_brk, brk, start_stack; /* [m] */
	unsigned long arg_start, arg_end, env_start, env_end; /* [w] */
	unsigned long saved_auxv[2 * 24];	/* [w] for /proc/PID/auxv and core dumps */
	struct file *exe_file;			/* [m] */
	unsigned long flags;			/* [a] MMF_* */
	bool dumpable;				/* [w] */
};

extern struct mm_struct init_mm;

#endif
