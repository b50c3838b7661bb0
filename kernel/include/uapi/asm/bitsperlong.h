/* <asm/bitsperlong.h>: the width of long on i386 */
#ifndef _UAPI_ASM_BITSPERLONG_H
#define _UAPI_ASM_BITSPERLONG_H

#endif
