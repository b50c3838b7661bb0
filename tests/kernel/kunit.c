/*
 * Runs in-kernel test suites and tells the result as KTAP.
 *
 *	ktest=NAMES -> kunit_run_boot_tests() -> a kthread -> the log (and listener)
 *	/proc/ktest -> kunit_run() -> its reader
 *
 * A failed assertion jumps out of the case back into run_case(), which lets
 * the suite's exit() and the case's resources clean up.
 *
 * Locks: run_mutex, may sleep: one run at a time. Context: process.
 */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kmemleak.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/report.h>

#ifdef __CHECKER__	/* sparse does not know these two */
#define __builtin_setjmp(buf)		((void)(buf), 0)
#define __builtin_longjmp(buf, value)	((void)(buf), __builtin_unreachable())
#endif

extern struct kunit_suite *const __kunit_suites_start[], *const __kunit_suites_end[];

#define LINE_MAX	256

/* An entry of kunit.resources. */
struct resource {
	struct list_head list;
	void (*action)(void *ctx);
	void *ctx;
};

static DEFINE_MUTEX(run_mutex);
static kunit_print_fn print_fn;			/* [run_mutex] */
static void *print_data;			/* [run_mutex] */
static char line_buf[LINE_MAX];			/* [run_mutex] */
static void (*boot_listener)(const char *line);	/* set by an initcall, then constant */
static const char *boot_names;			/* [I] ktest= */

static __printf(1, 2) void say(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vscnprintf(line_buf, sizeof(line_buf), fmt, args);
	va_end(args);
	print_fn(print_data, line_buf);
}

void kunit_log_line(struct kunit *test, const char *fmt, ...)
{
	struct va_format vaf = { .fmt = fmt };
	va_list args;

	va_start(args, fmt);
	vaf.va = &args;
	say("        # %s: %pV", test->name, &vaf);
	va_end(args);
}
EXPORT_SYMBOL(kunit_log_line);

/* Not inlined, so that the jump leaves the function that was set up for it. */
void noinline kunit_abort(struct kunit *test)
{
	__builtin_longjmp(test->abort_to, 1);
}
EXPORT_SYMBOL(kunit_abort);

static void failed(struct kunit *test, const struct kunit_place *place)
{
	test->status = KUNIT_FAILURE;
	if (place->fatal)
		kunit_abort(test);
}

void kunit_fail(struct kunit *test, const struct kunit_place *place)
{
	kunit_log_line(test, "%s at %s:%d: %s is false", place->fatal ? "ASSERTION" : "EXPECTATION",
		       place->file, place->line, place->text);
	failed(test, place);
}
EXPORT_SYMBOL(kunit_fail);

void kunit_fail_values(struct kunit *test, const struct kunit_place *place, long long left,
		       long long right)
{
	kunit_log_line(test, "%s at %s:%d: %s; left %lld (0x%llx), right %lld (0x%llx)",
		       place->fatal ? "ASSERTION" : "EXPECTATION", place->file, place->line,
		       place->text, left, left, right, right);
	failed(test, place);
}
EXPORT_SYMBOL(kunit_fail_values);

void kunit_fail_strings(struct kunit *test, const struct kunit_place *place, const char *left,
			const char *right)
{
	kunit_log_line(test, "%s at %s:%d: %s; left \"%s\", right \"%s\"",
		       place->fatal ? "ASSERTION" : "EXPECTATION", place->file, place->line,
		       place->text, left, right);
	failed(test, place);
}
EXPORT_SYMBOL(kunit_fail_strings);

void kunit_fail_msg(struct kunit *test, const struct kunit_place *place, const char *fmt, ...)
{
	struct va_format vaf = { .fmt = fmt };
	va_list args;

	va_start(args, fmt);
	vaf.va = &args;
	kunit_log_line(test, "%s at %s:%d: %s: %pV", place->fatal ? "ASSERTION" : "EXPECTATION",
		       place->file, place->line, place->text, &vaf);
	va_end(args);
	failed(test, place);
}
EXPORT_SYMBOL(kunit_fail_msg);

void kunit_mark_skipped(struct kunit *test, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vscnprintf(test->skip_reason, sizeof(test->skip_reason), fmt, args);
	va_end(args);
	test->status = KUNIT_SKIPPED;
}
EXPORT_SYMBOL(kunit_mark_skipped);

void kunit_expect_report(struct kunit *test, const char *part, void (*fn)(void *ctx), void *ctx)
{
	unsigned int seen;

	report_expect(part);
	fn(ctx);
	seen = report_expect(NULL);
	if (seen == 1)
		return;
	kunit_log_line(test, "%u reports with \"%s\", 1 expected", seen, part);
	test->status = KUNIT_FAILURE;
}
EXPORT_SYMBOL(kunit_expect_report);

int kunit_add_action(struct kunit *test, void (*action)(void *), void *ctx)
{
	struct resource *res = kmalloc(sizeof(*res), GFP_KERNEL);

	if (!res)
		return -ENOMEM;
	*res = (struct resource){ .action = action, .ctx = ctx };
	list_add(&res->list, &test->resources);
	return 0;
}
EXPORT_SYMBOL(kunit_add_action);

static void free_memory(void *ptr)
{
	kfree(ptr);
}

void *kunit_kmalloc(struct kunit *test, size_t size, gfp_t gfp)
{
	void *ptr = kmalloc(size, gfp);

	if (ptr && kunit_add_action(test, free_memory, ptr)) {
		kfree(ptr);
		return NULL;
	}
	return ptr;
}
EXPORT_SYMBOL(kunit_kmalloc);

void *kunit_kzalloc(struct kunit *test, size_t size, gfp_t gfp)
{
	return kunit_kmalloc(test, size, gfp | __GFP_ZERO);
}
EXPORT_SYMBOL(kunit_kzalloc);

void *kunit_kmalloc_array(struct kunit *test, size_t n, size_t size, gfp_t gfp)
{
	return size && n > SIZE_MAX / size ? NULL : kunit_kmalloc(test, n * size, gfp);
}
EXPORT_SYMBOL(kunit_kmalloc_array);

static void release(struct resource *res)
{
	list_del(&res->list);
	res->action(res->ctx);
	kfree(res);
}

void kunit_kfree(struct kunit *test, const void *ptr)
{
	struct resource *res;

	list_for_each_entry(res, &test->resources, list) {
		if (res->action == free_memory && res->ctx == ptr) {
			release(res);
			return;
		}
	}
	WARN(ptr, "kunit_kfree: %p is not this case's\n", ptr);
}
EXPORT_SYMBOL(kunit_kfree);

/* Returns here a second time when the function ends in kunit_abort(). */
static noinline void call_until_abort(void (*fn)(struct kunit *), struct kunit *test)
{
	if (!__builtin_setjmp(test->abort_to))
		fn(test);
}

static void run_body(struct kunit *test, struct kunit_suite *suite, struct kunit_case *c)
{
	int err = suite->init ? suite->init(test) : 0;

	if (err) {
		kunit_log_line(test, "init failed: %pe", ERR_PTR(err));
		test->status = KUNIT_FAILURE;
		return;
	}
	call_until_abort(c->run_case, test);
	if (suite->exit)
		call_until_abort(suite->exit, test);
}

static enum kunit_status run_case(struct kunit_suite *suite, struct kunit_case *c,
				  unsigned int nr)
{
	struct kunit test = { .name = c->name };
	int count = preempt_count();

	INIT_LIST_HEAD(&test.resources);
	run_body(&test, suite, c);
	while (!list_empty(&test.resources))
		release(list_first_entry(&test.resources, struct resource, list));
	if (preempt_count() != count || irqs_disabled()) {
		preempt_count_add(count - preempt_count());
		local_irq_enable();
		kunit_log_line(&test, "left a lock held or interrupts off");
		test.status = KUNIT_FAILURE;
	}
	if (test.status == KUNIT_SKIPPED)
		say("    ok %u %s # SKIP %s", nr, c->name, test.skip_reason);
	else
		say("    %s %u %s", test.status == KUNIT_SUCCESS ? "ok" : "not ok", nr, c->name);
	return test.status;
}

static void run_suite(struct kunit_suite *suite, unsigned int nr, struct kunit_totals *totals)
{
	struct leak_filter since = kmemleak_filter_current();
	struct kunit_totals mine = { 0 };
	unsigned int cases = 0, leaked;
	int err = 0;

	while (suite->test_cases[cases].run_case)
		cases++;
	say("    KTAP version 1");
	say("    # Subtest: %s", suite->name);
	say("    1..%u", cases);
	if (suite->suite_init)
		err = suite->suite_init(suite);
	for (unsigned int i = 0; i < cases && !err; i++) {
		switch (run_case(suite, &suite->test_cases[i], i + 1)) {
		case KUNIT_SUCCESS: mine.passed++; break;
		case KUNIT_FAILURE: mine.failed++; break;
		case KUNIT_SKIPPED: mine.skipped++; break;
		}
	}
	if (err) {
		say("    # suite_init failed: %pe", ERR_PTR(err));
		mine.failed = cases;
	} else if (suite->suite_exit) {
		suite->suite_exit(suite);
	}
	leaked = kmemleak_report(&since);
	if (leaked) {
		say("    # objects not freed, see the reports: %u", leaked);
		mine.failed++;
	}
	say("%s %u %s", mine.failed ? "not ok" : "ok", nr, suite->name);
	totals->passed += mine.passed;
	totals->failed += mine.failed;
	totals->skipped += mine.skipped;
}

/* Whether `name` is one of the comma list's words; "all" is every name. */
static bool listed(const char *names, const char *name)
{
	size_t len = strlen(name);

	if (!strcmp(names, "all"))
		return true;
	for (; *names; names += *names == ',') {
		size_t word = strcspn(names, ",");

		if (word == len && !strncmp(names, name, len))
			return true;
		names += word;
	}
	return false;
}

const char *kunit_suite_name(unsigned int nr)
{
	return nr < __kunit_suites_end - __kunit_suites_start ? __kunit_suites_start[nr]->name : NULL;
}

int kunit_run(const char *names, kunit_print_fn print, void *data, struct kunit_totals *totals)
{
	struct kunit_totals sum = { 0 };
	unsigned int count = 0, nr = 0;
	const char *name;

	for (unsigned int i = 0; (name = kunit_suite_name(i)); i++)
		count += listed(names, name);
	if (!count)
		return -ENOENT;
	mutex_lock(&run_mutex);
	print_fn = print;
	print_data = data;
	say("KTAP version 1");
	say("1..%u", count);
	for (unsigned int i = 0; (name = kunit_suite_name(i)); i++)
		if (listed(names, name))
			run_suite(__kunit_suites_start[i], ++nr, &sum);
	say("# Totals: pass:%u fail:%u skip:%u total:%u", sum.passed, sum.failed, sum.skipped,
	    sum.passed + sum.failed + sum.skipped);
	mutex_unlock(&run_mutex);
	if (totals)
		*totals = sum;
	return sum.failed ? 1 : 0;
}

void kunit_set_boot_listener(void (*listener)(const char *line))
{
	boot_listener = listener;
}

static void print_boot_line(void *unused, const char *line)
{
	printk(KERN_INFO "%s\n", line);
	if (boot_listener)
		boot_listener(line);
}

static DECLARE_COMPLETION(boot_tests_done);

static int boot_thread(void *unused)
{
	if (kunit_run(boot_names, print_boot_line, NULL, NULL) == -ENOENT)
		pr_err("ktest=%s: no such suite\n", boot_names);
	complete(&boot_tests_done);
	return 0;
}

void kunit_run_boot_tests(void)
{
	struct task_struct *thread;

	if (!boot_names)
		return;
	thread = kthread_run(boot_thread, NULL, "ktest");
	if (IS_ERR(thread))
		pr_err("ktest: no thread: %pe\n", thread);
	else
		wait_for_completion(&boot_tests_done);
}

/* The suites that run before init: all, or names with commas between. */
static int __init ktest_setup(char *value)
{
	boot_names = value;
	return 1;
}
__setup("ktest=", ktest_setup);
