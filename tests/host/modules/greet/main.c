/*
 * A module of two files with a parameter of every kind. Its makefile and code
 * are for Linux 5.10 as well.
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include "greet.h"

static int times = 1;
module_param(times, int, 0644);
MODULE_PARM_DESC(times, "how often to greet");
static char *who = "world";
module_param(who, charp, 0644);
MODULE_PARM_DESC(who, "whom to greet");
static bool loud;
module_param(loud, bool, 0444);
static unsigned int list[4];
static unsigned int nlist;
module_param_array(list, uint, &nlist, 0444);
static char text[8] = "short";
module_param_string(text, text, sizeof(text), 0444);
static int fail;
module_param(fail, int, 0);
MODULE_PARM_DESC(fail, "the error that init ends with");

static int __init greet_init(void)
{
	unsigned int i, sum = 0;

	for (i = 0; i < nlist; i++)
		sum += list[i];
	pr_info("greet: %d %s %d %u %u %s\n", times, who, loud, nlist, sum, text);
	greet_times(who, times);
	return -fail;
}

static void __exit greet_exit(void)
{
	pr_info("greet: good-bye\n");
}

module_init(greet_init);
module_exit(greet_exit);
MODULE_LICENSE("GPL");
MODULE_AUTHOR("A Student");
MODULE_DESCRIPTION("greets");
MODULE_VERSION("1.2");
