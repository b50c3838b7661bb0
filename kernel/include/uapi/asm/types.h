/* <asm/types.h>: integers of a fixed width, as the kernel's interface names them */
#ifndef _UAPI_ASM_TYPES_H
#define _UAPI_ASM_TYPES_H

#ifndef __NASM__
typedef signed char __s8;
typedef unsigned char __u8;
typedef signed short __s16;
typedef unsigned short __u16;
typedef signed int __s32;
typedef unsigned int __u32;
typedef signed long long __s64;
typedef unsigned long long __u64;
#endif

#endif
