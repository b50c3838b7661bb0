# Lectern: one make process, explicit object lists in a build.mk a folder,
# everything made lies under build/ (build/debug/ with DEBUG=1).
#
#   kernel-objs   linked into the kernel         (boot kernel drivers fs tests/kernel)
#   libc-objs     the C library of user space    (user/lib; crt0.o is linked first)
#   sh-objs       the shell                      (user/sh)
#   commands      one file a command             (user/bin/NAME.c)
#   user-tests    one file a test program        (tests/user/NAME.c)
#   drivers       names; NAME-objs are linked in too, unless MODULES= names them or one of NAME-needs
#   generated     headers that a rule of the build.mk makes in $(B)/include
#
# Settings: DEBUG=1, V=1 (show commands), MODULES='NAME …', CC=clang, CROSS=i686-elf-, MEM=MIB,
# QEMU_ARGS='…' (appended), ADD=DIR, T=pattern.

DEBUG ?= 0
V ?= 0
CROSS ?= $(if $(filter Darwin,$(shell uname -s)),i686-elf-)
ifeq ($(origin CC),default)
CC := $(CROSS)gcc
endif
LD := $(CROSS)ld
NM := $(CROSS)nm
OBJCOPY := $(CROSS)objcopy
AR := $(CROSS)ar
STRIP := $(CROSS)strip
PYTHON ?= python3
B := $(if $(filter 1,$(DEBUG)),build/debug,build)
Q := $(if $(filter 1,$(V)),,@)
say = @printf '  %-6s %s\n' '$(1)' '$(2)'

# A make that a make of this started shares its jobs.
ifeq ($(filter -j%,$(MAKEFLAGS))$(jobs-shared),)
MAKEFLAGS += -j$(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
endif
MAKEFLAGS += --no-print-directory

# What a goal needs is looked for before anything else; tests/doctor holds the list.
goals := $(filter-out help clean doctor console,$(or $(MAKECMDGOALS),all))
ifneq ($(goals),)
ifneq ($(shell CC='$(CC)' CROSS='$(CROSS)' sh tests/doctor need $(goals) >&2 && echo ready),ready)
$(error something is missing: see above, or `make doctor`)
endif
endif

release := 5.10.0-lectern
kbuild-words = KERNELRELEASE=$(release) kbuild-out='$(B)' kbuild-q='$(Q)' kbuild-cc='$(CC)' kbuild-ld='$(LD)' \
	kbuild-nm='$(NM)' kbuild-python='$(PYTHON)' kbuild-flags='$(module-flags)'
ifneq ($(M),)
# Somebody's own modules: see kernel/module/kbuild.mk, which is read by a make of its own.
modules: $(B)/Module.symvers $(B)/include/module/.made
modules clean modules_install:
	+$(Q)$(MAKE) -f kernel/module/kbuild.mk __$@ M='$(M)' $(kbuild-words)
.PHONY: modules modules_install
.DEFAULT_GOAL := modules
endif

all: $(B)/lectern.elf $(B)/root.img $(B)/Module.symvers ## the kernel and the pristine root disk

# ---------------------------------------------------------------- flags

warnings := -Wall -Wextra -Werror -Wmissing-prototypes -Wstrict-prototypes -Wundef \
	-Wno-unused-parameter -Wno-sign-compare -Wno-missing-field-initializers
common := -m32 -march=i686 -std=gnu11 -O2 -g -ffreestanding -fno-pic -fno-pie -fno-common \
	-fno-stack-protector -fno-strict-aliasing -fwrapv -fno-asynchronous-unwind-tables $(warnings)
kflags := $(common) -mregparm=3 -mgeneral-regs-only -fno-omit-frame-pointer -fno-optimize-sibling-calls \
	-fno-delete-null-pointer-checks \
	$(if $(findstring clang,$(CC)),,-falign-loops=1) \
	$(if $(findstring clang,$(CC)),-mstack-alignment=4,-mpreferred-stack-boundary=$(if $(filter 1,$(DEBUG)),3,2)) \
	-nostdinc -I kernel/include -I $(B)/include -I kernel/include/uapi -I $(B)/include/uapi \
	-D__KERNEL__ -DDEBUG_BUILD=$(DEBUG)
uflags := $(common) -ffunction-sections -fdata-sections -nostdinc -I user/lib/include -I kernel/include/uapi -I $(B)/include/uapi
deps = -MMD -MP
# Others' modules are built with the kernel's flags, but nothing that they do is an error for its style.
module-flags = $(filter-out -W%,$(kflags)) -I $(B)/include/module -include kernel/include/linux/kconfig.h $(kasan-flags) $(ubsan-flags) -Wall -Wno-pointer-sign -Wno-format-security -Wno-unused-but-set-variable \
	$(if $(findstring clang,$(CC)),,-Wno-format-truncation -Wno-format-overflow -Wno-stringop-truncation -Wno-maybe-uninitialized) \
	-Werror=implicit-function-declaration -Werror=implicit-int -Werror=strict-prototypes -Werror=return-type -Werror=incompatible-pointer-types

# KASAN, <linux/kasan.h>: checks before each access, in line (half the instructions of calls), and
# around variables of the stack and globals. The offset is KASAN_SHADOW_OFFSET of <asm/page.h>.
# gcc's stack frames then begin on multiples of 8, as the shadow needs: -mpreferred-stack-boundary=3 above.
kasan-gcc := -fsanitize=kernel-address -fasan-shadow-offset=0xD8000000 \
	--param asan-globals=1 --param asan-stack=1 --param asan-instrument-allocas=1 \
	--param asan-instrumentation-with-call-threshold=10000
kasan-clang := -fsanitize=kernel-address $(addprefix -mllvm ,-asan-mapping-offset=0xD8000000 -asan-globals=1 \
	-asan-stack=1 -asan-instrument-dynamic-allocas=1 -asan-instrumentation-with-call-threshold=10000)
kasan-flags = $(if $(filter 1,$(DEBUG)),$(if $(findstring clang,$(CC)),$(kasan-clang),$(kasan-gcc)))

kasan-off := kernel/debug/kasan.o kernel/debug/kasan_report.o # the checker itself
kasan-off += kernel/debug/stackdepot.o kernel/debug/stacktrace.o # part of it, at every allocation
kasan-off += kernel/x86/kasan_init.o # moves the shadow
kasan-off += kernel/debug/kprobes.o kernel/debug/kretprobe.o # at breakpoints, which may be in the checker
kasan-off += kernel/debug/lockdep.o kernel/debug/lockdep_graph.o kernel/debug/spinlock.o # at every lock
kasan-off += kernel/mm/slab.o kernel/mm/slab_debug.o kernel/mm/leaks.o # read and write behind objects, and in free ones

# Undefined behaviour, kernel/debug/ubsan.c: clang's "bounds" holds one that cannot report.
ubsan := shift $(if $(findstring clang,$(CC)),array-bounds,bounds) signed-integer-overflow \
	integer-divide-by-zero null alignment unreachable vla-bound bool enum builtin
ubsan-flags = $(if $(filter 1,$(DEBUG)),-fno-wrapv $(ubsan:%=-fsanitize=%))
ubsan-off := $(addprefix kernel/debug/,debugobjects.o kasan.o kprobes.o kretprobe.o list_debug.o lockdep.o lockdep_graph.o \
	spinlock.o stackdepot.o stacktrace.o) # at every allocation, lock and list

$(B)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(kflags) $(kasan-flags) $(ubsan-flags) $(uflags) # -Os: $(small-objs)' | cmp -s - $@ || echo '$(CC) $(kflags) $(kasan-flags) $(ubsan-flags) $(uflags) # -Os: $(small-objs)' >$@

# ---------------------------------------------------------------- what is built

kernel-objs :=
libc-objs :=
sh-objs :=
commands :=
user-tests :=
drivers :=
generated :=
mk-files := $(sort $(wildcard boot/build.mk kernel/*/build.mk kernel/build.mk drivers/*/build.mk \
	fs/build.mk fs/*/build.mk user/*/build.mk tests/*/build.mk))
include $(mk-files)

# A driver is a part of the kernel, or with MODULES="lp brd" (or MODULES=all) a module of the same source.
loaded := $(foreach name,$(drivers),$(if $(filter all $(name) $($(name)-needs),$(MODULES)),$(name)))
driver-modname = $(foreach obj,$($1-objs),$(eval $(B)/$(obj): private modname := $1))
$(foreach name,$(drivers),$(call driver-modname,$(name)))
kernel-objs += $(foreach name,$(filter-out $(loaded),$(drivers)),$($(name)-objs))
$(if $(filter-out all $(drivers),$(MODULES)),$(error MODULES: there is no driver $(filter-out all $(drivers),$(MODULES)); there are: $(drivers)))
$(B)/loaded/Kbuild: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '# MODULES=$(MODULES)' $(foreach name,$(loaded),'obj-m += $(name).o' '$(name)-objs := $($(name)-objs)') >$@.new
	@cmp -s $@ $@.new || mv $@.new $@

# ---------------------------------------------------------------- user space

userland := $(if $(sh-objs),$(B)/bin/sh) $(commands:%=$(B)/bin/%) $(user-tests:%=$(B)/tests/%)
stripped := $(userland:$(B)/%=$(B)/stripped/%)
user: $(userland)

$(B)/user/%.o: user/%.c $(B)/flags | $(generated)
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(uflags) $(deps) -c -o $@ $<

$(B)/tests/user/%.o: tests/user/%.c $(B)/flags | $(generated)
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(uflags) $(deps) -c -o $@ $<

$(B)/user/lib/%.o: user/lib/%.asm
	$(call say,NASM,$<)
	@mkdir -p $(@D)
	$(Q)nasm -f elf32 -g -F dwarf -Werror -MD $(@:.o=.d) -I user/lib/ -o $@ $<

# gcc must not make memset() of a call to memset()
$(B)/user/lib/%.o: uflags += $(if $(findstring clang,$(CC)),,-fno-tree-loop-distribute-patterns)

$(B)/libc.a: $(addprefix $(B)/,$(filter-out %/crt0.o,$(libc-objs))) $(mk-files)
	$(call say,AR,$@)
	@rm -f $@
	$(Q)$(AR) rcsD $@ $(filter %.o,$^)

runtime := $(B)/user/lib/crt0.o $(B)/libc.a
define link-user
$(call say,LD,$@)
@mkdir -p $(@D)
$(Q)$(LD) -m elf_i386 -static -nostdlib -z noseparate-code -z noexecstack --gc-sections --build-id=none \
	-o $@ $(B)/user/lib/crt0.o $(filter-out %/crt0.o,$(filter %.o,$^)) $(B)/libc.a
endef

$(B)/bin/sh: $(addprefix $(B)/,$(sh-objs)) $(runtime)
	$(link-user)

$(commands:%=$(B)/bin/%): $(B)/bin/%: $(B)/user/bin/%.o $(runtime)
	$(link-user)

$(user-tests:%=$(B)/tests/%): $(B)/tests/%: $(B)/tests/user/%.o $(runtime)
	$(link-user)

# Programs of the labs' tests: build/docs/labs/03-…/peer.
lab-programs := $(patsubst %.c,$(B)/%,$(wildcard docs/labs/[0-9]*/*.c))
$(B)/docs/labs/%.o: docs/labs/%.c $(B)/flags | $(generated)
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(uflags) $(deps) -c -o $@ $<

$(lab-programs): $(B)/%: $(B)/%.o $(runtime)
	$(link-user)

$(stripped): $(B)/stripped/%: $(B)/%
	@mkdir -p $(@D)
	$(Q)$(STRIP) -o $@ $<

# ---------------------------------------------------------------- the kernel

# What runs when somebody asks or something is set up is compiled for its size: a third of it.
small := kernel/debug kernel/module kernel/khg kernel/lib kernel/sys fs/proc fs/sysfs fs/debugfs fs/devtmpfs \
	drivers/base drivers/pci
small-objs := $(foreach folder,$(small),$(filter $(folder)/%,$(kernel-objs))) $(addsuffix .o,\
	$(addprefix kernel/proc/,binfmt_script coredump elf_core itimer robust rusage umh) \
	$(addprefix kernel/sched/,hung_task policy semaphore show watchdog workqueue) \
	$(addprefix kernel/x86/,cpu early_serial fpu_frame gdt iomap memory_map pat reboot tls traps) \
	$(addprefix kernel/irq/,apic i8254 manage pc-resources range resource spurious thread) \
	$(addprefix kernel/time/,calibrate rtc) kernel/main \
	$(addprefix kernel/mm/,leaks oom_kill page_init reclaim show_mem percpu madvise mlock mremap) \
	$(addprefix fs/,anon_inodes attr_calls bdev_open d_path dcache_tree do_mounts eventfd ext2/fill_super fcntl \
		filesystems locks mount_calls namei_rename pipe_open ramfs/super simple_attr statfs super sync))
# Not these: each system call, each page or each file goes through them.
fast := $(addprefix kernel/lib/,bitmap div64 initcall memory module_ref radix-tree random rbtree string \
	strings vsprintf) kernel/sys/clock_calls
small-objs := $(filter-out $(fast:%=%.o),$(small-objs))
$(addprefix $(B)/,$(small-objs)): private kflags += -Os

$(kasan-off:%=$(B)/%): kasan-flags =
$(ubsan-off:%=$(B)/%): ubsan-flags =
$(B)/%.o: %.c $(B)/flags | $(generated)
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(kflags) $(kasan-flags) $(ubsan-flags) $(deps) -DKBUILD_MODNAME='"$(subst -,_,$(or $(modname),$(basename $(notdir $<))))"' -c -o $@ $<

$(B)/%.o: %.asm $(B)/flags | $(generated)
	$(call say,NASM,$<)
	@mkdir -p $(@D)
	$(Q)nasm -f elf32 -g -F dwarf -Werror -DDEBUG_BUILD=$(DEBUG) -MD $(@:.o=.d) -I kernel/include/asm/ -o $@ $<

link-kernel = $(LD) -m elf_i386 -nostdlib -z noexecstack -T boot/kernel.ld -o $@ $(filter %.o,$^)

# Linked twice: the second time with the table of names and lines of the first, behind it all.
$(B)/lectern.nosyms: $(addprefix $(B)/,$(kernel-objs)) boot/kernel.ld $(mk-files) $(B)/loaded/Kbuild
	$(Q)$(link-kernel)
$(B)/kallsyms.o: $(B)/lectern.nosyms kernel/debug/mksyms.py
	$(Q)kernel/debug/mksyms.py $(B)/kallsyms.bin $<
	$(Q)echo '.section .kallsyms,"a"; .incbin "$(B)/kallsyms.bin"' | $(CC) -m32 -x assembler -c -o $@ -
$(B)/lectern.elf: $(addprefix $(B)/,$(kernel-objs)) $(B)/kallsyms.o boot/kernel.ld $(mk-files) $(B)/loaded/Kbuild
	$(call say,LD,$@)
	$(Q)$(link-kernel)

# Headers of Linux's whose content is elsewhere here, for modules.
$(B)/include/module/.made: kernel/module/headers.list
	@rm -rf $(@D) && sed '/^#/d' $< | while read name others; do \
		mkdir -p $(@D)/$$(dirname $$name) && printf '#include <%s>\n' $$others >$(@D)/$$name || exit 1; done && touch $@

# What modules may link to.
$(B)/Module.symvers: $(B)/lectern.elf kernel/module/modpost.py
	$(Q)$(PYTHON) kernel/module/modpost.py --nm '$(NM)' --kernel $< --output $@

# Modules of the tree: the samples, and the drivers that MODULES= names. They are made as anybody's are, below
# build/, and lie without their debugging information in $(B)/modules as on the root disk.
obj-m :=
include drivers/samples/Kbuild
tree-modules := $(obj-m:%.o=$(B)/drivers/samples/%.ko) $(loaded:%=$(B)/loaded/%.ko)
modules-dir := /lib/modules/$(release)
make-modules = +$(Q)$(MAKE) -s -f kernel/module/kbuild.mk __modules kbuild-into='$(@D)' $(kbuild-words)
install-module = mkdir -p $(@D)/kernel/$2 && $(STRIP) --strip-debug -o $(@D)/kernel/$2$(notdir $1) $1 &&

$(B)/drivers/samples/.made: $(B)/Module.symvers $(B)/include/module/.made FORCE
	@mkdir -p $(@D)
	$(make-modules) M=drivers/samples
$(B)/loaded/.made: $(B)/Module.symvers $(B)/loaded/Kbuild FORCE
	$(make-modules) M=. kbuild-file=$(B)/loaded/Kbuild
$(filter $(B)/drivers/samples/%,$(tree-modules)): $(B)/drivers/samples/.made ;
$(filter $(B)/loaded/%,$(tree-modules)): $(B)/loaded/.made ;
$(B)/modules/modules.dep: $(tree-modules) $(B)/loaded/Kbuild kernel/module/depmod.py Makefile $(mk-files)
	@rm -rf $(@D) && mkdir -p $(@D)
	$(Q)$(foreach file,$(obj-m:%.o=%.ko),$(call install-module,$(B)/drivers/samples/$(file),drivers/samples/)) \
		$(foreach name,$(loaded),$(call install-module,$(B)/loaded/$(name).ko,$(dir $(firstword $($(name)-objs))))) \
		$(PYTHON) kernel/module/depmod.py $(@D)
	@printf '%s\n' $(foreach name,$(filter-out $(loaded),$(drivers)),kernel/$(dir $(firstword $($(name)-objs)))$(name).ko) >$(@D)/modules.builtin

# ---------------------------------------------------------------- disks and the ISO

programs := --tree $(B)/modules $(modules-dir) \
	--into /bin $(filter-out %/init,$(filter $(B)/stripped/bin/%,$(stripped))) \
	--into /sbin $(filter %/init,$(stripped)) --into /tests $(filter $(B)/stripped/tests/%,$(stripped))

$(B)/root.img: $(stripped) $(B)/modules/modules.dep user/mkdisk.py $(shell find user/etc -type f) $(mk-files)
	$(call say,DISK,$@)
	@mkdir -p $(@D)
	$(Q)$(PYTHON) user/mkdisk.py make $@ --tree user/etc /etc $(programs)

# The disk of `make run` is kept from run to run; newer programs are laid over it.
$(B)/disk.img: $(B)/root.img
	$(call say,DISK,$@)
	@mkdir -p $(@D)
	$(Q)if test -e $@; then $(PYTHON) user/mkdisk.py lay $@ $(programs) && touch $@; \
		else $(PYTHON) user/mkdisk.py copy $< $@; fi

fresh-disk: $(B)/root.img ## put the disk of `make run` back to its first state
	$(Q)$(PYTHON) user/mkdisk.py copy $< $(B)/disk.img

# The ISO's own root disk is small, as it lies in memory: /dev/ram0, where no disk is found.
$(B)/lectern.iso: $(B)/lectern.elf $(B)/root.img boot/grub.cfg
	$(call say,ISO,$@)
	@rm -rf $(B)/iso && mkdir -p $(B)/iso/boot/grub
	$(Q)$(STRIP) -o $(B)/iso/boot/lectern.elf $< && cp boot/grub.cfg $(B)/iso/boot/grub/
	$(Q)$(PYTHON) user/mkdisk.py make $(B)/iso/boot/root.img --size 8 --tree user/etc /etc $(programs)
	$(Q)gzip -9n $(B)/iso/boot/root.img
	$(Q)grub-mkrescue -o $@ $(B)/iso -- -volid LECTERN >$(B)/iso.log 2>&1 || { cat $(B)/iso.log; exit 1; }

iso: $(B)/lectern.iso ## an image for a CD drive or a USB stick, started by GRUB

# ---------------------------------------------------------------- running

MEM ?= 128
QEMU ?= $(or $(shell command -v qemu-system-i386),qemu-system-x86_64)
machine = $(QEMU) -M pc -m $(MEM) -nic none -drive file=$(B)/disk.img,if=ide,index=0,format=raw -parallel file:$(B)/printed -device edu $(QEMU_ARGS)
direct = -kernel $(B)/lectern.elf -append 'root=/dev/hda $(APPEND)'
lay-add = $(if $(ADD),$(PYTHON) user/mkdisk.py lay $(B)/disk.img --tree '$(ADD)' /)

run: $(B)/lectern.elf $(B)/disk.img ## boot to a shell on this terminal; Ctrl-A X leaves (ADD=DIR lays its files over the disk)
	$(Q)$(lay-add)
	$(Q)$(machine) $(direct) -nographic

run-iso: $(B)/lectern.iso $(B)/disk.img ## the same through GRUB and the BIOS
	$(Q)$(lay-add)
	$(Q)$(machine) -cdrom $< -boot d -nographic

run-gui: $(B)/lectern.iso $(B)/disk.img ## the same in a window: VGA text and keyboard
	$(Q)$(lay-add)
	$(Q)$(machine) -cdrom $< -boot d -serial stdio

debug: $(B)/lectern.elf $(B)/disk.img ## gdb on the kernel: ps, waitq, inode, pt ADDR, lx-symbols; its console: make console
	$(Q)$(lay-add)
	$(Q)gdb -q -ex "target remote | exec $(machine) $(direct) -display none -serial pty -gdb stdio -S" \
		-x kernel/debug/lectern-gdb.py $<

console: ## the console of `make debug`, on another terminal
	$(Q)$(PYTHON) kernel/debug/terminal.py $(B)/console

# ---------------------------------------------------------------- checks

# Both kernels, unless DEBUG=0 or 1 asks for one alone.
builds := --build $(B)
ifeq ($(origin DEBUG),file)
builds := --build build/debug --lean build
test: debug-build
endif
debug-build: all
	$(Q)$(MAKE) jobs-shared=1 DEBUG=1 all
test: all ## everything that can be checked, in ten minutes (T=pattern: what matches; DEBUG=0 or 1: one kernel alone)
	$(Q)$(PYTHON) tests/run $(builds) $(if $(T),--only '$(T)') $(if $(filter 1,$(V)),--verbose)

MINUTES ?= 10
soak: debug-build ## new seeds of preempt_jitter= until MINUTES=n are over
	$(Q)$(PYTHON) tests/run --build build/debug --soak $(MINUTES)

bench: all $(bench-programs) ## instructions and times a system call, beside other kernels
	$(Q)tests/bench/run --build $(B) $(ROWS)

kernel-headers := $(shell find kernel/include -name '*.h' -not -path '*/uapi/*')
uapi-headers := $(shell find kernel/include/uapi -name '*.h')
libc-headers := $(shell find user/lib/include -name '*.h' 2>/dev/null)
headers := $(kernel-headers) $(uapi-headers) $(libc-headers)

headercheck: $(headers:%=$(B)/headercheck/%) ## every header compiles alone

$(kernel-headers:%=$(B)/headercheck/%): header-flags = $(kflags)
$(uapi-headers:%=$(B)/headercheck/%) $(libc-headers:%=$(B)/headercheck/%): header-flags = $(uflags)
$(headers:%=$(B)/headercheck/%): $(B)/headercheck/%: % $(B)/flags | $(generated)
	@mkdir -p $(@D)
	$(Q)echo '#include "$<"' | $(CC) $(header-flags) -MD -MP -MF $@.d -MT $@ -I . -fsyntax-only -x c - && touch $@

# The suites that commit what sparse sees, too: shifts by too much, arrays of a variable length.
crimes := tests/kernel/kasan_test.o tests/kernel/ubsan_test.o
sparse: $(patsubst %.o,sparse/%,$(filter-out $(crimes),$(kernel-objs))) ## pointers to user, device and kernel memory, byte orders, locks taken and released
sparse/%: | $(generated)
	$(Q)if test -e $*.c; then sparse -Wsparse-error -Wno-decl -Wno-cast-truncate $(filter-out -W%,$(kflags)) -DKBUILD_MODNAME='"x"' $*.c; fi

tidy: $(patsubst %.o,tidy/%,$(filter-out tests/%,$(kernel-objs))) ## mistakes of the kernel that compile: tests/clang-tidy
tidy/%: | $(generated)
	$(Q)if test -e $*.c; then clang-tidy --quiet --config-file=tests/clang-tidy $*.c -- \
		$(filter-out -W% -mpreferred-stack-boundary=2,$(kflags)) -DKBUILD_MODNAME='"x"' 2>/dev/null; fi

check: ## what can be told without running it: compilers, sparse, clang-tidy, sizes, floors, numbers
	$(Q)$(PYTHON) tests/check

doccheck: ## what the pages cite, link and name is there
	$(Q)docs/doccheck
docs: ## build/docs: the pages, each citation with its line
	$(Q)docs/doccheck --build $(B)/docs

DIR ?= $(NAME)
new-driver: ## a folder with a driver to begin with: NAME=foo, DIR=where (docs/first-driver.md)
	@printf '%s' '$(NAME)' | grep -q '^[a-z][a-z0-9_]*$$' || { echo 'NAME: a word of a-z, 0-9 and _'; exit 1; }
	@test ! -e '$(DIR)' || { echo '$(DIR) is there already'; exit 1; }
	@mkdir -p '$(DIR)'
	@for f in drivers/samples/template/*; do t=$$(basename $$f); \
		sed 's/NAME/$(NAME)/g; s/\<$(NAME)_\(SIZE\|GET_SIZE\|H\)\>/'$$(echo $(NAME) | tr a-z A-Z)'_\1/g' $$f \
		>'$(DIR)'/$$(echo $$t | sed 's/NAME/$(NAME)/'); done
	@ls '$(DIR)'

# ---------------------------------------------------------------- labs

ifneq ($(LAB),)
lab: ## a student's own tree: LAB=05 DIR=../mine (STEP=2, SEED=word, SOLUTION=1): docs/labs
	$(Q)$(PYTHON) docs/labs/machinery/make_lab.py --lab '$(LAB)' --dir '$(DIR)' --step '$(or $(STEP),1)' --seed '$(SEED)' $(if $(filter 1,$(SOLUTION)),--solution)
.PHONY: lab
endif

# What marking a lab needs to be built.
lab-build: $(B)/lectern.elf $(B)/drivers/samples/.made $(lab-programs)
	@:
grade: ## in a lab's tree: the mark that it would get
	$(Q)$(MAKE) jobs-shared=1 DEBUG=1 all lab-build
	$(Q)docs/labs/grade --here

JOBS ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
test-labs: debug-build ## prove each lab's tests: reference, hand-outs, forgeries, mutants (LAB=05, SEED=word; BATCH=200: so many submissions)
	$(Q)$(if $(BATCH),$(PYTHON) docs/labs/machinery/batch.py $(BATCH) --jobs $(JOBS) $(if $(filter 1,$(WRITE)),--write),$(PYTHON) docs/labs/machinery/prove.py --jobs $(JOBS) $(if $(LAB),--lab '$(LAB)') $(if $(SEED),--seed '$(SEED)') $(if $(filter 1,$(WRITE)),--write))

calldoc: user ## docs/reference/syscalls.md: which command and test use which call
	$(Q)$(PYTHON) kernel/sys/mkcalldoc.py $(B)

doctor: ## look at every tool and say what to do
	$(Q)CC='$(CC)' CROSS='$(CROSS)' sh tests/doctor

ifeq ($(M),)
clean: ## remove build/
	rm -rf build
endif

help: ## these lines
	@sed -n 's/^\([a-z-]*\):.* ## \(.*\)/make \1\t\2/p' Makefile | expand -t 20

FORCE:
.PHONY: doccheck docs lab-build grade test-labs new-driver all user run run-iso run-gui iso debug console fresh-disk debug-build test soak bench headercheck sparse tidy check calldoc doctor clean help FORCE
.SECONDARY:
.DELETE_ON_ERROR:
objects := $(kernel-objs) $(libc-objs) $(sh-objs) $(commands:%=user/bin/%.o) $(user-tests:%=tests/user/%.o)
-include $(addprefix $(B)/,$(objects:.o=.d)) $(headers:%=$(B)/headercheck/%.d)
