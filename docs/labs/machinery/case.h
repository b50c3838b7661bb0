/*
 * A program of a lab's tests: cases that a grader asks for by name, each in a process of its own.
 *
 *	CASE(reads_back)
 *	{
 *		EXPECT(write(fd, "x", 1), 1);
 *	}
 *	int main(int argc, char **argv) { return cases(argc, argv); }
 *
 * It is called  PROGRAM TOKEN NUMBER [WORD…] -- CASE…  and says, in lines that begin with the token, which
 * case begins, and whether it was as expected. The number is this run's: number() and fill() follow from it.
 * A case has ten seconds of the guest's clock. A program that defines BEFORE_CASE() has it called before each, to
 * put the device back to its first state; if it cannot (not 0), or after a case that did not end by itself, the rest
 * runs in a fresh machine.
 */
#ifndef LABS_CASE_H
#define LABS_CASE_H

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

#define CASE_SECONDS	10

struct lab_case {
	const char *name;
	void (*run)(void);
};

/* The linker gathers pointers to all cases between these two. */
extern const struct lab_case *const __start_lab_cases[], *const __stop_lab_cases[];
static unsigned long random_state;
static const char *token, *case_name;
static char **words;			/* what stands before the -- */
static int word_count;
static pid_t case_pid;
static int broken;			/* a case did not end by itself: what it held, it may hold still */

#ifndef BEFORE_CASE
#define BEFORE_CASE() 0
#endif

#define CASE(id) \
	static void id(void); \
	static const struct lab_case case_##id = { #id, id }; \
	static const struct lab_case *const enlist_##id __attribute__((used, section("lab_cases"))) = &case_##id; \
	static void id(void)

/* The case ends here, as not passed. Only the case's own process may say so. */
#define SAY_NOT(format, ...) \
	do { \
		printf("%s not %s " format "\n", token, case_name, __VA_ARGS__); \
		fflush(stdout); \
		_exit(1); \
	} while (0)

/* Two numbers; a failed call shows its errno. */
#define EXPECT(call, wanted) \
	do { \
		errno = 0; \
		long expect_seen = (long)(call), expect_wanted = (long)(wanted); \
		if (expect_seen != expect_wanted) \
			SAY_NOT("expected %s = %ld seen %ld%s%s", #call, expect_wanted, expect_seen, \
				expect_seen == -1 ? ", " : "", expect_seen == -1 ? strerror(errno) : ""); \
	} while (0)

/* A call that fails with this error. */
#define EXPECT_ERROR(call, error) \
	do { \
		errno = 0; \
		long expect_seen = (long)(call); \
		int expect_errno = errno; \
		if (expect_seen != -1 || expect_errno != (error)) \
			SAY_NOT("expected %s fails: %s seen %ld%s%s", #call, strerror(error), expect_seen, \
				expect_seen == -1 ? ", " : "", expect_seen == -1 ? strerror(expect_errno) : ""); \
	} while (0)

#define EXPECT_TRUE(condition) \
	do { \
		if (!(condition)) \
			SAY_NOT("expected %s seen it is not so", #condition); \
	} while (0)

/* A number between two, which may be it. */
#define EXPECT_BETWEEN(least, call, most) \
	do { \
		errno = 0; \
		long expect_seen = (long)(call), expect_least = (long)(least), expect_most = (long)(most); \
		if (expect_seen < expect_least || expect_seen > expect_most) \
			SAY_NOT("expected %s from %ld to %ld seen %ld%s%s", #call, expect_least, expect_most, expect_seen, \
				expect_seen == -1 ? ", " : "", expect_seen == -1 ? strerror(errno) : ""); \
	} while (0)

#define EXPECT_BYTES(seen, wanted, count) \
	do { \
		for (long expect_at = 0; expect_at < (long)(count); expect_at++) \
			if (((const unsigned char *)(seen))[expect_at] != ((const unsigned char *)(wanted))[expect_at]) \
				SAY_NOT("expected byte %ld of " #seen " = %02x seen %02x", expect_at, \
					((const unsigned char *)(wanted))[expect_at], ((const unsigned char *)(seen))[expect_at]); \
	} while (0)

/* The next random number of this run (xorshift, 31 bits). */
static inline unsigned long number(void)
{
	unsigned long x = random_state;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	random_state = x;
	return x >> 1;
}

/* Random bytes of this run. */
static inline void fill(void *buf, size_t count)
{
	for (unsigned char *p = buf; count--; p++)
		*p = number() >> 8;
}

static inline void nap(int ms)
{
	struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	while (nanosleep(&t, &t) < 0)
		;
}

static inline long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Waits for the case's process; 0 if it is still there when its time is up, and after a SIGKILL. */
static inline int case_ended(void)
{
	int status;

	for (int tick = 0; tick < (CASE_SECONDS + 2) * 50; tick++) {
		if (waitpid(case_pid, &status, WNOHANG) == case_pid) {
			broken = WIFSIGNALED(status);
			if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL)
				printf("%s not %s expected an end by itself seen it was killed by signal %d\n", token, case_name, WTERMSIG(status));
			else if (WIFSIGNALED(status))
				printf("%s not %s expected an end by itself seen it hung for %d s\n", token, case_name, CASE_SECONDS);
			else if (!WEXITSTATUS(status))
				printf("%s ok %s\n", token, case_name);
			return 1;
		}
		if (tick == CASE_SECONDS * 50)
			kill(case_pid, SIGKILL);
		nap(20);
	}
	return 0;
}

static inline int run_case(const struct lab_case *c)
{
	case_name = c->name;
	if (broken || BEFORE_CASE()) {
		printf("%s fresh %s\n", token, case_name);
		fflush(stdout);
		return -1;
	}
	printf("%s begin %s\n", token, case_name);
	fflush(stdout);
	case_pid = fork();
	if (!case_pid) {
		c->run();
		_exit(0);
	}
	if (!case_ended()) {
		printf("%s stuck %s\n", token, case_name);
		fflush(stdout);
		return -1;		/* what comes next needs a fresh machine */
	}
	fflush(stdout);
	return 0;
}

static inline int cases(int argc, char **argv)
{
	int at = 3;

	if (argc < 4)
		return 2;
	token = argv[1];
	words = argv + 3;
	for (; at < argc && strcmp(argv[at], "--"); at++)
		word_count++;
	for (at++; at < argc; at++)
		for (const struct lab_case *const *c = __start_lab_cases; c < __stop_lab_cases; c++)
			if (!strcmp((*c)->name, argv[at])) {
				random_state = (strtoul(argv[2], NULL, 10) + at * 2654435761u) | 1;
				if (run_case(*c) < 0)
					return 1;
			}
	return 0;
}

#endif
