/*
 * unistd.c: system calls whose C function does a little more than the stub:
 * another type, a size that the kernel wants to know, a buffer to allocate.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/auxv.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include "libc.h"

/* O_LARGEFILE: without it the kernel refuses files whose length needs more than 31 bits */
int openat(int dirfd, const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = va_arg(ap, mode_t);
	va_end(ap);
	return __openat(dirfd, path, flags | O_LARGEFILE, mode);
}

int open(const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = va_arg(ap, mode_t);
	va_end(ap);
	return __openat(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}

int creat(const char *path, mode_t mode)
{
	return open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

/* The result may not fit eax, so the kernel stores it. */
off_t lseek(int fd, off_t offset, int whence)
{
	off_t result;

	if (_llseek(fd, (unsigned long)(offset >> 32), (unsigned long)offset, &result, whence) < 0)
		return -1;
	return result;
}

/* Unlike most calls this one returns its error; errno stays. */
int posix_fallocate(int fd, off_t offset, off_t len)
{
	int saved = errno, error = fallocate(fd, 0, offset, len) < 0 ? errno : 0;

	errno = saved;
	return error;
}

void *mmap(void *addr, size_t len, int prot, int flags, int fd, off_t offset)
{
	if (offset & 4095) {
		errno = EINVAL;
		return MAP_FAILED;
	}
	return __mmap2(addr, len, prot, flags, fd, (unsigned long)(offset >> 12));
}

/* The kernel answers where the heap ends now; it did not move where it could not. */
int brk(void *end)
{
	if (__brk(end) == end)
		return 0;
	errno = ENOMEM;
	return -1;
}

void *sbrk(intptr_t increment)
{
	char *old = __brk(NULL);

	if (increment && brk(old + increment) < 0)
		return (void *)-1;
	return old;
}

/* With a null buffer the result is allocated, as much as it needs. */
char *getcwd(char *buf, size_t size)
{
	char path[PATH_MAX];

	if (buf)
		return __getcwd(buf, size) < 0 ? NULL : buf;
	return __getcwd(path, sizeof(path)) < 0 ? NULL : strdup(path);
}

int mknod(const char *path, mode_t mode, dev_t dev)
{
	return __mknod(path, mode, dev);
}

int mknodat(int dirfd, const char *path, mode_t mode, dev_t dev)
{
	return __mknodat(dirfd, path, mode, dev);
}

int mkfifo(const char *path, mode_t mode)
{
	return __mknod(path, mode | S_IFIFO, 0);
}

int faccessat(int dirfd, const char *path, int mode, int flags)
{
	return faccessat2(dirfd, path, mode, flags);
}

int futimens(int fd, const struct timespec times[2])
{
	return utimensat(fd, NULL, times, 0);
}

int __statfs64(const char *path, size_t size, struct statfs *st);
int __fstatfs64(int fd, size_t size, struct statfs *st);

int statfs(const char *path, struct statfs *st)
{
	return __statfs64(path, sizeof(*st), st);
}

int fstatfs(int fd, struct statfs *st)
{
	return __fstatfs64(fd, sizeof(*st), st);
}

int reboot(int command)
{
	return __reboot(LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, command, NULL);
}

/* The call's result is 20 - nice, 1 to 40, so that it is never negative. */
int getpriority(int which, id_t who)
{
	int result = __getpriority(which, who);

	return result < 0 ? -1 : 20 - result;
}

/* -1 is also a niceness: a caller clears errno first and looks at it. */
int nice(int increment)
{
	if (__nice(increment) < 0) {
		if (errno == EACCES)
			errno = EPERM;
		return -1;
	}
	return getpriority(PRIO_PROCESS, 0);
}

int seteuid(uid_t uid)
{
	return setresuid(-1, uid, -1);
}

int setegid(gid_t gid)
{
	return setresgid(-1, gid, -1);
}

int gethostname(char *name, size_t size)
{
	struct utsname uts;

	if (uname(&uts) < 0)
		return -1;
	strlcpy(name, uts.nodename, size);
	return 0;
}

int getpagesize(void)
{
	return getauxval(AT_PAGESZ);
}

long sysconf(int name)
{
	struct rlimit limit;
	struct sysinfo info;

	switch (name) {
	case _SC_ARG_MAX:
		return ARG_MAX;
	case _SC_CLK_TCK:
		return 100;
	case _SC_NGROUPS_MAX:
		return NGROUPS_MAX;
	case _SC_OPEN_MAX:
		return getrlimit(RLIMIT_NOFILE, &limit) < 0 ? -1 : (long)limit.rlim_cur;
	case _SC_CHILD_MAX:
		return getrlimit(RLIMIT_NPROC, &limit) < 0 ? -1 : (long)limit.rlim_cur;
	case _SC_PAGESIZE:
		return getpagesize();
	case _SC_PHYS_PAGES:
		return sysinfo(&info) < 0 ? -1 : (long)(info.totalram / getpagesize() * info.mem_unit);
	case _SC_NPROCESSORS_CONF:
	case _SC_NPROCESSORS_ONLN:
		return 1;
	}
	errno = EINVAL;
	return -1;
}
