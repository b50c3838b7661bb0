/* SPDX-License-Identifier: MIT */
#ifndef TALLY_INT_H
#define TALLY_INT_H

#include <linux/mutex.h>
#include "tally.h"

struct tally {
	struct mutex lock;
	struct tally_counts counts;
};

extern struct tally tally;

int tally_proc_init(void);
void tally_proc_exit(void);

#endif
