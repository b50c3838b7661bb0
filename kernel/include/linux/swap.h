/* <linux/swap.h> - there is no swap; what drivers and file systems expect to find here. */
#ifndef _LINUX_SWAP_H
#define _LINUX_SWAP_H

#include <linux/mm.h>

struct sysinfo;

extern void si_meminfo(struct sysinfo *info);
extern unsigned long nr_free_pages(void);
extern unsigned long nr_free_buffer_pages(void);
extern unsigned long totalram_pages(void);

#endif
