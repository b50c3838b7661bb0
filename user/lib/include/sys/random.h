/* <sys/random.h> */
#ifndef _SYS_RANDOM_H
#define _SYS_RANDOM_H

#include <linux/random.h>
#include <sys/types.h>

ssize_t getrandom(void *buf, size_t len, unsigned int flags);

#endif
