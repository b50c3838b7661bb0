/*
 * ELF programs: static ones at a fixed address (ET_EXEC) or anywhere (ET_DYN,
 * static-pie), and dynamic ones, whose interpreter (PT_INTERP) is mapped too
 * and started first.
 *
 * Each PT_LOAD segment is mapped from the file, private; what its memory size
 * exceeds the file size by is zeroed and mapped without a file (bss).  Then the
 * stack gets what the System V ABI (Intel386 supplement, 3-28) and Linux put there:
 *
 *      sp ->   argc, argv[0] … NULL, envp[0] … NULL, auxiliary vector
 *              16 random bytes, the platform's name, the strings
 *
 * Context: process, from exec.
 */
#include <linux/binfmts.h>
#include <linux/cred.h>
#include <linux/elf.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/ptrace.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <uapi/linux/auxvec.h>
#include <asm/cpufeature.h>
#include <asm/param.h>

#define MAX_PHNUM	(PAGE_SIZE / sizeof(struct elf_phdr))
#define AUX_WORDS	(2 * 20)

/* One mapped file: the program or its interpreter. */
struct elf_image {
	struct file *file;
	struct elfhdr hdr;
	struct elf_phdr *phdr;		/* hdr.e_phnum of them */
	unsigned long bias;		/* added to every address of the file */
	unsigned long first;		/* where offset 0 of the file lies, or would */
	unsigned long start_code, end_code, start_data, end_data, brk;
};

/* ------------------------------------------------------------------ headers */

static int read_exact(struct file *file, void *buf, size_t len, loff_t pos)
{
	ssize_t n = kernel_read(file, buf, len, &pos);

	if (n < 0)
		return (int)n;
	return n == len ? 0 : -ENOEXEC;
}

static int check_header(const struct elfhdr *hdr)
{
	if (memcmp(hdr->e_ident, ELFMAG, SELFMAG) || !elf_check_arch(hdr))
		return -ENOEXEC;
	if (hdr->e_type != ET_EXEC && hdr->e_type != ET_DYN)
		return -ENOEXEC;
	if (hdr->e_phentsize != sizeof(struct elf_phdr) || !hdr->e_phnum ||
	    hdr->e_phnum > MAX_PHNUM)
		return -ENOEXEC;
	return 0;
}

/* The program headers; they are kfree()d by the caller. */
static int read_phdrs(struct elf_image *image)
{
	size_t size = image->hdr.e_phnum * sizeof(struct elf_phdr);
	int err;

	image->phdr = kmalloc(size, GFP_KERNEL);
	if (!image->phdr)
		return -ENOMEM;
	err = read_exact(image->file, image->phdr, size, image->hdr.e_phoff);
	if (err) {
		kfree(image->phdr);
		image->phdr = NULL;
	}
	return err;
}

#define for_each_phdr(image, ph) \
	for (ph = (image)->phdr; ph < (image)->phdr + (image)->hdr.e_phnum; ph++)

/* Bytes of address space from the first segment to the last; 0: there is none. */
static unsigned long image_span(struct elf_image *image, unsigned long *lowest)
{
	unsigned long low = ~0UL, high = 0;
	struct elf_phdr *ph;

	for_each_phdr(image, ph) {
		if (ph->p_type != PT_LOAD)
			continue;
		if (ph->p_filesz > ph->p_memsz || ph->p_memsz > TASK_SIZE ||
		    ph->p_vaddr > TASK_SIZE - ph->p_memsz)
			return 0;
		low = min_t(unsigned long, low, ph->p_vaddr & PAGE_MASK);
		high = max_t(unsigned long, high, ph->p_vaddr + ph->p_memsz);
	}
	*lowest = low;
	return high > low ? high - low : 0;
}

/* ------------------------------------------------------------------ mapping */

static unsigned long segment_prot(const struct elf_phdr *ph)
{
	return (ph->p_flags & PF_R ? PROT_READ : 0) | (ph->p_flags & PF_W ? PROT_WRITE : 0) |
	       (ph->p_flags & PF_X ? PROT_EXEC : 0);
}

/* What lies behind the file's part: to the end of its page zeroed, beyond it without a file. */
static int map_bss(const struct elf_phdr *ph, unsigned long start, unsigned long end)
{
	unsigned long page_end = PAGE_ALIGN(start);

	if ((ph->p_flags & PF_W) && ph->p_filesz && page_end > start &&
	    clear_user((void __user *)start, min(page_end, end) - start))
		return -EFAULT;
	if (!ph->p_filesz)
		page_end = start & PAGE_MASK;
	if (PAGE_ALIGN(end) <= page_end)
		return 0;
	return vm_brk_flags(page_end, PAGE_ALIGN(end) - page_end,
			    ph->p_flags & PF_X ? VM_EXEC : 0);
}

static int map_segment(struct elf_image *image, const struct elf_phdr *ph)
{
	unsigned long start = ph->p_vaddr + image->bias, addr;
	unsigned long shift = start & ~PAGE_MASK;

	if (ph->p_filesz) {
		if ((ph->p_offset & ~PAGE_MASK) != shift)
			return -EINVAL;
		addr = vm_mmap(image->file, start - shift, ph->p_filesz + shift,
			       segment_prot(ph), MAP_PRIVATE | MAP_FIXED,
			       ph->p_offset - shift);
		if (IS_ERR_VALUE(addr))
			return (int)addr;
	}
	if (ph->p_memsz > ph->p_filesz)
		return map_bss(ph, start + ph->p_filesz, start + ph->p_memsz);
	return 0;
}

static void note_bounds(struct elf_image *image, const struct elf_phdr *ph)
{
	unsigned long start = ph->p_vaddr + image->bias;

	image->start_code = min(image->start_code, start);
	image->start_data = max(image->start_data, start);
	if (ph->p_flags & PF_X)
		image->end_code = max(image->end_code, start + ph->p_filesz);
	image->end_data = max(image->end_data, start + ph->p_filesz);
	image->brk = max(image->brk, start + ph->p_memsz);
}

/* Map all segments; image->bias is set. */
static int map_image(struct elf_image *image)
{
	struct elf_phdr *ph;
	bool first = true;
	int err;

	image->start_code = ~0UL;
	for_each_phdr(image, ph) {
		if (ph->p_type != PT_LOAD)
			continue;
		err = map_segment(image, ph);
		if (err)
			return err;
		if (first)
			image->first = ph->p_vaddr - ph->p_offset + image->bias;
		first = false;
		note_bounds(image, ph);
	}
	return 0;
}

/* The interpreter goes where there is room. */
static int map_interpreter(struct elf_image *interp)
{
	unsigned long low, span, addr;

	span = image_span(interp, &low);
	if (!span)
		return -EINVAL;
	addr = get_unmapped_area(NULL, 0, PAGE_ALIGN(span), 0, 0);
	if (IS_ERR_VALUE(addr))
		return (int)addr;
	interp->bias = addr - low;
	return map_image(interp);
}

/* ------------------------------------------------------------------ the stack */

static void __user *push_bytes(unsigned long *sp, const void *data, size_t len)
{
	*sp -= len;
	return copy_to_user((void __user *)*sp, data, len) ? NULL : (void __user *)*sp;
}

static size_t fill_auxv(struct linux_binprm *bprm, const struct elf_image *image,
			const struct elf_image *interp, unsigned long *aux)
{
	const struct cred *cred = current_cred();
	unsigned long *p = aux + 2 * 3;		/* three are set by the caller */

#define AUX(id, value) do { *p++ = (id); *p++ = (unsigned long)(value); } while (0)
	AUX(AT_HWCAP, boot_cpu_data.x86_capability[0]);
	AUX(AT_PAGESZ, PAGE_SIZE);
	AUX(AT_CLKTCK, USER_HZ);
	AUX(AT_PHDR, image->first + image->hdr.e_phoff);
	AUX(AT_PHENT, sizeof(struct elf_phdr));
	AUX(AT_PHNUM, image->hdr.e_phnum);
	AUX(AT_BASE, interp ? interp->bias : 0);
	AUX(AT_FLAGS, 0);
	AUX(AT_ENTRY, image->hdr.e_entry + image->bias);
	AUX(AT_UID, __kuid_val(cred->uid));
	AUX(AT_EUID, __kuid_val(cred->euid));
	AUX(AT_GID, __kgid_val(cred->gid));
	AUX(AT_EGID, __kgid_val(cred->egid));
	AUX(AT_SECURE, bprm->secureexec);
	AUX(AT_HWCAP2, 0);
	AUX(AT_NULL, 0);
#undef AUX
	return p - aux;
}

/* @count strings that lie one behind the other from *@str on: their addresses, and a NULL. */
static int put_pointers(u32 __user **sp, unsigned long *str, int count)
{
	long len;

	while (count-- > 0) {
		if (put_user((u32)*str, (*sp)++))
			return -EFAULT;
		len = strnlen_user((void __user *)*str, MAX_ARG_STRLEN);
		if (!len || len > MAX_ARG_STRLEN)
			return -EINVAL;
		*str += len;
	}
	return put_user(0, (*sp)++);
}

static int create_elf_tables(struct linux_binprm *bprm, const struct elf_image *image,
			     const struct elf_image *interp)
{
	struct mm_struct *mm = current->mm;
	unsigned long sp = bprm->p & ~15UL, str = bprm->p;
	unsigned long *aux = mm->saved_auxv;
	size_t aux_words;
	void __user *platform, *random;
	u8 bytes[16];
	u32 __user *p;

	BUILD_BUG_ON(sizeof(mm->saved_auxv) < AUX_WORDS * sizeof(long));
	platform = push_bytes(&sp, ELF_PLATFORM, sizeof(ELF_PLATFORM));
	get_random_bytes(bytes, sizeof(bytes));
	random = push_bytes(&sp, bytes, sizeof(bytes));
	if (!platform || !random)
		return -EFAULT;
	memset(aux, 0, sizeof(mm->saved_auxv));
	aux_words = fill_auxv(bprm, image, interp, aux);
	aux[0] = AT_PLATFORM;
	aux[1] = (unsigned long)platform;
	aux[2] = AT_RANDOM;
	aux[3] = (unsigned long)random;
	aux[4] = AT_EXECFN;
	aux[5] = bprm->exec;

	/* argc, both lists with their NULLs, the vector: sp shall be on a 16-byte boundary. */
	sp -= (1 + bprm->argc + 1 + bprm->envc + 1 + aux_words) * sizeof(u32);
	sp &= ~15UL;
	p = (u32 __user *)sp;
	if (put_user(bprm->argc, p++))
		return -EFAULT;
	mm->arg_start = str;
	if (put_pointers(&p, &str, bprm->argc))
		return -EFAULT;
	mm->arg_end = mm->env_start = str;
	if (put_pointers(&p, &str, bprm->envc))
		return -EFAULT;
	mm->env_end = str;
	bprm->p = sp;
	return copy_to_user(p, aux, aux_words * sizeof(u32)) ? -EFAULT : 0;
}

/* ------------------------------------------------------------------ loading */

static int open_interpreter(struct elf_image *image, struct elf_image *interp)
{
	struct elf_phdr *ph;
	char *name;
	int err;

	for_each_phdr(image, ph)
		if (ph->p_type == PT_INTERP)
			goto found;
	return 0;
found:
	if (ph->p_filesz < 2 || ph->p_filesz > PATH_MAX)
		return -ENOEXEC;
	name = kmalloc(ph->p_filesz, GFP_KERNEL);
	if (!name)
		return -ENOMEM;
	err = read_exact(image->file, name, ph->p_filesz, ph->p_offset);
	if (!err && name[ph->p_filesz - 1])
		err = -ENOEXEC;
	if (!err) {
		interp->file = open_exec(name);
		err = PTR_ERR_OR_ZERO(interp->file);
	}
	kfree(name);
	if (err) {
		interp->file = NULL;
		return err;
	}
	err = read_exact(interp->file, &interp->hdr, sizeof(interp->hdr), 0);
	if (!err && check_header(&interp->hdr))
		err = -ELIBBAD;
	return err ? err : read_phdrs(interp);
}

static bool wants_executable_stack(struct elf_image *image)
{
	struct elf_phdr *ph;

	for_each_phdr(image, ph)
		if (ph->p_type == PT_GNU_STACK)
			return ph->p_flags & PF_X;
	return true;
}

/* The old program is gone: map the new one. */
static int install(struct linux_binprm *bprm, struct elf_image *image, struct elf_image *interp)
{
	struct mm_struct *mm = current->mm;
	int err = setup_arg_pages(bprm, wants_executable_stack(image));

	if (!err)
		err = map_image(image);
	if (!err && interp->file)
		err = map_interpreter(interp);
	if (err)
		return err;
	mm->start_code = image->start_code;
	mm->end_code = image->end_code;
	mm->start_data = image->start_data;
	mm->end_data = image->end_data;
	mm->start_brk = mm->brk = PAGE_ALIGN(image->brk);
	return create_elf_tables(bprm, image, interp->file ? interp : NULL);
}

static int load_elf_binary(struct linux_binprm *bprm)
{
	struct elf_image image = { .file = bprm->file }, interp = { .file = NULL }, *entry;
	unsigned long low;
	int err;

	memcpy(&image.hdr, bprm->buf, sizeof(image.hdr));
	err = check_header(&image.hdr);
	if (!err)
		err = read_phdrs(&image);
	if (err)
		return err;
	err = -ENOEXEC;
	if (!image_span(&image, &low))
		goto out;
	if (image.hdr.e_type == ET_DYN)
		image.bias = ELF_ET_DYN_BASE - low;
	err = open_interpreter(&image, &interp);
	if (err)
		goto out;
	err = begin_new_exec(bprm);
	if (err)
		goto out;
	err = install(bprm, &image, &interp);
	if (err)
		goto out;
	entry = interp.file ? &interp : &image;
	start_thread(current_pt_regs(), entry->hdr.e_entry + entry->bias, bprm->p);
out:
	if (interp.file) {
		allow_write_access(interp.file);
		fput(interp.file);
	}
	kfree(interp.phdr);
	kfree(image.phdr);
	return err;
}

static struct linux_binfmt elf_format = { .load_binary = load_elf_binary };

static int __init init_elf_binfmt(void)
{
	register_binfmt(&elf_format);
	return 0;
}
core_initcall(init_elf_binfmt);
