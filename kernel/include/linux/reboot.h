/* Ways out of the running system. sys_reboot() (kernel/sys) and panic() come here. */
#ifndef LINUX_REBOOT_H
#define LINUX_REBOOT_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <uapi/linux/reboot.h>

/*
 * machine_restart - the 8042's reset line, then a triple fault
 * machine_power_off - soft-off through the PIIX4 power management, else halt
 * machine_halt - stop with interrupts off
 * Context: any; none returns. Syncing disks is the caller's business.
 */
void machine_restart(char *cmd) __noreturn;
void machine_power_off(void) __noreturn;
void machine_halt(void) __noreturn;

/*
 * Leave the emulator through its debug-exit port with status (@code << 1 | 1), where it was
 * started with that device; returns where not.
 */
void debug_exit(u8 code);

#endif
