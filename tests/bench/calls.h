/*
 * calls.h - the system calls of Linux on i386, straight: no C library between
 * a row and the kernel that it measures.
 */
#ifndef _TESTS_BENCH_CALLS_H
#define _TESTS_BENCH_CALLS_H

typedef unsigned int u32;
typedef unsigned long long u64;

#define ENOSYS 38

static inline int sc0(int n)
{
	int r;
	__asm__ volatile("int $0x80" : "=a"(r) : "0"(n) : "memory");
	return r;
}
static inline int sc1(int n, int a)
{
	int r;
	__asm__ volatile("int $0x80" : "=a"(r) : "0"(n), "b"(a) : "memory");
	return r;
}
static inline int sc2(int n, int a, int b)
{
	int r;
	__asm__ volatile("int $0x80" : "=a"(r) : "0"(n), "b"(a), "c"(b) : "memory");
	return r;
}
static inline int sc3(int n, int a, int b, int c)
{
	int r;
	__asm__ volatile("int $0x80" : "=a"(r) : "0"(n), "b"(a), "c"(b), "d"(c) : "memory");
	return r;
}
static inline int sc4(int n, int a, int b, int c, int d)
{
	int r;
	__asm__ volatile("int $0x80" : "=a"(r) : "0"(n), "b"(a), "c"(b), "d"(c), "S"(d) : "memory");
	return r;
}
static inline int sc5(int n, int a, int b, int c, int d, int e)
{
	int r;
	__asm__ volatile("int $0x80" : "=a"(r) : "0"(n), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e) : "memory");
	return r;
}
/* six arguments, the sixth (ebp) always 0 */
static inline int sc6z(int n, int a, int b, int c, int d, int e)
{
	int r;
	__asm__ volatile("push %%ebp; xor %%ebp,%%ebp; int $0x80; pop %%ebp"
			 : "=a"(r) : "0"(n), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e) : "memory");
	return r;
}

#define SYS_exit 1
#define SYS_fork 2
#define SYS_read 3
#define SYS_write 4
#define SYS_open 5
#define SYS_close 6
#define SYS_unlink 10
#define SYS_execve 11
#define SYS_lseek 19
#define SYS_getpid 20
#define SYS_sync 36
#define SYS_mount 21
#define SYS_kill 37
#define SYS_mkdir 39
#define SYS_dup 41
#define SYS_pipe 42
#define SYS_brk 45
#define SYS_ioctl 54
#define SYS_getppid 64
#define SYS_sigaction 67
#define SYS_gettimeofday 78
#define SYS_old_mmap 90
#define SYS_reboot 88
#define SYS_munmap 91
#define SYS_socketcall 102
#define SYS_wait4 114
#define SYS_sysinfo 116
#define SYS_fsync 118
#define SYS_uname 122
#define SYS_mprotect 125
#define SYS_newselect 142
#define SYS_sched_yield 158
#define SYS_nanosleep 162
#define SYS_poll 168
#define SYS_rt_sigaction 174
#define SYS_delete_module 129
#define SYS_pread64 180
#define SYS_vfork 190
#define SYS_mmap2 192
#define SYS_stat64 195
#define SYS_madvise 219
#define SYS_finit_module 350
#define SYS_getdents64 220
#define SYS_futex 240
#define SYS_epoll_create 254
#define SYS_epoll_ctl 255
#define SYS_epoll_wait 256
#define SYS_clock_gettime 265

static inline void k_exit(int c)                { for (;;) sc1(SYS_exit, c); }
static inline int k_fork(void)                  { return sc0(SYS_fork); }
static inline int k_read(int f, void *b, int n) { return sc3(SYS_read, f, (int)b, n); }
static inline int k_write(int f, const void *b, int n) { return sc3(SYS_write, f, (int)b, n); }
static inline int k_open(const char *p, int fl) { return sc3(SYS_open, (int)p, fl, 0644); }
static inline int k_close(int f)                { return sc1(SYS_close, f); }
static inline int k_unlink(const char *p)       { return sc1(SYS_unlink, (int)p); }
static inline int k_dup(int f)                  { return sc1(SYS_dup, f); }
static inline int k_pipe(int *p)                { return sc1(SYS_pipe, (int)p); }
static inline int k_wait(int pid)               { return sc4(SYS_wait4, pid, 0, 0, 0); }
static inline int k_stat(const char *p, void *b){ return sc2(SYS_stat64, (int)p, (int)b); }
static inline int k_null(void)                  { return sc0(SYS_getppid); }
static inline int k_exec(const char *p, char **av)
{
	static char *ev[1];

	return sc3(SYS_execve, (int)p, (int)av, (int)ev);
}

#endif
