/*
 * <khg/system.h> - cli(), sti(), save_flags(), restore_flags().
 *
 * In 1996 cli() meant: nobody disturbs me until sti(). On one CPU it was enough to
 * keep interrupts out. With a second one it keeps out nobody there, and that is
 * why drivers have locks today: what a lock protects has a name, the
 * lock has one too, and who does not touch it need not wait.
 *
 * Here the four keep what they promised: cli() also takes one lock that all
 * drivers of this kind share. So no two of them are ever past cli() at once, no
 * interrupt handler either that says cli() itself. It is the largest lock there can
 * be, and that is the lesson.
 *
 * What sleeps under cli() other than by sleep_on() and schedule() (kmalloc(),
 * memcpy_fromfs()) was a mistake then; DEBUG=1 reports it as sleeping while atomic.
 */
#ifndef _KHG_SYSTEM_H
#define _KHG_SYSTEM_H

/* Context: any. A second cli() changes nothing. */
void khg_cli(void);
void khg_sti(void);
unsigned long khg_save_flags(void);
void khg_restore_flags(unsigned long flags);

#define cli()			khg_cli()
#define sti()			khg_sti()
#define save_flags(flags)	((flags) = khg_save_flags())
#define restore_flags(flags)	khg_restore_flags(flags)

#endif
