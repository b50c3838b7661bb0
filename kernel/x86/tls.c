/*
 * Thread-local storage: three GDT slots that a thread fills through
 * set_thread_area() or clone(CLONE_SETTLS) and selects with gs (or fs).
 * The slots of the running thread are in the CPU's GDT, the others' in their
 * thread_struct.
 *
 * Only the thread itself changes its slots (a child's before it runs): no lock.
 */
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <asm/desc.h>
#include <asm/processor.h>
#include <uapi/asm/ldt.h>

static bool desc_empty(const struct user_desc *info)
{
	return !info->base_addr && !info->limit && !info->contents &&
	       info->read_exec_only && !info->seg_32bit && !info->limit_in_pages &&
	       info->seg_not_present && !info->useable;
}

static void fill_desc(struct desc_struct *desc, const struct user_desc *info)
{
	*desc = (struct desc_struct) {
		.limit0 = info->limit & 0xFFFF,
		.base0 = info->base_addr & 0xFFFF,
		.base1 = info->base_addr >> 16 & 0xFF,
		.type = (info->read_exec_only ^ 1) << 1 | info->contents << 2 | 1,
		.s = 1,
		.dpl = USER_RPL,
		.p = info->seg_not_present ^ 1,
		.limit1 = info->limit >> 16 & 0xF,
		.avl = info->useable,
		.d = info->seg_32bit,
		.g = info->limit_in_pages,
		.base2 = info->base_addr >> 24 & 0xFF,
	};
}

static void fill_user_desc(struct user_desc *info, unsigned int entry,
			   const struct desc_struct *desc)
{
	*info = (struct user_desc) {
		.entry_number = entry,
		.base_addr = desc->base0 | desc->base1 << 16 | (u32)desc->base2 << 24,
		.limit = desc->limit0 | desc->limit1 << 16,
		.seg_32bit = desc->d,
		.contents = desc->type >> 2,
		.read_exec_only = !(desc->type & 2),
		.limit_in_pages = desc->g,
		.seg_not_present = !desc->p,
		.useable = desc->avl,
	};
}

static int free_slot(const struct thread_struct *thread)
{
	unsigned int i;

	for (i = 0; i < GDT_ENTRY_TLS_ENTRIES; i++)
		if (!thread->tls_array[i].p && !thread->tls_array[i].type)
			return GDT_ENTRY_TLS_MIN + i;
	return -ESRCH;
}

/* TLS holds 32-bit data segments only: code or a gate there would be a way into the kernel. */
static bool desc_allowed(const struct user_desc *info)
{
	return desc_empty(info) || (info->seg_32bit && info->contents <= 1);
}

int do_set_thread_area(struct task_struct *task, int idx, void __user *u_info, int can_allocate)
{
	struct user_desc __user *user = u_info;
	struct thread_struct *thread = &task->thread;
	struct user_desc info;

	if (copy_from_user(&info, user, sizeof(info)))
		return -EFAULT;
	if (!desc_allowed(&info))
		return -EINVAL;
	if (idx == -1)
		idx = (int)info.entry_number;
	if (idx == -1 && can_allocate) {
		idx = free_slot(thread);
		if (idx < 0)
			return idx;
		if (put_user(idx, &user->entry_number))
			return -EFAULT;
	}
	if (idx < GDT_ENTRY_TLS_MIN || idx > GDT_ENTRY_TLS_MAX)
		return -EINVAL;

	preempt_disable();
	if (desc_empty(&info))
		thread->tls_array[idx - GDT_ENTRY_TLS_MIN] = (struct desc_struct) { .p = 0 };
	else
		fill_desc(&thread->tls_array[idx - GDT_ENTRY_TLS_MIN], &info);
	if (task == current)
		load_tls(thread);
	preempt_enable();
	return 0;
}

int do_get_thread_area(struct task_struct *task, int idx, void __user *u_info)
{
	struct user_desc __user *user = u_info;
	struct user_desc info;

	if (idx == -1 && get_user(idx, &user->entry_number))
		return -EFAULT;
	if (idx < GDT_ENTRY_TLS_MIN || idx > GDT_ENTRY_TLS_MAX)
		return -EINVAL;
	fill_user_desc(&info, idx, &task->thread.tls_array[idx - GDT_ENTRY_TLS_MIN]);
	return copy_to_user(user, &info, sizeof(info)) ? -EFAULT : 0;
}

long sys_set_thread_area(struct user_desc __user *u_info)
{
	return do_set_thread_area(current, -1, u_info, 1);
}

long sys_get_thread_area(struct user_desc __user *u_info)
{
	return do_get_thread_area(current, -1, u_info);
}
