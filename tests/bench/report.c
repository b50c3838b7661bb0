/*
 * report.c - which rows are wanted, their samples, and a line for each:
 *
 *   NAME VALUE UNIT med=… max=… n=… reps=…
 *
 * VALUE is the smallest of the batches, so it holds no timer tick when the batch
 * is shorter than a tick.
 */
#include "bench.h"

#define NSAMP 256

static u64 samp[NSAMP];
int nsamp;
int icount;
u32 ticks_per_us;
int nargs;
char **args;

/* Is the row wanted?  Some kernels hand init all its arguments as one
 * string, so words are separated by blanks as well. */
int want(const char *name)
{
	int i, any = 0;

	for (i = 0; i < nargs; i++) {
		const char *w = args[i];

		while (*w) {
			const char *n = name;

			while (*w == ' ')
				w++;
			if (!*w)
				break;
			/* nokaslr: Linux hands that word on to init */
			if (prefix("noreboot", w) || prefix("nokaslr", w)) {
				while (*w && *w != ' ')
					w++;
				continue;
			}
			any = 1;
			while (*w && *w != ' ' && *w == *n) {
				w++;
				n++;
			}
			if (!*w || *w == ' ')
				return 1;
			while (*w && *w != ' ')
				w++;
		}
	}
	return !any;
}

void unsupported(const char *name)
{
	puts_(name);
	puts_(" unsupported");
	flush();
}

/* ticks * 100 / n, as instructions or nanoseconds */
static u64 scale(u64 t, u32 n)
{
	if (!icount)
		t = udiv(t * 16000, ticks_per_us);
	return udiv(t * 100, n);
}

static void put_unit(void)
{
	puts_(icount ? " insn" : " ns");
}

void report(const char *name, u32 n)
{
	int i, j;

	for (i = 1; i < nsamp; i++) {
		u64 v = samp[i];

		for (j = i; j > 0 && samp[j - 1] > v; j--)
			samp[j] = samp[j - 1];
		samp[j] = v;
	}
	puts_(name);
	if (nsamp) {
		puts_(" ");
		putfix(scale(samp[0], n));
		put_unit();
		puts_(" med=");
		putfix(scale(samp[nsamp / 2], n));
		puts_(" max=");
		putfix(scale(samp[nsamp - 1], n));
		puts_(" n=");
		putn(n);
		puts_(" reps=");
		putn((u64)nsamp);
	} else
		puts_(" failed");
	nsamp = 0;
	flush();
}

void add(u64 t)
{
	if (nsamp < NSAMP)
		samp[nsamp++] = t;
}
