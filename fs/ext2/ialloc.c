/*
 * ialloc.c - inodes taken and given back, by the groups' bitmaps.
 *
 * A file's inode lies in its directory's group, so that a directory's files are
 * read together.  A directory in the root goes to the emptiest group, one below
 * to its parent's while that has room: trees stay together, the disk fills evenly.
 *
 * Context: process, may sleep.
 */
#include "ext2.h"

/* [a] held.  One inode more or fewer is free; dirs: so many directories more. */
static void count_inode(struct super_block *sb, struct ext2_group_desc *desc,
			struct buffer_head *desc_bh, int free, int dirs)
{
	struct ext2_sb_info *sbi = EXT2_SB(sb);

	lockdep_assert_held(&sbi->alloc_lock);
	desc->bg_free_inodes_count = cpu_to_le16(le16_to_cpu(desc->bg_free_inodes_count) + free);
	desc->bg_used_dirs_count = cpu_to_le16(le16_to_cpu(desc->bg_used_dirs_count) + dirs);
	mark_buffer_dirty(desc_bh);
	sbi->s_es->s_free_inodes_count =
		cpu_to_le32(le32_to_cpu(sbi->s_es->s_free_inodes_count) + free);
	mark_buffer_dirty(sbi->s_sbh);
}

/* [a] held.  The group with most free blocks among those with a fair share of free inodes. */
static unsigned int emptiest_group(struct super_block *sb)
{
	struct ext2_sb_info *sbi = EXT2_SB(sb);
	u32 average = le32_to_cpu(sbi->s_es->s_free_inodes_count) / sbi->s_groups_count;
	unsigned int i, group, best = 0, best_free = 0;
	struct ext2_group_desc *desc;

	for (i = 0; i < sbi->s_groups_count; i++) {
		group = (sbi->s_dir_goal + 1 + i) % sbi->s_groups_count;
		desc = ext2_get_group_desc(sb, group, NULL);
		if (!desc || !desc->bg_free_inodes_count ||
		    le16_to_cpu(desc->bg_free_inodes_count) < average)
			continue;
		if (le16_to_cpu(desc->bg_free_blocks_count) > best_free) {
			best_free = le16_to_cpu(desc->bg_free_blocks_count);
			best = group;
		}
	}
	sbi->s_dir_goal = best;
	return best;
}

/* [a] held.  Takes the first free inode of the group: its number, or 0. */
static unsigned long take_from_group(struct super_block *sb, unsigned int group, bool is_dir)
{
	struct ext2_sb_info *sbi = EXT2_SB(sb);
	struct buffer_head *desc_bh, *bh;
	struct ext2_group_desc *desc = ext2_get_group_desc(sb, group, &desc_bh);
	unsigned long ino, bit;

	if (!desc || !desc->bg_free_inodes_count)
		return 0;
	bh = sb_bread(sb, le32_to_cpu(desc->bg_inode_bitmap));
	if (!bh) {
		ext2_error(sb, __func__, "cannot read the inode bitmap of group %u", group);
		return 0;
	}
	bit = find_next_zero_bit(ext2_bitmap(bh), sbi->s_inodes_per_group, 0);
	ino = group * sbi->s_inodes_per_group + bit + 1;
	if (bit >= sbi->s_inodes_per_group) {
		brelse(bh);
		return 0;
	}
	if (ino < sbi->s_first_ino || ino > sbi->s_inodes_count) {
		ext2_error(sb, __func__, "inode %lu is reserved but marked free", ino);
		brelse(bh);
		return 0;
	}
	__set_bit(bit, ext2_bitmap(bh));
	mark_buffer_dirty(bh);
	brelse(bh);
	count_inode(sb, desc, desc_bh, -1, is_dir);
	return ino;
}

static unsigned long take_inode(struct inode *dir, bool is_dir)
{
	struct super_block *sb = dir->i_sb;
	struct ext2_sb_info *sbi = EXT2_SB(sb);
	unsigned int group = EXT2_I(dir)->i_block_group, i;
	unsigned long ino = 0;

	mutex_lock(&sbi->alloc_lock);
	if (is_dir && dir->i_ino == EXT2_ROOT_INO)
		group = emptiest_group(sb);
	for (i = 0; i < sbi->s_groups_count && !ino && !sb_rdonly(sb); i++) {
		ino = take_from_group(sb, group, is_dir);
		group = (group + 1) % sbi->s_groups_count;
	}
	mutex_unlock(&sbi->alloc_lock);
	return ino;
}

/*
 * A new inode for a file in dir, with no name yet; locked (I_NEW) until
 * unlock_new_inode().  ERR_PTR: -ENOSPC, -ENOMEM, -EIO, -EROFS.
 */
struct inode *ext2_new_inode(struct inode *dir, umode_t mode)
{
	struct super_block *sb = dir->i_sb;
	struct inode *inode = new_inode(sb);
	struct ext2_inode_info *ei;
	int err;

	if (!inode)
		return ERR_PTR(-ENOMEM);
	ei = EXT2_I(inode);
	inode->i_ino = take_inode(dir, S_ISDIR(mode));
	err = sb_rdonly(sb) ? -EROFS : -ENOSPC;
	if (!inode->i_ino)
		goto out_iput;
	inode_init_owner(inode, dir, mode);
	inode->i_atime = inode->i_mtime = inode->i_ctime = current_time(inode);
	inode->i_generation = atomic_inc_return(&EXT2_SB(sb)->s_generation);
	inode->i_blocks = 0;
	memset(ei->i_data, 0, sizeof(ei->i_data));
	ei->i_flags = EXT2_I(dir)->i_flags & EXT2_FL_INHERITED;
	ei->i_file_acl = ei->i_dtime = 0;
	ei->i_block_group = (inode->i_ino - 1) / EXT2_SB(sb)->s_inodes_per_group;
	ei->i_next_goal = 0;
	ei->i_fresh = true;
	ext2_set_inode_flags(inode);
	if (insert_inode_locked(inode)) {
		ext2_error(sb, __func__, "inode %lu is in use but was marked free", inode->i_ino);
		err = -EIO;
		goto out_iput;
	}
	mark_inode_dirty(inode);
	return inode;
out_iput:
	make_bad_inode(inode);
	iput(inode);
	return ERR_PTR(err);
}

/* The inode has no name, no user and no blocks any more.  From evict_inode. */
void ext2_free_inode(struct inode *inode)
{
	struct super_block *sb = inode->i_sb;
	struct ext2_sb_info *sbi = EXT2_SB(sb);
	unsigned int group = (inode->i_ino - 1) / sbi->s_inodes_per_group;
	unsigned int bit = (inode->i_ino - 1) % sbi->s_inodes_per_group;
	struct buffer_head *desc_bh, *bh;
	struct ext2_group_desc *desc;

	mutex_lock(&sbi->alloc_lock);
	desc = ext2_get_group_desc(sb, group, &desc_bh);
	bh = desc ? sb_bread(sb, le32_to_cpu(desc->bg_inode_bitmap)) : NULL;
	if (!bh) {
		ext2_error(sb, __func__, "cannot read the inode bitmap of group %u", group);
	} else if (!__test_and_clear_bit(bit, ext2_bitmap(bh))) {
		ext2_error(sb, __func__, "inode %lu was free already", inode->i_ino);
	} else {
		mark_buffer_dirty(bh);
		count_inode(sb, desc, desc_bh, 1, S_ISDIR(inode->i_mode) ? -1 : 0);
	}
	brelse(bh);
	mutex_unlock(&sbi->alloc_lock);
}
