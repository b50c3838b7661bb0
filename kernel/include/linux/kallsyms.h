/*
 * Names and source lines of kernel addresses, from the table that
 * kernel/debug/mksyms.py makes and the second link adds.
 */
#ifndef _LINUX_KALLSYMS_H
#define _LINUX_KALLSYMS_H

#include <linux/types.h>

struct module;

#define KSYM_NAME_LEN	128
#define KSYM_SYMBOL_LEN	(KSYM_NAME_LEN + 96)	/* with offset, size and module */

/* Context of all: any; no locks, no allocation. */
unsigned long kallsyms_lookup_name(const char *name);	/* 0: none */
/* Writes the name into namebuf and returns it, NULL for an address of no function. */
const char *kallsyms_lookup(unsigned long addr, unsigned long *symbolsize,
			    unsigned long *offset, char **modname, char *namebuf);
int sprint_symbol(char *buffer, unsigned long address);		/* name+0xoff/0xsize */
int sprint_symbol_no_offset(char *buffer, unsigned long address);
int sprint_backtrace(char *buffer, unsigned long address);	/* of a return address */
/*
 * The source line of an instruction: 0 and *file (relative to the tree's top),
 * *line; -ENOENT when unknown.
 */
int kallsyms_line(unsigned long addr, const char **file, unsigned int *line);
/* All symbols in order of address until fn returns nonzero, which is returned. */
int kallsyms_on_each_symbol(int (*fn)(void *data, const char *name, struct module *mod,
				      unsigned long addr), void *data);
bool is_kernel_text(unsigned long addr);

#endif
