#ifndef _LINUX_RATELIMIT_H
#define _LINUX_RATELIMIT_H

#include <linux/types.h>

#define DEFAULT_RATELIMIT_INTERVAL	(5 * 100)	/* in jiffies */
#define DEFAULT_RATELIMIT_BURST		10

struct ratelimit_state {
	int interval;			/* [I] jiffies */
	int burst;			/* [I] */
	unsigned long begin;		/* [l] ratelimit_lock */
	int printed;			/* [l] */
	int missed;			/* [l] */
	const char *name;		/* [I] */
};

#define RATELIMIT_STATE_INIT(n, i, b) { .interval = (i), .burst = (b), .name = #n }
#define DEFINE_RATELIMIT_STATE(n, i, b) struct ratelimit_state n = RATELIMIT_STATE_INIT(n, i, b)

static inline void ratelimit_state_init(struct ratelimit_state *rs, int interval, int burst)
{
	*rs = (struct ratelimit_state){ .interval = interval, .burst = burst };
}

/* Nonzero when the caller may go on. Context: any. */
int ___ratelimit(struct ratelimit_state *rs, const char *func);
#define __ratelimit(rs) ___ratelimit(rs, __func__)

#endif
