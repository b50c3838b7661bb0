/*
 * debugfs files that hold one variable of the driver's.
 */
#include <linux/debugfs.h>
#include <linux/export.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/uaccess.h>

/* The three kinds: read and written, only one of both. */
struct kinds {
	const struct file_operations *rw, *ro, *wo;
};

static void create(const char *name, umode_t mode, struct dentry *parent, void *value,
		   const struct kinds *kinds)
{
	const struct file_operations *fops = !(mode & S_IWUGO) ? kinds->ro :
					     !(mode & S_IRUGO) ? kinds->wo : kinds->rw;

	debugfs_create_file(name, mode, parent, value, fops);
}

#define NUMBER(name, type, fmt)						\
static int name##_get(void *data, u64 *value)				\
{									\
	*value = READ_ONCE(*(type *)data);				\
	return 0;							\
}									\
static int name##_set(void *data, u64 value)				\
{									\
	WRITE_ONCE(*(type *)data, value);				\
	return 0;							\
}									\
DEFINE_SIMPLE_ATTRIBUTE(name##_rw, name##_get, name##_set, fmt);	\
DEFINE_SIMPLE_ATTRIBUTE(name##_ro, name##_get, NULL, fmt);		\
DEFINE_SIMPLE_ATTRIBUTE(name##_wo, NULL, name##_set, fmt);		\
static const struct kinds name##_kinds = { &name##_rw, &name##_ro, &name##_wo }; \
void debugfs_create_##name(const char *name_, umode_t mode, struct dentry *parent, type *value) \
{									\
	create(name_, mode, parent, value, &name##_kinds);		\
}									\
EXPORT_SYMBOL_GPL(debugfs_create_##name)

NUMBER(u8, u8, "%llu\n");
NUMBER(u16, u16, "%llu\n");
NUMBER(u32, u32, "%llu\n");
NUMBER(x8, u8, "0x%02llx\n");
NUMBER(x16, u16, "0x%04llx\n");
NUMBER(x32, u32, "0x%08llx\n");
NUMBER(ulong, unsigned long, "%llu\n");
NUMBER(size_t, size_t, "%llu\n");

/* Two words: a reader may see one of each, as on Linux. */
static int u64_get(void *data, u64 *value)
{
	*value = *(u64 *)data;
	return 0;
}

static int u64_set(void *data, u64 value)
{
	*(u64 *)data = value;
	return 0;
}

DEFINE_SIMPLE_ATTRIBUTE(u64_rw, u64_get, u64_set, "%llu\n");
DEFINE_SIMPLE_ATTRIBUTE(u64_ro, u64_get, NULL, "%llu\n");
DEFINE_SIMPLE_ATTRIBUTE(u64_wo, NULL, u64_set, "%llu\n");
DEFINE_SIMPLE_ATTRIBUTE(x64_rw, u64_get, u64_set, "0x%016llx\n");
DEFINE_SIMPLE_ATTRIBUTE(x64_ro, u64_get, NULL, "0x%016llx\n");
DEFINE_SIMPLE_ATTRIBUTE(x64_wo, NULL, u64_set, "0x%016llx\n");
static const struct kinds u64_kinds = { &u64_rw, &u64_ro, &u64_wo };
static const struct kinds x64_kinds = { &x64_rw, &x64_ro, &x64_wo };

void debugfs_create_u64(const char *name, umode_t mode, struct dentry *parent, u64 *value)
{
	create(name, mode, parent, value, &u64_kinds);
}
EXPORT_SYMBOL_GPL(debugfs_create_u64);

void debugfs_create_x64(const char *name, umode_t mode, struct dentry *parent, u64 *value)
{
	create(name, mode, parent, value, &x64_kinds);
}
EXPORT_SYMBOL_GPL(debugfs_create_x64);

static int atomic_get(void *data, u64 *value)
{
	*value = atomic_read((atomic_t *)data);
	return 0;
}

static int atomic_set_value(void *data, u64 value)
{
	atomic_set((atomic_t *)data, value);
	return 0;
}

DEFINE_SIMPLE_ATTRIBUTE(atomic_rw, atomic_get, atomic_set_value, "%lld\n");
DEFINE_SIMPLE_ATTRIBUTE(atomic_ro, atomic_get, NULL, "%lld\n");
DEFINE_SIMPLE_ATTRIBUTE(atomic_wo, NULL, atomic_set_value, "%lld\n");
static const struct kinds atomic_kinds = { &atomic_rw, &atomic_ro, &atomic_wo };

void debugfs_create_atomic_t(const char *name, umode_t mode, struct dentry *parent, atomic_t *value)
{
	create(name, mode, parent, value, &atomic_kinds);
}
EXPORT_SYMBOL_GPL(debugfs_create_atomic_t);

/* ------------------------------------------------------------------ truth values */

static ssize_t bool_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	const bool *value = file_inode(file)->i_private;

	return simple_read_from_buffer(buf, count, pos, READ_ONCE(*value) ? "Y\n" : "N\n", 2);
}

static ssize_t bool_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	bool *value = file_inode(file)->i_private, wanted;
	int err = kstrtobool_from_user(buf, count, &wanted);

	if (err)
		return err;
	WRITE_ONCE(*value, wanted);
	return count;
}

static const struct file_operations bool_fops = {
	.open = simple_open,
	.read = bool_read,
	.write = bool_write,
	.llseek = default_llseek,
};

struct dentry *debugfs_create_bool(const char *name, umode_t mode, struct dentry *parent, bool *value)
{
	return debugfs_create_file(name, mode, parent, value, &bool_fops);
}
EXPORT_SYMBOL_GPL(debugfs_create_bool);

/* ------------------------------------------------------------------ bytes, registers */

static ssize_t blob_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	const struct debugfs_blob_wrapper *blob = file_inode(file)->i_private;

	return simple_read_from_buffer(buf, count, pos, blob->data, blob->size);
}

static const struct file_operations blob_fops = {
	.open = simple_open,
	.read = blob_read,
	.llseek = default_llseek,
};

struct dentry *debugfs_create_blob(const char *name, umode_t mode, struct dentry *parent,
				   struct debugfs_blob_wrapper *blob)
{
	return debugfs_create_file(name, mode & S_IRUGO, parent, blob, &blob_fops);
}
EXPORT_SYMBOL_GPL(debugfs_create_blob);

static int regset_show(struct seq_file *m, void *v)
{
	const struct debugfs_regset32 *set = m->private;

	for (int i = 0; i < set->nregs; i++)
		seq_printf(m, "%s = 0x%08x\n", set->regs[i].name, readl(set->base + set->regs[i].offset));
	return 0;
}

static int regset_open(struct inode *inode, struct file *file)
{
	return single_open(file, regset_show, inode->i_private);
}

static const struct file_operations regset_fops = {
	.open = regset_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

void debugfs_create_regset32(const char *name, umode_t mode, struct dentry *parent,
			     struct debugfs_regset32 *regset)
{
	debugfs_create_file(name, mode, parent, regset, &regset_fops);
}
EXPORT_SYMBOL_GPL(debugfs_create_regset32);
