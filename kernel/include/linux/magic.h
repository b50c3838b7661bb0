#ifndef _LINUX_MAGIC_H
#define _LINUX_MAGIC_H

#include <uapi/linux/magic.h>

#endif
