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
# From the Makefile, on the command line: M, kbuild-into, kbuild-file, kbuild-out, kbuild-cc, kbuild-flags, kbuild-ld …

# What is made lies beside its source, or for the tree's own modules below kbuild-into.
src := $(M)
kbuild-obj := $(or $(kbuild-into),$(M))
obj := $(kbuild-obj)
srctree := $(CURDIR)
objtree := $(CURDIR)
KBUILD_EXTMOD := $(M)
ARCH := i386
SRCARCH := x86

__all: __modules

# Quotes a makefile would otherwise strip: -DNAME='"a b"' in ccflags-y must reach the shell.
include $(or $(kbuild-file),$(firstword $(wildcard $(M)/Kbuild $(M)/Makefile) $(M)/Makefile))

kbuild-names := $(sort $(patsubst %.o,%,$(filter %.o,$(obj-m))))
kbuild-dirs := $(patsubst %/,%,$(filter %/,$(obj-m) $(obj-y)))
kbuild-parts = $(strip $($1-objs) $($1-y) $($1-m))
# A module is linked of its parts; without any it is one file.
kbuild-objects = $(addprefix $(kbuild-obj)/,$(or $(call kbuild-parts,$1),$1.o))
kbuild-all := $(foreach name,$(kbuild-names),$(call kbuild-objects,$(name)))
kbuild-kos := $(kbuild-names:%=$(kbuild-obj)/%.ko)
kbuild-symvers := $(kbuild-out)/Module.symvers $(kbuild-dirs:%=$(kbuild-obj)/%/Module.symvers) $(KBUILD_EXTRA_SYMBOLS)
kbuild-say = @printf '  %-6s %s\n' '$1' '$2'
kbuild-sub = $(MAKE) -f kernel/module/kbuild.mk M=$(M)/$1 $(if $(kbuild-into),kbuild-into=$(kbuild-obj)/$1) subdir-ccflags-y='$(subdir-ccflags-y)'

__modules: $(kbuild-dirs:%=__sub_%) $(kbuild-kos)
__clean: $(kbuild-dirs:%=__clean_%)
	$(call kbuild-say,CLEAN,$(kbuild-obj))
	@rm -f $(kbuild-all) $(kbuild-kos) $(foreach suffix,o mod mod.c mod.o,$(kbuild-names:%=$(kbuild-obj)/%.$(suffix))) \
		$(kbuild-all:%=%.d) $(kbuild-obj)/Module.symvers $(kbuild-obj)/modules.order
__sub_%:
	@$(call kbuild-sub,$*) __modules
__clean_%:
	@$(call kbuild-sub,$*) __clean
# Folders first: what they export may be used here.
$(kbuild-kos) $(kbuild-obj)/Module.symvers: | $(kbuild-dirs:%=__sub_%)

# Which module an object belongs to: KBUILD_MODNAME of the file.
define kbuild-module
$(call kbuild-objects,$1): kbuild-modname := $(subst -,_,$(notdir $1))
ifneq ($(call kbuild-parts,$1),)
$(kbuild-obj)/$1.o: $(call kbuild-objects,$1)
	$$(call kbuild-say,LD [M],$$@)
	$(kbuild-q)$(kbuild-ld) -m elf_i386 -r -o $$@ $$^
endif
endef
$(foreach name,$(kbuild-names),$(eval $(call kbuild-module,$(name))))

kbuild-cflags = $(kbuild-flags) $(subdir-ccflags-y) $(ccflags-y) $(EXTRA_CFLAGS) $(KCFLAGS) $(CFLAGS_$(patsubst $(kbuild-obj)/%,%,$@)) \
	-DMODULE -DKBUILD_MODNAME='"$(kbuild-modname)"' -DKBUILD_BASENAME='"$(basename $(notdir $@))"'

$(kbuild-obj)/%.o: $(M)/%.c
	@mkdir -p $(@D)
	$(call kbuild-say,CC [M],$@)
	$(kbuild-q)$(kbuild-cc) $(kbuild-cflags) -MMD -MP -MF $@.d -c -o $@ $<

# All modules of a folder at once: one may use what another exports.
$(kbuild-obj)/Module.symvers: $(kbuild-names:%=$(kbuild-obj)/%.o) $(kbuild-symvers) kernel/module/modpost.py
	$(call kbuild-say,POST,$@)
	$(kbuild-q)$(kbuild-python) kernel/module/modpost.py --nm '$(kbuild-nm)' --output $@ \
		$(if $(kbuild-into),--intree) $(foreach file,$(kbuild-symvers),--symvers $(file)) $(kbuild-names:%=$(kbuild-obj)/%.o)

$(kbuild-names:%=$(kbuild-obj)/%.mod.c): $(kbuild-obj)/Module.symvers ;

$(kbuild-names:%=$(kbuild-obj)/%.mod.o): $(kbuild-obj)/%.mod.o: $(kbuild-obj)/%.mod.c
	$(kbuild-q)$(kbuild-cc) $(kbuild-flags) -DMODULE -DKBUILD_MODNAME='"$(subst -,_,$(notdir $*))"' -c -o $@ $<

$(kbuild-kos): $(kbuild-obj)/%.ko: $(kbuild-obj)/%.o $(kbuild-obj)/%.mod.o kernel/module/module.lds
	$(call kbuild-say,LD [M],$@)
	$(kbuild-q)$(kbuild-ld) -m elf_i386 -r -T kernel/module/module.lds -o $@ $(filter %.o,$^)

__modules_install: __modules
	@mkdir -p $(INSTALL_MOD_PATH)/lib/modules/$(KERNELRELEASE)/extra
	cp $(kbuild-kos) $(INSTALL_MOD_PATH)/lib/modules/$(KERNELRELEASE)/extra/

-include $(kbuild-all:%=%.d)
.PHONY: __all __modules __clean __modules_install
.SECONDARY:
.DELETE_ON_ERROR:
