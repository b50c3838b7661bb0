/*
 * What a driver file says about itself. Built in, module_init() is an initcall
 * and the MODULE_ lines leave nothing behind; as a module they fill .modinfo.
 * THIS_MODULE of built-in code is NULL; try_module_get(NULL) succeeds.
 */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/moduleparam.h>
#include <linux/stringify.h>
#include <linux/types.h>

#define MODULE_NAME_LEN	56

enum module_state {
	MODULE_STATE_LIVE,
	MODULE_STATE_COMING,		/* relocated; its init runs */
	MODULE_STATE_GOING,		/* its exit runs, or its init failed */
};

/* A run of pages in the module area: text, constants and data, in this order. */
struct module_layout {
	void *base;
	unsigned int size;
	unsigned int text_size;
	unsigned int ro_size;		/* text and constants; whole pages */
};

/*
 * A loaded module. It lies in the module itself, in .gnu.linkonce.this_module:
 * what `make modules` compiles in (name, init, exit) comes with the file.
 *
 * [I] set while loading, then constant  [m] module_mutex  [r] [m], and read by
 * reports without it: an entry is complete before it is linked
 */
struct module {
	enum module_state state;	/* [m] */
	struct list_head list;		/* [r] modules, newest first */
	char name[MODULE_NAME_LEN];	/* [I] */
	const char *version;		/* [I] of .modinfo, or NULL */
	int (*init)(void);		/* [I] */
	void (*exit)(void);		/* [I] */
	struct module_layout core_layout;	/* [I] */
	struct module_layout init_layout;	/* [m] given back after init */

	const struct kernel_symbol *syms, *gpl_syms;		/* [I] what it exports */
	unsigned int num_syms, num_gpl_syms;			/* [I] */
	const struct kernel_param *kp;				/* [I] */
	unsigned int num_kp;					/* [I] */
	const struct exception_table_entry *extable;		/* [I] */
	unsigned int num_exentries;				/* [I] */
	struct bug_entry *bug_table;				/* [I] */
	unsigned int num_bugs;					/* [I] */
	void (*const *ctors)(void), (*const *dtors)(void);	/* [I] the compiler's own: before init, at the end */
	unsigned int num_ctors, num_dtors;			/* [I] */
	bool constructed, started;				/* [I] */
	const struct elf32_sym *symtab;				/* [I] its functions and data */
	unsigned int num_symtab;				/* [I] */
	const char *strtab;					/* [I] */
	char *args;						/* [I] as given; charp points here */
	struct module_kobject *mkobj;				/* [I] /sys/module/NAME: the loader's, and … */
	struct kobject *kobj;					/* [I] … what others link to */

	u32 leak_mark;			/* [I] what was allocated before is not its */
	unsigned int taints;		/* [I] 1 << TAINT_* */
	bool using_gplonly_symbols;	/* [I] */
	struct list_head source_list;	/* [m] struct module_use: who uses this one */
	struct list_head target_list;	/* [m] … whom this one uses */
	atomic_t refcnt;		/* users; -1: nobody new, it goes */
};

#ifdef MODULE
/* What module_init() and module_exit() alias; a module may also define them itself, and leave out a semicolon. */
int init_module(void);
void cleanup_module(void);
#define module_init(fn)							\
	static inline initcall_t __maybe_unused __inittest(void) { return fn; } \
	int init_module(void) __copy(fn) __attribute__((alias(#fn)));
#define module_exit(fn)							\
	static inline exitcall_t __maybe_unused __exittest(void) { return fn; } \
	void cleanup_module(void) __copy(fn) __attribute__((alias(#fn)));
/* There is but one time for a module to begin. */
#define core_initcall(fn)	module_init(fn)
#define postcore_initcall(fn)	module_init(fn)
#define arch_initcall(fn)	module_init(fn)
#define subsys_initcall(fn)	module_init(fn)
#define fs_initcall(fn)		module_init(fn)
#define device_initcall(fn)	module_init(fn)
#define late_initcall(fn)	module_init(fn)
#define __MODULE_INFO(tag, name, info)					\
	static const char __UNIQUE_ID(name)[] __used			\
		__section(".modinfo") __aligned(1) = #tag "=" info
#else
#define module_init(fn)		device_initcall(fn)
#define module_exit(fn)		__exitcall(fn)
#define __MODULE_INFO(tag, name, info) struct __unused_##tag
#endif

#define MODULE_INFO(tag, info)	__MODULE_INFO(tag, tag, info)
#define MODULE_LICENSE(s)	MODULE_INFO(license, s)
#define MODULE_AUTHOR(s)	MODULE_INFO(author, s)
#define MODULE_DESCRIPTION(s)	MODULE_INFO(description, s)
#define MODULE_VERSION(s)	MODULE_INFO(version, s)
#define MODULE_ALIAS(s)		MODULE_INFO(alias, s)
#define MODULE_SOFTDEP(s)	MODULE_INFO(softdep, s)
#define MODULE_FIRMWARE(s)	MODULE_INFO(firmware, s)
#define MODULE_SUPPORTED_DEVICE(s) MODULE_INFO(supported, s)
#define MODULE_DEVICE_TABLE(type, name) struct __unused_table
#define MODULE_ALIAS_CHARDEV(major, minor) \
	MODULE_ALIAS("char-major-" __stringify(major) "-" __stringify(minor))
#define MODULE_ALIAS_BLOCKDEV(major, minor) \
	MODULE_ALIAS("block-major-" __stringify(major) "-" __stringify(minor))

/*
 * References to a module's code: while one is held the module stays. Built-in
 * code is NULL here, and stays for ever. Context: any.
 * try_module_get() false: the module is on its way out; use nothing of it.
 */
/* Context: any. */
static inline bool within_module(unsigned long addr, const struct module *mod)
{
	return addr - (unsigned long)mod->core_layout.base < mod->core_layout.size;
}

bool try_module_get(struct module *module);
void __module_get(struct module *module);
void module_put(struct module *module);
const char *module_name(const struct module *module);
unsigned int module_refcount(struct module *module);

#ifdef MODULE
/* What a module of Linux gets along with this header, and relies on. */
#include <linux/completion.h>
#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/elf.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/jiffies.h>
#include <linux/jump_label.h>
#include <linux/kmod.h>
#include <linux/kobject.h>
#include <linux/kref.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rbtree.h>
#include <linux/rcupdate.h>
#include <linux/rwsem.h>
#include <linux/sched/signal.h>
#include <linux/seqlock.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/stat.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include <linux/timer.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#endif

#endif
