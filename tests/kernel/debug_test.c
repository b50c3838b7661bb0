/*
 * The log, rate limits, symbol and line lookup, WARN, notifiers, parameters.
 */
#include <kunit/test.h>
#include <linux/console.h>
#include <linux/kallsyms.h>
#include <linux/moduleparam.h>
#include <linux/notifier.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/random.h>
#include <linux/report.h>
#include <linux/slab.h>

static char text[256];

static void records_are_kept(struct kunit *test)
{
	u64 seq = printk_next_seq();
	struct printk_record rec, next;

	pr_debug("never stored\n");
	printk(KERN_DEBUG "debug_test: number %d\n", 42);
	KUNIT_ASSERT_TRUE(test, printk_read_record(seq, &rec, text, sizeof(text)));
	KUNIT_EXPECT_STREQ(test, text, "debug_test: number 42");
	KUNIT_EXPECT_EQ(test, rec.level, LOGLEVEL_DEBUG);
	KUNIT_EXPECT_EQ(test, rec.seq, seq);
	KUNIT_EXPECT_EQ(test, rec.len, strlen(text));
	KUNIT_EXPECT_FALSE(test, printk_read_record(seq + 1, &next, text, sizeof(text)));
}

static void lines_become_records(struct kunit *test)
{
	u64 seq = printk_next_seq();
	struct printk_record rec;

	printk(KERN_DEBUG "one\ntwo\n");
	KUNIT_EXPECT_EQ(test, printk_next_seq(), seq + 2);
	printk_read_record(seq + 1, &rec, text, sizeof(text));
	KUNIT_EXPECT_STREQ(test, text, "two");
	KUNIT_EXPECT_EQ(test, rec.level, LOGLEVEL_DEBUG);
	printk(KERN_DEBUG "begin");
	pr_cont(", middle");
	pr_cont(", end\n");
	KUNIT_EXPECT_EQ(test, printk_next_seq(), seq + 3);
	printk_read_record(seq + 2, &rec, text, sizeof(text));
	KUNIT_EXPECT_STREQ(test, text, "begin, middle, end");
}

static void short_buffers_cut(struct kunit *test)
{
	u64 seq = printk_next_seq();
	struct printk_record rec;

	printk(KERN_DEBUG "0123456789\n");
	KUNIT_ASSERT_TRUE(test, printk_read_record(seq, &rec, text, 5));
	KUNIT_EXPECT_STREQ(test, text, "0123");
	KUNIT_EXPECT_EQ(test, rec.len, 4);
}

static void old_records_go(struct kunit *test)
{
	u64 first = printk_first_seq(), seq = printk_next_seq();
	int level = console_loglevel;
	struct printk_record rec;

	console_loglevel = 0;
	for (int i = 0; i < 1100; i++)
		printk(KERN_DEBUG "debug_test: filling %d\n", i);
	console_loglevel = level;
	KUNIT_EXPECT_GT(test, printk_first_seq(), first);
	KUNIT_EXPECT_LE(test, printk_next_seq() - printk_first_seq(), 1024ull);
	KUNIT_ASSERT_TRUE(test, printk_read_record(seq, &rec, text, sizeof(text)));
	KUNIT_EXPECT_EQ(test, rec.seq, printk_first_seq());
	KUNIT_ASSERT_TRUE(test, printk_read_record(seq + 1099, &rec, text, sizeof(text)));
	KUNIT_EXPECT_STREQ(test, text, "debug_test: filling 1099");
}

static unsigned int shown;

static void count_console(struct console *con, const char *s, unsigned int count)
{
	shown += strnstr(s, "debug_test: seen", count) != NULL;
}

static struct console test_console = {
	.name = "ktest", .write = count_console, .flags = CON_BOOT, .index = 0,
};

static void consoles_see_their_levels(struct kunit *test)
{
	int level = console_loglevel;

	shown = 0;
	register_console(&test_console);
	console_loglevel = LOGLEVEL_ERR;
	printk(KERN_ERR "debug_test: seen? no\n");
	KUNIT_EXPECT_EQ(test, shown, 0);
	console_loglevel = LOGLEVEL_WARNING;
	printk(KERN_ERR "debug_test: seen? yes\n");
	KUNIT_EXPECT_EQ(test, shown, 1);
	console_lock();
	printk(KERN_ERR "debug_test: seen later\n");
	KUNIT_EXPECT_EQ(test, shown, 1);
	console_unlock();
	KUNIT_EXPECT_EQ(test, shown, 2);
	unregister_console(&test_console);
	printk(KERN_ERR "debug_test: seen? no more\n");
	console_loglevel = level;
	KUNIT_EXPECT_EQ(test, shown, 2);
}

/* Where console= names others, ours is none. */
static void the_default_console_leaves_to_the_next(struct kunit *test)
{
	struct console con = { .name = "ktest", .write = count_console, .flags = CON_CONSDEV, .index = 0 };
	struct console *was = console_default();

	register_console(&con);
	if (was && con.flags & CON_ENABLED) {
		KUNIT_EXPECT_PTR_EQ(test, console_default(), &con);
		unregister_console(&con);
		KUNIT_EXPECT_PTR_EQ(test, console_default(), console_drivers);
		KUNIT_EXPECT_FALSE(test, con.flags & (CON_ENABLED | CON_CONSDEV));
		console_lock();
		console_drivers->flags &= ~CON_CONSDEV;
		was->flags |= CON_CONSDEV;
		console_unlock();
	}
}

static void rate_is_limited(struct kunit *test)
{
	struct ratelimit_state rs = RATELIMIT_STATE_INIT(rs, 1000, 3);
	int passed = 0;

	for (int i = 0; i < 10; i++)
		passed += __ratelimit(&rs);
	KUNIT_EXPECT_EQ(test, passed, 3);
	KUNIT_EXPECT_EQ(test, rs.missed, 7);
}

static void names_of_functions(struct kunit *test)
{
	unsigned long size, offset, addr = (unsigned long)printk;
	char name[KSYM_NAME_LEN];

	KUNIT_ASSERT_NOT_NULL(test, kallsyms_lookup(addr + 3, &size, &offset, NULL, name));
	KUNIT_EXPECT_STREQ(test, name, "printk");
	KUNIT_EXPECT_EQ(test, offset, 3);
	KUNIT_EXPECT_GT(test, size, 3);
	KUNIT_EXPECT_EQ(test, kallsyms_lookup_name("printk"), addr);
	KUNIT_EXPECT_EQ(test, kallsyms_lookup_name("no_such_function"), 0);
	KUNIT_EXPECT_NULL(test, kallsyms_lookup(0x1000, &size, &offset, NULL, name));
}

static noinline int known_line(const char **file, unsigned int *line)
{
	return kallsyms_line(_THIS_IP_, file, line);
}

static void lines_of_functions(struct kunit *test)
{
	const char *file = NULL;
	unsigned int line = 0;

	KUNIT_ASSERT_EQ(test, known_line(&file, &line), 0);
	KUNIT_EXPECT_STREQ(test, file, "tests/kernel/debug_test.c");
	KUNIT_EXPECT_GT(test, line, 100);
	KUNIT_EXPECT_LT(test, line, 200);
	KUNIT_EXPECT_EQ(test, kallsyms_line(0x1000, &file, &line), -ENOENT);
}

/* One place, however a compiler unrolls the caller's loop. */
static noinline void warn_once(int truth)
{
	WARN_ON_ONCE(truth);
}

static void warn_often(void *unused)
{
	for (int i = 0; i < 3; i++)
		warn_once(1);
}

static void warn_with_words(void *value)
{
	WARN(value != NULL, "debug_test: a value of %d\n", *(int *)value);
}

static void warn_reports_and_goes_on(struct kunit *test)
{
	u64 seq = printk_next_seq();
	struct printk_record rec;
	int line = 0, value = 42;
	char place[64];

	report_expect("WARN_ON");
	KUNIT_EXPECT_TRUE(test, WARN_ON(value)); line = __LINE__;
	KUNIT_EXPECT_EQ(test, report_expect(NULL), 1);
	KUNIT_ASSERT_TRUE(test, printk_read_record(seq, &rec, text, sizeof(text)));
	snprintf(place, sizeof(place), "  tests/kernel/debug_test.c:%d", line);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, place));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "WARNING: WARN_ON"));
	KUNIT_EXPECT_FALSE(test, WARN_ON(!value));
	kunit_expect_report(test, "debug_test: a value of 42", warn_with_words, &value);
}

/* Only the first run of a boot can see it: later ones find the place done. */
static void warn_once_warns_once(struct kunit *test)
{
	static bool done;

	report_expect("WARN_ON");
	warn_often(NULL);
	KUNIT_EXPECT_EQ(test, report_expect(NULL), !done);
	done = true;
}

static int told;

static int tell(struct notifier_block *nb, unsigned long action, void *data)
{
	told = told * 10 + nb->priority;
	return action && nb->priority == 2 ? NOTIFY_STOP : NOTIFY_OK;
}

static void notifiers_by_priority(struct kunit *test)
{
	ATOMIC_NOTIFIER_HEAD(chain);
	struct notifier_block nb[3] = { { tell, NULL, 1 }, { tell, NULL, 3 }, { tell, NULL, 2 } };

	for (int i = 0; i < 3; i++)
		atomic_notifier_chain_register(&chain, &nb[i]);
	told = 0;
	KUNIT_EXPECT_EQ(test, atomic_notifier_call_chain(&chain, 0, NULL), NOTIFY_OK);
	KUNIT_EXPECT_EQ(test, told, 321);
	told = 0;
	KUNIT_EXPECT_EQ(test, atomic_notifier_call_chain(&chain, 1, NULL), NOTIFY_STOP);
	KUNIT_EXPECT_EQ(test, told, 32);
	KUNIT_EXPECT_EQ(test, atomic_notifier_chain_unregister(&chain, &nb[1]), 0);
	KUNIT_EXPECT_EQ(test, atomic_notifier_chain_unregister(&chain, &nb[1]), -ENOENT);
}

static int number;
static bool flag;
static int many[4];
static unsigned int many_count;
module_param(number, int, 0);	/* set by suites alone */
module_param(flag, bool, 0);	/* set by suites alone */
module_param_array(many, int, &many_count, 0);	/* set by suites alone */

extern const struct kernel_param __start___param[], __stop___param[];

static int set(const char *name, char *value)
{
	return parse_one_param(name, value, __start___param, __stop___param - __start___param);
}

static void parameters_by_name(struct kunit *test)
{
	char list[] = "1,2,3", long_list[] = "1,2,3,4,5";

	KUNIT_EXPECT_EQ(test, set("debug_test.number", "0x10"), 0);
	KUNIT_EXPECT_EQ(test, number, 16);
	KUNIT_EXPECT_EQ(test, set("debug-test.number", "17"), 0);
	KUNIT_EXPECT_EQ(test, number, 17);
	KUNIT_EXPECT_EQ(test, set("debug_test.number", "x"), -EINVAL);
	KUNIT_EXPECT_EQ(test, set("debug_test.number", NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, set("debug_test.flag", NULL), 0);
	KUNIT_EXPECT_TRUE(test, flag);
	KUNIT_EXPECT_EQ(test, set("debug_test.many", list), 0);
	KUNIT_EXPECT_TRUE(test, many_count == 3 && many[2] == 3);
	KUNIT_EXPECT_EQ(test, set("debug_test.many", long_list), -EINVAL);
	KUNIT_EXPECT_EQ(test, set("debug_test.none", "1"), -ENOENT);
}

static void long_parameters_stay_in_their_page(struct kunit *test)
{
	char *text = kmalloc(2 * PAGE_SIZE, GFP_KERNEL), *page = kmalloc(2 * PAGE_SIZE, GFP_KERNEL);
	char *names[2] = { text, text }, list[] = "1,2,3";
	const struct kparam_array array = {
		.max = 2, .elemsize = sizeof(*names), .ops = &param_ops_charp, .elem = names,
	};
	const struct kernel_param one = { .arg = names }, both = { .arr = &array };

	KUNIT_ASSERT_TRUE(test, text && page);
	memset(text, 'a', 2 * PAGE_SIZE);
	memset(page, 'x', 2 * PAGE_SIZE);
	text[2 * PAGE_SIZE - 1] = '\0';
	KUNIT_EXPECT_EQ(test, param_ops_charp.get(page, &one), PAGE_SIZE - 1);
	KUNIT_EXPECT_EQ(test, param_array_ops.get(page, &both), PAGE_SIZE - 1);
	KUNIT_EXPECT_EQ(test, page[PAGE_SIZE], 'x');
	/* what is refused leaves nothing behind that points into it */
	KUNIT_EXPECT_EQ(test, param_array_ops.set(list, &both), -EINVAL);
	KUNIT_EXPECT_TRUE(test, names[0] == text && names[1] == text);
	kfree(text);
	kfree(page);
}

static void random_bytes_differ(struct kunit *test)
{
	u64 a = get_random_u64(), b = get_random_u64();
	u8 bytes[100] = { 0 };
	int zeros = 0;

	KUNIT_EXPECT_NE(test, a, b);
	get_random_bytes(bytes, sizeof(bytes));
	for (unsigned int i = 0; i < sizeof(bytes); i++)
		zeros += !bytes[i];
	KUNIT_EXPECT_LT(test, zeros, 10);
}

static struct kunit_case debug_cases[] = {
	KUNIT_CASE(records_are_kept),
	KUNIT_CASE(lines_become_records),
	KUNIT_CASE(short_buffers_cut),
	KUNIT_CASE(consoles_see_their_levels),
	KUNIT_CASE(the_default_console_leaves_to_the_next),
	KUNIT_CASE(rate_is_limited),
	KUNIT_CASE(names_of_functions),
	KUNIT_CASE(lines_of_functions),
	KUNIT_CASE(warn_reports_and_goes_on),
	KUNIT_CASE(warn_once_warns_once),
	KUNIT_CASE(notifiers_by_priority),
	KUNIT_CASE(parameters_by_name),
	KUNIT_CASE(long_parameters_stay_in_their_page),
	KUNIT_CASE(random_bytes_differ),
	KUNIT_CASE(old_records_go),
	{}
};

static struct kunit_suite debug_suite = { .name = "debug", .test_cases = debug_cases };
kunit_test_suite(debug_suite);
