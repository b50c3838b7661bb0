/*
 * super.c - an ext2 file system in use, remounted and put away; its counts;
 * and what happens when damage is seen.
 *
 * While it is mounted for writing, the disk says "not put away" (s_state), so
 * that e2fsck looks at it after a crash.  Unmounting, or remounting read-only,
 * writes everything and says "put away" last.
 *
 * Context: process, may sleep; s_umount held but in ext2_error().
 */
#include <linux/magic.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/statfs.h>
#include <linux/timekeeping.h>
#include "ext2.h"

static struct kmem_cache *ext2_inode_cachep;

void ext2_msg(struct super_block *sb, const char *level, const char *fmt, ...)
{
	struct va_format vaf;
	va_list args;

	va_start(args, fmt);
	vaf.fmt = fmt;
	vaf.va = &args;
	printk("%sEXT2-fs (%s): %pV\n", level, sb->s_id, &vaf);
	va_end(args);
}

/*
 * Damage was seen.  The disk remembers it (e2fsck will look), and the file
 * system goes on, becomes read-only or stops the machine, as s_errors says.
 */
void ext2_error(struct super_block *sb, const char *where, const char *fmt, ...)
{
	struct ext2_sb_info *sbi = EXT2_SB(sb);
	struct va_format vaf;
	va_list args;

	va_start(args, fmt);
	vaf.fmt = fmt;
	vaf.va = &args;
	printk(KERN_ERR "EXT2-fs (%s): error: %s: %pV\n", sb->s_id, where, &vaf);
	va_end(args);
	if (le16_to_cpu(sbi->s_es->s_errors) == EXT2_ERRORS_PANIC)
		panic("EXT2-fs (%s): damaged, and errors=panic\n", sb->s_id);
	if (sb_rdonly(sb))
		return;
	sbi->s_es->s_state |= cpu_to_le16(EXT2_ERROR_FS);
	mark_buffer_dirty(sbi->s_sbh);
	if (le16_to_cpu(sbi->s_es->s_errors) == EXT2_ERRORS_RO) {
		ext2_msg(sb, KERN_ERR, "read-only from now on");
		sb->s_flags |= SB_RDONLY;
	}
}

/* Pinned for as long as it is mounted, so asking is free.  NULL: there is no such group. */
struct ext2_group_desc *ext2_get_group_desc(struct super_block *sb, unsigned int group,
					    struct buffer_head **bh)
{
	struct ext2_sb_info *sbi = EXT2_SB(sb);
	struct buffer_head *desc_bh;

	if (group >= sbi->s_groups_count) {
		ext2_error(sb, __func__, "there is no group %u", group);
		return NULL;
	}
	desc_bh = sbi->s_group_desc[group / sbi->s_desc_per_block];
	if (bh)
		*bh = desc_bh;
	return (struct ext2_group_desc *)desc_bh->b_data + group % sbi->s_desc_per_block;
}

/* ------------------------------------------------------------------ inodes' memory */

static void init_once(void *object)
{
	struct ext2_inode_info *ei = object;

	mutex_init(&ei->map_lock);
	inode_init_once(&ei->vfs_inode);
}

static struct inode *ext2_alloc_inode(struct super_block *sb)
{
	struct ext2_inode_info *ei = kmem_cache_alloc(ext2_inode_cachep, GFP_KERNEL);

	return ei ? &ei->vfs_inode : NULL;
}

static void ext2_free_in_core_inode(struct inode *inode)
{
	kmem_cache_free(ext2_inode_cachep, EXT2_I(inode));
}

/* ------------------------------------------------------------------ put away, or not */

/*
 * What the disk says of its state; written at once.  Who was found not put away
 * stays so until e2fsck has looked at it.
 */
int ext2_set_state(struct super_block *sb, bool put_away)
{
	struct ext2_sb_info *sbi = EXT2_SB(sb);
	struct ext2_super_block *es = sbi->s_es;

	if (put_away) {
		if (sbi->s_was_put_away)
			es->s_state |= cpu_to_le16(EXT2_VALID_FS);
	} else {
		sbi->s_was_put_away = es->s_state & cpu_to_le16(EXT2_VALID_FS);
		es->s_state &= cpu_to_le16(~EXT2_VALID_FS);
		es->s_mnt_count = cpu_to_le16(le16_to_cpu(es->s_mnt_count) + 1);
		es->s_mtime = cpu_to_le32(ktime_get_real_seconds());
	}
	es->s_wtime = cpu_to_le32(ktime_get_real_seconds());
	mark_buffer_dirty(sbi->s_sbh);
	return sync_dirty_buffer(sbi->s_sbh);
}

static int ext2_sync_fs(struct super_block *sb, int wait)
{
	struct ext2_sb_info *sbi = EXT2_SB(sb);

	if (sb_rdonly(sb) || !buffer_dirty(sbi->s_sbh))
		return 0;
	sbi->s_es->s_wtime = cpu_to_le32(ktime_get_real_seconds());
	mark_buffer_dirty(sbi->s_sbh);
	return wait ? sync_dirty_buffer(sbi->s_sbh) : 0;
}

void ext2_release_descriptors(struct ext2_sb_info *sbi)
{
	unsigned int i;

	for (i = 0; sbi->s_group_desc && i < sbi->s_gdb_count; i++)
		brelse(sbi->s_group_desc[i]);
	kfree(sbi->s_group_desc);
	sbi->s_group_desc = NULL;
}

static void ext2_put_super(struct super_block *sb)
{
	struct ext2_sb_info *sbi = EXT2_SB(sb);

	if (!sb_rdonly(sb)) {
		sync_blockdev(sb->s_bdev);
		ext2_set_state(sb, true);
	}
	ext2_release_descriptors(sbi);
	brelse(sbi->s_sbh);
	sb->s_fs_info = NULL;
	kfree(sbi);
}

bool ext2_may_write(struct super_block *sb)
{
	struct ext2_super_block *es = EXT2_SB(sb)->s_es;
	u32 unknown = le32_to_cpu(es->s_feature_ro_compat) & ~EXT2_FEATURE_RO_COMPAT_SUPP;

	return !ext2_has_feature(sb, es->s_feature_ro_compat, unknown);
}

/* A file without a name that is in use, when the machine goes: nobody will close it. */
static struct inode *next_orphan(struct super_block *sb)
{
	struct inode *inode, *found = NULL;

	spin_lock(&sb->s_list_lock);
	list_for_each_entry(inode, &sb->s_inodes, i_sb_list)
		if (!inode->i_nlink && !EXT2_I(inode)->i_dtime) {
			found = igrab(inode);
			if (found)
				break;
		}
	spin_unlock(&sb->s_list_lock);
	return found;
}

/*
 * From SB_RDONLY on nobody takes a block or an inode any more, so that what is
 * written then stays true.
 */
static int turn_read_only(struct super_block *sb)
{
	struct inode *orphan;
	int err;

	while ((orphan = next_orphan(sb)) != NULL) {
		ext2_give_back(orphan);
		ext2_free_inode(orphan);
		iput(orphan);
	}
	sb->s_flags |= SB_RDONLY;
	sync_inodes_sb(sb);
	err = sync_blockdev(sb->s_bdev);
	return err ? err : ext2_set_state(sb, true);
}

static int ext2_remount(struct super_block *sb, int *flags, char *data)
{
	if ((*flags & SB_RDONLY) == (sb->s_flags & SB_RDONLY))
		return 0;
	if (*flags & SB_RDONLY)
		return turn_read_only(sb);
	if (!ext2_may_write(sb)) {
		ext2_msg(sb, KERN_ERR, "has features that only newer drivers can write");
		return -EROFS;
	}
	return ext2_set_state(sb, false);
}

/* ------------------------------------------------------------------ counts */

static bool group_has_super(struct super_block *sb, unsigned int group)
{
	static const unsigned int bases[] = { 3, 5, 7 };
	unsigned int i, power;

	if (group <= 1 || !ext2_has_feature(sb, EXT2_SB(sb)->s_es->s_feature_ro_compat,
					    EXT2_FEATURE_RO_COMPAT_SPARSE_SUPER))
		return true;
	for (i = 0; i < ARRAY_SIZE(bases); i++)
		for (power = bases[i]; power <= group; power *= bases[i])
			if (power == group)
				return true;
	return false;
}

/* Blocks that no file can ever have: super blocks, descriptors, bitmaps, inode tables. */
static u32 overhead(struct super_block *sb)
{
	struct ext2_sb_info *sbi = EXT2_SB(sb);
	u32 blocks = sbi->s_first_data_block;
	unsigned int i;

	for (i = 0; i < sbi->s_groups_count; i++) {
		blocks += 2 + sbi->s_itb_per_group;
		if (group_has_super(sb, i))
			blocks += 1 + sbi->s_gdb_count;
	}
	return blocks;
}

static int ext2_statfs(struct dentry *dentry, struct kstatfs *buf)
{
	struct super_block *sb = dentry->d_sb;
	struct ext2_sb_info *sbi = EXT2_SB(sb);

	mutex_lock(&sbi->alloc_lock);
	buf->f_type = EXT2_SUPER_MAGIC;
	buf->f_bsize = sb->s_blocksize;
	buf->f_blocks = sbi->s_blocks_count - overhead(sb);
	buf->f_bfree = le32_to_cpu(sbi->s_es->s_free_blocks_count);
	buf->f_bavail = buf->f_bfree > sbi->s_r_blocks_count ?
			buf->f_bfree - sbi->s_r_blocks_count : 0;
	buf->f_files = sbi->s_inodes_count;
	buf->f_ffree = le32_to_cpu(sbi->s_es->s_free_inodes_count);
	buf->f_namelen = EXT2_NAME_LEN;
	memcpy(&buf->f_fsid, sbi->s_es->s_uuid, sizeof(buf->f_fsid));
	mutex_unlock(&sbi->alloc_lock);
	return 0;
}

static int ext2_show_options(struct seq_file *m, struct dentry *root)
{
	u16 errors = le16_to_cpu(EXT2_SB(root->d_sb)->s_es->s_errors);

	if (errors == EXT2_ERRORS_RO)
		seq_puts(m, ",errors=remount-ro");
	else if (errors == EXT2_ERRORS_PANIC)
		seq_puts(m, ",errors=panic");
	return 0;
}

const struct super_operations ext2_sops = {
	.alloc_inode	= ext2_alloc_inode,
	.free_inode	= ext2_free_in_core_inode,
	.write_inode	= ext2_write_inode,
	.evict_inode	= ext2_evict_inode,
	.put_super	= ext2_put_super,
	.sync_fs	= ext2_sync_fs,
	.statfs		= ext2_statfs,
	.remount_fs	= ext2_remount,
	.show_options	= ext2_show_options,
};

static struct dentry *ext2_mount(struct file_system_type *type, int flags, const char *dev, void *data)
{
	return mount_bdev(type, flags, dev, data, ext2_fill_super);
}

static struct file_system_type ext2_fs_type = {
	.owner		= THIS_MODULE,
	.name		= "ext2",
	.mount		= ext2_mount,
	.kill_sb	= kill_block_super,
	.fs_flags	= FS_REQUIRES_DEV,
};

static int __init init_ext2_fs(void)
{
	int err;

	ext2_inode_cachep = kmem_cache_create("ext2_inode_cache", sizeof(struct ext2_inode_info), 0,
					      SLAB_RECLAIM_ACCOUNT, init_once);
	if (!ext2_inode_cachep)
		return -ENOMEM;
	err = register_filesystem(&ext2_fs_type);
	if (err)
		kmem_cache_destroy(ext2_inode_cachep);
	return err;
}
fs_initcall(init_ext2_fs);
