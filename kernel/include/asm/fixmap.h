/* Pages at fixed virtual addresses below the top of the address space. */
#ifndef ASM_FIXMAP_H
#define ASM_FIXMAP_H

#include <asm/pgtable.h>

/*
 * The one page above TASK_SIZE that user space may read and run: the stubs a
 * signal handler returns through. Its address is part of every signal frame.
 */
#define FIX_SIGRETURN_ADDR	0xFFFFE000UL

/* The area as a whole: what lies above it is the last, never mapped page. */
#define FIXADDR_START		FIX_SIGRETURN_ADDR
#define FIXADDR_TOP		0xFFFFF000UL
#define FIXADDR_SIZE		(FIXADDR_TOP - FIXADDR_START)

/* Map physical page @phys at fixed address @vaddr. Context: boot. */
void set_fixmap(unsigned long vaddr, unsigned long phys, pgprot_t prot);

#endif
