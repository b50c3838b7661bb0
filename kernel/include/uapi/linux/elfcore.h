/* <linux/elfcore.h>: the notes of a core file */
#ifndef _UAPI_LINUX_ELFCORE_H
#define _UAPI_LINUX_ELFCORE_H

#include <linux/types.h>

#define ELF_NGREG 17		/* struct user_regs_struct of <asm/ptrace.h> */
#define ELF_PRARGSZ 80

struct elf_siginfo {
	int si_signo;
	int si_code;
	int si_errno;
};

struct elf_timeval {
	long tv_sec;
	long tv_usec;
};

/* NT_PRSTATUS, one a thread: first the one that the signal came to */
struct elf_prstatus {
	struct elf_siginfo pr_info;
	short pr_cursig;
	unsigned long pr_sigpend;
	unsigned long pr_sighold;
	__kernel_pid_t pr_pid;
	__kernel_pid_t pr_ppid;
	__kernel_pid_t pr_pgrp;
	__kernel_pid_t pr_sid;
	struct elf_timeval pr_utime;
	struct elf_timeval pr_stime;
	struct elf_timeval pr_cutime;
	struct elf_timeval pr_cstime;
	unsigned long pr_reg[ELF_NGREG];
	int pr_fpvalid;
};

/* NT_PRPSINFO */
struct elf_prpsinfo {
	char pr_state;
	char pr_sname;
	char pr_zomb;
	char pr_nice;
	unsigned long pr_flag;
	__u16 pr_uid;
	__u16 pr_gid;
	__kernel_pid_t pr_pid;
	__kernel_pid_t pr_ppid;
	__kernel_pid_t pr_pgrp;
	__kernel_pid_t pr_sid;
	char pr_fname[16];
	char pr_psargs[ELF_PRARGSZ];
};

#endif
