/*
 * edu.c - one register of QEMU's teaching card by all the ways there are, and from
 * its interrupt to the program that waits for it.
 *
 *	edu_map		a load from the mapped register	edu_map_rw	a store and a load
 *	edu_read	read()				edu_ioctl	a store and a load, one ioctl
 *	edu_attr	pread() of an attribute		edu_ioctl_noop	there and back
 *	edu_irq_wake	raised, until the process that sleeps for it is in user mode
 */
#include "bench.h"
#include "../../kernel/include/uapi/linux/edu.h"

#define MAP_SHARED 1
#define MAP_ANONYMOUS 32
#define PROT_RW 3
#define SYSFS "/tmp/sys"
#define BIT 0x40

/* What both processes of edu_irq_wake look at. */
struct meeting {
	volatile u32 woken;		/* how often */
	volatile u64 at;
};

/* The first page: EDU_MAP_REGS is 0. */
static void *map_page(int fd, int flags)
{
	int at = sc6z(SYS_mmap2, 0, 4096, PROT_RW, flags, fd);

	return (u32)at > 0xfffff000u ? 0 : (void *)at;
}

static void rows_mapped(int fd)
{
	volatile u32 *regs = map_page(fd, MAP_SHARED), value;

	if (!regs) {
		unsupported("edu_map");
		return;
	}
	if (want("edu_map"))
		REPEAT("edu_map", 500, value = regs[EDU_REG_ID / 4]);
	if (want("edu_map_rw"))
		REPEAT("edu_map_rw", 500,
		       regs[EDU_REG_LIVENESS / 4] = i_; value = regs[EDU_REG_LIVENESS / 4]);
	(void)value;
	sc2(SYS_munmap, (int)regs, 4096);
}

static void row_attribute(void)
{
	static char text[16];
	int fd;

	sc3(SYS_mkdir, (int)SYSFS, 0755, 0);
	sc5(SYS_mount, (int)"sysfs", (int)SYSFS, (int)"sysfs", 0, 0);
	fd = k_open(SYSFS "/class/misc/edu0/id", O_RDONLY);
	if (fd < 0) {
		unsupported("edu_attr");
		return;
	}
	REPEAT("edu_attr", 100, sc5(SYS_pread64, fd, (int)text, sizeof(text), 0, 0));
	k_close(fd);
}

static void waiter(int fd, struct meeting *meeting)
{
	u32 bits;

	while (sc3(SYS_ioctl, fd, EDU_WAIT, (int)&bits) == 0) {
		meeting->at = now();
		meeting->woken++;
	}
	k_exit(0);
}

static void row_wake(int fd)
{
	volatile u32 *regs = map_page(fd, MAP_SHARED);
	struct meeting *meeting = map_page(-1, MAP_SHARED | MAP_ANONYMOUS);
	int pid, i, rep;
	u64 raised;

	if (!regs || !meeting || (pid = k_fork()) < 0) {
		unsupported("edu_irq_wake");
		return;
	}
	if (!pid)
		waiter(fd, meeting);
	for (rep = -1; rep < REPS; rep++) {
		u32 seen = meeting->woken;

		for (i = 0; i < 10; i++)	/* let it fall asleep */
			sc0(SYS_sched_yield);
		raised = now();
		regs[EDU_REG_IRQ_RAISE / 4] = BIT;
		while (meeting->woken == seen)
			sc0(SYS_sched_yield);
		if (rep >= 0)
			add(meeting->at - raised);
	}
	report("edu_irq_wake", 1);
	sc2(SYS_kill, pid, 9);
	k_wait(pid);
}

void row_edu(void)
{
	int fd = k_open("/dev/edu0", O_RDWR);
	u32 value = 0;

	if (!want("edu"))
		return;
	if (fd < 0) {
		unsupported("edu");
		return;
	}
	rows_mapped(fd);
	if (want("edu_read"))
		REPEAT("edu_read", 500, k_read(fd, &value, 4));
	if (want("edu_ioctl_noop"))
		REPEAT("edu_ioctl_noop", 500, sc3(SYS_ioctl, fd, EDU_NOOP, 0));
	if (want("edu_ioctl"))
		REPEAT("edu_ioctl", 500, sc3(SYS_ioctl, fd, EDU_LIVENESS, (int)&value));
	if (want("edu_attr"))
		row_attribute();
	if (want("edu_irq_wake"))
		row_wake(fd);
	k_close(fd);
}
