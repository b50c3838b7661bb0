/*
 * Crimes on demand, to see the reports work: `lkdtm=TYPE` on the command line
 * commits one as the last initcall, `echo TYPE >/proc/lkdtm` at any time, as
 * root. The types are those of Linux's module of this name; each checker adds
 * its own beside them (lkdtm_type() in <linux/lkdtm.h>).
 */
#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/lkdtm.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <asm/setup.h>

static void lkdtm_panic(void)
{
	panic("on request");
}
lkdtm_type(PANIC, lkdtm_panic);

static void lkdtm_bug(void)
{
	BUG();
}
lkdtm_type(BUG, lkdtm_bug);

static void lkdtm_warning(void)
{
	WARN(1, "on request\n");
}
lkdtm_type(WARNING, lkdtm_warning);

static void lkdtm_exception(void)
{
	volatile int *nowhere = NULL;

	OPTIMIZER_HIDE_VAR(nowhere);
	*nowhere = 0;
}
lkdtm_type(EXCEPTION, lkdtm_exception);

#define OVERFLOW_FRAME	512

/* Each call keeps a frame alive until the stack meets its guard page. */
static noinline int fill_stack(unsigned int depth)
{
	volatile char frame[OVERFLOW_FRAME];

	frame[0] = (char)depth;
	OPTIMIZER_HIDE_VAR(depth);
	return depth == UINT_MAX ? 0 : fill_stack(depth + 1) + frame[0];
}

static void lkdtm_exhaust_stack(void)
{
	fill_stack(0);
}
lkdtm_type(EXHAUST_STACK, lkdtm_exhaust_stack);

static void lkdtm_write_ro(void)
{
	*(volatile char *)__start_rodata = 0;
}
lkdtm_type(WRITE_RO, lkdtm_write_ro);

static void lkdtm_write_kern(void)
{
	*(volatile char *)_text = 0;
}
lkdtm_type(WRITE_KERN, lkdtm_write_kern);

static void lkdtm_exec_null(void)
{
	void (*nowhere)(void) = NULL;

	OPTIMIZER_HIDE_VAR(nowhere);
	nowhere();
}
lkdtm_type(EXEC_NULL, lkdtm_exec_null);

extern const struct lkdtm_type __start_lkdtm_types[], __stop_lkdtm_types[];

int lkdtm_commit(const char *name)
{
	for (const struct lkdtm_type *type = __start_lkdtm_types; type < __stop_lkdtm_types; type++)
		if (!strcmp(type->name, name)) {
			type->commit();
			return 0;
		}
	return -EINVAL;
}

const char *lkdtm_name(unsigned int nr)
{
	return nr < __stop_lkdtm_types - __start_lkdtm_types ? __start_lkdtm_types[nr].name : NULL;
}

static const char *wanted __initdata;

/* The crime of this name, of /proc/lkdtm, is committed last of the bring-up. */
static int __init lkdtm_setup(char *value)
{
	wanted = value;
	return 1;
}
__setup("lkdtm=", lkdtm_setup);

static int __init lkdtm_init(void)
{
	if (wanted && lkdtm_commit(wanted))
		pr_err("lkdtm=%s: no such type\n", wanted);
	return 0;
}
late_initcall(lkdtm_init);
