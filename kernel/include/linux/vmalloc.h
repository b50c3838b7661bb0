/*
 * <linux/vmalloc.h> - pages side by side in kernel addresses that are not in
 * physical memory: E8800000 - EFFFF000.  An unmapped guard page lies behind
 * (and so before) every area.
 *
 * Context: process; may sleep.  vfree() from an interrupt is not allowed here.
 */
#ifndef _LINUX_VMALLOC_H
#define _LINUX_VMALLOC_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/gfp.h>
#include <asm/pgtable.h>

#define VM_IOREMAP	0x01	/* device memory */
#define VM_ALLOC	0x02	/* vmalloc(): pages are the area's */
#define VM_MAP		0x04	/* vmap(): pages are the caller's */
#define VM_USERMAP	0x08	/* may be mapped to user space */
#define VM_STACK_AREA	0x10	/* a kernel stack */

struct page;
struct vm_area_struct;

/* [v] vmap_lock   else constant while the area exists */
struct vm_struct {
	struct list_head list;			/* [v] by address */
	void *addr;
	unsigned long size;			/* bytes, with the guard page */
	unsigned long flags;
	struct page **pages;			/* of VM_ALLOC areas */
	unsigned int nr_pages;
	phys_addr_t phys_addr;			/* of VM_IOREMAP areas */
	const void *caller;			/* who asked, for /proc/vmallocinfo */
};

extern void *vmalloc(unsigned long size);
extern void *vzalloc(unsigned long size);
extern void *vmalloc_user(unsigned long size);
extern void *__vmalloc(unsigned long size, gfp_t gfp);
extern void vfree(const void *addr);
extern void *vmap(struct page **pages, unsigned int count, unsigned long flags, pgprot_t prot);
extern void vunmap(const void *addr);
extern struct page *vmalloc_to_page(const void *addr);
extern unsigned long vmalloc_to_pfn(const void *addr);
extern int remap_vmalloc_range(struct vm_area_struct *vma, void *addr, unsigned long pgoff);

#define vmalloc_node(size, node)	vmalloc(size)
#define vmalloc_32(size)		vmalloc(size)
#define vmalloc_exec(size)		vmalloc(size)

/* Addresses only: get one with a guard page, or NULL; take it away again. */
extern struct vm_struct *get_vm_area(unsigned long size, unsigned long flags);
extern struct vm_struct *find_vm_area(const void *addr);
extern struct vm_struct *remove_vm_area(const void *addr);
extern void free_vm_area(struct vm_struct *area);
extern int vmap_page_range(unsigned long addr, unsigned long end, phys_addr_t phys,
			   pgprot_t prot);

/* Call @show for each area in ascending order (for /proc/vmallocinfo), vmap_lock held. */
extern void vmalloc_for_each(void (*show)(const struct vm_struct *area, void *arg), void *arg);
extern unsigned long vmalloc_nr_pages(void);

/*
 * A kernel stack of THREAD_SIZE bytes, aligned to its size, a guard page below;
 * NULL when there is no memory.  A few freed ones are kept warm.
 */
extern void *alloc_thread_stack(void);
/* Context: process or scheduler (never the stack one runs on); does not sleep. */
extern void free_thread_stack(void *stack);
/* Whether @addr lies in the guard page below a kernel stack, for fault reports. */
#if DEBUG_BUILD
/* How many of its bytes were never used. */
extern unsigned long thread_stack_unused(const void *stack);
#endif
extern bool is_stack_guard(unsigned long addr);

extern void vmalloc_init(void);

#endif
