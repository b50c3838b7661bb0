/*
 * inode.c - inodes from the disk, to the disk, and at their end.
 *
 * Context: process, may sleep.
 */
#include "ext2.h"

#define EXT2_MAX_SIZE_SMALL	0x7fffffffLL	/* beyond it the disk needs LARGE_FILE */

/* Its extended attributes may take a block that is not of its contents. */
static blkcnt_t attribute_sectors(struct inode *inode)
{
	return EXT2_I(inode)->i_file_acl ? inode->i_sb->s_blocksize >> 9 : 0;
}

static bool fast_symlink(struct inode *inode)
{
	return S_ISLNK(inode->i_mode) && inode->i_blocks == attribute_sectors(inode);
}

/* Are i_data block numbers?  Not of devices, and not of a link short enough to lie there itself. */
bool ext2_has_blocks(struct inode *inode)
{
	return S_ISREG(inode->i_mode) || S_ISDIR(inode->i_mode) ||
	       (S_ISLNK(inode->i_mode) && !fast_symlink(inode));
}

void ext2_set_inode_flags(struct inode *inode)
{
	u32 flags = EXT2_I(inode)->i_flags;

	inode->i_flags = (flags & EXT2_SYNC_FL ? S_SYNC : 0) | (flags & EXT2_APPEND_FL ? S_APPEND : 0) |
			 (flags & EXT2_IMMUTABLE_FL ? S_IMMUTABLE : 0) |
			 (flags & EXT2_NOATIME_FL ? S_NOATIME : 0);
}

void ext2_set_ops(struct inode *inode)
{
	inode->i_op = &ext2_inode_operations;
	if (S_ISREG(inode->i_mode)) {
		inode->i_fop = &ext2_file_operations;
		inode->i_mapping->a_ops = &ext2_aops;
	} else if (S_ISDIR(inode->i_mode)) {
		inode->i_op = &ext2_dir_inode_operations;
		inode->i_fop = &ext2_dir_operations;
	} else if (fast_symlink(inode) && inode->i_size < sizeof(EXT2_I(inode)->i_data)) {
		inode->i_link = (char *)EXT2_I(inode)->i_data;
		inode->i_link[inode->i_size] = '\0';
	} else if (S_ISLNK(inode->i_mode)) {
		inode->i_op = &ext2_symlink_inode_operations;
		inode->i_mapping->a_ops = &ext2_aops;
	}
}

/* The disk's copy of an inode, within the held block *bhp.  ERR_PTR(-EIO). */
static struct ext2_inode *raw_inode(struct super_block *sb, unsigned long ino,
				    struct buffer_head **bhp)
{
	struct ext2_sb_info *sbi = EXT2_SB(sb);
	unsigned long offset = (ino - 1) % sbi->s_inodes_per_group * sbi->s_inode_size;
	struct ext2_group_desc *desc;

	desc = ext2_get_group_desc(sb, (ino - 1) / sbi->s_inodes_per_group, NULL);
	if (!desc)
		return ERR_PTR(-EIO);
	*bhp = sb_bread(sb, le32_to_cpu(desc->bg_inode_table) + (offset >> sb->s_blocksize_bits));
	if (!*bhp) {
		ext2_error(sb, __func__, "cannot read inode %lu", ino);
		return ERR_PTR(-EIO);
	}
	return (struct ext2_inode *)((*bhp)->b_data + (offset & (sb->s_blocksize - 1)));
}

static bool valid_ino(struct super_block *sb, unsigned long ino)
{
	return (ino == EXT2_ROOT_INO || ino >= EXT2_SB(sb)->s_first_ino) &&
	       ino <= EXT2_SB(sb)->s_inodes_count;
}

/* Device numbers: 8+8 bits in the first slot, or 12+20 in the second. */
static dev_t decode_dev(const __le32 *data)
{
	u32 old = le32_to_cpu(data[0]), new = le32_to_cpu(data[1]);

	return old ? old_decode_dev(old) : new_decode_dev(new);
}

static void encode_dev(__le32 *data, dev_t dev)
{
	bool old = old_valid_dev(dev);

	data[0] = cpu_to_le32(old ? old_encode_dev(dev) : 0);
	data[1] = cpu_to_le32(old ? 0 : new_encode_dev(dev));
}

static void fill_from_raw(struct inode *inode, const struct ext2_inode *raw)
{
	struct ext2_inode_info *ei = EXT2_I(inode);

	inode->i_mode = le16_to_cpu(raw->i_mode);
	inode->i_uid = KUIDT_INIT(le16_to_cpu(raw->i_uid) | le16_to_cpu(raw->i_uid_high) << 16);
	inode->i_gid = KGIDT_INIT(le16_to_cpu(raw->i_gid) | le16_to_cpu(raw->i_gid_high) << 16);
	set_nlink(inode, le16_to_cpu(raw->i_links_count));
	inode->i_size = le32_to_cpu(raw->i_size);
	if (S_ISREG(inode->i_mode))
		inode->i_size |= (loff_t)((u64)le32_to_cpu(raw->i_size_high) << 32);
	inode->i_atime.tv_sec = (s32)le32_to_cpu(raw->i_atime);
	inode->i_ctime.tv_sec = (s32)le32_to_cpu(raw->i_ctime);
	inode->i_mtime.tv_sec = (s32)le32_to_cpu(raw->i_mtime);
	inode->i_atime.tv_nsec = inode->i_ctime.tv_nsec = inode->i_mtime.tv_nsec = 0;
	inode->i_blocks = le32_to_cpu(raw->i_blocks);
	inode->i_generation = le32_to_cpu(raw->i_generation);
	ei->i_flags = le32_to_cpu(raw->i_flags);
	ei->i_file_acl = le32_to_cpu(raw->i_file_acl);
	ei->i_dtime = le32_to_cpu(raw->i_dtime);
	ei->i_block_group = (inode->i_ino - 1) / EXT2_SB(inode->i_sb)->s_inodes_per_group;
	ei->i_next_goal = 0;
	ei->i_fresh = false;
	memcpy(ei->i_data, raw->i_block, sizeof(ei->i_data));
}

/* Is it one that a name may lead to? */
static int check_inode(struct inode *inode)
{
	if (inode->i_nlink == 0 && (inode->i_mode == 0 || EXT2_I(inode)->i_dtime))
		return -ESTALE;
	if (inode->i_size < 0 || inode->i_size > inode->i_sb->s_maxbytes) {
		ext2_error(inode->i_sb, __func__, "inode %lu: size %lld cannot be", inode->i_ino,
			   inode->i_size);
		return -EIO;
	}
	switch (inode->i_mode & S_IFMT) {
	case S_IFREG: case S_IFDIR: case S_IFLNK: case S_IFCHR: case S_IFBLK: case S_IFIFO: case S_IFSOCK:
		return 0;
	}
	ext2_error(inode->i_sb, __func__, "inode %lu: mode %o cannot be", inode->i_ino, inode->i_mode);
	return -EIO;
}

/* The inode by number, a reference.  ERR_PTR: -EIO, -ESTALE (it is free), -ENOMEM. */
struct inode *ext2_iget(struct super_block *sb, unsigned long ino)
{
	struct ext2_inode *raw;
	struct buffer_head *bh;
	struct inode *inode;
	int err;

	if (!valid_ino(sb, ino)) {
		ext2_error(sb, __func__, "there is no inode %lu", ino);
		return ERR_PTR(-EIO);
	}
	inode = iget_locked(sb, ino);
	if (!inode)
		return ERR_PTR(-ENOMEM);
	if (!(inode->i_state & I_NEW))
		return inode;
	raw = raw_inode(sb, ino, &bh);
	err = PTR_ERR_OR_ZERO(raw);
	if (!err) {
		fill_from_raw(inode, raw);
		brelse(bh);
		err = check_inode(inode);
	}
	if (err) {
		iget_failed(inode);
		return ERR_PTR(err);
	}
	if (S_ISCHR(inode->i_mode) || S_ISBLK(inode->i_mode) || S_ISFIFO(inode->i_mode) ||
	    S_ISSOCK(inode->i_mode))
		init_special_inode(inode, inode->i_mode, decode_dev(EXT2_I(inode)->i_data));
	ext2_set_ops(inode);
	ext2_set_inode_flags(inode);
	unlock_new_inode(inode);
	return inode;
}

/* The first file beyond 2 GiB is noted in the super block: old drivers must not write then. */
static void note_large_file(struct super_block *sb)
{
	struct ext2_sb_info *sbi = EXT2_SB(sb);
	struct ext2_super_block *es = sbi->s_es;

	if (ext2_has_feature(sb, es->s_feature_ro_compat, EXT2_FEATURE_RO_COMPAT_LARGE_FILE))
		return;
	mutex_lock(&sbi->alloc_lock);
	if (le32_to_cpu(es->s_rev_level) == EXT2_GOOD_OLD_REV) {
		es->s_rev_level = cpu_to_le32(EXT2_DYNAMIC_REV);
		es->s_first_ino = cpu_to_le32(EXT2_GOOD_OLD_FIRST_INO);
		es->s_inode_size = cpu_to_le16(EXT2_GOOD_OLD_INODE_SIZE);
	}
	es->s_feature_ro_compat |= cpu_to_le32(EXT2_FEATURE_RO_COMPAT_LARGE_FILE);
	mark_buffer_dirty(sbi->s_sbh);
	mutex_unlock(&sbi->alloc_lock);
}

static void fill_raw(struct ext2_inode *raw, struct inode *inode)
{
	struct ext2_inode_info *ei = EXT2_I(inode);
	u32 uid = __kuid_val(inode->i_uid), gid = __kgid_val(inode->i_gid);

	raw->i_mode = cpu_to_le16(inode->i_mode);
	raw->i_uid = cpu_to_le16(uid);
	raw->i_uid_high = cpu_to_le16(uid >> 16);
	raw->i_gid = cpu_to_le16(gid);
	raw->i_gid_high = cpu_to_le16(gid >> 16);
	raw->i_links_count = cpu_to_le16(inode->i_nlink);
	raw->i_size = cpu_to_le32(inode->i_size);
	raw->i_size_high = S_ISREG(inode->i_mode) ? cpu_to_le32(inode->i_size >> 32) : 0;
	raw->i_atime = cpu_to_le32(inode->i_atime.tv_sec);
	raw->i_ctime = cpu_to_le32(inode->i_ctime.tv_sec);
	raw->i_mtime = cpu_to_le32(inode->i_mtime.tv_sec);
	raw->i_dtime = cpu_to_le32(ei->i_dtime);
	raw->i_blocks = cpu_to_le32(inode->i_blocks);
	raw->i_flags = cpu_to_le32(ei->i_flags);
	raw->i_generation = cpu_to_le32(inode->i_generation);
	raw->i_file_acl = cpu_to_le32(ei->i_file_acl);
	if (S_ISCHR(inode->i_mode) || S_ISBLK(inode->i_mode))
		encode_dev(raw->i_block, inode->i_rdev);
	else
		memcpy(raw->i_block, ei->i_data, sizeof(raw->i_block));
}

/* Into its place in the inode table; with WB_SYNC_ALL to the disk as well. */
int ext2_write_inode(struct inode *inode, struct writeback_control *wbc)
{
	struct ext2_inode_info *ei = EXT2_I(inode);
	struct buffer_head *bh;
	struct ext2_inode *raw;
	int err = 0;

	if (S_ISREG(inode->i_mode) && inode->i_size > EXT2_MAX_SIZE_SMALL)
		note_large_file(inode->i_sb);
	raw = raw_inode(inode->i_sb, inode->i_ino, &bh);
	if (IS_ERR(raw))
		return PTR_ERR(raw);
	mutex_lock(&ei->map_lock);		/* i_data whole */
	lock_buffer(bh);			/* not while it is on its way to the disk */
	if (ei->i_fresh)		/* attributes, too, may lie behind what we fill */
		memset(raw, 0, EXT2_SB(inode->i_sb)->s_inode_size);
	ei->i_fresh = false;
	fill_raw(raw, inode);
	unlock_buffer(bh);
	mutex_unlock(&ei->map_lock);
	mark_buffer_dirty(bh);
	if (wbc && wbc->sync_mode == WB_SYNC_ALL)
		err = sync_dirty_buffer(bh);
	brelse(bh);
	return err;
}

/* It uses its block of attributes no longer; the last one that did frees it. */
static void drop_attributes(struct inode *inode)
{
	struct ext2_inode_info *ei = EXT2_I(inode);
	struct ext2_attr_header *header;
	struct buffer_head *bh;
	bool last;

	if (!ei->i_file_acl)
		return;
	bh = ext2_data_blocks_valid(inode->i_sb, ei->i_file_acl, 1) ?
	     sb_bread(inode->i_sb, ei->i_file_acl) : NULL;
	header = bh ? (struct ext2_attr_header *)bh->b_data : NULL;
	if (!bh || le32_to_cpu(header->h_magic) != EXT2_ATTR_MAGIC || !header->h_refcount) {
		ext2_error(inode->i_sb, __func__, "inode %lu: block %u holds no attributes",
			   inode->i_ino, ei->i_file_acl);
		brelse(bh);
		return;
	}
	lock_buffer(bh);
	last = header->h_refcount == cpu_to_le32(1);
	header->h_refcount = cpu_to_le32(le32_to_cpu(header->h_refcount) - 1);
	unlock_buffer(bh);
	if (last) {
		bforget(bh);
		ext2_free_blocks(inode, ei->i_file_acl, 1);
	} else {
		mark_buffer_dirty(bh);
		brelse(bh);
	}
	ei->i_file_acl = 0;
}

/* Its last name is gone: its blocks are free again, and its place says so. */
void ext2_give_back(struct inode *inode)
{
	EXT2_I(inode)->i_dtime = current_time(inode).tv_sec;
	if (inode->i_blocks) {
		inode->i_size = 0;
		ext2_truncate_blocks(inode, 0);
	}
	drop_attributes(inode);
	ext2_write_inode(inode, NULL);
}

/* Nobody uses it any more.  Without a name its blocks and its number are given back. */
void ext2_evict_inode(struct inode *inode)
{
	bool gone = !inode->i_nlink && !is_bad_inode(inode) && !sb_rdonly(inode->i_sb) &&
		    !EXT2_I(inode)->i_dtime;

	truncate_inode_pages_final(&inode->i_data);
	if (gone)
		ext2_give_back(inode);
	invalidate_inode_buffers(inode);
	clear_inode(inode);
	if (gone)
		ext2_free_inode(inode);
}

static int set_size(struct inode *inode, loff_t size)
{
	int err;

	if (!S_ISREG(inode->i_mode))
		return -EINVAL;
	err = block_truncate_page(inode->i_mapping, size);
	if (err)
		return err;
	truncate_setsize(inode, size);
	ext2_truncate_blocks(inode, size);
	inode->i_mtime = inode->i_ctime = current_time(inode);
	mark_inode_dirty(inode);
	return 0;
}

int ext2_setattr(struct dentry *dentry, struct iattr *attr)
{
	struct inode *inode = d_inode(dentry);
	int err = setattr_prepare(dentry, attr);

	if (!err && (attr->ia_valid & ATTR_SIZE) && attr->ia_size != inode->i_size)
		err = set_size(inode, attr->ia_size);
	if (err)
		return err;
	setattr_copy(inode, attr);
	mark_inode_dirty(inode);
	return 0;
}

/* Of files, devices, and symlinks short enough to have their i_link. */
const struct inode_operations ext2_inode_operations = {
	.setattr	= ext2_setattr,
};

const struct inode_operations ext2_symlink_inode_operations = {
	.get_link	= page_get_link,
	.setattr	= ext2_setattr,
};
