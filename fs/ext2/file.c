/*
 * file.c - regular files: everything goes through the page cache, which asks
 * ext2_get_block() where the blocks lie.
 */
#include "ext2.h"

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
	int err = block_write_begin(mapping, pos, len, flags, pagep);

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

static const struct file_operations ext2_direct_operations = {
	.llseek		= generic_file_llseek,
	.read_iter	= generic_direct_read,
	.write_iter	= generic_direct_write,
	.splice_read	= generic_file_splice_read,
	.splice_write	= iter_file_splice_write,
	.mmap		= generic_file_mmap,
	.open		= generic_file_open,
	.fsync		= generic_file_fsync,
};

const struct address_space_operations ext2_aops = {
	.direct_fops	= &ext2_direct_operations,
	.get_block	= ext2_get_block,
	.make_room	= block_make_room,
	.readpage	= mpage_readpage,
	.readpages	= mpage_readpages,
	.writepages	= mpage_writepages,
	.write_begin	= ext2_write_begin,
	.write_end	= ext2_write_end,
	.set_page_dirty	= __set_page_dirty_nobuffers,
};

const struct file_operations ext2_file_operations = {
	.llseek		= generic_file_llseek,
	.read_iter	= generic_file_read_iter,
	.write_iter	= generic_file_write_iter,
	.splice_read	= generic_file_splice_read,
	.splice_write	= iter_file_splice_write,
	.mmap		= generic_file_mmap,
	.open		= generic_file_open,
	.fsync		= generic_file_fsync,
};
