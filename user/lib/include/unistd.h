/* <unistd.h> */
#ifndef _UNISTD_H
#define _UNISTD_H

#include <stddef.h>
#include <sys/types.h>
#include <linux/unistd.h>

#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2

#define F_OK 0
#define X_OK 1
#define W_OK 2
#define R_OK 4

#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif
#ifndef SEEK_DATA
#define SEEK_DATA 3
#define SEEK_HOLE 4
#endif

#define _SC_ARG_MAX 0
#define _SC_CHILD_MAX 1
#define _SC_CLK_TCK 2
#define _SC_NGROUPS_MAX 3
#define _SC_OPEN_MAX 4
#define _SC_PAGESIZE 30
#define _SC_PAGE_SIZE _SC_PAGESIZE
#define _SC_NPROCESSORS_CONF 83
#define _SC_NPROCESSORS_ONLN 84
#define _SC_PHYS_PAGES 85

extern char **environ;
extern char *optarg;
extern int optind, opterr, optopt;

int access(const char *path, int mode);
unsigned int alarm(unsigned int seconds);
int brk(void *end);
int chdir(const char *path);
int chown(const char *path, uid_t uid, gid_t gid);
int chroot(const char *path);
int close(int fd);
int close_range(unsigned int first, unsigned int last, unsigned int flags);
int dup(int fd);
int dup2(int from, int to);
int dup3(int from, int to, int flags);
int execl(const char *path, const char *arg, ...);
int execlp(const char *file, const char *arg, ...);
int execv(const char *path, char *const argv[]);
int execve(const char *path, char *const argv[], char *const envp[]);
int execvp(const char *file, char *const argv[]);
int execvpe(const char *file, char *const argv[], char *const envp[]);
void _exit(int status) __attribute__((noreturn));
int faccessat(int dirfd, const char *path, int mode, int flags);
int fchdir(int fd);
int fchown(int fd, uid_t uid, gid_t gid);
int fchownat(int dirfd, const char *path, uid_t uid, gid_t gid, int flags);
int fdatasync(int fd);
pid_t fork(void);
int fsync(int fd);
int ftruncate(int fd, off_t length);
char *getcwd(char *buf, size_t size);
gid_t getegid(void);
uid_t geteuid(void);
gid_t getgid(void);
int getgroups(int size, gid_t *list);
int gethostname(char *name, size_t size);
int getopt(int argc, char *const argv[], const char *options);
int getpagesize(void);
pid_t getpgid(pid_t pid);
pid_t getpgrp(void);
pid_t getpid(void);
pid_t getppid(void);
int getresgid(gid_t *r, gid_t *e, gid_t *s);
int getresuid(uid_t *r, uid_t *e, uid_t *s);
pid_t getsid(pid_t pid);
pid_t gettid(void);
uid_t getuid(void);
int isatty(int fd);
int lchown(const char *path, uid_t uid, gid_t gid);
int link(const char *from, const char *to);
int linkat(int from, const char *old, int to, const char *new, int flags);
off_t lseek(int fd, off_t offset, int whence);
int nice(int increment);
int pause(void);
int pipe(int fd[2]);
int pipe2(int fd[2], int flags);
ssize_t pread(int fd, void *buf, size_t count, off_t offset);
ssize_t pwrite(int fd, const void *buf, size_t count, off_t offset);
ssize_t read(int fd, void *buf, size_t count);
ssize_t readlink(const char *path, char *buf, size_t size);
ssize_t readlinkat(int dirfd, const char *path, char *buf, size_t size);
int renameat(int from, const char *old, int to, const char *new);
int rmdir(const char *path);
void *sbrk(intptr_t increment);
int setegid(gid_t gid);
int seteuid(uid_t uid);
int setgid(gid_t gid);
int setgroups(size_t size, const gid_t *list);
int sethostname(const char *name, size_t len);
int setpgid(pid_t pid, pid_t pgid);
int setregid(gid_t r, gid_t e);
int setresgid(gid_t r, gid_t e, gid_t s);
int setresuid(uid_t r, uid_t e, uid_t s);
int setreuid(uid_t r, uid_t e);
pid_t setsid(void);
int setuid(uid_t uid);
unsigned int sleep(unsigned int seconds);
int symlink(const char *target, const char *path);
int symlinkat(const char *target, int dirfd, const char *path);
void sync(void);
int syncfs(int fd);
long syscall(long number, ...);
long sysconf(int name);
pid_t tcgetpgrp(int fd);
int tcsetpgrp(int fd, pid_t pgrp);
int truncate(const char *path, off_t length);
char *ttyname(int fd);
int unlink(const char *path);
int unlinkat(int dirfd, const char *path, int flags);
int usleep(useconds_t usec);
pid_t vfork(void) __attribute__((returns_twice));
ssize_t write(int fd, const void *buf, size_t count);

#endif
