/*
 * Core files: who gets one, what is in it, and what is left out.
 * "core_dump crash" and "core_dump threads" are what gdb is shown: tests/host/test_core.py.
 * host: no, because the host says where core files go, and the first megabyte is nobody's
 */
#include <elf.h>
#include <linux/elfcore.h>
#include <linux/prctl.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/ptrace.h>
#include "case.h"
#include "thread.h"

#define VGA_TEXT 0xb8000
#define RW (PROT_READ | PROT_WRITE)
#define MEMORY (MAP_PRIVATE | MAP_ANONYMOUS)

/* Where the child mapped what; seen by both. */
static struct {
	char *kept, *barred, *left_out, *device, *file;
} *told;

/* ------------------------------------------------------------------ programs that crash */

static int marker = 1234;
static int *volatile nowhere = (int *)8;

static __attribute__((noinline)) void fall(int n)
{
	volatile char room[100];

	room[0] = n;
	if (n)
		fall(n - 1);
	*nowhere = room[0] + marker;
	room[1] = 0;		/* no tail call: each fall has a frame */
}

/* In line, so that a debugger finds the thread in this function. */
static void sleep_for_ever(struct thread *thread)
{
	long ret;

	for (;;)
		asm volatile("int $0x80" : "=a"(ret) : "0"(SYS_pause));
}

static struct thread threads[2];

static void crash_with_threads(void)
{
	thread_start(&threads[0], THREAD_FLAGS, sleep_for_ever);
	thread_start(&threads[1], THREAD_FLAGS, sleep_for_ever);
	nap(50);
	fall(1);
}

static void crash_with_mappings(void)
{
	int file = file_with("shared", "a file"), mem;

	/* Of a file without a name even a shared mapping is kept, were it not for the device. */
	mknod("mem", S_IFCHR | 0600, makedev(1, 1));
	mem = open("mem", O_RDWR);
	unlink("mem");
	told->kept = mmap(NULL, 2 * PAGE, RW, MEMORY, -1, 0);
	told->barred = mmap(NULL, 2 * PAGE, RW, MEMORY, -1, 0);
	told->left_out = mmap(NULL, 2 * PAGE, RW, MEMORY, -1, 0);
	told->device = mmap(NULL, PAGE, RW, MAP_SHARED, mem, VGA_TEXT);
	told->file = mmap(NULL, PAGE, RW, MAP_SHARED, file, 0);
	strcpy(told->kept + PAGE, "KEPT");
	strcpy(told->barred, "BARRED");
	mprotect(told->barred, 2 * PAGE, PROT_NONE);
	strcpy(told->left_out, "LEFT OUT");
	madvise(told->left_out, 2 * PAGE, MADV_DONTDUMP);
	fall(3);
}

static void crash_simply(void)
{
	fall(3);
}

/* ------------------------------------------------------------------ looking at what they left */

/* The wait status of a child that may write @limit bytes of core and does @what. */
static int crash(unsigned long limit, void (*what)(void))
{
	struct rlimit rlimit = { limit, limit };
	int status = 0;
	pid_t pid;

	unlink("core");
	pid = fork();
	if (!pid) {
		setrlimit(RLIMIT_CORE, &rlimit);
		what();
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return status;
}

static char *core;		/* the file */
static size_t core_size;

static int read_core(void)
{
	struct stat st;
	int fd = open("core", O_RDONLY);

	if (fd < 0 || fstat(fd, &st))
		return 0;
	core_size = st.st_size;
	core = mmap(NULL, core_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	return core != MAP_FAILED;
}

static Elf32_Phdr *segments(void)
{
	return (Elf32_Phdr *)(core + ((Elf32_Ehdr *)core)->e_phoff);
}

/* The segment of an address, or NULL. */
static Elf32_Phdr *segment(const void *at)
{
	Elf32_Phdr *ph = segments() + 1, *end = segments() + ((Elf32_Ehdr *)core)->e_phnum;

	for (; ph < end; ph++)
		if ((uintptr_t)at - ph->p_vaddr < ph->p_memsz)
			return ph;
	return NULL;
}

/* What the core holds of an address, or NULL. */
static const char *content(const void *at)
{
	Elf32_Phdr *ph = segment(at);
	size_t offset = ph ? (uintptr_t)at - ph->p_vaddr : 0;

	return ph && offset < ph->p_filesz ? core + ph->p_offset + offset : NULL;
}

/* The nth note of a type (from 0), or NULL. */
static Elf32_Nhdr *note(unsigned int type, int n)
{
	char *at = core + segments()->p_offset, *end = at + segments()->p_filesz;

	while (at < end) {
		Elf32_Nhdr *note = (Elf32_Nhdr *)at;

		if (note->n_type == type && !n--)
			return note;
		at += sizeof(*note) + ((note->n_namesz + 3) & ~3) + ((note->n_descsz + 3) & ~3);
	}
	return NULL;
}

static void *note_data(unsigned int type, int n, size_t size)
{
	Elf32_Nhdr *found = note(type, n);

	if (!found || !CHECK(found->n_descsz == size || !size))
		return NULL;
	return (char *)(found + 1) + ((found->n_namesz + 3) & ~3);
}

/* ------------------------------------------------------------------ cases */

/* contract: S0-30 */
static void without_a_limit_there_is_none(void)
{
	struct rlimit rlimit;
	int status;

	CHECK_EQ(getrlimit(RLIMIT_CORE, &rlimit), 0);
	CHECK_EQ(rlimit.rlim_cur, 0);
	status = crash(rlimit.rlim_cur, crash_simply);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV && !WCOREDUMP(status));
	CHECK_FAILS(access("core", F_OK), ENOENT);
	status = crash(PAGE - 1, crash_simply);
	CHECK(!WCOREDUMP(status));
	CHECK_FAILS(access("core", F_OK), ENOENT);
}

/* contract: S0-30 S0-13 */
static void device_memory_and_what_asks_for_it_are_left_out(void)
{
	int status = crash(RLIM_INFINITY, crash_with_mappings);
	struct stat st;

	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV && WCOREDUMP(status));
	if (!CHECK(read_core()))
		return;
	CHECK(stat("core", &st) == 0 && (st.st_mode & 0777) == 0600);
	CHECK(!memcmp(core, ELFMAG, SELFMAG) && ((Elf32_Ehdr *)core)->e_type == ET_CORE);
	CHECK(content(told->kept + PAGE) && !strcmp(content(told->kept + PAGE), "KEPT"));
	CHECK(content(told->barred) && !strcmp(content(told->barred), "BARRED"));
	CHECK(content(told->kept) && !*content(told->kept));	/* never touched: zeroes */
	CHECK(content(&told->kept) && *(char **)content(&told->kept) == told->kept);
	CHECK(content(&marker) && *(int *)content(&marker) == 1234);
	/* Their places are told, their bytes are not there. */
	CHECK(segment(told->left_out) && !content(told->left_out));
	CHECK(segment(told->device) && !content(told->device));
	CHECK(segment(told->file) && !content(told->file));
	munmap(core, core_size);
	unlink("shared");
}

static void notes_tell_who_and_why(void)
{
	struct elf_prstatus *status;
	struct elf_prpsinfo *info;
	siginfo_t *signal;
	unsigned long *files;

	crash(RLIM_INFINITY, crash_simply);
	if (!CHECK(read_core()))
		return;
	status = note_data(NT_PRSTATUS, 0, sizeof(*status));
	CHECK(status && status->pr_cursig == SIGSEGV && status->pr_ppid == getpid());
	CHECK(status && content((void *)status->pr_reg[UESP]));
	info = note_data(NT_PRPSINFO, 0, sizeof(*info));
	CHECK(info && info->pr_pid == status->pr_pid && !strcmp(info->pr_fname, "core_dump"));
	CHECK(info && strstr(info->pr_psargs, "core_dump"));
	signal = note_data(NT_SIGINFO, 0, sizeof(*signal));
	CHECK(signal && signal->si_signo == SIGSEGV && signal->si_addr == (void *)8);
	CHECK(note_data(NT_AUXV, 0, 0) != NULL);
	files = note_data(NT_FILE, 0, 0);
	CHECK(files && files[0] >= 2 && files[1] == PAGE);
	CHECK(files && !strcmp((char *)(files + 2 + 3 * files[0]), "/tests/core_dump"));
	munmap(core, core_size);
}

static volatile double number = 1.5;

static void crash_with_fpu(void)
{
	number = number * number;
	crash_with_threads();
}

static void each_thread_is_told(void)
{
	struct elf_prstatus *first, *second;

	CHECK(WCOREDUMP(crash(RLIM_INFINITY, crash_with_fpu)));
	if (!CHECK(read_core()))
		return;
	first = note_data(NT_PRSTATUS, 0, sizeof(*first));
	second = note_data(NT_PRSTATUS, 2, sizeof(*second));
	CHECK(first && second && !note(NT_PRSTATUS, 3));
	CHECK(first && second && first->pr_pid != second->pr_pid);
	CHECK(second && (char *)second->pr_reg[UESP] > (char *)threads && (char *)second->pr_reg[UESP] < (char *)(threads + 2));
	CHECK(second && second->pr_reg[ORIG_EAX] == SYS_pause);
	CHECK(note_data(NT_PRFPREG, 0, 108) && note_data(NT_PRXFPREG, 0, 512));
	munmap(core, core_size);
}

static int which_signal;

static void die(void)
{
	raise(which_signal);
}

static void the_signals_that_dump(void)
{
	static const char dump[] = { SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGSEGV, SIGBUS, SIGSYS, SIGXCPU, SIGXFSZ };
	static const char others[] = { SIGHUP, SIGINT, SIGKILL, SIGUSR1, SIGPIPE, SIGALRM, SIGTERM };
	siginfo_t info;
	int status;

	for (size_t i = 0; i < sizeof(dump); i++) {
		which_signal = dump[i];
		status = crash(RLIM_INFINITY, die);
		CHECK(WTERMSIG(status) == which_signal && WCOREDUMP(status) && access("core", F_OK) == 0);
	}
	for (size_t i = 0; i < sizeof(others); i++) {
		which_signal = others[i];
		status = crash(RLIM_INFINITY, die);
		CHECK(WTERMSIG(status) == which_signal && !WCOREDUMP(status) && access("core", F_OK) < 0);
	}
	if (!fork()) {
		setrlimit(RLIMIT_CORE, &(struct rlimit){ 1 << 20, 1 << 20 });
		abort();
	}
	CHECK(waitid(P_ALL, 0, &info, WEXITED, NULL) == 0 && info.si_code == CLD_DUMPED && info.si_status == SIGABRT);
}

/* contract: S0-30 */
static void the_limit_is_kept(void)
{
	struct stat st;

	CHECK(WCOREDUMP(crash(2 * PAGE, crash_simply)));
	CHECK(stat("core", &st) == 0 && st.st_size > 0 && st.st_size <= 2 * PAGE);
}

static void not_dumpable(void)
{
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	fall(1);
}

static void other_ids(void)
{
	setuid(1000);
	fall(1);
}

static void who_changed_its_ids_gets_none(void)
{
	CHECK(!WCOREDUMP(crash(RLIM_INFINITY, not_dumpable)));
	CHECK_FAILS(access("core", F_OK), ENOENT);
	CHECK(!WCOREDUMP(crash(RLIM_INFINITY, other_ids)));
	CHECK_FAILS(access("core", F_OK), ENOENT);
}

static void crash_over_a_link(void)
{
	symlink("victim", "core");
	fall(1);
}

static void crash_over_another_name(void)
{
	link("victim", "core");
	fall(1);
}

static void others_files_are_left_alone(void)
{
	char text[8] = "";
	int fd = file_with("victim", "precious");

	chmod("victim", 0600);
	CHECK(!WCOREDUMP(crash(RLIM_INFINITY, crash_over_a_link)));
	CHECK(!WCOREDUMP(crash(RLIM_INFINITY, crash_over_another_name)));
	CHECK(read(fd, text, 8) == 8 && !memcmp(text, "precious", 8));
	close(fd);
	unlink("victim");
}

/* 2.5 GB, of which one page in each part was ever touched: looking at them takes seconds. */
static void crash_of_a_giant(void)
{
	struct rlimit rlimit = { RLIM_INFINITY, RLIM_INFINITY };
	char *part;

	setrlimit(RLIMIT_CORE, &rlimit);
	for (int i = 0; i < 10; i++) {
		part = mmap(NULL, 256 << 20, RW, MEMORY | MAP_NORESERVE, -1, 0);
		*part = 1;
	}
	fall(1);
}

static void a_dump_can_be_killed(void)
{
	long before = now_ms();
	int status = 0;
	pid_t pid;

	unlink("core");
	pid = fork();
	if (!pid)
		crash_of_a_giant();
	while (access("core", F_OK) && now_ms() - before < 1000)
		nap(5);
	kill(pid, SIGKILL);
	before = now_ms();
	waitpid(pid, &status, 0);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	CHECK(now_ms() - before < 1000);
}

static void the_shell_tells(void)
{
	char said[200] = "", pattern[8] = "";
	FILE *shell = popen("exec 2>&1; ulimit -c unlimited; /tests/core_dump crash; echo end", "r");
	int fd = open("/proc/sys/kernel/core_pattern", O_RDONLY);

	CHECK(shell && fread(said, 1, sizeof(said) - 1, shell) > 0);
	CHECK(strstr(said, "Segmentation fault (core dumped)") != NULL);
	if (shell)
		pclose(shell);
	CHECK(read(fd, pattern, sizeof(pattern)) == 5 && !memcmp(pattern, "core\n", 5));
	close(fd);
}

static int set_pattern(const char *pattern)
{
	int fd = open("/proc/sys/kernel/core_pattern", O_WRONLY), done = write(fd, pattern, strlen(pattern));

	close(fd);
	return done;
}

static void the_pattern_names_the_file(void)
{
	char expected[64];
	long before = time(NULL);
	bool found = false;
	int status;
	pid_t pid;

	mkdir("cores", 0700);
	CHECK(set_pattern("cores/%e-%p-%s-%t%%.%x\n") > 0);
	pid = fork();
	if (!pid) {
		setrlimit(RLIMIT_CORE, &(struct rlimit){ 1 << 20, 1 << 20 });
		fall(3);
	}
	waitpid(pid, &status, 0);
	CHECK(WCOREDUMP(status));
	for (long t = before; t <= time(NULL); t++) {
		snprintf(expected, sizeof(expected), "cores/core_dump-%d-%d-%ld%%.", pid, WTERMSIG(status), t);
		found |= !unlink(expected);
	}
	CHECK(found);
	CHECK(rmdir("cores") == 0);
	CHECK_FAILS(set_pattern("|/bin/sh\n"), EINVAL);
	CHECK(set_pattern("core\n") == 5);
}

int main(int argc, char **argv)
{
	told = mmap(NULL, PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (argc > 1)
		!strcmp(argv[1], "threads") ? crash_with_threads() : fall(3);
	RUN(without_a_limit_there_is_none);
	RUN(device_memory_and_what_asks_for_it_are_left_out);
	RUN(notes_tell_who_and_why);
	RUN(each_thread_is_told);
	RUN(the_signals_that_dump);
	RUN(the_limit_is_kept);
	RUN(who_changed_its_ids_gets_none);
	RUN(others_files_are_left_alone);
	RUN(a_dump_can_be_killed);
	RUN(the_shell_tells);
	RUN(the_pattern_names_the_file);
	unlink("core");
	return tap_end();
}
