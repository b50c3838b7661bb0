/*
 * A process as an ELF file of type ET_CORE, for debuggers.
 *
 *	ELF header
 *	program headers		PT_NOTE, then a PT_LOAD for each vma, those left out with
 *				no bytes in the file
 *	notes			each thread's registers; the process; what signal; the
 *				auxiliary vector; which files are mapped where
 *	memory			page by page; pages of zeroes are holes
 *
 * Left out: device memory (VM_IO), VM_DONTDUMP, shared mappings of files, and of
 * private ones those that nobody wrote to, but for the page with an ELF header, by
 * which a debugger finds the program.
 *
 * Context: process; all other threads of it stand still, but a process that shares its
 * memory (vfork(), CLONE_VM) does not: what was counted may be more a moment later.
 * mmap_lock is taken for short looks and never while the file is written.
 */
#include <linux/cred.h>
#include <linux/elf.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <uapi/asm/ptrace.h>
#include <uapi/asm/sigcontext.h>
#include <uapi/linux/elfcore.h>
#include "coredump.h"

/* A vma as it was when the dump began. */
struct core_vma {
	unsigned long start, end, flags;
	unsigned long dump_size;	/* bytes that go into the file */
};

/* Notes gather here; what room is too small for is only counted. */
struct notes {
	u8 *data;
	size_t used, room;
};

/* ------------------------------------------------------------------ what of a vma is written */

static bool has_elf_header(const struct vm_area_struct *vma)
{
	char magic[SELFMAG];

	pagefault_disable();
	if (__copy_from_user_inatomic(magic, (const void __user *)vma->vm_start, SELFMAG))
		magic[0] = 0;
	pagefault_enable();
	return !memcmp(magic, ELFMAG, SELFMAG);
}

static unsigned long vma_dump_size(const struct vm_area_struct *vma)
{
	unsigned long all = vma->vm_end - vma->vm_start;

	if (vma->vm_flags & (VM_IO | VM_DONTDUMP))
		return 0;
	if (!vma->vm_file)
		return all;
	if (vma->vm_flags & VM_SHARED)
		return file_inode(vma->vm_file)->i_nlink ? 0 : all;
	if (vma->has_anon)
		return all;
	return !vma->vm_pgoff && vma->vm_flags & VM_READ && has_elf_header(vma) ? PAGE_SIZE : 0;
}

/* All vmas that there were at first, *count of them, for kvfree(); NULL: no memory. */
static struct core_vma *snapshot(struct mm_struct *mm, unsigned int *count)
{
	unsigned int room = READ_ONCE(mm->map_count);
	struct core_vma *vmas = kvmalloc_array(room, sizeof(*vmas), GFP_KERNEL), *to = vmas;
	struct vm_area_struct *vma;

	if (!vmas)
		return NULL;
	mmap_read_lock(mm);
	for (vma = mm->mmap; vma && to < vmas + room; vma = vma->vm_next, to++)
		*to = (struct core_vma){ vma->vm_start, vma->vm_end, vma->vm_flags, vma_dump_size(vma) };
	mmap_read_unlock(mm);
	*count = to - vmas;
	return vmas;
}

/* ------------------------------------------------------------------ notes */

static void add(struct notes *notes, const void *data, size_t size)
{
	if (notes->used + size <= notes->room)
		memcpy(notes->data + notes->used, data, size);
	notes->used += size;
}

static void pad(struct notes *notes)
{
	static const u8 zeroes[4];

	add(notes, zeroes, -notes->used & 3);
}

static void begin_note(struct notes *notes, const char *owner, unsigned int type, size_t size)
{
	struct elf32_note note = { .n_namesz = strlen(owner) + 1, .n_descsz = size, .n_type = type };

	add(notes, &note, sizeof(note));
	add(notes, owner, note.n_namesz);
	pad(notes);
}

static void add_note(struct notes *notes, unsigned int type, const void *data, size_t size)
{
	begin_note(notes, "CORE", type, size);
	add(notes, data, size);
	pad(notes);
}

static struct elf_timeval as_timeval(u64 ns)
{
	return (struct elf_timeval){ div_u64(ns, NSEC_PER_SEC), div_u64(ns, NSEC_PER_USEC) % USEC_PER_SEC };
}

/* In the order of <asm/ptrace.h>. */
static void fill_registers(struct task_struct *task, struct user_regs_struct *to)
{
	const struct pt_regs *regs = task_pt_regs(task);

	to->bx = regs->bx;
	to->cx = regs->cx;
	to->dx = regs->dx;
	to->si = regs->si;
	to->di = regs->di;
	to->bp = regs->bp;
	to->ax = regs->ax;
	to->ds = regs->ds;
	to->es = regs->es;
	to->fs = task->thread.fs;	/* the others were switched away, and of our own … */
	to->gs = task->thread.gs;
	if (task == current) {
		asm volatile("movw %%fs, %w0" : "=r"(to->fs) : "0"(0));	/* … only the CPU knows */
		asm volatile("movw %%gs, %w0" : "=r"(to->gs) : "0"(0));
	}
	to->orig_ax = regs->orig_ax;
	to->ip = regs->ip;
	to->cs = regs->cs;
	to->flags = regs->flags;
	to->sp = regs->sp;
	to->ss = regs->ss;
}

static void add_status(struct notes *notes, struct task_struct *task, const struct siginfo *info)
{
	struct elf_prstatus status = {
		.pr_info.si_signo = info->si_signo, .pr_cursig = info->si_signo,
		.pr_sigpend = task->pending.signal.sig[0], .pr_sighold = task->blocked.sig[0],
		.pr_pid = task_pid_nr(task), .pr_fpvalid = task->thread.fpu.used,
	};
	u64 utime, stime;

	read_lock(&tasklist_lock);
	status.pr_ppid = task->real_parent->tgid;
	status.pr_pgrp = pid_nr(task_pgrp(task));
	status.pr_sid = pid_nr(task_session(task));
	read_unlock(&tasklist_lock);
	task_cputime_adjusted(task, &utime, &stime);
	status.pr_utime = as_timeval(utime);
	status.pr_stime = as_timeval(stime);
	status.pr_cutime = as_timeval(task->signal->cutime);
	status.pr_cstime = as_timeval(task->signal->cstime);
	fill_registers(task, (struct user_regs_struct *)status.pr_reg);
	add_note(notes, NT_PRSTATUS, &status, sizeof(status));
}

static void add_fpu(struct notes *notes, struct task_struct *task)
{
	struct _fpstate fp;

	if (!task->thread.fpu.used)
		return;
	fpu_to_frame(&task->thread.fpu.state, &fp);
	add_note(notes, NT_PRFPREG, &fp, offsetof(struct _fpstate, status));
	begin_note(notes, "LINUX", NT_PRXFPREG, sizeof(task->thread.fpu.state));
	add(notes, &task->thread.fpu.state, sizeof(task->thread.fpu.state));
}

static void add_process(struct notes *notes)
{
	struct mm_struct *mm = current->mm;
	struct elf_prpsinfo info = {
		.pr_sname = 'R', .pr_nice = task_nice(current), .pr_flag = current->flags,
		.pr_uid = __kuid_val(current_uid()), .pr_gid = __kgid_val(current_gid()),
		.pr_pid = task_tgid_nr(current),
	};
	size_t len = min_t(size_t, mm->arg_end - mm->arg_start, ELF_PRARGSZ - 1), i;

	read_lock(&tasklist_lock);
	info.pr_ppid = current->real_parent->tgid;
	info.pr_pgrp = pid_nr(task_pgrp(current));
	info.pr_sid = pid_nr(task_session(current));
	read_unlock(&tasklist_lock);
	get_task_comm(info.pr_fname, current);
	if (copy_from_user(info.pr_psargs, (const void __user *)mm->arg_start, len))
		len = 0;
	for (i = 0; i < len; i++)
		if (!info.pr_psargs[i])
			info.pr_psargs[i] = ' ';
	add_note(notes, NT_PRPSINFO, &info, sizeof(info));
}

static void add_auxv(struct notes *notes)
{
	const unsigned long *auxv = current->mm->saved_auxv;
	unsigned int i = 0;

	while (auxv[i] != AT_NULL)
		i += 2;
	add_note(notes, NT_AUXV, auxv, (i + 2) * sizeof(*auxv));
}

/* What NT_FILE holds: numbers first, names behind them. @page: for names. mmap_lock held. */
static void add_file_table(struct notes *notes, struct mm_struct *mm, char *page)
{
	unsigned long head[2] = { 0, PAGE_SIZE };
	struct vm_area_struct *vma;
	const char *name;

	for (vma = mm->mmap; vma; vma = vma->vm_next)
		head[0] += vma->vm_file != NULL;
	add(notes, head, sizeof(head));
	for (vma = mm->mmap; vma; vma = vma->vm_next) {
		unsigned long place[3] = { vma->vm_start, vma->vm_end, vma->vm_pgoff };

		if (vma->vm_file)
			add(notes, place, sizeof(place));
	}
	for (vma = mm->mmap; vma; vma = vma->vm_next) {
		if (!vma->vm_file)
			continue;
		name = d_path(&vma->vm_file->f_path, page, PAGE_SIZE);
		name = IS_ERR(name) ? "?" : name;
		add(notes, name, strlen(name) + 1);
	}
}

static void add_files(struct notes *notes, char *page)
{
	struct mm_struct *mm = current->mm;
	struct notes counted = { };

	mmap_read_lock(mm);
	add_file_table(&counted, mm, page);
	begin_note(notes, "CORE", NT_FILE, counted.used);
	add_file_table(notes, mm, page);
	pad(notes);
	mmap_read_unlock(mm);
}

static void fill_notes(struct notes *notes, const struct coredump_params *cprm, char *page)
{
	struct core_thread *thread;

	add_status(notes, current, cprm->siginfo);
	add_process(notes);
	add_note(notes, NT_SIGINFO, cprm->siginfo, sizeof(*cprm->siginfo));
	add_auxv(notes);
	add_files(notes, page);
	add_fpu(notes, current);
	for (thread = cprm->state->threads; thread; thread = thread->next) {
		add_status(notes, thread->task, cprm->siginfo);
		add_fpu(notes, thread->task);
	}
}

/* All notes, for kvfree(): once counted, then written. False: no memory, or they grew meanwhile. */
static bool make_notes(struct notes *notes, const struct coredump_params *cprm, char *page)
{
	fpu_sync_current();
	*notes = (struct notes){ };
	fill_notes(notes, cprm, page);
	notes->data = kvzalloc(notes->used, GFP_KERNEL);
	if (!notes->data)
		return false;
	notes->room = notes->used;
	notes->used = 0;
	fill_notes(notes, cprm, page);
	return notes->used <= notes->room;
}

/* ------------------------------------------------------------------ the file */

static bool write_headers(struct coredump_params *cprm, const struct core_vma *vmas, unsigned int count,
			  size_t note_size)
{
	struct elfhdr elf = {
		.e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS32, ELFDATA2LSB, EV_CURRENT },
		.e_type = ET_CORE, .e_machine = EM_386, .e_version = EV_CURRENT,
		.e_phoff = sizeof(elf), .e_ehsize = sizeof(elf),
		.e_phentsize = sizeof(struct elf_phdr), .e_phnum = count + 1,
	};
	struct elf_phdr phdr = {
		.p_type = PT_NOTE, .p_filesz = note_size,
		.p_offset = sizeof(elf) + (count + 1) * sizeof(phdr),
	};
	unsigned long offset = PAGE_ALIGN(phdr.p_offset + note_size);

	if (!dump_emit(cprm, &elf, sizeof(elf)) || !dump_emit(cprm, &phdr, sizeof(phdr)))
		return false;
	for (; count--; vmas++) {
		phdr = (struct elf_phdr){
			.p_type = PT_LOAD, .p_offset = offset, .p_vaddr = vmas->start,
			.p_filesz = vmas->dump_size, .p_memsz = vmas->end - vmas->start,
			.p_flags = (vmas->flags & VM_READ ? PF_R : 0) | (vmas->flags & VM_WRITE ? PF_W : 0) |
				   (vmas->flags & VM_EXEC ? PF_X : 0),
			.p_align = PAGE_SIZE,
		};
		offset += vmas->dump_size;
		if (!dump_emit(cprm, &phdr, sizeof(phdr)))
			return false;
	}
	return true;
}

/* One page of our own: copied, since the lock that keeps it there must not be held in a write. */
static bool write_page(struct coredump_params *cprm, unsigned long addr, char *copy)
{
	struct mm_struct *mm = current->mm;
	struct page *page;
	long got;

	mmap_read_lock(mm);
	got = get_user_pages(addr, 1, FOLL_FORCE, &page, NULL);
	mmap_read_unlock(mm);
	if (got != 1)
		return dump_skip(cprm, PAGE_SIZE);
	if (page != empty_zero_page)
		copy_page(copy, page_address(page));
	put_page(page);
	return page == empty_zero_page ? dump_skip(cprm, PAGE_SIZE) : dump_emit(cprm, copy, PAGE_SIZE);
}

static bool write_memory(struct coredump_params *cprm, const struct core_vma *vmas, unsigned int count,
			 char *page)
{
	unsigned long addr;

	for (; count--; vmas++)
		for (addr = vmas->start; addr < vmas->start + vmas->dump_size; addr += PAGE_SIZE)
			if (!write_page(cprm, addr, page))
				return false;
	return true;
}

/* Whether a core exists: one that ends at the limit does, too. */
bool elf_core_dump(struct coredump_params *cprm)
{
	char *page = (char *)__get_free_page(GFP_KERNEL);
	struct core_vma *vmas = NULL;
	struct notes notes = { };
	unsigned int count;
	bool dumped = false;

	if (!page)
		return false;
	vmas = snapshot(current->mm, &count);
	if (!vmas || !make_notes(&notes, cprm, page))
		goto out;
	dumped = true;
	if (write_headers(cprm, vmas, count, notes.used) &&
	    dump_emit(cprm, notes.data, notes.used) && dump_skip(cprm, -cprm->pos & (PAGE_SIZE - 1)))
		write_memory(cprm, vmas, count, page);
out:
	kvfree(notes.data);
	kvfree(vmas);
	free_page((unsigned long)page);
	return dumped;
}
