/*
 * The file systems the kernel knows, by name.
 *
 * Context: process.  file_systems_lock guards the list; an entry stays as long
 * as its module does, and who mounts holds that module.
 */
#include <linux/seq_file.h>
#include "internal.h"

static struct file_system_type *file_systems;		/* file_systems_lock */
static DEFINE_RWLOCK(file_systems_lock);

/* Where the pointer to the type called name is, or where it would be. */
static struct file_system_type **find_filesystem(const char *name)
{
	struct file_system_type **p;

	for (p = &file_systems; *p; p = &(*p)->next)
		if (!strcmp((*p)->name, name))
			break;
	return p;
}

/* 0, or -EBUSY when the name is taken. */
int register_filesystem(struct file_system_type *type)
{
	struct file_system_type **p;
	int err = 0;

	write_lock(&file_systems_lock);
	p = find_filesystem(type->name);
	if (*p)
		err = -EBUSY;
	else
		*p = type;
	write_unlock(&file_systems_lock);
	return err;
}

int unregister_filesystem(struct file_system_type *type)
{
	struct file_system_type **p;
	int err = -EINVAL;

	write_lock(&file_systems_lock);
	p = find_filesystem(type->name);
	if (*p == type) {
		*p = type->next;
		type->next = NULL;
		err = 0;
	}
	write_unlock(&file_systems_lock);
	return err;
}

/* The type called name with a reference to its module, or NULL. */
struct file_system_type *get_fs_type(const char *name)
{
	struct file_system_type *type;

	read_lock(&file_systems_lock);
	type = *find_filesystem(name);
	if (type && !try_module_get(type->owner))
		type = NULL;
	read_unlock(&file_systems_lock);
	return type;
}

/* Calls try(type) for each type that lives on a disk until one does not answer -EINVAL. */
int for_each_disk_filesystem(int (*try)(struct file_system_type *type, void *arg), void *arg)
{
	struct file_system_type *type;
	int err = -EINVAL;

	for (type = file_systems; type && err == -EINVAL; type = type->next)
		if (type->fs_flags & FS_REQUIRES_DEV)
			err = try(type, arg);
	return err;
}

/* /proc/filesystems */
int filesystems_show(struct seq_file *m, void *v)
{
	struct file_system_type *type;

	read_lock(&file_systems_lock);
	for (type = file_systems; type; type = type->next)
		seq_printf(m, "%s\t%s\n",
			   type->fs_flags & FS_REQUIRES_DEV ? "" : "nodev", type->name);
	read_unlock(&file_systems_lock);
	return 0;
}
