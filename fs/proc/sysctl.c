/*
 * /proc/sys/kernel, what can be read and set of the kernel while it runs, and
 * /proc/sysrq-trigger. A number is one word: it needs no lock.
 */
#include <linux/panic.h>
#include <linux/sched/sysctl.h>
#include <linux/sysrq.h>
#include <linux/utsname.h>
#include "internal.h"

static int uts_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%s\n", (const char *)m->private);
	return 0;
}

static int int_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%d\n", *(const int *)m->private);
	return 0;
}

static int int_open(struct inode *inode, struct file *file)
{
	return single_open(file, int_show, PDE_DATA(inode));
}

static ssize_t int_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	return kstrtoint_from_user(buf, count, 0, PDE_DATA(file_inode(file))) ?: (ssize_t)count;
}

static const struct proc_ops int_ops = {
	.proc_open = int_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
	.proc_write = int_write,
};

char core_pattern[CORE_PATTERN_SIZE] = "core";

static int core_pattern_open(struct inode *inode, struct file *file)
{
	return single_open(file, uts_show, core_pattern);
}

/* No programs are started for dumps: "|…" is refused. */
static ssize_t core_pattern_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	char text[CORE_PATTERN_SIZE] = "";

	if (count >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, buf, count))
		return -EFAULT;
	if (*text == '|')
		return -EINVAL;
	text[strcspn(text, "\n")] = '\0';
	strscpy(core_pattern, text, sizeof(core_pattern));
	return count;
}

static const struct proc_ops core_pattern_ops = {
	.proc_open = core_pattern_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
	.proc_write = core_pattern_write,
};

static int tainted_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%lu\n", get_taint());
	return 0;
}

/* The first byte is the key. Root asks here, so no mask applies. */
static ssize_t trigger_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	char key;

	if (count) {
		if (get_user(key, buf))
			return -EFAULT;
		__handle_sysrq(key, false);
	}
	return count;
}

static const struct proc_ops trigger_ops = {
	.proc_write = trigger_write,
};

static int __init proc_sysctl_init(void)
{
	proc_mkdir("sys", NULL);
	proc_mkdir("sys/kernel", NULL);
	proc_create_single_data("sys/kernel/hostname", 0, NULL, uts_show, utsname()->nodename);
	proc_create_single_data("sys/kernel/osrelease", 0, NULL, uts_show, utsname()->release);
	proc_create_single_data("sys/kernel/ostype", 0, NULL, uts_show, utsname()->sysname);
	proc_create_single_data("sys/kernel/version", 0, NULL, uts_show, utsname()->version);
	proc_create("sys/kernel/core_pattern", 0644, NULL, &core_pattern_ops);
	proc_create_data("sys/kernel/panic", 0644, NULL, &int_ops, &panic_timeout);
	proc_create_data("sys/kernel/panic_on_oops", 0644, NULL, &int_ops, &panic_on_oops);
	proc_create_data("sys/kernel/panic_on_warn", 0644, NULL, &int_ops, &panic_on_warn);
	proc_create_single("sys/kernel/tainted", 0, NULL, tainted_show);
	proc_create_data("sys/kernel/sysrq", 0644, NULL, &int_ops, &sysrq_enabled);
#if DEBUG_BUILD
	proc_create_data("sys/kernel/hung_task_timeout_secs", 0644, NULL, &int_ops,
			 &sysctl_hung_task_timeout_secs);
	proc_create_data("sys/kernel/watchdog_thresh", 0644, NULL, &int_ops, &watchdog_thresh);
#endif
	proc_create("sysrq-trigger", 0200, NULL, &trigger_ops);
	return 0;
}
fs_initcall(proc_sysctl_init);
