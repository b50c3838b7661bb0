/*
 * Faults on mapped files: the page of the cache is the page of the process.
 *
 *   filemap_map_pages    what is at hand around the fault, without sleeping
 *   filemap_fault        the page itself, read if need be
 *   filemap_page_mkwrite the first store to a shared page: now it is dirty
 *
 * Context: process with mmap_lock; fault and page_mkwrite sleep.
 */
#include "internal_pages.h"

#define FAULT_READ_AROUND	16		/* pages read around a cold fault */

/* The page at vmf->pgoff is not there: have its neighbourhood read, without a guess at a sequence. */
static void read_around(struct vm_fault *vmf, struct file *file)
{
	struct file_ra_state ra;

	if (!readahead_limit(file->f_mapping->host))
		return;
	file_ra_state_init(&ra, file->f_mapping);
	ra.start = vmf->pgoff > FAULT_READ_AROUND / 2 ? vmf->pgoff - FAULT_READ_AROUND / 2 : 0;
	page_cache_sync_readahead(file->f_mapping, &ra, file,
				  round_down(vmf->pgoff, FAULT_READ_AROUND), FAULT_READ_AROUND);
}

static bool behind_end(struct inode *inode, pgoff_t pgoff)
{
	return (loff_t)pgoff << PAGE_SHIFT >= i_size_read(inode);
}

/* The page comes locked, so that it is mapped before it can be truncated. */
static vm_fault_t filemap_fault(struct vm_fault *vmf)
{
	struct file *file = vmf->vma->vm_file;
	struct address_space *mapping = file->f_mapping;
	vm_fault_t ret = VM_FAULT_LOCKED;
	struct page *page;

	if (behind_end(mapping->host, vmf->pgoff))
		return VM_FAULT_SIGBUS;
	page = find_get_page(mapping, vmf->pgoff);
	if (!page) {
		ret |= VM_FAULT_MAJOR;
		read_around(vmf, file);
	} else if (PageUptodate(page)) {
		mark_page_accessed(page);
	}
	for (;;) {
		if (!page)
			page = read_mapping_page(mapping, vmf->pgoff, file);
		if (IS_ERR(page))
			return PTR_ERR(page) == -ENOMEM ? VM_FAULT_OOM : VM_FAULT_SIGBUS;
		lock_page(page);
		if (likely(page->mapping == mapping && PageUptodate(page)))
			break;
		unlock_put_page(page);
		page = NULL;
		if (behind_end(mapping->host, vmf->pgoff))
			return VM_FAULT_SIGBUS;
	}
	/* Under the page lock: truncate sets the size first, then comes for the page. */
	if (unlikely(behind_end(mapping->host, vmf->pgoff))) {
		unlock_put_page(page);
		return VM_FAULT_SIGBUS;
	}
	vmf->page = page;
	return ret;
}

/* Map those of [start, end] that are there, uptodate and not being changed. */
static void filemap_map_pages(struct vm_fault *vmf, pgoff_t start_pgoff, pgoff_t end_pgoff)
{
	struct address_space *mapping = vmf->vma->vm_file->f_mapping;
	struct page *pages[PAGEVEC_SIZE], *page;
	unsigned nr, i;

	while ((nr = find_get_pages_range(mapping, &start_pgoff, end_pgoff,
					  min_t(pgoff_t, PAGEVEC_SIZE, end_pgoff - start_pgoff + 1),
					  pages)) != 0) {
		for (i = 0; i < nr; i++) {
			page = pages[i];
			if (PageUptodate(page) && trylock_page(page)) {
				if (page->mapping == mapping &&
				    !behind_end(mapping->host, page->index))
					do_fault_around_pte(vmf, page, page->index);
				unlock_page(page);
			}
			put_page(page);
		}
	}
}

/* The first store to a page of a shared mapping needs room on the disk now, or gets SIGBUS. */
static vm_fault_t filemap_page_mkwrite(struct vm_fault *vmf)
{
	struct address_space *mapping = vmf->vma->vm_file->f_mapping;
	struct page *page = vmf->page;
	int err = 0;

	file_update_time(vmf->vma->vm_file);
	lock_page(page);
	if (page->mapping != mapping || !page_file_bytes(page, mapping->host)) {
		unlock_page(page);
		return VM_FAULT_NOPAGE;
	}
	if (mapping->a_ops->make_room)
		err = mapping->a_ops->make_room(page);
	if (err) {
		unlock_page(page);
		return err == -ENOMEM ? VM_FAULT_OOM : VM_FAULT_SIGBUS;
	}
	set_page_dirty(page);
	wait_on_page_writeback(page);
	return VM_FAULT_LOCKED;
}

static const struct vm_operations_struct generic_file_vm_ops = {
	.fault = filemap_fault,
	.map_pages = filemap_map_pages,
	.page_mkwrite = filemap_page_mkwrite,
};

int generic_file_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (!file->f_mapping->a_ops->readpage)
		return -ENOEXEC;
	file_accessed(file);
	vma->vm_ops = &generic_file_vm_ops;
	return 0;
}
