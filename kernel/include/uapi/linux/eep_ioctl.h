/*
 * <linux/eep_ioctl.h> - requests to /dev/eep-mem0 … 7, for the driver and for programs.
 */
#ifndef _UAPI_LINUX_EEP_IOCTL_H
#define _UAPI_LINUX_EEP_IOCTL_H

#include <linux/ioctl.h>

#define EEP_MAGIC	'E'

#define ERASE_SEQ_NO	0x01
#define RENAME_SEQ_NO	0x02
#define GET_FOO		0x03
#define GET_SIZE	0x04
#define GET_NAME_SEQ_NO	0x05

#define MAX_PART_NAME	32	/* bytes, the 0 at its end included */

/* More than one answer: a pointer to a structure. */
struct eep_foo {
	int bank;
	int bank_size;		/* bytes */
	int users;		/* openings */
};

#define EEP_ERASE	_IO(EEP_MAGIC, ERASE_SEQ_NO)			/* the bank: all 0xff */
#define EEP_RENAME_PART	_IOW(EEP_MAGIC, RENAME_SEQ_NO, unsigned long)	/* arg: the string */
#define EEP_GET_FOO	_IOR(EEP_MAGIC, GET_FOO, struct eep_foo)
#define EEP_GET_SIZE	_IOR(EEP_MAGIC, GET_SIZE, int)			/* of all banks together */
#define EEP_GET_NAME	_IOR(EEP_MAGIC, GET_NAME_SEQ_NO, char[MAX_PART_NAME])

#endif
