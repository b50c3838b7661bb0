/*
 * /sys/module: a folder a module, and one for each part of the kernel that has parameters.
 *
 *	NAME/parameters/…   by the parameter's ops; a write of a string is copied and kept
 *	NAME/sections/…     where each section lies, for debuggers
 *	NAME/holders/…      links to the modules that use this one
 *	NAME/{refcnt,initstate,coresize,taint,version}
 *
 * The objects are not part of the module's memory, and go before it: taking a file away
 * waits until nobody is in it.
 *
 * Locks: param_lock, a mutex, over every get and set: one change of a parameter at a time.
 * Modules take it by kernel_param_lock() where they use more than one word of theirs.
 */
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/panic.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internal.h"

static DEFINE_MUTEX(param_lock);
static struct kset *module_kset;	/* [I] at boot */

struct param_attribute {
	struct attribute attr;
	const struct kernel_param *kp;	/* [I] */
	char *kept;			/* param_lock: what a charp points to since the last write */
};

struct section_attribute {
	struct attribute attr;
	unsigned long addr;
};

/* The folder of a module, or with mod NULL of a part of the kernel. [I] once it is added */
struct module_kobject {
	struct kobject kobj;
	struct module *mod;
	struct kobject *parameters, *sections, *holders;
	struct param_attribute *params;
	unsigned int num_params;
	struct section_attribute *sects;
};

void kernel_param_lock(struct module *mod)
{
	mutex_lock(&param_lock);
}
EXPORT_SYMBOL(kernel_param_lock);

void kernel_param_unlock(struct module *mod)
{
	mutex_unlock(&param_lock);
}
EXPORT_SYMBOL(kernel_param_unlock);

/* ------------------------------------------------------------------ what a module is */

struct module_attribute {
	struct attribute attr;
	ssize_t (*show)(struct module *mod, char *buf);
};

static ssize_t refcnt_show(struct module *mod, char *buf)
{
	return sysfs_emit(buf, "%u\n", module_refcount(mod));
}

static ssize_t initstate_show(struct module *mod, char *buf)
{
	static const char *const states[] = {
		[MODULE_STATE_LIVE] = "live", [MODULE_STATE_COMING] = "coming",
		[MODULE_STATE_GOING] = "going",
	};

	return sysfs_emit(buf, "%s\n", states[READ_ONCE(mod->state)]);
}

static ssize_t coresize_show(struct module *mod, char *buf)
{
	return sysfs_emit(buf, "%u\n", mod->core_layout.size);
}

static ssize_t taint_show(struct module *mod, char *buf)
{
	return sysfs_emit(buf, "%s%s\n", mod->taints & (1 << TAINT_PROPRIETARY_MODULE) ? "P" : "",
			  mod->taints & (1 << TAINT_OOT_MODULE) ? "O" : "");
}

static ssize_t version_show(struct module *mod, char *buf)
{
	return sysfs_emit(buf, "%s\n", mod->version);
}

#define MODULE_ATTR(_name)						\
	static const struct module_attribute _name##_attr = {		\
		.attr = { .name = #_name, .mode = 0444 }, .show = _name##_show }
MODULE_ATTR(refcnt);
MODULE_ATTR(initstate);
MODULE_ATTR(coresize);
MODULE_ATTR(taint);
MODULE_ATTR(version);

static ssize_t module_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	return container_of(attr, struct module_attribute, attr)->show(
		container_of(kobj, struct module_kobject, kobj)->mod, buf);
}

static void module_kobj_release(struct kobject *kobj)
{
	struct module_kobject *mk = container_of(kobj, struct module_kobject, kobj);

	for (unsigned int i = 0; i < mk->num_params; i++)
		kfree(mk->params[i].kept);
	kfree(mk->params);
	kfree(mk->sects);
	kfree(mk);
}

static const struct sysfs_ops module_sysfs_ops = { .show = module_attr_show };
static struct kobj_type module_ktype = { .release = module_kobj_release, .sysfs_ops = &module_sysfs_ops };

static int add_module_files(struct module_kobject *mk)
{
	static const struct attribute *const files[] = {
		&refcnt_attr.attr, &initstate_attr.attr, &coresize_attr.attr, &taint_attr.attr, NULL,
	};
	int err = sysfs_create_files(&mk->kobj, files);

	return err || !mk->mod->version ? err : sysfs_create_file(&mk->kobj, &version_attr.attr);
}

/* ------------------------------------------------------------------ parameters */

static ssize_t param_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	const struct kernel_param *kp = container_of(attr, struct param_attribute, attr)->kp;
	int len;

	if (!kp->ops->get)
		return -EPERM;
	mutex_lock(&param_lock);
	len = kp->ops->get(buf, kp);
	mutex_unlock(&param_lock);
	return len;
}

static bool keeps_pointer(const struct kernel_param *kp)
{
	return kp->ops == &param_ops_charp ||
	       (kp->ops == &param_array_ops && kp->arr->ops == &param_ops_charp);
}

static ssize_t param_store(struct kobject *kobj, struct attribute *attr, const char *buf, size_t count)
{
	struct param_attribute *pa = container_of(attr, struct param_attribute, attr);
	char *text = kstrndup(buf, count, GFP_KERNEL);
	int err = -EPERM;
	size_t len;

	if (!text)
		return -ENOMEM;
	len = strlen(text);		/* not count: a NUL ends it before */
	if (len && text[len - 1] == '\n')
		text[len - 1] = '\0';
	mutex_lock(&param_lock);
	if (pa->kp->ops->set)
		err = pa->kp->ops->set(text, pa->kp);
	if (!err && keeps_pointer(pa->kp))
		swap(text, pa->kept);
	mutex_unlock(&param_lock);
	kfree(text);
	return err ?: count;
}

static void dir_release(struct kobject *kobj)
{
	kfree(kobj);
}

static const struct sysfs_ops param_sysfs_ops = { .show = param_show, .store = param_store };
static struct kobj_type param_ktype = { .release = dir_release, .sysfs_ops = &param_sysfs_ops };

static ssize_t section_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	return sysfs_emit(buf, "0x%08lx\n", container_of(attr, struct section_attribute, attr)->addr);
}

static const struct sysfs_ops section_sysfs_ops = { .show = section_show };
static struct kobj_type section_ktype = { .release = dir_release, .sysfs_ops = &section_sysfs_ops };

static struct kobject *add_dir(struct module_kobject *mk, struct kobj_type *type, const char *name)
{
	struct kobject *dir = kzalloc(sizeof(*dir), GFP_KERNEL);

	if (dir && kobject_init_and_add(dir, type, &mk->kobj, "%s", name)) {
		kobject_put(dir);
		dir = NULL;
	}
	return dir;
}

/* What a parameter of the kernel belongs to: NAME of NAME.parameter, or "kernel". Its own name, too. */
static const char *part_of(const struct kernel_param *kp, size_t *len, const char **own)
{
	const char *dot = strchr(kp->name, '.');

	*len = dot ? dot - kp->name : strlen("kernel");
	*own = dot ? dot + 1 : kp->name;
	return dot ? kp->name : "kernel";
}

static bool same_part(const struct kernel_param *one, const struct kernel_param *other)
{
	size_t len, other_len;
	const char *own, *part = part_of(one, &len, &own);

	return !strncmp(part_of(other, &other_len, &own), part, len) && other_len == len;
}

static int add_param(struct module_kobject *mk, const struct kernel_param *kp, const char *name)
{
	struct param_attribute *pa = &mk->params[mk->num_params++];

	pa->kp = kp;
	pa->attr = (struct attribute){ .name = name, .mode = kp->perm };
	return kp->perm ? sysfs_create_file(mk->parameters, &pa->attr) : 0;
}

/* Of a module all of kp[num]; else those that belong where the first does. */
static int add_params(struct module_kobject *mk, const struct kernel_param *kp, unsigned int num)
{
	const char *own;
	size_t len;
	int err = 0;

	if (!num)
		return 0;
	mk->params = kcalloc(num, sizeof(*mk->params), GFP_KERNEL);
	mk->parameters = add_dir(mk, &param_ktype, "parameters");
	if (!mk->params || !mk->parameters)
		return -ENOMEM;
	for (unsigned int i = 0; i < num && !err; i++) {
		if (!mk->mod && !same_part(&kp[i], kp))
			continue;
		part_of(&kp[i], &len, &own);
		err = add_param(mk, &kp[i], own);
	}
	return err;
}

/* ------------------------------------------------------------------ folders */

static int add_sections(struct module_kobject *mk, const struct load_info *info)
{
	int err = 0;

	mk->sections = add_dir(mk, &section_ktype, "sections");
	mk->sects = kcalloc(info->hdr->e_shnum, sizeof(*mk->sects), GFP_KERNEL);
	if (!mk->sections || !mk->sects)
		return -ENOMEM;
	for (unsigned int i = 1; i < info->hdr->e_shnum && !err; i++) {
		const Elf32_Shdr *sec = &info->sechdrs[i];
		const char *name = info->secstrings + sec->sh_name;

		/* Who debugs has no use for what lies at no address, or has no name. */
		if (!(sec->sh_flags & SHF_ALLOC) || !sec->sh_size || !*name || strchr(name, '/'))
			continue;
		mk->sects[i].addr = sec->sh_addr;
		mk->sects[i].attr.mode = 0400;
		mk->sects[i].attr.name = name;		/* sysfs has its own copy */
		err = sysfs_create_file(mk->sections, &mk->sects[i].attr);
		if (err == -EEXIST)
			err = 0;
	}
	return err;
}

static struct module_kobject *add_folder(struct module *mod, const char *name, size_t len)
{
	struct module_kobject *mk = kzalloc(sizeof(*mk), GFP_KERNEL);

	if (!mk)
		return NULL;
	mk->mod = mod;
	mk->kobj.kset = module_kset;
	if (!kobject_init_and_add(&mk->kobj, &module_ktype, NULL, "%.*s", (int)len, name))
		return mk;
	kobject_put(&mk->kobj);
	return NULL;
}

static void remove_dir(struct kobject *dir)
{
	if (dir) {
		kobject_del(dir);
		kobject_put(dir);
	}
}

static void remove_folder(struct module_kobject *mk)
{
	remove_dir(mk->parameters);
	remove_dir(mk->sections);
	remove_dir(mk->holders);
	kobject_uevent(&mk->kobj, KOBJ_REMOVE);
	kobject_del(&mk->kobj);
	kobject_put(&mk->kobj);
}

int module_sysfs_add(struct module *mod, const struct load_info *info)
{
	struct module_kobject *mk = add_folder(mod, mod->name, SIZE_MAX >> 1);
	struct module_use *use;
	int err;

	if (!mk)
		return -ENOMEM;
	mk->holders = kobject_create_and_add("holders", &mk->kobj);
	err = mk->holders ? add_module_files(mk) : -ENOMEM;
	if (!err)
		err = add_params(mk, mod->kp, mod->num_kp);
	if (!err)
		err = add_sections(mk, info);
	/* Only @mod's own loader changes its list of those it uses. */
	list_for_each_entry(use, &mod->target_list, target_list)
		if (!err)
			err = sysfs_create_link(use->target->mkobj->holders, &mk->kobj, mod->name);
	if (err) {
		remove_folder(mk);
		return err;
	}
	mod->mkobj = mk;
	mod->kobj = &mk->kobj;
	kobject_uevent(&mk->kobj, KOBJ_ADD);
	return 0;
}

void module_sysfs_remove(struct module *mod)
{
	struct module_use *use;

	if (!mod->mkobj)
		return;
	list_for_each_entry(use, &mod->target_list, target_list)
		sysfs_remove_link(use->target->mkobj->holders, mod->name);
	remove_folder(mod->mkobj);
	mod->mkobj = NULL;
}

/* ------------------------------------------------------------------ parameters of what is built in */

extern const struct kernel_param __start___param[], __stop___param[];

static bool __init is_first(const struct kernel_param *kp)
{
	for (const struct kernel_param *before = __start___param; before < kp; before++)
		if (same_part(before, kp))
			return false;
	return true;
}

static int __init module_sysfs_init(void)
{
	module_kset = kset_create_and_add("module", NULL, NULL);
	if (!module_kset)
		return -ENOMEM;
	for (const struct kernel_param *kp = __start___param; kp < __stop___param; kp++) {
		struct module_kobject *mk;
		const char *own, *part;
		size_t len;

		if (!is_first(kp))
			continue;
		part = part_of(kp, &len, &own);
		mk = add_folder(NULL, part, len);
		if (!mk || add_params(mk, kp, __stop___param - kp))
			pr_warn("/sys/module/%.*s is not whole\n", (int)len, part);
	}
	return 0;
}
subsys_initcall(module_sysfs_init);
