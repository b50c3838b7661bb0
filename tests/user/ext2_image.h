/*
 * An empty ext2 for a disk that a test brings along: blocks of 1 KiB, one group, 32 inodes.
 *
 *   1 super block | 2 descriptor | 3 block bitmap | 4 inode bitmap | 5-8 inode table | 9 root directory
 */
#ifndef TESTS_EXT2_IMAGE_H
#define TESTS_EXT2_IMAGE_H

#include <string.h>

#define EXT2_BLOCK	1024
#define EXT2_INODES	32
#define EXT2_USED	10	/* blocks, the boot block among them */

static inline void ext2_put(unsigned char *at, unsigned int value, int bytes)
{
	for (; bytes--; value >>= 8)
		*at++ = value;
}

/* Marks bits from..8191 of a bitmap's block, and those below `used`. */
static inline void ext2_bitmap(unsigned char *map, int used, int from)
{
	for (int bit = 0; bit < EXT2_BLOCK * 8; bit++)
		if (bit < used || bit >= from)
			map[bit / 8] |= 1 << bit % 8;
}

/* Into the first EXT2_USED blocks of a disk of so many; they were zero. */
static inline void ext2_image(unsigned char *disk, int blocks)
{
	static const struct {
		int at, value, bytes;		/* in the super block */
	} fields[] = {
		{ 0, EXT2_INODES, 4 }, { 16, EXT2_INODES - 10, 4 }, { 20, 1, 4 },
		{ 32, EXT2_BLOCK * 8, 4 }, { 36, EXT2_BLOCK * 8, 4 }, { 40, EXT2_INODES, 4 },
		{ 56, 0xef53, 2 }, { 58, 1, 2 }, { 60, 1, 2 },	/* magic, clean, errors: go on */
		{ 76, 1, 4 }, { 84, 11, 4 }, { 88, 128, 2 },	/* revision, first inode, its size */
		{ 96, 2, 4 },					/* file types in directories */
	};
	unsigned char *super = disk + EXT2_BLOCK, *group = disk + 2 * EXT2_BLOCK;
	unsigned char *root = disk + 5 * EXT2_BLOCK + 128, *dir = disk + 9 * EXT2_BLOCK;

	for (int i = 0; i < (int)(sizeof(fields) / sizeof(fields[0])); i++)
		ext2_put(super + fields[i].at, fields[i].value, fields[i].bytes);
	ext2_put(super + 4, blocks, 4);
	ext2_put(super + 12, blocks - EXT2_USED, 4);
	ext2_put(group, 3, 4);
	ext2_put(group + 4, 4, 4);
	ext2_put(group + 8, 5, 4);
	ext2_put(group + 12, blocks - EXT2_USED, 2);
	ext2_put(group + 14, EXT2_INODES - 10, 2);
	ext2_put(group + 16, 1, 2);
	ext2_bitmap(disk + 3 * EXT2_BLOCK, EXT2_USED - 1, blocks - 1);
	ext2_bitmap(disk + 4 * EXT2_BLOCK, 10, EXT2_INODES);
	ext2_put(root, 0040755, 2);
	ext2_put(root + 4, EXT2_BLOCK, 4);
	ext2_put(root + 26, 2, 2);
	ext2_put(root + 28, 2, 4);
	ext2_put(root + 40, 9, 4);
	memcpy(dir, "\2\0\0\0\14\0\1\2.\0\0\0" "\2\0\0\0\0\0\2\2..", 22);
	ext2_put(dir + 16, EXT2_BLOCK - 12, 2);
}

#endif
