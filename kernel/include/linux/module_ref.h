/*
 * References to a module's code. Everything is built in: the owner is NULL and
 * stays for ever.
 */
#ifndef _LINUX_MODULE_REF_H
#define _LINUX_MODULE_REF_H

#include <linux/types.h>

struct module;

static inline bool try_module_get(struct module *module)
{
	return true;
}

static inline void __module_get(struct module *module)
{
}

static inline void module_put(struct module *module)
{
}

#define module_name(mod) "kernel"

#endif
