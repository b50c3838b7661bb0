/*
 * Scripts: a file that begins with  #! interpreter [argument]
 *
 * argv becomes  interpreter, argument (one, blanks inside it kept), the
 * script's name, and the script's own arguments.
 */
#include <linux/binfmts.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Cuts the first line into the two words: 0, or -ENOEXEC. */
static int parse_line(char *buf, char **name, char **arg)
{
	char *end = strnchr(buf, BINPRM_BUF_SIZE, '\n'), *p;

	if (!end) {
		/* The line is longer than what was read: then at least the name must be whole. */
		end = buf + strnlen(buf, BINPRM_BUF_SIZE - 1);
		for (p = buf + 2; p < end && is_blank(*p); p++)
			;
		while (p < end && !is_blank(*p))
			p++;
		if (p == end && end == buf + BINPRM_BUF_SIZE - 1)
			return -ENOEXEC;
	}
	while (end > buf + 2 && is_blank(end[-1]))
		end--;
	*end = '\0';
	for (p = buf + 2; is_blank(*p); p++)
		;
	if (!*p)
		return -ENOEXEC;
	*name = p;
	while (*p && !is_blank(*p))
		p++;
	*arg = NULL;
	if (*p) {
		*p++ = '\0';
		while (is_blank(*p))
			p++;
		*arg = p;
	}
	return 0;
}

static int load_script(struct linux_binprm *bprm)
{
	char *name, *arg;
	struct file *file;
	int err;

	if (bprm->buf[0] != '#' || bprm->buf[1] != '!')
		return -ENOEXEC;
	err = parse_line(bprm->buf, &name, &arg);
	if (err)
		return err;

	/* Strings grow downwards: the last one first. */
	err = remove_arg_zero(bprm);
	if (!err)
		err = copy_string_kernel(bprm->interp ?: bprm->filename, bprm);
	if (!err && arg)
		err = copy_string_kernel(arg, bprm);
	if (!err)
		err = copy_string_kernel(name, bprm);
	if (err)
		return err;
	bprm->argc += arg ? 3 : 2;
	err = bprm_change_interp(name, bprm);
	if (err)
		return err;
	file = open_exec(name);
	if (IS_ERR(file))
		return PTR_ERR(file);
	bprm->interpreter = file;
	return 0;
}

static struct linux_binfmt script_format = { .load_binary = load_script };

static int __init init_script_binfmt(void)
{
	register_binfmt(&script_format);
	return 0;
}
core_initcall(init_script_binfmt);
