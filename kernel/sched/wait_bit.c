/*
 * Waiting for a bit of any word: hashed queues, see <linux/wait_bit.h>.
 *
 * Sleepers for different words share a queue; each entry carries the word and
 * bit it waits for, and the wake function passes over the others.
 */
#include <linux/wait_bit.h>
#include <linux/hash.h>
#include <linux/export.h>
#include <linux/init.h>

#define WAIT_TABLE_BITS	6
#define WAIT_TABLE_SIZE	(1 << WAIT_TABLE_BITS)

static wait_queue_head_t bit_wait_table[WAIT_TABLE_SIZE];

void __init wait_bit_init(void)
{
	int i;

	for (i = 0; i < WAIT_TABLE_SIZE; i++)
		init_waitqueue_head(&bit_wait_table[i]);
}

wait_queue_head_t *bit_waitqueue(void *word, int bit)
{
	return &bit_wait_table[hash_32((unsigned long)word + bit, WAIT_TABLE_BITS)];
}
EXPORT_SYMBOL(bit_waitqueue);

wait_queue_head_t *__var_waitqueue(void *var)
{
	return &bit_wait_table[hash_32((unsigned long)var, WAIT_TABLE_BITS)];
}
EXPORT_SYMBOL(__var_waitqueue);

int wake_bit_function(struct wait_queue_entry *entry, unsigned int mode, int flags, void *arg)
{
	struct wait_bit_queue_entry *wait = container_of(entry, struct wait_bit_queue_entry,
							 wq_entry);
	struct wait_bit_key *key = arg;

	/* A bit that somebody has set again is not worth a wake-up: he will wake us. */
	if (wait->key.flags != key->flags || wait->key.bit_nr != key->bit_nr ||
	    test_bit(key->bit_nr, key->flags))
		return 0;
	return autoremove_wake_function(entry, mode, flags, arg);
}
EXPORT_SYMBOL(wake_bit_function);

void __wake_up_bit(struct wait_queue_head *wq, void *word, int bit)
{
	struct wait_bit_key key = { .flags = word, .bit_nr = bit };

	if (waitqueue_active(wq))
		__wake_up(wq, TASK_NORMAL, 1, &key);
}
EXPORT_SYMBOL(__wake_up_bit);

/* The caller has cleared the bit, with a full barrier between that and this. */
void wake_up_bit(void *word, int bit)
{
	__wake_up_bit(bit_waitqueue(word, bit), word, bit);
}
EXPORT_SYMBOL(wake_up_bit);

/* wait_var_event()'s sleepers test for themselves; all who share the queue do. */
void wake_up_var(void *var)
{
	wait_queue_head_t *wq = __var_waitqueue(var);
	struct wait_bit_key key = { .flags = NULL, .bit_nr = -1 };

	if (wq_has_sleeper(wq))
		__wake_up(wq, TASK_NORMAL, 0, &key);
}
EXPORT_SYMBOL(wake_up_var);

#define DEFINE_WAIT_BIT(name, word, bit)					\
	struct wait_bit_queue_entry name = {					\
		.key = { .flags = (word), .bit_nr = (bit) },			\
		.wq_entry = {							\
			.private = current,					\
			.func = wake_bit_function,				\
			.entry = LIST_HEAD_INIT((name).wq_entry.entry),		\
		},								\
	}

int out_of_line_wait_on_bit(void *word, int bit, wait_bit_action_f *action, unsigned int mode)
{
	wait_queue_head_t *wq = bit_waitqueue(word, bit);
	DEFINE_WAIT_BIT(wait, word, bit);
	int err = 0;

	do {
		prepare_to_wait(wq, &wait.wq_entry, mode);
		if (test_bit(bit, word))
			err = action(&wait.key, mode);
	} while (test_bit(bit, word) && !err);
	finish_wait(wq, &wait.wq_entry);
	return err;
}
EXPORT_SYMBOL(out_of_line_wait_on_bit);

/* Exclusive: one bit cleared lets one sleeper have it. */
int out_of_line_wait_on_bit_lock(void *word, int bit, wait_bit_action_f *action,
				 unsigned int mode)
{
	wait_queue_head_t *wq = bit_waitqueue(word, bit);
	DEFINE_WAIT_BIT(wait, word, bit);
	int err = 0;

	for (;;) {
		prepare_to_wait_exclusive(wq, &wait.wq_entry, mode);
		if (test_bit(bit, word)) {
			err = action(&wait.key, mode);
			/*
			 * Giving up: a wake-up may have been spent on us.  Leave first,
			 * then see whether the bit is free after all.
			 */
			if (err)
				finish_wait(wq, &wait.wq_entry);
		}
		if (!test_and_set_bit(bit, word)) {
			finish_wait(wq, &wait.wq_entry);
			return 0;
		}
		if (err)
			return err;
	}
}
EXPORT_SYMBOL(out_of_line_wait_on_bit_lock);

int bit_wait(struct wait_bit_key *key, int mode)
{
	schedule();
	return signal_pending_state(mode, current) ? -EINTR : 0;
}
EXPORT_SYMBOL(bit_wait);

int bit_wait_io(struct wait_bit_key *key, int mode)
{
	io_schedule();
	return signal_pending_state(mode, current) ? -EINTR : 0;
}
EXPORT_SYMBOL(bit_wait_io);
