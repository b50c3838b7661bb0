"""Lab 07's tests: most are its peer's. Here the debugger stops the machine where two things can meet, and lets them meet."""
import contextlib
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'machinery'))
from evidence import Failed     # noqa: E402
from watched import with_debugger       # noqa: E402

TASK_NORMAL, EPOLLIN, HZ = 3, 1, 100
MOST_QUEUES = 8


def setup(grader):
    return {}


def caller(debugger):
    """Where a function returns to at whose first instruction the guest stands."""
    return debugger.word(debugger.registers()['esp'])


def pointer(debugger, at, structure, name):
    return debugger.word(at + debugger.member(structure, name))


# ---------------------------------------------------------------- step 1: a poll method, called by epoll

def queueing(debugger, happens=0, happen=None):
    """An epoll_ctl() and an epoll_wait(), while which happen(file) is called at the so many-th queueing: how many
    there were, and what epoll_wait() said."""
    count = 0
    while debugger.go_to_one('queue_item', 'do_epoll_wait', what='epoll asks the device') == 'queue_item' and count <= MOST_QUEUES:
        count += 1
        if count == happens:
            happen(debugger.registers()['eax'])
    debugger.go_to(caller(debugger), 'an end of epoll_wait()')
    return count, debugger.registers()['eax']


def looks_after_queueing(grader):
    """Each time it stands on one more queue, at that moment, another processor makes the device urgent."""
    def work(debugger):
        debugger.go_to('queue_item', 'poll_wait() puts epoll on a queue')
        file = debugger.registers()['eax']
        change = pointer(debugger, pointer(debugger, file, 'file', 'f_op'), 'file_operations', 'unlocked_ioctl')
        debugger.go_to('do_epoll_wait')
        debugger.go_to(change, 'the device is put back to rest')
        urgent = debugger.registers()['edx']
        queues, told = queueing(debugger)
        grader.expect(0, told, 'what epoll_wait() says of a device at rest')
        for number in range(1, min(queues, MOST_QUEUES) + 1):
            told = queueing(debugger, number, lambda file: debugger.call(change, file, urgent, 1))[1]
            grader.expect(1, told, 'what epoll_wait() says of a device that gets urgent when poll_wait() is called for the %s time' %
                          ('first second third'.split() + ['last'])[min(number, 4) - 1])
    with_debugger(grader, work, command=['sh', '-c', 'cd /root; insmod ./packt_char.ko && exec ./stopped device'])


# ---------------------------------------------------------------- step 2: select, called by nobody else

def wake(debugger, file):
    context = pointer(debugger, file, 'file', 'private_data')
    debugger.call('__wake_up', context + debugger.member('eventfd_ctx', 'wqh'), TASK_NORMAL, 1, EPOLLIN)


def happen(debugger, file):
    """What a write() on another processor does to a counter, in this order."""
    debugger.write(pointer(debugger, file, 'file', 'private_data') + debugger.member('eventfd_ctx', 'count'), b'\1')
    wake(debugger, file)


def asked(debugger):
    """Lets select ask, until it was answered: the file, the table, how often it was queued."""
    debugger.go_to('eventfd_poll', 'select() asks the descriptor')
    at, back = debugger.registers(), caller(debugger)
    queued = 0
    while debugger.go_to_one('pollqueue', back) == 'pollqueue':
        queued += 1
    return at['eax'], at['edx'], queued


def late(debugger, since):
    """Until select() asks again, in seconds; and how often it is queued then."""
    queued = asked(debugger)[2]
    return (debugger.word(debugger.address('jiffies')) - since) / HZ, queued


def story(debugger, found):
    """The calls of stopped.c: how often they were queued, and how long they slept after their counter had changed."""
    found['found'] = sum(asked(debugger)[2] for _ in range(3))
    file, _, first = asked(debugger)
    since = debugger.word(debugger.address('jiffies'))
    happen(debugger, file)          # it was asked, it said no, and select() has not gone to sleep yet
    found['asked'], again = late(debugger, since)
    found['passes'] = first + again
    file, table, _ = asked(debugger)
    since = debugger.word(debugger.address('jiffies'))
    if debugger.go_to_read(table + debugger.member('poll_wqueues', 'triggered'), 'eventfd_poll'):
        happen(debugger, file)      # select() has seen that nobody called, and is about to sleep
        found['looked'] = late(debugger, since)[0]
        file = asked(debugger)[0]
        debugger.go_to('schedule_hrtimeout_range')
        wake(debugger, file)
        asked(debugger)             # it was woken for nothing, and has seen that
        found['then'] = debugger.go_to_one('eventfd_poll', 'schedule_hrtimeout_range')


def selected(grader, what):
    """The story is kept: several tests look at it, each at what was found before the machine ended."""
    if not hasattr(grader, 'lab07_selected'):
        grader.lab07_selected = {}
        with contextlib.suppress(Failed):
            with_debugger(grader, lambda debugger: story(debugger, grader.lab07_selected), command=['/root/stopped', 'select'])
    return grader.lab07_selected.get(what)


def sleeps_not(grader, what, when):
    seconds = selected(grader, what)
    if seconds is None:
        grader.fail('select() asks, looks at `triggered`, and asks again', 'it does not')
    if seconds > 1:
        grader.fail('select() asks again at once when a descriptor is ready %s' % when, 'it slept for %.1f s' % seconds)


def woken_when_asked(grader):
    sleeps_not(grader, 'asked', 'as soon as it has said no')


def woken_when_looked(grader):
    sleeps_not(grader, 'looked', 'as soon as `triggered` was looked at')


def woken_for_nothing(grader):
    """Somebody called, but it is as before: back to sleep."""
    grader.expect('schedule_hrtimeout_range()', (selected(grader, 'then') or 'nothing') + '()', 'what is called next')


def queued_once(grader):
    grader.expect(1, selected(grader, 'passes'), 'calls of poll_wait() that queue, of one descriptor in two passes')
    grader.expect(2, selected(grader, 'found'), 'of three descriptors, when the one in the middle is ready')
