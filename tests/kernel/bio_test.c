/*
 * Bios, read-ahead's decisions and the PRD table: what needs no device.
 */
#include <kunit/test.h>
#include <linux/bio.h>
#include <linux/blk-mq.h>
#include <asm/byteorder.h>
#include "../../drivers/block/ide/ide.h"
#include "../../fs/internal_pages.h"

/* ------------------------------------------------------------------ bios */

static void pieces_of_a_page_join(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	struct bio *bio = bio_alloc(GFP_KERNEL, 4);

	KUNIT_EXPECT_EQ(test, bio_add_page(bio, page, 512, 0), 512);
	KUNIT_EXPECT_EQ(test, bio_add_page(bio, page, 512, 512), 512);
	KUNIT_EXPECT_EQ(test, bio_add_page(bio, page, 512, 2048), 512);
	KUNIT_EXPECT_EQ(test, (int)bio->bi_vcnt, 2);
	KUNIT_EXPECT_EQ(test, bio->bi_iter.bi_size, 1536u);
	bio_put(bio);
	__free_page(page);
}

static void full_bio_refuses(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	struct bio *bio = bio_alloc(GFP_KERNEL, 1);

	KUNIT_EXPECT_EQ(test, bio_add_page(bio, page, 512, 0), 512);
	KUNIT_EXPECT_EQ(test, bio_add_page(bio, page, 512, 1024), 0);
	KUNIT_EXPECT_EQ(test, bio->bi_iter.bi_size, 512u);
	bio_put(bio);
	__free_page(page);
}

static void iterator_crosses_segments(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	struct bio *bio = bio_alloc(GFP_KERNEL, 2);
	struct bio_vec bv;

	bio_add_page(bio, page, 1024, 0);
	bio_add_page(bio, page, 1024, 2048);
	bio_advance(bio, 1536);
	bv = bio_iter_iovec(bio, bio->bi_iter);
	KUNIT_EXPECT_EQ(test, bv.bv_offset, 2560u);
	KUNIT_EXPECT_EQ(test, bv.bv_len, 512u);
	KUNIT_EXPECT_EQ(test, bio->bi_iter.bi_sector, (sector_t)3);
	bio_put(bio);
	__free_page(page);
}

static void status_and_errno_agree(struct kunit *test)
{
	static const int errors[] = { 0, -EOPNOTSUPP, -ETIMEDOUT, -ENOSPC, -EIO };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(errors); i++)
		KUNIT_EXPECT_EQ(test, blk_status_to_errno(errno_to_blk_status(errors[i])),
				errors[i]);
	KUNIT_EXPECT_EQ(test, errno_to_blk_status(-EXDEV), BLK_STS_IOERR);
}

/* ------------------------------------------------------------------ the PRD table */

#define PRD_LEN(e)	(le32_to_cpu((e).flags_len) & 0xffff)

/* What the IDE driver makes of a bio, mapped as it lies. */
static unsigned int prd_of_bio(struct bio *bio, struct ata_bmdma_prd *prd)
{
	static struct scatterlist sg[32];
	struct request rq = { .bio = bio, .biotail = bio };
	struct request_queue q = { .limits = {
		.max_segment_size = ATA_DMA_BOUNDARY, .seg_boundary_mask = ATA_DMA_BOUNDARY - 1,
	} };
	int i, n;

	sg_init_table(sg, ARRAY_SIZE(sg));
	n = blk_rq_map_sg(&q, &rq, sg);
	for (i = 0; i < n; i++) {
		sg[i].dma_address = sg_phys(&sg[i]);
		sg[i].dma_length = sg[i].length;
	}
	ide_build_prd(prd, sg, n);
	return n;
}

/* … of one whose pages lie in a row from the first. */
static unsigned int prd_of(struct page *first, unsigned int pages, struct ata_bmdma_prd *prd)
{
	struct bio *bio = bio_alloc(GFP_KERNEL, pages);
	unsigned int i, n;

	for (i = 0; i < pages; i++)
		bio_add_page(bio, first + i, PAGE_SIZE, 0);
	n = prd_of_bio(bio, prd);
	bio_put(bio);
	return n;
}

/* contract: S1-11 */
static void adjoining_pages_are_one_region(struct kunit *test)
{
	struct page *pages = alloc_pages(GFP_KERNEL, 2);
	struct ata_bmdma_prd prd[4] = { };

	KUNIT_ASSERT_NOT_NULL(test, pages);
	KUNIT_EXPECT_EQ(test, prd_of(pages, 4, prd), 1u);
	KUNIT_EXPECT_EQ(test, le32_to_cpu(prd[0].addr), (u32)page_to_phys(pages));
	KUNIT_EXPECT_EQ(test, PRD_LEN(prd[0]), 4u * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, le32_to_cpu(prd[0].flags_len) & ATA_PRD_EOT, ATA_PRD_EOT);
	__free_pages(pages, 2);
}

/* 128 KiB, aligned: two regions of 64 KiB, whose length is written as 0; only the last is flagged. */
/* contract: S0-26 */
static void no_region_crosses_64k(struct kunit *test)
{
	struct page *pages = alloc_pages(GFP_KERNEL, 5);
	struct ata_bmdma_prd prd[32] = { };

	if (!pages)
		kunit_skip(test, "no 128 KiB in a row");
	KUNIT_EXPECT_EQ(test, prd_of(pages, 32, prd), 2u);
	KUNIT_EXPECT_EQ(test, PRD_LEN(prd[0]), 0u);
	KUNIT_EXPECT_EQ(test, PRD_LEN(prd[1]), 0u);
	KUNIT_EXPECT_EQ(test, le32_to_cpu(prd[0].flags_len) & ATA_PRD_EOT, 0u);
	KUNIT_EXPECT_EQ(test, le32_to_cpu(prd[1].flags_len) & ATA_PRD_EOT, ATA_PRD_EOT);
	KUNIT_EXPECT_EQ(test, le32_to_cpu(prd[1].addr), le32_to_cpu(prd[0].addr) + 0x10000);
	__free_pages(pages, 5);
}

/* contract: S1-11 */
static void scattered_pages_are_regions_each(struct kunit *test)
{
	struct page *pages = alloc_pages(GFP_KERNEL, 2);
	struct ata_bmdma_prd prd[4] = { };
	struct bio *bio = bio_alloc(GFP_KERNEL, 2);

	bio_add_page(bio, pages + 2, PAGE_SIZE, 0);
	bio_add_page(bio, pages, 512, 512);
	KUNIT_EXPECT_EQ(test, prd_of_bio(bio, prd), 2u);
	KUNIT_EXPECT_EQ(test, le32_to_cpu(prd[0].addr), (u32)page_to_phys(pages + 2));
	KUNIT_EXPECT_EQ(test, le32_to_cpu(prd[1].addr), (u32)page_to_phys(pages) + 512);
	KUNIT_EXPECT_EQ(test, PRD_LEN(prd[1]), 512u);
	bio_put(bio);
	__free_pages(pages, 2);
}

/* Neither the queue's limits nor the mapping are to be relied on: a piece over a line is two; too many are none. */
static void table_cuts_and_refuses(struct kunit *test)
{
	static struct ata_bmdma_prd prd[IDE_PRD_ENTRIES];
	struct scatterlist sg = { .dma_address = 0x1fe00, .dma_length = 0x400 };

	KUNIT_EXPECT_EQ(test, ide_build_prd(prd, &sg, 1), 2u);
	KUNIT_EXPECT_EQ(test, PRD_LEN(prd[0]), 0x200u);
	KUNIT_EXPECT_EQ(test, le32_to_cpu(prd[1].addr), 0x20000u);
	sg.dma_length = IDE_PRD_ENTRIES * ATA_DMA_BOUNDARY - 0xfe00;
	KUNIT_EXPECT_EQ(test, ide_build_prd(prd, &sg, 1), (unsigned int)IDE_PRD_ENTRIES);
	sg.dma_length += 2;
	KUNIT_EXPECT_EQ(test, ide_build_prd(prd, &sg, 1), 0u);
}

/* ------------------------------------------------------------------ read-ahead */

#define RA_MAX	32

static struct file_ra_state fresh_ra(void)
{
	return (struct file_ra_state){ .ra_pages = RA_MAX, .prev_pos = -1 };
}

static void first_read_opens_a_window(struct kunit *test)
{
	struct file_ra_state ra = fresh_ra();

	KUNIT_EXPECT_TRUE(test, ra_next_window(&ra, 0, 1, false));
	KUNIT_EXPECT_EQ(test, ra.start, 0ul);
	KUNIT_EXPECT_EQ(test, ra.size, 4u);
	KUNIT_EXPECT_EQ(test, ra.async_size, 3u);
}

static void windows_double_to_the_limit(struct kunit *test)
{
	struct file_ra_state ra = fresh_ra();
	unsigned int size = 4;
	int i;

	ra_next_window(&ra, 0, 1, false);
	for (i = 0; i < 5; i++) {
		pgoff_t marker = ra.start + ra.size - ra.async_size;
		pgoff_t end = ra.start + ra.size;

		KUNIT_EXPECT_TRUE(test, ra_next_window(&ra, marker, 1, true));
		size = min(size * 2, (unsigned int)RA_MAX);
		KUNIT_EXPECT_EQ(test, ra.start, end);
		KUNIT_EXPECT_EQ(test, ra.size, size);
	}
}

static void random_reads_open_none(struct kunit *test)
{
	struct file_ra_state ra = fresh_ra();

	ra.prev_pos = 10 << PAGE_SHIFT;
	KUNIT_EXPECT_FALSE(test, ra_next_window(&ra, 500, 1, false));
	KUNIT_EXPECT_FALSE(test, ra_next_window(&ra, 77, 2, false));
}

static void next_page_counts_as_sequence(struct kunit *test)
{
	struct file_ra_state ra = fresh_ra();

	ra.prev_pos = 499ll << PAGE_SHIFT;
	KUNIT_EXPECT_TRUE(test, ra_next_window(&ra, 500, 1, false));
	KUNIT_EXPECT_EQ(test, ra.start, 500ul);
}

static void large_request_is_read_whole(struct kunit *test)
{
	struct file_ra_state ra = fresh_ra();

	KUNIT_EXPECT_TRUE(test, ra_next_window(&ra, 1000, RA_MAX, false));
	KUNIT_EXPECT_EQ(test, ra.size, (unsigned int)RA_MAX);
}

static struct kunit_case bio_cases[] = {
	KUNIT_CASE(pieces_of_a_page_join),
	KUNIT_CASE(full_bio_refuses),
	KUNIT_CASE(iterator_crosses_segments),
	KUNIT_CASE(status_and_errno_agree),
	{}
};

static struct kunit_case prd_cases[] = {
	KUNIT_CASE(adjoining_pages_are_one_region),
	KUNIT_CASE(no_region_crosses_64k),
	KUNIT_CASE(scattered_pages_are_regions_each),
	KUNIT_CASE(table_cuts_and_refuses),
	{}
};

static struct kunit_case readahead_cases[] = {
	KUNIT_CASE(first_read_opens_a_window),
	KUNIT_CASE(windows_double_to_the_limit),
	KUNIT_CASE(random_reads_open_none),
	KUNIT_CASE(next_page_counts_as_sequence),
	KUNIT_CASE(large_request_is_read_whole),
	{}
};

static struct kunit_suite bio_suite = { .name = "bio", .test_cases = bio_cases };
static struct kunit_suite prd_suite = { .name = "prd", .test_cases = prd_cases };
static struct kunit_suite readahead_suite = { .name = "readahead", .test_cases = readahead_cases };
kunit_test_suites(&bio_suite, &prd_suite, &readahead_suite);
