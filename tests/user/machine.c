/*
 * The machine and its rules: names, memory, limits, scheduling, mounts.
 * host: yes
 */
#include <sched.h>
#include <sys/mount.h>
#include <linux/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include "case.h"

static void three_forms_of_uname(void)
{
	struct utsname now;
	char old[5 * 65], oldest[5 * 9];

	CHECK_EQ(uname(&now), 0);
	CHECK(strcmp(now.sysname, "Linux") == 0 && now.release[0] >= '4');
	CHECK_EQ(syscall(SYS_olduname, old), 0);
	CHECK(strcmp(old, "Linux") == 0 && strcmp(old + 65, now.nodename) == 0);
	CHECK_EQ(syscall(SYS_oldolduname, oldest), 0);
	CHECK(strcmp(oldest, "Linux") == 0 && strncmp(oldest + 9, now.nodename, 8) == 0);
	CHECK_FAILS(syscall(SYS_uname, NOWHERE), EFAULT);
}

static void names_set(void)
{
	struct utsname before, now;

	uname(&before);
	CHECK_EQ(sethostname(before.nodename, strlen(before.nodename)), 0);
	CHECK_EQ(syscall(SYS_setdomainname, before.domainname, strlen(before.domainname)), 0);
	CHECK_EQ(uname(&now), 0);
	CHECK(memcmp(&before, &now, sizeof(now)) == 0);
	CHECK_FAILS(sethostname("x", 65), EINVAL);
	CHECK_FAILS(sethostname("x", -1), EINVAL);
	CHECK_FAILS(syscall(SYS_setdomainname, NOWHERE, 3), EFAULT);
}

static void names_can_be_set(void)
{
	if (geteuid() != 0)
		SKIP("needs root");
	in_child(names_set);
}

static void memory_is_counted(void)
{
	struct sysinfo info;

	CHECK_EQ(sysinfo(&info), 0);
	CHECK(info.mem_unit >= 1 && info.totalram > info.freeram && info.freeram > 0);
	CHECK(info.procs >= 1 && info.uptime >= 0);
}

static void limits_are_kept(void)
{
	struct rlimit limit, old;
	struct rlimit64 wide;

	CHECK_EQ(getrlimit(RLIMIT_CORE, &limit), 0);
	limit.rlim_cur = 0;
	CHECK_EQ(syscall(SYS_setrlimit, RLIMIT_CORE, &limit), 0);
	CHECK_EQ(syscall(SYS_getrlimit, RLIMIT_CORE, &old), 0);
	CHECK_EQ(old.rlim_cur, 0);
	limit.rlim_cur = limit.rlim_max = 5;
	CHECK_EQ(setrlimit(RLIMIT_CORE, &limit), 0);
	limit.rlim_cur = 6;
	CHECK_FAILS(setrlimit(RLIMIT_CORE, &limit), EINVAL);
	CHECK_EQ(prlimit64(0, RLIMIT_CORE, NULL, &wide), 0);
	CHECK(wide.rlim_cur == 5 && wide.rlim_max == 5);
	wide.rlim_cur = 3;
	CHECK_EQ(prlimit64(getpid(), RLIMIT_CORE, &wide, NULL), 0);
	CHECK_EQ(getrlimit(RLIMIT_CORE, &limit), 0);
	CHECK_EQ(limit.rlim_cur, 3);
	CHECK_EQ(prlimit64(0, RLIMIT_FSIZE, NULL, &wide), 0);
	CHECK_FAILS(prlimit64(99999999, RLIMIT_CORE, NULL, &wide), ESRCH);
	CHECK_FAILS(getrlimit(99, &limit), EINVAL);
	CHECK_FAILS(syscall(SYS_getrlimit, 99, &limit), EINVAL);
	if (geteuid() == 0)
		setuid(1000);
	limit.rlim_max = 6;
	CHECK_FAILS(setrlimit(RLIMIT_CORE, &limit), EPERM);
}

static void limits(void)
{
	in_child(limits_are_kept);
}

static volatile sig_atomic_t too_big;

static void note(int sig)
{
	too_big++;
}

static void write_to_the_limit(void)
{
	struct rlimit limit = { 1000, 1000 };
	int fd = file_with("machine.tmp", "");
	char buf[600];

	signal(SIGXFSZ, note);
	memset(buf, 'x', sizeof(buf));
	CHECK_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
	CHECK_EQ(write(fd, buf, 600), 600);
	CHECK_EQ(write(fd, buf, 600), 400);
	CHECK_FAILS(write(fd, buf, 1), EFBIG);
	CHECK_EQ(too_big, 1);
	CHECK_FAILS(ftruncate(fd, 1001), EFBIG);
	CHECK_EQ(too_big, 2);
	CHECK_EQ(lseek(fd, 0, SEEK_END), 1000);
}

static void files_have_a_limit(void)
{
	in_child(write_to_the_limit);
	unlink("machine.tmp");
}

static void scheduling_is_told(void)
{
	struct { long long sec, nsec; } wide;
	struct sched_param param = { 77 };
	struct timespec t;

	CHECK_EQ(sched_getscheduler(0), SCHED_OTHER);
	CHECK_EQ(sched_getparam(0, &param), 0);
	CHECK_EQ(param.sched_priority, 0);
	CHECK_EQ(sched_setparam(0, &param), 0);
	CHECK_EQ(sched_setscheduler(0, SCHED_OTHER, &param), 0);
	param.sched_priority = 5;
	CHECK_FAILS(sched_setscheduler(0, SCHED_OTHER, &param), EINVAL);
	CHECK_FAILS(sched_setscheduler(0, 99, &param), EINVAL);
	CHECK_FAILS(sched_setscheduler(0, -1, &param), EINVAL);
	CHECK_EQ(sched_get_priority_max(SCHED_FIFO), 99);
	CHECK_EQ(sched_get_priority_min(SCHED_RR), 1);
	CHECK_EQ(sched_get_priority_max(SCHED_OTHER), 0);
	CHECK_FAILS(sched_get_priority_max(99), EINVAL);
	CHECK_EQ(syscall(SYS_sched_rr_get_interval, 0, &t), 0);
	CHECK_EQ(syscall(SYS_sched_rr_get_interval_time64, 0, &wide), 0);
	CHECK(t.tv_sec == 0 && t.tv_nsec >= 0 && wide.sec == 0);
	CHECK_FAILS(sched_getscheduler(99999999), ESRCH);
	CHECK_FAILS(sched_getparam(-1, &param), EINVAL);
}

static void affinity_and_the_cpu(void)
{
	unsigned long mask[32] = { 0 };
	unsigned int cpu = 99999, node = 99999;
	long size = sched_getaffinity(0, sizeof(mask), mask);

	CHECK(size > 0 && size % 4 == 0 && mask[0] != 0);
	CHECK_EQ(sched_setaffinity(0, sizeof(mask), mask), 0);
	CHECK_EQ(syscall(SYS_getcpu, &cpu, &node, NULL), 0);
	CHECK(cpu < 1024 && node < 1024);
	memset(mask, 0, sizeof(mask));
	CHECK_FAILS(sched_setaffinity(0, sizeof(mask), mask), EINVAL);
	CHECK_FAILS(sched_getaffinity(0, 1, mask), EINVAL);
	CHECK_FAILS(sched_getaffinity(99999999, sizeof(mask), mask), ESRCH);
	CHECK_EQ(sched_yield(), 0);
}

static void dropped(void)
{
	CHECK_EQ(prctl(PR_GET_DUMPABLE), 1);
	CHECK_EQ(prctl(PR_SET_NAME, "a name longer than 15"), 0);
}

static void processes_have_attributes(void)
{
	char name[17] = "", before[17] = "";

	prctl(PR_GET_NAME, before);
	CHECK_EQ(prctl(PR_SET_NAME, "another"), 0);
	CHECK_EQ(prctl(PR_GET_NAME, name), 0);
	CHECK(strcmp(name, "another") == 0);
	prctl(PR_SET_NAME, before);
	in_child(dropped);
	CHECK_FAILS(prctl(999999), EINVAL);
	CHECK_EQ(syscall(SYS_personality, 0xffffffff) & 0xff, PER_LINUX);
}

static void hang_on(void)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;)
		pause();
}

static int report[2];

static void leave_a_child(void)
{
	close(report[0]);
	start(hang_on);
	nap(60);
}

static void death_of_the_parent_is_told(void)
{
	char c;

	pipe(report);
	in_child(leave_a_child);
	close(report[1]);
	CHECK_EQ(read(report[0], &c, 1), 0);	/* comes when the grandchild is gone, too */
	close(report[0]);
}

static void mounted(void)
{
	struct stat below, st;
	struct statfs fs;
	int fd;

	CHECK_EQ(stat("mnt", &below), 0);
	CHECK_EQ(mount("none", "mnt", "tmpfs", 0, "size=64k"), 0);
	CHECK_EQ(stat("mnt", &st), 0);
	CHECK(st.st_dev != below.st_dev);
	CHECK_EQ(statfs("mnt", &fs), 0);
	CHECK_EQ(fs.f_type, 0x01021994);
	fd = file_with("mnt/f", "on tmpfs");
	CHECK_FAILS(umount("mnt"), EBUSY);
	CHECK_FAILS(link("mnt/f", "f"), EXDEV);
	CHECK_FAILS(rename("mnt/f", "f"), EXDEV);
	CHECK_FAILS(rmdir("mnt"), EBUSY);
	CHECK_FAILS(ftruncate(fd, -1), EINVAL);
	close(fd);
	CHECK_EQ(mount(NULL, "mnt", NULL, MS_REMOUNT | MS_RDONLY, NULL), 0);
	CHECK_FAILS(open("mnt/new", O_CREAT | O_WRONLY, 0600), EROFS);
	CHECK_FAILS(unlink("mnt/f"), EROFS);
	CHECK_EQ(syscall(SYS_umount, "mnt"), 0);
	CHECK_FAILS(stat("mnt/f", &st), ENOENT);
	CHECK_FAILS(umount("mnt"), EINVAL);
	CHECK_FAILS(umount2("mnt", 0x77777777), EINVAL);
	CHECK_FAILS(mount("none", "mnt", "no-such-fs", 0, NULL), ENODEV);
	CHECK_FAILS(mount("none", "machine.none", "tmpfs", 0, NULL), ENOENT);
}

static void mounts_hide_what_is_below(void)
{
	if (geteuid() != 0)
		SKIP("needs root");
	mkdir("mnt", 0755);
	in_child(mounted);
	CHECK_EQ(rmdir("mnt"), 0);
}

static void fill(void)
{
	static char block[16384];
	int fd, total = 0, n;

	CHECK_EQ(mount("none", "mnt", "tmpfs", 0, "size=64k"), 0);
	fd = open("mnt/f", O_CREAT | O_WRONLY, 0600);
	while ((n = write(fd, block, sizeof(block))) > 0)
		total += n;
	CHECK_EQ(errno, ENOSPC);
	CHECK_EQ(total, 65536);
	CHECK_EQ(ftruncate(fd, 0), 0);
	CHECK_EQ(write(fd, block, sizeof(block)), sizeof(block));
	close(fd);
	CHECK_EQ(umount("mnt"), 0);
}

static void a_full_tmpfs(void)
{
	if (geteuid() != 0)
		SKIP("needs root");
	mkdir("mnt", 0755);
	in_child(fill);
	CHECK_EQ(rmdir("mnt"), 0);
}

int main(void)
{
	RUN(three_forms_of_uname);
	RUN(names_can_be_set);
	RUN(memory_is_counted);
	RUN(limits);
	RUN(files_have_a_limit);
	RUN(scheduling_is_told);
	RUN(affinity_and_the_cpu);
	RUN(processes_have_attributes);
	RUN(death_of_the_parent_is_told);
	RUN(mounts_hide_what_is_below);
	RUN(a_full_tmpfs);
	return tap_end();
}
