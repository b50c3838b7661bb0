#ifndef _LINUX_DIRENT_H
#define _LINUX_DIRENT_H

#include <uapi/linux/dirent.h>

#endif
