/*
 * The IDE driver when the hardware does not answer: needs a disk hda, which is
 * only read.
 */
#include <kunit/test.h>
#include <linux/bio.h>
#include <linux/jiffies.h>
#include "../../drivers/block/ide/ide.h"

static struct block_device *hda;
static struct page *page;
static unsigned int old_timeout;

static int ide_test_init(struct kunit *test)
{
	dev_t dev = name_to_dev_t("hda");

	if (!dev)
		kunit_skip(test, "no hda");
	hda = blkdev_get_by_dev(dev, FMODE_READ, NULL);
	if (IS_ERR(hda))
		return PTR_ERR(hda);
	page = alloc_page(GFP_KERNEL);
	old_timeout = bdev_get_queue(hda)->rq_timeout;
	return page ? 0 : -ENOMEM;
}

static void ide_test_exit(struct kunit *test)
{
	if (IS_ERR_OR_NULL(hda))
		return;
	ide_lose_irqs = 0;
	bdev_get_queue(hda)->rq_timeout = old_timeout;
	__free_page(page);
	blkdev_put(hda, FMODE_READ);
	hda = NULL;
}

static int read_sectors(sector_t sector, unsigned int nr)
{
	struct bio *bio = bio_alloc(GFP_KERNEL, 1);
	int err;

	bio_set_dev(bio, hda);
	bio->bi_opf = REQ_OP_READ;
	bio->bi_iter.bi_sector = sector;
	bio->bi_flags = BIO_QUIET;
	bio_add_page(bio, page, nr << SECTOR_SHIFT, 0);
	err = submit_bio_wait(bio);
	bio_put(bio);
	return err;
}

static struct ide_drive *drive(void)
{
	return hda->bd_disk->private_data;
}

static u32 checksum(void)
{
	const u32 *words = page_address(page);
	u32 sum = 0;
	unsigned int i;

	for (i = 0; i < PAGE_SIZE / 4; i++)
		sum = sum * 31 + words[i];
	return sum;
}

static void dma_and_pio_read_the_same(struct kunit *test)
{
	bool dma = drive()->using_dma;
	u32 by_dma;

	if (!drive()->can_dma)
		kunit_skip(test, "no DMA here");
	drive()->using_dma = true;
	KUNIT_EXPECT_EQ(test, read_sectors(0, 8), 0);
	by_dma = checksum();
	memset(page_address(page), 0, PAGE_SIZE);
	drive()->using_dma = false;
	KUNIT_EXPECT_EQ(test, read_sectors(0, 8), 0);
	KUNIT_EXPECT_EQ(test, checksum(), by_dma);
	drive()->using_dma = dma;
}

static void lost_interrupt_is_retried(struct kunit *test)
{
	bdev_get_queue(hda)->rq_timeout = HZ / 20;
	KUNIT_EXPECT_EQ(test, read_sectors(0, 8), 0);
	memset(page_address(page), 0, PAGE_SIZE);
	ide_lose_irqs = 1;
	KUNIT_EXPECT_EQ(test, read_sectors(2, 4), 0);
	KUNIT_EXPECT_EQ(test, ide_lose_irqs, 0u);
}

static void dead_disk_ends_in_eio(struct kunit *test)
{
	struct ide_drive *d = drive();
	bool dma = d->using_dma;

	bdev_get_queue(hda)->rq_timeout = HZ / 20;
	ide_lose_irqs = 1000;
	KUNIT_EXPECT_EQ(test, read_sectors(0, 8), -EIO);
	ide_lose_irqs = 0;
	d->using_dma = dma;
	d->dma_failures = 0;
	KUNIT_EXPECT_EQ(test, read_sectors(0, 8), 0);
}

static void failing_dma_gives_way_to_pio(struct kunit *test)
{
	struct ide_drive *d = drive();

	if (!d->using_dma)
		kunit_skip(test, "no DMA here");
	bdev_get_queue(hda)->rq_timeout = HZ / 20;
	d->dma_failures = 0;
	ide_lose_irqs = IDE_DMA_FAILURES_MAX;
	KUNIT_EXPECT_EQ(test, read_sectors(0, 8), 0);
	KUNIT_EXPECT_FALSE(test, d->using_dma);
	d->using_dma = true;
	d->dma_failures = 0;
}

static struct kunit_case ide_cases[] = {
	KUNIT_CASE(dma_and_pio_read_the_same),
	KUNIT_CASE(lost_interrupt_is_retried),
	KUNIT_CASE(dead_disk_ends_in_eio),
	KUNIT_CASE(failing_dma_gives_way_to_pio),
	{}
};

static struct kunit_suite ide_suite = {
	.name = "ide", .init = ide_test_init, .exit = ide_test_exit, .test_cases = ide_cases,
};
kunit_test_suite(ide_suite);
