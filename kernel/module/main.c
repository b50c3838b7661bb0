/*
 * Loading and unloading modules.
 *
 *	init_module() ─ the file ─┐
 *	finit_module() ───────────┴─> elf_check -> layout_and_allocate
 *		-> simplify_symbols, apply_relocations -> parameters -> init()
 *	delete_module() -> exit() -> free_module
 *
 * A module is on the list from before its symbols are looked up: another one
 * of that name is refused, and a report of a fault in its init() knows it.
 *
 * Locks: module_mutex, may sleep; never held across code of a module.
 * Context: process, root only.
 */
#include <linux/bug.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/kmemleak.h>
#include <linux/lockdep.h>
#include <linux/panic.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/vermagic.h>
#include <linux/vmalloc.h>
#include <asm/smap.h>
#include <uapi/linux/module.h>
#include "internal.h"

DEFINE_MUTEX(module_mutex);
LIST_HEAD(modules);

/* ------------------------------------------------------------------ who uses whom */

struct module *find_module(const char *name)
{
	struct module *mod;

	lockdep_assert_held(&module_mutex);
	list_for_each_entry(mod, &modules, list)
		if (!strcmp(mod->name, name))
			return mod;
	return NULL;
}

int use_module(struct module *user, struct module *target)
{
	struct module_use *use;

	lockdep_assert_held(&module_mutex);
	if (!target)
		return 0;
	list_for_each_entry(use, &target->source_list, source_list)
		if (use->source == user)
			return 0;
	if (target->state != MODULE_STATE_LIVE || !try_module_get(target))
		return -EBUSY;
	use = kmalloc(sizeof(*use), GFP_KERNEL);
	if (!use) {
		module_put(target);
		return -ENOMEM;
	}
	*use = (struct module_use){ .source = user, .target = target };
	list_add(&use->source_list, &target->source_list);
	list_add(&use->target_list, &user->target_list);
	return 0;
}

void unuse_all(struct module *user)
{
	struct module_use *use, *next;

	lockdep_assert_held(&module_mutex);
	list_for_each_entry_safe(use, next, &user->target_list, target_list) {
		list_del(&use->source_list);
		list_del(&use->target_list);
		module_put(use->target);
		kfree(use);
	}
}

/* ------------------------------------------------------------------ loading */

static bool license_is_gpl(const char *license)
{
	static const char *const gpl[] = {
		"GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL",
	};

	return license && match_string(gpl, ARRAY_SIZE(gpl), license) >= 0;
}

static int check_modinfo(struct module *mod, const struct load_info *info, int flags)
{
	const char *vermagic = get_modinfo(info, "vermagic"), *license = get_modinfo(info, "license");

	if (!(flags & MODULE_INIT_IGNORE_VERMAGIC) && (!vermagic || strcmp(vermagic, VERMAGIC_STRING))) {
		pr_err("module %s: version magic '%s' should be '%s'\n", mod->name, vermagic ?: "",
		       VERMAGIC_STRING);
		return -ENOEXEC;
	}
	if (!license_is_gpl(license)) {
		pr_warn("module %s: license '%s' taints kernel\n", mod->name, license ?: "unspecified");
		mod->taints |= 1 << TAINT_PROPRIETARY_MODULE;
		add_taint(TAINT_PROPRIETARY_MODULE, LOCKDEP_NOW_UNRELIABLE);
	}
	if (!get_modinfo(info, "intree")) {
		mod->taints |= 1 << TAINT_OOT_MODULE;
		add_taint(TAINT_OOT_MODULE, LOCKDEP_STILL_OK);
	}
	return 0;
}

/* The tables that other parts of the kernel read, each in a section of its own. */
static void find_module_sections(struct module *mod, const struct load_info *info)
{
	mod->kp = section_objs(info, "__param", sizeof(*mod->kp), &mod->num_kp);
	mod->syms = section_objs(info, "__ksymtab", sizeof(*mod->syms), &mod->num_syms);
	mod->gpl_syms = section_objs(info, "__ksymtab_gpl", sizeof(*mod->gpl_syms), &mod->num_gpl_syms);
	mod->extable = section_objs(info, "__ex_table", sizeof(*mod->extable), &mod->num_exentries);
	mod->ctors = section_objs(info, ".init_array", sizeof(*mod->ctors), &mod->num_ctors);
	mod->dtors = section_objs(info, ".fini_array", sizeof(*mod->dtors), &mod->num_dtors);
	mod->bug_table = section_objs(info, "__bug_table", sizeof(*mod->bug_table), &mod->num_bugs);
}

static bool within_text(const struct module_layout *layout, unsigned long addr)
{
	return addr - (unsigned long)layout->base < layout->text_size;
}

/* What its user access needs on a CPU with SMAP, while its text can still be written. */
static int open_user_memory(const struct module *mod, const struct load_info *info)
{
	unsigned int num;
	const struct smap_site *sites = section_objs(info, ".smap_sites", sizeof(*sites), &num);

	for (unsigned int i = 0; i < num; i++) {
		unsigned long where = (unsigned long)sites[i].where;
		const struct module_layout *layout = within_text(&mod->core_layout, where) ?
			&mod->core_layout : &mod->init_layout;

		if (!within_text(layout, where) || !within_text(layout, where + 2)) {
			pr_err("module %s: user access outside of its text\n", mod->name);
			return -ENOEXEC;
		}
	}
	smap_patch(sites, sites + num);
	return 0;
}

/* Its name is taken from now on. */
static int add_unformed(struct module *mod)
{
	int err = -EEXIST;

	INIT_LIST_HEAD(&mod->source_list);
	INIT_LIST_HEAD(&mod->target_list);
	mod->state = MODULE_STATE_COMING;
	atomic_set(&mod->refcnt, 1);		/* its init() runs */
	mutex_lock(&module_mutex);
	if (!find_module(mod->name)) {
		module_link(mod);
		err = 0;
	}
	mutex_unlock(&module_mutex);
	return err;
}

static void free_module(struct module *mod)
{
	struct module_layout core = mod->core_layout;
	bool reachable = mod->started && module_forget(mod);

	for (unsigned int i = 0; mod->constructed && i < mod->num_dtors; i++)
		mod->dtors[i]();
	module_sysfs_remove(mod);
	mutex_lock(&module_mutex);
	module_unlink(mod);
	unuse_all(mod);
	mutex_unlock(&module_mutex);
	module_free_symbols(mod);
	kfree(mod->version);
	kfree(mod->args);
	free_layout(&mod->init_layout);
	lockdep_free_key_range(core.base, core.size);
	if (!reachable)
		free_layout(&core);		/* mod itself lies in it */
}

static int link_module(struct module *mod, struct load_info *info, const char __user *uargs)
{
	int err;

	mutex_lock(&module_mutex);
	err = simplify_symbols(mod, info);
	mutex_unlock(&module_mutex);
	if (!err)
		err = apply_relocations(mod, info);
	if (err)
		return err;
	find_module_sections(mod, info);
	err = open_user_memory(mod, info) ?: module_keep_symbols(mod, info);
	if (err)
		return err;
	mod->version = kstrdup(get_modinfo(info, "version"), GFP_KERNEL);
	mod->args = strndup_user(uargs, MODULE_ARGS_MAX);
	if (IS_ERR(mod->args)) {
		err = PTR_ERR(mod->args);
		mod->args = NULL;
		return err;
	}
	protect_layout(&mod->core_layout);
	protect_layout(&mod->init_layout);
	kernel_param_lock(mod);
	err = parse_args(mod->name, mod->args, mod->kp, mod->num_kp);
	kernel_param_unlock(mod);
	return err ?: module_sysfs_add(mod, info);
}

/* Context: process; runs code of the module. gdb's lx-symbols stops here. */
static noinline int start_module(struct module *mod)
{
	int err;

	for (unsigned int i = 0; i < mod->num_ctors; i++)
		mod->ctors[i]();
	mod->constructed = mod->started = true;
	mod->leak_mark = kmemleak_mark();
	err = mod->init ? do_one_initcall(mod->init) : 0;
	if (err > 0) {
		pr_warn("module %s: init returned %d, not 0 or an error below it; it stays loaded\n",
			mod->name, err);
		err = 0;
	}
	if (err) {
		mod->state = MODULE_STATE_GOING;
		atomic_set(&mod->refcnt, -1);
		return err;
	}
	mutex_lock(&module_mutex);
	mod->state = MODULE_STATE_LIVE;
	free_layout(&mod->init_layout);
	mutex_unlock(&module_mutex);
	module_put(mod);
	return 0;
}

/* Takes info->hdr, vmalloc()'s memory, over. */
static int load_module(struct load_info *info, const char __user *uargs, int flags)
{
	struct module *mod;
	int err = elf_check(info);

	if (err)
		goto out_free_file;
	mod = layout_and_allocate(info);
	if (IS_ERR(mod)) {
		err = PTR_ERR(mod);
		goto out_free_file;
	}
	info->name = mod->name;
	err = check_modinfo(mod, info, flags);
	if (!err)
		err = add_unformed(mod);
	if (err) {
		struct module_layout core = mod->core_layout;

		free_layout(&mod->init_layout);
		free_layout(&core);
		goto out_free_file;
	}
	err = link_module(mod, info, uargs);
	vfree(info->hdr);
	if (!err)
		err = start_module(mod);
	if (err)
		free_module(mod);
	return err;

out_free_file:
	vfree(info->hdr);
	return err;
}

long sys_init_module(const void __user *umod, unsigned long len, const char __user *uargs)
{
	struct load_info info = { .name = "?", .len = len };

	if (!capable(CAP_SYS_MODULE))
		return -EPERM;
	if (len < sizeof(Elf32_Ehdr))
		return -ENOEXEC;
	info.hdr = vmalloc(len);
	if (!info.hdr)
		return -ENOMEM;
	if (copy_from_user(info.hdr, umod, len)) {
		vfree(info.hdr);
		return -EFAULT;
	}
	return load_module(&info, uargs, 0);
}

static int read_module_file(struct file *file, struct load_info *info)
{
	loff_t size = i_size_read(file_inode(file)), pos = 0;
	ssize_t got;

	if (!S_ISREG(file_inode(file)->i_mode) || size <= 0)
		return -EINVAL;
	if (size > MODULE_SECTION_MAX)
		return -EFBIG;
	info->hdr = vmalloc(size);
	if (!info->hdr)
		return -ENOMEM;
	while (pos < size) {
		got = kernel_read(file, (void *)info->hdr + pos, size - pos, &pos);
		if (got <= 0) {
			vfree(info->hdr);
			return got ?: -EIO;
		}
	}
	info->len = size;
	return 0;
}

long sys_finit_module(int fd, const char __user *uargs, int flags)
{
	struct load_info info = { .name = "?" };
	struct file *file;
	int err;

	if (!capable(CAP_SYS_MODULE))
		return -EPERM;
	if (flags & ~(MODULE_INIT_IGNORE_MODVERSIONS | MODULE_INIT_IGNORE_VERMAGIC))
		return -EINVAL;
	file = fget(fd);
	if (!file)
		return -EBADF;
	err = file->f_mode & FMODE_READ ? read_module_file(file, &info) : -EBADF;
	fput(file);
	return err ?: load_module(&info, uargs, flags);
}

/* ------------------------------------------------------------------ unloading */

/* [m] held. Nobody gets at it any more if this returns 0. */
static int stop_module(struct module *mod, unsigned int flags)
{
	if (!mod)
		return -ENOENT;
	if (mod->state != MODULE_STATE_LIVE || !list_empty(&mod->source_list))
		return -EBUSY;
	/* Without an exit it was not made to go; O_TRUNC insists. */
	if (mod->init && !mod->exit && !(flags & O_TRUNC))
		return -EBUSY;
	if (atomic_cmpxchg(&mod->refcnt, 0, -1) != 0)
		return -EBUSY;
	mod->state = MODULE_STATE_GOING;
	return 0;
}

long sys_delete_module(const char __user *name_user, unsigned int flags)
{
	char name[MODULE_NAME_LEN];
	struct module *mod;
	long err;

	if (!capable(CAP_SYS_MODULE))
		return -EPERM;
	err = strncpy_from_user(name, name_user, sizeof(name));
	if (err < 0)
		return err;
	if (err == sizeof(name))
		return -ENOENT;
	mutex_lock(&module_mutex);
	mod = find_module(name);
	err = stop_module(mod, flags);
	mutex_unlock(&module_mutex);
	if (err)
		return err;
	if (mod->exit)
		mod->exit();
	free_module(mod);
	return 0;
}
