#ifndef _LINUX_POISON_H
#define _LINUX_POISON_H

/* Non-NULL pointers that fault in page 0, so that a stale link is noticed. */
#define LIST_POISON1	((void *)0x100)
#define LIST_POISON2	((void *)0x122)

#define POISON_INUSE	0x5a
#define POISON_FREE	0x6b
#define POISON_END	0xa5

#endif
