/*
 * <linux/namei.h> - from names to dentries.
 */
#ifndef _LINUX_NAMEI_H
#define _LINUX_NAMEI_H

#include <linux/types.h>
#include <linux/path.h>
#include <linux/dcache.h>
#include <linux/fs.h>

#define MAXSYMLINKS	40

/* How to walk. */
#define LOOKUP_FOLLOW		0x0001		/* follow a link in the last place */
#define LOOKUP_DIRECTORY	0x0002		/* must end at a directory */
#define LOOKUP_EMPTY		0x4000		/* "" names the start itself */
#define LOOKUP_DOWN		0x8000
/* What for, as a hint to the file system. */
#define LOOKUP_OPEN		0x0100
#define LOOKUP_CREATE		0x0200
#define LOOKUP_EXCL		0x0400
#define LOOKUP_RENAME_TARGET	0x0800

/* A name copied from user space, for putname(); or an error pointer. */
extern char *getname(const char __user *name);
extern char *getname_flags(const char __user *name, int lookup_flags);
extern void putname(char *name);

extern int kern_path(const char *name, unsigned int flags, struct path *path);
extern int user_path_at(int dfd, const char __user *name, unsigned int flags, struct path *path);

/*
 * For who makes or removes an entry: the parent locked and writable, and the
 * dentry of the last name in it (negative for the create form).
 */
extern struct dentry *kern_path_create(int dfd, const char *name, struct path *parent,
				       unsigned int flags);
extern struct dentry *user_path_create(int dfd, const char __user *name, struct path *parent,
				       unsigned int flags);
extern void done_path_create(struct path *parent, struct dentry *dentry);

extern struct dentry *lookup_one_len(const char *name, struct dentry *base, int len);
extern struct dentry *lock_rename(struct dentry *a, struct dentry *b);
extern void unlock_rename(struct dentry *a, struct dentry *b);

#endif
