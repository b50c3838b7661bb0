# Modules outside of the tree: `make M=DIR modules` and `make M=DIR clean` come
# here, in a make of their own, for DIR's makefile has goals and variables of its own.
#
# DIR/Kbuild or DIR/Makefile is read as Linux's Kbuild reads it:
#
#   obj-m := a.o b.o sub/     modules, and folders with more of them
#   a-objs := x.o y.o         (or a-y) what a module is linked of, if not of a.c alone
#   ccflags-y, EXTRA_CFLAGS, CFLAGS_x.o, subdir-ccflags-y
#
# A file x.c becomes x.o; the objects of a module a.o; modpost.py looks at what it
# leaves undefined and writes a.mod.c; a.ko is both together. Module.symvers lists
# what the folder's modules export, for others (KBUILD_EXTRA_SYMBOLS).
#
# From the Makefile, on the command line: M, kbuild-out, kbuild-cc, kbuild-flags, kbuild-ld …

src := $(M)
obj := $(M)
srctree := $(CURDIR)
objtree := $(CURDIR)
KBUILD_EXTMOD := $(M)
ARCH := i386
SRCARCH := x86

__all: __modules

# Quotes a makefile would otherwise strip: -DNAME='"a b"' in ccflags-y must reach the shell.
include $(firstword $(wildcard $(M)/Kbuild $(M)/Makefile) $(M)/Makefile)

kbuild-names := $(sort $(patsubst %.o,%,$(filter %.o,$(obj-m))))
kbuild-dirs := $(patsubst %/,%,$(filter %/,$(obj-m) $(obj-y)))
kbuild-parts = $(strip $($1-objs) $($1-y) $($1-m))
# A module is linked of its parts; without any it is one file.
kbuild-objects = $(addprefix $(M)/,$(or $(call kbuild-parts,$1),$1.o))
kbuild-all := $(foreach name,$(kbuild-names),$(call kbuild-objects,$(name)))
kbuild-kos := $(kbuild-names:%=$(M)/%.ko)
kbuild-symvers := $(kbuild-out)/Module.symvers $(kbuild-dirs:%=$(M)/%/Module.symvers) $(KBUILD_EXTRA_SYMBOLS)
kbuild-say = @printf '  %-6s %s\n' '$1' '$2'
kbuild-sub = $(MAKE) -f kernel/module/kbuild.mk M=$(M)/$1 subdir-ccflags-y='$(subdir-ccflags-y)'

__modules: $(kbuild-dirs:%=__sub_%) $(kbuild-kos)
__clean: $(kbuild-dirs:%=__clean_%)
	$(call kbuild-say,CLEAN,$(M))
	@rm -f $(kbuild-all) $(kbuild-kos) $(foreach suffix,o mod mod.c mod.o,$(kbuild-names:%=$(M)/%.$(suffix))) \
		$(kbuild-all:%=%.d) $(M)/Module.symvers $(M)/modules.order
__sub_%:
	@$(call kbuild-sub,$*) __modules
__clean_%:
	@$(call kbuild-sub,$*) __clean
# Folders first: what they export may be used here.
$(kbuild-kos) $(M)/Module.symvers: | $(kbuild-dirs:%=__sub_%)

# Which module an object belongs to: KBUILD_MODNAME of the file.
define kbuild-module
$(call kbuild-objects,$1): kbuild-modname := $(subst -,_,$(notdir $1))
ifneq ($(call kbuild-parts,$1),)
$(M)/$1.o: $(call kbuild-objects,$1)
	$$(call kbuild-say,LD [M],$$@)
	$(kbuild-q)$(kbuild-ld) -m elf_i386 -r -o $$@ $$^
endif
endef
$(foreach name,$(kbuild-names),$(eval $(call kbuild-module,$(name))))

kbuild-cflags = $(kbuild-flags) $(subdir-ccflags-y) $(ccflags-y) $(EXTRA_CFLAGS) $(KCFLAGS) $(CFLAGS_$(patsubst $(M)/%,%,$@)) \
	-DMODULE -DKBUILD_MODNAME='"$(kbuild-modname)"' -DKBUILD_BASENAME='"$(basename $(notdir $@))"'

$(M)/%.o: $(M)/%.c
	$(call kbuild-say,CC [M],$@)
	$(kbuild-q)$(kbuild-cc) $(kbuild-cflags) -MMD -MP -MF $@.d -c -o $@ $<

# All modules of a folder at once: one may use what another exports.
$(M)/Module.symvers: $(kbuild-names:%=$(M)/%.o) $(kbuild-symvers) kernel/module/modpost.py
	$(call kbuild-say,POST,$@)
	$(kbuild-q)$(kbuild-python) kernel/module/modpost.py --nm '$(kbuild-nm)' --output $@ \
		$(foreach file,$(kbuild-symvers),--symvers $(file)) $(kbuild-names:%=$(M)/%.o)

$(kbuild-names:%=$(M)/%.mod.c): $(M)/Module.symvers ;

$(kbuild-names:%=$(M)/%.mod.o): $(M)/%.mod.o: $(M)/%.mod.c
	$(kbuild-q)$(kbuild-cc) $(kbuild-flags) -DMODULE -DKBUILD_MODNAME='"$(subst -,_,$(notdir $*))"' -c -o $@ $<

$(kbuild-kos): $(M)/%.ko: $(M)/%.o $(M)/%.mod.o kernel/module/module.lds
	$(call kbuild-say,LD [M],$@)
	$(kbuild-q)$(kbuild-ld) -m elf_i386 -r -T kernel/module/module.lds -o $@ $(filter %.o,$^)

__modules_install: __modules
	@mkdir -p $(INSTALL_MOD_PATH)/lib/modules/$(KERNELRELEASE)/extra
	cp $(kbuild-kos) $(INSTALL_MOD_PATH)/lib/modules/$(KERNELRELEASE)/extra/

-include $(kbuild-all:%=%.d)
.PHONY: __all __modules __clean __modules_install
.SECONDARY:
.DELETE_ON_ERROR:
