/*
 * System calls about the machine and odds and ends of a process: sysinfo,
 * reboot, prctl, personality.
 */
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/notifier.h>
#include <linux/reboot.h>
#include <linux/sched/loadavg.h>
#include <linux/sched/signal.h>
#include <linux/mm.h>
#include <linux/syscalls.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <uapi/linux/prctl.h>
#include <uapi/linux/sysinfo.h>

/* Old programs ignore mem_unit: let it be 1 where the numbers fit, and here they always do. */
static void sizes_in_bytes(struct sysinfo *info)
{
	info->totalram *= info->mem_unit;
	info->freeram *= info->mem_unit;
	info->sharedram *= info->mem_unit;
	info->bufferram *= info->mem_unit;
	info->mem_unit = 1;
}

long sys_sysinfo(struct sysinfo __user *info)
{
	struct sysinfo value;
	int i;

	memset(&value, 0, sizeof(value));
	value.uptime = (long)ktime_get_seconds();
	for (i = 0; i < 3; i++)
		value.loads[i] = avenrun[i] << (SI_LOAD_SHIFT - FSHIFT);
	value.procs = (u16)nr_threads;
	si_meminfo(&value);
	sizes_in_bytes(&value);
	return copy_to_user(info, &value, sizeof(value)) ? -EFAULT : 0;
}

/*
 * No way back: the disks are put away in order, and those who want to know are
 * told.  action: SYS_RESTART, SYS_HALT, SYS_POWER_OFF.
 */
static void prepare_to_stop(unsigned long action)
{
	put_away_filesystems();
	blocking_notifier_call_chain(&reboot_notifier_list, action, NULL);
}

/* The magic numbers say that it is no accident. */
long sys_reboot(int magic1, int magic2, unsigned int cmd, const void __user *arg)
{
	if (!capable(CAP_SYS_BOOT))
		return -EPERM;
	if ((u32)magic1 != LINUX_REBOOT_MAGIC1 ||
	    (magic2 != LINUX_REBOOT_MAGIC2 && magic2 != LINUX_REBOOT_MAGIC2A &&
	     magic2 != LINUX_REBOOT_MAGIC2B && magic2 != LINUX_REBOOT_MAGIC2C))
		return -EINVAL;
	switch (cmd) {
	case LINUX_REBOOT_CMD_RESTART:
	case LINUX_REBOOT_CMD_RESTART2:
		prepare_to_stop(SYS_RESTART);
		machine_restart(NULL);
	case LINUX_REBOOT_CMD_HALT:
		prepare_to_stop(SYS_HALT);
		machine_halt();
	case LINUX_REBOOT_CMD_POWER_OFF:
		prepare_to_stop(SYS_POWER_OFF);
		machine_power_off();
	case LINUX_REBOOT_CMD_CAD_ON:
	case LINUX_REBOOT_CMD_CAD_OFF:
		return 0;	/* Ctrl-Alt-Del does nothing either way */
	default:
		return -EINVAL;
	}
}

static long set_name(const char __user *name)
{
	char comm[TASK_COMM_LEN];

	if (strncpy_from_user(comm, name, sizeof(comm) - 1) < 0)
		return -EFAULT;
	comm[sizeof(comm) - 1] = '\0';
	set_task_comm(current, comm);
	return 0;
}

static long get_name(char __user *name)
{
	char comm[TASK_COMM_LEN];

	get_task_comm(comm, current);
	return copy_to_user(name, comm, sizeof(comm)) ? -EFAULT : 0;
}

long sys_prctl(int option, unsigned long arg2, unsigned long arg3, unsigned long arg4,
	       unsigned long arg5)
{
	switch (option) {
	case PR_SET_NAME:
		return set_name((const char __user *)arg2);
	case PR_GET_NAME:
		return get_name((char __user *)arg2);
	case PR_SET_PDEATHSIG:
		if (!valid_signal(arg2))
			return -EINVAL;
		current->pdeath_signal = (int)arg2;
		return 0;
	case PR_GET_PDEATHSIG:
		return put_user(current->pdeath_signal, (int __user *)arg2);
	case PR_GET_DUMPABLE:
		return current->mm->dumpable;
	case PR_SET_DUMPABLE:
		if (arg2 > 1)
			return -EINVAL;
		current->mm->dumpable = arg2;
		return 0;
	case PR_GET_TID_ADDRESS:
		return put_user(current->clear_child_tid, (int __user *__user *)arg2);
	default:
		return -EINVAL;
	}
}

/* 0xffffffff only asks. */
long sys_personality(unsigned int personality)
{
	unsigned long old = current->personality;

	if (personality != 0xffffffff)
		current->personality = personality;
	return (long)old;
}
