/*
 * The consoles: who shows printk's records, and when.
 *
 * Whoever stored a record tries to take the console lock; who has it shows
 * all that came meanwhile before letting go. So no printk() ever waits for a
 * slow console that another CPU is busy with, and an interrupt that prints
 * while the lock's holder is interrupted leaves its line to him. The release
 * happens under printk's own lock after a last look: no record is left behind.
 */
#include <linux/console.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/moduleparam.h>
#include <linux/preempt.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include "printk.h"

#define MAX_CMDLINE_CONSOLES 8

static unsigned int console_locked;	/* 1: held; this is lock c */
struct console *console_drivers;	/* [c] */
static u64 console_seq;			/* [c] the next record to show */
static char record_text[LOG_LINE_MAX + 1];	/* [c] */
static char console_text[LOG_LINE_MAX + 32];	/* [c] */
static bool printk_time = true;
/* Each line on the console begins with its time. */
module_param_named(time, printk_time, bool, 0644);
static bool ignore_loglevel;
/* The console shows everything, whatever its level. */
core_param(ignore_loglevel, ignore_loglevel, bool, 0644);

/* console=ttyS0,115200: [I] after parsing */
static struct {
	char name[16];
	int index;
	char *options;
} wanted[MAX_CMDLINE_CONSOLES];
static int num_wanted;

int console_trylock(void)
{
	preempt_disable();
	if (!xchg(&console_locked, 1))
		return 1;
	preempt_enable();
	return 0;
}

/* Context: process, or an interrupt that found no holder on its own CPU. */
void console_lock(void)
{
	while (!console_trylock())
		cpu_relax();
}

static void release(void)
{
	barrier();
	WRITE_ONCE(console_locked, 0);
	preempt_enable();
}

static int format_line(const struct printk_record *rec)
{
	u32 nsec, usec;
	u64 sec = div_u64_rem(rec->ts_nsec, 1000000000, &nsec);

	usec = nsec / 1000;
	if (!printk_time)
		return scnprintf(console_text, sizeof(console_text), "%s\n", record_text);
	return scnprintf(console_text, sizeof(console_text), "[%5u.%06u] %s\n", (u32)sec, usec,
			 record_text);
}

static void write_to(struct console *con, int len)
{
	unsigned long flags;

	local_irq_save(flags);
	con->write(con, console_text, len);
	local_irq_restore(flags);
}

static bool shown(const struct printk_record *rec)
{
	return ignore_loglevel || rec->level < console_loglevel;
}

void console_unlock(void)
{
	struct printk_record rec;

	while (printk_next_for_console(&console_seq, &rec, record_text, sizeof(record_text),
				       release)) {
		struct console *con;
		int len;

		if (!shown(&rec))
			continue;
		len = format_line(&rec);
		for_each_console(con)
			if (con->flags & CON_ENABLED)
				write_to(con, len);
	}
}

void console_flush(void)
{
	if (console_trylock())
		console_unlock();
}

void console_bust_locks(void)
{
	WRITE_ONCE(console_locked, 0);
}

/* What was said before `con` came; the console lock is held. */
static void replay(struct console *con)
{
	struct printk_record rec;

	for (u64 seq = 0; seq < console_seq &&
	     printk_read_record(seq, &rec, record_text, sizeof(record_text)); seq = rec.seq + 1)
		if (rec.seq < console_seq && shown(&rec))
			write_to(con, format_line(&rec));
}

/* Its place among console= (the last one is the default), or -1. */
static int wanted_place(struct console *con)
{
	for (int i = num_wanted; i-- > 0; ) {
		if (strcmp(wanted[i].name, con->name) ||
		    (con->index >= 0 && con->index != wanted[i].index))
			continue;
		con->index = wanted[i].index;
		return i;
	}
	return -1;
}

static void unlink_console(struct console *con)
{
	struct console **link;

	for (link = &console_drivers; *link; link = &(*link)->next) {
		if (*link == con) {
			*link = con->next;
			con->flags &= ~CON_ENABLED;
			return;
		}
	}
}

void register_console(struct console *con)
{
	struct console *other, *next;
	bool boot = con->flags & CON_BOOT, had_boot = false, had_default = console_default();
	int place = boot ? -1 : wanted_place(con);

	if (!boot && num_wanted && place < 0)
		return;
	if (con->index < 0)
		con->index = 0;
	if (con->setup && con->setup(con, place >= 0 ? wanted[place].options : NULL))
		return;

	console_lock();
	if (!boot && (place == num_wanted - 1 || (!num_wanted && !had_default)))
		con->flags |= CON_CONSDEV;
	if (con->flags & CON_CONSDEV) {
		for (other = console_drivers; other; other = next) {
			next = other->next;
			had_boot |= other->flags & CON_BOOT;
			if (other->flags & CON_BOOT)
				unlink_console(other);
			else
				other->flags &= ~CON_CONSDEV;
		}
	}
	/* The boot console showed it all, on the same wire. */
	if (con->flags & CON_PRINTBUFFER && !had_boot)
		replay(con);
	con->next = console_drivers;
	con->flags |= CON_ENABLED;
	console_drivers = con;
	console_unlock();
}
EXPORT_SYMBOL(register_console);

int unregister_console(struct console *con)
{
	console_lock();
	unlink_console(con);
	if (con->flags & CON_CONSDEV && console_drivers)
		console_drivers->flags |= CON_CONSDEV;
	con->flags &= ~CON_CONSDEV;
	console_unlock();
	return 0;
}
EXPORT_SYMBOL(unregister_console);

struct console *console_default(void)
{
	struct console *con;

	for_each_console(con)
		if (con->flags & CON_CONSDEV)
			return con;
	return NULL;
}

/* NAME[INDEX][,OPTIONS]; "null" is a console that nobody registers: silence. */
static int __init console_setup(char *arg)
{
	static char text[MAX_CMDLINE_CONSOLES][32];
	char *s = text[num_wanted], *digits;

	if (!arg || num_wanted == MAX_CMDLINE_CONSOLES)
		return -EINVAL;
	strscpy(s, arg, sizeof(text[0]));
	arg = strsep(&s, ",");
	wanted[num_wanted].options = s;
	digits = arg + strcspn(arg, "0123456789");
	wanted[num_wanted].index = simple_strtoul(digits, NULL, 10);
	*digits = '\0';
	strscpy(wanted[num_wanted].name, arg, sizeof(wanted[0].name));
	num_wanted++;
	return 0;
}
early_param("console", console_setup);
