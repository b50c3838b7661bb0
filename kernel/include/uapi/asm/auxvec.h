/* <asm/auxvec.h> */
#ifndef _UAPI_ASM_AUXVEC_H
#define _UAPI_ASM_AUXVEC_H

/* i386 passes these for a vDSO, which Lectern does not have: never sent */
#define AT_SYSINFO 32
#define AT_SYSINFO_EHDR 33

#endif
