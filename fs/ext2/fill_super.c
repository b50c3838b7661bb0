/*
 * fill_super.c - an ext2 file system looked over before it is believed.
 *
 * The super block tells everything else, so each of its numbers that the driver
 * counts on is checked first; then the descriptors, which must point into their
 * own groups; then the root directory.  What does not hold is named, with the
 * device, and nothing is mounted.
 *
 * Context: process, may sleep; s_umount held.
 */
#include <linux/magic.h>
#include <linux/random.h>
#include <linux/slab.h>
#include "ext2.h"

/* Reads the super block, whose block size only it can tell, into sbi.  0, -EINVAL, -EIO. */
static int read_super(struct super_block *sb, struct ext2_sb_info *sbi, int silent)
{
	unsigned int size = sb_min_blocksize(sb, EXT2_MIN_BLOCK_SIZE), log;

	if (!size)
		return -EINVAL;
	for (;;) {
		sbi->s_sbh = sb_bread(sb, EXT2_SUPER_OFFSET / size);
		if (!sbi->s_sbh) {
			ext2_msg(sb, KERN_ERR, "cannot read the super block");
			return -EIO;
		}
		sbi->s_es = (struct ext2_super_block *)(sbi->s_sbh->b_data + EXT2_SUPER_OFFSET % size);
		if (le16_to_cpu(sbi->s_es->s_magic) != EXT2_SUPER_MAGIC) {
			if (!silent)
				ext2_msg(sb, KERN_ERR, "this is not an ext2 file system");
			return -EINVAL;
		}
		log = le32_to_cpu(sbi->s_es->s_log_block_size);
		if (log > 2) {
			ext2_msg(sb, KERN_ERR, "super block damaged: block size 2^%u KiB", log);
			return -EINVAL;
		}
		if (size == EXT2_MIN_BLOCK_SIZE << log)
			return 0;
		size = EXT2_MIN_BLOCK_SIZE << log;
		brelse(sbi->s_sbh);
		sbi->s_sbh = NULL;
		if (!sb_set_blocksize(sb, size)) {
			ext2_msg(sb, KERN_ERR, "the device cannot have blocks of %u bytes", size);
			return -EINVAL;
		}
	}
}

/* Numbers out of the super block, and what follows from them. */
static void take_numbers(struct super_block *sb, struct ext2_sb_info *sbi)
{
	struct ext2_super_block *es = sbi->s_es;
	bool dynamic = le32_to_cpu(es->s_rev_level) >= EXT2_DYNAMIC_REV;

	sbi->s_inode_size = dynamic ? le16_to_cpu(es->s_inode_size) : EXT2_GOOD_OLD_INODE_SIZE;
	sbi->s_first_ino = dynamic ? le32_to_cpu(es->s_first_ino) : EXT2_GOOD_OLD_FIRST_INO;
	sbi->s_blocks_count = le32_to_cpu(es->s_blocks_count);
	sbi->s_inodes_count = le32_to_cpu(es->s_inodes_count);
	sbi->s_r_blocks_count = le32_to_cpu(es->s_r_blocks_count);
	sbi->s_first_data_block = le32_to_cpu(es->s_first_data_block);
	sbi->s_blocks_per_group = le32_to_cpu(es->s_blocks_per_group);
	sbi->s_inodes_per_group = le32_to_cpu(es->s_inodes_per_group);
	sbi->s_resuid = KUIDT_INIT(le16_to_cpu(es->s_def_resuid));
	sbi->s_desc_per_block = sb->s_blocksize / sizeof(struct ext2_group_desc);
}

/* NULL, or what cannot be about the super block.  What it counts on must hold before it is used. */
static const char *super_fault(struct super_block *sb, struct ext2_sb_info *sbi)
{
	unsigned int bits = sb->s_blocksize * 8;

	if (sbi->s_inode_size < EXT2_GOOD_OLD_INODE_SIZE || sbi->s_inode_size > sb->s_blocksize ||
	    sbi->s_inode_size & (sbi->s_inode_size - 1))
		return "inode size";
	if (!sbi->s_blocks_per_group || sbi->s_blocks_per_group > bits)
		return "blocks per group";
	if (!sbi->s_inodes_per_group || sbi->s_inodes_per_group > bits ||
	    sbi->s_inodes_per_group % (sb->s_blocksize / sbi->s_inode_size))
		return "inodes per group";
	if (sbi->s_first_data_block != (sb->s_blocksize == EXT2_MIN_BLOCK_SIZE ? 1 : 0))
		return "first data block";
	if (sbi->s_blocks_count <= sbi->s_first_data_block + 1)
		return "number of blocks";
	if ((u64)sbi->s_blocks_count << sb->s_blocksize_bits > i_size_read(sb->s_bdev->bd_inode))
		return "number of blocks (the device is smaller)";
	if (le32_to_cpu(sbi->s_es->s_free_blocks_count) > sbi->s_blocks_count)
		return "number of free blocks";
	return NULL;
}

static int check_super(struct super_block *sb, struct ext2_sb_info *sbi)
{
	struct ext2_super_block *es = sbi->s_es;
	u32 unknown = le32_to_cpu(es->s_feature_incompat) & ~EXT2_FEATURE_INCOMPAT_SUPP;
	const char *fault;

	if (ext2_has_feature(sb, es->s_feature_incompat, unknown)) {
		ext2_msg(sb, KERN_ERR, "has features this driver does not know (0x%x)", unknown);
		return -EINVAL;
	}
	fault = super_fault(sb, sbi);
	if (fault) {
		ext2_msg(sb, KERN_ERR, "super block damaged: %s", fault);
		return -EINVAL;
	}
	sbi->s_groups_count = DIV_ROUND_UP(sbi->s_blocks_count - sbi->s_first_data_block,
					   sbi->s_blocks_per_group);
	sbi->s_gdb_count = DIV_ROUND_UP(sbi->s_groups_count, sbi->s_desc_per_block);
	sbi->s_itb_per_group = sbi->s_inodes_per_group / (sb->s_blocksize / sbi->s_inode_size);
	if ((u64)sbi->s_groups_count * sbi->s_inodes_per_group != sbi->s_inodes_count) {
		ext2_msg(sb, KERN_ERR, "super block damaged: number of inodes");
		return -EINVAL;
	}
	return 0;
}

/* Does every group's descriptor point into its own group? */
static bool descriptors_sane(struct super_block *sb)
{
	struct ext2_sb_info *sbi = EXT2_SB(sb);
	unsigned int i, j;

	for (i = 0; i < sbi->s_groups_count; i++) {
		struct ext2_group_desc *desc = ext2_get_group_desc(sb, i, NULL);
		u32 first = ext2_group_first_block(sb, i);
		u32 end = min(first + sbi->s_blocks_per_group, sbi->s_blocks_count);
		u32 begins[3] = { le32_to_cpu(desc->bg_block_bitmap),
				  le32_to_cpu(desc->bg_inode_bitmap),
				  le32_to_cpu(desc->bg_inode_table) };

		for (j = 0; j < ARRAY_SIZE(begins); j++) {
			u32 length = j == 2 ? sbi->s_itb_per_group : 1;

			if (begins[j] >= first && begins[j] < end && length <= end - begins[j])
				continue;
			ext2_msg(sb, KERN_ERR, "descriptor of group %u damaged: block %u", i, begins[j]);
			return false;
		}
	}
	return true;
}

static int read_descriptors(struct super_block *sb, struct ext2_sb_info *sbi)
{
	u32 first = sbi->s_first_data_block + 1;
	unsigned int i;

	sbi->s_group_desc = kcalloc(sbi->s_gdb_count, sizeof(*sbi->s_group_desc), GFP_KERNEL);
	if (!sbi->s_group_desc)
		return -ENOMEM;
	for (i = 0; i < sbi->s_gdb_count; i++) {
		sbi->s_group_desc[i] = sb_bread(sb, first + i);
		if (!sbi->s_group_desc[i]) {
			ext2_msg(sb, KERN_ERR, "cannot read group descriptors");
			return -EIO;
		}
	}
	return descriptors_sane(sb) ? 0 : -EINVAL;
}

/* What the triple indirection can reach, and what i_blocks can count. */
static loff_t max_size(struct super_block *sb)
{
	unsigned int bits = sb->s_blocksize_bits - 2;
	u64 blocks = EXT2_NDIR_BLOCKS + (1ull << bits) + (1ull << 2 * bits) + (1ull << 3 * bits);
	u64 by_count = (1ull << 32) >> (sb->s_blocksize_bits - 9);

	blocks = min(blocks, by_count - by_count / 256);	/* numbers of blocks are counted too */
	return min_t(u64, blocks << sb->s_blocksize_bits, MAX_LFS_FILESIZE);
}

static int read_root(struct super_block *sb)
{
	struct inode *root = ext2_iget(sb, EXT2_ROOT_INO);

	if (IS_ERR(root))
		return PTR_ERR(root);
	if (!S_ISDIR(root->i_mode) || !root->i_size) {
		ext2_msg(sb, KERN_ERR, "the root directory is damaged");
		iput(root);
		return -EINVAL;
	}
	sb->s_root = d_make_root(root);		/* drops root when it fails */
	return sb->s_root ? 0 : -ENOMEM;
}

/* Last, when nothing can go wrong any more: from here on the disk says "in use". */
static int open_for_writing(struct super_block *sb)
{
	u16 state = le16_to_cpu(EXT2_SB(sb)->s_es->s_state);

	if (sb_rdonly(sb))
		return 0;
	if (!ext2_may_write(sb)) {
		ext2_msg(sb, KERN_WARNING, "has features that only newer drivers can write: read-only");
		sb->s_flags |= SB_RDONLY;
		return 0;
	}
	if (!(state & EXT2_VALID_FS) || (state & EXT2_ERROR_FS))
		ext2_msg(sb, KERN_WARNING, "was not put away in order; e2fsck should look at it");
	return ext2_set_state(sb, false);
}

int ext2_fill_super(struct super_block *sb, void *data, int silent)
{
	struct ext2_sb_info *sbi = kzalloc(sizeof(*sbi), GFP_KERNEL);
	int err;

	if (!sbi)
		return -ENOMEM;
	mutex_init(&sbi->alloc_lock);
	atomic_set(&sbi->s_generation, get_random_u32());
	sb->s_fs_info = sbi;
	err = read_super(sb, sbi, silent);
	if (err)
		goto out_super;
	take_numbers(sb, sbi);
	err = check_super(sb, sbi);
	if (err)
		goto out_super;
	err = read_descriptors(sb, sbi);
	if (err)
		goto out_descriptors;
	sb->s_magic = EXT2_SUPER_MAGIC;
	sb->s_op = &ext2_sops;
	sb->s_maxbytes = max_size(sb);
	sb->s_time_gran = 1000000000;
	err = read_root(sb);
	if (!err)
		err = open_for_writing(sb);
	if (!err)
		return 0;
	if (sb->s_root) {
		dput(sb->s_root);
		sb->s_root = NULL;
	}
	evict_inodes(sb);
out_descriptors:
	ext2_release_descriptors(sbi);
out_super:
	brelse(sbi->s_sbh);
	sb->s_fs_info = NULL;
	kfree(sbi);
	return err;
}
