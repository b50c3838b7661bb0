/* This CPU's descriptor tables, and the TLS slots of the running task in them. */
#ifndef ASM_DESC_H
#define ASM_DESC_H

#include <asm/desc_defs.h>
#include <asm/segment.h>

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
