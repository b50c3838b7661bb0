/* <linux/elf-em.h>: e_machine */
#ifndef _UAPI_LINUX_ELF_EM_H
#define _UAPI_LINUX_ELF_EM_H

#define EM_NONE 0
#define EM_386 3
#define EM_486 6

#endif
