/*
 * A reference count went wrong: see <linux/refcount.h>. It is pinned half way
 * down the negative numbers, where no stray get or put brings it back to zero.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/refcount.h>
#include <linux/report.h>

#define OVERFLOW "overflow: taken more often than given back"

static const char *const mistakes[] = {
	[REFCOUNT_ADD_NOT_ZERO_OVF] = OVERFLOW,
	[REFCOUNT_ADD_UAF] = "raised from 0: the object is being freed",
	[REFCOUNT_ADD_OVF] = OVERFLOW,
	[REFCOUNT_SUB_UAF] = "underflow: given back more often than taken",
	[REFCOUNT_DEC_LEAK] = "refcount_dec() reached 0: nobody frees the object",
};

void refcount_warn_saturate(refcount_t *r, enum refcount_saturation_type t)
{
	int value = refcount_read(r);

	refcount_set(r, REFCOUNT_SATURATED);
	if (report_running() || !report_first(_RET_IP_))
		return;
	report_begin(_RET_IP_, "refcount %s", mistakes[t]);
	report_line("refcount_t at %p became %d; saturated now: the object is never freed",
		    r, value);
	report_stack_here("Call trace:");
	report_end();
}
EXPORT_SYMBOL(refcount_warn_saturate);
