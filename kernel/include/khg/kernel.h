/*
 * <khg/kernel.h> - printk() and panic(), which have not changed.
 */
#ifndef _KHG_KERNEL_H
#define _KHG_KERNEL_H

#include <khg/base.h>

#endif
