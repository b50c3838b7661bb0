/*
 * <khg/segment.h> - user memory as in 1996, when the fs register pointed to it.
 *
 * Only in a system call of the process whose memory it is. In an interrupt any
 * process may be current: there nothing is moved, and a report says who tried.
 *
 * Nothing here can fail: the driver asked verify_area() first. One that did not,
 * and meets a bad pointer, was an oops in 1996, and its process died of it;
 * here, too, the process ends by SIGSEGV, and what was to be read is 0.
 */
#ifndef _KHG_SEGMENT_H
#define _KHG_SEGMENT_H

#include <khg/base.h>

void memcpy_fromfs(void *to, const void *user, unsigned long n);
void memcpy_tofs(void *user, const void *from, unsigned long n);

unsigned char get_fs_byte(const void *user);
unsigned short get_fs_word(const void *user);
unsigned long get_fs_long(const void *user);
void put_fs_byte(char value, void *user);
void put_fs_word(short value, void *user);
void put_fs_long(unsigned long value, void *user);

/* 0, or -EFAULT: not all of [user, user + size) may be read (VERIFY_READ) or written. May sleep. */
int verify_area(int type, const void *user, unsigned long size);

#endif
