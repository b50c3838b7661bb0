/*
 * <linux/module_tables.h> - what loaded modules add to the kernel's own tables:
 * names, exception table, places of BUG().
 *
 * The floors below ask through this table, which the module loader registers.
 * Every method: any context; nothing found is NULL, 0 or false.
 */
#ifndef _LINUX_MODULE_TABLES_H
#define _LINUX_MODULE_TABLES_H

#include <linux/types.h>

struct bug_entry;
struct exception_table_entry;
struct module;

struct module_tables {
	bool (*is_text)(unsigned long addr);
	bool (*contains)(unsigned long addr);		/* text or data of a module */
	/* As kallsyms_lookup(), which calls it for addresses that are not the kernel's own. */
	const char *(*lookup)(unsigned long addr, unsigned long *size, unsigned long *offset,
			      char **modname, char *namebuf);
	unsigned long (*lookup_name)(const char *name);
	int (*each_symbol)(int (*fn)(void *data, const char *name, struct module *mod,
				     unsigned long addr), void *data);
	const struct exception_table_entry *(*search_extable)(unsigned long ip);
	struct bug_entry *(*find_bug)(unsigned long ip);
};

/* NULL until the loader is there. */
extern const struct module_tables *module_tables;

#endif
