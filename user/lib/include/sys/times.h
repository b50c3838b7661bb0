/* <sys/times.h> */
#ifndef _SYS_TIMES_H
#define _SYS_TIMES_H

#include <linux/times.h>
#include <sys/types.h>

clock_t times(struct tms *buf);

#endif
