/*
 * printk(): formats a message, cuts it into lines and stores each as a record;
 * console.c shows them, /dev/kmsg and syslog(2) read them.
 *
 * Two rings: descriptors, found by seq % LOG_RECORDS, and the texts they point
 * at. Positions in the text ring only grow; storing a record makes the oldest
 * ones go until there is room.
 *
 * Locks: log_lock, irq-safe, innermost of all. A printk() from within printk()
 * on the same CPU (a fault while formatting) is counted and dropped.
 * Context: any.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/report.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <asm/current.h>
#include <asm/thread_info.h>
#include "printk.h"

#define LOG_RECORDS	1024u
#define LOG_TEXT_SIZE	(64u << 10)

struct log_desc {
	u64 ts_nsec;
	u32 pos;			/* of the text; log_text[pos % LOG_TEXT_SIZE] */
	u16 len;
	u8 level;
	u8 facility;
};

static DEFINE_SPINLOCK(log_lock);
static int log_owner = -1;		/* [l] the CPU inside, read without to tell recursion */
static struct log_desc log_descs[LOG_RECORDS];	/* [l] */
static char log_text[LOG_TEXT_SIZE];	/* [l] */
static u32 log_head;			/* [l] where the next text goes */
static u64 first_seq, next_seq, clear_seq; /* [l] */
static unsigned int log_nested;		/* [l] dropped: came from within */

/* A line that has no newline yet: KERN_CONT goes on with it. [l] */
static struct {
	char text[LOG_LINE_MAX];
	unsigned int len;
	int level;
	const void *owner;
} cont;

static char format_buf[LOG_LINE_MAX + 1];	/* [l] */
static void (*log_listener)(void);	/* set once */

int console_printk[4] = {
	CONSOLE_LOGLEVEL_DEFAULT, LOGLEVEL_WARNING, LOGLEVEL_ALERT, CONSOLE_LOGLEVEL_DEFAULT,
};

static void store_line(int level, const char *text, unsigned int len)
{
	struct log_desc *desc = &log_descs[next_seq % LOG_RECORDS];
	unsigned int at = log_head % LOG_TEXT_SIZE, part = min(len, LOG_TEXT_SIZE - at);

	lockdep_assert_held(&log_lock);
	while (first_seq < next_seq &&
	       (next_seq - first_seq >= LOG_RECORDS ||
		log_head + len - log_descs[first_seq % LOG_RECORDS].pos > LOG_TEXT_SIZE))
		first_seq++;
	memcpy(log_text + at, text, part);
	memcpy(log_text, text + part, len - part);
	*desc = (struct log_desc){ .ts_nsec = local_clock(), .pos = log_head, .len = len,
				   .level = level };
	log_head += len;
	next_seq++;
}

static void flush_cont(void)
{
	if (cont.len)
		store_line(cont.level, cont.text, cont.len);
	cont.len = 0;
}

/* Text without its level; a line that does not end stays in cont. */
static void store_text(int level, bool goes_on, const char *text, unsigned int len)
{
	const void *owner = current_thread_info();

	if (cont.len && !(goes_on && cont.owner == owner))
		flush_cont();
	while (len) {
		const char *newline = memchr(text, '\n', len);
		unsigned int line = newline ? newline - text : len;
		unsigned int room = sizeof(cont.text) - cont.len;

		if (!cont.len) {
			cont.level = level;
			cont.owner = owner;
		}
		if (cont.len || !newline) {
			memcpy(cont.text + cont.len, text, min(line, room));
			cont.len += min(line, room);
			if (newline)
				flush_cont();
		} else {
			store_line(level, text, line);
		}
		line += newline != NULL;
		text += line;
		len -= line;
	}
}

/* Switches interrupts off, unless this CPU is inside already. */
static bool log_recursion(unsigned long *flags)
{
	local_irq_save(*flags);
	if (likely(READ_ONCE(log_owner) != (int)smp_processor_id()))
		return false;
	log_nested++;
	local_irq_restore(*flags);
	return true;
}

static void log_enter(void) __acquires(&log_lock)
{
	spin_lock(&log_lock);
	WRITE_ONCE(log_owner, smp_processor_id());
}

static void log_leave(unsigned long flags) __releases(&log_lock)
{
	WRITE_ONCE(log_owner, -1);
	spin_unlock(&log_lock);
	local_irq_restore(flags);
}

/* level LOGLEVEL_DEFAULT: as the text says. */
int vprintk_emit(int level, const char *fmt, va_list args)
{
	const char *text = format_buf;
	bool goes_on = false;
	unsigned long flags;
	int len;

	if (log_recursion(&flags))
		return 0;
	log_enter();
	len = vscnprintf(format_buf, sizeof(format_buf), fmt, args);
	for (int c; (c = printk_get_level(text)); text += 2) {
		if (c == 'c')
			goes_on = true;
		else if (level == LOGLEVEL_DEFAULT)
			level = c - '0';
	}
	len -= text - format_buf;
	if (level == LOGLEVEL_DEFAULT)
		level = default_message_loglevel;
	store_text(level, goes_on, text, len);
	log_leave(flags);

	console_flush();
	/* It wakes readers, which a report from inside the scheduler may not: the next line does. */
	if (log_listener && !report_running())
		log_listener();
	return len;
}

int vprintk(const char *fmt, va_list args)
{
	return vprintk_emit(LOGLEVEL_DEFAULT, fmt, args);
}
EXPORT_SYMBOL(vprintk);

int printk(const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vprintk(fmt, args);
	va_end(args);
	return len;
}
EXPORT_SYMBOL(printk);

static void copy_record(u64 seq, struct printk_record *rec, char *text, size_t size)
{
	const struct log_desc *desc = &log_descs[seq % LOG_RECORDS];
	unsigned int at = desc->pos % LOG_TEXT_SIZE, part;

	*rec = (struct printk_record){ .seq = seq, .ts_nsec = desc->ts_nsec, .level = desc->level,
				       .facility = desc->facility, .len = desc->len };
	if (!size)
		return;
	rec->len = min_t(size_t, rec->len, size - 1);
	part = min_t(unsigned int, rec->len, LOG_TEXT_SIZE - at);
	memcpy(text, log_text + at, part);
	memcpy(text + part, log_text, rec->len - part);
	text[rec->len] = '\0';
}

bool printk_read_record(u64 seq, struct printk_record *rec, char *text, size_t size)
{
	unsigned long flags;
	bool found;

	if (log_recursion(&flags))
		return false;
	log_enter();
	seq = max(seq, first_seq);
	found = seq < next_seq;
	if (found)
		copy_record(seq, rec, text, size);
	log_leave(flags);
	return found;
}

bool printk_next_for_console(u64 *seq, struct printk_record *rec, char *text, size_t size,
			     void (*done)(void))
{
	unsigned long flags;
	bool found;

	if (log_recursion(&flags))
		return false;
	log_enter();
	*seq = max(*seq, first_seq);
	found = *seq < next_seq;
	if (found)
		copy_record((*seq)++, rec, text, size);
	else
		done();
	log_leave(flags);
	return found;
}

/* 64 bits are two loads: only under the lock do they belong together. */
static u64 read_seq(const u64 *seq)
{
	unsigned long flags;
	u64 value;

	spin_lock_irqsave(&log_lock, flags);
	value = *seq;
	spin_unlock_irqrestore(&log_lock, flags);
	return value;
}

u64 printk_next_seq(void)
{
	return read_seq(&next_seq);
}

u64 printk_first_seq(void)
{
	return read_seq(&first_seq);
}

u64 printk_clear_seq(void)
{
	return read_seq(&clear_seq);
}

void printk_clear(void)
{
	unsigned long flags;

	spin_lock_irqsave(&log_lock, flags);
	clear_seq = next_seq;
	spin_unlock_irqrestore(&log_lock, flags);
}

void printk_set_listener(void (*listener)(void))
{
	log_listener = listener;
}

void printk_bust_locks(void)
{
	spin_lock_init(&log_lock);
	log_owner = -1;
	console_bust_locks();
	flush_cont();
}

/* The console shows errors and worse; the log has all. */
static int __init quiet_setup(char *unused)
{
	console_loglevel = CONSOLE_LOGLEVEL_QUIET;
	return 0;
}
early_param("quiet", quiet_setup);

/* The console shows everything, pr_debug() included. */
static int __init debug_setup(char *unused)
{
	console_loglevel = CONSOLE_LOGLEVEL_DEBUG;
	return 0;
}
early_param("debug", debug_setup);

/* The console shows what is more urgent than this: 1 to 15 (8 and more: everything). */
static int __init loglevel_setup(char *arg)
{
	int level;

	if (!arg || kstrtoint(arg, 0, &level))
		return -EINVAL;
	console_loglevel = clamp(level, minimum_console_loglevel, 15);
	return 0;
}
early_param("loglevel", loglevel_setup);
