/* debugfs from a module: one file of each kind. */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/seq_file.h>

static struct dentry *dir;
static u32 level = 7;
static bool enabled;
static u64 doubled = 21;

static int doubled_get(void *data, u64 *value)
{
	*value = *(u64 *)data * 2;
	return 0;
}

static int doubled_set(void *data, u64 value)
{
	if (value % 2)
		return -EINVAL;
	*(u64 *)data = value / 2;
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(doubled_fops, doubled_get, doubled_set, "%llu\n");

static int lines_show(struct seq_file *m, void *v)
{
	int i;

	for (i = 0; i < 3; i++)
		seq_printf(m, "line %d\n", i);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(lines);

static int __init knobs_init(void)
{
	dir = debugfs_create_dir("knobs", NULL);
	debugfs_create_u32("level", 0644, dir, &level);
	debugfs_create_x32("hex", 0444, dir, &level);
	debugfs_create_bool("enabled", 0644, dir, &enabled);
	debugfs_create_file("doubled", 0644, dir, &doubled, &doubled_fops);
	debugfs_create_file("lines", 0444, dir, NULL, &lines_fops);
	return 0;
}

static void __exit knobs_exit(void)
{
	debugfs_remove_recursive(dir);
}

module_init(knobs_init);
module_exit(knobs_exit);
MODULE_LICENSE("GPL");
