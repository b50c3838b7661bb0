/*
 * Random numbers: a ChaCha20 generator fed by the TSC at interrupts and by
 * RDRAND where the CPU has it. drivers/char/random.c gives it to user space.
 */
#ifndef _LINUX_RANDOM_H
#define _LINUX_RANDOM_H

#include <linux/types.h>
#include <uapi/linux/random.h>

/* Context: any. */
void get_random_bytes(void *buf, int nbytes);
u32 get_random_u32(void);
u64 get_random_u64(void);
#define get_random_int()	get_random_u32()
#define get_random_long()	get_random_u32()
#define prandom_u32()		get_random_u32()
static inline u32 prandom_u32_max(u32 ceil)
{
	return (u32)(((u64)get_random_u32() * ceil) >> 32);
}
/* Stirs in what somebody else cannot know, such as the time of an interrupt. */
void add_device_randomness(const void *buf, unsigned int size);
void add_interrupt_randomness(int irq, int irq_flags);
#define add_input_randomness(type, code, value) add_interrupt_randomness(code, value)

#endif
