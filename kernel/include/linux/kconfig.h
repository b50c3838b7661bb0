/*
 * <linux/kconfig.h> - what Lectern is, as a configuration of Linux would say it. Modules have it
 * before their first line, as with Linux.
 */
#ifndef _LINUX_KCONFIG_H
#define _LINUX_KCONFIG_H

#define CONFIG_X86 1
#define CONFIG_X86_32 1
#define CONFIG_MMU 1
#define CONFIG_HZ 100
#define CONFIG_MODULES 1
#define CONFIG_MODULE_UNLOAD 1
#define CONFIG_KALLSYMS 1
#define CONFIG_KPROBES 1
#define CONFIG_BUG 1
#define CONFIG_PRINTK 1
#define CONFIG_BLOCK 1
#define CONFIG_PCI 1
#define CONFIG_PCI_MSI 1
#define CONFIG_I2C 1
#define CONFIG_GPIOLIB 1
#define CONFIG_INPUT 1
#define CONFIG_TTY 1
#define CONFIG_VT 1
#define CONFIG_FB 1
#define CONFIG_HAS_IOMEM 1
#define CONFIG_HAS_IOPORT_MAP 1
#define CONFIG_HAS_DMA 1
#define CONFIG_DEVTMPFS 1
#define CONFIG_PROC_FS 1
#define CONFIG_SYSFS 1
#define CONFIG_DEBUG_FS 1
#define CONFIG_TMPFS 1
#define CONFIG_EXT2_FS 1
#define CONFIG_HIGH_RES_TIMERS 1
#define CONFIG_MAGIC_SYSRQ 1
#define CONFIG_EPOLL 1
#define CONFIG_EVENTFD 1
#define CONFIG_ELF_CORE 1

#if DEBUG_BUILD
#define CONFIG_DEBUG_KERNEL 1
#define CONFIG_DEBUG_LIST 1
#define CONFIG_DEBUG_OBJECTS 1
#define CONFIG_DEBUG_MUTEXES 1
#define CONFIG_DEBUG_SPINLOCK 1
#define CONFIG_DEBUG_ATOMIC_SLEEP 1
#define CONFIG_DMA_API_DEBUG 1
#define CONFIG_LOCKDEP 1
#define CONFIG_PROVE_LOCKING 1
#define CONFIG_KASAN 1
#define CONFIG_UBSAN 1
#define CONFIG_DETECT_HUNG_TASK 1
#endif

/* 1 or 0, for the preprocessor and for C: whether an option is 1. */
#define __ARG_PLACEHOLDER_1	0,
#define __take_second_arg(ignored, value, ...) value
#define __is_defined(x)		___is_defined(x)
#define ___is_defined(value)	____is_defined(__ARG_PLACEHOLDER_##value)
#define ____is_defined(arg1_or_junk) __take_second_arg(arg1_or_junk 1, 0)
#define IS_BUILTIN(option)	__is_defined(option)
#define IS_MODULE(option)	__is_defined(option##_MODULE)
#define IS_ENABLED(option)	__is_defined(option)
#define IS_REACHABLE(option)	__is_defined(option)

#endif
