/* <sys/types.h>: files are 64 bits long, dates 32 (as in the calls without _time64) */
#ifndef _SYS_TYPES_H
#define _SYS_TYPES_H

#include <linux/types.h>
#include <stddef.h>
#include <stdint.h>

typedef __kernel_ssize_t ssize_t;
typedef long long off_t;
typedef long long off64_t;
typedef long long loff_t;
typedef unsigned long long ino_t;
typedef unsigned long long dev_t;
typedef unsigned int mode_t;
typedef unsigned int nlink_t;
typedef __kernel_uid32_t uid_t;
typedef __kernel_gid32_t gid_t;
typedef __kernel_pid_t pid_t;
typedef unsigned int id_t;
typedef long blksize_t;
typedef unsigned long long blkcnt_t;
typedef unsigned long long fsblkcnt_t;
typedef unsigned long long fsfilcnt_t;
typedef __kernel_old_time_t time_t;
typedef __kernel_suseconds_t suseconds_t;
typedef unsigned int useconds_t;
typedef __kernel_clock_t clock_t;
typedef __kernel_clockid_t clockid_t;
typedef __kernel_timer_t timer_t;
typedef __kernel_key_t key_t;
typedef __kernel_caddr_t caddr_t;

typedef unsigned char u_char;
typedef unsigned short u_short;
typedef unsigned int u_int;
typedef unsigned long u_long;
typedef uint8_t u_int8_t;
typedef uint16_t u_int16_t;
typedef uint32_t u_int32_t;

#endif
