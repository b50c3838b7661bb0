/*
 * Arrays of bits: searches and ranges. Context: any; the caller locks.
 */
#include <linux/bitmap.h>
#include <linux/export.h>

/* The first bit from offset on in addr[] ^ invert; size if there is none. */
static unsigned long find_next(const unsigned long *addr, unsigned long size,
			       unsigned long offset, unsigned long invert)
{
	unsigned long word;

	if (offset >= size)
		return size;
	word = (addr[offset / 32] ^ invert) & BITMAP_FIRST_WORD_MASK(offset);
	offset = round_down(offset, 32);
	while (!word) {
		offset += 32;
		if (offset >= size)
			return size;
		word = addr[offset / 32] ^ invert;
	}
	return min(offset + __ffs(word), size);
}

unsigned long find_next_bit(const unsigned long *addr, unsigned long size, unsigned long offset)
{
	return find_next(addr, size, offset, 0);
}
EXPORT_SYMBOL(find_next_bit);

unsigned long find_next_zero_bit(const unsigned long *addr, unsigned long size,
				 unsigned long offset)
{
	return find_next(addr, size, offset, ~0UL);
}
EXPORT_SYMBOL(find_next_zero_bit);

void __bitmap_set(unsigned long *map, unsigned int start, int len)
{
	for (; len > 0 && start % 32; len--)
		__set_bit(start++, map);
	for (; len >= 32; len -= 32, start += 32)
		map[start / 32] = ~0UL;
	for (; len > 0; len--)
		__set_bit(start++, map);
}
EXPORT_SYMBOL(__bitmap_set);

void __bitmap_clear(unsigned long *map, unsigned int start, int len)
{
	for (; len > 0 && start % 32; len--)
		__clear_bit(start++, map);
	for (; len >= 32; len -= 32, start += 32)
		map[start / 32] = 0;
	for (; len > 0; len--)
		__clear_bit(start++, map);
}
EXPORT_SYMBOL(__bitmap_clear);

/* Word i of map, without what lies behind the last bit. */
static unsigned long word_of(const unsigned long *map, unsigned int i, unsigned int nbits)
{
	return i == nbits / 32 ? map[i] & BITMAP_LAST_WORD_MASK(nbits) : map[i];
}

int bitmap_weight(const unsigned long *map, unsigned int nbits)
{
	int weight = 0;

	for (unsigned int i = 0; i < BITMAP_WORDS(nbits); i++)
		weight += hweight32(word_of(map, i, nbits));
	return weight;
}
EXPORT_SYMBOL(bitmap_weight);
