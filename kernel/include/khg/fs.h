/*
 * <khg/fs.h> - files and devices as in 1996.
 *
 * Every method gets the inode and the file. What a method is missing for:
 *
 *	lseek		moves f_pos; from the end: i_size counts, -EINVAL if f_inode is NULL
 *	read, write	-EINVAL; a block device's data goes through the cache and the strategy
 *			routine (<khg/blk.h>) instead
 *	readdir		-ENOTDIR, always: for file systems
 *	select		always readable and writable
 *	ioctl		-EINVAL; FIOCLEX, FIONCLEX, FIONBIO and FIOASYNC never reach the driver
 *	mmap		-ENODEV
 *	open		succeeds		release		nothing is called
 *
 * The inode is today's: i_rdev, i_mode, i_size. The file is one of the adaptor's own:
 * f_op is the driver's table, and may be changed in open() to another one. release()
 * is called when the last descriptor of an opening is closed.
 */
#ifndef _KHG_FS_H
#define _KHG_FS_H

#include <khg/base.h>
#include <khg/segment.h>
#include <khg/wait.h>

#define file_operations	khg_file_operations
#define file		khg_file

struct dirent;
struct file;
struct select_table_struct;
typedef struct select_table_struct select_table;

struct file_operations {
	int (*lseek)(struct inode *, struct file *, off_t, int);
	int (*read)(struct inode *, struct file *, char *, int);
	int (*write)(struct inode *, struct file *, char *, int);
	int (*readdir)(struct inode *, struct file *, struct dirent *, int);
	int (*select)(struct inode *, struct file *, int, select_table *);
	int (*ioctl)(struct inode *, struct file *, unsigned int, unsigned int);
	int (*mmap)(struct inode *, struct file *, unsigned long, size_t, int, unsigned long);
	int (*open)(struct inode *, struct file *);
	void (*release)(struct inode *, struct file *);
};

/* One opening. f_pos, f_flags, f_mode: fresh before each call; the driver changes f_pos alone. */
struct file {
	fmode_t f_mode;
	off_t f_pos;
	unsigned int f_flags;
	struct inode *f_inode;
	const struct file_operations *f_op;
	void *private_data;
};

/* What a select method is asked. */
#define SEL_IN	1
#define SEL_OUT	2
#define SEL_EX	4

/*
 * select_wait - not ready: have the caller woken by wake_up_interruptible(q); return 0 then
 *
 * It does not sleep; select() does, once no file of its is ready. A @table of NULL
 * only wants to know what is ready now.
 */
void select_wait(struct wait_queue **q, select_table *table);

/* 0 (the major, for major 0), -EBUSY, -EINVAL. Nodes are made with mknod. Context: process. */
int khg_register_chrdev(unsigned int major, const char *name, const struct file_operations *fops,
			struct module *owner);
int khg_unregister_chrdev(unsigned int major, const char *name);
#define register_chrdev(major, name, fops) khg_register_chrdev(major, name, fops, THIS_MODULE)
#define unregister_chrdev khg_unregister_chrdev

int khg_register_blkdev(unsigned int major, const char *name, const struct file_operations *fops,
			struct module *owner);
int khg_unregister_blkdev(unsigned int major, const char *name);
#undef register_blkdev
#define register_blkdev(major, name, fops) khg_register_blkdev(major, name, fops, THIS_MODULE)
#define unregister_blkdev khg_unregister_blkdev

/*
 * The buffer cache, by device number. The device must be open. A block that is there is not
 * read again; NULL: an error. breada() also has those behind it read meanwhile, up to @filesize,
 * of which this block is at @pos. bwrite() leaves it to the cache when it is written.
 * Context: process; they sleep.
 */
struct buffer_head *bread(dev_t dev, int block, int size);
struct buffer_head *breada(dev_t dev, int block, int size, unsigned int pos, unsigned int filesize);
void bwrite(struct buffer_head *bh);

#endif
