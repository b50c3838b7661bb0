/*
 * What a test program says: one line a case, the plan last. docs/reference/testing.md
 *
 *	int main(void)
 *	{
 *		RUN(closes_twice);	a case is a function; it fails by CHECK()
 *		return tap_end();
 *	}
 */
#ifndef TESTS_TAP_H
#define TESTS_TAP_H

#include <errno.h>
#include <stdio.h>
#include <string.h>

static int tap_cases, tap_failures, tap_case_failed;
static const char *tap_skipped;

/* The case goes on after a failed CHECK: what follows may tell more. */
#define CHECK(condition) \
	((condition) ? 1 : tap_complain(__FILE__, __LINE__, #condition))

/* Two integers, shown when they differ. */
#define CHECK_EQ(a, b) \
	do { \
		long long tap_a = (a), tap_b = (b); \
		if (tap_a != tap_b) { \
			tap_complain(__FILE__, __LINE__, #a " == " #b); \
			printf("# %lld, %lld\n", tap_a, tap_b); \
		} \
	} while (0)

/* A call that must fail with @error. */
#define CHECK_FAILS(call, error) \
	do { \
		errno = 0; \
		long tap_result = (long)(call); \
		int tap_errno = errno; \
		if (tap_result != -1 || tap_errno != (error)) { \
			tap_complain(__FILE__, __LINE__, #call " fails with " #error); \
			printf("# result %ld, errno %d (%s)\n", tap_result, tap_errno, strerror(tap_errno)); \
		} \
	} while (0)

#define RUN(function) tap_run(#function, function)
#define SKIP(reason) do { tap_skipped = (reason); return; } while (0)

static inline int tap_complain(const char *file, int line, const char *what)
{
	printf("# %s:%d: not so: %s (errno %d)\n", file, line, what, errno);
	tap_case_failed = 1;
	return 0;
}

static inline void tap_run(const char *name, void (*function)(void))
{
	tap_case_failed = 0;
	tap_skipped = NULL;
	fflush(stdout);		/* or a child of the case says it again */
	function();
	tap_cases++;
	tap_failures += tap_case_failed;
	printf("%sok %d - %s%s%s\n", tap_case_failed ? "not " : "", tap_cases, name,
	       tap_skipped ? " # SKIP " : "", tap_skipped ? tap_skipped : "");
	fflush(stdout);
}

static inline int tap_end(void)
{
	printf("1..%d\n", tap_cases);
	return tap_failures != 0;
}

#endif
