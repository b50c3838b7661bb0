/* <sys/param.h> */
#ifndef _SYS_PARAM_H
#define _SYS_PARAM_H

#include <limits.h>
#include <linux/param.h>

#define MAXPATHLEN PATH_MAX
#define NBBY CHAR_BIT
#define DEV_BSIZE 512
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define howmany(n, d) (((n) + (d) - 1) / (d))
#define roundup(n, d) (howmany(n, d) * (d))

#endif
