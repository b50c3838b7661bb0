/*
 * TLS descriptors: set_thread_area() fills GDT slots that gs selects, each
 * task has its own, and nothing but plain data segments goes in.
 * host: yes
 */
#include <asm/ldt.h>
#include <sched.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "tap.h"

#define ROUNDS 100

static struct user_desc data_segment(void *base, unsigned int entry)
{
	return (struct user_desc) {
		.entry_number = entry, .base_addr = (unsigned int)base, .limit = 0xFFFFF,
		.seg_32bit = 1, .limit_in_pages = 1, .useable = 1,
	};
}

static uint32_t load_gs(void)
{
	uint32_t value;

	asm volatile("movl %%gs:0, %0" : "=r"(value));
	return value;
}

static void select_gs(unsigned int entry)
{
	asm volatile("movl %0, %%gs" :: "r"(entry ? entry * 8 + 3 : 0));
}

static void a_slot_is_found_and_selected(void)
{
	uint32_t word = 0xC0FFEE;
	struct user_desc desc = data_segment(&word, -1);

	CHECK_EQ(syscall(SYS_set_thread_area, &desc), 0);
	CHECK(desc.entry_number >= 6 && desc.entry_number <= 14);
	select_gs(desc.entry_number);
	CHECK_EQ(load_gs(), 0xC0FFEE);
	getpid();
	CHECK_EQ(load_gs(), 0xC0FFEE);

	struct user_desc back = { .entry_number = desc.entry_number };
	CHECK_EQ(syscall(SYS_get_thread_area, &back), 0);
	CHECK_EQ(back.base_addr, desc.base_addr);
	CHECK_EQ(back.limit, desc.limit);
	CHECK_EQ(back.seg_32bit, 1);
	select_gs(0);
}

static void each_task_has_its_own(void)
{
	static uint32_t word;
	struct user_desc desc = data_segment(&word, -1);
	int i, status;
	pid_t child;

	CHECK_EQ(syscall(SYS_set_thread_area, &desc), 0);
	child = fork();
	word = child ? 1 : 2;
	if (!child) {
		static uint32_t elsewhere = 2;

		desc.base_addr = (unsigned int)&elsewhere;
		syscall(SYS_set_thread_area, &desc);
	}
	select_gs(desc.entry_number);
	for (i = 0; i < ROUNDS && load_gs() == (child ? 1 : 2); i++)
		sched_yield();
	if (!child)
		_exit(i != ROUNDS);
	CHECK_EQ(i, ROUNDS);
	waitpid(child, &status, 0);
	CHECK_EQ(status, 0);
	select_gs(0);
}

static void wrong_descriptors_are_refused(void)
{
	uint32_t word;
	struct user_desc desc = data_segment(&word, 0);

	CHECK_FAILS(syscall(SYS_set_thread_area, &desc), EINVAL);
	desc.entry_number = 31;			/* the last of the table, never a TLS slot */
	CHECK_FAILS(syscall(SYS_set_thread_area, &desc), EINVAL);
	desc = data_segment(&word, -1);
	desc.contents = 2;			/* code */
	CHECK_FAILS(syscall(SYS_set_thread_area, &desc), EINVAL);
	desc = data_segment(&word, -1);
	desc.seg_32bit = 0;
	CHECK_FAILS(syscall(SYS_set_thread_area, &desc), EINVAL);
	CHECK_FAILS(syscall(SYS_set_thread_area, (void *)8), EFAULT);
	CHECK_FAILS(syscall(SYS_get_thread_area, (void *)0xC0000000), EFAULT);
}

int main(void)
{
	RUN(a_slot_is_found_and_selected);
	RUN(each_task_has_its_own);
	RUN(wrong_descriptors_are_refused);
	return tap_end();
}
