/*
 * main.c - system-call micro-benchmarks for small 32-bit x86 kernels.
 *
 * One static, freestanding program: no C library stands between a row and the
 * kernel.  A row whose call answers ENOSYS prints "unsupported" and the run goes on.
 *
 * Time is read with rdtsc.  Under QEMU's -icount shift=0 the TSC counts the
 * instructions of the guest (1 instruction = 1 ns), so a row is exact and
 * repeatable; the program notices by timing a loop of known length and prints
 * the unit "insn".  Otherwise the TSC is calibrated against gettimeofday() and
 * the unit is "ns".  Lines that start with '#' are remarks.
 *
 * As /sbin/init it forks a child which runs all rows, then powers the machine
 * down.  Arguments: prefixes of the rows to run only those; "noreboot".
 * It wants /big (32 MiB, never read since boot), /d100 (100 files), /dev/zero,
 * /dev/null and a writable /tmp.
 */
#include "bench.h"

/* The entry point: the stack holds argc, argv[]. */
__asm__(".globl _start\n"
	"_start:\n"
	"	xorl %ebp,%ebp\n"
	"	movl %esp,%eax\n"
	"	andl $-16,%esp\n"
	"	subl $12,%esp\n"
	"	pushl %eax\n"
	"	call kb_start\n"
	"	hlt\n");

/* A loop of two instructions, n times; the whole is 2n and a constant. */
static u32 known_loop(u32 n)
{
	u64 t = now();

	__asm__ volatile("1: decl %0; jnz 1b" : "+r"(n) : : "cc");
	return (u32)(now() - t);
}

static void calibrate(void)
{
	u32 i, best = ~0u, a, b;

	for (i = 0; i < 5; i++) {
		a = known_loop(1000);
		b = known_loop(2000);
		if (b - a < best)
			best = b - a;
	}
	icount = best == 2000;
	puts_("# known loop: ");
	putn(best);
	puts_(" ticks for 2000 instructions: ");
	puts_(icount ? "the TSC counts instructions" : "the TSC counts time");
	flush();
	if (!icount) {
		u64 t;
		/* 0.25 s of wall clock against the TSC */
		int tv[2], t2[2], us;

		sc2(SYS_gettimeofday, (int)tv, 0);
		t = now();
		do {
			sc2(SYS_gettimeofday, (int)t2, 0);
			us = (t2[0] - tv[0]) * 1000000 + (t2[1] - tv[1]);
		} while (us < 250000);
		t = now() - t;
		ticks_per_us = (u32)udiv(t * 16, (u32)us);
		puts_("# TSC kHz ");
		putn(udiv((u64)ticks_per_us * 1000, 16));
		flush();
	}
}

static void run_all(void)
{
	calibrate();
	if (want("loop"))
		REPEAT("loop_empty", 1000, __asm__ volatile("" : : : "memory"));
	row_big(); /* first: the file must still be cold */
	row_simple();
	row_pipes();
	row_procs();
	row_mem();
	row_signals();
	row_many();
	row_files();
	row_tick();
	row_edu();
	row_module();
	puts_("# done");
	flush();
}

static void about(u64 t0)
{
	puts_("# kbench tsc at start ");
	putn(t0);
	flush();
	{
		static u32 si[32];
		static char un[6 * 65];

		if (sc1(SYS_uname, (int)un) == 0) {
			puts_("# ");
			puts_(un);
			puts_(" ");
			puts_(un + 130);
			flush();
		}
		if (sc1(SYS_sysinfo, (int)si) == 0) {
			puts_("# memory KiB total ");
			putn(si[4] / 1024);
			puts_(" free ");
			putn(si[5] / 1024);
			puts_(" buffers ");
			putn(si[7] / 1024);
			flush();
		}
	}
}


void kb_start(u32 *sp)
{
	u64 t0 = now();
	int argc = (int)sp[0], pid, i, halt = 1;
	char **argv = (char **)(sp + 1);

	if (argc > 1 && argv[1][0] == 'x' && !argv[1][1])
		k_exit(0); /* the exec rows end here */
	MARK(9);
	if (argc > 1) {
		args = argv + 1;
		nargs = argc - 1;
	}
	for (i = 0; i < nargs; i++)
		if (prefix("noreboot", args[i]))
			halt = 0;
	about(t0);
	pid = k_fork();
	if (pid == 0) {
		run_all();
		k_exit(0);
	}
	k_wait(pid);
	if (halt) {
		sc0(SYS_sync);
		spin(3000000);
		sc3(SYS_reboot, (int)0xfee1dead, 672274793, 0x01234567);
		for (;;)
			;
	}
	k_exit(0);
}

