#ifndef _STDARG_H
#define _STDARG_H

#include <linux/stdarg.h>

#endif
