/* <asm/ldt.h>: what set_thread_area() takes */
#ifndef _UAPI_ASM_LDT_H
#define _UAPI_ASM_LDT_H

struct user_desc {
	unsigned int entry_number;	/* -1: choose one and tell me */
	unsigned int base_addr;
	unsigned int limit;
	unsigned int seg_32bit : 1;
	unsigned int contents : 2;
	unsigned int read_exec_only : 1;
	unsigned int limit_in_pages : 1;
	unsigned int seg_not_present : 1;
	unsigned int useable : 1;
};

#endif
