/* Uses what greet exports, divides 64 bits, and has an exit that goes wrong on request. */
#include <linux/math64.h>
#include <linux/module.h>
#include "greet.h"

static bool crash;
module_param(crash, bool, 0);
static bool warn;
module_param(warn, bool, 0);

static noinline void guest_crash(void)
{
	int *volatile nowhere = NULL;

	*nowhere = 1;
}

int guest_share(int whole)
{
	return whole / 2;
}
EXPORT_SYMBOL_GPL(guest_share);

static int __init guest_init(void)
{
	u64 big = 10000000000ULL + warn;

	greet_times("guest", 1);
	pr_info("guest: %llu\n", div64_u64(big, 7));
	WARN_ON(warn);
	return 0;
}

static void __exit guest_exit(void)
{
	if (crash)
		guest_crash();
}

module_init(guest_init);
module_exit(guest_exit);
MODULE_LICENSE("Dual BSD/GPL");
MODULE_ALIAS("visitor-*");
