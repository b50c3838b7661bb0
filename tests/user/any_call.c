/*
 * Any call with any arguments: whatever a program passes, the machine goes on
 * and its other programs lose nothing. The sequence is the same each time.
 * `any_call 1000` tries more of them.
 * host: no, because it tries to break the kernel that it runs on
 */
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include "case.h"

#define CALLS 300	/* of each program */
#define HIGHEST 445
#define MOST_MS 150	/* then a program that sleeps, or was stopped, is ended */

/* The kernel, where no call may follow: what is written there is missed soon. */
#define KERNEL 0xC0100000
#define KERNEL_SPAN (3 << 20)

static unsigned int seed;
static char *page_end, page[PAGE];
static int as_root, programs = 30;

static unsigned int any(void)
{
	seed = seed * 1103515245 + 12345;
	return seed >> 8;
}

/* Some that a machine with other programs would not survive when root says them. */
static int left_out(int number)
{
	static const int always[] = { SYS_exit, SYS_exit_group, SYS_fork, SYS_vfork, SYS_clone };
	static const int roots[] = {
		SYS_kill, SYS_tkill, SYS_tgkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo, SYS_reboot,
		SYS_settimeofday, SYS_stime, SYS_clock_settime, SYS_clock_settime64, SYS_setpriority,
		SYS_sethostname, SYS_setdomainname, SYS_mount, SYS_umount, SYS_umount2, SYS_setrlimit,
		SYS_prlimit64, SYS_sched_setscheduler, SYS_sched_setparam, SYS_chroot, SYS_syslog,
	};

	for (unsigned int i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		if (number == always[i])
			return 1;
	for (unsigned int i = 0; as_root && i < sizeof(roots) / sizeof(roots[0]); i++)
		if (number == roots[i])
			return 1;
	return 0;
}

static long any_argument(void)
{
	static const long numbers[] = {
		0, 1, 2, -1, -2, 7, 8, 16, 64, 100, 4095, 4096, 65536, 0x7fffffff, (long)0x80000000, -4096,
	};
	static const char *const names[] = { "f", ".", "..", "d/f", "/dev/zero", "/proc/self/maps", "", "new" };

	switch (any() % 9) {
	case 0:
	case 1:
		return numbers[any() % (sizeof(numbers) / sizeof(numbers[0]))];
	case 2:
		return any() % (any() % 2 ? 10 : 70);	/* descriptors, signals, small sizes */
	case 3:
		return (long)names[any() % (sizeof(names) / sizeof(names[0]))];
	case 4:
		return (long)page + any() % PAGE;
	case 5:
		return (long)page_end - any() % 40;
	case 6:
		return any() % 2 ? (long)UNMAPPED : (long)NOWHERE;
	case 7:
		return (long)KERNEL + any() % KERNEL_SPAN;
	default:
		return (long)(any() << 8 ^ any());
	}
}

static void nothing(int sig)
{
}

/* Sleeping calls are woken, as long as nothing blocks or replaces this. */
static void tick(void)
{
	struct itimerval often = { { 0, 10000 }, { 0, 10000 } };
	struct sigaction act = { .sa_handler = nothing };

	sigaction(SIGALRM, &act, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
}

static void make_calls(void)
{
	struct rlimit files = { 40, 40 }, size = { 100000, 100000 }, space = { 32 << 20, 32 << 20 };
	int number, null = open("/dev/null", O_RDWR);

	setrlimit(RLIMIT_NOFILE, &files);
	setrlimit(RLIMIT_FSIZE, &size);
	setrlimit(RLIMIT_AS, &space);
	for (int fd = 0; fd < 3; fd++)
		dup2(null, fd);
	open("f", O_RDWR | O_CREAT, 0666);
	open(".", O_RDONLY);
	pipe((int[2]){ 0 });
	if (!as_root)
		setuid(1000);
	tick();
	for (int i = 0; i < CALLS; i++) {
		do
			number = any() % HIGHEST;
		while (left_out(number));
		for (unsigned int j = 0; j < sizeof(page) / sizeof(long); j += any() % 50 + 1)
			((long *)page)[j] = any_argument();
		syscall(number, any_argument(), any_argument(), any_argument(), any_argument(),
			any_argument(), any_argument());
	}
	_exit(0);
}

/* One program; however it ends is right, if it only ends. */
static void let_it_run(unsigned int number)
{
	pid_t pid;
	long began = now_ms();
	int got;

	seed = number * 7919 + 1 + as_root * 1000003;
	fflush(stdout);
	pid = fork();
	if (pid == 0)
		make_calls();
	while ((got = waitpid(pid, NULL, WNOHANG)) == 0 && now_ms() - began < MOST_MS)
		nap(2);
	if (got == pid)
		return;
	CHECK_EQ(kill(pid, SIGKILL), 0);
	CHECK_EQ(waitpid(pid, NULL, 0), pid);
}

static void run_programs(void)
{
	struct stat shared[3];		/* the programs' standard files are nodes that others use, too */
	char after[8] = "";
	int kept;

	close(file_with("any.kept", "witness"));
	for (int fd = 0; fd < 3; fd++)
		fstat(fd, &shared[fd]);
	for (int i = 0; i < programs; i++)
		let_it_run(i);
	for (int fd = 0; fd < 3; fd++) {
		fchown(fd, shared[fd].st_uid, shared[fd].st_gid);
		fchmod(fd, shared[fd].st_mode & 07777);
	}
	kept = open("any.kept", O_RDWR);
	CHECK_EQ(read(kept, after, 7), 7);
	CHECK(memcmp(after, "witness", 7) == 0);
	CHECK_EQ(system("test $(echo alive | cat) = alive"), 0);
	close(kept);
	unlink("any.kept");
}

/* What the programs left lies below one directory. */
static void in_a_folder(void)
{
	mkdir("any.tmp", 0777);
	chmod("any.tmp", 0777);
	CHECK_EQ(chdir("any.tmp"), 0);
	mkdir("here", 0777);
	chmod("here", 0777);
	CHECK_EQ(chdir("here"), 0);
	run_programs();
	CHECK_EQ(chdir("../.."), 0);
	CHECK_EQ(system("rm -rf any.tmp"), 0);
}

static void calls_of_anybody(void)
{
	as_root = 0;
	in_a_folder();
}

static void calls_of_root(void)
{
	as_root = 1;
	in_a_folder();
}

/* Neither read nor written, wherever it points; the last ranges wrap. */
static void no_call_follows_into_the_kernel(void)
{
	int zero = open("/dev/zero", O_RDONLY), ends[2];

	CHECK_EQ(pipe(ends), 0);
	for (unsigned long at = KERNEL; at < KERNEL + KERNEL_SPAN; at += PAGE) {
		CHECK_FAILS(read(zero, (void *)at, 1), EFAULT);
		CHECK_FAILS(write(ends[1], (void *)at, 1), EFAULT);
	}
	CHECK_FAILS(read(zero, (void *)(KERNEL - PAGE), -KERNEL + 2 * PAGE), EFAULT);
	CHECK_FAILS(read(zero, (void *)KERNEL, -KERNEL), EFAULT);
	close(zero);
	close(ends[0]);
	close(ends[1]);
}

int main(int argc, char **argv)
{
	if (argc > 1)
		programs = atoi(argv[1]);
	page_end = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	page_end += PAGE;
	munmap(page_end, PAGE);
	RUN(no_call_follows_into_the_kernel);
	RUN(calls_of_anybody);
	RUN(calls_of_root);
	return tap_end();
}
