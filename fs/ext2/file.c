/*
 * file.c - regular files: everything goes through the page cache, which asks
 * ext2_get_block() where the blocks lie.
 */
#include "ext2.h"

static int ext2_readpage(struct file *file, struct page *page)
{
	return mpage_readpage(page, ext2_get_block);
}

static int ext2_readpages(struct file *file, struct address_space *mapping, struct list_head *pages,
			  unsigned nr_pages)
{
	return mpage_readpages(mapping, pages, nr_pages, ext2_get_block);
}

static int ext2_writepage(struct page *page, struct writeback_control *wbc)
{
	return mpage_writepage(page, ext2_get_block, wbc);
}

static int ext2_writepages(struct address_space *mapping, struct writeback_control *wbc)
{
	return mpage_writepages(mapping, wbc, ext2_get_block);
}

/* A write that failed or fell short may have taken blocks behind the end of the file. */
static void write_failed(struct address_space *mapping, loff_t to)
{
	struct inode *inode = mapping->host;

	if (to > inode->i_size) {
		truncate_pagecache(inode, inode->i_size);
		ext2_truncate_blocks(inode, inode->i_size);
	}
}

static int ext2_write_begin(struct file *file, struct address_space *mapping, loff_t pos,
			    unsigned len, unsigned flags, struct page **pagep, void **fsdata)
{
	int err = block_write_begin(mapping, pos, len, flags, pagep, ext2_get_block);

	if (err)
		write_failed(mapping, pos + len);
	return err;
}

static int ext2_write_end(struct file *file, struct address_space *mapping, loff_t pos, unsigned len,
			  unsigned copied, struct page *page, void *fsdata)
{
	int n = generic_write_end(file, mapping, pos, len, copied, page, fsdata);

	if (n < len)
		write_failed(mapping, pos + len);
	return n;
}

static sector_t ext2_bmap(struct address_space *mapping, sector_t block)
{
	return generic_block_bmap(mapping, block, ext2_get_block);
}

const struct address_space_operations ext2_aops = {
	.readpage	= ext2_readpage,
	.readpages	= ext2_readpages,
	.writepage	= ext2_writepage,
	.writepages	= ext2_writepages,
	.write_begin	= ext2_write_begin,
	.write_end	= ext2_write_end,
	.set_page_dirty	= __set_page_dirty_nobuffers,
	.bmap		= ext2_bmap,
};

/* The first store to a page of a shared mapping: it needs its blocks now, or SIGBUS. */
static vm_fault_t ext2_page_mkwrite(struct vm_fault *vmf)
{
	file_update_time(vmf->vma->vm_file);
	return block_page_mkwrite(vmf->vma, vmf, ext2_get_block);
}

static const struct vm_operations_struct ext2_file_vm_ops = {
	.fault		= filemap_fault,
	.map_pages	= filemap_map_pages,
	.page_mkwrite	= ext2_page_mkwrite,
};

static int ext2_file_mmap(struct file *file, struct vm_area_struct *vma)
{
	file_accessed(file);
	vma->vm_ops = &ext2_file_vm_ops;
	return 0;
}

const struct file_operations ext2_file_operations = {
	.llseek		= generic_file_llseek,
	.read_iter	= generic_file_read_iter,
	.write_iter	= generic_file_write_iter,
	.mmap		= ext2_file_mmap,
	.open		= generic_file_open,
	.fsync		= generic_file_fsync,
};
