"""Mistakes that students make in lab 10, and the tests that tell each."""
DMA, IRQ, ERRORS = 'drivers/block/ide/dma.c', 'drivers/block/ide/irq.c', 'drivers/block/ide/errors.c'
SPLIT = '			now = min_t(u32, left, ATA_DMA_BOUNDARY - at % ATA_DMA_BOUNDARY);\n'
LENGTH = 'cpu_to_le32(now & 0xffff);	/* 64 KiB is written as 0 */'
FLAG = '	prd[entries - 1].flags_len |= cpu_to_le32(ATA_PRD_EOT);\n'
SET_UP = '	outb(inb(ch->bmdma + ATA_DMA_STATUS) | ATA_DMA_ERR | ATA_DMA_INTR,\n	     ch->bmdma + ATA_DMA_STATUS);\n	return 0;\n'
STOP = '	outb(inb(ch->bmdma + ATA_DMA_CMD) & ~ATA_DMA_START, ch->bmdma + ATA_DMA_CMD);\n	outb(status'
CLEAR = '	outb(status | ATA_DMA_ERR | ATA_DMA_INTR, ch->bmdma + ATA_DMA_STATUS);\n'
DIRECTION = 'outb(write ? 0 : ATA_DMA_WR, ch->bmdma + ATA_DMA_CMD);'
GO = '	outb(inb(ch->bmdma + ATA_DMA_CMD) | ATA_DMA_START, ch->bmdma + ATA_DMA_CMD);\n'
OURS = '	if (!(inb(ch->bmdma + ATA_DMA_STATUS) & ATA_DMA_INTR))\n		return IDE_NOT_OURS;\n'
ERROR = '	if ((bm & ATA_DMA_ERR) || (status & (ATA_DF | ATA_ERR | ATA_DRQ)))\n'

MUTANTS = [
    Mutant('no last flag', DMA, FLAG, '	prd[entries - 1].flags_len |= 0;\n', 'one_piece'),
    Mutant('the first is flagged', DMA, FLAG, '	prd[0].flags_len |= cpu_to_le32(ATA_PRD_EOT);\n', 'pieces_in_a_row no_region_crosses whole_lines'),
    Mutant('all are flagged', DMA, LENGTH, 'cpu_to_le32((now & 0xffff) | ATA_PRD_EOT);', 'pieces_in_a_row no_region_crosses whole_lines'),
    Mutant('regions cross 64 KiB', DMA, SPLIT, '			now = min_t(u32, left, ATA_DMA_BOUNDARY);\n', 'no_region_crosses'),
    Mutant('pieces are cut by length, not by place', DMA, SPLIT, '			now = min_t(u32, left, ATA_DMA_BOUNDARY - 2);\n', 'whole_lines no_region_crosses'),
    Mutant('64 KiB in 17 bits', DMA, LENGTH, 'cpu_to_le32(now);', 'whole_lines no_region_crosses'),
    Mutant('64 KiB as 65535', DMA, LENGTH, 'cpu_to_le32(now > 0xffff ? 0xffff : now);', 'whole_lines no_region_crosses'),
    Mutant('the length less one', DMA, LENGTH, 'cpu_to_le32((now - 1) & 0xffff);', 'one_piece'),
    Mutant('the address of the memory, not of the bus', DMA, 'u32 at = sg_dma_address(sg)', 'u32 at = sg_phys(sg)', 'one_piece'),
    Mutant('the length of the memory, not of the mapping', DMA, 'left = sg_dma_len(sg), now', 'left = sg->length, now', '',
           equal='dma_map_sg() joins no pieces here: the two are the same'),
    Mutant('the end of the table is not looked at', DMA, '			if (entries == IDE_PRD_ENTRIES)\n				return 0;\n', '', 'not_too_many'),
    Mutant('one region too many', DMA, 'if (entries == IDE_PRD_ENTRIES)', 'if (entries > IDE_PRD_ENTRIES)', 'not_too_many'),
    Mutant('one region too few', DMA, 'if (entries == IDE_PRD_ENTRIES)', 'if (entries == IDE_PRD_ENTRIES - 1)', 'not_too_many'),
    Mutant('as many as fit, and the rest forgotten', DMA, '				return 0;\n			now', '				return entries;\n			now', 'not_too_many'),
    Mutant('pieces are counted, not regions', DMA, '	return entries;\n', '	return n;\n', 'no_region_crosses'),
    Mutant('the table is not named', DMA, '	outl(ch->prd_dma, ch->bmdma + ATA_DMA_TABLE_OFS);\n', '', 'by_dma'),
    Mutant("the table's virtual address", DMA, 'outl(ch->prd_dma,', 'outl((u32)ch->prd,', 'by_dma'),
    Mutant('the start bit is set before the command', DMA, [DIRECTION, GO],
           ['outb((write ? 0 : ATA_DMA_WR) | ATA_DMA_START, ch->bmdma + ATA_DMA_CMD);', ''], 'command_then_start'),
    Mutant('never started', DMA, GO, '', 'by_dma'),
    Mutant('read and write mean the disk', DMA, DIRECTION, 'outb(write ? ATA_DMA_WR : 0, ch->bmdma + ATA_DMA_CMD);', 'direction'),
    Mutant('the start forgets the direction', DMA, GO, '	outb(ATA_DMA_START, ch->bmdma + ATA_DMA_CMD);\n', 'direction'),
    Mutant('the interrupt bit is never cleared', DMA, [SET_UP, CLEAR],
           ['	outb(ATA_DMA_ERR, ch->bmdma + ATA_DMA_STATUS);\n	return 0;\n', '	outb(status & ~ATA_DMA_INTR, ch->bmdma + ATA_DMA_STATUS);\n'], 'clean_start'),
    Mutant('a 0 is written to clear the bits', DMA, [SET_UP, CLEAR],
           ['	outb(inb(ch->bmdma + ATA_DMA_STATUS) & ~(ATA_DMA_ERR | ATA_DMA_INTR), ch->bmdma + ATA_DMA_STATUS);\n	return 0;\n',
            '	outb(status & ~(ATA_DMA_ERR | ATA_DMA_INTR), ch->bmdma + ATA_DMA_STATUS);\n'], 'clean_start'),
    Mutant('the engine is not stopped', DMA, STOP, '	outb(status', 'stops hands_off_first'),
    Mutant('stopped after the status was read', IRQ, ['	bm = ide_dma_stop(ch);\n	ide_dma_unmap(ch, rq);\n	status = inb(ch->io_base + ATA_REG_STATUS);\n'],
           ['	status = inb(ch->io_base + ATA_REG_STATUS);\n	bm = ide_dma_stop(ch);\n	ide_dma_unmap(ch, rq);\n'], 'stops'),
    Mutant('takes every interrupt for its own', IRQ, OURS, '', 'not_ours no_reports'),
    Mutant('asks the disk, not the engine', IRQ, OURS, '	if (ide_status(ch) & ATA_BUSY)\n		return IDE_NOT_OURS;\n', 'not_ours no_reports'),
    Mutant("the disk's status is not read", IRQ, '	status = inb(ch->io_base + ATA_REG_STATUS);\n	if ((bm', '	status = ide_status(ch);\n	if ((bm', 'quiets'),
    Mutant('the end wakes nobody', IRQ, ERROR + '		return note_failure(ch, rq, status);\n	return IDE_DONE;\n',
           ERROR + '		return note_failure(ch, rq, status);\n	return IDE_GOES_ON;\n', 'by_dma'),
    Mutant('polls for the end', DMA, GO, GO + '	while (!(inb(ch->bmdma + ATA_DMA_STATUS) & ATA_DMA_INTR))\n		;\n', 'nobody_polls'),
    Mutant('the memory stays mapped', IRQ, '	ide_dma_unmap(ch, rq);\n	status', '	status', 'by_dma no_reports'),
    Mutant('errors of the disk are not looked at', IRQ, ERROR, '	if (bm & ATA_DMA_ERR)\n', 'bad_once'),
    Mutant('the time-out lets the engine run', ERRORS, '			ide_dma_stop(ch);\n			ide_dma_unmap(ch, rq);\n', '			ide_dma_unmap(ch, rq);\n', 'hands_off_first'),
    Mutant('the time-out keeps the memory mapped', ERRORS, '			ide_dma_stop(ch);\n			ide_dma_unmap(ch, rq);\n', '			ide_dma_stop(ch);\n', 'no_reports'),
    Mutant('the time-out takes what has ended', ERRORS, 'running = ch->rq == rq;', 'running = true;', 'the_first_has_it no_reports'),
    Mutant('sleeps under the lock', ERRORS, ['	spin_unlock_irqrestore(&ch->lock, flags);\n	if (!running)\n		return BLK_EH_DONE;\n',
           '	recover(ch, rq, true);\n	return BLK_EH_DONE;\n'],
           ['	if (!running) {\n		spin_unlock_irqrestore(&ch->lock, flags);\n		return BLK_EH_DONE;\n	}\n',
            '	recover(ch, rq, true);\n	spin_unlock_irqrestore(&ch->lock, flags);\n	return BLK_EH_DONE;\n'], 'late'),
    Mutant('no reset', ERRORS, 'if (!ide_soft_reset(ch) && rq', 'if (rq', 'late bad_once'),
    Mutant('no second try', ERRORS, 'rq->retries++ < IDE_RETRIES', 'false', 'late'),
    Mutant('tries for ever', ERRORS, 'rq->retries++ < IDE_RETRIES', 'true', 'gives_up bad_sector'),
    Mutant('one try too few', ERRORS, 'rq->retries++ < IDE_RETRIES', '++rq->retries < IDE_RETRIES', 'gives_up bad_sector'),
    Mutant('never leaves DMA', ERRORS, '	drive->using_dma = false;\n', '', 'distrusts'),
    Mutant('leaves DMA at the first failure', ERRORS, '++drive->dma_failures < IDE_DMA_FAILURES_MAX', '++drive->dma_failures < 1', 'distrusts not_too_soon'),
    Mutant('a bad sector is held against DMA', ERRORS, '	return !(cmd->status & ATA_ERR) || (cmd->error & ATA_ICRC);\n', '	return true;\n', 'bad_sector'),
    Mutant('a time-out is the end', ERRORS, '	recover(ch, rq, true);\n	return BLK_EH_DONE;\n', '	blk_mq_end_request(rq, BLK_STS_IOERR);\n	return BLK_EH_DONE;\n', 'late'),
    Mutant('the time-out waits for another', ERRORS, '	recover(ch, rq, true);\n	return BLK_EH_DONE;\n', '	return BLK_EH_RESET_TIMER;\n', 'late'),
]
