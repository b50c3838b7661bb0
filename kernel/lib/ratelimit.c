/*
 * So many messages in so many ticks, for each state.
 */
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(ratelimit_lock);		/* all states: held for a few instructions */

int ___ratelimit(struct ratelimit_state *rs, const char *func)
{
	unsigned long flags;
	int missed = 0, ret;

	if (!rs->interval)
		return 1;
	spin_lock_irqsave(&ratelimit_lock, flags);
	if (!rs->begin || time_after(jiffies, rs->begin + rs->interval)) {
		missed = rs->missed;
		rs->begin = jiffies | 1;	/* 0 says: never yet */
		rs->printed = rs->missed = 0;
	}
	ret = rs->printed < rs->burst;
	if (ret)
		rs->printed++;
	else
		rs->missed++;
	spin_unlock_irqrestore(&ratelimit_lock, flags);
	if (missed)
		printk(KERN_WARNING "%s: %d messages suppressed\n", func, missed);
	return ret;
}
EXPORT_SYMBOL(___ratelimit);

int printk_ratelimit(void)
{
	static struct ratelimit_state rs = RATELIMIT_STATE_INIT(rs, DEFAULT_RATELIMIT_INTERVAL,
								DEFAULT_RATELIMIT_BURST);

	return __ratelimit(&rs);
}
EXPORT_SYMBOL(printk_ratelimit);
