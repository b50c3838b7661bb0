/*
 * truncate.c - the blocks behind a file's end given back.
 *
 * From the last slot to the first the trees of block numbers are walked; a
 * branch that lies wholly behind the end goes with all its numbers, the one
 * that the end cuts through keeps its beginning.  Blocks that follow each other
 * are given back as one run.
 *
 * Context: process, may sleep; the inode's i_rwsem held, its pages gone already.
 */
#include "ext2.h"

/* Blocks on their way back, as long as they form a run. */
struct run {
	struct inode *inode;
	u32 first;
	unsigned int count;
};

static void give_back(struct run *run)
{
	if (run->count)
		ext2_free_blocks(run->inode, run->first, run->count);
	run->count = 0;
}

static inline void add_to_run(struct run *run, u32 block)
{
	if (run->count && block == run->first + run->count) {
		run->count++;
		return;
	}
	give_back(run);
	run->first = block;
	run->count = 1;
}

/*
 * A block of metadata goes: what the cache of the device holds of it must not be
 * written any more, for the block may soon be part of another file.
 */
static void free_metadata(struct run *run, u32 block)
{
	struct buffer_head *bh = sb_find_get_block(run->inode->i_sb, block);

	if (bh)
		bforget(bh);
	add_to_run(run, block);
}

/* [m] held.  The data blocks of slots [from, to): give_back() looks whether they can be the file's. */
static void free_data(struct run *run, __le32 *slots, unsigned int from, unsigned int to)
{
	bool metadata = S_ISDIR(run->inode->i_mode);

	for (; from < to; from++) {
		u32 block = le32_to_cpu(slots[from]);

		if (!block)
			continue;
		slots[from] = 0;
		if (metadata)
			free_metadata(run, block);
		else
			add_to_run(run, block);
	}
}

/*
 * [m] held.  Frees what a slot leads to, from the keep-th block of that branch
 * on.  level: 1 to 3, a block of numbers of data, or of such blocks.  What of it is damaged
 * stays as it is.
 */
static void free_branch(struct run *run, __le32 *slot, unsigned int level, u64 keep)
{
	struct inode *inode = run->inode;
	unsigned int bits = inode->i_sb->s_blocksize_bits - 2, span_bits, i;
	u32 block = le32_to_cpu(*slot);
	struct buffer_head *bh;

	if (!block || !ext2_names_data(inode, block, 1))
		return;
	bh = sb_bread(inode->i_sb, block);
	if (!bh)
		return;
	if (level == 1)
		free_data(run, (__le32 *)bh->b_data, keep, 1u << bits);
	span_bits = bits * (level - 1);
	for (i = keep >> span_bits; level > 1 && i < 1u << bits; i++) {
		u64 begin = (u64)i << span_bits;

		free_branch(run, (__le32 *)bh->b_data + i, level - 1,
			    keep > begin ? keep - begin : 0);
	}
	if (keep)
		mark_buffer_dirty_inode(bh, inode);
	brelse(bh);
	if (!keep) {
		*slot = 0;
		free_metadata(run, block);
	}
}

/* Gives back all blocks that lie wholly behind byte `size`. */
void ext2_truncate_blocks(struct inode *inode, loff_t size)
{
	struct ext2_inode_info *ei = EXT2_I(inode);
	unsigned int bits = inode->i_sb->s_blocksize_bits - 2, level;
	u64 keep = (size + inode->i_sb->s_blocksize - 1) >> inode->i_sb->s_blocksize_bits;
	u64 begin = EXT2_NDIR_BLOCKS;
	struct run run = { .inode = inode };

	if (!ext2_has_blocks(inode))
		return;
	mutex_lock(&ei->map_lock);
	free_data(&run, ei->i_data, min_t(u64, keep, EXT2_NDIR_BLOCKS), EXT2_NDIR_BLOCKS);
	for (level = 1; level <= 3; level++) {
		u64 span = 1ull << (bits * level);

		if (keep < begin + span)
			free_branch(&run, &ei->i_data[EXT2_NDIR_BLOCKS + level - 1], level,
				    keep > begin ? keep - begin : 0);
		begin += span;
	}
	give_back(&run);
	ei->i_next_goal = 0;
	mutex_unlock(&ei->map_lock);
	mark_inode_dirty(inode);
}
