/*
 * Kprobes: a breakpoint at every instruction of a function changes nothing that it does; the handlers
 * and what they see; what is refused; kretprobes.
 */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/extable.h>
#include <asm/setup.h>
#include <asm/traps.h>
#include "test_mm.h"

#define INT3	0xCC
#define BASE	0x20000000UL
#define MUCH	800UL		/* bytes of a function that get probes */

/* ------------------------------------------------------------------ functions to be probed */

static noinline int twice(int n)
{
	barrier();
	return n * 2;
}

static noinline int thrice(int n)
{
	barrier();
	return n * 3;
}

static noinline int factorial(int n);
static int (*volatile again)(int n) = factorial;

static noinline int factorial(int n)
{
	return n > 1 ? n * again(n - 1) : 1;
}

static int (*volatile pointers[])(int n) = { twice, thrice };

/* What compilers make of C in all its forms: loops, a table of jumps, calls by name and by pointer. */
static noinline int mixture(int n)
{
	char text[40];
	int sum = 0;

	for (int i = 0; i < n; i++) {
		switch (i % 7) {
		case 0: sum += twice(i); break;
		case 1: sum ^= i << 3; break;
		case 2: sum += pointers[i & 1](sum & 0xff); break;
		case 3: sum -= snprintf(text, sizeof(text), "%d %s", sum, i & 1 ? "odd" : "even"); break;
		case 4: sum += text[0] * (u8)i; break;
		case 5: sum = sum < 0 ? -sum : sum / 3; break;
		default: sum += (u32)sum % 11 == 0;
		}
	}
	return sum;
}

/* And what they seldom make. Returns 2 n + 1000 for n > 0. */
int rare_forms(int n);
asm(".pushsection .text\n"
    ".type rare_forms, @function\n"
    "rare_forms:\n"
    "	push %ebx\n	push %edi\n"
    "	mov %eax, %ecx\n	xor %ebx, %ebx\n"
    "1:	inc %ebx\n	nopw 0(%eax,%eax,1)\n	loop 1b\n"
    "	jecxz 2f\n	ud2\n"
    "2:	mov %ebx, %eax\n"
    "	push $twice\n	call *(%esp)\n	add $4, %esp\n"
    "	mov $3f, %edi\n	jmp *%edi\n	int3\n"
    "3:	push $4f\n	jmp *(%esp)\n	int3\n"
    "4:	add $4, %esp\n	pushf\n	cli\n	popf\n"
    "	lock addl $0, (%esp)\n	stc\n	jnc 5f\n	cmc\n	jc 5f\n	jmp 6f\n"
    "5:	xor %eax, %eax\n"
    "6:	xor %ecx, %ecx\n	rep movsb\n	lea 1000(,%eax,1), %eax\n"
    "	pop %edi\n	pop %ebx\n	call 7f\n	rep ret\n"
    "7:	ret $0\n"
    ".size rare_forms, . - rare_forms\n"
    ".popsection");

static noinline int load(unsigned long addr)
{
	asm volatile goto("1: movl (%0), %%ecx\n" _ASM_EXTABLE(1b, %l[fault]) :: "r"(addr) : "ecx" : fault);
	return 0;
fault:
	return -EFAULT;
}

/* ------------------------------------------------------------------ a probe at every instruction */

static unsigned int hits, posts, faults;
static unsigned long seen_ip, post_ip;
static int returned[16], started[16];		/* of calls, in the order of their ends */
static unsigned int num_returned;

static int count(struct kprobe *p, struct pt_regs *regs)
{
	hits++;
	seen_ip = regs->ip;
	return 0;
}

static void count_post(struct kprobe *p, struct pt_regs *regs, unsigned long flags)
{
	posts++;
	post_ip = regs->ip;
}

static int count_fault(struct kprobe *p, struct pt_regs *regs, int trapnr)
{
	faults += trapnr == X86_TRAP_PF;
	return 0;
}

/* Probes all of a function; how many probes. *probes for drop_all(). */
static unsigned int probe_all(const void *function, struct kprobe **probes)
{
	unsigned long size, offset;
	char name[KSYM_NAME_LEN], *module;
	unsigned int n = 0;

	hits = posts = faults = 0;
	if (!kallsyms_lookup((unsigned long)function, &size, &offset, &module, name))
		return 0;
	*probes = kcalloc(size, sizeof(**probes), GFP_KERNEL);
	for (unsigned long at = 0; *probes && at < min(size, MUCH); at++) {
		(*probes)[n] = (struct kprobe){
			.addr = (kprobe_opcode_t *)function + at, .pre_handler = count,
			.post_handler = count_post, .fault_handler = count_fault,
		};
		n += !register_kprobe(&(*probes)[n]);
	}
	return n;
}

static void drop_all(struct kprobe *probes, unsigned int n)
{
	while (n)
		unregister_kprobe(&probes[--n]);
	kfree(probes);
}

static void every_instruction_of(struct kunit *test, int (*function)(int), int n, unsigned int least)
{
	u8 *before = kmemdup(function, 64, GFP_KERNEL);
	int expected = function(n), got;
	struct kprobe *probes;
	unsigned int num = probe_all(function, &probes);

	got = function(n);
	KUNIT_EXPECT_EQ(test, got, expected);
	KUNIT_EXPECT_GE(test, num, least);
	KUNIT_EXPECT_GE(test, hits, num / 2);
	KUNIT_EXPECT_EQ(test, posts, hits);
	KUNIT_EXPECT_EQ(test, *(u8 *)function, INT3);
	drop_all(probes, num);
	KUNIT_EXPECT_EQ(test, memcmp(before, function, 64), 0);
	KUNIT_EXPECT_EQ(test, function(n), expected);
	kfree(before);
}

static void all_of_a_function(struct kunit *test)
{
	every_instruction_of(test, mixture, 200, 60);
}

static void all_forms_of_branches(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, rare_forms(21), 1042);
	every_instruction_of(test, rare_forms, 21, 35);
}

static void all_of_printing(struct kunit *test)
{
	char expected[80], got[80];
	struct kprobe *probes;
	unsigned int n;

	snprintf(expected, sizeof(expected), "%-8s|%08x|%pS|%lld", "left", 0xbeef, _text, -5LL);
	n = probe_all(vsnprintf, &probes);
	snprintf(got, sizeof(got), "%-8s|%08x|%pS|%lld", "left", 0xbeef, _text, -5LL);
	KUNIT_EXPECT_STREQ(test, got, expected);
	KUNIT_EXPECT_GT(test, n, 50U);
	KUNIT_EXPECT_GT(test, hits, n);
	drop_all(probes, n);
}

/* A fault of a probed instruction is that instruction's: it recovers, or waits for its page. */
static void faults_in_a_probed_instruction(struct kunit *test)
{
	static char text[2 * PAGE_SIZE], back[2 * PAGE_SIZE];
	struct kprobe *probes;
	unsigned int n = probe_all(load, &probes);
	struct test_mm space;

	KUNIT_EXPECT_EQ(test, load(8), -EFAULT);
	KUNIT_EXPECT_EQ(test, faults, 1U);
	KUNIT_EXPECT_EQ(test, load((unsigned long)_text), 0);
	drop_all(probes, n);

	KUNIT_ASSERT_TRUE(test, enter_test_mm(&space));
	KUNIT_EXPECT_EQ(test, map_anon(BASE, 2 * PAGE_SIZE, MAP_FIXED), BASE);
	memset(text, 'x', sizeof(text));
	n = probe_all(__copy_user, &probes);
	KUNIT_EXPECT_EQ(test, copy_to_user((void __user *)BASE, text, sizeof(text)), 0UL);
	KUNIT_EXPECT_EQ(test, copy_from_user(back, (void __user *)BASE, sizeof(back)), 0UL);
	KUNIT_EXPECT_GE(test, faults, 2U);
	KUNIT_EXPECT_EQ(test, copy_to_user((void __user *)(BASE + PAGE_SIZE + 4), text, PAGE_SIZE), 4UL);
	drop_all(probes, n);
	KUNIT_EXPECT_EQ(test, memcmp(text, back, sizeof(text)), 0);
	leave_test_mm(&space);
}

/* ------------------------------------------------------------------ kprobes */

static int call_thrice(struct kprobe *p, struct pt_regs *regs)
{
	regs->ip = (unsigned long)thrice;
	return 1;
}

static int nested_hit(struct kprobe *p, struct pt_regs *regs)
{
	hits += twice(4) == 8;
	return 0;
}

static void handlers_see_the_instruction(struct kunit *test)
{
	struct kprobe p = { .symbol_name = "twice", .pre_handler = count, .post_handler = count_post };
	struct kprobe second = { .addr = (kprobe_opcode_t *)twice, .pre_handler = count };

	hits = posts = 0;
	KUNIT_ASSERT_EQ(test, register_kprobe(&p), 0);
	KUNIT_EXPECT_PTR_EQ(test, (void *)p.addr, (void *)twice);
	KUNIT_EXPECT_EQ(test, twice(5), 10);
	KUNIT_EXPECT_EQ(test, seen_ip, (unsigned long)twice + 1);
	KUNIT_EXPECT_GT(test, post_ip, (unsigned long)twice);
	KUNIT_EXPECT_LE(test, post_ip, (unsigned long)twice + 15);
	KUNIT_ASSERT_EQ(test, register_kprobe(&second), 0);
	KUNIT_EXPECT_EQ(test, twice(5), 10);
	KUNIT_EXPECT_EQ(test, hits, 3U);
	KUNIT_EXPECT_EQ(test, posts, 2U);
	unregister_kprobe(&p);
	KUNIT_EXPECT_EQ(test, twice(5), 10);
	KUNIT_EXPECT_EQ(test, hits, 4U);
	unregister_kprobe(&second);
	unregister_kprobe(&second);
	KUNIT_EXPECT_EQ(test, twice(5), 10);
	KUNIT_EXPECT_EQ(test, hits, 4U);
}

static void a_handler_may_go_elsewhere(struct kunit *test)
{
	struct kprobe p = { .symbol_name = "twice", .pre_handler = call_thrice };

	KUNIT_ASSERT_EQ(test, register_kprobe(&p), 0);
	KUNIT_EXPECT_EQ(test, twice(5), 15);
	unregister_kprobe(&p);
	KUNIT_EXPECT_EQ(test, twice(5), 10);
}

static void switched_off_and_on(struct kunit *test)
{
	struct kprobe p = { .symbol_name = "twice", .pre_handler = count, .flags = KPROBE_FLAG_DISABLED };
	struct kprobe other = { .symbol_name = "twice" };

	hits = 0;
	KUNIT_EXPECT_EQ(test, enable_kprobe(&p), -EINVAL);
	KUNIT_ASSERT_EQ(test, register_kprobe(&p), 0);
	KUNIT_EXPECT_NE(test, *(u8 *)twice, INT3);
	KUNIT_EXPECT_EQ(test, enable_kprobe(&p), 0);
	KUNIT_EXPECT_EQ(test, twice(1), 2);
	KUNIT_EXPECT_EQ(test, disable_kprobe(&p), 0);
	KUNIT_EXPECT_EQ(test, twice(1), 2);
	KUNIT_EXPECT_EQ(test, register_kprobe(&other), 0);
	KUNIT_EXPECT_EQ(test, twice(1), 2);
	unregister_kprobe(&other);
	KUNIT_EXPECT_EQ(test, hits, 1U);
	unregister_kprobe(&p);
	KUNIT_EXPECT_EQ(test, disable_kprobe(&p), -EINVAL);
}

static void a_hit_in_a_handler_is_missed(struct kunit *test)
{
	struct kprobe inner = { .symbol_name = "twice", .pre_handler = count, .post_handler = count_post };
	struct kprobe outer = { .symbol_name = "thrice", .pre_handler = nested_hit };
	struct kprobe *both[] = { &inner, &outer };

	hits = posts = 0;
	KUNIT_ASSERT_EQ(test, register_kprobes(both, 2), 0);
	KUNIT_EXPECT_EQ(test, thrice(3), 9);
	KUNIT_EXPECT_EQ(test, hits, 1U);	/* nested_hit()'s own */
	KUNIT_EXPECT_EQ(test, posts, 0U);
	KUNIT_EXPECT_EQ(test, inner.nmissed, 1UL);
	KUNIT_EXPECT_EQ(test, twice(3), 6);
	KUNIT_EXPECT_EQ(test, hits, 2U);
	unregister_kprobes(both, 2);
}

static int try(void *addr, const char *name)
{
	struct kprobe p = { .addr = addr, .symbol_name = name };
	int err = register_kprobe(&p);

	if (!err)
		unregister_kprobe(&p);
	return err;
}

static void what_is_refused(struct kunit *test)
{
	struct kprobe p = { .symbol_name = "twice" }, none = { .symbol_name = "no_such_function" };
	struct kprobe *good_and_bad[] = { &p, &none };
	unsigned int bad = 0;

	KUNIT_EXPECT_EQ(test, try(NULL, "no_such_function"), -ENOENT);
	KUNIT_EXPECT_EQ(test, try(NULL, NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, try(twice, "twice"), -EINVAL);
	KUNIT_EXPECT_EQ(test, try(returned, NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, try((void *)BASE, NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, try(NULL, "do_exception"), -EINVAL);
	KUNIT_EXPECT_EQ(test, try(NULL, "kprobe_int3"), -EINVAL);
	KUNIT_EXPECT_EQ(test, try(NULL, "entry_int80"), -EINVAL);
	for (unsigned int i = 0; i < 12; i++)
		bad += try((u8 *)mixture + i, NULL) == -EILSEQ;
	KUNIT_EXPECT_GE(test, bad, 4U);
	KUNIT_ASSERT_EQ(test, register_kprobe(&p), 0);
	p.symbol_name = NULL;
	KUNIT_EXPECT_EQ(test, register_kprobe(&p), -EINVAL);
	unregister_kprobe(&p);
	KUNIT_EXPECT_EQ(test, register_kprobes(good_and_bad, 2), -ENOENT);
	KUNIT_EXPECT_NE(test, *(u8 *)twice, INT3);
	KUNIT_EXPECT_EQ(test, register_kprobes(good_and_bad, 0), -EINVAL);
}

/* ------------------------------------------------------------------ kretprobes */

static int remember_argument(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	*(int *)ri->data = regs->ax;
	return regs->ax == 3;		/* of this call nothing more */
}

static int remember_result(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	started[num_returned] = *(int *)ri->data;
	returned[num_returned++] = regs_return_value(regs);
	return 0;
}

static void results_of_nested_calls(struct kunit *test)
{
	struct kretprobe rp = {
		.kp.symbol_name = "factorial", .handler = remember_result, .entry_handler = remember_argument,
		.data_size = sizeof(int), .maxactive = 3,
	};

	num_returned = 0;
	KUNIT_ASSERT_EQ(test, register_kretprobe(&rp), 0);
	KUNIT_EXPECT_EQ(test, factorial(6), 720);	/* 6, 5 and 4 take all there are */
	KUNIT_EXPECT_EQ(test, rp.nmissed, 3);
	KUNIT_ASSERT_EQ(test, num_returned, 3U);
	for (int i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, started[i], 4 + i);
	KUNIT_EXPECT_EQ(test, returned[0], 24);
	KUNIT_EXPECT_EQ(test, returned[1], 120);
	KUNIT_EXPECT_EQ(test, returned[2], 720);
	num_returned = 0;
	KUNIT_EXPECT_EQ(test, factorial(3), 6);		/* they came back; the call for 3 is refused */
	KUNIT_EXPECT_EQ(test, num_returned, 2U);
	KUNIT_EXPECT_EQ(test, rp.nmissed, 3);
	unregister_kretprobe(&rp);
}

static void two_of_one_function(struct kunit *test)
{
	struct kretprobe one = { .kp.symbol_name = "twice", .handler = remember_result, .data_size = sizeof(int) };
	struct kretprobe two = one;
	struct kretprobe *both[] = { &one, &two };

	num_returned = 0;
	KUNIT_ASSERT_EQ(test, register_kretprobes(both, 2), 0);
	KUNIT_EXPECT_EQ(test, twice(21), 42);
	KUNIT_EXPECT_EQ(test, num_returned, 2U);
	KUNIT_EXPECT_EQ(test, returned[0], 42);
	KUNIT_EXPECT_EQ(test, returned[1], 42);
	KUNIT_EXPECT_EQ(test, disable_kretprobe(&one), 0);
	KUNIT_EXPECT_EQ(test, twice(21), 42);
	KUNIT_EXPECT_EQ(test, num_returned, 3U);
	unregister_kretprobes(both, 2);
	KUNIT_EXPECT_EQ(test, twice(21), 42);
	KUNIT_EXPECT_EQ(test, num_returned, 3U);
	one = (struct kretprobe){ .kp.symbol_name = "twice", .kp.offset = 1, .handler = remember_result };
	KUNIT_EXPECT_EQ(test, register_kretprobe(&one), -EINVAL);
	one = (struct kretprobe){ .kp.symbol_name = "no_such_function", .handler = remember_result };
	KUNIT_EXPECT_EQ(test, register_kretprobe(&one), -ENOENT);
}

static DECLARE_COMPLETION(entered);
static DECLARE_COMPLETION(may_return);
static DECLARE_COMPLETION(left);
static int sleeper_result;

static noinline int sleeper(int n)
{
	complete(&entered);
	wait_for_completion(&may_return);
	return n + 1;
}

static int sleeper_thread(void *unused)
{
	sleeper_result = sleeper(6);
	complete(&left);
	return 0;
}

/* The call returns through a breakpoint whose kretprobe is no more. */
static void unregistered_while_a_call_runs(struct kunit *test)
{
	struct kretprobe rp = { .kp.addr = (kprobe_opcode_t *)sleeper, .handler = remember_result, .data_size = sizeof(int) };

	num_returned = 0;
	KUNIT_ASSERT_EQ(test, register_kretprobe(&rp), 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(sleeper_thread, NULL, "sleeper")));
	wait_for_completion(&entered);
	unregister_kretprobe(&rp);
	memset(&rp, 0x6b, sizeof(rp));
	complete(&may_return);
	wait_for_completion(&left);
	KUNIT_EXPECT_EQ(test, sleeper_result, 7);
	KUNIT_EXPECT_EQ(test, num_returned, 0U);
	rp = (struct kretprobe){ .kp.symbol_name = "twice", .handler = remember_result };
	KUNIT_EXPECT_EQ(test, register_kretprobe(&rp), 0);	/* frees the instance of that call */
	unregister_kretprobe(&rp);
}

static noinline int leaver(int n)
{
	if (!n)
		do_exit(0);
	return n;
}

static int leaver_thread(void *unused)
{
	return leaver(0);
}

/* What follows a call is free again when its task ends inside. */
static void a_task_may_end_in_a_followed_call(struct kunit *test)
{
	struct kretprobe rp = {
		.kp.addr = (kprobe_opcode_t *)leaver, .handler = remember_result, .data_size = sizeof(int), .maxactive = 1,
	};

	num_returned = 0;
	KUNIT_ASSERT_EQ(test, register_kretprobe(&rp), 0);
	for (int i = 0; i < 3; i++) {
		KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(leaver_thread, NULL, "leaver")));
		msleep(20);
	}
	KUNIT_EXPECT_EQ(test, leaver(5), 5);
	KUNIT_EXPECT_EQ(test, rp.nmissed, 0);
	KUNIT_EXPECT_EQ(test, num_returned, 1U);
	unregister_kretprobe(&rp);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(all_of_a_function),
	KUNIT_CASE(all_forms_of_branches),
	KUNIT_CASE(all_of_printing),
	KUNIT_CASE(faults_in_a_probed_instruction),
	KUNIT_CASE(handlers_see_the_instruction),
	KUNIT_CASE(a_handler_may_go_elsewhere),
	KUNIT_CASE(switched_off_and_on),
	KUNIT_CASE(a_hit_in_a_handler_is_missed),
	KUNIT_CASE(what_is_refused),
	KUNIT_CASE(results_of_nested_calls),
	KUNIT_CASE(two_of_one_function),
	KUNIT_CASE(unregistered_while_a_call_runs),
	KUNIT_CASE(a_task_may_end_in_a_followed_call),
	{}
};

static struct kunit_suite suite = { .name = "kprobes", .test_cases = cases };
kunit_test_suite(suite);
