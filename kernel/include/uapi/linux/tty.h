/* <linux/tty.h>: numbers of the line disciplines */
#ifndef _UAPI_LINUX_TTY_H
#define _UAPI_LINUX_TTY_H

#define N_TTY 0
#define NR_LDISCS 30

#endif
