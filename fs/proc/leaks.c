/*
 * /proc/leaks (DEBUG=1): what was allocated since "clear" was written to it and is
 * not free, by call chain: see <linux/kmemleak.h>. Root's alone.
 */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kmemleak.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#define KINDS_MAX	128u

static struct leak_filter filter;		/* .mark: one word, the last writer's */

static void show_leak(struct seq_file *m, const struct leak *leak)
{
	const unsigned long *entries;
	unsigned int i, n = stack_depot_fetch(leak->stack, &entries);

	seq_printf(m, "%u of %s, %lu bytes, by task %u, one at %px\n", leak->count, leak->cache,
		   leak->bytes, leak->pid, leak->first);
	for (i = 0; i < n; i++)
		seq_printf(m, "    %pB\n", (void *)entries[i]);
}

static int leaks_show(struct seq_file *m, void *v)
{
	struct leak *leaks = kcalloc(KINDS_MAX, sizeof(*leaks), GFP_KERNEL);
	unsigned int i, n;

	if (!leaks)
		return -ENOMEM;
	kmemleak_not_leak(leaks);
	n = kmemleak_find(&filter, leaks, KINDS_MAX);
	for (i = 0; i < min(n, KINDS_MAX); i++)
		show_leak(m, &leaks[i]);
	if (n > KINDS_MAX)
		seq_printf(m, "and %u more kinds\n", n - KINDS_MAX);
	kfree(leaks);
	return 0;
}

static int leaks_open(struct inode *inode, struct file *file)
{
	return single_open(file, leaks_show, NULL);
}

static ssize_t leaks_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	char word[16];

	if (count >= sizeof(word))
		return -EINVAL;
	if (copy_from_user(word, buf, count))
		return -EFAULT;
	word[count] = '\0';
	if (strcmp(strim(word), "clear"))
		return -EINVAL;
	filter.mark = kmemleak_mark();
	return count;
}

static const struct proc_ops leaks_proc_ops = {
	.proc_open = leaks_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
	.proc_write = leaks_write,
};

static int __init proc_leaks_init(void)
{
	return proc_create("leaks", 0600, NULL, &leaks_proc_ops) ? 0 : -ENOMEM;
}
fs_initcall(proc_leaks_init);
