/* <stdlib.h> */
#ifndef _STDLIB_H
#define _STDLIB_H

#include <stddef.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX 0x7fffffff

typedef struct {
	int quot, rem;
} div_t;
typedef struct {
	long quot, rem;
} ldiv_t;

void abort(void) __attribute__((noreturn));
int abs(int x);
int atexit(void (*f)(void));
int atoi(const char *s);
long atol(const char *s);
long long atoll(const char *s);
void *bsearch(const void *key, const void *base, size_t n, size_t size, int (*cmp)(const void *, const void *));
void *calloc(size_t n, size_t size);
int clearenv(void);
div_t div(int a, int b);
void exit(int status) __attribute__((noreturn));
void _Exit(int status) __attribute__((noreturn));
void free(void *p);
char *getenv(const char *name);
long labs(long x);
ldiv_t ldiv(long a, long b);
long long llabs(long long x);
void *malloc(size_t size);
char *mkdtemp(char *pattern);
int mkstemp(char *pattern);
int putenv(char *assignment);
void qsort(void *base, size_t n, size_t size, int (*cmp)(const void *, const void *));
int rand(void);
int rand_r(unsigned int *seed);
void *realloc(void *p, size_t size);
void *reallocarray(void *p, size_t n, size_t size);
char *realpath(const char *path, char *resolved);
int setenv(const char *name, const char *value, int replace);
void srand(unsigned int seed);
long strtol(const char *s, char **end, int base);
long long strtoll(const char *s, char **end, int base);
unsigned long strtoul(const char *s, char **end, int base);
unsigned long long strtoull(const char *s, char **end, int base);
int system(const char *command);
int unsetenv(const char *name);

#endif
