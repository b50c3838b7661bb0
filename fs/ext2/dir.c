/*
 * dir.c - names in a directory: found, listed, added and taken away.
 *
 * A directory's blocks are chains of entries, each as long as it takes to reach
 * the next; the last reaches the end of its block.  A name is added in the slack
 * behind another, and taken away by letting the one before it reach over it.
 * The blocks are metadata: they live in the device's cache and are read by
 * bread().
 *
 * Every block is checked before it is believed, so that a damaged directory
 * leads to EIO and a message, never astray.
 *
 * Context: process, may sleep; the directory's i_rwsem held.
 */
#include "ext2.h"

#define EXT2_FT_UNKNOWN	0

/* By the format bits of a mode: EXT2_FT_*. */
static const u8 file_type_by_mode[16] = {
	[S_IFREG >> 12] = 1, [S_IFDIR >> 12] = 2, [S_IFCHR >> 12] = 3, [S_IFBLK >> 12] = 4,
	[S_IFIFO >> 12] = 5, [S_IFSOCK >> 12] = 6, [S_IFLNK >> 12] = 7,
};

/* By EXT2_FT_*: what readdir tells. */
static const u8 dirent_type[] = { 0, 8, 4, 2, 6, 1, 12, 10 };

static struct ext2_dir_entry *entry_at(struct buffer_head *bh, unsigned int offset)
{
	return (struct ext2_dir_entry *)(bh->b_data + offset);
}

static unsigned int rec_len(const struct ext2_dir_entry *de)
{
	return le16_to_cpu(de->rec_len);
}

static u32 dir_blocks(struct inode *dir)
{
	return dir->i_size >> dir->i_blkbits;
}

static const char *entry_fault(struct inode *dir, struct buffer_head *bh, unsigned int offset)
{
	struct ext2_dir_entry *de = entry_at(bh, offset);

	if (offset + EXT2_DIR_REC_LEN(1) > bh->b_size)
		return "an entry sticks out of its block";
	if (rec_len(de) < EXT2_DIR_REC_LEN(1) || rec_len(de) % 4)
		return "an entry's length cannot be";
	if (rec_len(de) < EXT2_DIR_REC_LEN(de->name_len))
		return "a name is longer than its entry";
	if (offset + rec_len(de) > bh->b_size)
		return "an entry reaches beyond its block";
	if (le32_to_cpu(de->inode) > EXT2_SB(dir->i_sb)->s_inodes_count)
		return "an entry names an inode that is not there";
	return NULL;
}

/* Is the chain whole?  Checked once for each time the block is brought into the cache. */
static bool block_sane(struct inode *dir, struct buffer_head *bh, u32 block)
{
	const char *fault;
	unsigned int offset;

	if (buffer_dir_checked(bh))
		return true;
	for (offset = 0; offset < bh->b_size; offset += rec_len(entry_at(bh, offset))) {
		fault = entry_fault(dir, bh, offset);
		if (fault) {
			ext2_error(dir->i_sb, __func__, "directory %lu, block %u, byte %u: %s",
				   dir->i_ino, block, offset, fault);
			return false;
		}
	}
	set_buffer_dir_checked(bh);
	return true;
}

/* Block number `block` of the directory, held and checked.  ERR_PTR(-EIO, -ENOMEM). */
static struct buffer_head *read_dir_block(struct inode *dir, u32 block)
{
	struct buffer_head where = { .b_size = dir->i_sb->s_blocksize }, *bh;
	int err = ext2_get_block(dir, block, &where, 0);

	if (err)
		return ERR_PTR(err);
	if (!buffer_mapped(&where)) {
		ext2_error(dir->i_sb, __func__, "directory %lu has a hole at block %u", dir->i_ino, block);
		return ERR_PTR(-EIO);
	}
	bh = sb_bread(dir->i_sb, where.b_blocknr);
	if (!bh)
		return ERR_PTR(-EIO);
	if (!block_sane(dir, bh, block)) {
		brelse(bh);
		return ERR_PTR(-EIO);
	}
	return bh;
}

/* ------------------------------------------------------------------ finding */

static bool entry_is(const struct ext2_dir_entry *de, const struct qstr *name)
{
	return de->inode && de->name_len == name->len && !memcmp(de->name, name->name, name->len);
}

/* A name's place: its entry, the one before it in the block or NULL, and the held block. */
struct place {
	struct buffer_head *bh;
	struct ext2_dir_entry *de, *before;
};

/* 0, -ENOENT, -EIO.  When 0 the caller lets place->bh go. */
static int find_entry(struct inode *dir, const struct qstr *name, struct place *place)
{
	u32 block, blocks = dir_blocks(dir);
	unsigned int offset;

	for (block = 0; block < blocks; block++) {
		place->bh = read_dir_block(dir, block);
		if (IS_ERR(place->bh))
			return PTR_ERR(place->bh);
		place->before = NULL;
		for (offset = 0; offset < place->bh->b_size; offset += rec_len(place->de)) {
			place->de = entry_at(place->bh, offset);
			if (entry_is(place->de, name))
				return 0;
			place->before = place->de;
		}
		brelse(place->bh);
	}
	return -ENOENT;
}

/* The number of the inode by that name, or 0 with *err 0 (no such name) or -EIO. */
ino_t ext2_inode_by_name(struct inode *dir, const struct qstr *name, int *err)
{
	struct place place;
	ino_t ino = 0;

	*err = find_entry(dir, name, &place);
	if (!*err) {
		ino = le32_to_cpu(place.de->inode);
		brelse(place.bh);
	} else if (*err == -ENOENT) {
		*err = 0;
	}
	return ino;
}

/* ------------------------------------------------------------------ listing */

/* The directory may have changed since the position was told: the next entry at or after it. */
static unsigned int resume_at(struct buffer_head *bh, unsigned int want)
{
	unsigned int offset = 0;

	while (offset < want && offset < bh->b_size)
		offset += rec_len(entry_at(bh, offset));
	return offset;
}

static bool emit_block(struct inode *dir, struct buffer_head *bh, struct dir_context *ctx)
{
	unsigned int mask = bh->b_size - 1, offset = ctx->pos & mask;
	bool types = EXT2_HAS_FILETYPE(dir->i_sb);
	loff_t base = ctx->pos - offset;

	for (offset = resume_at(bh, offset); offset < bh->b_size;) {
		struct ext2_dir_entry *de = entry_at(bh, offset);
		u8 type = types && de->file_type < sizeof(dirent_type) ? dirent_type[de->file_type] : 0;

		ctx->pos = base + offset;
		if (de->inode &&
		    !dir_emit(ctx, de->name, de->name_len, le32_to_cpu(de->inode), type))
			return false;
		offset += rec_len(de);
		ctx->pos = base + offset;
	}
	ctx->pos = base + bh->b_size;
	return true;
}

static int ext2_readdir(struct file *file, struct dir_context *ctx)
{
	struct inode *dir = file_inode(file);
	struct buffer_head *bh;
	bool more = true;

	while (more && ctx->pos < dir->i_size) {
		bh = read_dir_block(dir, ctx->pos >> dir->i_blkbits);
		if (IS_ERR(bh))
			return PTR_ERR(bh);
		more = emit_block(dir, bh, ctx);
		brelse(bh);
	}
	return 0;
}

/* ------------------------------------------------------------------ changing */

static void dir_changed(struct inode *dir)
{
	struct ext2_inode_info *ei = EXT2_I(dir);

	ei->i_flags &= ~EXT2_INDEX_FL;		/* an index would no longer be right */
	dir->i_mtime = dir->i_ctime = current_time(dir);
	mark_inode_dirty(dir);
}

static void fill_entry(struct inode *dir, struct ext2_dir_entry *de, const struct qstr *name,
		       struct inode *inode)
{
	de->inode = cpu_to_le32(inode->i_ino);
	de->name_len = name->len;
	de->file_type = EXT2_HAS_FILETYPE(dir->i_sb) ?
			file_type_by_mode[inode->i_mode >> 12] : EXT2_FT_UNKNOWN;
	memcpy(de->name, name->name, name->len);
}

/* Puts the name into the block's slack, if there is enough: behind an entry, or in an unused one. */
static bool add_in_block(struct inode *dir, struct buffer_head *bh, const struct qstr *name,
			 struct inode *inode)
{
	unsigned int need = EXT2_DIR_REC_LEN(name->len), offset, used, len;
	struct ext2_dir_entry *de;

	for (offset = 0; offset < bh->b_size; offset += len) {
		de = entry_at(bh, offset);
		len = rec_len(de);
		used = de->inode ? EXT2_DIR_REC_LEN(de->name_len) : 0;
		if (len < used + need)
			continue;
		lock_buffer(bh);
		if (used) {
			de->rec_len = cpu_to_le16(used);
			de = entry_at(bh, offset + used);
			de->rec_len = cpu_to_le16(len - used);
		}
		fill_entry(dir, de, name, inode);
		unlock_buffer(bh);
		mark_buffer_dirty_inode(bh, dir);
		return true;
	}
	return false;
}

/* One more block at the directory's end, with one unused entry over all of it. */
static struct buffer_head *append_block(struct inode *dir)
{
	struct buffer_head where = { .b_size = dir->i_sb->s_blocksize }, *bh;
	int err = ext2_get_block(dir, dir_blocks(dir), &where, 1);

	if (err)
		return ERR_PTR(err);
	bh = sb_getblk(dir->i_sb, where.b_blocknr);
	if (!bh) {
		ext2_truncate_blocks(dir, dir->i_size);
		return ERR_PTR(-ENOMEM);
	}
	lock_buffer(bh);
	memset(bh->b_data, 0, bh->b_size);
	entry_at(bh, 0)->rec_len = cpu_to_le16(bh->b_size);
	set_buffer_uptodate(bh);
	set_buffer_dir_checked(bh);
	unlock_buffer(bh);
	mark_buffer_dirty_inode(bh, dir);
	i_size_write(dir, dir->i_size + bh->b_size);
	mark_inode_dirty(dir);
	return bh;
}

/* dir gets the name for inode; that it is not there yet is the caller's care.  0, -ENOSPC, -EIO. */
int ext2_add_link(struct inode *dir, const struct qstr *name, struct inode *inode)
{
	u32 block, blocks = dir_blocks(dir);
	struct buffer_head *bh;
	bool added = false;

	for (block = 0; block <= blocks && !added; block++) {
		bh = block < blocks ? read_dir_block(dir, block) : append_block(dir);
		if (IS_ERR(bh))
			return PTR_ERR(bh);
		added = add_in_block(dir, bh, name, inode);
		brelse(bh);
	}
	dir_changed(dir);
	return 0;
}

static void end_change(struct inode *dir, struct buffer_head *bh)
{
	unlock_buffer(bh);
	mark_buffer_dirty_inode(bh, dir);
	brelse(bh);
	dir_changed(dir);
}

/* The name goes: the entry before it reaches over it, or, if it is the first, it is unused. */
int ext2_delete_name(struct inode *dir, const struct qstr *name)
{
	struct place place;
	int err = find_entry(dir, name, &place);

	if (err)
		return err;
	lock_buffer(place.bh);
	if (place.before)
		place.before->rec_len = cpu_to_le16(rec_len(place.before) + rec_len(place.de));
	else
		place.de->inode = 0;
	end_change(dir, place.bh);
	return 0;
}

/* The name, which is there, stands for that inode from now on. */
int ext2_set_name(struct inode *dir, const struct qstr *name, struct inode *inode)
{
	struct place place;
	int err = find_entry(dir, name, &place);

	if (err)
		return err;
	lock_buffer(place.bh);
	fill_entry(dir, place.de, name, inode);
	end_change(dir, place.bh);
	return 0;
}

/* A new directory's block, with . and .. */
int ext2_make_empty(struct inode *inode, struct inode *parent)
{
	const struct qstr dot = QSTR_INIT(".", 1), dotdot = QSTR_INIT("..", 2);
	struct buffer_head *bh = append_block(inode);

	if (IS_ERR(bh))
		return PTR_ERR(bh);
	add_in_block(inode, bh, &dot, inode);
	add_in_block(inode, bh, &dotdot, parent);
	brelse(bh);
	return 0;
}

static bool is_dot_or_dotdot(const struct ext2_dir_entry *de)
{
	return de->name[0] == '.' && (de->name_len == 1 || (de->name_len == 2 && de->name[1] == '.'));
}

/* A damaged one counts as not empty: it is better kept. */
bool ext2_empty_dir(struct inode *inode)
{
	u32 block, blocks = dir_blocks(inode);
	struct ext2_dir_entry *de;
	struct buffer_head *bh;
	unsigned int offset;

	for (block = 0; block < blocks; block++) {
		bh = read_dir_block(inode, block);
		if (IS_ERR(bh))
			return false;
		for (offset = 0; offset < bh->b_size; offset += rec_len(de)) {
			de = entry_at(bh, offset);
			if (de->inode && !is_dot_or_dotdot(de)) {
				brelse(bh);
				return false;
			}
		}
		brelse(bh);
	}
	return true;
}

const struct file_operations ext2_dir_operations = {
	.llseek		= generic_file_llseek,
	.read		= generic_read_dir,
	.iterate_shared	= ext2_readdir,
	.fsync		= generic_file_fsync,
};
