/* <sys/mman.h> */
#ifndef _SYS_MMAN_H
#define _SYS_MMAN_H

#include <linux/mman.h>
#include <sys/types.h>

#define MAP_FAILED ((void *)-1)

int madvise(void *addr, size_t len, int advice);
int memfd_create(const char *name, unsigned int flags);
int mincore(void *addr, size_t len, unsigned char *vec);
int mlock(const void *addr, size_t len);
int mlockall(int flags);
void *mmap(void *addr, size_t len, int prot, int flags, int fd, off_t offset);
int mprotect(void *addr, size_t len, int prot);
void *mremap(void *addr, size_t old_len, size_t new_len, int flags, ...);
int msync(void *addr, size_t len, int flags);
int munlock(const void *addr, size_t len);
int munlockall(void);
int munmap(void *addr, size_t len);

#endif
