/*
 * memory.c - mappings and page faults.
 */
#include "bench.h"

static int use_old_mmap;

/* Private, anonymous when fd is negative. */
static char *k_mmap(u32 len, int fd)
{
	int r, fl = fd < 0 ? 0x22 : 0x02; /* PRIVATE [| ANONYMOUS] */
	u32 m[6];

	if (!use_old_mmap) {
		r = sc6z(SYS_mmap2, 0, (int)len, 3, fl, fd);
		if (r != -ENOSYS)
			return (char *)r;
		use_old_mmap = 1;
	}
	m[0] = 0;
	m[1] = len;
	m[2] = 3;
	m[3] = (u32)fl;
	m[4] = (u32)fd;
	m[5] = 0;
	return (char *)sc1(SYS_old_mmap, (int)m);
}

/* To be read and, without a file, written; from page @first of a file. */
static char *k_mmap_shared(u32 len, int fd, int first)
{
	u32 m[6] = { 0, len, fd < 0 ? 3 : 1, fd < 0 ? 0x21 : 0x01, (u32)fd, (u32)first * 4096 };

	return (char *)sc1(SYS_old_mmap, (int)m);
}

static void k_munmap(char *p, u32 len)
{
	sc2(SYS_munmap, (int)p, (int)len);
}

static int bad(const char *p)
{
	return (u32)p > 0xfffff000u;
}

static void touch(volatile char *p, u32 len)
{
	u32 i;

	for (i = 0; i < len; i += 4096)
		p[i] = 1;
}

static void touch_r(volatile char *p, u32 len)
{
	u32 i;

	for (i = 0; i < len; i += 4096)
		(void)p[i];
}

static void rows_map(void)
{
	char *p;

	if (want("mmap_touch_1m"))
		REPEAT("mmap_touch_1m", 1,
		       p = k_mmap(MIB, -1);
		       touch(p, MIB);
		       k_munmap(p, MIB));
	if (want("mmap_munmap"))
		REPEAT("mmap_munmap", 50,
		       p = k_mmap(MIB, -1);
		       k_munmap(p, MIB));
}

static void row_fault_anon(void)
{
	char *p;
	int i;
	u64 t;

	for (i = -1; i < REPS; i++) {
		p = k_mmap(MIB, -1);
		MARK(1);
		t = now();
		touch(p, MIB);
		t = now() - t;
		MARK(2);
		if (i >= 0)
			add(t);
		k_munmap(p, MIB);
	}
	report("pgfault_anon", 256);
}

/* Giving 256 touched pages back; per page */
static void row_unmap(void)
{
	char *p;
	int i;
	u64 t;

	for (i = -1; i < REPS; i++) {
		p = k_mmap(MIB, -1);
		touch(p, MIB);
		MARK(1);
		t = now();
		k_munmap(p, MIB);
		t = now() - t;
		MARK(2);
		if (i >= 0)
			add(t);
	}
	report("munmap_256p", 256);
}

static void row_fault_file(void)
{
	int fd = k_open("/big", O_RDONLY), i;
	char *p = k_mmap(MIB, fd);
	u64 t;

	if (fd < 0 || bad(p)) {
		unsupported("pgfault_file");
		k_close(fd);
		return;
	}
	touch_r(p, MIB); /* into the cache */
	k_munmap(p, MIB);
	for (i = -1; i < REPS; i++) {
		p = k_mmap(MIB, fd);
		t = now();
		touch_r(p, MIB);
		t = now() - t;
		if (i >= 0)
			add(t);
		k_munmap(p, MIB);
	}
	report("pgfault_file", 256);
	k_close(fd);
}

/* A page that a driver's or a shared object's fault() finds; per page */
static void row_fault_shared(void)
{
	char *p;
	int i;
	u64 t;

	for (i = -1; i < REPS; i++) {
		p = k_mmap_shared(MIB, -1, 0);
		touch(p, MIB);		/* so that the pages exist: the fault alone is measured */
		sc3(SYS_madvise, (int)p, MIB, 4); /* DONTNEED */
		t = now();
		touch(p, MIB);
		t = now() - t;
		if (i >= 0)
			add(t);
		k_munmap(p, MIB);
	}
	report("pgfault_shared", 256);
}

/* Device memory that mmap() enters whole: 64 KiB of the VGA's, mapped, touched, given back */
static void row_map_device(void)
{
	int fd = k_open("/dev/mem", O_RDONLY);
	char *p = k_mmap_shared(65536, fd, 0xa0);

	if (fd < 0 || bad(p)) {
		unsupported("mmap_device_64k");
	} else {
		k_munmap(p, 65536);
		REPEAT("mmap_device_64k", 10,
		       p = k_mmap_shared(65536, fd, 0xa0);
		       touch_r(p, 65536);
		       k_munmap(p, 65536));
	}
	k_close(fd);
}

static void row_fault_cow(void)
{
	char *p = k_mmap(MIB, -1);
	int a[2], pid, i;
	u64 t;

	touch(p, MIB);
	k_pipe(a);
	for (i = -1; i < REPS; i++) {
		pid = k_fork();
		if (pid == 0) {
			MARK(1);
			t = now();
			touch(p, MIB);
			t = now() - t;
			MARK(2);
			k_write(a[1], &t, 8);
			k_exit(0);
		}
		k_read(a[0], &t, 8);
		k_wait(pid);
		if (i >= 0)
			add(t);
	}
	k_close(a[0]);
	k_close(a[1]);
	k_munmap(p, MIB);
	report("cow_fault", 256);
}

/* fork with 1 MiB more of touched memory: page-table copying */
static void row_fork_1m(void)
{
	char *p = k_mmap(MIB, -1);
	int pid;

	touch(p, MIB);
	REPEAT("fork_1m_exit_wait", 2,
	       pid = k_fork();
	       if (pid == 0)
		       k_exit(0);
	       k_wait(pid));
	k_munmap(p, MIB);
}

static void row_protect(void)
{
	char *p = k_mmap(4096, -1);

	touch(p, 4096);
	REPEAT("mprotect", 100,
	       sc3(SYS_mprotect, (int)p, 4096, 1);
	       sc3(SYS_mprotect, (int)p, 4096, 3));
	k_munmap(p, 4096);
}

static void row_brk(void)
{
	int cur = sc1(SYS_brk, 0);

	REPEAT("brk_64k", 50, sc1(SYS_brk, cur + 65536); sc1(SYS_brk, cur));
}

void row_mem(void)
{
	char *p = k_mmap(MIB, -1);

	if (bad(p)) {
		unsupported("mmap");
		return;
	}
	k_munmap(p, MIB);
	rows_map();
	if (want("pgfault_anon"))
		row_fault_anon();
	if (want("munmap_256p"))
		row_unmap();
	if (want("pgfault_file"))
		row_fault_file();
	if (want("pgfault_shared"))
		row_fault_shared();
	if (want("mmap_device_64k"))
		row_map_device();
	if (want("cow_fault"))
		row_fault_cow();
	if (want("fork_1m_exit_wait"))
		row_fork_1m();
	if (want("mprotect"))
		row_protect();
	if (want("brk_64k"))
		row_brk();
}
