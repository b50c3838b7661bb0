/*
 * A terminal driver whose lines hear what they say: each byte written comes back as input.
 * A line can be unplugged while it is open, and plugged in again:
 *
 *	echo 1 >/sys/module/mirror/parameters/unplug
 */
#include <linux/module.h>
#include <linux/serial.h>
#include <linux/slab.h>
#include <linux/tty.h>
#include <linux/tty_driver.h>
#include <linux/tty_flip.h>

#define LINES	2

static struct tty_driver *mirror;
static struct mirror_line {
	struct tty_port port;
	int opens;
	struct mirror_line *next;
} *lines[LINES], *open_lines;
static struct async_icount counts[LINES];

static int mirror_open(struct tty_struct *tty, struct file *file)
{
	tty->driver_data = &counts[tty->index];
	container_of(tty->port, struct mirror_line, port)->opens++;
	return 0;
}

static void mirror_close(struct tty_struct *tty, struct file *file)
{
	struct async_icount *count = tty->driver_data;
	struct mirror_line *line = container_of(tty->port, struct mirror_line, port);

	line->opens--;
	pr_info("line %d: %u out, %u in\n", tty->index, count->tx, count->rx);
}

static int mirror_write(struct tty_struct *tty, const unsigned char *buf, int count)
{
	struct async_icount *icount = tty->driver_data;
	int room = tty_buffer_request_room(tty->port, count);

	icount->tx += count;
	icount->rx += tty_insert_flip_string(tty->port, buf, room);
	tty_flip_buffer_push(tty->port);
	return count;
}

static int mirror_write_room(struct tty_struct *tty)
{
	return 256;
}

static const struct tty_operations mirror_ops = {
	.open = mirror_open,
	.close = mirror_close,
	.write = mirror_write,
	.write_room = mirror_write_room,
};

static int plug(int i)
{
	lines[i] = kzalloc(sizeof(*lines[i]), GFP_KERNEL);
	if (!lines[i])
		return -ENOMEM;
	tty_port_init(&lines[i]->port);
	tty_port_link_device(&lines[i]->port, mirror, i);
	return PTR_ERR_OR_ZERO(tty_register_device(mirror, i, NULL));
}

static void discard(struct mirror_line *line)
{
	tty_port_destroy(&line->port);
	kfree(line);
}

static void pull(int i)
{
	struct mirror_line *line = lines[i];

	lines[i] = NULL;
	tty_unregister_device(mirror, i);
	if (!line->opens) {
		discard(line);
		return;
	}
	pr_info("line %d is still open\n", i);	/* who has it open needs the port */
	line->next = open_lines;
	open_lines = line;
}

/* Takes the line out and puts another in its place. */
static int set_unplug(const char *value, const struct kernel_param *kp)
{
	int i, err = kstrtoint(value, 0, &i);

	if (err)
		return err;
	if (i < 0 || i >= LINES || !lines[i])
		return -ENODEV;
	pull(i);
	return plug(i);
}

static const struct kernel_param_ops unplug_ops = { .set = set_unplug };
module_param_cb(unplug, &unplug_ops, NULL, 0200);

static int __init mirror_init(void)
{
	int i, err;

	mirror = alloc_tty_driver(LINES);
	if (!mirror)
		return -ENOMEM;
	mirror->owner = THIS_MODULE;
	mirror->driver_name = "mirror";
	mirror->name = "ttyM";
	mirror->type = TTY_DRIVER_TYPE_SERIAL;
	mirror->subtype = SERIAL_TYPE_NORMAL;
	mirror->flags = TTY_DRIVER_REAL_RAW | TTY_DRIVER_RESET_TERMIOS | TTY_DRIVER_DYNAMIC_DEV;
	mirror->init_termios = tty_std_termios;
	mirror->init_termios.c_lflag = 0;
	mirror->init_termios.c_oflag = 0;
	tty_set_operations(mirror, &mirror_ops);
	err = tty_register_driver(mirror);
	if (err)
		put_tty_driver(mirror);
	for (i = 0; i < LINES && !err; i++)
		err = plug(i);
	return err;
}

static void __exit mirror_exit(void)
{
	struct mirror_line *line;
	int i;

	for (i = 0; i < LINES; i++)
		pull(i);
	while ((line = open_lines)) {
		open_lines = line->next;
		discard(line);
	}
	tty_unregister_driver(mirror);
	put_tty_driver(mirror);
}

module_init(mirror_init);
module_exit(mirror_exit);
MODULE_LICENSE("Dual MIT/GPL");
