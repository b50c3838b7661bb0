/*
 * <linux/seq_file.h> - files whose text is made up while it is read.
 *
 * The maker gives an iterator (start, next, stop) and a show method that prints
 * one record; reading in small pieces, seeking and buffers are done here.
 * single_open() is the form for one record.
 */
#ifndef _LINUX_SEQ_FILE_H
#define _LINUX_SEQ_FILE_H

#include <linux/types.h>
#include <linux/mutex.h>
#include <linux/fs.h>
#include <linux/string.h>
#include <linux/stdarg.h>

struct seq_operations;

/* [l] lock   [o] only by who holds l, through the iterator's methods */
struct seq_file {
	char *buf;			/* [l] */
	size_t size;			/* [l] of buf */
	size_t from;			/* [l] first byte not yet read */
	size_t count;			/* [o] bytes in buf; size: did not fit */
	loff_t index;			/* [l] record that comes next */
	loff_t read_pos;		/* [l] file position of buf[from] */
	struct mutex lock;
	const struct seq_operations *op; /* constant */
	struct file *file;		/* constant */
	void *private;			/* the maker's */
};

struct seq_operations {
	void *(*start)(struct seq_file *m, loff_t *pos);
	void (*stop)(struct seq_file *m, void *v);
	void *(*next)(struct seq_file *m, void *v, loff_t *pos);
	int (*show)(struct seq_file *m, void *v);
};

#define SEQ_SKIP	1
#define SEQ_START_TOKEN	((void *)1)

extern int seq_open(struct file *file, const struct seq_operations *op);
extern ssize_t seq_read(struct file *file, char __user *buf, size_t size, loff_t *pos);
extern loff_t seq_lseek(struct file *file, loff_t offset, int whence);
extern int seq_release(struct inode *inode, struct file *file);
extern int single_open(struct file *file, int (*show)(struct seq_file *, void *), void *data);
extern int single_release(struct inode *inode, struct file *file);

extern void seq_printf(struct seq_file *m, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
extern void seq_putc(struct seq_file *m, char c);
extern void seq_puts(struct seq_file *m, const char *s);
extern int seq_write(struct seq_file *m, const void *data, size_t len);
extern void seq_escape(struct seq_file *m, const char *s, const char *esc);
extern int seq_path(struct seq_file *m, const struct path *path, const char *esc);

static inline bool seq_has_overflowed(struct seq_file *m)
{
	return m->count == m->size;
}

#define DEFINE_SHOW_ATTRIBUTE(name)						\
static int name##_open(struct inode *inode, struct file *file)			\
{										\
	return single_open(file, name##_show, inode->i_private);		\
}										\
										\
static const struct file_operations name##_fops = {				\
	.owner = THIS_MODULE,							\
	.open = name##_open,							\
	.read = seq_read,							\
	.llseek = seq_lseek,							\
	.release = single_release,						\
}

#endif
