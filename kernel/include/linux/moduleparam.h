/*
 * Parameters: module_param(name, type, perm) is MODNAME.name=VALUE on the
 * kernel command line when built in, name=VALUE for a loaded module.
 *
 * Types: byte short ushort int uint long ulong ullong charp bool invbool.
 */
#ifndef _LINUX_MODULEPARAM_H
#define _LINUX_MODULEPARAM_H

#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/stringify.h>

struct kernel_param;

struct kernel_param_ops {
	unsigned int flags;
	int (*set)(const char *val, const struct kernel_param *kp);
	int (*get)(char *buffer, const struct kernel_param *kp);
	void (*free)(void *arg);
};
#define KERNEL_PARAM_OPS_FL_NOARG 1	/* the name alone is enough: bool */

struct kparam_array {
	unsigned int max;
	unsigned int elemsize;
	unsigned int *num;
	const struct kernel_param_ops *ops;
	void *elem;
};

struct kparam_string {
	unsigned int maxlen;
	char *string;
};

struct kernel_param {
	const char *name;
	struct module *mod;
	const struct kernel_param_ops *ops;
	u16 perm;
	union {
		void *arg;
		const struct kparam_string *str;
		const struct kparam_array *arr;
	};
};

#ifdef MODULE
#define MODULE_PARAM_PREFIX
#define __param_owner ((struct module *)&__this_module)
extern struct module __this_module;
#else
#define MODULE_PARAM_PREFIX KBUILD_MODNAME "."
#define __param_owner NULL
#endif

#ifdef MODULE
#define __MODULE_PARM_INFO(tag, text)					\
	static const char __UNIQUE_ID(tag)[] __used			\
		__section(".modinfo") __aligned(1) = #tag "=" text
#else
#define __MODULE_PARM_INFO(tag, text) struct __unused_##tag
#endif
#define __MODULE_PARM_TYPE(name, type)	__MODULE_PARM_INFO(parmtype, #name ":" type)
#define MODULE_PARM_DESC(name, desc)	__MODULE_PARM_INFO(parm, #name ":" desc)

#define __module_param_call(prefix, nm, id, o, a, p)			\
	static const struct kernel_param __param_##id __used		\
		__section("__param") __aligned(sizeof(void *)) =	\
		{ .name = prefix nm, .mod = __param_owner, .ops = o, .perm = p, { a } }
#define __param_ops(type) &param_ops_##type

#define module_param_named(name, var, type, perm)			\
	static inline void __maybe_unused __check_##name(void)		\
	{ (void)__param_check_##type(&(var)); }				\
	__module_param_call(MODULE_PARAM_PREFIX, #name, name, __param_ops(type), &(var), perm); \
	__MODULE_PARM_TYPE(name, #type)
#define module_param(name, type, perm) module_param_named(name, name, type, perm)
#define module_param_cb(name, ops, arg, perm)				\
	__module_param_call(MODULE_PARAM_PREFIX, #name, name, ops, arg, perm)
#define module_param_call(name, set_fn, get_fn, arg, perm)		\
	static const struct kernel_param_ops __param_ops_##name =	\
		{ .set = set_fn, .get = get_fn };			\
	module_param_cb(name, &__param_ops_##name, arg, perm)
#define module_param_array_named(name, array, type, nump, perm)	\
	static const struct kparam_array __param_arr_##name = {		\
		.max = ARRAY_SIZE(array), .elemsize = sizeof(array[0]),	\
		.num = nump, .ops = __param_ops(type), .elem = array };	\
	__module_param_call(MODULE_PARAM_PREFIX, #name, name, &param_array_ops, \
			    (void *)&__param_arr_##name, perm);		\
	__MODULE_PARM_TYPE(name, "array of " #type)
#define module_param_array(name, type, nump, perm) \
	module_param_array_named(name, name, type, nump, perm)
#define module_param_string(name, string, len, perm)			\
	static const struct kparam_string __param_string_##name = { len, string }; \
	__module_param_call(MODULE_PARAM_PREFIX, #name, name, &param_ops_string, \
			    (void *)&__param_string_##name, perm);	\
	__MODULE_PARM_TYPE(name, "string")
/* A parameter of the kernel itself: name=VALUE without a prefix. */
#define core_param(name, var, type, perm)				\
	__module_param_call("", #name, name, __param_ops(type), &(var), perm)

#define __param_check_byte(p)	((unsigned char *)1 == (p))
#define __param_check_short(p)	((short *)1 == (p))
#define __param_check_ushort(p)	((unsigned short *)1 == (p))
#define __param_check_int(p)	((int *)1 == (p))
#define __param_check_uint(p)	((unsigned int *)1 == (p))
#define __param_check_long(p)	((long *)1 == (p))
#define __param_check_ulong(p)	((unsigned long *)1 == (p))
#define __param_check_ullong(p)	((unsigned long long *)1 == (p))
#define __param_check_charp(p)	((char **)1 == (p))
#define __param_check_bool(p)	((bool *)1 == (p))
#define __param_check_invbool(p) ((bool *)1 == (p))

extern const struct kernel_param_ops param_ops_byte, param_ops_short, param_ops_ushort,
	param_ops_int, param_ops_uint, param_ops_long, param_ops_ulong, param_ops_ullong,
	param_ops_charp, param_ops_bool, param_ops_invbool, param_ops_string, param_array_ops;

int param_set_int(const char *val, const struct kernel_param *kp);
int param_get_int(char *buffer, const struct kernel_param *kp);
int param_set_uint(const char *val, const struct kernel_param *kp);
int param_get_uint(char *buffer, const struct kernel_param *kp);
int param_set_bool(const char *val, const struct kernel_param *kp);
int param_get_bool(char *buffer, const struct kernel_param *kp);
int param_set_charp(const char *val, const struct kernel_param *kp);
int param_get_charp(char *buffer, const struct kernel_param *kp);

/* A parameter that /sys/module may change is read under this lock. Context: process, may sleep. */
void kernel_param_lock(struct module *mod);
void kernel_param_unlock(struct module *mod);

/* Each NAME=VALUE of @args, which is cut up. What nobody knows is told and left; an error ends it. */
int parse_args(const char *doing, char *args, const struct kernel_param *params, unsigned int num);
/* Sets NAME among params[num]; -ENOENT when it is not there. */
int parse_one_param(const char *name, const char *val, const struct kernel_param *params,
		    unsigned int num);

#endif
