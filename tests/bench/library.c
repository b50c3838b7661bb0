/*
 * library.c - numbers and lines, without a C library.
 */
#include "bench.h"

char buf[64 * KIB];

void *memset(void *d, int c, u32 n);

/* gcc may ask for these even when freestanding */
void *memset(void *d, int c, u32 n)
{
	unsigned char *p = d;

	while (n--) {
		*p++ = (unsigned char)c;
		__asm__ volatile("" : : : "memory");
	}
	return d;
}

int prefix(const char *p, const char *s)
{
	while (*p)
		if (*p++ != *s++)
			return 0;
	return 1;
}

/* 64 / 32 division without libgcc; the quotient may be 64 bits wide */
u64 udiv(u64 a, u32 d)
{
	u32 hi = (u32)(a >> 32), lo = (u32)a, qh, ql, r;

	qh = hi / d;
	r = hi % d;
	__asm__("divl %4" : "=a"(ql), "=d"(r) : "0"(lo), "1"(r), "r"(d) : "cc");
	return ((u64)qh << 32) | ql;
}

static char line[256];
static int llen;

void puts_(const char *s)
{
	while (*s && llen < (int)sizeof line - 1)
		line[llen++] = *s++;
}

void putn(u64 v)
{
	char b[24];
	int i = 23;

	b[i] = 0;
	do {
		u64 q = udiv(v, 10);

		b[--i] = (char)('0' + (int)(v - q * 10));
		v = q;
	} while (v);
	puts_(b + i);
}

/* v is in hundredths */
void putfix(u64 v)
{
	u64 q = udiv(v, 100);
	u32 f = (u32)(v - q * 100);
	char b[4];

	putn(q);
	b[0] = '.';
	b[1] = (char)('0' + f / 10);
	b[2] = (char)('0' + f % 10);
	b[3] = 0;
	puts_(b);
}

void spin(u32 ticks)
{
	u64 t = now();

	while (now() - t < ticks)
		;
}

/* Write the line and wait until it has left, so that the console's own
 * interrupts do not fall into the next row. */
void flush(void)
{
	line[llen++] = '\n';
	k_write(1, line, llen);
	llen = 0;
	sc3(SYS_ioctl, 1, 0x5409 /* TCSBRK: tcdrain */, 1);
	spin(200000);
}

/* read all of n bytes */
int readn(int f, void *b, int n)
{
	int got = 0, r;

	while (got < n) {
		r = k_read(f, (char *)b + got, n - got);
		if (r <= 0)
			return got ? got : r;
		got += r;
	}
	return got;
}
