/* This CPU's descriptor tables, and the TLS slots of the running task in them. */
#ifndef ASM_DESC_H
#define ASM_DESC_H

#include <asm/segment.h>
#include <linux/types.h>

/* Segment and gate descriptors and the TSS (Intel SDM vol. 3, chapters 3, 6 and 7). */
/* An eight-byte GDT entry. */
struct desc_struct {
	u16 limit0;
	u16 base0;
	u16 base1: 8, type: 4, s: 1, dpl: 2, p: 1;
	u16 limit1: 4, avl: 1, l: 1, d: 1, g: 1, base2: 8;
} __attribute__((packed));

/* An eight-byte IDT entry. */
struct gate_struct {
	u16 offset_low;
	u16 segment;
	u8 zero;
	u8 type: 5, dpl: 2, p: 1;
	u16 offset_high;
} __attribute__((packed));

/* Operand of LGDT and LIDT. */
struct desc_ptr {
	u16 size;
	u32 address;
} __attribute__((packed));

#define DESC_TYPE_TSS		0x9
#define GATE_TASK		0x5
#define GATE_INTERRUPT		0xE	/* clears IF */
#define GATE_TRAP		0xF

/* Descriptor attributes for GDT_ENTRY_INIT: access byte in bits 0-7, flags nibble in 12-15. */
#define DESC_ACCESSED		0x0001
#define DESC_WRITABLE		0x0002
#define DESC_CODE		0x0008
#define DESC_S			0x0010	/* code or data, not a system segment */
#define DESC_DPL3		0x0060
#define DESC_PRESENT		0x0080
#define DESC_32BIT		0x4000
#define DESC_GRANULAR		0x8000	/* limit counts pages */

#define GDT_ENTRY_INIT(attributes, base, limit) {			\
	.limit0 = (u16)(limit), .limit1 = ((limit) >> 16) & 0xF,	\
	.base0 = (u16)(base), .base1 = ((base) >> 16) & 0xFF,		\
	.base2 = ((base) >> 24) & 0xFF,					\
	.type = (attributes) & 0xF, .s = ((attributes) >> 4) & 1,	\
	.dpl = ((attributes) >> 5) & 3, .p = ((attributes) >> 7) & 1,	\
	.d = ((attributes) >> 14) & 1, .g = ((attributes) >> 15) & 1,	\
}

/* 32-bit task state segment. Only the double fault really switches tasks through one. */
struct tss_struct {
	u16 back_link, __blh;
	u32 sp0;
	u16 ss0, __ss0h;
	u32 sp1;
	u16 ss1, __ss1h;
	u32 sp2;
	u16 ss2, __ss2h;
	u32 cr3, ip, flags;
	u32 ax, cx, dx, bx, sp, bp, si, di;
	u16 es, __esh, cs, __csh, ss, __ssh, ds, __dsh, fs, __fsh, gs, __gsh;
	u16 ldt, __ldth;
	u16 trace, io_bitmap_base;
} __attribute__((packed));

struct task_struct;
struct thread_struct;

extern struct desc_struct cpu_gdt[];
extern struct tss_struct cpu_tss;

/* Own GDT, TSS and IDT in place of the loader's. Context: boot, interrupts off. */
void gdt_init(void);
void idt_init(void);

/* Put @thread's three TLS descriptors into the GDT. Context: the switch, preemption off. */
void load_tls(const struct thread_struct *thread);

/*
 * do_set_thread_area - one TLS slot of @task from a user_desc in user memory
 * @idx: GDT entry number, or -1 to take it from the descriptor (whose -1 means "any free
 * one, and tell me" when @can_allocate). Returns 0, -EINVAL, -EFAULT or -ESRCH (none free).
 */
int do_set_thread_area(struct task_struct *task, int idx, void __user *u_info, int can_allocate);
int do_get_thread_area(struct task_struct *task, int idx, void __user *u_info);

#endif
