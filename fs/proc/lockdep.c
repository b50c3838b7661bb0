/*
 * /proc/lockdep (DEBUG=1): a line a class of locks with the contexts it was taken
 * in, and under it, after a tab, the classes that were taken while it was held.
 * docs/lockorder makes docs/reference/locking.md of what a test run left here.
 */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/lockdep.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

/* By bits of the usage. */
static const char *const contexts[] = {
	"taken in interrupts", "taken in bottom halves", "interrupts on", "bottom halves on",
};

static void show_name(struct seq_file *m, const char *name, unsigned int subclass)
{
	seq_puts(m, name);
	if (subclass)
		seq_printf(m, "/%u", subclass);
}

static int class_show(struct seq_file *m, void *v)
{
	unsigned int nr = (unsigned long)v, inside, subclass, usage;
	const char *name;

	if (!lockdep_class_info(nr, &name, &subclass, &usage))
		return 0;
	show_name(m, name, subclass);
	for (unsigned int bit = 0; bit < ARRAY_SIZE(contexts); bit++)
		if (usage & 1u << bit)
			seq_printf(m, "; %s", contexts[bit]);
	seq_putc(m, '\n');
	for (inside = lockdep_next_inside(nr, 0); inside; inside = lockdep_next_inside(nr, inside)) {
		lockdep_class_info(inside, &name, &subclass, &usage);
		seq_putc(m, '\t');
		show_name(m, name, subclass);
		seq_putc(m, '\n');
	}
	return 0;
}

/* A position is the number of a class; 0 is none. */
static void *class_start(struct seq_file *m, loff_t *pos)
{
	return *pos < LOCKDEP_CLASSES - 1 ? (void *)(unsigned long)(*pos + 1) : NULL;
}

static void *class_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return class_start(m, pos);
}

static void class_stop(struct seq_file *m, void *v)
{
}

static const struct seq_operations class_ops = {
	.start = class_start, .next = class_next, .stop = class_stop, .show = class_show,
};

static int lockdep_open(struct inode *inode, struct file *file)
{
	return seq_open(file, &class_ops);
}

static const struct proc_ops lockdep_proc_ops = {
	.proc_open = lockdep_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = seq_release,
};

static int __init proc_lockdep_init(void)
{
	return proc_create("lockdep", 0400, NULL, &lockdep_proc_ops) ? 0 : -ENOMEM;
}
fs_initcall(proc_lockdep_init);
