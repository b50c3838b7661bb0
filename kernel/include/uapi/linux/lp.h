/* <linux/lp.h>: a printer's requests, flags and status lines */
#ifndef _UAPI_LINUX_LP_H
#define _UAPI_LINUX_LP_H

#define LP_EXIST 0x0001
#define LP_SELEC 0x0002
#define LP_BUSY 0x0004		/* somebody has it open */
#define LP_OFFL 0x0008
#define LP_NOPA 0x0010
#define LP_ERR 0x0020
#define LP_ABORT 0x0040		/* give up on an error instead of waiting for its end */
#define LP_CAREFUL 0x0080	/* look at paper and select lines even if the error line is quiet */
#define LP_ABORTOPEN 0x0100	/* open() fails while the printer is not ready */

/* the status port; busy, ack and error are low when so */
#define LP_PBUSY 0x80
#define LP_PACK 0x40
#define LP_POUTPA 0x20
#define LP_PSELECD 0x10
#define LP_PERRORP 0x08

#define LPCHAR 0x0601		/* polls of a byte before the writer sleeps */
#define LPTIME 0x0602		/* how long it then sleeps, in 1/100 s */
#define LPABORT 0x0604
#define LPSETIRQ 0x0605		/* 0: polled */
#define LPGETIRQ 0x0606		/* to an int */
#define LPWAIT 0x0608		/* microseconds before and after a strobe */
#define LPCAREFUL 0x0609
#define LPABORTOPEN 0x060a
#define LPGETSTATUS 0x060b	/* to an int: the status port */
#define LPRESET 0x060c
#define LPGETFLAGS 0x060e	/* to an int */
#define LPSETTIMEOUT 0x060f	/* a struct timeval: silent for longer means broken */

#define LP_TIMEOUT_INTERRUPT (60 * HZ)
#define LP_TIMEOUT_POLLED (10 * HZ)

#endif
