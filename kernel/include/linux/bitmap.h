/*
 * Arrays of bits. Bit operations on single bits are in <linux/bitops.h>.
 */
#ifndef _LINUX_BITMAP_H
#define _LINUX_BITMAP_H

#include <linux/bitops.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/types.h>

#define BITMAP_FIRST_WORD_MASK(start) (~0UL << ((start) & 31))
#define BITMAP_LAST_WORD_MASK(nbits) (~0UL >> (-(nbits) & 31))
#define BITMAP_WORDS(nbits) (((nbits) + 31) / 32)

void __bitmap_set(unsigned long *map, unsigned int start, int len);
void __bitmap_clear(unsigned long *map, unsigned int start, int len);
#define bitmap_set(map, start, len) __bitmap_set(map, start, len)
#define bitmap_clear(map, start, len) __bitmap_clear(map, start, len)
int bitmap_weight(const unsigned long *map, unsigned int nbits);

/* Every bit of a is in b, too. */
static inline bool bitmap_subset(const unsigned long *a, const unsigned long *b, unsigned int nbits)
{
	for (unsigned int bit = 0; bit < nbits; bit++)
		if (test_bit(bit, a) && !test_bit(bit, b))
			return false;
	return true;
}

static inline void bitmap_zero(unsigned long *dst, unsigned int nbits)
{
	memset(dst, 0, BITMAP_WORDS(nbits) * sizeof(long));
}

static inline void bitmap_fill(unsigned long *dst, unsigned int nbits)
{
	memset(dst, 0xff, BITMAP_WORDS(nbits) * sizeof(long));
}

static inline void bitmap_copy(unsigned long *dst, const unsigned long *src, unsigned int nbits)
{
	memcpy(dst, src, BITMAP_WORDS(nbits) * sizeof(long));
}

#endif
