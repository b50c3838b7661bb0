/*
 * What modules may link to: a row of address and name, each in a section named
 * after it, which the linker scripts sort into the tables __ksymtab and __ksymtab_gpl.
 */
#ifndef _LINUX_EXPORT_H
#define _LINUX_EXPORT_H

#include <linux/compiler.h>

struct kernel_symbol {
	unsigned long value;
	const char *name;
};

#ifdef MODULE
extern struct module __this_module;
#define THIS_MODULE (&__this_module)
#else
#define THIS_MODULE ((struct module *)0)
#endif

#ifdef __CHECKER__
#define __EXPORT_SYMBOL(sym, sec)
#else
#define __EXPORT_SYMBOL(sym, sec)					\
	extern typeof(sym) sym;						\
	static const struct kernel_symbol __ksymtab_##sym __used	\
		__section("___ksymtab" sec "+" #sym) = { (unsigned long)&sym, #sym }
#endif
#define EXPORT_SYMBOL(sym)	__EXPORT_SYMBOL(sym, "")
#define EXPORT_SYMBOL_GPL(sym)	__EXPORT_SYMBOL(sym, "_gpl")

#endif
