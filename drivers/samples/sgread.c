/*
 * DMA with a scatter list: one transfer into pieces of memory that do not lie side by side.
 *
 *	modprobe sgread; cat /sys/kernel/debug/sgread/list; cat /sys/kernel/debug/ide/ide0/prd
 *
 * Reading the file reads the start of a disk into the second half of one page, all of another, and
 * so on. It is one bio: the block layer hands it to the disk's driver as a scatterlist, and the IDE
 * driver gives the controller a table with an entry for each piece, the last one flagged. The file
 * tells the pieces (bus address, bytes) and whether the data is what one read in a row brings. With
 * DEBUG=1 the controller's addresses are other ones, of the copies that the DMA API makes.
 *
 * Context: process; each read sleeps until the disk has answered. Nothing is shared.
 */
#include <linux/bio.h>
#include <linux/blkdev.h>
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#define PIECES		4
#define STRIDE		2		/* every other page of a row: no two pieces adjoin */
#define PAGES_ORDER	3
#define ROW_ORDER	2		/* as much in one row, to compare */

static char *disk = "/dev/hda";
module_param(disk, charp, 0444);
MODULE_PARM_DESC(disk, "the block device to read from");

static struct block_device *bdev;
static struct dentry *dir;

/* Bytes [offset, offset + len) of the page at index belong to the list. */
static const struct piece {
	unsigned int index, offset, len;
} pieces[PIECES] = {
	{ 1 * STRIDE, 2048, 2048 }, { 0 * STRIDE, 0, 4096 }, { 3 * STRIDE, 512, 1024 }, { 2 * STRIDE, 1024, 512 },
};

/* Sectors from the first one on into these pieces: 0 or -errno. */
static int read_into(struct page *pages, const struct piece *list, unsigned int n)
{
	struct bio *bio = bio_alloc(GFP_KERNEL, n);
	unsigned int i;
	int err = 0;

	if (!bio)
		return -ENOMEM;
	bio_set_dev(bio, bdev);
	bio->bi_iter.bi_sector = 0;
	bio->bi_opf = REQ_OP_READ;
	for (i = 0; i < n && !err; i++)
		if (bio_add_page(bio, pages + list[i].index, list[i].len, list[i].offset) != list[i].len)
			err = -EIO;
	if (!err)
		err = submit_bio_wait(bio);
	bio_put(bio);
	return err;
}

/* Both ways end in the same bytes? */
static bool same(struct page *pages, const u8 *row)
{
	unsigned int i;

	for (i = 0; i < PIECES; i++) {
		if (memcmp(page_address(pages + pieces[i].index) + pieces[i].offset, row, pieces[i].len))
			return false;
		row += pieces[i].len;
	}
	return true;
}

static void tell(struct seq_file *m, struct page *pages)
{
	unsigned int i;

	for (i = 0; i < PIECES; i++)
		seq_printf(m, "%u: %08lx %5u\n", i,
			   (unsigned long)page_to_phys(pages + pieces[i].index) + pieces[i].offset, pieces[i].len);
}

static int list_show(struct seq_file *m, void *unused)
{
	static const struct piece in_a_row[2] = { { 0, 0, 4096 }, { 1, 0, 3584 } };
	struct page *pages = alloc_pages(GFP_KERNEL | __GFP_ZERO, PAGES_ORDER);
	struct page *row = alloc_pages(GFP_KERNEL | __GFP_ZERO, ROW_ORDER);
	int err = -ENOMEM;

	if (!pages || !row)
		goto out;
	err = read_into(row, in_a_row, 2);
	if (!err)
		err = read_into(pages, pieces, PIECES);
	if (err)
		goto out;
	tell(m, pages);
	seq_printf(m, "%s\n", same(pages, page_address(row)) ? "same" : "different");
out:
	if (pages)
		__free_pages(pages, PAGES_ORDER);
	if (row)
		__free_pages(row, ROW_ORDER);
	return err;
}
DEFINE_SHOW_ATTRIBUTE(list);

static int __init sgread_init(void)
{
	bdev = blkdev_get_by_path(disk, FMODE_READ, NULL);
	if (IS_ERR(bdev))
		return PTR_ERR(bdev);
	dir = debugfs_create_dir("sgread", NULL);
	debugfs_create_file("list", 0444, dir, NULL, &list_fops);
	return 0;
}

static void __exit sgread_exit(void)
{
	debugfs_remove_recursive(dir);
	blkdev_put(bdev, FMODE_READ);
}

module_init(sgread_init);
module_exit(sgread_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("One disk transfer into scattered memory");
