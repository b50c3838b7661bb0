/* The console of the first moments: COM1, polled. */
#ifndef ASM_EARLY_SERIAL_H
#define ASM_EARLY_SERIAL_H

/* Set the port up and register it as a boot console. Context: boot, interrupts off. */
void early_serial_init(void);

#endif
