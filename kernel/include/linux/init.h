/*
 * Bring-up: functions that kmain() calls in order of their level, and the
 * kernel command line.
 *
 * __init code and data are given back once the bring-up is over.
 */
#ifndef _LINUX_INIT_H
#define _LINUX_INIT_H

#include <linux/compiler.h>
#include <linux/types.h>

#define __init		__section(".init.text") __cold
#define __initdata	__section(".init.data")
#define __initconst	__section(".init.rodata")
#define __exit		__section(".exit.text") __used __cold
#define __exitdata	__section(".exit.data")
#define __ref
#define __refdata
#define __devinit
#define __devexit
#define __meminit
#define __cpuinit

typedef int (*initcall_t)(void);
typedef void (*exitcall_t)(void);

#ifndef MODULE

#define ___define_initcall(fn, level)					\
	static const initcall_t __initcall_##fn##_##level __used	\
		__section(".initcall" #level ".init") = fn
#define early_initcall(fn)	___define_initcall(fn, 0)
#define pure_initcall(fn)	___define_initcall(fn, 1)
#define core_initcall(fn)	___define_initcall(fn, 2)	/* memory, tasks, time work */
#define postcore_initcall(fn)	___define_initcall(fn, 3)
#define arch_initcall(fn)	___define_initcall(fn, 4)	/* buses */
#define subsys_initcall(fn)	___define_initcall(fn, 5)	/* tty, block, VFS cores */
#define fs_initcall(fn)		___define_initcall(fn, 6)	/* file systems */
#define rootfs_initcall(fn)	___define_initcall(fn, 7)
#define device_initcall(fn)	___define_initcall(fn, 8)	/* leaf drivers */
#define late_initcall(fn)	___define_initcall(fn, 9)
#define __initcall(fn)		device_initcall(fn)

#define __exitcall(fn) \
	static const exitcall_t __exitcall_##fn __used __section(".exitcall.exit") = fn

/* A function for `name` on the command line, called with what follows it. */
struct obs_kernel_param {
	const char *str;
	int (*setup_func)(char *arg);
	int early;
};
#define __setup_param(name, id, fn, is_early)				\
	static const struct obs_kernel_param __setup_##id __used	\
		__section(".init.setup") __aligned(4) =			\
		{ .str = name, .setup_func = fn, .early = is_early }
/* "name=": fn gets the value and returns 1 when it took it. */
#define __setup(name, fn)	__setup_param(name, fn, fn, 0)
/* "name", run before anything else is up; fn returns 0 when all is well. */
#define early_param(name, fn)	__setup_param(name, fn, fn, 1)

#endif /* !MODULE */

/* Runs one and complains if it leaves a lock held; returns what it returned. */
int do_one_initcall(initcall_t fn);
/* Runs every initcall, level by level. Context: process, may sleep. */
void do_initcalls(void);
/* Only the early ones, before them. */
void do_early_initcalls(void);

/*
 * The command line as the loader gave it. parse_early_param() wants no
 * allocator; parse_params() serves __setup, core_param and module.param, and
 * leaves what nobody knows to init: NAME=VALUE in its environment, other words
 * among its arguments, all words after "--" too.
 */
#define COMMAND_LINE_SIZE	1024
#define MAX_INIT_ARGS		32
#define MAX_INIT_ENVS		32
extern char boot_command_line[COMMAND_LINE_SIZE];
extern char *saved_command_line;
extern bool initcall_debug;
extern const char *argv_init[MAX_INIT_ARGS + 2];
extern const char *envp_init[MAX_INIT_ENVS + 2];
void parse_early_param(void);
void parse_params(void);

#endif
