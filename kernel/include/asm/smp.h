/* Which CPU this is. One runs; data that each CPU owns is already indexed by it. */
#ifndef ASM_SMP_H
#define ASM_SMP_H

#include <asm/thread_info.h>

#define raw_smp_processor_id()	(current_thread_info()->cpu)
#define smp_processor_id()	raw_smp_processor_id()

#endif
