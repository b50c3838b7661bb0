/*
 * <linux/lp.h> - the parallel printer: see <uapi/linux/lp.h>.
 */
#ifndef _LINUX_LP_H
#define _LINUX_LP_H

#include <uapi/linux/lp.h>

#endif
