/*
 * Mounting a tmpfs: its options (size=, mode=, uid=, gid=) and its root.
 *
 * Two names: tmpfs may hold half of the memory unless size= says otherwise,
 * ramfs has no limit.
 */
#include "ramfs.h"

/* "4m", "50%", "8192" to pages. */
static int parse_size(const char *value, unsigned long *pages)
{
	char *rest;
	u64 size = memparse(value, &rest);

	if (*rest == '%') {
		size = div_u64(size * totalram_pages(), 100) << PAGE_SHIFT;
		rest++;
	}
	*pages = DIV_ROUND_UP_ULL(size, PAGE_SIZE);
	return *rest ? -EINVAL : 0;
}

static int parse_option(struct tmpfs_sb_info *sbi, const char *name, const char *value)
{
	unsigned int number = 0;

	if (!value)
		return -EINVAL;
	if (!strcmp(name, "size"))
		return parse_size(value, &sbi->max_pages);
	if (!strcmp(name, "nr_blocks"))
		return kstrtoul(value, 0, &sbi->max_pages);
	if (!strcmp(name, "mode")) {
		if (kstrtouint(value, 8, &number))
			return -EINVAL;
		sbi->mode = number & S_IALLUGO;
		return 0;
	}
	if (kstrtouint(value, 10, &number))
		return -EINVAL;
	if (!strcmp(name, "uid"))
		sbi->uid = KUIDT_INIT(number);
	else if (!strcmp(name, "gid"))
		sbi->gid = KGIDT_INIT(number);
	else
		return -EINVAL;
	return 0;
}

/* EINVAL for an option that is not known or makes no sense; changes the text. */
int tmpfs_parse_options(struct tmpfs_sb_info *sbi, char *options)
{
	char *option, *value;

	while ((option = strsep(&options, ","))) {
		if (!*option)
			continue;
		value = strchr(option, '=');
		if (value)
			*value++ = '\0';
		if (parse_option(sbi, option, value)) {
			pr_err("tmpfs: option \"%s\" is not understood\n", option);
			return -EINVAL;
		}
	}
	return 0;
}

int tmpfs_fill_super(struct super_block *sb, void *data, int silent)
{
	struct tmpfs_sb_info *sbi = kzalloc(sizeof(*sbi), GFP_KERNEL);
	struct inode *root;
	int err;

	if (!sbi)
		return -ENOMEM;
	sb->s_fs_info = sbi;		/* tmpfs_kill_sb() frees it, also when we fail */
	spin_lock_init(&sbi->lock);
	sbi->mode = S_IRWXUGO | S_ISVTX;
	if (strcmp(sb->s_type->name, "ramfs"))
		sbi->max_pages = totalram_pages() / 2;
	err = tmpfs_parse_options(sbi, data);
	if (err)
		return err;
	sb->s_blocksize = PAGE_SIZE;
	sb->s_blocksize_bits = PAGE_SHIFT;
	sb->s_magic = TMPFS_MAGIC;
	sb->s_op = &tmpfs_ops;
	root = tmpfs_get_inode(sb, NULL, S_IFDIR | sbi->mode, 0);
	if (root) {
		root->i_uid = sbi->uid;
		root->i_gid = sbi->gid;
	}
	sb->s_root = d_make_root(root);
	return sb->s_root ? 0 : -ENOMEM;
}

void tmpfs_kill_sb(struct super_block *sb)
{
	struct tmpfs_sb_info *sbi = sb->s_fs_info;

	kill_litter_super(sb);
	kfree(sbi);
}

static struct dentry *tmpfs_mount(struct file_system_type *type, int flags, const char *dev,
				  void *data)
{
	return mount_nodev(type, flags, data, tmpfs_fill_super);
}

static struct file_system_type tmpfs_type = {
	.name = "tmpfs",
	.mount = tmpfs_mount,
	.kill_sb = tmpfs_kill_sb,
};

struct file_system_type ramfs_type = {
	.name = "ramfs",
	.mount = tmpfs_mount,
	.kill_sb = tmpfs_kill_sb,
};

static int __init tmpfs_init(void)
{
	int err = register_filesystem(&tmpfs_type);

	return err ?: register_filesystem(&ramfs_type);
}
fs_initcall(tmpfs_init);
