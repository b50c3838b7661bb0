/* The second file of greet: what it exports to others. */
#include <linux/module.h>
#include "greet.h"

void greet_times(const char *who, int times)
{
	int i;

	for (i = 1; i <= times; i++)
		pr_info("greet: hello %s, %d of %d, by %s\n", who, i, times, KBUILD_MODNAME);
}
EXPORT_SYMBOL_GPL(greet_times);
