/* <sys/wait.h> */
#ifndef _SYS_WAIT_H
#define _SYS_WAIT_H

#include <linux/wait.h>
#include <signal.h>
#include <sys/types.h>
#include <sys/resource.h>

typedef int idtype_t;

/* low byte: the signal (0: exited, 127: stopped), 128 for a core; next byte: status or stopping signal */
#define WTERMSIG(s) ((s) & 0x7f)
#define WEXITSTATUS(s) (((s) >> 8) & 0xff)
#define WSTOPSIG(s) WEXITSTATUS(s)
#define WIFEXITED(s) (WTERMSIG(s) == 0)
#define WIFSTOPPED(s) (((s) & 0xff) == 0x7f)
#define WIFSIGNALED(s) (((s) & 0xffff) != 0xffff && (signed char)(WTERMSIG(s) + 1) >> 1 > 0)
#define WIFCONTINUED(s) ((s) == 0xffff)
#define WCOREDUMP(s) ((s) & 0x80)

pid_t wait(int *status);
pid_t wait3(int *status, int options, struct rusage *usage);
pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage);
int waitid(idtype_t type, id_t id, siginfo_t *info, int options, struct rusage *usage);
pid_t waitpid(pid_t pid, int *status, int options);

#endif
