/*
 * Notifier chains. Registration is rare and locked; a call walks the chain
 * without a lock, so that panic() can, and entries are linked in with one store.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/notifier.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(notifier_lock);		/* writers of all chains */

struct blocking_notifier_head reboot_notifier_list;

int atomic_notifier_chain_register(struct atomic_notifier_head *nh, struct notifier_block *nb)
{
	struct notifier_block **link;
	unsigned long flags;

	spin_lock_irqsave(&notifier_lock, flags);
	for (link = &nh->head; *link && (*link)->priority >= nb->priority; link = &(*link)->next)
		;
	nb->next = *link;
	WRITE_ONCE(*link, nb);
	spin_unlock_irqrestore(&notifier_lock, flags);
	return 0;
}
EXPORT_SYMBOL(atomic_notifier_chain_register);

/* The block must stay valid until a call that runs just now is over. */
int atomic_notifier_chain_unregister(struct atomic_notifier_head *nh, struct notifier_block *nb)
{
	struct notifier_block **link;
	unsigned long flags;
	int err = -ENOENT;

	spin_lock_irqsave(&notifier_lock, flags);
	for (link = &nh->head; *link; link = &(*link)->next) {
		if (*link == nb) {
			WRITE_ONCE(*link, nb->next);
			err = 0;
			break;
		}
	}
	spin_unlock_irqrestore(&notifier_lock, flags);
	return err;
}
EXPORT_SYMBOL(atomic_notifier_chain_unregister);

int atomic_notifier_call_chain(struct atomic_notifier_head *nh, unsigned long action, void *data)
{
	struct notifier_block *nb, *next;
	int ret = NOTIFY_DONE;

	for (nb = READ_ONCE(nh->head); nb; nb = next) {
		next = READ_ONCE(nb->next);
		ret = nb->notifier_call(nb, action, data);
		if (ret & NOTIFY_STOP_MASK)
			break;
	}
	return ret;
}
EXPORT_SYMBOL(atomic_notifier_call_chain);

int register_reboot_notifier(struct notifier_block *nb)
{
	return blocking_notifier_chain_register(&reboot_notifier_list, nb);
}
EXPORT_SYMBOL(register_reboot_notifier);

int unregister_reboot_notifier(struct notifier_block *nb)
{
	return blocking_notifier_chain_unregister(&reboot_notifier_list, nb);
}
EXPORT_SYMBOL(unregister_reboot_notifier);
