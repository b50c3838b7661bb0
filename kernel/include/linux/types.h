/*
 * The integer and kernel types. dev_t is Linux's 32-bit kernel form
 * (12 bits major, 20 minor; see <linux/kdev_t.h>).
 */
#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

#include <linux/compiler_types.h>
#include <linux/stddef.h>
#include <uapi/linux/types.h>

#ifndef __ASSEMBLY__

typedef _Bool bool;

typedef signed char s8;
typedef unsigned char u8;
typedef short s16;
typedef unsigned short u16;
typedef int s32;
typedef unsigned int u32;
typedef long long s64;
typedef unsigned long long u64;

typedef s8 int8_t;
typedef u8 uint8_t;
typedef u8 u_int8_t;
typedef s16 int16_t;
typedef u16 uint16_t;
typedef u16 u_int16_t;
typedef s32 int32_t;
typedef u32 uint32_t;
typedef u32 u_int32_t;
typedef s64 int64_t;
typedef u64 uint64_t;
typedef u64 u_int64_t;

typedef unsigned char u_char;
typedef unsigned short u_short;
typedef unsigned int u_int;
typedef unsigned long u_long;
typedef unsigned char unchar;
typedef unsigned short ushort;
typedef unsigned int uint;
typedef unsigned long ulong;

typedef unsigned int size_t;
typedef int ssize_t;
typedef int ptrdiff_t;
typedef int intptr_t;
typedef unsigned long uintptr_t;

typedef u32 dev_t;
typedef unsigned long ino_t;
typedef unsigned short umode_t;
typedef unsigned short mode_t;
typedef unsigned int nlink_t;
typedef long off_t;
typedef long long loff_t;
typedef int pid_t;
typedef int daddr_t;
typedef int key_t;
typedef long suseconds_t;
typedef int timer_t;
typedef int clockid_t;
typedef int mqd_t;
typedef unsigned int uid_t;
typedef unsigned int gid_t;
typedef unsigned short uid16_t;
typedef unsigned short gid16_t;
typedef unsigned short old_uid_t;
typedef unsigned short old_gid_t;
typedef char *caddr_t;
typedef long clock_t;
typedef long long time64_t;
typedef long old_time32_t;

typedef u64 sector_t;
typedef u64 blkcnt_t;
typedef unsigned long pgoff_t;
typedef unsigned int __bitwise gfp_t;
typedef unsigned int __bitwise slab_flags_t;
typedef unsigned int __bitwise fmode_t;
typedef u32 dma_addr_t;
typedef u32 phys_addr_t;
typedef phys_addr_t resource_size_t;
typedef unsigned long irq_hw_number_t;

typedef struct {
	int counter;
} atomic_t;
#define ATOMIC_INIT(i) { (i) }

struct list_head {
	struct list_head *next, *prev;
};

struct hlist_node {
	struct hlist_node *next, **pprev;
};

struct hlist_head {
	struct hlist_node *first;
};

struct callback_head {
	struct callback_head *next;
	void (*func)(struct callback_head *head);
};
#define rcu_head callback_head

typedef void (*rcu_callback_t)(struct rcu_head *head);
typedef void (*swap_func_t)(void *a, void *b, int size);
typedef int (*cmp_func_t)(const void *a, const void *b);

#define DECLARE_BITMAP(name, bits) unsigned long name[((bits) + 31) / 32]

#endif
#endif
