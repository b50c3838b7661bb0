/*
 * A module with nothing to drive: something to load, to hear from, and to look at with a debugger.
 *
 *	name=WORD			who greets, and says good-bye
 *	/sys/module/riddle/parameters/ask	whoever writes to it sets a wheel turning; reading it says where it stopped
 *
 * The wheel is a chain of calls whose numbers are nowhere but in registers and on the stack.
 *
 * Context: process; one asks at a time, for the parameters' lock is held.
 */
#include <linux/bitops.h>
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sched.h>

#define RIDDLE_START	0x2d5a3e17
#define RIDDLE_TURNS	1500

static char *name = "nobody";
module_param(name, charp, 0444);
MODULE_PARM_DESC(name, "who greets");

static unsigned long loaded;		/* jiffies when it was */
static u32 stopped;

/* ---------------------------------------------------------------- the wheel */

static noinline u32 turn(u32 x)
{
	x ^= x << 13;
	x ^= x >> 17;
	return x ^ x << 5;
}

static noinline u32 over(u32 x)
{
	return turn(x + 3) - 1;
}

static noinline u32 under(u32 x)
{
	return turn(~x) + 1;
}

static noinline u32 around(u32 x)
{
	return turn(rol32(x, 7)) ^ 1;
}

static noinline u32 through(u32 x)
{
	return turn(x ^ RIDDLE_START) + 5;
}

static u32 (*const ways[])(u32) = { over, under, around, through };

/* Turns the wheel; where it stops is what its steps, as bytes, add up to. */
static noinline u32 wheel(u32 x)
{
	u32 balance = 0;

	for (int i = 0; i < RIDDLE_TURNS; i++) {
		x = ways[x >> 3 & 3](x);
		balance += x >> 24;
	}
	return balance;
}

static int ask_set(const char *val, const struct kernel_param *kp)
{
	stopped = wheel(RIDDLE_START);
	return 0;
}

static int ask_get(char *buffer, const struct kernel_param *kp)
{
	return sprintf(buffer, "%u\n", stopped);
}

module_param_call(ask, ask_set, ask_get, NULL, 0644);
MODULE_PARM_DESC(ask, "written: turns the wheel; read: where it stopped");

/* ---------------------------------------------------------------- coming and going */

static int __init riddle_init(void)
{
	loaded = jiffies;
	/* LAB 01.1 { hello */
	pr_info("riddle: %s: %lu kB, loaded by %s (%d)\n", name, totalram_pages() << (PAGE_SHIFT - 10), current->comm, current->pid);
	/* } LAB */
	return 0;
}

static void __exit riddle_exit(void)
{
	/* LAB 01.1 { goodbye */
	pr_notice("riddle: %s: stayed %lu s\n", name, (jiffies - loaded) / HZ);
	/* } LAB */
}

module_init(riddle_init);
module_exit(riddle_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("something to ask a debugger about");
