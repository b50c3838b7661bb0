/*
 * Programmed I/O: the CPU moves every word through the data register.
 * ATA/ATAPI-6, 9.7 (data in) and 9.8 (data out).
 *
 * The device raises an interrupt for each block of `multiple` sectors.  It is
 * the way where there is no bus master, and after DMA has failed.
 *
 * Context: the channel's lock is held.
 */
#include <linux/io.h>
#include "ide.h"

void ide_pio_begin(struct ide_channel *ch, struct request *rq)
{
	ch->pio.bio = rq->bio;
	ch->pio.iter = rq->bio->bi_iter;
	ch->pio.sectors_left = blk_rq_sectors(rq);
}

static void move_words(struct ide_channel *ch, void *data, unsigned int bytes, bool write)
{
	if (write)
		outsw(ch->io_base + ATA_REG_DATA, data, bytes / 2);
	else
		insw(ch->io_base + ATA_REG_DATA, data, bytes / 2);
}

/* Move the next block: `multiple` sectors, or what is left. */
void ide_pio_block(struct ide_drive *drive, struct request *rq)
{
	struct ide_channel *ch = drive->channel;
	struct ide_pio_state *pio = &ch->pio;
	unsigned int sectors = min(pio->sectors_left, drive->multiple);
	unsigned int bytes = sectors * ATA_SECT_SIZE;
	bool write = rq_data_dir(rq) == WRITE;

	while (bytes) {
		struct bio_vec bv = bio_iter_iovec(pio->bio, pio->iter);
		unsigned int now = min(bytes, bv.bv_len);

		move_words(ch, page_address(bv.bv_page) + bv.bv_offset, now, write);
		bytes -= now;
		bio_advance_iter(pio->bio, &pio->iter, now);
		if (!pio->iter.bi_size && pio->bio->bi_next) {
			pio->bio = pio->bio->bi_next;
			pio->iter = pio->bio->bi_iter;
		}
	}
	pio->sectors_left -= sectors;
}
