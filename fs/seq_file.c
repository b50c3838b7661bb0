/*
 * Files whose text is made up while it is read.
 *
 * seq_read() asks the iterator for records until the buffer is full, hands out
 * what was asked for and keeps the rest for the next read.  A record that does
 * not fit into an empty buffer gets one of twice the size.
 */
#include <linux/mm.h>
#include <linux/seq_file.h>
#include "internal.h"

#define SEQ_BUF_SIZE	PAGE_SIZE

/* The maker's open method: file->private_data becomes the struct seq_file. */
int seq_open(struct file *file, const struct seq_operations *op)
{
	struct seq_file *m = kzalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return -ENOMEM;
	mutex_init(&m->lock);
	m->op = op;
	m->file = file;
	file->private_data = m;
	return 0;
}
EXPORT_SYMBOL(seq_open);

int seq_release(struct inode *inode, struct file *file)
{
	struct seq_file *m = file->private_data;

	kvfree(m->buf);
	kfree(m);
	return 0;
}
EXPORT_SYMBOL(seq_release);

static int alloc_buf(struct seq_file *m, size_t size)
{
	kvfree(m->buf);
	m->count = m->from = 0;
	m->buf = kvmalloc(size, GFP_KERNEL);
	m->size = m->buf ? size : 0;
	return m->buf ? 0 : -ENOMEM;
}

/* Makes the record at m->index into an empty buffer, growing it; 0 at the end, 1, or an error. */
static int first_record(struct seq_file *m)
{
	void *v;
	int err;

	for (;;) {
		v = m->op->start(m, &m->index);
		err = IS_ERR(v) ? PTR_ERR(v) : 0;
		if (IS_ERR_OR_NULL(v))
			break;
		err = m->op->show(m, v);
		if (err < 0)
			break;
		if (err == SEQ_SKIP)
			m->count = 0;
		if (!seq_has_overflowed(m)) {
			m->op->next(m, v, &m->index);
			m->op->stop(m, v);
			if (m->count)
				return 1;
			continue;	/* an empty record: the next one */
		}
		m->op->stop(m, v);
		err = alloc_buf(m, m->size * 2);
		if (err)
			return err;
	}
	m->op->stop(m, v);
	m->count = 0;
	return err;
}

/* Adds records while they fit and less than want bytes are there. */
static void more_records(struct seq_file *m, size_t want)
{
	void *v = m->op->start(m, &m->index);
	size_t before;
	int err;

	while (!IS_ERR_OR_NULL(v) && m->count < want) {
		before = m->count;
		err = m->op->show(m, v);
		if (err == SEQ_SKIP)
			m->count = before;
		if (err < 0 || seq_has_overflowed(m)) {
			m->count = before;	/* not now: it starts the next buffer */
			break;
		}
		v = m->op->next(m, v, &m->index);
	}
	m->op->stop(m, v);
}

/* Fills the buffer from m->index on, for want bytes.  Bytes there, 0 at the end, or an error. */
static ssize_t fill_buf(struct seq_file *m, size_t want)
{
	int err;

	m->from = m->count = 0;
	if (!m->buf) {
		err = alloc_buf(m, SEQ_BUF_SIZE);
		if (err)
			return err;
	}
	err = first_record(m);
	if (err <= 0)
		return err;
	more_records(m, want);
	return m->count;
}

/* Goes to a position by making all the text before it.  m->lock held. */
static int traverse(struct seq_file *m, loff_t offset)
{
	ssize_t got;

	m->index = 0;
	m->read_pos = 0;
	m->from = m->count = 0;
	while (offset > m->read_pos) {
		got = fill_buf(m, min_t(loff_t, offset - m->read_pos, SEQ_BUF_SIZE));
		if (got <= 0)
			return got;
		m->from = min_t(loff_t, got, offset - m->read_pos);
		m->count -= m->from;
		m->read_pos += m->from;
	}
	return 0;
}

/* Hands out what is in the buffer. */
static ssize_t drain_buf(struct seq_file *m, char __user *buf, size_t size)
{
	size_t n = min(m->count, size);

	if (copy_to_user(buf, m->buf + m->from, n))
		return -EFAULT;
	m->from += n;
	m->count -= n;
	m->read_pos += n;
	return n;
}

ssize_t seq_read(struct file *file, char __user *buf, size_t size, loff_t *pos)
{
	struct seq_file *m = file->private_data;
	ssize_t done = 0, got = 0;

	if (!size)
		return 0;
	mutex_lock(&m->lock);
	if (*pos == 0 && m->read_pos) {
		m->index = 0;
		m->read_pos = 0;
		m->count = 0;
	} else if (*pos != m->read_pos) {
		got = traverse(m, *pos);
	}
	while (got >= 0 && done < size) {
		if (!m->count) {
			got = fill_buf(m, size - done);
			if (got <= 0)
				break;
		}
		got = drain_buf(m, buf + done, size - done);
		if (got > 0)
			done += got;
	}
	*pos = m->read_pos;
	mutex_unlock(&m->lock);
	return done ?: got;
}
EXPORT_SYMBOL(seq_read);

loff_t seq_lseek(struct file *file, loff_t offset, int whence)
{
	struct seq_file *m = file->private_data;
	int err = 0;

	offset = seek_target(file, offset, whence);
	if (offset < 0)
		return offset;
	mutex_lock(&m->lock);
	if (offset != m->read_pos)
		err = traverse(m, offset);
	if (!err)
		file->f_pos = offset;
	mutex_unlock(&m->lock);
	return err ?: offset;
}
EXPORT_SYMBOL(seq_lseek);

/* ------------------------------------------------------------------ printing */

void seq_printf(struct seq_file *m, const char *fmt, ...)
{
	size_t room = m->size - m->count;
	va_list args;
	int len;

	if (!room)
		return;
	va_start(args, fmt);
	len = vsnprintf(m->buf + m->count, room, fmt, args);
	va_end(args);
	m->count = len < room ? m->count + len : m->size;
}
EXPORT_SYMBOL(seq_printf);

/* len bytes as they are; -1: they did not fit. */
int seq_write(struct seq_file *m, const void *data, size_t len)
{
	if (m->count + len >= m->size) {
		m->count = m->size;
		return -1;
	}
	memcpy(m->buf + m->count, data, len);
	m->count += len;
	return 0;
}
EXPORT_SYMBOL(seq_write);

void seq_putc(struct seq_file *m, char c)
{
	seq_write(m, &c, 1);
}
EXPORT_SYMBOL(seq_putc);

void seq_puts(struct seq_file *m, const char *s)
{
	seq_write(m, s, strlen(s));
}
EXPORT_SYMBOL(seq_puts);

/* Characters of esc, and backslashes among them, as \ooo. */
void seq_escape(struct seq_file *m, const char *s, const char *esc)
{
	for (; *s; s++) {
		if (strchr(esc, *s))
			seq_printf(m, "\\%03o", (unsigned char)*s);
		else
			seq_putc(m, *s);
	}
}
EXPORT_SYMBOL(seq_escape);

/* The name of a path, escaped; -1: it did not fit. */
int seq_path(struct seq_file *m, const struct path *path, const char *esc)
{
	char *page = kmalloc(PATH_MAX, GFP_KERNEL), *name;

	if (!page) {
		m->count = m->size;
		return -1;
	}
	name = d_path(path, page, PATH_MAX);
	if (!IS_ERR(name))
		seq_escape(m, name, esc);
	kfree(page);
	return seq_has_overflowed(m) ? -1 : 0;
}
EXPORT_SYMBOL(seq_path);

/* ------------------------------------------------------------------ ready-made: one record */

static void *single_start(struct seq_file *m, loff_t *pos)
{
	return *pos == 0 ? SEQ_START_TOKEN : NULL;
}

static void *single_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return NULL;
}

static void single_stop(struct seq_file *m, void *v)
{
}

/* For files that one call of show() makes whole; data is m->private.  single_release() ends it. */
int single_open(struct file *file, int (*show)(struct seq_file *, void *), void *data)
{
	struct seq_operations *op = kmalloc(sizeof(*op), GFP_KERNEL);
	int err;

	if (!op)
		return -ENOMEM;
	op->start = single_start;
	op->next = single_next;
	op->stop = single_stop;
	op->show = show;
	err = seq_open(file, op);
	if (err)
		kfree(op);
	else
		((struct seq_file *)file->private_data)->private = data;
	return err;
}
EXPORT_SYMBOL(single_open);

int single_release(struct inode *inode, struct file *file)
{
	const struct seq_operations *op = ((struct seq_file *)file->private_data)->op;
	int err = seq_release(inode, file);

	kfree(op);
	return err;
}
EXPORT_SYMBOL(single_release);
