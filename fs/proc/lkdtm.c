/*
 * /proc/lkdtm: reading lists the crimes that can be committed, writing a name
 * commits one, root's alone: see <linux/lkdtm.h>.
 */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/lkdtm.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/uaccess.h>

static int lkdtm_show(struct seq_file *m, void *v)
{
	const char *name;

	for (unsigned int nr = 0; (name = lkdtm_name(nr)); nr++)
		seq_printf(m, "%s\n", name);
	return 0;
}

static int lkdtm_open(struct inode *inode, struct file *file)
{
	return single_open(file, lkdtm_show, NULL);
}

static ssize_t lkdtm_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	char name[40];
	int err;

	if (count >= sizeof(name))
		return -EINVAL;
	if (copy_from_user(name, buf, count))
		return -EFAULT;
	name[count] = '\0';
	err = lkdtm_commit(strim(name));
	return err ?: count;
}

static const struct proc_ops lkdtm_proc_ops = {
	.proc_open = lkdtm_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
	.proc_write = lkdtm_write,
};

static int __init proc_lkdtm_init(void)
{
	return proc_create("lkdtm", 0600, NULL, &lkdtm_proc_ops) ? 0 : -ENOMEM;
}
fs_initcall(proc_lkdtm_init);
