# What is made from the one list of system calls: the kernel's table and
# prototypes, the numbers user space sees, the C library's stubs.

kernel-objs += kernel/sys/clock_calls.o
kernel-objs += kernel/sys/ids.o
kernel-objs += kernel/sys/ids16.o
kernel-objs += kernel/sys/misc.o
kernel-objs += kernel/sys/rlimit.o
kernel-objs += kernel/sys/sleep_calls.o
kernel-objs += kernel/sys/syscall_table.o
kernel-objs += kernel/sys/uname.o
libc-objs += user/lib/stubs.o
generated += $(addprefix $(B)/include/,linux/syscalls_generated.h uapi/asm/unistd.h uapi/bits/syscall.h)

mksyscalls := kernel/sys/mksyscalls.py
calls := kernel/sys/syscalls.tbl

$(B)/include/linux/syscalls_generated.h: what := header
$(B)/include/uapi/asm/unistd.h: what := numbers
$(B)/include/uapi/bits/syscall.h: what := names
$(B)/kernel/sys/syscall_table.c: what := table
$(B)/user/lib/stubs.asm: what := stubs
$(B)/user/lib/stubs.asm: user/lib/stubs.list
$(generated) $(B)/kernel/sys/syscall_table.c $(B)/user/lib/stubs.asm: $(calls) $(mksyscalls)
	$(call say,MAKE,$@)
	@mkdir -p $(@D)
	$(Q)$(PYTHON) $(mksyscalls) $(what) $(calls) $(filter %.list,$^) > $@.tmp && mv $@.tmp $@

# A wrapper of a system call is a tail call, or the shortest calls pay twice.
$(B)/kernel/sys/syscall_table.o: kflags += -fomit-frame-pointer -foptimize-sibling-calls
$(B)/kernel/sys/syscall_table.o: $(B)/kernel/sys/syscall_table.c $(B)/flags $(generated)
	$(call say,CC,$<)
	$(Q)$(CC) $(kflags) -c -o $@ $<

$(B)/user/lib/stubs.o: $(B)/user/lib/stubs.asm user/lib/stub.inc
	$(call say,NASM,$<)
	$(Q)nasm -f elf32 -Werror -I user/lib/ -o $@ $<
