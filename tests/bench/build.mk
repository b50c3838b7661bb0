# The measuring program: its own flags, no C library; one file a group of rows.
bench-objs := $(addprefix $(B)/tests/bench/,main.o library.o report.o big.o simple.o pipes.o procs.o memory.o \
	signals.o many.o files.o tick.o edu.o)
bench-flags := -m32 -march=i686 -O2 -std=gnu11 -ffreestanding -fno-pic -fno-pie -fno-stack-protector \
	-fno-asynchronous-unwind-tables -Wall -Wextra -Werror

# The peers' rows of fork and exec map the program: what has no such row is small, or they would count it.
$(addprefix $(B)/tests/bench/,library.o report.o): bench-flags += -Os

$(B)/tests/bench/%.o: tests/bench/%.c $(B)/flags
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(bench-flags) $(deps) -c -o $@ $<

$(B)/tests/bench/kbench: $(bench-objs)
	$(call say,LD,$@)
	$(Q)$(LD) -m elf_i386 -static -nostdlib -z noseparate-code -z noexecstack --build-id=none -o $@ $^

# The emulator's plug-in that counts instructions while the machine sleeps.
$(B)/tests/bench/insncount.so: tests/bench/insncount.c
	$(call say,HOSTCC,$<)
	@mkdir -p $(@D)
	$(Q)cc -shared -fPIC -O2 -Wall -Wextra -o $@ $<

bench-programs := $(B)/tests/bench/kbench $(B)/tests/bench/insncount.so
-include $(bench-objs:.o=.d)
