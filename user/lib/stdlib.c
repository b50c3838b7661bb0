/* stdlib.c: sorting, searching, random numbers, temporary files, the ends of a program. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/random.h>
#include <sys/stat.h>
#include "libc.h"

static void swap(char *a, char *b, size_t size)
{
	while (size--) {
		char c = *a;

		*a++ = *b;
		*b++ = c;
	}
}

/* Heap sort: n log n always, and no memory besides. */
static void sift(char *base, size_t root, size_t n, size_t size, int (*cmp)(const void *, const void *))
{
	size_t child;

	for (; (child = 2 * root + 1) < n; root = child) {
		if (child + 1 < n && cmp(base + child * size, base + (child + 1) * size) < 0)
			child++;
		if (cmp(base + root * size, base + child * size) >= 0)
			return;
		swap(base + root * size, base + child * size, size);
	}
}

void qsort(void *base, size_t n, size_t size, int (*cmp)(const void *, const void *))
{
	size_t i;

	for (i = n / 2; i-- > 0; )
		sift(base, i, n, size, cmp);
	for (i = n; i-- > 1; ) {
		swap(base, (char *)base + i * size, size);
		sift(base, 0, i, size, cmp);
	}
}

void *bsearch(const void *key, const void *base, size_t n, size_t size, int (*cmp)(const void *, const void *))
{
	while (n) {
		const char *middle = (const char *)base + n / 2 * size;
		int order = cmp(key, middle);

		if (order == 0)
			return (void *)middle;
		if (order > 0) {
			base = middle + size;
			n--;
		}
		n /= 2;
	}
	return NULL;
}

static unsigned int seed = 1;

void srand(unsigned int new)
{
	seed = new;
}

/* the linear congruence of Knuth's MMIX cut to 32 bits; its low bits are poor, so they are not shown */
int rand_r(unsigned int *state)
{
	unsigned int high;

	*state = *state * 1664525 + 1013904223;
	high = *state >> 16;
	*state = *state * 1664525 + 1013904223;
	return (high << 15 ^ *state >> 16) & RAND_MAX;
}

int rand(void)
{
	return rand_r(&seed);
}

int abs(int x)
{
	return x < 0 ? -x : x;
}

long labs(long x)
{
	return x < 0 ? -x : x;
}

long long llabs(long long x)
{
	return x < 0 ? -x : x;
}

div_t div(int a, int b)
{
	return (div_t){ a / b, a % b };
}

ldiv_t ldiv(long a, long b)
{
	return (ldiv_t){ a / b, a % b };
}

#define ATEXIT_MAX 32

static void (*at_exit[ATEXIT_MAX])(void);
static int at_exit_count;

int atexit(void (*f)(void))
{
	if (at_exit_count == ATEXIT_MAX)
		return -1;
	at_exit[at_exit_count++] = f;
	return 0;
}

void exit(int status)
{
	while (at_exit_count)
		at_exit[--at_exit_count]();
	__flush_all();
	_exit(status);
}

void _Exit(int status)
{
	_exit(status);
}

/* A handler that returns does not save the program: the second time nothing catches the signal. */
void abort(void)
{
	sigset_t set;

	raise(SIGABRT);
	signal(SIGABRT, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, SIGABRT);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	raise(SIGABRT);
	_exit(127);
}

void __assert_failed(const char *what, const char *file, int line)
{
	fflush(stdout);
	dprintf(2, "%s:%d: assertion failed: %s\n", file, line, what);
	abort();
}

/* Puts names into the X's that end the pattern until `make` finds one free. */
static int try_names(char *pattern, int (*make)(const char *path))
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	size_t len = strlen(pattern);
	unsigned char random[6];
	int tries, i, result;

	if (len < 6 || strcmp(pattern + len - 6, "XXXXXX") != 0) {
		errno = EINVAL;
		return -1;
	}
	for (tries = 0; tries < 100; tries++) {
		getrandom(random, sizeof(random), 0);
		for (i = 0; i < 6; i++)
			pattern[len - 6 + i] = letters[random[i] % (sizeof(letters) - 1)];
		result = make(pattern);
		if (result >= 0 || errno != EEXIST)
			return result;
	}
	return -1;
}

static int make_file(const char *path)
{
	return open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
}

static int make_dir(const char *path)
{
	return mkdir(path, 0700);
}

int mkstemp(char *pattern)
{
	return try_names(pattern, make_file);
}

char *mkdtemp(char *pattern)
{
	return try_names(pattern, make_dir) < 0 ? NULL : pattern;
}

/* The kernel resolves links when it opens; /proc then knows the name without them. */
char *realpath(const char *path, char *resolved)
{
	char link[32], real[PATH_MAX];
	int fd = open(path, O_PATH | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return NULL;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, real, sizeof(real) - 1);
	close(fd);
	if (n < 0)
		return NULL;
	real[n] = '\0';
	return resolved ? strcpy(resolved, real) : strdup(real);
}
