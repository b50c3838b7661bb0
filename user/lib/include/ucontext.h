/* <ucontext.h>: the third argument of a handler */
#ifndef _UCONTEXT_H
#define _UCONTEXT_H

#include <linux/signal.h>
#include <asm/ucontext.h>

typedef struct ucontext ucontext_t;

#endif
