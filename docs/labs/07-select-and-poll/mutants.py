"""Mistakes that students make in lab 07, and the tests that tell each."""
CHAR = 'drivers/samples/packt_char.c'
SELECT = 'fs/select.c'
CALLS = 'fs/select_calls.c'
EPOLL = 'fs/eventpoll.c'

MUTANTS = [
    Mutant('readers do not queue', CHAR, '	poll_wait(file, &read_queue, wait);\n', '', 'write_wakes'),
    Mutant('edge put back', EPOLL, '} else if (!(item->event.events & EPOLLET)) {', '} else {', 'edge_once queued_though_ready'),
    Mutant('one shot is not disarmed', EPOLL, '		item->event.events &= EP_PRIVATE_BITS;\n', '', 'one_shot'),
    Mutant('level is not put back', EPOLL, '		put_back(ep, item, false);\n', '		;\n', 'level_again'),
    Mutant('level goes to the front', EPOLL, '		put_back(ep, item, false);\n', '		put_back(ep, item, true);\n', 'takes_turns'),
    Mutant('the time left is not told', CALLS, '	tv.tv_sec = left.tv_sec;\n	tv.tv_usec = left.tv_nsec / NSEC_PER_USEC;\n', '	(void)left;\n', 'time_left'),
    Mutant('signals are ignored', SELECT, '		if (!found && signal_pending(current))\n			found = -EINTR;\n', '		if (!found && fatal_signal_pending(current))\n			found = -EINTR;\n', 'signal_ends'),
    Mutant('it never sleeps', SELECT, '	if (!READ_ONCE(pwq->triggered))\n		rc = schedule', '	cond_resched();\n	if (expires && ktime_get() >= *expires)\n		rc = schedule', 'sleeps'),
    Mutant('n below 0', SELECT, '	if (n < 0)\n		return -EINVAL;\n', '', 'negative'),
    Mutant('who is not open is passed over', SELECT, '			max = -EBADF;\n			break;\n', '			continue;\n', 'not_open'),
    Mutant('bits behind n count', SELECT, '			set &= ~(~0ul << (n & (BITS_PER_LONG - 1)));\n', '			set |= 0;\n', 'only_below_n'),
    Mutant('a descriptor counts once', SELECT, '		fds->res_out[word] |= bit;\n		found++;\n', '		fds->res_out[word] |= bit;\n', 'answers_bits'),
    Mutant('room from the wrong direction', CHAR, '		mask |= EPOLLIN | EPOLLRDNORM;\n', '		mask |= EPOLLOUT | EPOLLWRNORM;\n', 'tells_bytes tells_unplugged'),
    Mutant('an unplugged device has room', CHAR, ' && !READ_ONCE(unplugged))\n		mask |= EPOLLOUT', ')\n		mask |= EPOLLOUT', 'tells_unplugged'),
    Mutant('queued only when nothing is ready', CHAR, '	poll_wait(file, &read_queue, wait);\n', '	if (READ_ONCE(len) == sizeof(data))\n		poll_wait(file, &read_queue, wait);\n', 'write_wakes'),
    Mutant('read wakes nobody', CHAR, '	if (ret)\n		wake_up_interruptible(&write_queue);\n', '', 'read_wakes'),
    Mutant('read wakes readers', CHAR, '	if (ret)\n		wake_up_interruptible(&write_queue);\n', '	if (ret)\n		wake_up_interruptible(&read_queue);\n', '',
           equal='a poll method waits on all queues of its device, and this write() never sleeps'),
]
