/* <assert.h> */
#ifndef _ASSERT_H
#define _ASSERT_H

void __assert_failed(const char *what, const char *file, int line) __attribute__((noreturn));

#ifdef NDEBUG
#define assert(x) ((void)0)
#else
#define assert(x) ((x) ? (void)0 : __assert_failed(#x, __FILE__, __LINE__))
#endif
#define static_assert _Static_assert

#endif
