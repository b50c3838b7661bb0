#ifndef _LINUX_ELF_H
#define _LINUX_ELF_H

#include <uapi/linux/elf.h>

#define elfhdr		elf32_hdr
#define elf_phdr	elf32_phdr
#define elf_addr_t	Elf32_Addr

#define elf_check_arch(x)	((x)->e_machine == EM_386 || (x)->e_machine == EM_486)
#define ELF_PLATFORM		"i686"

/* Where a position-independent program goes that does not say: above where small ones lie. */
#define ELF_ET_DYN_BASE		0x56555000UL

#endif
