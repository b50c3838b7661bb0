/*
 * What a driver file says about itself. Built in, module_init() is an initcall
 * and the MODULE_ lines leave nothing behind; as a module they fill .modinfo.
 *
 * Differences from Linux: THIS_MODULE of built-in code is NULL, as there;
 * try_module_get(NULL) succeeds.
 */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/compiler.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/moduleparam.h>
#include <linux/stringify.h>
#include <linux/types.h>

struct module;

#ifdef MODULE
#define module_init(fn)							\
	static inline initcall_t __maybe_unused __inittest(void) { return fn; } \
	int init_module(void) __attribute__((alias(#fn)))
#define module_exit(fn)							\
	static inline exitcall_t __maybe_unused __exittest(void) { return fn; } \
	void cleanup_module(void) __attribute__((alias(#fn)))
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

/* References to a module's code. Everything is built in: the owner is NULL and stays for ever. */
#define try_module_get(module)	((void)(module), true)
#define __module_get(module)	((void)(module))
#define module_put(module)	((void)(module))
#define module_name(module)	"kernel"

#endif
