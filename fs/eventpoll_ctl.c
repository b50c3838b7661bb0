/*
 * epoll_create() and epoll_ctl(): epolls and what they watch.
 *
 * An item goes with its epoll, by EPOLL_CTL_DEL, or with the last reference to
 * its file (__fput() asks eventpoll_release()); closing one of several
 * descriptors of a file leaves it, as on Linux.
 *
 * Locks: see eventpoll.c.  Context: process.
 */
#include <linux/anon_inodes.h>
#include "eventpoll.h"

#define EP_MAX_NESTS	4
/* Ways that a wake-up may take from one file through so many epolls to those on top. Linux's. */
static const int max_ways[EP_MAX_NESTS + 1] = { INT_MAX, 500, 100, 50, 10 };

#define EP_EXCLUSIVE_OK	(EPOLLIN | EPOLLOUT | EPOLLERR | EPOLLHUP | EPOLLWAKEUP | EPOLLET | EPOLLEXCLUSIVE)

static DEFINE_MUTEX(ep_mutex);
static unsigned long walk_number;	/* ep_mutex */

/* ------------------------------------------------------------------ towers */

/*
 * Levels of epolls above ep or (down) below it; -ELOOP when stop is among them or
 * the tower is too high.  Each is entered once a walk: what it found is kept.
 */
static int count_levels(struct eventpoll *ep, struct eventpoll *stop, bool down, int depth)
{
	struct epitem *item;
	struct rb_node *node;
	int levels = 0, n;

	if (ep == stop || depth > EP_MAX_NESTS)
		return -ELOOP;
	if (ep->walk == walk_number)
		return ep->levels;
	if (down) {
		for (node = rb_first(&ep->items); node && levels >= 0; node = rb_next(node)) {
			item = rb_entry(node, struct epitem, node);
			if (!is_epoll(item->file))
				continue;
			n = count_levels(item->file->private_data, stop, down, depth + 1);
			levels = n < 0 ? n : max(levels, n + 1);
		}
	} else {
		list_for_each_entry(item, &ep->file->f_ep_links, file_link) {
			n = count_levels(item->ep, stop, down, depth + 1);
			levels = n < 0 ? n : max(levels, n + 1);
			if (n < 0)
				break;
		}
	}
	ep->walk = walk_number;
	ep->levels = levels;
	return levels;
}

/* May ep watch inner?  ep_mutex holds all items of all epolls still. */
static int check_tower(struct eventpoll *ep, struct eventpoll *inner)
{
	int above, below;

	walk_number++;
	below = count_levels(inner, ep, true, 0);
	if (below < 0)
		return below;
	walk_number++;
	above = count_levels(ep, NULL, false, 0);
	if (above < 0)
		return above;
	return above + below + 1 > EP_MAX_NESTS ? -ELOOP : 0;
}

/* Of the ways up from file, those that pass through length epolls and more; -EINVAL: too many. */
static int count_ways(struct file *file, int length, int *ways)
{
	struct epitem *item;
	int err = 0;

	list_for_each_entry(item, &file->f_ep_links, file_link) {
		if (!list_empty(&item->ep->file->f_ep_links))
			err = count_ways(item->ep->file, length + 1, ways);
		else if (++ways[length] > max_ways[length])
			err = -EINVAL;
		if (err)
			break;
	}
	return err;
}

/*
 * May file, or what it watches, wake all that would hear of it now?  Each wake-up goes all
 * ways, with interrupts off: four floors of epolls that watch all of the floor below are a hang.
 */
static int check_ways(struct file *file)
{
	int ways[EP_MAX_NESTS + 1] = { 0 }, err = 0;
	struct eventpoll *ep = file->private_data;
	struct rb_node *node;

	if (!is_epoll(file))
		return count_ways(file, 0, ways);
	if (ep->walk == walk_number)
		return 0;
	ep->walk = walk_number;
	for (node = rb_first(&ep->items); node && !err; node = rb_next(node))
		err = check_ways(rb_entry(node, struct epitem, node)->file);
	return err;
}

/* ------------------------------------------------------------------ items */

static int compare(const struct epitem *item, const struct file *file, int fd)
{
	if (item->file != file)
		return item->file < file ? -1 : 1;
	return item->fd - fd;
}

static struct epitem *find_item(struct eventpoll *ep, const struct file *file, int fd)
{
	struct rb_node *node = ep->items.rb_node;

	while (node) {
		struct epitem *item = rb_entry(node, struct epitem, node);
		int order = compare(item, file, fd);

		if (!order)
			return item;
		node = order > 0 ? node->rb_left : node->rb_right;
	}
	return NULL;
}

static void link_item(struct eventpoll *ep, struct epitem *item)
{
	struct rb_node **link = &ep->items.rb_node, *parent = NULL;

	while (*link) {
		parent = *link;
		link = compare(rb_entry(parent, struct epitem, node), item->file, item->fd) > 0
			? &parent->rb_left : &parent->rb_right;
	}
	rb_link_node(&item->node, parent, link);
	rb_insert_color(&item->node, &ep->items);
	list_add_tail(&item->file_link, &item->file->f_ep_links);
}

/* What an item's first question hands to the poll method. */
struct ep_table {
	poll_table pt;
	struct epitem *item;
	int error;
};

/* poll_wait() ends here: the item stands on this queue until it is removed. */
static void queue_item(struct file *file, wait_queue_head_t *head, poll_table *table)
{
	struct ep_table *asked = container_of(table, struct ep_table, pt);
	struct epitem *item = asked->item;
	struct ep_queue *queue = &item->queue;

	if (queue->head) {
		queue = kzalloc(sizeof(*queue), GFP_KERNEL);
		if (!queue) {
			asked->error = -ENOMEM;
			return;
		}
		queue->next = item->queue.next;
		item->queue.next = queue;
	}
	queue->head = head;
	queue->item = item;
	init_waitqueue_func_entry(&queue->wait, ep_callback);
	if (item->event.events & EPOLLEXCLUSIVE)
		add_wait_queue_exclusive(head, &queue->wait);
	else
		add_wait_queue(head, &queue->wait);
}

/* Forgets an item: off all queues first, so that no wake-up finds it.  mtx and ep_mutex held. */
static void remove_item(struct eventpoll *ep, struct epitem *item)
{
	struct ep_queue *queue, *next;

	lockdep_assert_held(&ep_mutex);
	for (queue = &item->queue; queue; queue = next) {
		next = queue->next;
		if (queue->head)
			remove_wait_queue(queue->head, &queue->wait);
		if (queue != &item->queue)
			kfree(queue);
	}
	spin_lock_irq(&ep->lock);
	list_del_init(&item->ready);
	spin_unlock_irq(&ep->lock);
	rb_erase(&item->node, &ep->items);
	list_del(&item->file_link);
	kfree(item);
}

static int add_item(struct eventpoll *ep, struct file *file, int fd,
		    const struct epoll_event *event)
{
	struct ep_table asked = { .item = kzalloc(sizeof(struct epitem), GFP_KERNEL) };
	struct epitem *item = asked.item;
	__poll_t found;

	if (!item)
		return -ENOMEM;
	INIT_LIST_HEAD(&item->ready);
	item->ep = ep;
	item->file = file;
	item->fd = fd;
	item->event = *event;
	link_item(ep, item);
	walk_number++;
	if (is_epoll(file) || !list_empty(&ep->file->f_ep_links))
		asked.error = check_ways(file);
	if (asked.error)
		goto out_remove;
	init_poll_funcptr(&asked.pt, queue_item);
	found = ep_item_poll(item, &asked.pt, 1);
	if (asked.error)
		goto out_remove;
	ep_note_found(ep, item, found);
	return 0;

out_remove:
	remove_item(ep, item);
	return asked.error;
}

/* A wake-up from here on is judged by the new events; one before is seen by the poll method. */
static int modify_item(struct eventpoll *ep, struct epitem *item, const struct epoll_event *event)
{
	poll_table no_wait = { ._qproc = NULL };

	if (item->event.events & EPOLLEXCLUSIVE)
		return -EINVAL;
	spin_lock_irq(&ep->lock);
	item->event = *event;
	spin_unlock_irq(&ep->lock);
	ep_note_found(ep, item, ep_item_poll(item, &no_wait, 1));
	return 0;
}

/* ------------------------------------------------------------------ calls */

/* One change of one epoll; ep_mutex and mtx are held. */
static int change(struct eventpoll *ep, int op, struct file *file, int fd,
		  const struct epoll_event *event)
{
	struct epitem *item = find_item(ep, file, fd);

	switch (op) {
	case EPOLL_CTL_ADD:
		return item ? -EEXIST : add_item(ep, file, fd, event);
	case EPOLL_CTL_DEL:
		if (item)
			remove_item(ep, item);
		return item ? 0 : -ENOENT;
	case EPOLL_CTL_MOD:
		return item ? modify_item(ep, item, event) : -ENOENT;
	default:
		return -EINVAL;
	}
}

static int epoll_ctl(struct file *epfile, int op, struct file *file, int fd,
		     struct epoll_event *event)
{
	struct eventpoll *ep = epfile->private_data;
	int err = 0;

	if (!file_can_poll(file))
		return -EPERM;		/* always ready: a regular file */
	if (epfile == file || !is_epoll(epfile))
		return -EINVAL;
	if (op != EPOLL_CTL_DEL && event->events & EPOLLEXCLUSIVE &&
	    (op == EPOLL_CTL_MOD || is_epoll(file) || event->events & ~EP_EXCLUSIVE_OK))
		return -EINVAL;
	event->events |= EPOLLERR | EPOLLHUP;
	mutex_lock(&ep_mutex);
	if (op == EPOLL_CTL_ADD && is_epoll(file))
		err = check_tower(ep, file->private_data);
	if (!err) {
		mutex_lock(&ep->mtx);
		err = change(ep, op, file, fd, event);
		mutex_unlock(&ep->mtx);
	}
	mutex_unlock(&ep_mutex);
	return err;
}

long sys_epoll_ctl(int epfd, int op, int fd, struct epoll_event __user *uevent)
{
	struct epoll_event event = { 0 };
	struct fd epfile, f;
	int err = -EBADF;

	if (op != EPOLL_CTL_DEL && copy_from_user(&event, uevent, sizeof(event)))
		return -EFAULT;
	epfile = fdget(epfd);
	if (!epfile.file)
		return -EBADF;
	f = fdget(fd);
	if (f.file)
		err = epoll_ctl(epfile.file, op, f.file, fd, &event);
	fdput(f);
	fdput(epfile);
	return err;
}

/* The last reference to a watched file is gone: nobody watches it any more. */
void eventpoll_release(struct file *file)
{
	struct epitem *item, *next;

	mutex_lock(&ep_mutex);
	list_for_each_entry_safe(item, next, &file->f_ep_links, file_link) {
		struct eventpoll *ep = item->ep;

		mutex_lock(&ep->mtx);
		remove_item(ep, item);
		mutex_unlock(&ep->mtx);
	}
	mutex_unlock(&ep_mutex);
}

static int ep_release(struct inode *inode, struct file *file)
{
	struct eventpoll *ep = file->private_data;
	struct rb_node *node;

	mutex_lock(&ep_mutex);
	mutex_lock(&ep->mtx);
	while ((node = rb_first(&ep->items)))
		remove_item(ep, rb_entry(node, struct epitem, node));
	mutex_unlock(&ep->mtx);
	mutex_unlock(&ep_mutex);
	kfree(ep);
	return 0;
}

const struct file_operations eventpoll_fops = {
	.release = ep_release,
	.poll = ep_poll,
	.llseek = noop_llseek,
};

long sys_epoll_create1(int flags)
{
	struct eventpoll *ep;
	struct file *file;
	int fd;

	if (flags & ~EPOLL_CLOEXEC)
		return -EINVAL;
	fd = get_unused_fd_flags(flags);
	if (fd < 0)
		return fd;
	ep = kzalloc(sizeof(*ep), GFP_KERNEL);
	file = ERR_PTR(-ENOMEM);
	if (ep)
		file = anon_inode_getfile("[eventpoll]", &eventpoll_fops, ep, O_RDWR | flags);
	if (IS_ERR(file)) {
		kfree(ep);
		put_unused_fd(fd);
		return PTR_ERR(file);
	}
	mutex_init(&ep->mtx);
	spin_lock_init(&ep->lock);
	INIT_LIST_HEAD(&ep->ready);
	init_waitqueue_head(&ep->wq);
	init_waitqueue_head(&ep->poll_wait);
	ep->file = file;
	fd_install(fd, file);
	return fd;
}

/* Its size was a hint once. */
long sys_epoll_create(int size)
{
	return size > 0 ? sys_epoll_create1(0) : -EINVAL;
}
