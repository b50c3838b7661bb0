/*
 * Open files: pipes and their ring, descriptor tables, seq files, poll tables,
 * locks, iterators.
 */
#include <kunit/test.h>
#include <linux/anon_inodes.h>
#include <linux/bitops.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/filelock.h>
#include <linux/fs.h>
#include <linux/kmemleak.h>
#include <linux/kthread.h>
#include <linux/pipe_fs_i.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/uio.h>
#include <linux/wait.h>

/* ------------------------------------------------------------------ pipes */

static struct file *ends[2];

static int pipe_init(struct kunit *test)
{
	return create_pipe_files(ends, O_NONBLOCK);
}

static void pipe_exit(struct kunit *test)
{
	if (ends[0])
		fput(ends[0]);
	if (ends[1])
		fput(ends[1]);
}

static void pipe_keeps_order(struct kunit *test)
{
	char buf[8] = "";

	KUNIT_EXPECT_EQ(test, kernel_write(ends[1], "abc", 3, NULL), (ssize_t)3);
	KUNIT_EXPECT_EQ(test, kernel_write(ends[1], "de", 2, NULL), (ssize_t)2);
	KUNIT_EXPECT_EQ(test, kernel_read(ends[0], buf, 4, NULL), (ssize_t)4);
	KUNIT_EXPECT_EQ(test, kernel_read(ends[0], buf + 4, 4, NULL), (ssize_t)1);
	KUNIT_EXPECT_STREQ(test, buf, "abcde");
	KUNIT_EXPECT_EQ(test, kernel_read(ends[0], buf, 1, NULL), (ssize_t)-EAGAIN);
}

static void small_writes_share_a_page(struct kunit *test)
{
	struct pipe_inode_info *pipe = ends[1]->private_data;

	kernel_write(ends[1], "a", 1, NULL);
	kernel_write(ends[1], "b", 1, NULL);
	KUNIT_EXPECT_EQ(test, pipe->head - pipe->tail, 1u);
	KUNIT_EXPECT_EQ(test, pipe->bufs[pipe->tail % pipe->ring_size].len, 2u);
}

static void ring_fills_and_wraps(struct kunit *test)
{
	char *page = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);
	int i, round;

	KUNIT_ASSERT_NOT_NULL(test, page);
	for (round = 0; round < 3; round++) {
		for (i = 0; i < PIPE_DEF_BUFFERS; i++) {
			page[0] = 'a' + i;
			KUNIT_EXPECT_EQ(test, kernel_write(ends[1], page, PAGE_SIZE, NULL),
					(ssize_t)PAGE_SIZE);
		}
		KUNIT_EXPECT_EQ(test, kernel_write(ends[1], "x", 1, NULL), (ssize_t)-EAGAIN);
		for (i = 0; i < PIPE_DEF_BUFFERS; i++) {
			KUNIT_EXPECT_EQ(test, kernel_read(ends[0], page, PAGE_SIZE, NULL),
					(ssize_t)PAGE_SIZE);
			KUNIT_EXPECT_EQ(test, page[0], (char)('a' + i));
		}
	}
}

/* 15 pages and 1 byte are in it, the last slot among them: what does not fit behind waits. */
static void short_write_is_whole_or_not(struct kunit *test)
{
	char *page = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);
	int i;

	for (i = 0; i < PIPE_DEF_BUFFERS - 1; i++)
		kernel_write(ends[1], page, PAGE_SIZE, NULL);
	KUNIT_EXPECT_EQ(test, kernel_write(ends[1], "x", 1, NULL), (ssize_t)1);
	KUNIT_EXPECT_EQ(test, kernel_write(ends[1], page, PAGE_SIZE, NULL), (ssize_t)-EAGAIN);
	KUNIT_EXPECT_EQ(test, kernel_write(ends[1], page, PAGE_SIZE - 10, NULL),
			(ssize_t)PAGE_SIZE - 10);
	KUNIT_EXPECT_EQ(test, kernel_write(ends[1], page, 10, NULL), (ssize_t)-EAGAIN);
	KUNIT_EXPECT_EQ(test, kernel_write(ends[1], page, 9, NULL), (ssize_t)9);
}

static void end_of_file_without_writer(struct kunit *test)
{
	char c;

	kernel_write(ends[1], "x", 1, NULL);
	fput(ends[1]);
	ends[1] = NULL;
	KUNIT_EXPECT_EQ(test, kernel_read(ends[0], &c, 1, NULL), (ssize_t)1);
	KUNIT_EXPECT_EQ(test, kernel_read(ends[0], &c, 1, NULL), (ssize_t)0);
}

static void pipe_poll_follows_state(struct kunit *test)
{
	char c;

	KUNIT_EXPECT_FALSE(test, vfs_poll(ends[0], NULL) & EPOLLIN);
	KUNIT_EXPECT_TRUE(test, vfs_poll(ends[1], NULL) & EPOLLOUT);
	kernel_write(ends[1], "x", 1, NULL);
	KUNIT_EXPECT_TRUE(test, vfs_poll(ends[0], NULL) & EPOLLIN);
	kernel_read(ends[0], &c, 1, NULL);
	KUNIT_EXPECT_FALSE(test, vfs_poll(ends[0], NULL) & EPOLLIN);
	fput(ends[0]);
	ends[0] = NULL;
	KUNIT_EXPECT_TRUE(test, vfs_poll(ends[1], NULL) & EPOLLERR);
}

static void ring_is_resized(struct kunit *test)
{
	char buf[4] = "";

	kernel_write(ends[1], "abc", 3, NULL);
	KUNIT_EXPECT_EQ(test, pipe_fcntl(ends[0], F_SETPIPE_SZ, PAGE_SIZE + 1), 2l * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, pipe_fcntl(ends[0], F_GETPIPE_SZ, 0), 2l * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, kernel_read(ends[0], buf, 3, NULL), (ssize_t)3);
	KUNIT_EXPECT_STREQ(test, buf, "abc");
}

/* ------------------------------------------------------------------ poll tables */

/* A waker's call reaches the sleeper's flag, but only for events it asked for. */
/* contract: S0-14 */
static void poll_table_takes_wakeups(struct kunit *test)
{
	struct poll_wqueues *pwq = kunit_kzalloc(test, sizeof(*pwq), GFP_KERNEL);
	DECLARE_WAIT_QUEUE_HEAD_ONSTACK(queue);

	KUNIT_ASSERT_NOT_NULL(test, pwq);
	poll_initwait(pwq);
	pwq->pt._key = EPOLLIN;
	poll_wait(ends[0], &queue, &pwq->pt);
	KUNIT_EXPECT_TRUE(test, waitqueue_active(&queue));
	wake_up_interruptible_poll(&queue, EPOLLOUT);
	KUNIT_EXPECT_EQ(test, pwq->triggered, 0);
	wake_up_interruptible_poll(&queue, EPOLLIN);
	KUNIT_EXPECT_EQ(test, pwq->triggered, 1);
	poll_freewait(pwq);
	KUNIT_EXPECT_FALSE(test, waitqueue_active(&queue));
}

/* More queues than a page of entries holds; each entry holds its file. */
/* contract: S0-14 */
static void poll_table_grows(struct kunit *test)
{
	struct poll_wqueues *pwq = kunit_kzalloc(test, sizeof(*pwq), GFP_KERNEL);
	const int queues = N_INLINE_POLL_ENTRIES + 300;
	DECLARE_WAIT_QUEUE_HEAD_ONSTACK(queue);
	struct list_head *pos;
	int i, standing = 0;

	KUNIT_ASSERT_NOT_NULL(test, pwq);
	poll_initwait(pwq);
	for (i = 0; i < queues; i++)
		poll_wait(ends[0], &queue, &pwq->pt);
	KUNIT_EXPECT_EQ(test, pwq->error, 0);
	list_for_each(pos, &queue.head)
		standing++;
	KUNIT_EXPECT_EQ(test, standing, queues);
	KUNIT_EXPECT_EQ(test, file_count(ends[0]), (long)queues + 1);
	poll_freewait(pwq);
	KUNIT_EXPECT_FALSE(test, waitqueue_active(&queue));
	KUNIT_EXPECT_EQ(test, file_count(ends[0]), 1l);
}

/* A sleeper that asks the poll method out of the wake-up itself. */
struct asker {
	poll_table pt;
	struct wait_queue_entry wait;
	wait_queue_head_t *queue;
	struct file *file;
	int woken;
	__poll_t seen;
};

static int ask_in_wakeup(struct wait_queue_entry *wait, unsigned int mode, int sync, void *key)
{
	struct asker *asker = container_of(wait, struct asker, wait);

	asker->woken++;
	asker->seen = vfs_poll(asker->file, NULL);
	return 0;
}

static void queue_asker(struct file *file, wait_queue_head_t *queue, poll_table *table)
{
	struct asker *asker = container_of(table, struct asker, pt);

	init_waitqueue_func_entry(&asker->wait, ask_in_wakeup);
	asker->queue = queue;
	add_wait_queue(queue, &asker->wait);
}

static DECLARE_COMPLETION(held);
static DECLARE_COMPLETION(let_go);

/* Another writer, who keeps the pipe's mutex for a while. */
static int hold_mutex(void *pipe)
{
	mutex_lock(&((struct pipe_inode_info *)pipe)->mutex);
	complete(&held);
	schedule_timeout_uninterruptible(HZ / 5);
	mutex_unlock(&((struct pipe_inode_info *)pipe)->mutex);
	complete(&let_go);
	return 0;
}

/* Whatever a waker holds: the poll method does not wait for it, and sees what the wake-up is about. */
/* contract: S0-27 */
static void poll_waits_for_no_waker(struct kunit *test)
{
	struct asker asker = { .file = ends[0] };
	unsigned long start;

	init_poll_funcptr(&asker.pt, queue_asker);
	KUNIT_EXPECT_EQ(test, (__force unsigned int)vfs_poll(ends[0], &asker.pt), 0u);
	KUNIT_EXPECT_EQ(test, kernel_write(ends[1], "a", 1, NULL), (ssize_t)1);
	KUNIT_EXPECT_EQ(test, asker.woken, 1);
	KUNIT_EXPECT_EQ(test, (__force unsigned int)(asker.seen & EPOLLIN), 1u);
	remove_wait_queue(asker.queue, &asker.wait);

	reinit_completion(&held);
	reinit_completion(&let_go);
	KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(hold_mutex, ends[0]->private_data, "holder")));
	wait_for_completion(&held);
	start = jiffies;
	KUNIT_EXPECT_EQ(test, (__force unsigned int)(vfs_poll(ends[0], NULL) & EPOLLIN), 1u);
	KUNIT_EXPECT_LT(test, jiffies - start, HZ / 10ul);
	wait_for_completion(&let_go);
}

/* ------------------------------------------------------------------ SIGIO's lists */

static struct fasync_struct *listeners;

static int listen(int fd, struct file *file, int on)
{
	return fasync_helper(fd, file, on, &listeners);
}

static int stop_listening(struct inode *inode, struct file *file)
{
	listen(-1, file, 0);
	return 0;
}

static const struct file_operations listening_fops = {
	.owner = THIS_MODULE, .fasync = listen, .release = stop_listening,
};

/* contract: S0-16 */
static void listeners_come_and_leave(struct kunit *test)
{
	struct file *file = anon_inode_getfile("[listening]", &listening_fops, NULL, O_RDONLY);

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	KUNIT_EXPECT_EQ(test, listen(3, file, 1), 1);
	KUNIT_EXPECT_TRUE(test, file->f_flags & FASYNC);
	KUNIT_EXPECT_EQ(test, listen(4, file, 1), 0);	/* it is there already */
	KUNIT_EXPECT_EQ(test, listen(5, ends[0], 1), 1);
	KUNIT_EXPECT_EQ(test, listen(-1, ends[0], 0), 1);
	KUNIT_EXPECT_EQ(test, listen(-1, ends[0], 0), 0);
	KUNIT_EXPECT_FALSE(test, ends[0]->f_flags & FASYNC);
	KUNIT_EXPECT_NOT_NULL(test, listeners);
	fput(file);
	KUNIT_EXPECT_NULL(test, listeners);
	kill_fasync(&listeners, SIGIO, POLL_IN);	/* to nobody */
}

/* ------------------------------------------------------------------ descriptors */

static void lowest_free_descriptor(struct kunit *test)
{
	int a = get_unused_fd_flags(0), b = get_unused_fd_flags(O_CLOEXEC), c;

	KUNIT_ASSERT_GE(test, a, 0);
	KUNIT_EXPECT_GT(test, b, a);
	KUNIT_EXPECT_FALSE(test, get_close_on_exec(a));
	KUNIT_EXPECT_TRUE(test, get_close_on_exec(b));
	KUNIT_EXPECT_NULL(test, fget(a));		/* reserved is not open */
	put_unused_fd(a);
	c = get_unused_fd_flags(0);
	KUNIT_EXPECT_EQ(test, c, a);
	put_unused_fd(b);
	put_unused_fd(c);
	KUNIT_EXPECT_EQ(test, close_fd(a), -EBADF);
}

static void table_grows_and_keeps(struct kunit *test)
{
	int low = f_dupfd(0, get_file(ends[0]), 0);
	int high = f_dupfd(300, get_file(ends[1]), O_CLOEXEC);
	struct file *file;

	KUNIT_EXPECT_EQ(test, high, 300);
	kmemleak_not_leak(current->files->fdt.fd);	/* the thread's, to its end */
	file = fget(low);
	KUNIT_EXPECT_PTR_EQ(test, file, ends[0]);
	if (file)
		fput(file);
	KUNIT_EXPECT_TRUE(test, get_close_on_exec(high));
	KUNIT_EXPECT_EQ(test, replace_fd(high, ends[0], 0), high);
	KUNIT_EXPECT_FALSE(test, get_close_on_exec(high));
	KUNIT_EXPECT_EQ(test, file_count(ends[1]), 1l);	/* dup2 closed it */
	KUNIT_EXPECT_EQ(test, close_fd(low), 0);
	KUNIT_EXPECT_EQ(test, close_fd(high), 0);
	KUNIT_EXPECT_EQ(test, file_count(ends[0]), 1l);
}

static void copied_table_holds_files(struct kunit *test)
{
	int fd = f_dupfd(100, get_file(ends[0]), O_CLOEXEC), reserved = get_unused_fd_flags(0);
	struct files_struct *copy;
	int err = 0;

	copy = dup_fd(current->files, &err);
	KUNIT_ASSERT_NOT_NULL(test, copy);
	KUNIT_EXPECT_EQ(test, file_count(ends[0]), 3l);
	KUNIT_EXPECT_PTR_EQ(test, copy->fdt.fd[fd], ends[0]);
	KUNIT_EXPECT_TRUE(test, test_bit(fd, copy->fdt.close_on_exec));
	KUNIT_EXPECT_FALSE(test, test_bit(reserved, copy->fdt.open_fds));
	put_unused_fd(reserved);
	KUNIT_EXPECT_EQ(test, close_fd(fd), 0);
	KUNIT_EXPECT_EQ(test, file_count(ends[0]), 2l);
	put_files_struct(copy);
	KUNIT_EXPECT_EQ(test, file_count(ends[0]), 1l);
}

/* ------------------------------------------------------------------ iterators */

static void iterator_crosses_segments(struct kunit *test)
{
	char a[3], b[1], c[4];
	struct kvec vec[] = { { a, 3 }, { NULL, 0 }, { b, 1 }, { c, 4 } };
	struct iov_iter iter;
	char back[8];

	iov_iter_kvec(&iter, READ, vec, ARRAY_SIZE(vec), 8);
	KUNIT_EXPECT_EQ(test, copy_to_iter("abcde", 5, &iter), (size_t)5);
	KUNIT_EXPECT_EQ(test, iov_iter_count(&iter), (size_t)3);
	KUNIT_EXPECT_EQ(test, copy_to_iter("fghij", 5, &iter), (size_t)3);
	KUNIT_EXPECT_EQ(test, memcmp(a, "abc", 3), 0);
	KUNIT_EXPECT_EQ(test, b[0], 'd');
	KUNIT_EXPECT_EQ(test, memcmp(c, "efgh", 4), 0);
	iov_iter_kvec(&iter, WRITE, vec, ARRAY_SIZE(vec), 8);
	iov_iter_advance(&iter, 4);
	iov_iter_revert(&iter, 2);
	KUNIT_EXPECT_EQ(test, copy_from_iter(back, 8, &iter), (size_t)6);
	KUNIT_EXPECT_EQ(test, memcmp(back, "cdefgh", 6), 0);
}

/* ------------------------------------------------------------------ seq files */

#define RECORDS	500

static void *numbers_start(struct seq_file *m, loff_t *pos)
{
	return *pos < RECORDS ? pos : NULL;
}

static void *numbers_next(struct seq_file *m, void *v, loff_t *pos)
{
	return ++*pos < RECORDS ? pos : NULL;
}

static void numbers_stop(struct seq_file *m, void *v)
{
}

/* Records 0 and 7 are skipped, record 100 is longer than a page. */
static int numbers_show(struct seq_file *m, void *v)
{
	int n = *(loff_t *)v;

	seq_printf(m, "%03d\n", n);
	if (n == 0 || n == 7)
		return SEQ_SKIP;
	if (n == 100)
		seq_printf(m, "%*s\n", (int)PAGE_SIZE, "");
	return 0;
}

static const struct seq_operations numbers_ops = {
	.start = numbers_start, .next = numbers_next, .stop = numbers_stop, .show = numbers_show,
};

/* Prints all records into one buffer, as a reader with a large one sees them. */
static void seq_printing_reports_overflow(struct kunit *test)
{
	char buf[8];
	struct seq_file m = { .buf = buf, .size = sizeof(buf) };

	seq_puts(&m, "1234");
	KUNIT_EXPECT_FALSE(test, seq_has_overflowed(&m));
	seq_printf(&m, "%d", 567);
	KUNIT_EXPECT_FALSE(test, seq_has_overflowed(&m));
	seq_putc(&m, '8');
	KUNIT_EXPECT_TRUE(test, seq_has_overflowed(&m));
	m.count = 0;
	seq_printf(&m, "%s", "12345678");
	KUNIT_EXPECT_TRUE(test, seq_has_overflowed(&m));
}

static void seq_escapes(struct kunit *test)
{
	char buf[32] = "";
	struct seq_file m = { .buf = buf, .size = sizeof(buf) };

	seq_escape(&m, "a b\\", " \\");
	buf[m.count] = '\0';
	KUNIT_EXPECT_STREQ(test, buf, "a\\040b\\134");
}

static void seq_seeks_by_making_text(struct kunit *test)
{
	struct file *file = kunit_kzalloc(test, sizeof(*file), GFP_KERNEL);
	struct seq_file *m;

	KUNIT_ASSERT_NOT_NULL(test, file);
	KUNIT_ASSERT_EQ(test, seq_open(file, &numbers_ops), 0);
	m = file->private_data;
	/* records 1 to 6 and 8 to 99, 4 bytes each: 392 bytes, then 100 */
	KUNIT_EXPECT_EQ(test, seq_lseek(file, 392, SEEK_SET), (loff_t)392);
	KUNIT_EXPECT_EQ(test, m->read_pos, (loff_t)392);
	KUNIT_EXPECT_EQ(test, seq_lseek(file, 26, SEEK_SET), (loff_t)26);
	KUNIT_EXPECT_EQ(test, memcmp(m->buf + m->from - 2, "008\n", 4), 0);
	KUNIT_EXPECT_EQ(test, seq_lseek(file, 392 + PAGE_SIZE + 5, SEEK_SET),
			(loff_t)(392 + PAGE_SIZE + 5));	/* across the long record */
	KUNIT_EXPECT_GT(test, m->size, (size_t)PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, seq_lseek(file, -1, SEEK_SET), (loff_t)-EINVAL);
	seq_release(NULL, file);
}

static struct kunit_case files_cases[] = {
	KUNIT_CASE(pipe_keeps_order), KUNIT_CASE(small_writes_share_a_page),
	KUNIT_CASE(ring_fills_and_wraps), KUNIT_CASE(short_write_is_whole_or_not),
	KUNIT_CASE(end_of_file_without_writer), KUNIT_CASE(pipe_poll_follows_state),
	KUNIT_CASE(ring_is_resized), KUNIT_CASE(poll_table_takes_wakeups),
	KUNIT_CASE(poll_table_grows), KUNIT_CASE(poll_waits_for_no_waker), KUNIT_CASE(listeners_come_and_leave),
	KUNIT_CASE(lowest_free_descriptor),
	KUNIT_CASE(table_grows_and_keeps), KUNIT_CASE(copied_table_holds_files),
	KUNIT_CASE(iterator_crosses_segments), KUNIT_CASE(seq_printing_reports_overflow),
	KUNIT_CASE(seq_escapes), KUNIT_CASE(seq_seeks_by_making_text), {}
};

static struct kunit_suite files_suite = {
	.name = "vfs_files",
	.init = pipe_init,
	.exit = pipe_exit,
	.test_cases = files_cases,
};
kunit_test_suite(files_suite);
