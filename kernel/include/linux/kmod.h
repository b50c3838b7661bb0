/*
 * <linux/kmod.h> - modules that the kernel wants.
 */
#ifndef _LINUX_KMOD_H
#define _LINUX_KMOD_H

#include <linux/umh.h>
#include <linux/printk.h>

/* Runs modprobe with that name. 0, or a negative errno or modprobe's status. Context: process, may sleep. */
__printf(2, 3) int __request_module(bool wait, const char *fmt, ...);

#define request_module(fmt, ...)	__request_module(true, fmt, ##__VA_ARGS__)
#define request_module_nowait(fmt, ...)	__request_module(false, fmt, ##__VA_ARGS__)
#define try_then_request_module(x, fmt, ...) ((x) ?: (request_module(fmt, ##__VA_ARGS__), (x)))

#endif
