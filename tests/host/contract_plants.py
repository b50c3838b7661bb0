"""What breaks each row of the driver contract, in one way or several: `old` becomes `new` in a file, and the tree
builds or, where there is nothing to see but that, does not any more. tests/host/break_contract
tries them all; tests/host/test_contract.py looks that each row has one and that its text is there."""
import collections

Plant = collections.namedtuple('Plant', 'path old new builds', defaults=[True])

KHG_CHR, KHG_BLK, KHG_USER, KHG_WAIT = ('kernel/khg/%s.c' % name for name in ('chr', 'blk', 'user', 'wait'))
EEPROM = 'drivers/i2c/eep-mem.c'
FOO1996 = 'drivers/samples/foo1996.c'
BUFFER, BANKS, PACKT, MAPONLY, QUARTET = ('drivers/samples/%s.c' % name for name in (
    'openbuf', 'banks', 'packt_char', 'maponly', 'quartet'))

PLANTS = {
    # ---------------------------------------------------------------- today's interface
    'S0-01': [
        Plant('fs/locks.c', '	if (f.file->f_op->flock)\n', '	if (0)\n'),
        Plant('kernel/include/linux/fs.h', '(*compat_ioctl)', '(*ioctl32)', builds=False)],
    'S0-02': Plant('fs/eventpoll.c', '		return vfs_poll(item->file, wait) & wanted;\n', '		return EPOLLIN & wanted;\n'),
    'S0-03': [
        Plant(BUFFER, '	file->private_data = ob;\n', '	static struct openbuf *all;\n\n	if (!all)\n		all = ob;\n	file->private_data = all;\n'),
        Plant(BUFFER, '	kfree(file->private_data);\n', '')],
    'S0-04': [
        Plant(BUFFER, '	if (copy_to_user(buf, ob->data, ret)) {\n		ret = -EFAULT;\n		goto out;\n	}\n', '	if (copy_to_user(buf, ob->data, ret))\n		pr_info("openbuf: lost\\n");\n'),
        Plant('kernel/module/main.c', '	smap_patch(sites, sites + num);\n', '')],
    'S0-05': [
        Plant(BUFFER, '	memmove(ob->data, ob->data + ret, ob->len);\n', ''),
        Plant('kernel/sched/mutex.c', 'int mutex_lock_interruptible(struct mutex *lock)\n{\n	return lock_in_state(lock, 0, TASK_INTERRUPTIBLE,',
              'int mutex_lock_interruptible(struct mutex *lock)\n{\n	return lock_in_state(lock, 0, TASK_UNINTERRUPTIBLE,')],
    'S0-06': [
        Plant(BUFFER, '	if (!ret) {\n		ret = -ENOSPC;\n', '	if (!ret && count) {\n		ret = -ENOSPC;\n'),
        Plant(BUFFER, '	if (mutex_lock_interruptible(&ob->lock))\n		return -ERESTARTSYS;\n	while (', '	mutex_lock(&ob->lock);\n	while (')],
    'S0-07': Plant(BUFFER, 'Device closed by pid', 'Device left by pid'),
    'S0-08': Plant('kernel/include/uapi/asm/ioctl.h', '#define _IOC_WRITE 1U\n#define _IOC_READ 2U\n', '#define _IOC_WRITE 2U\n#define _IOC_READ 1U\n'),
    'S0-09': Plant(QUARTET, '	if (wanted.speed > QUARTET_MAX_SPEED || wanted.mode > QUARTET_MAX_MODE)\n', '	if (wanted.speed > QUARTET_MAX_SPEED)\n'),
    'S0-10': Plant('drivers/samples/mydevice.c', '	return err ?: set_state(dev_get_drvdata(dev), NULL, speed) ?: count;\n', '	return err ?: count;\n'),
    'S0-11': Plant('kernel/mm/remap.c', '	for (; addr < end; addr += PAGE_SIZE, pfn++) {\n		err = insert_pfn(vma, addr, pfn, prot);',
                   '	for (; addr < end; addr += PAGE_SIZE) {\n		err = insert_pfn(vma, addr, pfn & ~1, prot);'),
    'S0-12': Plant('kernel/mm/remap.c', '	else\n		err = -EBUSY;\n	spin_unlock(&mm->page_table_lock);', '	spin_unlock(&mm->page_table_lock);'),
    'S0-13': Plant('kernel/include/asm/pgtable.h', '#define pgprot_device(prot)		pgprot_noncached(prot)', '#define pgprot_device(prot)		(prot)'),
    'S0-14': Plant(PACKT, '	poll_wait(file, &write_queue, wait);\n', ''),
    'S0-15': [
        Plant(BUFFER, '	poll_wait(file, &ob->readers, wait);\n', ''),
        Plant('fs/eventpoll.c', '	} else if (!(item->event.events & EPOLLET)) {\n', '	} else {\n')],
    'S0-16': [
        Plant('fs/fasync.c', '	} else if (old) {\n		*place = old->fa_next;\n', '	} else if (old) {\n		old = NULL;\n'),
        Plant('fs/fasync.c', '	return !old == !!on;\n', '	return 1;\n')],
    'S0-17': [
        Plant(BUFFER, '	kill_fasync(&ob->fasync, SIGIO, POLL_IN);\n', ''),
        Plant('fs/file_table.c', '		if (unlikely(file->f_flags & FASYNC) && file->f_op->fasync)\n', '		if (!inode && file->f_op->fasync)\n')],
    'S0-18': [
        Plant('drivers/block/genhd.c', '	q->queuedata = queuedata;\n', ''),
        Plant('drivers/samples/blkram.c', 'block_device_operations blkram_fops = {\n	.owner = THIS_MODULE,\n', 'block_device_operations blkram_fops = {\n'),
        Plant('fs/bdev_open.c', '	if (!bdev->bd_partno && bdev->bd_disk->fops->release)\n', '	if (bdev->bd_partno && bdev->bd_disk->fops->release)\n'),
        Plant('drivers/block/blk-queue.c', '	q->queue_hw_ctx->queue = q;\n	err = set->ops->init_hctx ?', '	q->queue_hw_ctx->queue = q;\n	err = 0 ?')],
    'S0-19': [
        Plant('drivers/block/blk-mq.c', 'q->nr_waiting && !q->nomerges &&', 'q->nr_waiting > 100 && !q->nomerges &&'),
        Plant('drivers/block/elevator.c', '"clook", .next = clook_next', '"clook", .next = none_next')],
    'S0-20': [
        Plant('fs/bdev_open.c', '	return err ? err : blkdev_issue_flush(bdev, GFP_KERNEL);\n', '	return bdev ? err : -EIO;\n'),
        Plant('drivers/block/ioctl.c', '	start >>= SECTOR_SHIFT;\n	len >>= SECTOR_SHIFT;\n', '	if (cmd == BLKDISCARD)\n		return 0;\n	start >>= SECTOR_SHIFT;\n	len >>= SECTOR_SHIFT;\n'),
        Plant('drivers/samples/blkram.c', '#define GEO_HEADS	64\n#define GEO_SECTORS	32\n', '#define GEO_HEADS	32\n#define GEO_SECTORS	64\n')],
    'S0-21': Plant('kernel/lib/kstrto.c', '		end++;\n	if (*end)\n', '		end++;\n	if (*end && *end != \' \')\n'),
    'S0-22': [
        Plant('drivers/base/dd.c', '	err = device_add_groups(dev, dev->groups);\n	if (!err)\n		dev->probe_groups', '	if (!err)\n		dev->probe_groups'),
        Plant('drivers/base/dd.c', '	int err = device_add_groups(dev, driver->dev_groups);\n', '	int err = 0;\n')],
    'S0-23': Plant('drivers/samples/mydevice.c', '"mydev%d", i);', '"mydev%d", i + 1);'),
    'S0-24': [
        Plant('drivers/base/dma-mapping.c', 'sg->length, dir);\n		sg->dma_length = sg->length;\n', 'sg->length, dir);\n		sg->dma_length = sgl->length;\n'),
        Plant('drivers/base/dmapool.c', '	size = ALIGN(max(size, sizeof(void *)), align);\n', '	size = max(size, sizeof(void *));\n')],
    'S0-25': [
        Plant('drivers/base/dma-mapping.c', '			dma_unmap_sg(dev, sgl, i, dir);\n			return 0;\n', '			dma_unmap_sg(dev, sgl, i, dir);\n			return i;\n'),
        Plant('drivers/char/edu_dma.c', '	if (dma_mapping_error(dev, bus))\n', '	if (!dev)\n')],
    'S0-26': [
        Plant('drivers/base/dma-mapping.c', '		if (to_cpu && record->dir != DMA_TO_DEVICE)\n', '		if (to_cpu && record->dir == DMA_TO_DEVICE)\n'),
        Plant('drivers/block/ide/dma.c', '	prd[entries - 1].flags_len |= cpu_to_le32(ATA_PRD_EOT);\n', '')],
    'S0-27': Plant('fs/pipe.c', '	head = READ_ONCE(pipe->head);\n	tail = READ_ONCE(pipe->tail);\n	if (file->f_mode & FMODE_READ) {\n		if', '	mutex_lock(&pipe->mutex);\n	head = READ_ONCE(pipe->head);\n	tail = READ_ONCE(pipe->tail);\n	mutex_unlock(&pipe->mutex);\n	if (file->f_mode & FMODE_READ) {\n		if'),
    'S0-28': Plant('drivers/samples/mydevice.c', '[MYDEV_ACTIVE] = "active", [MYDEV_ERROR] = "error",', '[MYDEV_ACTIVE] = "active",'),
    'S0-29': Plant('drivers/block/blk-lib.c', 'secure ? REQ_OP_SECURE_ERASE : REQ_OP_DISCARD', 'REQ_OP_DISCARD'),
    'S0-30': [
        Plant('kernel/proc/elf_core.c', '	if (vma->vm_flags & (VM_IO | VM_DONTDUMP))', '	if (vma->vm_flags & VM_IO)'),
        Plant('kernel/proc/elf_core.c', '	if (vma->vm_flags & (VM_IO | VM_DONTDUMP))', '	if (!vma->vm_file && vma->vm_flags & VM_DONTDUMP)')],
    'S0-31': [
        Plant('fs/select.c', '#define POLLIN_SET	(EPOLLRDNORM | EPOLLRDBAND | EPOLLIN | EPOLLHUP | EPOLLERR)', '#define POLLIN_SET	(EPOLLRDNORM | EPOLLRDBAND | EPOLLIN | EPOLLHUP)'),
        Plant(PACKT, '		mask |= EPOLLHUP;\n', '')],
    'S0-32': Plant('drivers/samples/mydevice.c', '	if (!speed || speed > MYDEV_MAX_SPEED)\n		return -EINVAL;\n	mutex_lock(&mydev->lock);\n	if (status)\n		mydev->state.status = *status;\n', '	mutex_lock(&mydev->lock);\n	if (status)\n		mydev->state.status = *status;\n	if (!speed || speed > MYDEV_MAX_SPEED) {\n		mutex_unlock(&mydev->lock);\n		return -EINVAL;\n	}\n'),

    # ---------------------------------------------------------------- the five operations
    'S1-01': [
        Plant('drivers/samples/methods.c', ' || iminor(inode) == READ_ONCE(broken))\n', ')\n'),
        Plant('fs/char_dev.c', '	if (!cdev)\n		return -ENXIO;\n', '	if (!cdev)\n		return -ENODEV;\n')],
    'S1-02': Plant(MAPONLY, '	if (atomic_inc_return(&users) > 1 && !many) {\n', '	if (atomic_inc_return(&users) > 2 && !many) {\n'),
    'S1-03': [
        Plant('fs/bdev_open.c', '	int err = disk->fops->open ? disk->', '	int err = disk->fops->open && !(mode & FMODE_EXCL) ? disk->'),
        Plant('fs/bdev_open.c', '	if (!bdev->bd_partno && bdev->bd_disk->fops->release)\n', '	if (!bdev->bd_partno && bdev->bd_disk->fops->release && !(mode & FMODE_EXCL))\n')],
    'S1-04': Plant('fs/ioctl.c', '	return err == -ENOIOCTLCMD ? -ENOTTY : err;\n', '	return err == -ENOIOCTLCMD ? -ENOTTY : min(err, 0L);\n'),
    'S1-05': Plant('drivers/block/ioctl.c', 'fops->ioctl(bdev, mode, cmd, arg) : -ENOTTY;', 'fops->ioctl(bdev, mode, cmd, arg) : -EINVAL;'),
    'S1-06': [
        Plant('drivers/char/edu.c', 'writel(n, edu->regs + EDU_REG_FACTORIAL);', 'writel(n + 1, edu->regs + EDU_REG_FACTORIAL);'),
        Plant('drivers/char/edu.c', '		*result = readl(edu->regs + EDU_REG_FACTORIAL);\n', '		*result = n;\n')],
    'S1-07': [
        Plant('drivers/char/edu_file.c', '	if (vma->vm_end - vma->vm_start != PAGE_SIZE || ', '	if ('),
        Plant('kernel/mm/remap.c', '	if (offset_in_page(addr) || addr < vma->vm_start || end > vma->vm_end || end < addr)\n		return -EINVAL;\n', '	return 0;\n')],
    'S1-08': [
        Plant(MAPONLY, '	if (vma->vm_pgoff || vma_pages(vma) != 1)\n', '	if (vma->vm_pgoff)\n'),
        Plant('fs/bdev_open.c', '	.mmap = generic_file_mmap,\n', '')],
    'S1-09': Plant('drivers/block/ide/command.c', 'dma = drive->using_dma && !ide_dma_prepare(ch, rq);', 'dma = drive->using_dma && !rq && !ide_dma_prepare(ch, rq);'),
    'S1-10': Plant('drivers/samples/blkram.c', '.queue_depth = depth,', '.queue_depth = depth + 3,'),
    'S1-11': [
        Plant('drivers/char/edu_dma.c', 'i++, done += len, at = 0) {', 'i++, done += len) {'),
        Plant('drivers/char/edu_dma.c', 'copy_to_user(user, edu->buffer, dma->len)', 'copy_to_user(user, edu->buffer, dma->len / 2)')],
    'S1-12': Plant('drivers/char/edu.c', '	if (wait_event_timeout(edu->wait, READ_ONCE(edu->completed) & irq, EDU_TIMEOUT))\n',
                   '	for (unsigned long end = jiffies + EDU_TIMEOUT; time_before(jiffies, end) && !(READ_ONCE(edu->completed) & irq);)\n		cpu_relax();\n	if (READ_ONCE(edu->completed) & irq)\n'),
    'S1-13': [
        Plant('drivers/samples/nosg.c', 'bounce ? move_bounced(', 'bounce && !count ? move_bounced('),
        Plant('drivers/samples/nosg.c', '		err = submit(done, from_card);\n', '		err = submit(0, from_card);\n')],
    'S1-14': Plant('drivers/char/edu_file.c', '	if (offset == EDU_MAP_REGS)\n', '	if (offset == EDU_MAP_REGS && edu->fault)\n'),

    # ---------------------------------------------------------------- the interface of 1996
    'S2-01': Plant('drivers/char/lp.c', 'lp, lp_groups, "lp%u", minor)', 'lp, lp_groups, "printer%u", minor)'),
    'S2-02': Plant(KHG_USER, 'WARN(p && size > ksize(p),', 'WARN(p && size > 100 * ksize(p),'),
    'S2-03': [
        Plant('fs/bdev_open.c', '	if (!S_ISBLK(inode->i_mode))\n		err = -ENOTBLK;\n	else if', '	if'),
        Plant('fs/bdev_open.c', 'return iocb->ki_flags & IOCB_DIRECT ? generic', 'return iocb->ki_filp ? generic')],
    'S2-04': [
        Plant(KHG_BLK, '	if (bh && !buffer_uptodate(bh)) {\n', '	if (bh && !buffer_uptodate(bh) && pos > filesize) {\n'),
        Plant(KHG_BLK, '	mark_buffer_dirty(bh);\n', '	mark_buffer_dirty(bh);\n	sync_dirty_buffer(bh);\n'),
        Plant('fs/page-writeback.c', 'if (likely(dirty <= DIRTY_MINIMUM) || (dirty & 7))', 'if (likely(dirty <= DIRTY_MINIMUM) || dirty)')],
    'S2-05': Plant(FOO1996, '	while (!arrived_count) {\n', '	while (!arrived_count && !sent_count) {\n'),
    'S2-06': [
        Plant('drivers/char/lp.c', '	lp->irq = irq;\n	lp->acked_later', '	lp->acked_later'),
        Plant('drivers/char/lp.c', 'wait_event_interruptible_timeout(lp->done, !lp_left(lp), READ_ONCE(lp->time))', '(cond_resched(), !lp_left(lp))')],
    'S2-07': Plant(KHG_USER, 'return !WARN(in_interrupt(),', 'return !WARN(false,'),
    'S2-08': Plant(KHG_BLK, '	if (bh && !buffer_uptodate(bh)) {\n', '	if (bh)\n		clear_buffer_uptodate(bh);\n	if (bh) {\n'),
    'S2-09': [
        Plant(KHG_WAIT, '	wake_ring(q, TASK_INTERRUPTIBLE);\n', '	wake_ring(q, TASK_NORMAL);\n'),
        Plant(KHG_WAIT, '	if (current == task[0])\n		panic("task[0] trying to sleep");\n', '')],
    'S2-10': [
        Plant(KHG_WAIT, '			wait = wait->next;\n		} while (wait != *q);', '			wait = wait->next;\n		} while (0);'),
        Plant(KHG_WAIT, '	__sleep_on(q, TASK_INTERRUPTIBLE);\n', '	__sleep_on(q, TASK_UNINTERRUPTIBLE);\n')],
    'S2-11': [
        Plant(KHG_CHR, '	done = method(file_inode(file), old, (char __force *)buf, count);\n	*ppos = old->f_pos;\n',
              '	done = method(file_inode(file), old, (char __force *)buf, count);\n'),
        Plant(KHG_CHR, 'vma->vm_pgoff << PAGE_SHIFT);', 'vma->vm_pgoff);')],
    'S2-12': [
        Plant(KHG_CHR, '		offset += i_size_read(old->f_inode);\n', '		return -EINVAL;\n'),
        Plant(KHG_CHR, '		if (!old->f_inode)\n			return -EINVAL;\n', '		if (!old->f_inode)\n			break;\n')],
    'S2-13': Plant(KHG_CHR, '	if (!method)\n		return -EINVAL;\n', '	if (!method)\n		return 0;\n'),
    'S2-14': [
        Plant(KHG_CHR, '	old->f_flags = file->f_flags;\n', ''),
        Plant(KHG_CHR, '	old->f_pos = file->f_pos;\n', '')],
    'S2-15': Plant('fs/readdir.c', '		return -ENOTDIR;\n', '		return -EINVAL;\n'),
    'S2-16': [
        Plant(KHG_CHR, "poll_does_not_wait(poll) ? NULL : &table))", "&table))"),
        Plant(KHG_WAIT, '	wake_up_all(&khg_selectors);\n', '')],
    'S2-17': Plant(KHG_CHR, '	if (!old->f_op->ioctl)\n		return -EINVAL;\n', '	if (!old->f_op->ioctl)\n		return -ENOTTY;\n'),
    'S2-18': [
        Plant('fs/ioctl.c', '	if (get_user(on, arg))\n		return -EFAULT;\n	set_file_flag(file, O_NONBLOCK, on);\n', '	on = arg != NULL;\n	set_file_flag(file, O_NONBLOCK, on);\n'),
        Plant('fs/ioctl.c', '	case FIOCLEX:\n		set_close_on_exec(fd, 1);\n		return 0;\n', ''),
        Plant(KHG_CHR, '		file->f_flags |= FASYNC | O_SYNC;\n', '		file->f_flags |= FASYNC;\n')],
    'S2-19': Plant(KHG_CHR, '		   (vma->vm_flags & VM_EXEC ? PROT_EXEC : 0), err;', '		   PROT_EXEC, err;'),
    'S2-20': [
        Plant(KHG_CHR, '	if (err)\n		forget_opening(opening);\n	return err;\n', '	if (err)\n		forget_opening(opening);\n	return err ? -EIO : 0;\n'),
        Plant(FOO1996, '		if (busy)\n			return -EBUSY;\n', '')],
    'S2-21': Plant(KHG_CHR, '	if (old && old->f_op->release)\n		old->f_op->release(inode, old);\n', ''),
    'S2-22': [
        Plant(KHG_CHR, '	return major ? 0 : dev->major;\n', '	return 0;\n'),
        Plant(FOO1996, '"foo: a line of', '"foo: a wire of')],
    'S2-23': [
        Plant(KHG_WAIT, '	timer->function(timer->data);\n', '	timer->function(timer->expires);\n'),
        Plant(KHG_WAIT, '	return del_timer(&timer->today);\n', '	return 0;\n')],
    'S2-24': Plant('drivers/samples/foo1996.h', "_IO('f', 0x61)", "_IO('T', 0x51)"),

    # ---------------------------------------------------------------- character drivers
    'S3-01': [
        Plant('drivers/block/genhd-sysfs.c', '#define BLOCK_NODE_GID	6', '#define BLOCK_NODE_GID	0'),
        Plant('fs/devtmpfs/devtmpfs.c', '#define DEFAULT_MODE	0600', '#define DEFAULT_MODE	0660'),
        Plant('fs/char_dev.c', '(major = CHRDEV_HASH_SIZE - 1;', '(major = CHRDEV_HASH_SIZE - 2;')],
    'S3-02': Plant('drivers/base/create.c', '		cdev_set_parent(cdev, &dev->kobj);\n', ''),
    'S3-03': [
        Plant('fs/file_table.c', '		fops_put(file->f_op);\n', ''),
        Plant('kernel/module/main.c', '	if (atomic_cmpxchg(&mod->refcnt, 0, -1) != 0)\n		return -EBUSY;\n', '	atomic_set(&mod->refcnt, -1);\n')],
    'S3-04': [
        Plant('fs/seek.c', '	return vfs_setpos(file, seek_target(file, offset, whence), LLONG_MAX);\n', '	return default_llseek(file, offset, whence);\n'),
        Plant('fs/seek.c', 'loff_t no_llseek(struct file *file, loff_t offset, int whence)\n{\n	return -ESPIPE;', 'loff_t no_llseek(struct file *file, loff_t offset, int whence)\n{\n	return -EINVAL;')],
    'S3-05': [
        Plant('fs/ioctl.c', '	if (!file->f_op->unlocked_ioctl)\n		return -ENOTTY;\n', '	if (!file->f_op->unlocked_ioctl)\n		return -EINVAL;\n'),
        Plant('kernel/mm/mmap.c', '	if (!file->f_op->mmap)\n		return -ENODEV;\n', '	if (!file->f_op->mmap)\n		return -EINVAL;\n'),
        Plant('fs/sync.c', '	if (!file->f_op->fsync)\n		return -EINVAL;\n', '	if (!file->f_op->fsync)\n		return 0;\n')],
    'S3-06': Plant('fs/file.c', '	if (file->f_op->flush)\n', '	if (file->f_op->flush && atomic_long_read(&file->f_count) == 1)\n'),
    'S3-07': Plant('kernel/include/linux/kdev_t.h', '#define MINORBITS	20', '#define MINORBITS	16'),
    'S3-08': [
        Plant('fs/char_dev.c', '		if (cd->baseminor < other->baseminor + other->minorct)\n			return NULL;\n', ''),
        Plant('fs/char_dev.c', 'dev - cdev->dev < cdev->count)', 'dev - cdev->dev <= cdev->count)')],
    'S3-09': Plant('drivers/base/core.c', '	devtmpfs_delete_node(node_of(dev, &mode, &gid, &tmp));\n', '	node_of(dev, &mode, &gid, &tmp);\n'),
    'S3-10': Plant('drivers/base/class.c', '	if (alive)\n		class_unregister(class);\n', '	if (alive)\n		class_unregister(class);\n	else\n		kfree(class);\n'),
    'S3-11': Plant(BANKS, '	left = copy_to_user(buf, bank->data + *pos, count);\n', '	left = 0 * copy_to_user(buf, bank->data + *pos, count);\n'),
    'S3-12': [
        Plant(EEPROM, '	if (*ppos >= EEP_BANK_SIZE)\n		return -EINVAL;\n', '	if (*ppos >= EEP_BANK_SIZE)\n		return -ENOSPC;\n'),
        Plant(EEPROM, '	if (*ppos >= EEP_BANK_SIZE)\n		return 0;\n', '	if (*ppos >= EEP_BANK_SIZE)\n		return -EINVAL;\n'),
        Plant(EEPROM, '	int err = -ENODEV;\n\n	mutex_lock(', '	int err = -ENXIO;\n\n	mutex_lock('),
        Plant(EEPROM, '	return -ENOTTY;\n', '	return -EINVAL;\n')],
    'S3-13': Plant(EEPROM, '		pos = EEP_BANK_SIZE + offset;\n', '		pos = EEP_BANK_SIZE - offset;\n'),
    'S3-14': Plant('user/bin/seek.c', 'seek_to(fd, name, 10, SEEK_CUR)', 'seek_to(fd, name, 10, SEEK_SET)'),
    'S3-15': [
        Plant(PACKT, '	if (READ_ONCE(len))\n		mask |= EPOLLIN', '		mask |= EPOLLIN'),
        Plant(PACKT, 'EPOLLOUT | EPOLLWRNORM', 'EPOLLOUT')],
    'S3-16': Plant('user/bin/select.c', '&readable, NULL, NULL, NULL)', '&readable, NULL, NULL, &(struct timeval){ 0 })'),
    'S3-17': Plant('kernel/include/uapi/asm/ioctl.h', '#define _IOC_SIZESHIFT (_IOC_TYPESHIFT + _IOC_TYPEBITS)', '#define _IOC_SIZESHIFT (_IOC_TYPESHIFT + _IOC_TYPEBITS + 1)'),
    'S3-18': [
        Plant(EEPROM, '#define EEP_SIZE	(EEP_NBANK * EEP_BANK_SIZE)', '#define EEP_SIZE	EEP_BANK_SIZE'),
        Plant(EEPROM, '#define EEP_ERASED	0xff', '#define EEP_ERASED	0x00'),
        Plant(EEPROM, 'sysfs_emit(buf, "%s\\n", bank->name)', 'sysfs_emit(buf, "bank%d\\n", bank_nr(bank))')],
    'S3-19': [
        Plant(EEPROM, '		bank->users++;\n', ''),
        Plant(PACKT, '	if (copy_from_user(data + len, buf, ret)) {\n		ret = -EFAULT;\n		goto out;\n	}\n	WRITE_ONCE(len, len + ret);\n	/* LAB 07.1 { wake_readers */\n	if (ret)\n		wake_up_interruptible(&read_queue);\n', '	if (ret)\n		wake_up_interruptible(&read_queue);\n	if (copy_from_user(data + len, buf, ret)) {\n		ret = -EFAULT;\n		goto out;\n	}\n	WRITE_ONCE(len, len + ret);\n'),
        Plant(EEPROM, '	if (len < 0)\n		return len;\n', ''),
        Plant(EEPROM, '	long len = strncpy_from_user(name, arg, sizeof(name));\n', '	long len = copy_from_user(name, arg, sizeof(name)) ? -EFAULT : strnlen(name, sizeof(name));\n'),
        Plant('user/bin/seek.c', '	if (fd < 0)', '	if (fd < -1)'),
        Plant('user/bin/seek.c', '	printf("%.*s\\n", PIECE, piece);', '	printf("%s\\n", piece);')],
    'S3-20': [
        Plant(PACKT, '	if (ret)\n		wake_up_interruptible(&write_queue);\n', ''),
        Plant(PACKT, '	if (ret)\n		wake_up_interruptible(&read_queue);\n', ''),
        Plant(PACKT, '	if (READ_ONCE(len) < sizeof(data) && !READ_ONCE(unplugged))\n', '	if (!READ_ONCE(unplugged))\n')],
    'S3-21': [
        Plant(PACKT, '	wake_up_interruptible(&urgent_queue);\n	if (state', '	if (state'),
        Plant(PACKT, '	if (READ_ONCE(urgent))\n		mask |= EPOLLPRI;\n', '')],
}
