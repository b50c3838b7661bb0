/*
 * Between the parts of the module loader: elf.c reads and checks the file,
 * layout.c gives its sections their places, reloc.c links them, main.c loads,
 * starts and removes, symbols.c answers for addresses and names.
 */
#ifndef KERNEL_MODULE_INTERNAL_H
#define KERNEL_MODULE_INTERNAL_H

#include <linux/elf.h>
#include <linux/module.h>
#include <linux/mutex.h>

#define MODULE_SECTION_MAX	(16u << 20)	/* no module is as large */
#define MODULE_ARGS_MAX	(8u << 10)

/*
 * A module's file while it is being loaded; only the loading task sees it.
 * Offsets and sizes of every section lie inside the file, names end inside
 * their tables: elf_check() saw to it.
 */
struct load_info {
	const char *name;		/* for messages; "?" before it is known */
	Elf32_Ehdr *hdr;		/* the file, in memory of its own */
	unsigned long len;
	Elf32_Shdr *sechdrs;		/* sh_addr: where the section is now */
	const char *secstrings;
	const char *strtab;
	unsigned int sym, str, mod, info;	/* sections by index; info may be 0 */
	struct module *in_file;		/* .gnu.linkonce.this_module, still in the file */
};

/* One module uses another's symbols. [m] */
struct module_use {
	struct list_head source_list, target_list;
	struct module *source, *target;
};

extern struct mutex module_mutex;	/* the list, states, uses; held across nothing of a module's */
extern struct list_head modules;	/* [m], and see struct module */

/* 0, or -ENOEXEC with the reason in the log. Nothing of the file was trusted. */
int elf_check(struct load_info *info);
/* The index of the section, 0: none. With SHF_ALLOC set only. */
unsigned int find_sec(const struct load_info *info, const char *name);
/* A section as an array: its start and, in *num, how many of @size fit. NULL, 0: none. */
void *section_objs(const struct load_info *info, const char *name, size_t size, unsigned int *num);
/* The value of a tag in .modinfo, or NULL. */
const char *get_modinfo(const struct load_info *info, const char *tag);

/*
 * Move every section that stays to memory of its own; afterwards the module is
 * returned at its final place. An ERR_PTR, nothing left behind.
 */
struct module *layout_and_allocate(struct load_info *info);
void free_layout(struct module_layout *layout);
/* Text and constants can no longer be written. */
void protect_layout(const struct module_layout *layout);

/* Give every symbol its value. 0, -ENOENT for one that nobody has, -ENOEXEC. [m] held */
int simplify_symbols(struct module *mod, const struct load_info *info);
int apply_relocations(struct module *mod, const struct load_info *info);

/* [m] held. A symbol that @user may use; *owner: NULL for the kernel's own. */
const struct kernel_symbol *find_symbol(const char *name, struct module **owner, bool *gpl_only);
/* @user will use @target's symbols: @target stays as long as @user does. [m] held */
int use_module(struct module *user, struct module *target);
void unuse_all(struct module *user);
struct module *find_module(const char *name);
/* On the list and off it. [m] held */
void module_link(struct module *mod);
void module_unlink(struct module *mod);
/* Its folder in /sys/module, before its init and until after its exit. 0 or -errno. Context: process, may sleep. */
int module_sysfs_add(struct module *mod, const struct load_info *info);
void module_sysfs_remove(struct module *mod);
/* Tells what @mod leaves behind and takes it away. True: its memory must stay. Context: process, may sleep. */
bool module_forget(struct module *mod);
/* Names of addresses, for reports: 0 or -ENOMEM. */
int module_keep_symbols(struct module *mod, const struct load_info *info);
void module_free_symbols(struct module *mod);

#endif
