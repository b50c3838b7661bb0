/*
 * The kernel command line: early_param, __setup, core_param and module.param.
 * What nobody takes goes to init.
 *
 * Words are parted by white space; double quotes keep it inside a value. In
 * names - and _ are the same. Runs during bring-up on one CPU: no locks.
 */
#include <linux/ctype.h>
#include <linux/err.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include <linux/random.h>
#include <linux/string.h>

extern const struct obs_kernel_param __setup_start[], __setup_end[];
extern const struct kernel_param __start___param[], __stop___param[];

static char saved_line[COMMAND_LINE_SIZE];	/* for /proc/cmdline */
static char words[COMMAND_LINE_SIZE];		/* cut up; init's strings lie in it */
char *saved_command_line = saved_line;

const char *argv_init[MAX_INIT_ARGS + 2] = { "init" };
const char *envp_init[MAX_INIT_ENVS + 2] = { "HOME=/", "TERM=linux" };

/* Cuts the next word off: *name, and *value or NULL. Returns the rest, NULL at the end. */
static char *next_word(char *s, char **name, char **value)
{
	bool quoted = false;
	char *to;

	s = skip_spaces(s);
	if (!*s)
		return NULL;
	*name = to = s;
	*value = NULL;
	for (; *s && (quoted || !isspace(*s)); s++) {
		if (*s == '"') {
			quoted = !quoted;
		} else if (*s == '=' && !*value) {
			*to++ = '\0';
			*value = to;
		} else {
			*to++ = *s;
		}
	}
	if (*s)
		s++;
	*to = '\0';
	return s;
}

/* Equal up to n characters, - and _ alike. */
static bool same_name(const char *a, const char *b, size_t n)
{
	for (; n; n--, a++, b++) {
		char x = *a == '-' ? '_' : *a, y = *b == '-' ? '_' : *b;

		if (x != y)
			return false;
		if (!x)
			break;
	}
	return true;
}

void __init parse_early_param(void)
{
	char *s = words, *name, *value;

	strscpy(saved_line, boot_command_line, sizeof(saved_line));
	strscpy(words, boot_command_line, sizeof(words));
	add_device_randomness(words, strlen(words));	/* another seed, other numbers */
	while ((s = next_word(s, &name, &value)) != NULL) {
		if (!value && !strcmp(name, "--"))
			break;
		for (const struct obs_kernel_param *p = __setup_start; p < __setup_end; p++)
			if (p->early && same_name(name, p->str, SIZE_MAX) && p->setup_func(value))
				pr_warn("bad value for parameter %s\n", name);
	}
}

/* __setup("name=", fn) gets what follows "name="; __setup("name", fn) what follows name. */
static bool __init obsolete_setup(const char *name, char *value)
{
	size_t len = strlen(name);

	for (const struct obs_kernel_param *p = __setup_start; p < __setup_end; p++) {
		size_t n = strlen(p->str);

		if (p->early) {
			if (same_name(name, p->str, SIZE_MAX))
				return true;
		} else if (n && p->str[n - 1] == '=') {
			if (value && len == n - 1 && same_name(name, p->str, len) &&
			    p->setup_func(value))
				return true;
		} else if (!value && same_name(name, p->str, n)) {
			if (p->setup_func((char *)name + n))
				return true;
		}
	}
	return false;
}

/* init sees the word as it was written: name=value is one string again. */
static void __init leave_to_init(char *name, char *value, bool after_dashes)
{
	const char **list = argv_init;
	unsigned int max = MAX_INIT_ARGS;

	if (value) {
		value[-1] = '=';
		if (!after_dashes) {
			list = envp_init;
			max = MAX_INIT_ENVS;
		}
	}
	for (unsigned int i = 0; i <= max; i++) {
		size_t len = list == envp_init && list[i] ? strchrnul(list[i], '=') - list[i] : 0;

		if (!list[i] || (len && !strncmp(list[i], name, len + 1))) {
			list[i] = name;
			return;
		}
	}
	pr_warn("too many parameters for init: %s is dropped\n", name);
}

void __init parse_params(void)
{
	char *s = words, *name, *value;
	bool after_dashes = false;

	strscpy(words, boot_command_line, sizeof(words));
	while ((s = next_word(s, &name, &value)) != NULL) {
		int err;

		if (after_dashes) {
			leave_to_init(name, value, true);
			continue;
		}
		if (!value && !strcmp(name, "--")) {
			after_dashes = true;
			continue;
		}
		err = parse_one_param(name, value, __start___param,
				      __stop___param - __start___param);
		if (err == -ENOENT) {
			/* MODULE.NAME is for a module that may come later. */
			if (!obsolete_setup(name, value) && !strchr(name, '.'))
				leave_to_init(name, value, false);
		} else if (err) {
			pr_warn("parameter %s: bad value '%s': %pe\n", name, value ?: "",
				ERR_PTR(err));
		}
	}
}

int parse_args(const char *doing, char *args, const struct kernel_param *params, unsigned int num)
{
	char *name, *value;
	int err;

	while ((args = next_word(args, &name, &value)) != NULL) {
		if (!value && !strcmp(name, "--"))
			return 0;
		err = parse_one_param(name, value, params, num);
		if (err == -ENOENT) {
			pr_warn("%s: unknown parameter '%s' ignored\n", doing, name);
		} else if (err) {
			pr_err("%s: '%s' invalid for parameter '%s'\n", doing, value ?: "", name);
			return err;
		}
	}
	return 0;
}

int parse_one_param(const char *name, const char *val, const struct kernel_param *params,
		    unsigned int num)
{
	for (const struct kernel_param *p = params; p < params + num; p++) {
		if (!same_name(name, p->name, SIZE_MAX))
			continue;
		if (!val && !(p->ops->flags & KERNEL_PARAM_OPS_FL_NOARG))
			return -EINVAL;
		return p->ops->set(val, p);
	}
	return -ENOENT;
}
