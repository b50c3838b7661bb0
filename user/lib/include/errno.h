/* <errno.h>: one number, as there is one thread; the texts are strerror()'s */
#ifndef _ERRNO_H
#define _ERRNO_H

#include <linux/errno.h>

#define ENOTSUP EOPNOTSUPP

extern int errno;
extern char *program_invocation_short_name;

#endif
