/*
 * guest.c - the guest's end of the channel to tests/guest.
 *
 *   command:  fw_cfg file "opt/lectern/command"  ->  read() of /dev/guest0
 *   output:   write() of /dev/guest0             ->  output frames on port E9h
 *   status:   write() of /dev/guest1             ->  a status frame
 *   panic:    the log's records from the report on -> panic frames
 *   ktest:    each line that the suites of ktest= say  -> ktest frames
 *   farewell: the reboot notifier                ->  a farewell frame
 *
 * The frames are told in docs/reference/guest-channel.md, the firmware
 * configuration device in QEMU's docs/specs/fw_cfg.txt. Nothing interrupts and
 * nothing waits: both devices answer each port access at once.
 *
 * Context: the file operations run in process context and may sleep in user
 * memory; send_frame() runs in any, panic included.
 */
#include <kunit/test.h>
#include <linux/devtmpfs.h>
#include <linux/fs.h>
#include <linux/guest_channel.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/uaccess.h>
#include <asm/byteorder.h>
#include <asm/cpufeature.h>
#include <asm/special_insns.h>

#define FW_CFG_SELECT		0x510	/* 16 bits, write: choose an item, from its start */
#define FW_CFG_DATA		0x511	/* 8 bits, read: the item's next byte */
#define FW_CFG_SIGNATURE	0x0000	/* item: "QEMU" */
#define FW_CFG_FILE_DIR		0x0019	/* item: a count, then struct fw_cfg_file */
#define FW_CFG_FILES_MAX	256	/* more is no directory */
#define FW_CFG_COMMAND		"opt/lectern/command"

#define GUEST_COMMAND		0	/* minors */
#define GUEST_STATUS		1
#define GUEST_MINORS		2

#define CHUNK			256	/* bytes a frame or a copy takes at once */

struct fw_cfg_file {
	__be32 size;
	__be16 select;
	__be16 reserved;
	char name[56];
};

static const char *const node_names[GUEST_MINORS] = { "guest0", "guest1" };

static DEFINE_SPINLOCK(port_lock);	/* irq-safe: one frame at a time leaves */
static DEFINE_MUTEX(chunk_mutex);	/* may sleep: chunk, and the fw_cfg selection */
static char chunk[CHUNK];		/* [m] chunk_mutex; in a panic, the report's */
static u16 command_item;		/* [I] 0: no command was given */
static size_t command_size;		/* [I] */

static void put_frame(u8 type, const void *payload, unsigned int length)
{
	const u8 header[GUEST_FRAME_HEADER] = {
		GUEST_FRAME_MAGIC, type, length & 0xff, length >> 8
	};

	outsb(GUEST_PORT, header, sizeof(header));
	outsb(GUEST_PORT, payload, length);
}

/*
 * Sends one frame of at most 65535 bytes. Context: any. After an oops the lock
 * may be held by whom it stopped, so it is not taken: a mixed frame costs the
 * reader a few bytes, waiting could cost the report.
 */
static void send_frame(u8 type, const void *payload, unsigned int length)
{
	unsigned long flags;

	if (oops_in_progress) {
		put_frame(type, payload, length);
		return;
	}
	spin_lock_irqsave(&port_lock, flags);
	put_frame(type, payload, length);
	spin_unlock_irqrestore(&port_lock, flags);
}

static void fw_cfg_read(void *to, size_t count)
{
	insb(FW_CFG_DATA, to, count);
}

/* Finds the command among QEMU's files. Context: bring-up, alone. */
static void __init find_command(void)
{
	struct fw_cfg_file file;
	char signature[4];
	__be32 count;
	u32 n;

	outw(FW_CFG_SIGNATURE, FW_CFG_SELECT);
	fw_cfg_read(signature, sizeof(signature));
	if (memcmp(signature, "QEMU", sizeof(signature)))
		return;
	outw(FW_CFG_FILE_DIR, FW_CFG_SELECT);
	fw_cfg_read(&count, sizeof(count));
	n = min_t(u32, be32_to_cpu(count), FW_CFG_FILES_MAX);
	while (n--) {
		fw_cfg_read(&file, sizeof(file));
		if (strncmp(file.name, FW_CFG_COMMAND, sizeof(file.name)))
			continue;
		command_item = be16_to_cpu(file.select);
		command_size = be32_to_cpu(file.size);
		return;
	}
}

static int guest_open(struct inode *inode, struct file *filp)
{
	if (iminor(inode) >= GUEST_MINORS)
		return -ENXIO;
	filp->private_data = (void *)(unsigned long)iminor(inode);
	return 0;
}

static bool is_status(const struct file *filp)
{
	return (unsigned long)filp->private_data == GUEST_STATUS;
}

/*
 * Reads the command from *ppos on. The item can only be read from its start,
 * so what lies before *ppos is read past.
 * Returns: bytes read, 0 at the end, -EFAULT, -ERESTARTSYS.
 */
static ssize_t guest_read(struct file *filp, char __user *buf, size_t count, loff_t *ppos)
{
	loff_t skip = *ppos;
	size_t done = 0, part;

	if (is_status(filp) || !command_item || *ppos >= command_size)
		return 0;
	count = min_t(size_t, count, command_size - *ppos);
	if (mutex_lock_interruptible(&chunk_mutex))
		return -ERESTARTSYS;
	outw(command_item, FW_CFG_SELECT);
	while (skip--)
		inb(FW_CFG_DATA);
	while (done < count) {
		part = min_t(size_t, count - done, CHUNK);
		fw_cfg_read(chunk, part);
		if (copy_to_user(buf + done, chunk, part))
			break;
		done += part;
	}
	mutex_unlock(&chunk_mutex);
	*ppos += done;
	return done || !count ? (ssize_t)done : -EFAULT;
}

static ssize_t write_status(const char __user *buf, size_t count)
{
	u32 status;

	if (count != sizeof(status))
		return -EINVAL;
	if (copy_from_user(&status, buf, sizeof(status)))
		return -EFAULT;
	send_frame(GUEST_FRAME_STATUS, &status, sizeof(status));
	return count;
}

static ssize_t guest_write(struct file *filp, const char __user *buf, size_t count, loff_t *ppos)
{
	size_t done = 0, part;

	if (is_status(filp))
		return write_status(buf, count);
	if (mutex_lock_interruptible(&chunk_mutex))
		return -ERESTARTSYS;
	while (done < count) {
		part = min_t(size_t, count - done, CHUNK);
		if (copy_from_user(chunk, buf + done, part))
			break;
		send_frame(GUEST_FRAME_OUTPUT, chunk, part);
		done += part;
	}
	mutex_unlock(&chunk_mutex);
	return done || !count ? (ssize_t)done : -EFAULT;
}

static const struct file_operations guest_fops = {
	.owner		= THIS_MODULE,
	.open		= guest_open,
	.read		= guest_read,
	.write		= guest_write,
	.llseek		= no_llseek,
};

/* Sends the log's records from the start of the report on. Context: panic, alone on the machine. */
static int guest_panic(struct notifier_block *nb, unsigned long action, void *data)
{
	struct printk_record rec;
	u64 seq;

	for (seq = panic_first_record; printk_read_record(seq, &rec, chunk, CHUNK); seq = rec.seq + 1) {
		chunk[rec.len] = '\n';		/* in the NUL's place */
		send_frame(GUEST_FRAME_PANIC, chunk, rec.len + 1);
	}
	return NOTIFY_DONE;
}

static struct notifier_block guest_panic_nb = { .notifier_call = guest_panic };

static int guest_reboot(struct notifier_block *nb, unsigned long action, void *data)
{
	u64 now = boot_cpu_has(X86_FEATURE_TSC) ? rdtsc() : 0;

	send_frame(GUEST_FRAME_FAREWELL, &now, sizeof(now));
	return NOTIFY_DONE;
}

static struct notifier_block guest_reboot_nb = { .notifier_call = guest_reboot };

/* A line of the tests that ktest= runs. */
static void send_ktest_line(const char *line)
{
	send_frame(GUEST_FRAME_KTEST, line, strlen(line));
}

/* Returns: 0, also where there is no channel; else what registration said. */
static int __init guest_init(void)
{
	unsigned int minor;
	int err;

	if (inb(GUEST_PORT) != GUEST_PORT_ECHO)
		return 0;
	find_command();
	atomic_notifier_chain_register(&panic_notifier_list, &guest_panic_nb);
	register_reboot_notifier(&guest_reboot_nb);
	kunit_set_boot_listener(send_ktest_line);
	err = register_chrdev(GUEST_MAJOR, "guest", &guest_fops);
	for (minor = 0; !err && minor < GUEST_MINORS; minor++)
		err = devtmpfs_create_node(MKDEV(GUEST_MAJOR, minor), 0600, node_names[minor], S_IFCHR);
	return err;
}
module_init(guest_init);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("channel to the host's guest runner");
