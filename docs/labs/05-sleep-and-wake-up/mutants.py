"""Mistakes that students make in lab 05, and the tests that tell each."""
CHUTE = 'drivers/samples/chute.c'
LOOP = '''	for (;;) {
		line_enter(line, &me);
		if (ready())
			break;
		err = signal_pending(current) ? -ERESTARTSYS : 0;
		if (err)
			break;
		mind_the_gap();
		schedule();
	}
	line_leave(line, &me);
	return err;
'''
# What comes behind step 1: it runs on what the mutant left.
LATER = '''read_waits no_wake_up_is_lost who_gets_nothing_waits_on nonblocking_read a_signal_ends_the_wait a_killed_reader_leaves_nothing
a_bad_pointer_loses_nothing waiting_costs_nothing write_wakes_readers bytes_in_order write_waits_for_room bytes_before_the_wake_up
nonblocking_write a_signal_after_some_bytes a_bad_pointer_writes_nothing all_are_woken a_wake_up_is_lost'''

MUTANTS = [
    Mutant('the state is not set', CHUTE, '	set_current_state(TASK_INTERRUPTIBLE);\n', '', 'sleeps_and_is_woken'),
    Mutant('a sleep that no signal ends', CHUTE, 'set_current_state(TASK_INTERRUPTIBLE)', 'set_current_state(TASK_UNINTERRUPTIBLE)', 'sleeps_and_is_woken'),
    Mutant('never into the line', CHUTE, '		list_add_tail(&me->link, &line->sleepers);\n', '		;\n', 'sleeps_and_is_woken'),
    Mutant('into the line each time round', CHUTE, '	if (list_empty(&me->link))\n		list_add_tail', '	list_add_tail',
           'no_reports'),
    Mutant('leaves the line standing in it', CHUTE, '	list_del_init(&me->link);\n', '', 'the_line_forgets_who_left no_reports', may=LATER),
    Mutant('wakes the first alone', CHUTE, '		wake_up_process(sleeper->task);\n', '		if (wake_up_process(sleeper->task))\n			break;\n', 'all_are_woken'),
    Mutant('wakes nobody', CHUTE, '		wake_up_process(sleeper->task);\n', '		;\n', 'sleeps_and_is_woken'),
    Mutant('the line without its lock', CHUTE, ['	spin_lock_bh(&line->lock);\n	if (list', '	set_current_state(TASK_INTERRUPTIBLE);\n	spin_unlock_bh(&line->lock);\n'],
           ['	if (list', '	set_current_state(TASK_INTERRUPTIBLE);\n'], '', equal='one CPU, and the timer comes only where softirqs may: no run tells it; lab 06 has the same mistake where one does'),
    Mutant('the lossy wait loses nothing', CHUTE, '	if (!something()) {\n		mind_the_gap();\n		line_enter(&readers, &me);\n		schedule();\n',
           '	if (!something()) {\n		line_enter(&readers, &me);\n		mind_the_gap();\n		schedule();\n', 'a_wake_up_is_lost'),
    Mutant('the lossy wait does not look first', CHUTE, '	if (!something()) {\n', '	if (true) {\n', 'does_not_sleep_for_what_is_there'),
    Mutant('the lossy wait turns round', CHUTE, '		line_enter(&readers, &me);\n		schedule();\n		line_leave(&readers, &me);\n', '		while (!something() && !signal_pending(current))\n			schedule();\n',
           'sleeps_and_is_woken'),
    Mutant('the lossy wait in the real one', CHUTE, LOOP, '''	mind_the_gap();
	line_enter(line, &me);
	schedule();
	line_leave(line, &me);
	return signal_pending(current) ? -ERESTARTSYS : err;
''', 'no_wake_up_is_lost'),
    Mutant('the look before the line, in a loop', CHUTE, '		line_enter(line, &me);\n		if (ready())\n			break;\n',
           '		if (ready())\n			break;\n		mind_the_gap();\n		line_enter(line, &me);\n', 'no_wake_up_is_lost'),
    Mutant('no signal is asked for', CHUTE, '		err = signal_pending(current) ? -ERESTARTSYS : 0;\n', '', 'a_signal_ends_the_wait a_killed_reader_leaves_nothing a_signal_after_some_bytes',
           may='waiting_costs_nothing who_gets_nothing_waits_on a_bad_pointer_writes_nothing'),
    Mutant('out of the loop without leaving the line', CHUTE, '		if (err)\n			break;\n		mind', '		if (err)\n			return err;\n		mind',
           'a_killed_reader_leaves_nothing no_reports'),
    Mutant('EINTR instead of a restart', CHUTE, '		err = signal_pending(current) ? -ERESTARTSYS : 0;\n', '		err = signal_pending(current) ? -EAGAIN : 0;\n', 'a_signal_ends_the_wait a_signal_after_some_bytes'),
    Mutant('O_NONBLOCK is missing', CHUTE, '	if (nonblock)\n		return -EAGAIN;\n', '', 'nonblocking_read nonblocking_write'),
    Mutant('O_NONBLOCK although it is there', CHUTE, '	if (ready())\n		return 0;\n	if (nonblock)\n		return -EAGAIN;\n', '	if (nonblock)\n		return -EAGAIN;\n',
           'nonblocking_read a_bad_pointer_loses_nothing nonblocking_write'),
    Mutant('polls instead of sleeping', CHUTE, '		mind_the_gap();\n		schedule();\n	}\n	line_leave', '		mind_the_gap();\n		__set_current_state(TASK_RUNNING);\n		yield();\n	}\n	line_leave',
           'read_waits'),
    Mutant('who gets nothing returns 0', CHUTE, '	} while (!n && count);		/* another reader was faster */\n', '	} while (0);\n', '',
           equal='on one CPU nobody comes between the look that ended chute_wait() and peek()'),
    Mutant('read forgets although the copy failed', CHUTE, '			err = -EFAULT;\n		else\n			forget(n);\n', '			err = -EFAULT;\n		forget(n);\n', 'a_bad_pointer_loses_nothing'),
    Mutant('a spinlock around the copy', CHUTE, '		if (n && copy_to_user(buf, piece, n))\n', '		spin_lock_bh(&chute_lock);\n		int left = n ? copy_to_user(buf, piece, n) : 0;\n		spin_unlock_bh(&chute_lock);\n		if (left)\n', 'no_reports', may=LATER),
    Mutant('read wakes no writers', CHUTE, '	line_wake(&writers);\n	return err ?: n;\n', '	return err ?: n;\n', 'bytes_in_order write_waits_for_room'),
    Mutant('the timer wakes, then puts', CHUTE, '	if (put(&later, 1))\n		line_wake(&readers);\n', '	line_wake(&readers);\n	put(&later, 1);\n', '',
           equal='the timer cannot be interrupted by who it wakes on one CPU; bytes_before_the_wake_up tells the same in write()'),
    Mutant('the timer wakes nobody', CHUTE, '	if (put(&later, 1))\n		line_wake(&readers);\n', '	put(&later, 1);\n', 'sleeps_and_is_woken'),
    Mutant('write wakes before the bytes are there', CHUTE, ['	while (done < count) {\n', '		done += put(piece, n);\n		line_wake(&readers);\n'],
           ['	while (done < count) {\n		line_wake(&readers);\n', '		done += put(piece, n);\n'], 'bytes_before_the_wake_up'),
    Mutant('write wakes nobody', CHUTE, '		done += put(piece, n);\n		line_wake(&readers);\n', '		done += put(piece, n);\n', 'write_wakes_readers'),
    Mutant('write counts what did not fit', CHUTE, '		done += put(piece, n);\n', '		put(piece, n);\n		done += n;\n', 'bytes_in_order nonblocking_write write_waits_for_room'),
    Mutant('a signal hides what was written', CHUTE, '	return done ?: err;\n', '	return err ?: done;\n', 'nonblocking_write a_signal_after_some_bytes'),
    Mutant('write waits in the wrong line', CHUTE, 'chute_wait(&writers, room,', 'chute_wait(&readers, room,', 'bytes_in_order write_waits_for_room'),
]
