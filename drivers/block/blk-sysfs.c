/*
 * /sys/block/NAME/queue: what the driver can take, and what user space may change:
 * the elevator, how many requests, how long they get and whether they are merged.
 *
 * Context: process; may sleep.
 */
#include <linux/blk-mq.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include "blk.h"

#define MIN_REQUESTS	4

/* One attribute; a plain number needs no method to be shown, only where it stands. */
struct queue_attribute {
	struct attribute attr;
	ssize_t (*show)(struct request_queue *q, char *buf);
	ssize_t (*store)(struct request_queue *q, const char *buf, size_t count);
	size_t field;			/* offset of an unsigned int in the queue … */
	int shift;			/* … shown so many bits to the left, or to the right if negative */
};

static struct request_queue *to_queue(struct kobject *kobj)
{
	return container_of(kobj, struct request_queue, kobj);
}

static ssize_t queue_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct queue_attribute *entry = container_of(attr, struct queue_attribute, attr);
	struct request_queue *q = to_queue(kobj);
	u64 value;

	if (entry->show)
		return entry->show(q, buf);
	value = *(unsigned int *)((char *)q + entry->field);
	return sysfs_emit(buf, "%llu\n", entry->shift < 0 ? value >> -entry->shift : value << entry->shift);
}

static ssize_t queue_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
				size_t count)
{
	struct queue_attribute *entry = container_of(attr, struct queue_attribute, attr);

	return entry->store ? entry->store(to_queue(kobj), buf, count) : -EIO;
}

/* The last reference to a queue is gone. */
static void queue_release(struct kobject *kobj)
{
	struct request_queue *q = to_queue(kobj);

	kvfree(q->rq_mem);
	kfree(q->queue_hw_ctx);
	kfree(q);
}

static const struct sysfs_ops queue_sysfs_ops = { .show = queue_attr_show, .store = queue_attr_store };

/* ------------------------------------------------------------------ what can be written */

/* A number from min to max: it, or -EINVAL. */
static ssize_t number(const char *buf, unsigned int min, unsigned int max, unsigned int *value)
{
	int err = kstrtouint(buf, 10, value);

	if (err)
		return err;
	return *value < min || *value > max ? -EINVAL : 0;
}

/* Linux raises what is too little. */
static ssize_t requests_store(struct request_queue *q, const char *buf, size_t count)
{
	unsigned int value;
	ssize_t err = number(buf, 0, BLKDEV_MAX_RQ, &value);

	if (err || !q->mq_ops)
		return err ?: -EINVAL;
	spin_lock_irq(&q->queue_lock);
	q->nr_requests = max_t(unsigned int, value, MIN_REQUESTS);
	spin_unlock_irq(&q->queue_lock);
	wake_up_all(&q->free_wait);
	return count;
}

static ssize_t max_sectors_store(struct request_queue *q, const char *buf, size_t count)
{
	unsigned int kib;
	ssize_t err = number(buf, PAGE_SIZE >> 10, q->limits.max_hw_sectors >> 1, &kib);

	if (err)
		return err;
	q->limits.max_sectors = kib << 1;
	return count;
}

static ssize_t timeout_show(struct request_queue *q, char *buf)
{
	return sysfs_emit(buf, "%u\n", jiffies_to_msecs(q->rq_timeout));
}

static ssize_t timeout_store(struct request_queue *q, const char *buf, size_t count)
{
	unsigned int ms;
	ssize_t err = number(buf, 1, INT_MAX, &ms);

	if (err)
		return err;
	blk_queue_rq_timeout(q, msecs_to_jiffies(ms));
	return count;
}

static ssize_t nomerges_show(struct request_queue *q, char *buf)
{
	return sysfs_emit(buf, "%d\n", q->nomerges ? 2 : 0);
}

static ssize_t nomerges_store(struct request_queue *q, const char *buf, size_t count)
{
	unsigned int value;
	ssize_t err = number(buf, 0, 2, &value);

	if (err)
		return err;
	q->nomerges = value != 0;
	return count;
}

static ssize_t read_ahead_store(struct request_queue *q, const char *buf, size_t count)
{
	unsigned int kib;
	ssize_t err = number(buf, 0, q->limits.max_hw_sectors >> 1, &kib);

	if (err)
		return err;
	q->ra_pages = kib >> (PAGE_SHIFT - 10);
	return count;
}

static ssize_t rotational_show(struct request_queue *q, char *buf)
{
	return sysfs_emit(buf, "%d\n", !blk_queue_nonrot(q));
}

static ssize_t rotational_store(struct request_queue *q, const char *buf, size_t count)
{
	unsigned int value;
	ssize_t err = number(buf, 0, UINT_MAX, &value);

	if (err)
		return err;
	if (value)
		blk_queue_flag_clear(QUEUE_FLAG_NONROT, q);
	else
		blk_queue_flag_set(QUEUE_FLAG_NONROT, q);
	return count;
}

/* Says whether fsync() has to ask for a flush; the device itself is told nothing. */
static ssize_t write_cache_show(struct request_queue *q, char *buf)
{
	return sysfs_emit(buf, "%s\n", q->write_cache ? "write back" : "write through");
}

static ssize_t write_cache_store(struct request_queue *q, const char *buf, size_t count)
{
	if (sysfs_streq(buf, "write back"))
		blk_queue_write_cache(q, true, q->fua);
	else if (sysfs_streq(buf, "write through") || sysfs_streq(buf, "none"))
		blk_queue_write_cache(q, false, false);
	else
		return -EINVAL;
	return count;
}

static ssize_t segments_show(struct request_queue *q, char *buf)
{
	return sysfs_emit(buf, "%u\n", q->limits.max_segments);
}

static ssize_t fua_show(struct request_queue *q, char *buf)
{
	return sysfs_emit(buf, "%d\n", q->fua);
}

/* ------------------------------------------------------------------ all of them */

#define QUEUE_ATTR(_name, _mode, ...)						\
	static struct queue_attribute attr_##_name = {				\
		.attr = { .name = #_name, .mode = _mode }, __VA_ARGS__		\
	}
#define NUMBER(_field, _shift) .field = offsetof(struct request_queue, _field), .shift = _shift

QUEUE_ATTR(scheduler, 0644, .show = elv_show, .store = elv_store);
QUEUE_ATTR(nr_requests, 0644, NUMBER(nr_requests, 0), .store = requests_store);
QUEUE_ATTR(max_sectors_kb, 0644, NUMBER(limits.max_sectors, -1), .store = max_sectors_store);
QUEUE_ATTR(io_timeout, 0644, .show = timeout_show, .store = timeout_store);
QUEUE_ATTR(nomerges, 0644, .show = nomerges_show, .store = nomerges_store);
QUEUE_ATTR(read_ahead_kb, 0644, NUMBER(ra_pages, PAGE_SHIFT - 10), .store = read_ahead_store);
QUEUE_ATTR(rotational, 0644, .show = rotational_show, .store = rotational_store);
QUEUE_ATTR(write_cache, 0644, .show = write_cache_show, .store = write_cache_store);
QUEUE_ATTR(max_segments, 0444, .show = segments_show);
QUEUE_ATTR(fua, 0444, .show = fua_show);
QUEUE_ATTR(max_hw_sectors_kb, 0444, NUMBER(limits.max_hw_sectors, -1));
QUEUE_ATTR(logical_block_size, 0444, NUMBER(limits.logical_block_size, 0));
QUEUE_ATTR(hw_sector_size, 0444, NUMBER(limits.logical_block_size, 0));
QUEUE_ATTR(physical_block_size, 0444, NUMBER(limits.physical_block_size, 0));
QUEUE_ATTR(minimum_io_size, 0444, NUMBER(limits.io_min, 0));
QUEUE_ATTR(optimal_io_size, 0444, NUMBER(limits.io_opt, 0));
QUEUE_ATTR(max_segment_size, 0444, NUMBER(limits.max_segment_size, 0));
QUEUE_ATTR(discard_granularity, 0444, NUMBER(limits.discard_granularity, 0));
QUEUE_ATTR(discard_max_bytes, 0444, NUMBER(limits.max_discard_sectors, SECTOR_SHIFT));
QUEUE_ATTR(discard_max_hw_bytes, 0444, NUMBER(limits.max_hw_discard_sectors, SECTOR_SHIFT));
QUEUE_ATTR(write_zeroes_max_bytes, 0444, NUMBER(limits.max_write_zeroes_sectors, SECTOR_SHIFT));

static struct attribute *queue_attrs[] = {
	&attr_scheduler.attr, &attr_nr_requests.attr, &attr_max_sectors_kb.attr,
	&attr_max_hw_sectors_kb.attr, &attr_io_timeout.attr, &attr_nomerges.attr,
	&attr_read_ahead_kb.attr, &attr_rotational.attr, &attr_write_cache.attr,
	&attr_max_segments.attr, &attr_fua.attr, &attr_logical_block_size.attr,
	&attr_hw_sector_size.attr, &attr_physical_block_size.attr, &attr_minimum_io_size.attr,
	&attr_optimal_io_size.attr, &attr_max_segment_size.attr, &attr_discard_granularity.attr,
	&attr_discard_max_bytes.attr, &attr_discard_max_hw_bytes.attr,
	&attr_write_zeroes_max_bytes.attr, NULL,
};

struct kobj_type blk_queue_ktype = {
	.release = queue_release,
	.sysfs_ops = &queue_sysfs_ops,
	.default_attrs = queue_attrs,
};

int blk_register_queue(struct gendisk *disk)
{
	disk->queue->disk = disk;
	return kobject_add(&disk->queue->kobj, &disk_to_dev(disk)->kobj, "queue");
}

void blk_unregister_queue(struct gendisk *disk)
{
	kobject_del(&disk->queue->kobj);
	disk->queue->disk = NULL;
}
