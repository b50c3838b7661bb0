/*
 * tty_ioctl.c - a line's modes: struct termios from and to the user, speeds,
 * flushing and flow by hand (tcsetattr, tcflush, tcflow).
 */
#include <linux/string.h>
#include <linux/tty.h>
#include <linux/tty_flip.h>
#include <linux/uaccess.h>

/* By the value of CBAUD; past 15 the value has CBAUDEX and counts on from there. */
static const speed_t baud_table[] = {
	0, 50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19200, 38400,
	57600, 115200, 230400, 460800, 500000, 576000, 921600, 1000000,
};

#define BAUD_BASIC	16	/* entries without CBAUDEX */

speed_t tty_termios_baud_rate(const struct ktermios *termios)
{
	unsigned int cbaud = termios->c_cflag & CBAUD;

	if (cbaud == BOTHER)
		return termios->c_ospeed;
	if (cbaud & CBAUDEX)
		cbaud = (cbaud & ~CBAUDEX) + BAUD_BASIC - 1;
	return cbaud < ARRAY_SIZE(baud_table) ? baud_table[cbaud] : 0;
}
EXPORT_SYMBOL(tty_termios_baud_rate);

speed_t tty_get_baud_rate(struct tty_struct *tty)
{
	return tty_termios_baud_rate(&tty->termios);
}
EXPORT_SYMBOL(tty_get_baud_rate);

/* Writes the speed that the hardware really took back into the termios.  [t] held for writing. */
void tty_encode_baud_rate(struct tty_struct *tty, speed_t ibaud, speed_t obaud)
{
	unsigned int i, code = BOTHER;

	for (i = 0; i < ARRAY_SIZE(baud_table); i++)
		if (baud_table[i] == obaud)
			code = i < BAUD_BASIC ? i : (i - BAUD_BASIC + 1) | CBAUDEX;
	tty->termios.c_cflag = (tty->termios.c_cflag & ~CBAUD) | code;
	tty->termios.c_ispeed = ibaud;
	tty->termios.c_ospeed = obaud;
}
EXPORT_SYMBOL(tty_encode_baud_rate);

/*
 * Puts new modes into force, in the line discipline and in the hardware.
 * What the hardware cannot do it takes out again.  0.  Context: may sleep.
 */
int tty_set_termios(struct tty_struct *tty, const struct ktermios *new)
{
	struct ktermios old;

	down_write(&tty->termios_rwsem);
	old = tty->termios;
	tty->termios = *new;
	tty->termios.c_ospeed = tty->termios.c_ispeed = tty_termios_baud_rate(new);
	if (tty->ops->set_termios)
		tty->ops->set_termios(tty, &old);
	if (tty->ldisc->set_termios)
		tty->ldisc->set_termios(tty, &old);
	up_write(&tty->termios_rwsem);
	if (!I_IXON(tty))
		start_tty(tty);		/* or nobody could ever */
	return 0;
}
EXPORT_SYMBOL(tty_set_termios);

static void flush_input(struct tty_struct *tty)
{
	tty_buffer_flush(tty->port);
	tty->ldisc->flush_buffer(tty);
}

static void flush_output(struct tty_struct *tty)
{
	if (tty->ops->flush_buffer)
		tty->ops->flush_buffer(tty);
	tty_wakeup(tty);
}

/* The System V form has the low halves of the flags and eight characters. */
static void termio_to_termios(struct ktermios *to, const struct termio *from)
{
	to->c_iflag = (to->c_iflag & ~0xffffu) | from->c_iflag;
	to->c_oflag = (to->c_oflag & ~0xffffu) | from->c_oflag;
	to->c_cflag = (to->c_cflag & ~0xffffu) | from->c_cflag;
	to->c_lflag = (to->c_lflag & ~0xffffu) | from->c_lflag;
	memcpy(to->c_cc, from->c_cc, NCC);
}

static int termios_from_user(struct ktermios *to, unsigned int cmd, unsigned long arg)
{
	struct termio old;

	if (cmd == TCSETA || cmd == TCSETAW || cmd == TCSETAF) {
		if (copy_from_user(&old, (void __user *)arg, sizeof(old)))
			return -EFAULT;
		termio_to_termios(to, &old);
		return 0;
	}
	return copy_from_user(to, (void __user *)arg, sizeof(struct termios)) ? -EFAULT : 0;
}

static int set_from_user(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	struct ktermios new;
	int err;

	err = tty_check_change(tty);
	if (err)
		return err;
	down_read(&tty->termios_rwsem);
	new = tty->termios;
	up_read(&tty->termios_rwsem);
	err = termios_from_user(&new, cmd, arg);
	if (err)
		return err;
	if (cmd == TCSETSF || cmd == TCSETAF)
		flush_input(tty);
	if (cmd != TCSETS && cmd != TCSETA) {
		tty_wait_until_sent(tty, MAX_SCHEDULE_TIMEOUT);
		if (signal_pending(current))
			return -ERESTARTSYS;
	}
	return tty_set_termios(tty, &new);
}

static int get_to_user(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	struct ktermios now;
	struct termio old = { 0 };

	down_read(&tty->termios_rwsem);
	now = tty->termios;
	up_read(&tty->termios_rwsem);
	if (cmd == TCGETS)
		return copy_to_user((void __user *)arg, &now, sizeof(struct termios)) ? -EFAULT : 0;
	old.c_iflag = now.c_iflag;
	old.c_oflag = now.c_oflag;
	old.c_cflag = now.c_cflag;
	old.c_lflag = now.c_lflag;
	old.c_line = now.c_line;
	memcpy(old.c_cc, now.c_cc, NCC);
	return copy_to_user((void __user *)arg, &old, sizeof(old)) ? -EFAULT : 0;
}

static int flow_by_hand(struct tty_struct *tty, unsigned long arg)
{
	int err = tty_check_change(tty);

	if (err)
		return err;
	switch (arg) {
	case TCOOFF:
		stop_tty(tty);
		return 0;
	case TCOON:
		start_tty(tty);
		return 0;
	case TCIOFF:
	case TCION:
		if (tty->ops->send_xchar)
			tty->ops->send_xchar(tty, CC(tty, arg == TCIOFF ? VSTOP : VSTART));
		return 0;
	}
	return -EINVAL;
}

static int flush_by_hand(struct tty_struct *tty, unsigned long arg)
{
	int err = tty_check_change(tty);

	if (err)
		return err;
	if (arg != TCIFLUSH && arg != TCOFLUSH && arg != TCIOFLUSH)
		return -EINVAL;
	if (arg != TCOFLUSH)
		flush_input(tty);
	if (arg != TCIFLUSH)
		flush_output(tty);
	return 0;
}

/* -ENOIOCTLCMD when cmd is not about modes. */
int tty_mode_ioctl(struct tty_struct *tty, struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case TCGETS:
	case TCGETA:
		return get_to_user(tty, cmd, arg);
	case TCSETS:
	case TCSETSW:
	case TCSETSF:
	case TCSETA:
	case TCSETAW:
	case TCSETAF:
		return set_from_user(tty, cmd, arg);
	case TCXONC:
		return flow_by_hand(tty, arg);
	case TCFLSH:
		return flush_by_hand(tty, arg);
	case TIOCGSOFTCAR:
		return put_user(C_FLAG(tty, CLOCAL) ? 1 : 0, (int __user *)arg);
	}
	return -ENOIOCTLCMD;
}
