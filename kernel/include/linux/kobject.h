/*
 * <linux/kobject.h> - what a thing in /sys has: a name, a parent, a count of
 * references, and a release that runs when the last one is dropped.
 *
 * A kset is a kobject that collects others. uevents are told through a kset's
 * uevent_ops and kept for the attribute `uevent`; nothing is sent to user space,
 * which has no sockets here: devtmpfs makes the nodes.
 *
 * Context: process, may sleep; kobject_get() and kobject_name() any.
 */
#ifndef _LINUX_KOBJECT_H
#define _LINUX_KOBJECT_H

#include <linux/compiler.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/sysfs.h>
#include <linux/types.h>

#define UEVENT_NUM_ENVP		16
#define UEVENT_BUFFER_SIZE	1024

struct kset;

enum kobject_action {
	KOBJ_ADD, KOBJ_REMOVE, KOBJ_CHANGE, KOBJ_MOVE, KOBJ_ONLINE, KOBJ_OFFLINE, KOBJ_BIND, KOBJ_UNBIND,
};

struct kobj_type {
	void (*release)(struct kobject *kobj);
	const struct sysfs_ops *sysfs_ops;
	struct attribute **default_attrs;		/* ends with NULL; or */
	const struct attribute_group **default_groups;	/* both at kobject_add() */
};

/* [I] set by kobject_init() and kobject_add(), then constant  [k] the kset's list_lock */
struct kobject {
	const char *name;			/* [I] memory of its own */
	struct list_head entry;			/* [k] */
	struct kobject *parent;			/* [I] a reference */
	struct kset *kset;			/* [I] a reference */
	struct kobj_type *ktype;		/* [I] */
	struct sysfs_dirent *sd;		/* its directory, NULL: none */
	struct kref kref;
	unsigned int state_initialized:1;	/* the owner's */
	unsigned int state_in_sysfs:1;		/* the owner's */
};

struct kobj_uevent_env {
	char *envp[UEVENT_NUM_ENVP];
	int envp_idx;
	char buf[UEVENT_BUFFER_SIZE];
	int buflen;
};

struct kset_uevent_ops {
	int (*filter)(struct kset *kset, struct kobject *kobj);		/* 0: say nothing */
	const char *(*name)(struct kset *kset, struct kobject *kobj);
	int (*uevent)(struct kset *kset, struct kobject *kobj, struct kobj_uevent_env *env);
};

struct kset {
	struct list_head list;			/* [l] of kobjects */
	spinlock_t list_lock;			/* this is l */
	struct kobject kobj;
	const struct kset_uevent_ops *uevent_ops;
};

/* An attribute with methods of its own, for a kobject of kobject_create(). */
struct kobj_attribute {
	struct attribute attr;
	ssize_t (*show)(struct kobject *kobj, struct kobj_attribute *attr, char *buf);
	ssize_t (*store)(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			 size_t count);
};
extern const struct sysfs_ops kobj_sysfs_ops;

/* The directories kernel and firmware of /sys; NULL: the top. */
extern struct kobject *kernel_kobj, *firmware_kobj, *fs_kobj, *power_kobj;

__printf(2, 3) int kobject_set_name(struct kobject *kobj, const char *fmt, ...);
__printf(2, 0) int kobject_set_name_vargs(struct kobject *kobj, const char *fmt, va_list args);

static inline const char *kobject_name(const struct kobject *kobj)
{
	return kobj->name;
}

/* From here on kobject_put() is the way to let go of it, whatever fails. */
void kobject_init(struct kobject *kobj, struct kobj_type *ktype);
/* 0, -EINVAL (no name), -EEXIST, -ENOMEM; without a parent its kset is it. */
__must_check __printf(3, 4) int kobject_add(struct kobject *kobj, struct kobject *parent,
					    const char *fmt, ...);
__must_check __printf(4, 5) int kobject_init_and_add(struct kobject *kobj, struct kobj_type *ktype,
						     struct kobject *parent, const char *fmt, ...);
/* Out of /sys and of its kset; references keep the memory. */
void kobject_del(struct kobject *kobj);
struct kobject *__must_check kobject_create_and_add(const char *name, struct kobject *parent);
int __must_check kobject_rename(struct kobject *kobj, const char *new_name);
struct kobject *kobject_get(struct kobject *kobj);
struct kobject *__must_check kobject_get_unless_zero(struct kobject *kobj);
void kobject_put(struct kobject *kobj);
/* "/devices/virtual/mem/null" in memory that the caller frees, or NULL. */
char *kobject_get_path(struct kobject *kobj, gfp_t gfp);

static inline struct kobj_type *get_ktype(struct kobject *kobj)
{
	return kobj->ktype;
}

void kset_init(struct kset *kset);
int __must_check kset_register(struct kset *kset);
void kset_unregister(struct kset *kset);
struct kset *__must_check kset_create_and_add(const char *name, const struct kset_uevent_ops *ops,
					      struct kobject *parent);
/* With a reference, or NULL. */
struct kobject *kset_find_obj(struct kset *kset, const char *name);

static inline struct kset *to_kset(struct kobject *kobj)
{
	return kobj ? container_of(kobj, struct kset, kobj) : NULL;
}

static inline struct kset *kset_get(struct kset *kset)
{
	return kset ? to_kset(kobject_get(&kset->kobj)) : NULL;
}

static inline void kset_put(struct kset *kset)
{
	kobject_put(&kset->kobj);
}

/* Tells the kset above, whose uevent() adds to the variables. 0 or -errno. */
int kobject_uevent(struct kobject *kobj, enum kobject_action action);
int kobject_uevent_env(struct kobject *kobj, enum kobject_action action, char *envp[]);
/* What uevent() added, a line a variable, for show() of the attribute. Bytes, or -errno. */
ssize_t kobject_uevent_show(struct kobject *kobj, char *buf);
__printf(2, 3) int add_uevent_var(struct kobj_uevent_env *env, const char *fmt, ...);

#endif
