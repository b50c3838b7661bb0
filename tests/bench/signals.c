/*
 * signals.c - handlers installed, and a signal to oneself and back.
 */
#include "bench.h"

static volatile int sigs;

static void handler(int s)
{
	(void)s;
	sigs++;
}

__asm__("kb_restorer: popl %eax; movl $119,%eax; int $0x80\n"
	"kb_rt_restorer: movl $173,%eax; int $0x80\n");
extern char kb_restorer[], kb_rt_restorer[];

#define SA_RESTORER 0x04000000

void row_signals(void)
{
	u32 old[4], rt[5];
	int pid = sc0(SYS_getpid), r;

	if (want("sig_install") || want("sig_self")) {
		old[0] = (u32)handler;
		old[1] = 0;
		old[2] = SA_RESTORER;
		old[3] = (u32)kb_restorer;
		r = sc3(SYS_sigaction, 10, (int)old, 0);
		if (r < 0)
			unsupported("sig_self_old");
		else {
			if (want("sig_install_old"))
				REPEAT("sig_install_old", 200, sc3(SYS_sigaction, 10, (int)old, 0));
			if (want("sig_self_old")) {
				sigs = 0;
				REPEAT("sig_self_old", 100, sc2(SYS_kill, pid, 10));
				if (sigs != 100 * (REPS + 1)) {
					puts_("# sig_self_old: handlers run ");
					putn((u64)sigs);
					flush();
				}
			}
		}
		rt[0] = (u32)handler;
		rt[1] = SA_RESTORER | 4; /* SA_SIGINFO: the large frame */
		rt[2] = (u32)kb_rt_restorer;
		rt[3] = rt[4] = 0;
		r = sc4(SYS_rt_sigaction, 12, (int)rt, 0, 8);
		if (r < 0)
			unsupported("sig_self_rt");
		else {
			if (want("sig_install_rt"))
				REPEAT("sig_install_rt", 200, sc4(SYS_rt_sigaction, 12, (int)rt, 0, 8));
			if (want("sig_self_rt"))
				REPEAT("sig_self_rt", 100, sc2(SYS_kill, pid, 12));
		}
	}
}
