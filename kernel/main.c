/*
 * kmain(): the bring-up of the core, in order, one call after the other. Each
 * may use what stands above it. Drivers and file systems follow as initcalls,
 * level by level (<linux/init.h>), run by process 1.
 *
 * kmain() runs on the boot stack, with interrupts off until the clock is to
 * be set, and becomes the idle task. kernel_init() is process 1 from its first
 * line on: a kernel thread that ends by executing the program init.
 */
#include <kunit/test.h>
#include <linux/binfmts.h>
#include <linux/cdev.h>
#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/devtmpfs.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/irq.h>
#include <linux/kasan.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/radix-tree.h>
#include <linux/sched/signal.h>
#include <linux/sched/init.h>
#include <linux/timekeeping.h>
#include <linux/workqueue.h>
#include <asm/cpufeature.h>
#include <asm/desc.h>
#include <asm/setup.h>
#include <asm/fpu.h>

void kmain(u32 magic, u32 info) __noreturn;

static const char *execute_command __initdata;

/* The program that is process 1, in place of /sbin/init. */
static int __init init_setup(char *value)
{
	execute_command = value;
	return 1;
}
__setup("init=", init_setup);

/* Descriptors 0, 1 and 2 of init, and so of everybody. */
static void __init open_console(void)
{
	struct file *file = filp_open("/dev/console", O_RDWR, 0);
	int fd;

	if (IS_ERR(file)) {
		pr_warn("no /dev/console (%ld): init starts without descriptors\n", PTR_ERR(file));
		return;
	}
	for (fd = 0; fd <= 2; fd++)
		fd_install(get_unused_fd_flags(0), get_file(file));
	fput(file);
}

/* Returns only where the program cannot be executed, with the reason. */
static int __init run_init(const char *program)
{
	argv_init[0] = program;
	return kernel_execve(program, argv_init, envp_init);
}

/* Process 1. Returns to go on in user mode, as the program init. */
static int kernel_init(void *unused)
{
	static const char *const places[] __initconst = {
		"/sbin/init", "/etc/init", "/bin/init", "/bin/sh",
	};
	unsigned int i;
	int err;

	system_state = SYSTEM_SCHEDULING;
	workqueue_init();
	do_initcalls();
	prepare_namespace();
	open_console();
	system_state = SYSTEM_RUNNING;
	kunit_run_boot_tests();

	if (execute_command) {
		err = run_init(execute_command);
		if (err)
			panic("init=%s cannot be executed (%d)", execute_command, err);
		return 0;
	}
	for (i = 0; i < ARRAY_SIZE(places); i++) {
		err = run_init(places[i]);
		if (!err)
			return 0;
		if (err != -ENOENT)
			pr_err("%s cannot be executed (%d)\n", places[i], err);
	}
	panic("no init found: the root file system has none, and init= names none");
}

static void __init start_thread_of_kernel(int (*fn)(void *), const char *name)
{
	pid_t pid = kernel_thread(fn, NULL, CLONE_FS);

	if (pid < 0)
		panic("%s cannot be started (%d)", name, pid);
}

void kmain(u32 magic, u32 info)
{
	early_serial_init();		/* printk() is seen from here on */
	cpu_identify();			/* CPUID; SMEP, SMAP */
	setup_arch(magic, info);	/* memory map, command line, modules */
	parse_early_param();		/* parameters that cannot wait */
	gdt_init();			/* TSS, task of the double fault */
	idt_init();			/* exceptions are reported from here on */
	paging_init();			/* direct map, write protection; boot_alloc() */
	kasan_enable();			/* DEBUG=1: every access is checked from here on */
	fpu_init();			/* FXSAVE, lazily */
	boot_memory_show();		/* what the loader left us */
	mm_init();			/* pages, slabs, vmalloc: kmalloc() from here on */
	radix_tree_init();		/* page caches, numbers */
	parse_params();			/* the command line; what is left goes to init */
	sched_init();			/* run queue; this becomes the idle task */
	init_IRQ();			/* interrupt controllers, all lines masked */
	init_timers();			/* what the tick will call */
	pit_init();			/* the tick */
	local_irq_enable();
	time_init();			/* clocks, by counting ticks; wall time */
	pid_init();			/* process numbers */
	cred_init();			/* whose rights a task has */
	signals_init();			/* queued signals */
	fork_init();			/* tasks, how many there may be */
	mm_struct_init();		/* address spaces */
	dcache_init();			/* names and inodes */
	files_init();			/* open files */
	chrdev_init();			/* numbers of character devices */
	mnt_init();			/* an empty first root */
	devtmpfs_init();		/* drivers' nodes have a place */
	do_early_initcalls();

	system_state = SYSTEM_SCHEDULING;
	start_thread_of_kernel(kernel_init, "init");
	start_thread_of_kernel(kthreadd, "kthreadd");
	cpu_idle();
}
