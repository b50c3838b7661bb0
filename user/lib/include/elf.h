/* <elf.h>: object files. */
#ifndef _ELF_H
#define _ELF_H

#include <linux/elf.h>

#endif
