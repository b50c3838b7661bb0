# Lectern: one make process, explicit object lists in a build.mk a folder,
# everything made lies under build/ (build/debug/ with DEBUG=1).
#
#   kernel-objs   linked into the kernel         (boot kernel drivers fs tests/kernel)
#   libc-objs     the C library of user space    (user/lib)
#   sh-objs       the shell                      (user/sh)
#   commands      one file a command             (user/bin/NAME.c)
#   user-tests    one file a test program        (tests/user/NAME.c)

DEBUG ?= 0
CROSS ?=
CC := $(if $(filter clang,$(CC)),clang,$(CROSS)gcc)
LD := $(CROSS)ld
NM := $(CROSS)nm
OBJCOPY := $(CROSS)objcopy
AR := $(CROSS)ar
B := $(if $(filter 1,$(DEBUG)),build/debug,build)
V ?= 0
Q := $(if $(filter 1,$(V)),,@)
say = @printf '  %-6s %s\n' '$(1)' '$(2)'

all: $(B)/lectern.elf

kernel-objs :=
libc-objs :=
sh-objs :=
commands :=
user-tests :=
include $(sort $(wildcard boot/build.mk kernel/*/build.mk kernel/build.mk drivers/*/build.mk \
	fs/build.mk fs/*/build.mk user/*/build.mk tests/*/build.mk))

# ---------------------------------------------------------------- flags

warnings := -Wall -Wextra -Werror -Wmissing-prototypes -Wstrict-prototypes -Wundef \
	-Wno-unused-parameter -Wno-sign-compare -Wno-missing-field-initializers
common := -m32 -march=i686 -std=gnu11 -O2 -g -ffreestanding -fno-pic -fno-pie -fno-common \
	-fno-stack-protector -fno-strict-aliasing -fwrapv -fno-asynchronous-unwind-tables -MMD -MP $(warnings)
kflags := $(common) -mregparm=3 -mgeneral-regs-only -fno-omit-frame-pointer -fno-optimize-sibling-calls \
	-fno-delete-null-pointer-checks \
	$(if $(findstring clang,$(CC)),-mstack-alignment=4,-mpreferred-stack-boundary=2) \
	-nostdinc -I kernel/include -I $(B)/include -I kernel/include/uapi -I $(B)/include/uapi -D__KERNEL__ -DDEBUG_BUILD=$(DEBUG)
uflags := $(common) -nostdinc -I user/lib/include -I kernel/include/uapi -I $(B)/include/uapi

# ---------------------------------------------------------------- made sources

mksyscalls := kernel/sys/mksyscalls.py
calls := kernel/sys/syscalls.tbl
made := $(addprefix $(B)/include/,linux/syscalls_generated.h uapi/asm/unistd.h uapi/bits/syscall.h)
kernel-objs += kernel/sys/syscall_table.o
libc-objs += user/lib/stubs.o

$(B)/include/linux/syscalls_generated.h: what := header
$(B)/include/uapi/asm/unistd.h: what := numbers
$(B)/include/uapi/bits/syscall.h: what := names
$(B)/kernel/sys/syscall_table.c: what := table
$(B)/user/lib/stubs.asm: what := stubs
$(B)/user/lib/stubs.asm: user/lib/stubs.list
$(made) $(B)/kernel/sys/syscall_table.c $(B)/user/lib/stubs.asm: $(calls) $(mksyscalls)
	$(call say,MAKE,$@)
	@mkdir -p $(@D)
	$(Q)python3 $(mksyscalls) $(what) $(calls) $(filter %.list,$^) > $@.tmp && mv $@.tmp $@

# a wrapper of a system call is a tail call, or the shortest calls pay twice
$(B)/kernel/sys/syscall_table.o: kflags += -fomit-frame-pointer -foptimize-sibling-calls
$(B)/kernel/sys/syscall_table.o: $(B)/kernel/sys/syscall_table.c
	$(call say,CC,$<)
	$(Q)$(CC) $(kflags) -c -o $@ $<

user-objs := $(libc-objs) $(sh-objs) user/lib/crt0.o $(commands:%=user/bin/%.o) $(user-tests:%=tests/user/%.o)
$(addprefix $(B)/,$(kernel-objs) $(user-objs)): | $(made)

# ---------------------------------------------------------------- user space

programs := $(if $(sh-objs),$(B)/bin/sh) $(commands:%=$(B)/bin/%) $(user-tests:%=$(B)/tests/%)
user: $(programs)

compile-user = $(Q)$(CC) $(uflags) -ffunction-sections -fdata-sections -c -o $@ $<
link-user = $(Q)$(LD) -m elf_i386 -static -nostdlib -z noexecstack -z noseparate-code --gc-sections \
	-o $@ $(B)/user/lib/crt0.o $(filter-out %/crt0.o,$(filter %.o,$^)) $(B)/libc.a

$(B)/user/%.o: user/%.c
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(compile-user)

$(B)/tests/user/%.o: tests/user/%.c
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(compile-user)

$(B)/user/lib/%.o: user/lib/%.asm
	$(call say,NASM,$<)
	@mkdir -p $(@D)
	$(Q)nasm -f elf32 -g -F dwarf -Werror -MD $(@:.o=.d) -I user/lib/ -o $@ $<

$(B)/user/lib/stubs.o: $(B)/user/lib/stubs.asm user/lib/stub.inc
	$(call say,NASM,$<)
	$(Q)nasm -f elf32 -Werror -I user/lib/ -o $@ $<

# memset() must not be made of a call to memset()
$(B)/user/lib/%.o: uflags += -fno-tree-loop-distribute-patterns

$(B)/libc.a: $(addprefix $(B)/,$(libc-objs))
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(B)/bin/sh: $(addprefix $(B)/,$(sh-objs) user/lib/crt0.o) $(B)/libc.a
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(link-user)

$(B)/bin/%: $(B)/user/bin/%.o $(B)/user/lib/crt0.o $(B)/libc.a
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(link-user)

$(B)/tests/%: $(B)/tests/user/%.o $(B)/user/lib/crt0.o $(B)/libc.a
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(link-user)

# ---------------------------------------------------------------- kernel

$(B)/%.o: %.c
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(kflags) -DKBUILD_MODNAME='"$(basename $(notdir $<))"' -c -o $@ $<

$(B)/%.o: %.asm
	$(call say,NASM,$<)
	@mkdir -p $(@D)
	$(Q)nasm -f elf32 -g -F dwarf -Werror -MD $(@:.o=.d) -I kernel/include/asm/ -o $@ $<

$(B)/lectern.elf: $(addprefix $(B)/,$(kernel-objs)) boot/kernel.ld
	$(call say,LD,$@)
	$(Q)$(LD) -m elf_i386 -nostdlib -z noexecstack -T boot/kernel.ld -o $@ $(filter %.o,$^)

clean:
	rm -rf build

.PHONY: all clean user
.SECONDARY:
-include $(addprefix $(B)/,$(kernel-objs:.o=.d) $(user-objs:.o=.d))
