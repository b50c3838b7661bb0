/*
 * bench.h - how a row is timed and told.
 *
 *   REPEAT("name", n, statement)
 *
 * runs the statement n times, REPS times over, and prints the smallest time of
 * one.  The timed part lies between two marker instructions, which a plug-in of
 * the emulator recognises (counting.c, profile.c).
 */
#ifndef _TESTS_BENCH_BENCH_H
#define _TESTS_BENCH_BENCH_H

#include "calls.h"

static inline u64 now(void)
{
	u32 lo, hi;

	__asm__ volatile("rdtsc" : "=a"(lo), "=d"(hi) : : "memory");
	return ((u64)hi << 32) | lo;
}

/* A seven-byte no-op which says nothing to the CPU but which a plug-in can
 * recognise: nopl 0x4b42xxxx(%eax). */
#define MARK_STR(x) #x
#define MARK(id) __asm__ volatile(".byte 0x0f,0x1f,0x80; .long 0x4b420000+" MARK_STR(id) : : : "memory")

#define KIB 1024
#define MIB (1024 * 1024)
#define REPS 11

#define O_RDONLY 0
#define O_RDWR 2
#define O_CREAT 0100
#define O_TRUNC 01000
#define SELF "/sbin/init"
#define TMPF "/tmp/kbf"
#define STATF "/d100/f42"

extern int icount;		/* the TSC counts instructions */
extern u32 ticks_per_us;	/* else: TSC ticks in a microsecond, times 16 */
extern int nargs;		/* the rows asked for, by prefix */
extern char **args;
extern char buf[64 * KIB];
extern int nsamp;		/* samples taken of the row under way */

/* library.c */
int prefix(const char *p, const char *s);
u64 udiv(u64 a, u32 d);
void puts_(const char *s);
void putn(u64 v);
void putfix(u64 v);
void spin(u32 ticks);
void flush(void);
int readn(int f, void *b, int n);

/* report.c */
int want(const char *name);
void unsupported(const char *name);
void add(u64 t);
void report(const char *name, u32 n);

/* the rows, a file each */
void row_big(void);
void row_simple(void);
void row_pipes(void);
void row_procs(void);
void row_mem(void);
void row_signals(void);
void row_many(void);
void row_files(void);
void row_tick(void);
void row_edu(void);
void row_module(void);

/* Time n runs of stmt, REPS times (and once before, not counted). */
#define REPEAT(name, n, stmt) REPEATD(name, n, n, stmt)
/* The same, with the result divided by d instead of by n. */
#define REPEATD(name, n, d, stmt) do {                          \
	int rep_, i_;                                           \
	for (rep_ = -1; rep_ < REPS; rep_++) {                  \
		u64 t_;                                         \
		MARK(1);                                        \
		t_ = now();                                     \
		for (i_ = 0; i_ < (n); i_++) { stmt; }          \
		t_ = now() - t_;                                \
		MARK(2);                                        \
		if (rep_ >= 0)                                  \
			add(t_);                                \
	}                                                       \
	report(name, d);                                        \
} while (0)

#endif
