/* <sys/resource.h> */
#ifndef _SYS_RESOURCE_H
#define _SYS_RESOURCE_H

#include <linux/resource.h>
#include <sys/types.h>

typedef unsigned long rlim_t;

int getpriority(int which, id_t who);
int getrlimit(int resource, struct rlimit *limit);
int getrusage(int who, struct rusage *usage);
int prlimit64(pid_t pid, int resource, const struct rlimit64 *limit, struct rlimit64 *old);
int setpriority(int which, id_t who, int value);
int setrlimit(int resource, const struct rlimit *limit);

#endif
