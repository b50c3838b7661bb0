/*
 * insncount.c - a plug-in of QEMU's TCG (API version 1) that counts the guest's
 * instructions, kernel and user apart by address, and prints the counts at each
 * marker of kbench (nopl 0x4b42xxxx(%eax)).  Unlike the TSC under -icount it
 * does not run on while the guest sleeps.
 *
 *   -plugin insncount.so,split=0xc0000000,out=FILE
 *
 * Lines: MARKER TOTAL KERNEL USER HOSTNS, counted from power-on.
 * The declarations are ours: distributions ship no qemu-plugin.h.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef uint64_t qid;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
extern void qemu_plugin_register_vcpu_tb_trans_cb(qid, void (*)(qid, struct qemu_plugin_tb *));
extern void qemu_plugin_register_atexit_cb(qid, void (*)(qid, void *), void *);
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
extern struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *, size_t);
extern const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *);
extern size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *);
extern uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *);
extern void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *, int, void *, uint64_t);
extern void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *, void (*)(unsigned, void *), int, void *);

__attribute__((visibility("default"))) int qemu_plugin_version = 1;

static uint64_t user, kernel, split = 0xc0000000u;
static FILE *out;
static struct timespec t0;

static void line(unsigned id)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	fprintf(out, "%u %llu %llu %llu %lld\n", id, (unsigned long long)(user + kernel),
		(unsigned long long)kernel, (unsigned long long)user,
		(long long)(t.tv_sec - t0.tv_sec) * 1000000000 + (t.tv_nsec - t0.tv_nsec));
	fflush(out);
}

static void mark(unsigned cpu, void *arg)
{
	(void)cpu;
	line((unsigned)(uintptr_t)arg);
}

static void trans(qid id, struct qemu_plugin_tb *tb)
{
	size_t i, n = qemu_plugin_tb_n_insns(tb);

	(void)id;
	for (i = 0; i < n; i++) {
		struct qemu_plugin_insn *in = qemu_plugin_tb_get_insn(tb, i);
		const unsigned char *b = qemu_plugin_insn_data(in);

		qemu_plugin_register_vcpu_insn_exec_inline(in, 0,
			qemu_plugin_insn_vaddr(in) >= split ? &kernel : &user, 1);
		if (qemu_plugin_insn_size(in) == 7 && b[0] == 0x0f && b[1] == 0x1f && b[2] == 0x80 &&
		    b[5] == 0x42 && b[6] == 0x4b)
			qemu_plugin_register_vcpu_insn_exec_cb(in, mark, 0,
				(void *)(uintptr_t)(b[3] | b[4] << 8));
	}
}

static void bye(qid id, void *arg)
{
	(void)id;
	(void)arg;
	line(0);
	fclose(out);
}

__attribute__((visibility("default")))
int qemu_plugin_install(qid id, const void *info, int argc, char **argv)
{
	int i;

	(void)info;
	out = stderr;
	for (i = 0; i < argc; i++) {
		if (!strncmp(argv[i], "split=", 6))
			split = strtoull(argv[i] + 6, 0, 0);
		else if (!strncmp(argv[i], "out=", 4))
			out = fopen(argv[i] + 4, "w");
	}
	if (!out)
		return -1;
	clock_gettime(CLOCK_MONOTONIC, &t0);
	qemu_plugin_register_vcpu_tb_trans_cb(id, trans);
	qemu_plugin_register_atexit_cb(id, bye, 0);
	return 0;
}
