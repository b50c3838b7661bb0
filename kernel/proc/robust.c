/*
 * Robust lists: locks in user memory that the kernel lets go when their owner
 * ends without doing so.
 *
 * The thread keeps a list of the locks it holds and tells the kernel where that
 * begins.  Each lock is a futex word with the owner's thread number in it.  At
 * the end of the thread the kernel walks the list, marks each word
 * FUTEX_OWNER_DIED and wakes one sleeper.  The list is user memory: it may be
 * nonsense or a circle, so faults end the walk and its length is limited.
 */
#include <linux/sched.h>
#include <linux/futex.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#define ROBUST_LIST_LIMIT	2048

/* Compare and exchange in user memory: 0 and *@seen, or -EFAULT. */
static int cmpxchg_user(u32 __user *uaddr, u32 old, u32 new, u32 *seen)
{
	int err = 0;

	if (!access_ok(uaddr, sizeof(u32)))
		return -EFAULT;
	stac();
	asm volatile("1: lock; cmpxchgl %4, %2\n"
		     "   jmp 3f\n"
		     "2: movl %5, %0\n"
		     "3:\n"
		     _ASM_EXTABLE(1b, 2b)
		     : "+r"(err), "=a"(*seen), "+m"(*(u32 __force *)uaddr)
		     : "1"(old), "r"(new), "i"(-EFAULT) : "memory", "cc");
	clac();
	return err;
}

static int lock_owner_died(u32 __user *uaddr, struct task_struct *task)
{
	u32 value, new, seen;

	if ((unsigned long)uaddr % sizeof(u32) || get_user(value, uaddr))
		return -EFAULT;
	for (;;) {
		if ((value & FUTEX_TID_MASK) != task->pid)
			return 0;		/* not ours, or let go already */
		new = (value & FUTEX_WAITERS) | FUTEX_OWNER_DIED;
		if (cmpxchg_user(uaddr, value, new, &seen))
			return -EFAULT;
		if (seen == value)
			break;
		value = seen;
	}
	if (value & FUTEX_WAITERS)
		futex_wake(uaddr, 0, 1, FUTEX_BITSET_MATCH_ANY);
	return 0;
}

/* The lowest bit of an entry marks a priority-inheriting lock, of which there are none here. */
static int fetch_entry(struct robust_list __user **entry, struct robust_list __user *__user *from)
{
	unsigned long value;

	if (get_user(value, (unsigned long __user *)from))
		return -EFAULT;
	*entry = (struct robust_list __user *)(value & ~1UL);
	return 0;
}

void futex_exit_release(struct task_struct *task)
{
	struct robust_list_head __user *head = task->robust_list;
	struct robust_list __user *entry, *next, *pending;
	int limit = ROBUST_LIST_LIMIT;
	long offset;

	if (!head)
		return;
	task->robust_list = NULL;
	if (fetch_entry(&entry, (struct robust_list __user *__user *)&head->list.next) ||
	    get_user(offset, &head->futex_offset) ||
	    fetch_entry(&pending, (struct robust_list __user *__user *)&head->list_op_pending))
		return;
	while (entry != &head->list && --limit) {
		/* Fetch the next before this one is woken: its memory may then be reused. */
		if (fetch_entry(&next, (struct robust_list __user *__user *)&entry->next))
			next = NULL;
		if (entry != pending &&
		    lock_owner_died((u32 __user *)((char __user *)entry + offset), task))
			return;
		if (!next)
			return;
		entry = next;
	}
	/* The one that was just being taken or let go. */
	if (pending)
		lock_owner_died((u32 __user *)((char __user *)pending + offset), task);
}

long sys_set_robust_list(const struct robust_list_head __user *head, size_t len)
{
	if (len != sizeof(*head))
		return -EINVAL;
	current->robust_list = (struct robust_list_head __user *)head;
	return 0;
}

long sys_get_robust_list(int pid, struct robust_list_head __user *__user *head_ptr,
			 size_t __user *len_ptr)
{
	struct robust_list_head __user *head;
	struct task_struct *task = pid ? find_get_task_by_vpid(pid) : get_task_struct(current);

	if (!task)
		return -ESRCH;
	head = task->robust_list;
	put_task_struct(task);
	if (task != current && !capable(CAP_SYS_PTRACE))
		return -EPERM;
	if (put_user(sizeof(*head), len_ptr))
		return -EFAULT;
	return put_user(head, head_ptr);
}
