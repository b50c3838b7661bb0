/*
 * Making, opening and closing pipes: pipe(), pipe2(), and FIFOs by their name.
 *
 * All openings of one FIFO share the inode's i_pipe, which lives as long as
 * somebody has it open (i_lock guards the step to 0 and from it).  Opening for
 * reading waits for a writer and the other way round.
 */
#include <linux/magic.h>
#include <linux/pipe_fs_i.h>
#include "internal.h"

static struct vfsmount *pipe_mnt;

static struct pipe_inode_info *alloc_pipe_info(void)
{
	struct pipe_inode_info *pipe = kzalloc(sizeof(*pipe), GFP_KERNEL);

	if (!pipe)
		return NULL;
	pipe->bufs = kcalloc(PIPE_DEF_BUFFERS, sizeof(*pipe->bufs), GFP_KERNEL);
	if (!pipe->bufs) {
		kfree(pipe);
		return NULL;
	}
	pipe->ring_size = PIPE_DEF_BUFFERS;
	mutex_init(&pipe->mutex);
	init_waitqueue_head(&pipe->rd_wait);
	init_waitqueue_head(&pipe->wr_wait);
	return pipe;
}

static void free_pipe_info(struct pipe_inode_info *pipe)
{
	unsigned int n;

	for (n = 0; n < pipe->ring_size; n++)
		if (pipe->bufs[n].page)
			__free_page(pipe->bufs[n].page);
	if (pipe->tmp_page)
		__free_page(pipe->tmp_page);
	kfree(pipe->bufs);
	kfree(pipe);
}

/* One opening less; the last frees the ring. */
static void put_pipe_info(struct inode *inode, struct pipe_inode_info *pipe)
{
	bool last;

	spin_lock(&inode->i_lock);
	last = !--pipe->files;
	if (last)
		inode->i_pipe = NULL;
	spin_unlock(&inode->i_lock);
	if (last)
		free_pipe_info(pipe);
}

static int pipe_release(struct inode *inode, struct file *file)
{
	struct pipe_inode_info *pipe = file->private_data;

	mutex_lock(&pipe->mutex);
	if (file->f_mode & FMODE_READ)
		pipe->readers--;
	if (file->f_mode & FMODE_WRITE)
		pipe->writers--;
	mutex_unlock(&pipe->mutex);
	/* who waits for the other side learns that it is gone */
	wake_up_interruptible_all(&pipe->rd_wait);
	wake_up_interruptible_all(&pipe->wr_wait);
	kill_fasync(&pipe->fasync_readers, SIGIO, POLL_IN);
	kill_fasync(&pipe->fasync_writers, SIGIO, POLL_OUT);
	put_pipe_info(inode, pipe);
	return 0;
}

static int pipe_fasync(int fd, struct file *file, int on)
{
	struct pipe_inode_info *pipe = file->private_data;
	int err = 0;

	mutex_lock(&pipe->mutex);
	if (file->f_mode & FMODE_READ)
		err = fasync_helper(fd, file, on, &pipe->fasync_readers);
	if (err >= 0 && file->f_mode & FMODE_WRITE) {
		err = fasync_helper(fd, file, on, &pipe->fasync_writers);
		if (err < 0 && file->f_mode & FMODE_READ)
			fasync_helper(-1, file, 0, &pipe->fasync_readers);
	}
	mutex_unlock(&pipe->mutex);
	return err;
}

/* ------------------------------------------------------------------ FIFOs */

/* The inode's ring with one opening more; a new one if there is none; NULL without memory. */
static struct pipe_inode_info *get_pipe_info(struct inode *inode)
{
	struct pipe_inode_info *fresh = NULL, *pipe;

	spin_lock(&inode->i_lock);
	if (!inode->i_pipe) {
		spin_unlock(&inode->i_lock);
		fresh = alloc_pipe_info();
		if (!fresh)
			return NULL;
		spin_lock(&inode->i_lock);
		if (!inode->i_pipe) {
			inode->i_pipe = fresh;
			fresh = NULL;
		}
	}
	pipe = inode->i_pipe;
	pipe->files++;
	spin_unlock(&inode->i_lock);
	if (fresh)
		free_pipe_info(fresh);
	return pipe;
}

/* Waits until the other side has been opened since; it may have been closed again already. */
static int wait_for_partner(struct pipe_inode_info *pipe, unsigned int *counter,
			    wait_queue_head_t *wq)
{
	unsigned int seen = *counter;
	int err;

	mutex_unlock(&pipe->mutex);
	err = wait_event_interruptible(*wq, READ_ONCE(*counter) != seen);
	mutex_lock(&pipe->mutex);
	return err;
}

static int open_reader(struct pipe_inode_info *pipe, struct file *file)
{
	pipe->r_counter++;
	if (pipe->readers++ == 0)
		wake_up_interruptible_all(&pipe->wr_wait);
	if (pipe->writers)
		return 0;
	if (file->f_flags & O_NONBLOCK) {
		file->f_version = pipe->w_counter;	/* no EPOLLHUP until one was there */
		return 0;
	}
	return wait_for_partner(pipe, &pipe->w_counter, &pipe->rd_wait);
}

static int open_writer(struct pipe_inode_info *pipe, struct file *file)
{
	if (file->f_flags & O_NONBLOCK && !pipe->readers)
		return -ENXIO;
	pipe->w_counter++;
	if (pipe->writers++ == 0)
		wake_up_interruptible_all(&pipe->rd_wait);
	if (pipe->readers)
		return 0;
	return wait_for_partner(pipe, &pipe->r_counter, &pipe->wr_wait);
}

static void init_end(struct file *file, struct inode *inode, struct pipe_inode_info *pipe)
{
	file->private_data = pipe;
	file->f_version = 0;
	stream_open(inode, file);
}

static int fifo_open(struct inode *inode, struct file *file)
{
	struct pipe_inode_info *pipe = get_pipe_info(inode);
	unsigned int readers, writers;
	int err = 0;

	if (!pipe)
		return -ENOMEM;
	init_end(file, inode, pipe);
	mutex_lock(&pipe->mutex);
	readers = pipe->readers;
	writers = pipe->writers;
	switch (file->f_mode & (FMODE_READ | FMODE_WRITE)) {
	case FMODE_READ:
		err = open_reader(pipe, file);
		if (err)
			pipe->readers--;
		break;
	case FMODE_WRITE:
		err = open_writer(pipe, file);
		if (err && err != -ENXIO)
			pipe->writers--;
		break;
	case FMODE_READ | FMODE_WRITE:	/* its own partner: never waits */
		pipe->readers++;
		pipe->writers++;
		pipe->r_counter++;
		pipe->w_counter++;
		if (!readers || !writers) {
			wake_up_interruptible_all(&pipe->rd_wait);
			wake_up_interruptible_all(&pipe->wr_wait);
		}
		break;
	}
	mutex_unlock(&pipe->mutex);
	if (err) {
		wake_up_interruptible_all(&pipe->rd_wait);
		wake_up_interruptible_all(&pipe->wr_wait);
		put_pipe_info(inode, pipe);
	}
	return err;
}

const struct file_operations pipefifo_fops = {
	.open = fifo_open,
	.llseek = no_llseek,
	.read_iter = pipe_read,
	.write_iter = pipe_write,
	.poll = pipe_poll,
	.unlocked_ioctl = pipe_ioctl,
	.release = pipe_release,
	.fasync = pipe_fasync,
};

/* ------------------------------------------------------------------ pipe() */

static struct inode *get_pipe_inode(void)
{
	struct inode *inode = new_inode(pipe_mnt->mnt_sb);
	struct pipe_inode_info *pipe;

	if (!inode)
		return NULL;
	pipe = alloc_pipe_info();
	if (!pipe) {
		iput(inode);
		return NULL;
	}
	inode->i_ino = get_next_ino();
	inode->i_pipe = pipe;
	pipe->files = 2;
	pipe->readers = pipe->writers = 1;
	pipe->r_counter = pipe->w_counter = 1;
	inode->i_fop = &pipefifo_fops;
	inode->i_mode = S_IFIFO | S_IRUSR | S_IWUSR;
	inode->i_uid = current_fsuid();
	inode->i_gid = current_fsgid();
	inode->i_atime = inode->i_mtime = inode->i_ctime = current_time(inode);
	return inode;
}

/* Both ends of a new pipe, reading first.  flags: O_NONBLOCK; O_DIRECT: packets. */
int create_pipe_files(struct file *files[2], int flags)
{
	struct inode *inode = get_pipe_inode();
	int err;

	if (!inode)
		return -ENFILE;
	files[1] = alloc_file_pseudo(inode, pipe_mnt, "", O_WRONLY | (flags & (O_NONBLOCK | O_DIRECT)),
				     &pipefifo_fops);
	err = PTR_ERR(files[1]);
	if (IS_ERR(files[1]))
		goto out_inode;
	files[0] = alloc_file_pseudo(inode, pipe_mnt, "", O_RDONLY | (flags & O_NONBLOCK),
				     &pipefifo_fops);
	err = PTR_ERR(files[0]);
	if (IS_ERR(files[0]))
		goto out_writer;
	ihold(inode);			/* one for each file's dentry */
	init_end(files[0], inode, inode->i_pipe);
	init_end(files[1], inode, inode->i_pipe);
	return 0;
out_writer:
	inode->i_pipe->files = 1;
	inode->i_pipe->readers = 0;
	init_end(files[1], inode, inode->i_pipe);
	fput(files[1]);
	return err;
out_inode:
	free_pipe_info(inode->i_pipe);
	inode->i_pipe = NULL;
	iput(inode);
	return err;
}

long sys_pipe2(int __user *fildes, int flags)
{
	struct file *files[2];
	int fd[2], err;

	if (flags & ~(O_CLOEXEC | O_NONBLOCK | O_DIRECT))
		return -EINVAL;
	err = create_pipe_files(files, flags);
	if (err)
		return err;
	err = fd[0] = get_unused_fd_flags(flags);
	if (err < 0)
		goto out_files;
	err = fd[1] = get_unused_fd_flags(flags);
	if (err < 0)
		goto out_first;
	err = -EFAULT;
	if (copy_to_user(fildes, fd, sizeof(fd)))
		goto out_second;
	fd_install(fd[0], files[0]);
	fd_install(fd[1], files[1]);
	return 0;
out_second:
	put_unused_fd(fd[1]);
out_first:
	put_unused_fd(fd[0]);
out_files:
	fput(files[0]);
	fput(files[1]);
	return err;
}

/* ------------------------------------------------------------------ their file system */

static char *pipefs_dname(struct dentry *dentry, char *buf, int len)
{
	return dynamic_dname(dentry, buf, len, "pipe:[%lu]", d_inode(dentry)->i_ino);
}

static const struct dentry_operations pipefs_dentry_operations = {
	.d_dname = pipefs_dname,
};

static struct pseudo_fs pipefs = {
	.type.name = "pipefs",
	.magic = PIPEFS_MAGIC,
	.d_op = &pipefs_dentry_operations,
};

static int __init pipefs_init(void)
{
	pipe_mnt = kern_mount_pseudo(&pipefs);
	return PTR_ERR_OR_ZERO(pipe_mnt);
}
fs_initcall(pipefs_init);
