/*
 * What a module leaves behind when it goes: whatever would call or reach into memory
 * that is about to be given back. Each is told by name and taken away where that can be
 * done; the module's memory then stays for good, for somebody may be on the way into it.
 *
 *	timers, work	cancelled (of work that runs already only DEBUG=1 knows)
 *	interrupts	freed
 *	kprobes		unregistered
 *	open files	answer ENODEV from now on
 *	mappings	answer SIGBUS from now on, their files ENODEV
 *	numbers, nodes	taken off the tables of character and misc devices
 *	regions, threads, allocations	told
 *
 * Context: process, after the module's exit or its failed init.
 */
#include <linux/cdev.h>
#include <linux/debugobjects.h>
#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/irq.h>
#include <linux/kernel.h>
#include <linux/kmemleak.h>
#include <linux/kprobes.h>
#include <linux/kthread.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/poll.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include "internal.h"

__printf(2, 3) static void tell(const struct module *mod, const char *fmt, ...)
{
	char what[96];
	va_list args;

	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	/* A report names the instruction before a return address. */
	report_begin((mod->exit ? (unsigned long)mod->exit : (unsigned long)mod->core_layout.base) + 1,
		     "module %s is unloaded, but left %s", mod->name, what);
	report_end();
}

/* ------------------------------------------------------------------ open files */

static long gone_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	return -ENODEV;
}

static ssize_t gone_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	return -ENODEV;
}

static ssize_t gone_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	return -ENODEV;
}

static loff_t gone_llseek(struct file *file, loff_t offset, int whence)
{
	return -ENODEV;
}

static int gone_mmap(struct file *file, struct vm_area_struct *vma)
{
	return -ENODEV;
}

static __poll_t gone_poll(struct file *file, poll_table *wait)
{
	return EPOLLERR | EPOLLHUP;
}

static int gone_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	return -ENODEV;
}

static const struct file_operations gone_fops = {
	.read = gone_read, .write = gone_write, .llseek = gone_llseek, .mmap = gone_mmap,
	.unlocked_ioctl = gone_ioctl, .poll = gone_poll, .fsync = gone_fsync,
};

static unsigned int forget_files_of(const struct module *mod, struct task_struct *task)
{
	struct files_struct *files;
	unsigned int n = 0;

	task_lock(task);
	files = task->files;
	if (files) {
		spin_lock(&files->file_lock);
		for (unsigned int fd = 0; fd < files->fdt.max_fds; fd++) {
			struct file *file = files->fdt.fd[fd];

			if (file && within_module((unsigned long)file->f_op, mod)) {
				file->f_op = &gone_fops;
				n++;
			}
		}
		spin_unlock(&files->file_lock);
	}
	task_unlock(task);
	return n;
}

static bool forget_files(const struct module *mod)
{
	struct task_struct *task;
	unsigned int n = 0;

	read_lock(&tasklist_lock);
	for_each_process(task)
		n += forget_files_of(mod, task);
	read_unlock(&tasklist_lock);
	if (n)
		tell(mod, "%u open file%s, which answer%s ENODEV from now on", n, n == 1 ? "" : "s",
		     n == 1 ? "s" : "");
	return n;
}

/* Once mapped, the file may be closed: only the mapping holds it, and the driver's pages. */
static unsigned int forget_mappings_of(const struct module *mod, struct mm_struct *mm)
{
	static const struct vm_operations_struct gone_vm_ops;
	struct vm_area_struct *vma;
	unsigned int n = 0;

	mmap_write_lock(mm);
	for (vma = mm->mmap; vma; vma = vma->vm_next) {
		bool file = vma->vm_file && within_module((unsigned long)vma->vm_file->f_op, mod);

		if (!file && !within_module((unsigned long)vma->vm_ops, mod))
			continue;
		if (file)
			vma->vm_file->f_op = &gone_fops;
		zap_page_range(vma, vma->vm_start, vma->vm_end - vma->vm_start);
		vma->vm_ops = &gone_vm_ops;
		n++;
	}
	mmap_write_unlock(mm);
	return n;
}

static bool forget_mappings(const struct module *mod)
{
	struct task_struct *task;
	struct mm_struct *mm;
	unsigned int n = 0;

	for (pid_t nr = 0; (nr = next_tgid(nr)); nr++) {
		task = find_get_task_by_vpid(nr);
		mm = task ? get_task_mm(task) : NULL;
		if (mm) {
			n += forget_mappings_of(mod, mm);
			mmput(mm);
		}
		if (task)
			put_task_struct(task);
	}
	if (n)
		tell(mod, "%u mapping%s, where the next access is SIGBUS", n, n == 1 ? "" : "s");
	return n;
}

/* ------------------------------------------------------------------ interrupts, regions, threads */

static const struct irqaction *find_action(const struct module *mod, unsigned int irq)
{
	const struct irqaction *action;
	unsigned long flags;

	spin_lock_irqsave(&irq_desc[irq].lock, flags);
	for (action = irq_desc[irq].action; action; action = action->next)
		if (within_module((unsigned long)action->handler, mod) ||
		    within_module((unsigned long)action->thread_fn, mod))
			break;
	spin_unlock_irqrestore(&irq_desc[irq].lock, flags);
	return action;
}

static bool forget_interrupts(const struct module *mod)
{
	const struct irqaction *action;
	bool found = false;

	for (unsigned int irq = 0; irq < NR_IRQS; irq++)
		while ((action = find_action(mod, irq)) != NULL) {
			tell(mod, "its handler %s on interrupt %u", action->name, irq);
			free_irq(irq, action->dev_id);
			found = true;
		}
	return found;
}

/* A region's name is a string of whoever asked for it. */
static struct resource *find_region(const struct module *mod, struct resource *res)
{
	struct resource *found;

	for (; res; res = res->sibling) {
		if (res->flags & IORESOURCE_BUSY && within_module((unsigned long)res->name, mod))
			return res;
		found = find_region(mod, res->child);
		if (found)
			return found;
	}
	return NULL;
}

static bool forget_regions(const struct module *mod, struct resource *root)
{
	struct resource *res;
	bool found = false;

	for (;;) {
		read_lock(&resource_lock);
		res = find_region(mod, root->child);
		read_unlock(&resource_lock);
		if (!res)
			return found;
		tell(mod, "the region %s, %08llx-%08llx", res->name, (u64)res->start, (u64)res->end);
		__release_region(res->parent, res->start, resource_size(res));
		found = true;
	}
}

static bool tell_threads(const struct module *mod)
{
	struct task_struct *task;
	bool found = false;

	read_lock(&tasklist_lock);
	for_each_process(task)
		if (task->flags & PF_KTHREAD && within_module((unsigned long)kthread_func(task), mod)) {
			tell(mod, "its thread %s, PID %d, running", task->comm, task_pid_nr(task));
			found = true;
		}
	read_unlock(&tasklist_lock);
	return found;
}

/* DEBUG=1 has told of them already, and who started them. */
static bool forget_timers(const struct module *mod)
{
	struct timer_list *timer;
	bool found = false;

	while ((timer = timer_of_module(mod)) != NULL) {
		tell(mod, "an active timer, callback=%ps", timer->function);
		del_timer_sync(timer);
		found = true;
	}
	return found;
}

static bool forget_kprobes(const struct module *mod)
{
	unsigned long addr;
	bool found = false;

	while ((addr = kprobe_forget_one(mod)) != 0) {
		tell(mod, "its kprobe at %pS", (void *)addr);
		found = true;
	}
	return found;
}

/* ------------------------------------------------------------------ devices */

static bool forget_devices(const struct module *mod)
{
	struct miscdevice *misc;
	struct cdev *cdev;
	bool found = false;

	while ((misc = misc_of_module(mod)) != NULL) {
		tell(mod, "the device /dev/%s", misc->name);
		misc_deregister(misc);
		found = true;
	}
	while ((cdev = cdev_of_module(mod)) != NULL) {
		tell(mod, "its character device %u:%u", MAJOR(cdev->dev), MINOR(cdev->dev));
		cdev_del(cdev);
		found = true;
	}
	return found;
}

bool module_forget(struct module *mod)
{
	struct leak_filter filter = {
		.mark = mod->leak_mark, .text = (unsigned long)mod->core_layout.base,
		.text_size = mod->core_layout.size,
	};
	bool found = forget_interrupts(mod);

	found |= debug_objects_of_module(mod) > 0;
	found |= forget_timers(mod);
	found |= forget_kprobes(mod);
	found |= forget_devices(mod);
	found |= forget_mappings(mod);		/* first: of a file that is gone nobody knows whose it was */
	found |= forget_files(mod);
	found |= forget_regions(mod, &ioport_resource);
	found |= forget_regions(mod, &iomem_resource);
	found |= tell_threads(mod);
	kmemleak_report(&filter);		/* lost, but nothing that points into the module */
	return found;
}
