/*
 * vt_tty.c - the screen and keyboard as a terminal line, /dev/tty1 (the only one),
 * and as a console for kernel messages.
 */
#include <linux/console.h>
#include <linux/cred.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/report.h>
#include <linux/tty.h>
#include <linux/uaccess.h>
#include <linux/vt_kern.h>
#include <asm/timex.h>
#include <uapi/linux/major.h>
#include "vt.h"

#define BATCH		8	/* bytes that are emitted in one go, interrupts off: each may scroll a frame buffer */
#define BATCH_SEQUENCE	32	/* … or so many, to the end of a sequence */

struct vt vt0 = { .lock = __SPIN_LOCK_UNLOCKED(vt0.lock) };
static struct tty_driver *vt_driver;
struct vc vc_cons[MAX_NR_CONSOLES];
int fg_console;
EXPORT_SYMBOL(vc_cons);
EXPORT_SYMBOL(fg_console);

static void show_cursor(struct vt *vt)
{
	if (vt->display)
		vt->display->cursor(vt->now.x, vt->now.y, vt->cursor_on);
}

static int vt_open(struct tty_struct *tty, struct file *file)
{
	if (!tty->winsize.ws_row) {
		mutex_lock(&tty->winsize_mutex);
		tty->winsize.ws_row = VGA_ROWS;
		tty->winsize.ws_col = VGA_COLS;
		mutex_unlock(&tty->winsize_mutex);
	}
	return 0;
}

static int vt_write(struct tty_struct *tty, const unsigned char *buf, int count)
{
	struct vt *vt = &vt0;		/* keys are echoed even before anybody has opened it */
	int done = 0, end;
	unsigned long irq;

	while (done < count) {
		spin_lock_irqsave(&vt->lock, irq);
		end = min(count, done + BATCH_SEQUENCE);
		for (int n = 0; done < end && (n < BATCH || vt->state != VT_TEXT); n++)
			vt_emit(vt, buf[done++]);
		if (done == count)
			show_cursor(vt);
		spin_unlock_irqrestore(&vt->lock, irq);
	}
	return count;
}

static int vt_write_room(struct tty_struct *tty)
{
	return PAGE_SIZE;		/* the screen is never full */
}

/* The keyboard's lamps and the bell, to whoever sits at this terminal. */
static int vt_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	bool may = current->signal->tty == tty || capable(CAP_SYS_TTY_CONFIG);
	unsigned int clocks = arg & 0xffff;

	switch (cmd) {
	case KIOCSOUND:
		if (may)
			kd_mksound(clocks ? PIT_TICK_RATE / clocks : 0, 0);
		return may ? 0 : -EPERM;
	case KDMKTONE:
		if (may)
			kd_mksound(clocks ? PIT_TICK_RATE / clocks : 0, msecs_to_jiffies(arg >> 16));
		return may ? 0 : -EPERM;
	case KDGKBTYPE:
		return put_user(KB_101, (char __user *)arg);
	case KDGETMODE:
		return put_user(KD_TEXT, (int __user *)arg);
	case KDGETLED:
		return put_user(kbd_get_leds(), (char __user *)arg);
	case KDSETLED:
		if (!may)
			return -EPERM;
		kbd_set_leds(min(arg, 0xfful));
		return 0;
	}
	return -ENOIOCTLCMD;
}

static const struct tty_operations vt_ops = {
	.open		= vt_open,
	.ioctl		= vt_ioctl,
	.write		= vt_write,
	.write_room	= vt_write_room,
};

/* ------------------------------------------------------------------ console */

static void emit_message(struct vt *vt, const char *s, unsigned int count)
{
	for (; count--; s++) {
		if (*s == '\n')
			vt_emit(vt, '\r');
		vt_emit(vt, *s);
	}
	show_cursor(vt);
}

static void vt_console_write(struct console *con, const char *s, unsigned int count)
{
	unsigned long irq;

	local_irq_save(irq);
	if (!report_running()) {
		spin_lock(&vt0.lock);
	} else if (!spin_trylock(&vt0.lock)) {
		emit_message(&vt0, s, count);	/* it may be we who hold it */
		goto out;
	}
	emit_message(&vt0, s, count);
	spin_unlock(&vt0.lock);
out:
	local_irq_restore(irq);
}

static struct tty_driver *vt_console_device(struct console *con, int *index)
{
	*index = 1;
	return vt_driver;
}

static struct console vt_console = {
	.name	= "tty",
	.write	= vt_console_write,
	.device	= vt_console_device,
	.flags	= CON_PRINTBUFFER,
	.index	= -1,
};

/* Line 0 would be "the current one"; there is one screen, and it is line 1. */
static int vt_register(void)
{
	int err;

	vt_driver = tty_alloc_driver(2, TTY_DRIVER_DYNAMIC_DEV | TTY_DRIVER_REAL_RAW);
	if (IS_ERR(vt_driver))
		return PTR_ERR(vt_driver);
	vt_driver->driver_name = "console";
	vt_driver->name = "tty";
	vt_driver->type = TTY_DRIVER_TYPE_CONSOLE;
	vt_driver->major = TTY_MAJOR;
	vt_driver->init_termios.c_iflag |= IUTF8;
	tty_set_operations(vt_driver, &vt_ops);
	tty_port_init(&vt0.vc.port);
	tty_port_link_device(&vt0.vc.port, vt_driver, 1);
	err = tty_register_driver(vt_driver);
	if (err) {
		tty_port_destroy(&vt0.vc.port);
		put_tty_driver(vt_driver);
		return err;
	}
	tty_register_device(vt_driver, 1, NULL);
	if (IS_ERR(tty_get(MKDEV(TTY_MAJOR, 1))))	/* whoever asks for its port wants the terminal, too */
		return -ENOMEM;
	vt0.vc.vc_cols = VGA_COLS;
	vt0.vc.vc_rows = VGA_ROWS;
	vc_cons[0].d = &vt0.vc;
	vt_reset(&vt0);
	vt0.present = true;
	register_console(&vt_console);
	return 0;
}

int vt_show_by(const struct vt_display *display)
{
	int err = display && !vt0.present ? vt_register() : 0;
	unsigned long irq;

	if (err)
		return err;
	spin_lock_irqsave(&vt0.lock, irq);
	vt0.display = display;
	if (display) {
		display->show(vt0.screen, 0, VGA_COLS * VGA_ROWS);
		display->cursor(vt0.now.x, vt0.now.y, vt0.cursor_on);
	}
	spin_unlock_irqrestore(&vt0.lock, irq);
	return 0;
}

/* A frame buffer may have taken it already. */
static int __init vt_init(void)
{
	if (vt0.present)
		return 0;
	return vgacon_probe() ? vt_show_by(&vgacon) : -ENODEV;
}
device_initcall(vt_init);
