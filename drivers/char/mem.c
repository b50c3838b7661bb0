/*
 * mem.c - the devices of major 1 that have no hardware: null, zero, full,
 * random, urandom, mem, port, kmsg.
 *
 * The shortest drivers there are, and a good first thing to read: each is a
 * table of operations, and a missing method means what the VFS makes of it.
 * open() finds the table by minor number and puts it into the file in place
 * of its own.
 */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/random.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <uapi/linux/major.h>
#include "mem.h"

#define RANDOM_CHUNK	64
#define IO_PORTS	0x10000

/* ------------------------------------------------------------------ null, zero, full */

static ssize_t read_null(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	return 0;
}

static ssize_t write_null(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	return count;
}

static loff_t null_lseek(struct file *file, loff_t offset, int whence)
{
	return file->f_pos = 0;
}

/* In pieces, so that a signal ends a read of gigabytes.  What was cleared counts. */
static ssize_t read_zero(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	size_t done = 0, n, left;

	while (done < count) {
		n = min_t(size_t, count - done, PAGE_SIZE);
		left = clear_user(buf + done, n);
		done += n - left;
		if (left)
			return done ? done : -EFAULT;
		if (signal_pending(current) && done < count)
			return done;
		cond_resched();
	}
	return done;
}

static ssize_t write_full(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	return -ENOSPC;
}

/* A private mapping of zero is plain memory that starts as zeroes, a shared one is for the children, too. */
static int mmap_zero(struct file *file, struct vm_area_struct *vma)
{
	if (vma->vm_flags & VM_SHARED)
		return shmem_zero_setup(vma);
	vma->vm_ops = NULL;
	return 0;
}

static const struct file_operations null_fops = {
	.llseek	= null_lseek,
	.read	= read_null,
	.write	= write_null,
};

static const struct file_operations zero_fops = {
	.llseek	= null_lseek,
	.read	= read_zero,
	.write	= write_null,
	.mmap	= mmap_zero,
};

static const struct file_operations full_fops = {
	.llseek	= null_lseek,
	.read	= read_zero,
	.write	= write_full,
};

/* ------------------------------------------------------------------ random */

static ssize_t read_random(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	unsigned char chunk[RANDOM_CHUNK];
	size_t done = 0, n;

	while (done < count) {
		n = min_t(size_t, count - done, sizeof(chunk));
		get_random_bytes(chunk, n);
		if (copy_to_user(buf + done, chunk, n))
			return done ? done : -EFAULT;
		done += n;
		if (signal_pending(current))
			break;
		cond_resched();
	}
	return done;
}

static const struct file_operations random_fops = {
	.llseek	= noop_llseek,
	.read	= read_random,
	.write	= write_null,		/* offered entropy is not counted on */
};

/*
 * The same without a descriptor.  The generator is ready before there are
 * programs, so no flag makes a difference.  Bytes, or -EINVAL, -EFAULT.
 */
long sys_getrandom(char __user *buf, size_t count, unsigned int flags)
{
	if (flags & ~(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE))
		return -EINVAL;
	if ((flags & (GRND_RANDOM | GRND_INSECURE)) == (GRND_RANDOM | GRND_INSECURE))
		return -EINVAL;
	return read_random(NULL, buf, min_t(size_t, count, INT_MAX), NULL);
}

/* ------------------------------------------------------------------ mem */

static bool valid_phys(loff_t pos, size_t count)
{
	loff_t end = (loff_t)max_low_pfn << PAGE_SHIFT;

	return pos >= 0 && pos < end && count <= end - pos;
}

/* Physical memory as a file.  Root only; the range must be memory that we map. */
static ssize_t read_mem(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	if (!valid_phys(*pos, 0))
		return 0;
	if (!valid_phys(*pos, count))
		count = ((loff_t)max_low_pfn << PAGE_SHIFT) - *pos;
	if (copy_to_user(buf, phys_to_virt(*pos), count))
		return -EFAULT;
	*pos += count;
	return count;
}

/* Only the first MiB, where the hardware's windows are: a slip elsewhere would undo the kernel. */
static ssize_t write_mem(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	if (*pos < 0 || *pos >= HARDWARE_WINDOW_END || count > HARDWARE_WINDOW_END - *pos)
		return -EPERM;
	if (copy_from_user(phys_to_virt(*pos), buf, count))
		return -EFAULT;
	*pos += count;
	return count;
}

/* Registers and frame buffers: uncached, and nothing that is the kernel's own memory. */
static int mmap_mem(struct file *file, struct vm_area_struct *vma)
{
	unsigned long size = vma->vm_end - vma->vm_start;
	unsigned long end = vma->vm_pgoff + (size >> PAGE_SHIFT);

	if (end < vma->vm_pgoff)
		return -EINVAL;
	if (end > HARDWARE_WINDOW_END >> PAGE_SHIFT && vma->vm_pgoff < max_low_pfn)
		return -EPERM;
	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	if (remap_pfn_range(vma, vma->vm_start, vma->vm_pgoff, size, vma->vm_page_prot))
		return -EAGAIN;
	return 0;
}

static int open_mem(struct inode *inode, struct file *file)
{
	return capable(CAP_SYS_RAWIO) ? 0 : -EPERM;
}

static loff_t mem_lseek(struct file *file, loff_t offset, int whence)
{
	if (whence == SEEK_CUR)
		offset += file->f_pos;
	else if (whence != SEEK_SET)
		return -EINVAL;
	if (offset < 0)
		return -EINVAL;
	return file->f_pos = offset;
}

static const struct file_operations mem_fops = {
	.llseek	= mem_lseek,
	.read	= read_mem,
	.write	= write_mem,
	.mmap	= mmap_mem,
	.open	= open_mem,
};

/* ------------------------------------------------------------------ port */

/* I/O ports as a file: a byte a port, from the position on. */
static ssize_t read_port(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	unsigned long port = *pos;
	size_t done;

	for (done = 0; done < count && port < IO_PORTS; done++, port++)
		if (put_user(inb(port), (unsigned char __user *)buf + done))
			return -EFAULT;
	*pos = port;
	return done;
}

static ssize_t write_port(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	unsigned long port = *pos;
	unsigned char byte;
	size_t done;

	for (done = 0; done < count && port < IO_PORTS; done++, port++) {
		if (get_user(byte, (const unsigned char __user *)buf + done))
			return done ? done : -EFAULT;
		outb(byte, port);
	}
	*pos = port;
	return done;
}

static const struct file_operations port_fops = {
	.llseek	= mem_lseek,
	.read	= read_port,
	.write	= write_port,
	.open	= open_mem,
};

/* ------------------------------------------------------------------ the table */

static const struct mem_device {
	const char *name;
	umode_t mode;
	const struct file_operations *fops;
} mem_devices[] = {
	[1]	= { "mem", 0640, &mem_fops },
	[3]	= { "null", 0666, &null_fops },
	[4]	= { "port", 0640, &port_fops },
	[5]	= { "zero", 0666, &zero_fops },
	[7]	= { "full", 0666, &full_fops },
	[8]	= { "random", 0666, &random_fops },
	[9]	= { "urandom", 0666, &random_fops },
	[11]	= { "kmsg", 0644, &kmsg_fops },
};

static int memory_open(struct inode *inode, struct file *file)
{
	unsigned int minor = iminor(inode);

	if (minor >= ARRAY_SIZE(mem_devices) || !mem_devices[minor].fops)
		return -ENXIO;
	file->f_op = mem_devices[minor].fops;
	if (file->f_op->open)
		return file->f_op->open(inode, file);
	return 0;
}

static const struct file_operations memory_fops = {
	.open	= memory_open,
	.llseek	= noop_llseek,
};

static char *mem_devnode(struct device *dev, umode_t *mode)
{
	if (mode)
		*mode = mem_devices[MINOR(dev->devt)].mode;
	return NULL;
}

static int __init chr_dev_init(void)
{
	struct class *mem_class = class_create(THIS_MODULE, "mem");
	unsigned int minor;
	int err;

	if (IS_ERR(mem_class))
		return PTR_ERR(mem_class);
	mem_class->devnode = mem_devnode;

	err = register_chrdev(MEM_MAJOR, "mem", &memory_fops);
	if (err)
		return err;
	for (minor = 0; minor < ARRAY_SIZE(mem_devices); minor++) {
		if (!mem_devices[minor].fops)
			continue;
		err = PTR_ERR_OR_ZERO(device_create(mem_class, NULL, MKDEV(MEM_MAJOR, minor), NULL,
						    "%s", mem_devices[minor].name));
		if (err)
			return err;
	}
	return 0;
}
fs_initcall(chr_dev_init);
