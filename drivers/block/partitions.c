/*
 * Partition tables of the MBR kind.
 *
 * Sector 0 holds four entries.  One of an extended type contains a chain: each
 * link is a sector like the MBR whose first entry is a logical partition,
 * relative to that sector, and whose second points on, relative to the start
 * of the extended partition.  Logical partitions count from 5.
 *
 * Nothing in a table is trusted: entries are cut to the disk, the chain to
 * its partition and to a length, and a FAT boot sector (same signature) is told
 * from a table by its flag bytes.
 *
 * Context: process; reads through the disk's page cache.  Lock: bd_mutex of
 * the whole disk.
 */
#include <linux/blkdev.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/unaligned.h>
#include "blk.h"

#define MSDOS_LABEL_OFFSET	510
#define MSDOS_LABEL_MAGIC	0xaa55
#define MSDOS_TABLE_OFFSET	446
#define MSDOS_ENTRIES		4
#define MSDOS_ENTRY_SIZE	16
#define MSDOS_ENTRY_BOOT	0	/* 80h: active, 0: not */
#define MSDOS_ENTRY_TYPE	4
#define MSDOS_ENTRY_START	8
#define MSDOS_ENTRY_SECTORS	12
#define MSDOS_BOOT_FLAG		0x80

#define DOS_EXTENDED_PARTITION	0x05
#define WIN98_EXTENDED_PARTITION 0x0f
#define LINUX_EXTENDED_PARTITION 0x85
#define FIRST_LOGICAL		5

struct msdos_entry {
	u8 boot, type;
	u32 start, sectors;		/* in 512-byte units */
};

static void decode_entry(const u8 *sector, int nr, struct msdos_entry *entry)
{
	const u8 *raw = sector + MSDOS_TABLE_OFFSET + nr * MSDOS_ENTRY_SIZE;

	entry->boot = raw[MSDOS_ENTRY_BOOT];
	entry->type = raw[MSDOS_ENTRY_TYPE];
	entry->start = get_unaligned_le32(raw + MSDOS_ENTRY_START);
	entry->sectors = get_unaligned_le32(raw + MSDOS_ENTRY_SECTORS);
}

static bool is_extended(const struct msdos_entry *entry)
{
	return entry->type == DOS_EXTENDED_PARTITION || entry->type == WIN98_EXTENDED_PARTITION ||
	       entry->type == LINUX_EXTENDED_PARTITION;
}

/* Copy sector nr of the disk; 0 or -EIO. */
static int read_sector(struct block_device *bdev, sector_t nr, u8 *buf)
{
	const unsigned int per_page = PAGE_SIZE >> SECTOR_SHIFT;
	struct page *page;

	if (nr >= bdev->bd_disk->part0.nr_sects)
		return -EIO;
	page = read_mapping_page(bdev->bd_inode->i_mapping, nr / per_page, NULL);
	if (IS_ERR(page))
		return PTR_ERR(page);
	memcpy(buf, page_address(page) + (nr % per_page) * SECTOR_SIZE, SECTOR_SIZE);
	put_page(page);
	return 0;
}

/* Decode the four entries: false when the sector holds no table. */
static bool decode_table(const u8 *sector, struct msdos_entry table[MSDOS_ENTRIES])
{
	int i;

	if (get_unaligned_le16(sector + MSDOS_LABEL_OFFSET) != MSDOS_LABEL_MAGIC)
		return false;
	for (i = 0; i < MSDOS_ENTRIES; i++) {
		decode_entry(sector, i, &table[i]);
		if (table[i].boot && table[i].boot != MSDOS_BOOT_FLAG)
			return false;
	}
	return true;
}

/* The logical partitions within [first, first + len). */
static void walk_extended(struct block_device *bdev, sector_t first, sector_t len, u8 *buf)
{
	struct gendisk *disk = bdev->bd_disk;
	struct msdos_entry table[MSDOS_ENTRIES];
	sector_t link = first;
	int partno;

	/* As many links as there are numbers: a circular chain ends here. */
	for (partno = FIRST_LOGICAL; partno < disk->minors; partno++) {
		struct msdos_entry *data = &table[0], *next = &table[1];

		if (read_sector(bdev, link, buf) || !decode_table(buf, table))
			return;
		if (data->sectors && !is_extended(data))
			add_partition(disk, partno, link + data->start, data->sectors, data->type);
		if (!next->sectors || !is_extended(next) || next->start >= len)
			return;
		link = first + next->start;
	}
}

static int read_table(struct block_device *bdev)
{
	struct gendisk *disk = bdev->bd_disk;
	struct msdos_entry table[MSDOS_ENTRIES];
	u8 *buf = kmalloc(SECTOR_SIZE, GFP_KERNEL);
	int i, err;

	if (!buf)
		return -ENOMEM;
	err = read_sector(bdev, 0, buf);
	if (err)
		goto out_free;
	if (!decode_table(buf, table))
		goto out_free;
	for (i = 0; i < MSDOS_ENTRIES; i++) {
		if (!table[i].sectors || !table[i].start)
			continue;
		add_partition(disk, i + 1, table[i].start, table[i].sectors, table[i].type);
		if (is_extended(&table[i]))
			walk_extended(bdev, table[i].start, table[i].sectors, buf);
	}
out_free:
	kfree(buf);
	return err;
}

static void set_part(struct gendisk *disk, int partno, struct hd_struct *part)
{
	mutex_lock(&disks_mutex);	/* /proc/partitions may be looking at it */
	disk->part_tbl[partno] = part;
	mutex_unlock(&disks_mutex);
}

/* Make partition partno known and give it a node; NULL if it lies outside or there is no memory. */
struct hd_struct *add_partition(struct gendisk *disk, int partno, sector_t start, sector_t len,
				u8 os_type)
{
	sector_t capacity = get_capacity(disk);
	char name[DISK_NAME_LEN];
	struct hd_struct *part;

	if (partno < 1 || partno >= disk->minors || disk->part_tbl[partno])
		return NULL;
	disk_name(disk, partno, name);
	if (start >= capacity) {
		pr_warn("%s: begins behind the end of the disk, ignored\n", name);
		return NULL;
	}
	if (len > capacity - start) {
		pr_warn("%s: reaches past the end of the disk, cut\n", name);
		len = capacity - start;
	}
	part = kzalloc(sizeof(*part), GFP_KERNEL);
	if (!part)
		return NULL;
	part->start_sect = start;
	part->nr_sects = len;
	part->partno = partno;
	part->os_type = os_type;
	set_part(disk, partno, part);
	if (!part_device_add(disk, part))
		return part;
	set_part(disk, partno, NULL);
	put_device(part_to_dev(part));
	return NULL;
}

/* Who has it open keeps its memory. */
void delete_partition(struct gendisk *disk, int partno)
{
	struct hd_struct *part = disk->part_tbl[partno];

	set_part(disk, partno, NULL);
	device_unregister(part_to_dev(part));
}

int rescan_partitions(struct gendisk *disk, struct block_device *bdev)
{
	int i;

	lockdep_assert_held(&bdev->bd_mutex);
	if (bdev->bd_part_count)
		return -EBUSY;
	bdev->bd_invalidated = false;
	for (i = 1; i < disk->minors; i++) {
		if (disk->part_tbl[i])
			delete_partition(disk, i);
	}
	return read_table(bdev);
}
