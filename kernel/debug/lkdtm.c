/*
 * Crashes on demand, to see the reports work: `lkdtm=TYPE` on the command line
 * does it as the last initcall. The types are those of Linux's module of this
 * name.
 */
#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <asm/setup.h>

static const char *wanted __initdata;

static int __init lkdtm_setup(char *value)
{
	wanted = value;
	return 1;
}
__setup("lkdtm=", lkdtm_setup);

static void lkdtm_panic(void)
{
	panic("on request");
}

static void lkdtm_bug(void)
{
	BUG();
}

static void lkdtm_warning(void)
{
	WARN(1, "on request\n");
}

static void lkdtm_exception(void)
{
	volatile int *nowhere = NULL;

	OPTIMIZER_HIDE_VAR(nowhere);
	*nowhere = 0;
}

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

static void lkdtm_write_ro(void)
{
	*(volatile char *)__start_rodata = 0;
}

static void lkdtm_write_kern(void)
{
	*(volatile char *)_text = 0;
}

static void lkdtm_exec_null(void)
{
	void (*nowhere)(void) = NULL;

	OPTIMIZER_HIDE_VAR(nowhere);
	nowhere();
}

static const struct {
	const char *name;
	void (*crash)(void);
} types[] __initconst = {
	{ "PANIC", lkdtm_panic },
	{ "BUG", lkdtm_bug },
	{ "WARNING", lkdtm_warning },
	{ "EXCEPTION", lkdtm_exception },
	{ "EXHAUST_STACK", lkdtm_exhaust_stack },
	{ "WRITE_RO", lkdtm_write_ro },
	{ "WRITE_KERN", lkdtm_write_kern },
	{ "EXEC_NULL", lkdtm_exec_null },
};

static int __init lkdtm_init(void)
{
	unsigned int i;

	for (i = 0; wanted && i < ARRAY_SIZE(types); i++)
		if (!strcmp(types[i].name, wanted))
			types[i].crash();
	return 0;
}
late_initcall(lkdtm_init);
