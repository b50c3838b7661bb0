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

# ---------------------------------------------------------------- rules

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

.PHONY: all clean
.SECONDARY:
-include $(addprefix $(B)/,$(kernel-objs:.o=.d))
