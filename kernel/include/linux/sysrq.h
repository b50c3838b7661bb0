/*
 * <linux/sysrq.h> - keys that reach the kernel when nothing else does.
 *
 * Three ways lead here: a break on the serial console and then the key, within
 * five seconds; Alt-SysRq-key on the keyboard; the key written to /proc/sysrq-trigger.
 * The first two obey /proc/sys/kernel/sysrq, a mask of what follows (1: all).
 */
#ifndef _LINUX_SYSRQ_H
#define _LINUX_SYSRQ_H

#include <linux/types.h>

#define SYSRQ_ENABLE_LOG	0x0002
#define SYSRQ_ENABLE_KEYBOARD	0x0004
#define SYSRQ_ENABLE_DUMP	0x0008
#define SYSRQ_ENABLE_SYNC	0x0010
#define SYSRQ_ENABLE_REMOUNT	0x0020
#define SYSRQ_ENABLE_SIGNAL	0x0040
#define SYSRQ_ENABLE_BOOT	0x0080
#define SYSRQ_ENABLE_RTNICE	0x0100

struct sysrq_key_op {
	void (*const handler)(int key);		/* any context, interrupts off */
	const char *const help_msg;		/* "sync(s)" */
	const char *const action_msg;		/* said before the handler is called */
	const int enable_mask;			/* SYSRQ_ENABLE_*: any of them */
};

extern int sysrq_enabled;		/* /proc/sys/kernel/sysrq */

/* 0, or -1 where the key, a digit or a small letter, is taken (unregister: by another op). */
int register_sysrq_key(int key, const struct sysrq_key_op *op);
int unregister_sysrq_key(int key, const struct sysrq_key_op *op);

/* What the keys do. Context: any; nothing locked that printing takes. */
void handle_sysrq(int key);
void __handle_sysrq(int key, bool check_mask);

#endif
