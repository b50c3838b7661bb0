/*
 * <linux/console_struct.h> - the virtual consoles by their numbers. There is one, the first.
 */
#ifndef _LINUX_CONSOLE_STRUCT_H
#define _LINUX_CONSOLE_STRUCT_H

#include <linux/tty.h>
#include <uapi/linux/vt.h>

struct vc_data {
	struct tty_port port;			/* keys go in here; port.tty is the terminal */
	unsigned short vc_num;			/* constant */
	unsigned int vc_cols, vc_rows;		/* constant */
};

struct vc {
	struct vc_data *d;			/* NULL: no such console; constant after boot */
};

extern struct vc vc_cons[MAX_NR_CONSOLES];
extern int fg_console;				/* which is seen; constant */

#endif
