/*
 * /proc/PID/maps: the address space, one vma a line; and /proc/PID/exe.
 */
#include "internal.h"

#define NAME_COLUMN	49	/* of the line where names start */

static const char *vma_title(const struct vm_area_struct *vma)
{
	const struct mm_struct *mm = vma->vm_mm;

	if (vma->vm_start <= mm->brk && vma->vm_end >= mm->start_brk && mm->brk > mm->start_brk)
		return "[heap]";
	if (vma->vm_start <= mm->start_stack && vma->vm_end >= mm->start_stack)
		return "[stack]";
	return NULL;
}

static void show_vma(struct seq_file *m, const struct vm_area_struct *vma)
{
	const struct inode *inode = vma->vm_file ? file_inode(vma->vm_file) : NULL;
	dev_t dev = inode ? inode->i_sb->s_dev : 0;
	size_t line = m->count;
	const char *title;

	seq_printf(m, "%08lx-%08lx %c%c%c%c %08llx %02x:%02x %lu", vma->vm_start, vma->vm_end,
		   vma->vm_flags & VM_READ ? 'r' : '-', vma->vm_flags & VM_WRITE ? 'w' : '-',
		   vma->vm_flags & VM_EXEC ? 'x' : '-', vma->vm_flags & VM_MAYSHARE ? 's' : 'p',
		   inode ? (u64)vma->vm_pgoff << PAGE_SHIFT : 0ull, MAJOR(dev), MINOR(dev),
		   inode ? inode->i_ino : 0);
	title = inode ? NULL : vma_title(vma);
	if (inode || title)
		do
			seq_putc(m, ' ');
		while (m->count - line < NAME_COLUMN && !seq_has_overflowed(m));
	if (inode)
		seq_path(m, &vma->vm_file->f_path, "\n");
	else if (title)
		seq_puts(m, title);
	seq_putc(m, '\n');
}

int proc_pid_maps(struct seq_file *m, struct task_struct *task)
{
	struct mm_struct *mm = get_task_mm(task);
	struct vm_area_struct *vma;

	if (!mm)
		return 0;
	mmap_read_lock(mm);
	for (vma = mm->mmap; vma && !seq_has_overflowed(m); vma = vma->vm_next)
		show_vma(m, vma);
	mmap_read_unlock(mm);
	mmput(mm);
	return 0;
}

/* The program that runs.  ENOENT for a kernel thread. */
int proc_exe_path(const struct inode *inode, struct task_struct *task, struct path *path)
{
	struct mm_struct *mm = get_task_mm(task);
	int err = -ENOENT;

	if (!mm)
		return -ENOENT;
	mmap_read_lock(mm);
	if (mm->exe_file) {
		*path = mm->exe_file->f_path;
		path_get(path);
		err = 0;
	}
	mmap_read_unlock(mm);
	mmput(mm);
	return err;
}
