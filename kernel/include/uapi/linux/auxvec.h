/* <linux/auxvec.h>: the auxiliary vector, pairs above envp on a new program's stack */
#ifndef _UAPI_LINUX_AUXVEC_H
#define _UAPI_LINUX_AUXVEC_H

#define AT_NULL 0
#define AT_IGNORE 1
#define AT_EXECFD 2
#define AT_PHDR 3		/* the program headers in memory */
#define AT_PHENT 4
#define AT_PHNUM 5
#define AT_PAGESZ 6
#define AT_BASE 7		/* where the interpreter was loaded; 0 for a static program */
#define AT_FLAGS 8
#define AT_ENTRY 9
#define AT_NOTELF 10
#define AT_UID 11
#define AT_EUID 12
#define AT_GID 13
#define AT_EGID 14
#define AT_PLATFORM 15
#define AT_HWCAP 16		/* CPUID.1:EDX */
#define AT_CLKTCK 17
#define AT_SECURE 23
#define AT_BASE_PLATFORM 24
#define AT_RANDOM 25		/* 16 random bytes */
#define AT_HWCAP2 26
#define AT_EXECFN 31
#define AT_MINSIGSTKSZ 51

/* i386 passes these for a vDSO, which Lectern does not have: never sent */
#define AT_SYSINFO 32
#define AT_SYSINFO_EHDR 33

#endif
