/*
 * balloc.c - blocks taken and given back, by the groups' bitmaps.
 *
 * A file's next block should follow its last one (the goal); failing that it is
 * the next free one of the same group, then of any other.  The free counts stand
 * in the group's descriptor and in the super block, and change with the bitmap
 * under alloc_lock, so that the three always agree.
 *
 * Context: process, may sleep.
 */
#include "ext2.h"

static unsigned int blocks_in_group(struct super_block *sb, unsigned int group)
{
	struct ext2_sb_info *sbi = EXT2_SB(sb);

	return min(sbi->s_blocks_per_group, sbi->s_blocks_count - ext2_group_first_block(sb, group));
}

static bool ranges_meet(u32 a, u32 a_count, u32 b, u32 b_count)
{
	return a < b + b_count && b < a + a_count;
}

/* Is any of the run, which begins in that group, the group's own? */
static bool is_metadata(struct super_block *sb, unsigned int group, u32 block, u32 count)
{
	struct ext2_group_desc *desc = ext2_get_group_desc(sb, group, NULL);

	return !desc || ranges_meet(block, count, le32_to_cpu(desc->bg_block_bitmap), 1) ||
	       ranges_meet(block, count, le32_to_cpu(desc->bg_inode_bitmap), 1) ||
	       ranges_meet(block, count, le32_to_cpu(desc->bg_inode_table),
			   EXT2_SB(sb)->s_itb_per_group);
}

/* May a file use these blocks?  Not the super block, descriptors, bitmaps, inode tables. */
bool ext2_data_blocks_valid(struct super_block *sb, u32 block, u32 count)
{
	struct ext2_sb_info *sbi = EXT2_SB(sb);
	unsigned int group, last;

	if (block <= sbi->s_first_data_block + sbi->s_gdb_count || block >= sbi->s_blocks_count ||
	    count > sbi->s_blocks_count - block)
		return false;
	group = (block - sbi->s_first_data_block) / sbi->s_blocks_per_group;
	last = (block + count - 1 - sbi->s_first_data_block) / sbi->s_blocks_per_group;
	for (; group <= last; group++) {
		if (is_metadata(sb, group, block, count))
			return false;
	}
	return true;
}

/* The same for what an inode says; if not, it is reported. */
bool ext2_names_data(struct inode *inode, u32 block, u32 count)
{
	bool valid = ext2_data_blocks_valid(inode->i_sb, block, count);

	if (!valid)
		ext2_error(inode->i_sb, __func__, "inode %lu names block %u", inode->i_ino, block);
	return valid;
}

/* The bitmap must at least say that the group's own tables are taken. */
static bool bitmap_sane(struct super_block *sb, unsigned int group, struct ext2_group_desc *desc,
			struct buffer_head *bh)
{
	u32 first = ext2_group_first_block(sb, group);
	u32 own[3] = { le32_to_cpu(desc->bg_block_bitmap), le32_to_cpu(desc->bg_inode_bitmap),
		       le32_to_cpu(desc->bg_inode_table) };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(own); i++)
		if (ranges_meet(own[i], 1, first, blocks_in_group(sb, group)) &&
		    !test_bit(own[i] - first, ext2_bitmap(bh)))
			return false;
	return true;
}

static struct buffer_head *read_bitmap(struct super_block *sb, unsigned int group,
				       struct ext2_group_desc *desc)
{
	struct buffer_head *bh = sb_bread(sb, le32_to_cpu(desc->bg_block_bitmap));

	if (!bh) {
		ext2_error(sb, __func__, "cannot read the block bitmap of group %u", group);
		return NULL;
	}
	if (!bitmap_sane(sb, group, desc, bh)) {
		ext2_error(sb, __func__, "the block bitmap of group %u is damaged", group);
		brelse(bh);
		return NULL;
	}
	return bh;
}

/* [a] held.  delta blocks more (or fewer) are free in the group and in all. */
static void count_free(struct super_block *sb, struct ext2_group_desc *desc,
		       struct buffer_head *desc_bh, int delta)
{
	struct ext2_sb_info *sbi = EXT2_SB(sb);

	lockdep_assert_held(&sbi->alloc_lock);
	desc->bg_free_blocks_count = cpu_to_le16(le16_to_cpu(desc->bg_free_blocks_count) + delta);
	mark_buffer_dirty(desc_bh);
	sbi->s_es->s_free_blocks_count =
		cpu_to_le32(le32_to_cpu(sbi->s_es->s_free_blocks_count) + delta);
	mark_buffer_dirty(sbi->s_sbh);
}

/* The last blocks are kept for root, so that a full disk can still be mended. */
static bool may_take(struct ext2_sb_info *sbi)
{
	u32 free = le32_to_cpu(sbi->s_es->s_free_blocks_count);

	if (free > sbi->s_r_blocks_count)
		return true;
	return free && (capable(CAP_SYS_RESOURCE) || uid_eq(sbi->s_resuid, current_fsuid()));
}

/*
 * [a] held.  Takes the first free block of the group from bit `from` on, then
 * before it.  Its number; 0: the group is full.
 */
static u32 take_from_group(struct super_block *sb, unsigned int group, unsigned int from)
{
	struct buffer_head *desc_bh, *bh;
	struct ext2_group_desc *desc = ext2_get_group_desc(sb, group, &desc_bh);
	unsigned int bits = blocks_in_group(sb, group), bit;
	u32 block;

	if (!desc || !desc->bg_free_blocks_count)
		return 0;
	bh = read_bitmap(sb, group, desc);
	if (!bh)
		return 0;
	bit = find_next_zero_bit(ext2_bitmap(bh), bits, from);
	if (bit >= bits)
		bit = find_next_zero_bit(ext2_bitmap(bh), bits, 0);
	if (bit >= bits) {
		brelse(bh);
		return 0;
	}
	block = ext2_group_first_block(sb, group) + bit;
	if (!ext2_data_blocks_valid(sb, block, 1)) {
		ext2_error(sb, __func__, "block %u holds a table but is marked free", block);
		brelse(bh);
		return 0;
	}
	__set_bit(bit, ext2_bitmap(bh));
	mark_buffer_dirty(bh);
	brelse(bh);
	count_free(sb, desc, desc_bh, -1);
	return block;
}

/*
 * Takes a block for the inode, at goal if that is free, else near it.
 * Its number, or 0 with *err -ENOSPC.
 */
u32 ext2_new_block(struct inode *inode, u32 goal, int *err)
{
	struct super_block *sb = inode->i_sb;
	struct ext2_sb_info *sbi = EXT2_SB(sb);
	unsigned int group, from, i;
	u32 block = 0;

	if (goal < sbi->s_first_data_block || goal >= sbi->s_blocks_count)
		goal = ext2_group_first_block(sb, EXT2_I(inode)->i_block_group);
	group = (goal - sbi->s_first_data_block) / sbi->s_blocks_per_group;
	from = (goal - sbi->s_first_data_block) % sbi->s_blocks_per_group;

	mutex_lock(&sbi->alloc_lock);
	if (may_take(sbi)) {
		for (i = 0; i < sbi->s_groups_count && !block && !sb_rdonly(sb); i++) {
			block = take_from_group(sb, group, from);
			group = (group + 1) % sbi->s_groups_count;
			from = 0;
		}
	}
	mutex_unlock(&sbi->alloc_lock);
	if (!block) {
		*err = sb_rdonly(sb) ? -EROFS : -ENOSPC;
		return 0;
	}
	inode_add_bytes(inode, sb->s_blocksize);
	return block;
}

/* [a] held.  Clears bits [bit, bit + count) of the group; how many were set. */
static unsigned int clear_bits(struct super_block *sb, struct buffer_head *bh, u32 first,
			       unsigned int bit, unsigned int count)
{
	unsigned int i, cleared = 0;

	for (i = bit; i < bit + count; i++) {
		if (__test_and_clear_bit(i, ext2_bitmap(bh)))
			cleared++;
		else
			ext2_error(sb, __func__, "block %u was free already", first + i);
	}
	return cleared;
}

/* [a] held.  Gives back what of the run lies in one group; how many blocks that is. */
static unsigned int free_in_group(struct super_block *sb, u32 block, unsigned int count)
{
	struct ext2_sb_info *sbi = EXT2_SB(sb);
	unsigned int group = (block - sbi->s_first_data_block) / sbi->s_blocks_per_group;
	u32 first = ext2_group_first_block(sb, group);
	struct buffer_head *desc_bh, *bh;
	struct ext2_group_desc *desc;

	count = min(count, first + sbi->s_blocks_per_group - block);
	desc = ext2_get_group_desc(sb, group, &desc_bh);
	bh = desc ? read_bitmap(sb, group, desc) : NULL;
	if (!bh)
		return count;			/* said by read_bitmap(): they stay taken */
	count_free(sb, desc, desc_bh, clear_bits(sb, bh, first, block - first, count));
	mark_buffer_dirty(bh);
	brelse(bh);
	return count;
}

/* Gives back the run of count blocks that the inode had. */
void ext2_free_blocks(struct inode *inode, u32 block, unsigned int count)
{
	struct super_block *sb = inode->i_sb;
	struct ext2_sb_info *sbi = EXT2_SB(sb);
	unsigned int done;

	if (!ext2_data_blocks_valid(sb, block, count)) {
		ext2_error(sb, __func__, "inode %lu: blocks %u to %u are not data", inode->i_ino,
			   block, block + count - 1);
		return;
	}
	inode_add_bytes(inode, -((loff_t)count << sb->s_blocksize_bits));
	mutex_lock(&sbi->alloc_lock);
	while (count) {
		done = free_in_group(sb, block, count);
		block += done;
		count -= done;
	}
	mutex_unlock(&sbi->alloc_lock);
}
