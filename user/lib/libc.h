/* libc.h: what the library's files tell each other; programs do not see it. */
#ifndef LIBC_H
#define LIBC_H

#include <signal.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

struct sigaction;

void __libc_start(long *stack) __attribute__((noreturn));
long __syscall_error(long result) __attribute__((regparm(1)));
void __flush_all(void);

/* calls whose C function does a little more; made by mksyscalls.py from stubs.list */
void *__brk(void *end);
void *__mmap2(void *addr, size_t len, int prot, int flags, int fd, unsigned long page);
int __openat(int dirfd, const char *path, int flags, mode_t mode);
int _llseek(int fd, unsigned long high, unsigned long low, loff_t *result, int whence);
int __getcwd(char *buf, size_t size);
int __mknod(const char *path, mode_t mode, unsigned int dev);
int __mknodat(int dirfd, const char *path, mode_t mode, unsigned int dev);
int __reboot(int magic1, int magic2, unsigned int command, const void *arg);
int __rt_sigaction(int sig, const struct sigaction *act, struct sigaction *old, size_t size);
int __rt_sigprocmask(int how, const sigset_t *set, sigset_t *old, size_t size);
int __rt_sigpending(sigset_t *set, size_t size);
int __rt_sigsuspend(const sigset_t *mask, size_t size);
int __rt_sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *timeout, size_t size);
int __rt_sigqueueinfo(pid_t pid, int sig, siginfo_t *info);
int __clock_nanosleep(clockid_t clock, int flags, const struct timespec *want, struct timespec *left);
int __getpriority(int which, id_t who);
int __nice(int increment);
int getdents64(int fd, void *buf, unsigned int size);
int faccessat2(int dirfd, const char *path, int mode, int flags);

#endif
