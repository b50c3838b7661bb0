/*
 * lseek(), and the llseek methods to choose from.
 *
 * A file whose driver has no llseek method moves its position by SEEK_SET and
 * SEEK_CUR; SEEK_END is EINVAL, because nobody knows where the end is.
 */
#include "internal.h"

/* Stores a position that was worked out; EINVAL outside [0, max]. */
static loff_t vfs_setpos(struct file *file, loff_t offset, loff_t max)
{
	if (offset < 0 || offset > max)
		return -EINVAL;
	if (offset != file->f_pos) {
		file->f_pos = offset;
		file->f_version = 0;
	}
	return offset;
}

/* For files without holes to tell apart: size is the end, max the furthest position. */
static loff_t generic_file_llseek_size(struct file *file, loff_t offset, int whence, loff_t max,
				loff_t size)
{
	switch (whence) {
	case SEEK_SET:
		break;
	case SEEK_CUR:
		if (!offset)
			return file->f_pos;
		offset += file->f_pos;
		break;
	case SEEK_END:
		offset += size;
		break;
	case SEEK_DATA:		/* all of it is data, and there is a hole at its end */
	case SEEK_HOLE:
		if (offset < 0 || offset >= size)
			return -ENXIO;
		if (whence == SEEK_HOLE)
			offset = size;
		break;
	default:
		return -EINVAL;
	}
	return vfs_setpos(file, offset, max);
}

loff_t generic_file_llseek(struct file *file, loff_t offset, int whence)
{
	struct inode *inode = file->f_mapping->host;
	loff_t size = whence >= SEEK_END ? i_size_read(inode) : 0;	/* dear, and else unused */

	return generic_file_llseek_size(file, offset, whence, inode->i_sb->s_maxbytes, size);
}
EXPORT_SYMBOL(generic_file_llseek);

/* For devices of a known size. */
loff_t fixed_size_llseek(struct file *file, loff_t offset, int whence, loff_t size)
{
	if (whence != SEEK_SET && whence != SEEK_CUR && whence != SEEK_END)
		return -EINVAL;
	return generic_file_llseek_size(file, offset, whence, size, size);
}
EXPORT_SYMBOL(fixed_size_llseek);

/* The inode's size is the end; positions may lie anywhere. */
loff_t default_llseek(struct file *file, loff_t offset, int whence)
{
	struct inode *inode = file_inode(file);

	return generic_file_llseek_size(file, offset, whence, LLONG_MAX, i_size_read(inode));
}
EXPORT_SYMBOL(default_llseek);

loff_t no_llseek(struct file *file, loff_t offset, int whence)
{
	return -ESPIPE;
}
EXPORT_SYMBOL(no_llseek);

/* Succeeds and does nothing. */
loff_t noop_llseek(struct file *file, loff_t offset, int whence)
{
	return file->f_pos;
}
EXPORT_SYMBOL(noop_llseek);

loff_t vfs_llseek(struct file *file, loff_t offset, int whence)
{
	if (!(file->f_mode & FMODE_LSEEK))
		return -ESPIPE;
	if (file->f_op->llseek)
		return file->f_op->llseek(file, offset, whence);
	return vfs_setpos(file, seek_target(file, offset, whence), LLONG_MAX);
}
EXPORT_SYMBOL(vfs_llseek);

/* EOVERFLOW: the position was set, but the result has only 32 bits. */
long sys_lseek(unsigned int fd, __kernel_off_t offset, unsigned int whence)
{
	struct fd f = fdget_pos(fd);
	loff_t pos;

	if (!f.file)
		return -EBADF;
	pos = -EINVAL;
	if (whence <= SEEK_MAX)
		pos = vfs_llseek(f.file, offset, whence);
	fdput_pos(f);
	return pos == (long)pos ? (long)pos : -EOVERFLOW;
}

long sys_llseek(unsigned int fd, unsigned long offset_high, unsigned long offset_low,
		loff_t __user *result, unsigned int whence)
{
	struct fd f = fdget_pos(fd);
	loff_t pos = -EINVAL;

	if (!f.file)
		return -EBADF;
	if (whence <= SEEK_MAX)
		pos = vfs_llseek(f.file, (loff_t)((u64)offset_high << 32 | offset_low), whence);
	fdput_pos(f);
	if (pos < 0)
		return pos;
	return copy_to_user(result, &pos, sizeof(pos)) ? -EFAULT : 0;
}
