#ifndef _LINUX_HASH_H
#define _LINUX_HASH_H

#include <linux/types.h>

/* 2^32 and 2^64 divided by the golden ratio: neighbours end far apart. */
#define GOLDEN_RATIO_32 0x61C88647
#define GOLDEN_RATIO_64 0x61C8864680B583EBull

/* The upper `bits` bits, which are the well mixed ones. */
static inline u32 hash_32(u32 val, unsigned int bits)
{
	return (val * GOLDEN_RATIO_32) >> (32 - bits);
}

static inline u32 hash_64(u64 val, unsigned int bits)
{
	return hash_32((u32)val ^ ((u32)(val >> 32) * GOLDEN_RATIO_32), bits);
}

#define hash_long(val, bits) hash_32((u32)(val), bits)

static inline u32 hash_ptr(const void *ptr, unsigned int bits)
{
	return hash_32((u32)(uintptr_t)ptr, bits);
}

#endif
