/* Atomic counters: see <asm/atomic.h>, which has Linux's names and ordering. */
#ifndef LINUX_ATOMIC_H
#define LINUX_ATOMIC_H

#include <linux/types.h>
#include <asm/atomic.h>
#include <asm/barrier.h>

#endif
