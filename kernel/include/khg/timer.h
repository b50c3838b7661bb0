/*
 * <khg/timer.h> - timers as in 1996: the function gets a number that the timer
 * carries, not the timer. add_timer() takes an absolute time: jiffies + HZ / 10.
 *
 *	init_timer(&t); t.expires = ...; t.data = ...; t.function = ...; add_timer(&t);
 */
#ifndef _KHG_TIMER_H
#define _KHG_TIMER_H

#include <khg/base.h>

struct khg_timer_list {
	unsigned long expires;			/* jiffies; as data and function: the owner's, until it is added */
	unsigned long data;
	void (*function)(unsigned long data);	/* in interrupt context */
	struct timer_list today;
};

#define timer_list	khg_timer_list
#define add_timer	khg_add_timer
#define del_timer	khg_del_timer

/* Context: any. init_timer() before all else. */
void init_timer(struct timer_list *timer);
void add_timer(struct timer_list *timer);
/* 1: it was pending; its function may run just now. */
int del_timer(struct timer_list *timer);

#endif
