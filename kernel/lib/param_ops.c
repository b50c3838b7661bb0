/*
 * How parameters of each type are read from and written as text.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>
#include <linux/string.h>

#define PARAM_OPS(name, type, fmt, parse)					\
static int set_##name(const char *val, const struct kernel_param *kp)		\
{										\
	return parse(val, 0, (type *)kp->arg);					\
}										\
static int get_##name(char *buffer, const struct kernel_param *kp)		\
{										\
	return sprintf(buffer, fmt "\n", *(type *)kp->arg);			\
}										\
const struct kernel_param_ops param_ops_##name = { .set = set_##name, .get = get_##name }; \
EXPORT_SYMBOL(param_ops_##name)

PARAM_OPS(byte, unsigned char, "%hhu", kstrtou8);
PARAM_OPS(short, short, "%hi", kstrtos16);
PARAM_OPS(ushort, unsigned short, "%hu", kstrtou16);
PARAM_OPS(int, int, "%i", kstrtoint);
PARAM_OPS(uint, unsigned int, "%u", kstrtouint);
PARAM_OPS(long, long, "%li", kstrtol);
PARAM_OPS(ulong, unsigned long, "%lu", kstrtoul);
PARAM_OPS(ullong, unsigned long long, "%llu", kstrtoull);

int param_set_int(const char *val, const struct kernel_param *kp)
{
	return set_int(val, kp);
}
EXPORT_SYMBOL(param_set_int);

int param_get_int(char *buffer, const struct kernel_param *kp)
{
	return get_int(buffer, kp);
}
EXPORT_SYMBOL(param_get_int);

int param_set_uint(const char *val, const struct kernel_param *kp)
{
	return set_uint(val, kp);
}
EXPORT_SYMBOL(param_set_uint);

int param_get_uint(char *buffer, const struct kernel_param *kp)
{
	return get_uint(buffer, kp);
}
EXPORT_SYMBOL(param_get_uint);

int param_set_bool(const char *val, const struct kernel_param *kp)
{
	return kstrtobool(val ? val : "1", kp->arg);
}
EXPORT_SYMBOL(param_set_bool);

int param_get_bool(char *buffer, const struct kernel_param *kp)
{
	return sprintf(buffer, "%c\n", *(bool *)kp->arg ? 'Y' : 'N');
}
EXPORT_SYMBOL(param_get_bool);

const struct kernel_param_ops param_ops_bool = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG, .set = param_set_bool, .get = param_get_bool,
};
EXPORT_SYMBOL(param_ops_bool);

static int set_invbool(const char *val, const struct kernel_param *kp)
{
	bool value;
	int err = kstrtobool(val, &value);

	if (!err)
		*(bool *)kp->arg = !value;
	return err;
}

static int get_invbool(char *buffer, const struct kernel_param *kp)
{
	return sprintf(buffer, "%c\n", *(bool *)kp->arg ? 'N' : 'Y');
}

const struct kernel_param_ops param_ops_invbool = { .set = set_invbool, .get = get_invbool };
EXPORT_SYMBOL(param_ops_invbool);

/* The string is kept as it stands: the command line is for good, and what sysfs writes it keeps. */
int param_set_charp(const char *val, const struct kernel_param *kp)
{
	*(const char **)kp->arg = val;
	return 0;
}
EXPORT_SYMBOL(param_set_charp);

int param_get_charp(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%s\n", *(char **)kp->arg);
}
EXPORT_SYMBOL(param_get_charp);

const struct kernel_param_ops param_ops_charp = { .set = param_set_charp, .get = param_get_charp };
EXPORT_SYMBOL(param_ops_charp);

static int set_string(const char *val, const struct kernel_param *kp)
{
	if (strlen(val) >= kp->str->maxlen)
		return -ENOSPC;
	strcpy(kp->str->string, val);
	return 0;
}

static int get_string(char *buffer, const struct kernel_param *kp)
{
	return scnprintf(buffer, PAGE_SIZE, "%s\n", kp->str->string);
}

const struct kernel_param_ops param_ops_string = { .set = set_string, .get = get_string };
EXPORT_SYMBOL(param_ops_string);

/* A comma list, each element by the ops of its type. One that is too long changes none of them. */
static int set_array(const char *val, const struct kernel_param *kp)
{
	const struct kparam_array *arr = kp->arr;
	struct kernel_param elem = { .name = kp->name, .ops = arr->ops };
	unsigned int n = 1;
	char *s = (char *)val, *word;
	int err;

	for (const char *comma = val; (comma = strchr(comma, ',')) != NULL; comma++)
		n++;
	if (n > arr->max)
		return -EINVAL;
	n = 0;
	while ((word = strsep(&s, ",")) != NULL) {
		elem.arg = arr->elem + arr->elemsize * n++;
		err = arr->ops->set(word, &elem);
		if (err)
			return err;
	}
	if (arr->num)
		*arr->num = n;
	return 0;
}

/* By way of a page: an element's get() may fill one. */
static int get_array(char *buffer, const struct kernel_param *kp)
{
	const struct kparam_array *arr = kp->arr;
	struct kernel_param elem = { .name = kp->name, .ops = arr->ops };
	unsigned int num = arr->num ? *arr->num : arr->max;
	char *word = kmalloc(PAGE_SIZE, GFP_KERNEL);
	int len = 0, err;

	if (!word)
		return -ENOMEM;
	for (unsigned int i = 0; i < num; i++) {
		elem.arg = arr->elem + arr->elemsize * i;
		err = arr->ops->get(word, &elem);
		if (err < 0) {
			len = err;
			break;
		}
		if (i)
			buffer[len - 1] = ',';
		len += scnprintf(buffer + len, PAGE_SIZE - len, "%.*s", err, word);
	}
	kfree(word);
	return len;
}

const struct kernel_param_ops param_array_ops = { .set = set_array, .get = get_array };
EXPORT_SYMBOL(param_array_ops);
