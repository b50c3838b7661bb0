/*
 * <asm/set_memory.h> - protection of pages in the vmalloc area, which have small pages of their own.
 */
#ifndef ASM_SET_MEMORY_H
#define ASM_SET_MEMORY_H

/* @addr on a page; 0. What writes there afterwards faults. Context: process. */
int set_memory_ro(unsigned long addr, int numpages);
int set_memory_rw(unsigned long addr, int numpages);

#endif
