/*
 * uevents: what became of a kobject, as variables NAME=VALUE. The kset above
 * says whether and adds its own. Nobody listens on a socket here; the last
 * number is in /sys/kernel/uevent_seqnum, and `uevent` files show the variables.
 */
#include <linux/atomic.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/slab.h>
#include <linux/stdarg.h>
#include <linux/string.h>

static atomic_t uevent_seqnum = ATOMIC_INIT(0);

static const char *const action_names[] = {
	[KOBJ_ADD] = "add", [KOBJ_REMOVE] = "remove", [KOBJ_CHANGE] = "change", [KOBJ_MOVE] = "move",
	[KOBJ_ONLINE] = "online", [KOBJ_OFFLINE] = "offline", [KOBJ_BIND] = "bind",
	[KOBJ_UNBIND] = "unbind",
};

int add_uevent_var(struct kobj_uevent_env *env, const char *fmt, ...)
{
	va_list args;
	int len;

	if (WARN(env->envp_idx >= UEVENT_NUM_ENVP, "uevent: too many variables\n"))
		return -ENOMEM;
	va_start(args, fmt);
	len = vsnprintf(env->buf + env->buflen, sizeof(env->buf) - env->buflen, fmt, args);
	va_end(args);
	if (WARN(len >= sizeof(env->buf) - env->buflen, "uevent: too long\n"))
		return -ENOMEM;
	env->envp[env->envp_idx++] = env->buf + env->buflen;
	env->buflen += len + 1;
	return 0;
}
EXPORT_SYMBOL_GPL(add_uevent_var);

/* The nearest kset, the kobject's own or one above it; NULL: it has none. */
static struct kset *kset_above(struct kobject *kobj)
{
	while (kobj && !kobj->kset)
		kobj = kobj->parent;
	return kobj ? kobj->kset : NULL;
}

static int collect(struct kset *kset, struct kobject *kobj, struct kobj_uevent_env *env)
{
	if (kset->uevent_ops && kset->uevent_ops->uevent)
		return kset->uevent_ops->uevent(kset, kobj, env);
	return 0;
}

int kobject_uevent_env(struct kobject *kobj, enum kobject_action action, char *envp[])
{
	struct kset *kset = kset_above(kobj);
	struct kobj_uevent_env *env;
	char *path;
	int err;

	if (!kset)
		return -EINVAL;
	if (kset->uevent_ops && kset->uevent_ops->filter && !kset->uevent_ops->filter(kset, kobj))
		return 0;
	env = kzalloc(sizeof(*env), GFP_KERNEL);
	path = kobject_get_path(kobj, GFP_KERNEL);
	err = env && path ? 0 : -ENOMEM;
	for (; !err && envp && *envp; envp++)
		err = add_uevent_var(env, "%s", *envp);
	if (!err)
		err = collect(kset, kobj, env);
	if (!err) {
		atomic_inc(&uevent_seqnum);
		pr_debug("uevent: %s@%s\n", action_names[action], path);
	}
	kfree(path);
	kfree(env);
	return err;
}
EXPORT_SYMBOL_GPL(kobject_uevent_env);

int kobject_uevent(struct kobject *kobj, enum kobject_action action)
{
	return kobject_uevent_env(kobj, action, NULL);
}
EXPORT_SYMBOL_GPL(kobject_uevent);

ssize_t kobject_uevent_show(struct kobject *kobj, char *buf)
{
	struct kset *kset = kset_above(kobj);
	struct kobj_uevent_env *env;
	ssize_t len = 0;
	int err;

	if (!kset)
		return 0;
	env = kzalloc(sizeof(*env), GFP_KERNEL);
	if (!env)
		return -ENOMEM;
	err = collect(kset, kobj, env);
	for (int i = 0; !err && i < env->envp_idx; i++)
		len += sysfs_emit_at(buf, len, "%s\n", env->envp[i]);
	kfree(env);
	return err ?: len;
}

static ssize_t uevent_seqnum_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", atomic_read(&uevent_seqnum));
}

static const struct kobj_attribute uevent_seqnum_attr = __ATTR_RO(uevent_seqnum);

static int __init uevent_init(void)
{
	return sysfs_create_file(kernel_kobj, &uevent_seqnum_attr.attr);
}
subsys_initcall(uevent_init);
