/*
 * Character devices: from (major, minor) to a driver.
 *
 * Two tables by major number.  chrdevs[] says which numbers are taken, and by
 * whom: two drivers cannot both have them.  cdev_map[] says which driver is
 * behind numbers now: cdev_add() puts it there, and from then on
 *
 *	open() -> vfs_open() -> chrdev_open()
 *		inode's (major, minor) -> cdev_map -> struct cdev
 *		file->f_op = cdev->ops, then their open method
 *
 * ENXIO: no driver is behind the number.  An inode remembers its cdev, so only
 * its first open looks into the map.
 *
 * Locks: chrdevs_lock (sleeps) for the reservations, cdev_lock (spins) for the
 * map, the inodes that remember, and a cdev's count of uses.
 */
#include <linux/cdev.h>
#include <linux/seq_file.h>
#include "internal.h"

#define CHRDEV_HASH_SIZE	255
#define CHRDEV_MAJOR_MAX	512
#define CHRDEV_MAJOR_DYN_END	234	/* dynamic majors: 254 down to here, */
#define CHRDEV_MAJOR_DYN_EXT_START 511	/* then 511 down to 384 */
#define CHRDEV_MAJOR_DYN_EXT_END 384

/* A range of numbers of one major that somebody has reserved. */
struct char_device_struct {
	struct char_device_struct *next;	/* [c] by baseminor within a major */
	unsigned int major, baseminor;
	int minorct;
	char name[64];
	struct cdev *cdev;			/* register_chrdev() alone: to undo it */
};

static DEFINE_MUTEX(chrdevs_lock);
static struct char_device_struct *chrdevs[CHRDEV_HASH_SIZE];	/* [c] chrdevs_lock */

static DEFINE_SPINLOCK(cdev_lock);
static struct list_head cdev_map[CHRDEV_HASH_SIZE];		/* cdev_lock */

static unsigned int major_to_index(unsigned int major)
{
	return major % CHRDEV_HASH_SIZE;
}

/* ------------------------------------------------------------------ reservations */

static bool major_in_use(unsigned int major)
{
	struct char_device_struct *cd;

	for (cd = chrdevs[major_to_index(major)]; cd; cd = cd->next)
		if (cd->major == major)
			return true;
	return false;
}

/* A major of which nothing is reserved; EBUSY when there is none left. */
static int find_dynamic_major(void)
{
	unsigned int major;

	for (major = CHRDEV_HASH_SIZE - 1; major >= CHRDEV_MAJOR_DYN_END; major--)
		if (!chrdevs[major])
			return major;
	for (major = CHRDEV_MAJOR_DYN_EXT_START; major >= CHRDEV_MAJOR_DYN_EXT_END; major--)
		if (!major_in_use(major))
			return major;
	return -EBUSY;
}

/* Where in its chain cd belongs; NULL when it overlaps with what is there. */
static struct char_device_struct **find_place(const struct char_device_struct *cd)
{
	struct char_device_struct **p;

	for (p = &chrdevs[major_to_index(cd->major)]; *p; p = &(*p)->next) {
		const struct char_device_struct *other = *p;

		if (other->major < cd->major)
			continue;
		if (other->major > cd->major || cd->baseminor + cd->minorct <= other->baseminor)
			break;
		if (cd->baseminor < other->baseminor + other->minorct)
			return NULL;
	}
	return p;
}

/*
 * Reserves minorct numbers from (major, baseminor) on; major 0: any free one.
 * The reservation, or EINVAL, EBUSY, ENOMEM as an error pointer.
 */
static struct char_device_struct *reserve(unsigned int major, unsigned int baseminor,
					  int minorct, const char *name)
{
	struct char_device_struct *cd, **place;
	int err;

	if (major >= CHRDEV_MAJOR_MAX || minorct <= 0 || minorct > MINORMASK + 1 - baseminor)
		return ERR_PTR(-EINVAL);
	cd = kzalloc(sizeof(*cd), GFP_KERNEL);
	if (!cd)
		return ERR_PTR(-ENOMEM);
	cd->baseminor = baseminor;
	cd->minorct = minorct;
	strscpy(cd->name, name, sizeof(cd->name));

	mutex_lock(&chrdevs_lock);
	err = major;
	if (!major)
		err = find_dynamic_major();
	if (err < 0) {
		pr_err("chrdev: no dynamic major left for \"%s\"\n", name);
		goto out_unlock;
	}
	cd->major = err;
	place = find_place(cd);
	if (!place) {
		pr_err("chrdev: \"%s\" wants %u:%u-%u, which is taken\n", name, cd->major,
		       baseminor, baseminor + minorct - 1);
		err = -EBUSY;
		goto out_unlock;
	}
	cd->next = *place;
	*place = cd;
	mutex_unlock(&chrdevs_lock);
	return cd;
out_unlock:
	mutex_unlock(&chrdevs_lock);
	kfree(cd);
	return ERR_PTR(err);
}

/* Takes a reservation back: what was reserved exactly so, for the caller to free; NULL. */
static struct char_device_struct *unreserve(unsigned int major, unsigned int baseminor,
					    int minorct)
{
	struct char_device_struct *cd, **p;

	mutex_lock(&chrdevs_lock);
	for (p = &chrdevs[major_to_index(major)]; (cd = *p); p = &cd->next)
		if (cd->major == major && cd->baseminor == baseminor && cd->minorct == minorct) {
			*p = cd->next;
			break;
		}
	mutex_unlock(&chrdevs_lock);
	return cd;
}

/* Numbers from..from+count-1, which may go on into the next majors.  EBUSY: taken. */
int register_chrdev_region(dev_t from, unsigned count, const char *name)
{
	struct char_device_struct *cd;
	dev_t to = from + count, n, next;

	for (n = from; n < to; n = next) {
		next = min_t(dev_t, MKDEV(MAJOR(n) + 1, 0), to);
		cd = reserve(MAJOR(n), MINOR(n), next - n, name);
		if (IS_ERR(cd)) {
			unregister_chrdev_region(from, n - from);
			return PTR_ERR(cd);
		}
	}
	return 0;
}
EXPORT_SYMBOL(register_chrdev_region);

/* count numbers of a major that is free; *dev is the first. */
int alloc_chrdev_region(dev_t *dev, unsigned baseminor, unsigned count, const char *name)
{
	struct char_device_struct *cd = reserve(0, baseminor, count, name);

	if (IS_ERR(cd))
		return PTR_ERR(cd);
	*dev = MKDEV(cd->major, cd->baseminor);
	return 0;
}
EXPORT_SYMBOL(alloc_chrdev_region);

void unregister_chrdev_region(dev_t from, unsigned count)
{
	dev_t to = from + count, n, next;

	for (n = from; n < to; n = next) {
		next = min_t(dev_t, MKDEV(MAJOR(n) + 1, 0), to);
		kfree(unreserve(MAJOR(n), MINOR(n), next - n));
	}
}
EXPORT_SYMBOL(unregister_chrdev_region);

/* All 256 minors of a major (0: a free one, which is the result) for one driver. */
int register_chrdev(unsigned int major, const char *name, const struct file_operations *fops)
{
	struct char_device_struct *cd = reserve(major, 0, 256, name);
	int err = -ENOMEM;

	if (IS_ERR(cd))
		return PTR_ERR(cd);
	cd->cdev = cdev_alloc();
	if (!cd->cdev)
		goto out_unreserve;
	cd->cdev->owner = fops->owner;
	cd->cdev->ops = fops;
	err = cdev_add(cd->cdev, MKDEV(cd->major, 0), 256);
	if (!err)
		return major ? 0 : cd->major;
	cdev_put(cd->cdev);
out_unreserve:
	kfree(unreserve(cd->major, 0, 256));
	return err;
}
EXPORT_SYMBOL(register_chrdev);

void unregister_chrdev(unsigned int major, const char *name)
{
	struct char_device_struct *cd = unreserve(major, 0, 256);

	if (cd && cd->cdev)
		cdev_del(cd->cdev);
	kfree(cd);
}
EXPORT_SYMBOL(unregister_chrdev);

/* ------------------------------------------------------------------ drivers */

/* The last reference is gone: inodes forget it. */
static void cdev_release(struct kobject *kobj)
{
	struct cdev *cdev = container_of(kobj, struct cdev, kobj);
	struct inode *inode;

	spin_lock(&cdev_lock);
	while (!list_empty(&cdev->list)) {
		inode = list_first_entry(&cdev->list, struct inode, i_devices);
		list_del_init(&inode->i_devices);
		inode->i_cdev = NULL;
	}
	spin_unlock(&cdev_lock);
}

static void cdev_dynamic_release(struct kobject *kobj)
{
	cdev_release(kobj);
	kfree(container_of(kobj, struct cdev, kobj));
}

static struct kobj_type cdev_type = { .release = cdev_release };
static struct kobj_type cdev_dynamic_type = { .release = cdev_dynamic_release };

void cdev_init(struct cdev *cdev, const struct file_operations *ops)
{
	memset(cdev, 0, sizeof(*cdev));
	kobject_init(&cdev->kobj, &cdev_type);
	INIT_LIST_HEAD(&cdev->list);
	INIT_LIST_HEAD(&cdev->map);
	cdev->ops = ops;
}
EXPORT_SYMBOL(cdev_init);

/* One that frees itself with its last reference; the caller sets ops and owner.  NULL. */
struct cdev *cdev_alloc(void)
{
	struct cdev *cdev = kmalloc(sizeof(*cdev), GFP_KERNEL);

	if (cdev) {
		cdev_init(cdev, NULL);
		cdev->kobj.ktype = &cdev_dynamic_type;
	}
	return cdev;
}
EXPORT_SYMBOL(cdev_alloc);

/* From now on opens of count numbers from dev on reach the driver: be ready before. */
int cdev_add(struct cdev *cdev, dev_t dev, unsigned count)
{
	if (!count || WARN_ON(!cdev->ops))
		return -EINVAL;
	cdev->dev = dev;
	cdev->count = count;
	kobject_get(cdev->kobj.parent);		/* until the last reference goes */
	spin_lock(&cdev_lock);
	list_add(&cdev->map, &cdev_map[major_to_index(MAJOR(dev))]);
	spin_unlock(&cdev_lock);
	return 0;
}
EXPORT_SYMBOL(cdev_add);

/* Ends one opening's use of the driver, and of its module. */
void cdev_put(struct cdev *cdev)
{
	struct module *owner = cdev->owner;

	kobject_put(&cdev->kobj);
	module_put(owner);
}

/* No new opens; who has the device open keeps it, and its file's methods, until the close. */
void cdev_del(struct cdev *cdev)
{
	spin_lock(&cdev_lock);
	list_del_init(&cdev->map);
	spin_unlock(&cdev_lock);
	kobject_put(&cdev->kobj);
}
EXPORT_SYMBOL(cdev_del);

struct cdev *cdev_of_module(const struct module *mod)
{
	struct cdev *cdev, *found = NULL;

	spin_lock(&cdev_lock);
	for (unsigned int i = 0; i < CHRDEV_HASH_SIZE; i++)
		list_for_each_entry(cdev, &cdev_map[i], map)
			if (within_module((unsigned long)cdev, mod) ||
			    within_module((unsigned long)cdev->ops, mod))
				found = cdev;
	spin_unlock(&cdev_lock);
	return found;
}

/* An inode goes, or changes its device number. */
void cd_forget(struct inode *inode)
{
	spin_lock(&cdev_lock);
	list_del_init(&inode->i_devices);
	inode->i_cdev = NULL;
	spin_unlock(&cdev_lock);
}

static struct cdev *cdev_lookup(dev_t dev)
{
	struct cdev *cdev;

	lockdep_assert_held(&cdev_lock);
	list_for_each_entry(cdev, &cdev_map[major_to_index(MAJOR(dev))], map)
		if (dev >= cdev->dev && dev - cdev->dev < cdev->count)
			return cdev;
	return NULL;
}

/* The driver behind the inode, with a reference to it and its module; NULL. */
static struct cdev *cdev_get(struct inode *inode)
{
	struct cdev *cdev;

	spin_lock(&cdev_lock);
	cdev = inode->i_cdev;
	if (!cdev || list_empty(&cdev->map)) {
		cdev = cdev_lookup(inode->i_rdev);
		if (cdev && cdev != inode->i_cdev) {
			list_move(&inode->i_devices, &cdev->list);
			inode->i_cdev = cdev;
		}
	}
	if (cdev && !try_module_get(cdev->owner))
		cdev = NULL;
	if (cdev)
		kobject_get(&cdev->kobj);
	spin_unlock(&cdev_lock);
	return cdev;
}

/*
 * The open method that every device node starts with: from here on the file's
 * methods are the driver's.  ENXIO: nobody is behind the number.
 */
static int chrdev_open(struct inode *inode, struct file *file)
{
	struct cdev *cdev = cdev_get(inode);
	const struct file_operations *fops;
	int err = -ENXIO;

	if (!cdev)
		return -ENXIO;
	fops = fops_get(cdev->ops);
	if (!fops)
		goto out_put_cdev;
	replace_fops(file, fops);
	if (fops->open) {
		err = fops->open(inode, file);
		if (err)
			goto out_put_cdev;
	}
	return 0;
out_put_cdev:
	cdev_put(cdev);
	return err;
}

const struct file_operations def_chr_fops = {
	.open = chrdev_open,
	.llseek = noop_llseek,
};

/* ------------------------------------------------------------------ /proc/devices */

/* One line for each reservation, by major; fs/proc adds the block devices. */
void chrdev_show(struct seq_file *m)
{
	struct char_device_struct *cd;
	unsigned int major;

	mutex_lock(&chrdevs_lock);
	for (major = 0; major < CHRDEV_MAJOR_MAX; major++)
		for (cd = chrdevs[major_to_index(major)]; cd; cd = cd->next)
			if (cd->major == major)
				seq_printf(m, "%3u %s\n", cd->major, cd->name);
	mutex_unlock(&chrdevs_lock);
}

void __init chrdev_init(void)
{
	unsigned int i;

	for (i = 0; i < CHRDEV_HASH_SIZE; i++)
		INIT_LIST_HEAD(&cdev_map[i]);
}
