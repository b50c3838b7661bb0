#ifndef _UAPI_ASM_PARAM_H
#define _UAPI_ASM_PARAM_H

#define HZ 100			/* ticks of times() and of /proc a second, whatever the kernel's own */

#endif
