/*
 * shmem.c - memory that processes share without a file: MAP_SHARED | MAP_ANONYMOUS,
 * and /dev/zero mapped shared.
 *
 * The object behind such a mapping is a table of pages, filled as they are
 * touched, with one reference a vma. fork() and splits take another through
 * open(), so all of them see the same pages; the last close() frees them.
 *
 * Context: process; may sleep. Locks: object->lock guards the table.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/vmstat.h>
#include "internal.h"

/* [l] lock   [r] atomic */
struct shmem_object {
	refcount_t users;		/* [r] vmas */
	spinlock_t lock;		/* this is l */
	unsigned long nr_pages;		/* constant */
	struct page **pages;		/* [l] the entries; NULL: not touched yet */
};

static void shmem_open(struct vm_area_struct *vma)
{
	struct shmem_object *object = vma->vm_private_data;

	refcount_inc(&object->users);
}

static void shmem_close(struct vm_area_struct *vma)
{
	struct shmem_object *object = vma->vm_private_data;
	unsigned long i;

	if (!refcount_dec_and_test(&object->users))
		return;
	for (i = 0; i < object->nr_pages; i++) {
		if (!object->pages[i])
			continue;
		put_page(object->pages[i]);
		dec_node_page_state(NR_SHMEM);
	}
	kvfree(object->pages);
	kfree(object);
}

/* The page of the object, a new one at the first touch; vmf->page gets a reference. */
static vm_fault_t shmem_fault(struct vm_fault *vmf)
{
	struct shmem_object *object = vmf->vma->vm_private_data;
	struct page *fresh = NULL;

	if (vmf->pgoff >= object->nr_pages)
		return VM_FAULT_SIGBUS;
	if (!READ_ONCE(object->pages[vmf->pgoff])) {
		fresh = alloc_page(GFP_HIGHUSER_MOVABLE | __GFP_ZERO);
		if (!fresh)
			return VM_FAULT_OOM;
		__SetPageSwapBacked(fresh);
		__SetPageUptodate(fresh);
	}
	spin_lock(&object->lock);
	if (!object->pages[vmf->pgoff]) {
		object->pages[vmf->pgoff] = fresh;
		inc_node_page_state(NR_SHMEM);
		fresh = NULL;
	}
	vmf->page = object->pages[vmf->pgoff];
	get_page(vmf->page);
	spin_unlock(&object->lock);
	if (fresh)			/* another process was faster */
		put_page(fresh);
	return 0;
}

static const char *shmem_name(struct vm_area_struct *vma)
{
	return "/dev/zero (deleted)";
}

static const struct vm_operations_struct shmem_vm_ops = {
	.open = shmem_open,
	.close = shmem_close,
	.fault = shmem_fault,
	.name = shmem_name,
};

bool vma_is_shmem(struct vm_area_struct *vma)
{
	return vma->vm_ops == &shmem_vm_ops;
}

/* Give @vma an object of its size. 0 or -ENOMEM. */
int shmem_zero_setup(struct vm_area_struct *vma)
{
	struct shmem_object *object;
	unsigned long pages = vma_pages(vma);

	if (!enough_memory(pages))
		return -ENOMEM;
	object = kmalloc(sizeof(*object), GFP_KERNEL);
	if (!object)
		return -ENOMEM;
	object->pages = kvcalloc(pages, sizeof(struct page *), GFP_KERNEL);
	if (!object->pages) {
		kfree(object);
		return -ENOMEM;
	}
	refcount_set(&object->users, 1);
	spin_lock_init(&object->lock);
	object->nr_pages = pages;
	vma->vm_pgoff = 0;
	vma->vm_private_data = object;
	vma->vm_ops = &shmem_vm_ops;
	return 0;
}
