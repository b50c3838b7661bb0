/* <linux/mman.h> - PROT_*, MAP_* and what they become in vm_flags. */
#ifndef _LINUX_MMAN_H
#define _LINUX_MMAN_H

#include <linux/mm.h>
#include <uapi/linux/mman.h>

static inline unsigned long calc_vm_prot_bits(unsigned long prot, unsigned long pkey)
{
	/* PROT_READ, WRITE and EXEC have the numbers of VM_READ, WRITE and EXEC. */
	return prot & (PROT_READ | PROT_WRITE | PROT_EXEC);
}

static inline unsigned long calc_vm_flag_bits(unsigned long flags)
{
	return (flags & MAP_GROWSDOWN ? VM_GROWSDOWN : 0) |
	       (flags & MAP_LOCKED ? VM_LOCKED : 0);
}

#endif
