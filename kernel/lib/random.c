/*
 * Random numbers: ChaCha20 (RFC 8439) over a key that the times of interrupts
 * are stirred into. Each request takes its bytes from a block under the
 * current key and then moves the key on, so that what was given out cannot be
 * found again from what is kept.
 *
 * Lock: pool.lock, irq-safe. Context: any.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/random.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <asm/special_insns.h>

#define ROUNDS		10			/* double rounds */

static struct {
	spinlock_t lock;
	u32 key[8];				/* [l] */
	u32 counter;				/* [l] */
	unsigned int stirred;			/* [l] place of the next interrupt's word */
} pool = { .lock = __SPIN_LOCK_UNLOCKED(pool.lock) };

static void quarter_round(u32 *s, int a, int b, int c, int d)
{
	s[a] += s[b];
	s[d] = rol32(s[d] ^ s[a], 16);
	s[c] += s[d];
	s[b] = rol32(s[b] ^ s[c], 12);
	s[a] += s[b];
	s[d] = rol32(s[d] ^ s[a], 8);
	s[c] += s[d];
	s[b] = rol32(s[b] ^ s[c], 7);
}

static void chacha_block(u32 out[16])
{
	static const u32 constants[4] = { 0x61707865, 0x3320646e, 0x79622d32, 0x6b206574 };
	u32 in[16];

	lockdep_assert_held(&pool.lock);
	memcpy(in, constants, sizeof(constants));
	memcpy(in + 4, pool.key, sizeof(pool.key));
	in[12] = pool.counter++;
	in[13] = in[14] = 0;
	in[15] = rdtsc();
	memcpy(out, in, sizeof(in));
	for (int i = 0; i < ROUNDS; i++) {
		quarter_round(out, 0, 4, 8, 12);
		quarter_round(out, 1, 5, 9, 13);
		quarter_round(out, 2, 6, 10, 14);
		quarter_round(out, 3, 7, 11, 15);
		quarter_round(out, 0, 5, 10, 15);
		quarter_round(out, 1, 6, 11, 12);
		quarter_round(out, 2, 7, 8, 13);
		quarter_round(out, 3, 4, 9, 14);
	}
	for (int i = 0; i < 16; i++)
		out[i] += in[i];
}

void get_random_bytes(void *buf, int nbytes)
{
	u32 block[16];
	unsigned long flags;

	spin_lock_irqsave(&pool.lock, flags);
	while (nbytes > 0) {
		int n = min(nbytes, (int)sizeof(block));

		chacha_block(block);
		memcpy(buf, block, n);
		buf += n;
		nbytes -= n;
	}
	chacha_block(block);
	memcpy(pool.key, block, sizeof(pool.key));
	spin_unlock_irqrestore(&pool.lock, flags);
	memzero_explicit(block, sizeof(block));
}
EXPORT_SYMBOL(get_random_bytes);

u32 get_random_u32(void)
{
	u32 value;

	get_random_bytes(&value, sizeof(value));
	return value;
}
EXPORT_SYMBOL(get_random_u32);

u64 get_random_u64(void)
{
	u64 value;

	get_random_bytes(&value, sizeof(value));
	return value;
}
EXPORT_SYMBOL(get_random_u64);

void add_device_randomness(const void *buf, unsigned int size)
{
	const u8 *p = buf;
	unsigned long flags;

	spin_lock_irqsave(&pool.lock, flags);
	for (unsigned int i = 0; i < size; i++)
		((u8 *)pool.key)[i % sizeof(pool.key)] ^= p[i];
	pool.counter++;
	spin_unlock_irqrestore(&pool.lock, flags);
}
EXPORT_SYMBOL(add_device_randomness);

void add_interrupt_randomness(int irq, int irq_flags)
{
	unsigned long flags;

	spin_lock_irqsave(&pool.lock, flags);
	pool.key[pool.stirred++ % ARRAY_SIZE(pool.key)] ^= rol32((u32)rdtsc(), irq);
	spin_unlock_irqrestore(&pool.lock, flags);
}
EXPORT_SYMBOL(add_interrupt_randomness);
