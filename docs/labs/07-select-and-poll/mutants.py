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
    Mutant('read wakes readers', CHAR, '	if (ret)\n		wake_up_interruptible(&write_queue);\n', '	if (ret)\n		wake_up_interruptible(&read_queue);\n', 'read_wakes'),
    Mutant('write wakes writers', CHAR, '	if (ret)\n		wake_up_interruptible(&read_queue);\n', '	if (ret)\n		wake_up_interruptible(&write_queue);\n', 'write_wakes'),
    Mutant('who writes sleeps on', CHAR, '		wake_up_interruptible(&read_queue);\n		wake_up_interruptible(&write_queue);\n', '		wake_up_interruptible(&read_queue);\n', 'unplug_wakes'),
    Mutant('looks, then queues', CHAR, ['	poll_wait(file, &urgent_queue, wait);\n', '		mask |= EPOLLERR;\n'], ['', '		mask |= EPOLLERR;\n	poll_wait(file, &urgent_queue, wait);\n'],
           'looks_after_queueing'),
    Mutant('nobody queues for what is urgent', CHAR, '	poll_wait(file, &urgent_queue, wait);\n', '', 'urgent_wakes'),
    Mutant('who reads sleeps on', CHAR, '		wake_up_interruptible(&read_queue);\n		wake', '		wake', 'unplug_wakes'),
    Mutant('an error waits for ever', CHAR, '		mask |= EPOLLERR;\n', '		mask |= 0;\n', 'tells_error'),
    Mutant('bits that nobody asked for', SELECT, 'if (mask & POLLOUT_SET && fds->out[word] & bit)', 'if (mask & POLLOUT_SET)', 'answers_bits'),
    Mutant('looks, then sets its state', SELECT, '	set_current_state(TASK_INTERRUPTIBLE);\n	if (!READ_ONCE(pwq->triggered))\n		rc =',
           '	bool called = READ_ONCE(pwq->triggered);\n\n	set_current_state(TASK_INTERRUPTIBLE);\n	if (!called)\n		rc =', 'woken_when_looked'),
    Mutant('does not look whether somebody called', SELECT, '	if (!READ_ONCE(pwq->triggered))\n		rc = schedule', '		rc = schedule', 'woken_when_asked woken_when_looked'),
    Mutant('set back before it sleeps', SELECT, '	set_current_state(TASK_INTERRUPTIBLE);\n	if (!READ', '	WRITE_ONCE(pwq->triggered, 0);\n	set_current_state(TASK_INTERRUPTIBLE);\n	if (!READ', 'woken_when_asked'),
    Mutant('never set back', SELECT, '	smp_store_mb(pwq->triggered, 0);	/* before the next pass looks */\n', '', 'woken_for_nothing'),
    Mutant('queued in each pass', SELECT, '		table.pt._qproc = NULL;\n		if (found', '		if (found', 'queued_once'),
    Mutant('queued although one was found', SELECT, 'wait->_qproc = NULL;	/* there is a result: no need to queue any more */\n', 'cond_resched();\n', 'queued_once'),
    Mutant('sleeps so that nobody can wake it', SELECT, '	set_current_state(TASK_INTERRUPTIBLE);\n	if (!READ', '	set_current_state(TASK_UNINTERRUPTIBLE);\n	if (!READ',
           'sleeps wakes_at_once time_left signal_ends'),
    Mutant('never started anew', CALLS, '		return no_restart(ret);	/* read-only memory: then he does not learn it */\n	return ret;\n', '		return no_restart(ret);\n	return no_restart(ret);\n', 'stopped_in_between'),
    Mutant('started anew with all its time', CALLS, '		return no_restart(ret);	/* read-only memory: then he does not learn it */\n', '		return ret;\n', 'stopped_in_between'),
]
