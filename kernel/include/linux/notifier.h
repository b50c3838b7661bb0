/*
 * Chains of functions to be told of an event, highest priority first.
 */
#ifndef _LINUX_NOTIFIER_H
#define _LINUX_NOTIFIER_H

struct notifier_block;

typedef int (*notifier_fn_t)(struct notifier_block *nb, unsigned long action, void *data);

struct notifier_block {
	notifier_fn_t notifier_call;	/* [I] */
	struct notifier_block *next;	/* [l] notifier_lock; read without, as entries stay valid */
	int priority;			/* [I] */
};

struct atomic_notifier_head {
	struct notifier_block *head;
};
#define blocking_notifier_head	atomic_notifier_head
#define raw_notifier_head	atomic_notifier_head

#define ATOMIC_NOTIFIER_INIT(name) { .head = NULL }
#define ATOMIC_NOTIFIER_HEAD(name) struct atomic_notifier_head name = ATOMIC_NOTIFIER_INIT(name)
#define BLOCKING_NOTIFIER_HEAD(name) ATOMIC_NOTIFIER_HEAD(name)
#define RAW_NOTIFIER_HEAD(name)	ATOMIC_NOTIFIER_HEAD(name)

int atomic_notifier_chain_register(struct atomic_notifier_head *nh, struct notifier_block *nb);
int atomic_notifier_chain_unregister(struct atomic_notifier_head *nh, struct notifier_block *nb);
int atomic_notifier_call_chain(struct atomic_notifier_head *nh, unsigned long action, void *data);
#define blocking_notifier_chain_register	atomic_notifier_chain_register
#define blocking_notifier_chain_unregister	atomic_notifier_chain_unregister
#define blocking_notifier_call_chain		atomic_notifier_call_chain

#define NOTIFY_DONE	0x0000
#define NOTIFY_OK	0x0001
#define NOTIFY_STOP_MASK 0x8000
#define NOTIFY_BAD	(NOTIFY_STOP_MASK | 0x0002)
#define NOTIFY_STOP	(NOTIFY_OK | NOTIFY_STOP_MASK)

/*
 * Called by panic() after its report, interrupts off, other CPUs perhaps
 * stopped: no sleeping, no locks that others may hold. data is the reason.
 */
extern struct atomic_notifier_head panic_notifier_list;
/* Called by sys_reboot; action is SYS_RESTART, SYS_HALT or SYS_POWER_OFF. */
extern struct blocking_notifier_head reboot_notifier_list;
#define SYS_DOWN	0x0001
#define SYS_RESTART	SYS_DOWN
#define SYS_HALT	0x0002
#define SYS_POWER_OFF	0x0003
int register_reboot_notifier(struct notifier_block *nb);
int unregister_reboot_notifier(struct notifier_block *nb);

#endif
