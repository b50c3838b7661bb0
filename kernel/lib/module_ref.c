/*
 * References to modules: a count each, on the lowest floor because everybody
 * who holds a table of a driver's methods takes one. See <linux/module.h>.
 */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/module.h>

bool try_module_get(struct module *mod)
{
	return !mod || atomic_inc_unless_negative(&mod->refcnt);
}
EXPORT_SYMBOL(try_module_get);

void __module_get(struct module *mod)
{
	if (mod)
		atomic_inc(&mod->refcnt);
}
EXPORT_SYMBOL(__module_get);

void module_put(struct module *mod)
{
	if (mod)
		WARN_ON(atomic_dec_return(&mod->refcnt) < 0);
}
EXPORT_SYMBOL(module_put);

unsigned int module_refcount(struct module *mod)
{
	return max(atomic_read(&mod->refcnt), 0);
}
EXPORT_SYMBOL(module_refcount);

const char *module_name(const struct module *mod)
{
	return mod ? mod->name : "kernel";
}
EXPORT_SYMBOL(module_name);
