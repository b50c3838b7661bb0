/* <signal.h> */
#ifndef _SIGNAL_H
#define _SIGNAL_H

#include <linux/signal.h>
#include <sys/types.h>
#include <time.h>

#define NSIG (_NSIG + 1)
#define SIG2STR_MAX 8

typedef __sighandler_t sighandler_t;
typedef int sig_atomic_t;

int kill(pid_t pid, int sig);
int killpg(pid_t pgrp, int sig);
int raise(int sig);
int sigaction(int sig, const struct sigaction *act, struct sigaction *old);
int sigaddset(sigset_t *set, int sig);
int sigaltstack(const stack_t *stack, stack_t *old);
int sigdelset(sigset_t *set, int sig);
int sigemptyset(sigset_t *set);
int sigfillset(sigset_t *set);
int sig2str(int sig, char *name);
int siginterrupt(int sig, int yes);
int sigismember(const sigset_t *set, int sig);
sighandler_t signal(int sig, sighandler_t handler);
int sigpending(sigset_t *set);
int sigprocmask(int how, const sigset_t *set, sigset_t *old);
int sigqueue(pid_t pid, int sig, const union sigval value);
int sigsuspend(const sigset_t *mask);
int sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *timeout);
int sigwait(const sigset_t *set, int *sig);
int sigwaitinfo(const sigset_t *set, siginfo_t *info);
int str2sig(const char *name, int *sig);
int tgkill(pid_t tgid, pid_t tid, int sig);
int tkill(pid_t tid, int sig);

#endif
