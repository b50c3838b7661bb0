/*
 * map.c - where a file's blocks lie.
 *
 *   i_data[0 … 11]   the first twelve blocks
 *   i_data[12]       a block of numbers of blocks
 *   i_data[13]       a block of numbers of such blocks
 *   i_data[14]       one level more
 *
 * A number 0 is a hole.  ext2_get_block() is the answer to every "where": it walks
 * down, and fills holes on the way if it may.
 *
 * Context: process, may sleep.  Lock: the inode's map_lock over the whole walk.
 */
#include "ext2.h"

/*
 * The way down to a block: an index into i_data and one into each block of
 * numbers.  The length of the way, or 0: a file cannot be that long.
 */
static int block_to_path(struct inode *inode, sector_t block, unsigned int path[4])
{
	unsigned int bits = inode->i_sb->s_blocksize_bits - 2;	/* log2 of the numbers in a block */
	unsigned int mask = (1 << bits) - 1, level, i;
	u64 n = block;

	if (n < EXT2_NDIR_BLOCKS) {
		path[0] = n;
		return 1;
	}
	n -= EXT2_NDIR_BLOCKS;
	for (level = 1; level <= 3; level++) {
		if (n < 1ull << (bits * level)) {
			path[0] = EXT2_NDIR_BLOCKS + level - 1;
			for (i = 1; i <= level; i++)
				path[i] = (u32)(n >> (bits * (level - i))) & mask;
			return level + 1;
		}
		n -= 1ull << (bits * level);
	}
	return 0;
}

/* [m] held.  Near what comes before it in the file; else near the inode. */
static u32 find_goal(struct inode *inode, __le32 *slot, __le32 *first)
{
	struct ext2_inode_info *ei = EXT2_I(inode);

	while (--slot >= first)
		if (*slot)
			return le32_to_cpu(*slot) + 1;
	if (ei->i_next_goal)
		return ei->i_next_goal;
	return ext2_group_first_block(inode->i_sb, ei->i_block_group);
}

/* A new block of numbers: all zero, and nothing of what was there before. */
static int init_numbers(struct inode *inode, u32 block)
{
	struct buffer_head *bh = sb_getblk(inode->i_sb, block);

	if (!bh)
		return -ENOMEM;
	lock_buffer(bh);
	memset(bh->b_data, 0, bh->b_size);
	set_buffer_uptodate(bh);
	unlock_buffer(bh);
	mark_buffer_dirty_inode(bh, inode);
	brelse(bh);
	return 0;
}

/*
 * [m] held.  Fills the hole at slot, which lies in bh, or in the inode when bh
 * is NULL.  numbers: what comes there is a block of numbers.  0, -ENOSPC, -ENOMEM.
 */
static int fill_hole(struct inode *inode, struct buffer_head *bh, __le32 *slot, bool numbers)
{
	struct ext2_inode_info *ei = EXT2_I(inode);
	__le32 *first = bh ? (__le32 *)bh->b_data : ei->i_data;
	int err = 0;
	u32 block;

	block = ext2_new_block(inode, ei->i_next_goal ? ei->i_next_goal :
			       find_goal(inode, slot, first), &err);
	if (!block)
		return err;
	if (numbers) {
		err = init_numbers(inode, block);
		if (err) {
			ext2_free_blocks(inode, block, 1);
			return err;
		}
	}
	ei->i_next_goal = block + 1;
	*slot = cpu_to_le32(block);
	if (bh)
		mark_buffer_dirty_inode(bh, inode);
	inode->i_ctime = current_time(inode);
	mark_inode_dirty(inode);
	return 0;
}

/* How many blocks from slot on lie one behind the other, at most max. */
static unsigned int count_run(__le32 *slot, __le32 *end, unsigned int max)
{
	u32 first = le32_to_cpu(*slot);
	unsigned int n = 1;

	while (n < max && slot + n < end && le32_to_cpu(slot[n]) == first + n)
		n++;
	return n;
}

/*
 * [m] held.  Walks down to the last slot.  *bhp: the block of numbers that it
 * lies in, held, or NULL.  NULL with *err 0: a hole on the way, and create is not set.
 */
static __le32 *walk(struct inode *inode, unsigned int *path, int depth, int create,
		    struct buffer_head **bhp, int *err)
{
	__le32 *slot = EXT2_I(inode)->i_data + path[0];
	struct buffer_head *bh = NULL, *next;
	int level;

	for (level = 1; level < depth; level++) {
		if (!*slot) {
			*err = create ? fill_hole(inode, bh, slot, true) : 0;
			if (!create || *err)
				goto out;
		}
		*err = -EIO;
		if (!ext2_names_data(inode, le32_to_cpu(*slot), 1))
			goto out;
		next = sb_bread(inode->i_sb, le32_to_cpu(*slot));
		brelse(bh);
		bh = next;
		if (!bh)
			return NULL;
		slot = (__le32 *)bh->b_data + path[level];
	}
	*err = 0;
	*bhp = bh;
	return slot;
out:
	brelse(bh);
	return NULL;
}

/*
 * Tells in bh where the file's block lies, and how far the run goes (b_size, at
 * most what the caller asked for).  Not mapped: a hole.  With create holes are
 * filled, and set_buffer_new() says so.  0, -EFBIG, -EIO, -ENOSPC, -ENOMEM.
 */
int ext2_get_block(struct inode *inode, sector_t block, struct buffer_head *bh, int create)
{
	unsigned int max = bh->b_size >> inode->i_blkbits, path[4], run;
	int depth = block_to_path(inode, block, path), err;
	struct ext2_inode_info *ei = EXT2_I(inode);
	struct buffer_head *numbers = NULL;
	__le32 *slot, *end;

	if (!depth)
		return -EFBIG;
	mutex_lock(&ei->map_lock);
	slot = walk(inode, path, depth, create, &numbers, &err);
	if (slot && !*slot && create) {
		err = fill_hole(inode, numbers, slot, false);
		if (!err)
			set_buffer_new(bh);
	}
	if (slot && !err && *slot) {
		end = numbers ? (__le32 *)(numbers->b_data + numbers->b_size) :
		      ei->i_data + EXT2_NDIR_BLOCKS;
		run = count_run(slot, end, max);
		if (ext2_names_data(inode, le32_to_cpu(*slot), run)) {
			map_bh(bh, inode->i_sb, le32_to_cpu(*slot));
			bh->b_size = run << inode->i_blkbits;
		} else {
			err = -EIO;
		}
	}
	brelse(numbers);
	mutex_unlock(&ei->map_lock);
	return err;
}
