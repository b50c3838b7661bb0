/* <utime.h> */
#ifndef _UTIME_H
#define _UTIME_H

#include <linux/utime.h>

int utime(const char *path, const struct utimbuf *times);

#endif
