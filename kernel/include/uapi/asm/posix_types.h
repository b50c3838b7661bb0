/* <asm/posix_types.h>: POSIX's types at the width the i386 system calls have them */
#ifndef _UAPI_ASM_POSIX_TYPES_H
#define _UAPI_ASM_POSIX_TYPES_H

/*
 * Many exist twice: once at the width of 1992 and once wider, after disks,
 * user ids and dates outgrew it.  The calls with the wide types have other
 * numbers (stat64, chown32, clock_gettime64).
 */
typedef unsigned long __kernel_ino_t;
typedef long __kernel_off_t;
typedef long long __kernel_loff_t;
typedef int __kernel_pid_t;
typedef unsigned short __kernel_old_uid_t;
typedef unsigned short __kernel_old_gid_t;
typedef unsigned int __kernel_uid32_t;
typedef unsigned int __kernel_gid32_t;
typedef unsigned int __kernel_size_t;
typedef int __kernel_ssize_t;
typedef long __kernel_long_t;
typedef unsigned long __kernel_ulong_t;
typedef long __kernel_old_time_t;
typedef long long __kernel_time64_t;
typedef long __kernel_suseconds_t;
typedef long __kernel_clock_t;
typedef int __kernel_timer_t;
typedef int __kernel_clockid_t;
typedef int __kernel_daddr_t;
typedef int __kernel_key_t;
typedef char *__kernel_caddr_t;

typedef struct {
	int val[2];
} __kernel_fsid_t;

#endif
