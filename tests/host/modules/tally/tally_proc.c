// SPDX-License-Identifier: MIT
/*
 * /proc/tally: the counts as text; a write clears them.
 */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include "tally_int.h"

static int tally_show(struct seq_file *m, void *v)
{
	mutex_lock(&tally.lock);
	seq_printf(m, "bytes %u\nlines %u\n", tally.counts.bytes, tally.counts.lines);
	mutex_unlock(&tally.lock);
	return 0;
}

static int tally_open(struct inode *inode, struct file *file)
{
	return single_open(file, tally_show, NULL);
}

static ssize_t tally_clear(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	mutex_lock(&tally.lock);
	memset(&tally.counts, 0, sizeof(tally.counts));
	mutex_unlock(&tally.lock);
	return count;
}

static const struct proc_ops tally_proc_ops = {
	.proc_open = tally_open,
	.proc_read = seq_read,
	.proc_write = tally_clear,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
};

int tally_proc_init(void)
{
	return proc_create(TALLY_NAME, 0644, NULL, &tally_proc_ops) ? 0 : -ENOMEM;
}

void tally_proc_exit(void)
{
	remove_proc_entry(TALLY_NAME, NULL);
}
