/*
 * ext2.h - the second extended file system: what lies on the disk, and what is
 * kept of it in memory.
 *
 *   | boot | super block | group descriptors | bitmaps | inode table | data … |
 *          '---------------- a group, again and again ------------------------'
 *
 * A group of blocks has two bitmaps (blocks, inodes) and a part of the inode
 * table.  An inode tells a file's blocks by 15 numbers: 12 blocks, and one each
 * behind a block, a tree of two and a tree of three levels of numbers.
 *
 * On the disk all numbers are little-endian.  Layout: "The Second Extended File
 * System", D. Poirier, 2001-2019.
 *
 *   super.c  counts, state, errors         map.c       where a file's blocks lie
 *   fill_super.c mounting, with all checks
 *   balloc.c blocks taken and given back   truncate.c  the end of a file
 *   ialloc.c inodes taken and given back   inode.c     inodes from and to the disk
 *   dir.c    names in a directory          namei.c     names made and removed
 */
#ifndef _FS_EXT2_H
#define _FS_EXT2_H

#include <linux/blkdev.h>
#include <linux/buffer_head.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/writeback.h>
#include <asm/byteorder.h>

/* ------------------------------------------------------------------ on the disk */

struct ext2_super_block {
	__le32 s_inodes_count, s_blocks_count;
	__le32 s_r_blocks_count;	/* of them kept for root */
	__le32 s_free_blocks_count, s_free_inodes_count;
	__le32 s_first_data_block;	/* 1 with blocks of 1 KiB, else 0 */
	__le32 s_log_block_size;	/* 1024 << this */
	__le32 s_log_frag_size;
	__le32 s_blocks_per_group, s_frags_per_group, s_inodes_per_group;
	__le32 s_mtime, s_wtime;
	__le16 s_mnt_count, s_max_mnt_count;
	__le16 s_magic, s_state, s_errors, s_minor_rev_level;
	__le32 s_lastcheck, s_checkinterval;
	__le32 s_creator_os, s_rev_level;
	__le16 s_def_resuid, s_def_resgid;
	/* from revision 1 on */
	__le32 s_first_ino;
	__le16 s_inode_size, s_block_group_nr;
	__le32 s_feature_compat, s_feature_incompat, s_feature_ro_compat;
	u8 s_uuid[16];
	char s_volume_name[16], s_last_mounted[64];
	__le32 s_algorithm_usage_bitmap;
	u8 s_prealloc_blocks, s_prealloc_dir_blocks;
	__le16 s_padding;
	__le32 s_reserved[204];
};

#define EXT2_SUPER_OFFSET	1024	/* bytes from the start of the device */
#define EXT2_MIN_BLOCK_SIZE	1024
#define EXT2_GOOD_OLD_REV	0
#define EXT2_DYNAMIC_REV	1
#define EXT2_GOOD_OLD_FIRST_INO	11
#define EXT2_GOOD_OLD_INODE_SIZE 128
#define EXT2_ROOT_INO		2
#define EXT2_LINK_MAX		32000

#define EXT2_VALID_FS		1	/* s_state: put away in order */
#define EXT2_ERROR_FS		2	/* damage was seen */
#define EXT2_ERRORS_CONTINUE	1	/* s_errors */
#define EXT2_ERRORS_RO		2
#define EXT2_ERRORS_PANIC	3

#define EXT2_FEATURE_RO_COMPAT_SPARSE_SUPER	0x0001
#define EXT2_FEATURE_RO_COMPAT_LARGE_FILE	0x0002
#define EXT2_FEATURE_INCOMPAT_FILETYPE		0x0002
#define EXT2_FEATURE_INCOMPAT_SUPP	EXT2_FEATURE_INCOMPAT_FILETYPE
#define EXT2_FEATURE_RO_COMPAT_SUPP \
	(EXT2_FEATURE_RO_COMPAT_SPARSE_SUPER | EXT2_FEATURE_RO_COMPAT_LARGE_FILE)

struct ext2_group_desc {
	__le32 bg_block_bitmap, bg_inode_bitmap, bg_inode_table;	/* blocks */
	__le16 bg_free_blocks_count, bg_free_inodes_count, bg_used_dirs_count;
	__le16 bg_pad;
	__le32 bg_reserved[3];
};

#define EXT2_NDIR_BLOCKS	12
#define EXT2_N_BLOCKS		15

struct ext2_inode {
	__le16 i_mode, i_uid;
	__le32 i_size, i_atime, i_ctime, i_mtime, i_dtime;
	__le16 i_gid, i_links_count;
	__le32 i_blocks;		/* of 512 bytes */
	__le32 i_flags, i_version;
	__le32 i_block[EXT2_N_BLOCKS];	/* of a short symbolic link: its text */
	__le32 i_generation, i_file_acl;
	__le32 i_size_high;		/* of files */
	__le32 i_faddr;
	u8 i_frag, i_fsize;
	__le16 i_pad;
	__le16 i_uid_high, i_gid_high;
	__le32 i_reserved;
};

/* What a block of extended attributes begins with; several inodes may share one. */
struct ext2_attr_header {
	__le32 h_magic, h_refcount;
};

#define EXT2_ATTR_MAGIC		0xea020000

#define EXT2_SYNC_FL		0x00000008
#define EXT2_IMMUTABLE_FL	0x00000010
#define EXT2_APPEND_FL		0x00000020
#define EXT2_NOATIME_FL		0x00000080
#define EXT2_INDEX_FL		0x00001000	/* a directory with a hashed index */
#define EXT2_FL_INHERITED	(EXT2_SYNC_FL | EXT2_NOATIME_FL)

/* A name.  rec_len reaches to the next entry; the last one's to the end of its block. */
struct ext2_dir_entry {
	__le32 inode;			/* 0: unused */
	__le16 rec_len;
	u8 name_len;
	u8 file_type;			/* EXT2_FT_*, with the FILETYPE feature */
	char name[];
};

#define EXT2_NAME_LEN		255
#define EXT2_DIR_REC_LEN(name_len)	(((name_len) + 8 + 3) & ~3)

/* ------------------------------------------------------------------ in memory */

/* [a] alloc_lock, may sleep   else constant while mounted */
struct ext2_sb_info {
	struct mutex alloc_lock;	/* this is a: bitmaps, descriptors and counts */
	struct buffer_head *s_sbh;	/* the super block, pinned */
	struct ext2_super_block *s_es;	/* [a] within it */
	struct buffer_head **s_group_desc; /* [a] pinned */
	unsigned int s_groups_count, s_gdb_count;
	unsigned int s_blocks_per_group, s_inodes_per_group;
	unsigned int s_desc_per_block, s_itb_per_group;
	unsigned int s_inode_size, s_first_ino;
	unsigned int s_dir_goal;	/* [a] group of the last directory made in the root */
	u32 s_blocks_count, s_inodes_count, s_first_data_block;
	u32 s_r_blocks_count;
	bool s_was_put_away;		/* s_state when it was opened for writing: it will be so again */
	kuid_t s_resuid;
	atomic_t s_generation;		/* of the last inode made; random at mount */
};

/* [m] map_lock, may sleep; nests outside alloc_lock */
struct ext2_inode_info {
	__le32 i_data[EXT2_N_BLOCKS];	/* [m] as on the disk */
	u32 i_flags;			/* inode->i_rwsem */
	u32 i_file_acl, i_dtime;
	unsigned int i_block_group;	/* constant: where its inode lies */
	struct mutex map_lock;		/* this is m */
	bool i_fresh;			/* [m] its place on the disk holds its number's last owner */
	u32 i_next_goal;		/* [m] a file's next block should be this one */
	struct inode vfs_inode;
};

static inline struct ext2_inode_info *EXT2_I(struct inode *inode)
{
	return container_of(inode, struct ext2_inode_info, vfs_inode);
}

static inline struct ext2_sb_info *EXT2_SB(struct super_block *sb)
{
	return sb->s_fs_info;
}

static inline u32 ext2_group_first_block(struct super_block *sb, unsigned int group)
{
	return group * EXT2_SB(sb)->s_blocks_per_group + EXT2_SB(sb)->s_first_data_block;
}

static inline bool ext2_has_feature(struct super_block *sb, __le32 features, u32 bit)
{
	return le32_to_cpu(EXT2_SB(sb)->s_es->s_rev_level) >= EXT2_DYNAMIC_REV &&
	       (le32_to_cpu(features) & bit);
}

/* Bits are numbered as the CPU numbers them within little-endian words. */
static inline unsigned long *ext2_bitmap(struct buffer_head *bh)
{
	return (unsigned long *)bh->b_data;
}

#define EXT2_HAS_FILETYPE(sb) \
	ext2_has_feature(sb, EXT2_SB(sb)->s_es->s_feature_incompat, EXT2_FEATURE_INCOMPAT_FILETYPE)

/* A directory's block whose chain was found whole; a new reading of it clears the mark. */
BUFFER_FNS(PrivateStart, dir_checked)

/* super.c */
extern void ext2_error(struct super_block *sb, const char *where, const char *fmt, ...)
	__printf(3, 4);
extern void ext2_msg(struct super_block *sb, const char *level, const char *fmt, ...)
	__printf(3, 4);
extern struct ext2_group_desc *ext2_get_group_desc(struct super_block *sb, unsigned int group,
						   struct buffer_head **bh);

extern int ext2_set_state(struct super_block *sb, bool put_away);
extern bool ext2_may_write(struct super_block *sb);
extern void ext2_release_descriptors(struct ext2_sb_info *sbi);
extern const struct super_operations ext2_sops;

/* fill_super.c */
extern int ext2_fill_super(struct super_block *sb, void *data, int silent);

/* balloc.c */
extern u32 ext2_new_block(struct inode *inode, u32 goal, int *err);
extern void ext2_free_blocks(struct inode *inode, u32 block, unsigned int count);
extern bool ext2_data_blocks_valid(struct super_block *sb, u32 block, u32 count);
extern bool ext2_names_data(struct inode *inode, u32 block, u32 count);

/* ialloc.c */
extern struct inode *ext2_new_inode(struct inode *dir, umode_t mode);
extern void ext2_free_inode(struct inode *inode);

/* map.c, truncate.c */
extern int ext2_get_block(struct inode *inode, sector_t block, struct buffer_head *bh, int create);
extern void ext2_truncate_blocks(struct inode *inode, loff_t size);

/* inode.c */
extern struct inode *ext2_iget(struct super_block *sb, unsigned long ino);
extern int ext2_write_inode(struct inode *inode, struct writeback_control *wbc);
extern void ext2_evict_inode(struct inode *inode);
extern void ext2_give_back(struct inode *inode);
extern int ext2_setattr(struct dentry *dentry, struct iattr *attr);
extern void ext2_set_ops(struct inode *inode);
extern void ext2_set_inode_flags(struct inode *inode);
extern bool ext2_has_blocks(struct inode *inode);

/* dir.c; dir->i_rwsem held, for writing by those that change */
extern ino_t ext2_inode_by_name(struct inode *dir, const struct qstr *name, int *err);
extern int ext2_add_link(struct inode *dir, const struct qstr *name, struct inode *inode);
extern int ext2_delete_name(struct inode *dir, const struct qstr *name);
extern int ext2_set_name(struct inode *dir, const struct qstr *name, struct inode *inode);
extern int ext2_make_empty(struct inode *inode, struct inode *parent);
extern bool ext2_empty_dir(struct inode *inode);
extern const struct file_operations ext2_dir_operations;

/* namei.c, file.c, inode.c */
extern const struct inode_operations ext2_dir_inode_operations;
extern const struct inode_operations ext2_inode_operations;
extern const struct inode_operations ext2_symlink_inode_operations;
extern const struct file_operations ext2_file_operations;
extern const struct address_space_operations ext2_aops;

#endif
