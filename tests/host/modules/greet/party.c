/* Needs greet and guest, and guest needs greet: there is one order only. */
#include <linux/module.h>
#include "greet.h"

static int __init party_init(void)
{
	greet_times("party", guest_share(2));
	return 0;
}

static void __exit party_exit(void)
{
}

module_init(party_init);
module_exit(party_exit);
MODULE_LICENSE("Dual BSD/GPL");
