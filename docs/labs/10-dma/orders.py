"""What lab 10's tests have in common: orders for the second disk, and what QEMU's trace says was done to its controller."""
import collections
import re
import struct

from evidence import Failed
from watched import watch

SECTOR = 512
NEVER = 1 << 30
SECTORS = 8192                  # of the second disk
EVENTS = ['bmdma_*', 'ide_exec_cmd', 'ide_ctrl_write', 'ide_ioport_read', 'ide_ioport_write', 'ide_status_read']
READS, WRITES = (0xc8, 0x25), (0xca, 0x35)
BY_CPU = (0x20, 0x24, 0xc4, 0x29)
START, TO_MEMORY, ERROR, INTERRUPT, RESET = 1, 8, 2, 4, 4
FREE_RUNNING = {'seed': None, 'icount': True}           # the disk answers when it answers, not before the start returns


def number_in(grader, name):
    with open(grader.tree + '/drivers/block/ide/ide.h', encoding='utf-8') as file:
        return int(re.search(r'#define %s\s+(\d+)' % name, file.read())[1])


def image(grader):
    return grader.rng.randbytes(SECTORS * SECTOR)


def sum_of(data):
    """What probe.c says of these bytes."""
    total = 2166136261
    for word in struct.unpack('<%dI' % (len(data) // 4), data):
        total = (total ^ word) * 16777619 & 0xffffffff
    return '%08x' % total


def made(sectors, seed):
    """What probe.c writes."""
    return struct.pack('<%dI' % (sectors * 128), *((seed + i) * 2654435761 & 0xffffffff for i in range(sectors * 128)))


Answer = collections.namedtuple('Answer', 'what result errno ms clock sum')


def probe(grader, orders, drive, **options):
    """What the probe said to each order, and the machine's trace and disk."""
    token = '%016x' % grader.rng.getrandbits(64)
    options.setdefault('events', EVENTS)
    options.setdefault('append', 'hung_task_timeout_secs=600')      # a disk that answers no more is no deadlock
    run, machine = watch(grader, './probe %s %s' % (token, ' '.join("'%s'" % order for order in orders)), drives=[drive], **options)
    found = re.findall(r'(?m)^%s (\w+) (-?\d+) (\d+) (\d+) (\d+) (\w+)$' % token, run.output)
    if len(found) != len(orders):
        raise Failed('an answer to each of %d orders' % len(orders), run.output[-300:] or run.console[-300:])
    return [Answer(what, *map(int, numbers), total) for what, *numbers, total in found], machine


def place(grader, most):
    count = grader.rng.randrange(1, most)
    return grader.rng.randrange(0, SECTORS - count), count


def check_reads(grader, data, orders, answers):
    for order, answer in zip(orders, answers):
        sector, count = map(int, order.split()[1:3])
        grader.expect('%d bytes' % (count * SECTOR), '%d bytes, errno %d' % answer[1:3] if answer.errno else '%d bytes' % answer.result, order)
        grader.expect(sum_of(data[sector * SECTOR:(sector + count) * SECTOR]), answer.sum, order + ': a sum of what was read')


# ---------------------------------------------------------------- what was done to the controller

Event = collections.namedtuple('Event', 'what value drive')
SHAPES = [(re.compile(pattern), what) for pattern, what in (
    (r'bmdma_cmd_writeb val: 0x(\w+)', 'engine'), (r'bmdma_addr_write data: 0x(\w+)', 'table'),
    (r'bmdma_write bmdma: writeb 0x2 : 0x(\w+)', 'clear'), (r'bmdma_read bmdma: readb 0x2 : 0x(\w+)', 'look'),
    (r'ide_exec_cmd .*cmd 0x(\w+)', 'command'), (r'ide_ctrl_write .*val 0x(\w+)', 'control'),
    (r'ide_ioport_read .*\(Status\); val 0x(\w+)', 'quiet'), (r'ide_status_read .*val 0x(\w+)', 'watch'))]


def events(trace):
    """The trace as Events, in their order."""
    found = []
    for line in trace.split('\n'):
        for pattern, what in SHAPES:
            match = pattern.search(line)
            if match:
                state = re.search(r'state (0x\w+)', line)
                found.append(Event(what, int(match[1], 16), state[1] if state else ''))
    return found


Transfer = collections.namedtuple('Transfer', 'command drive before after')


def transfers(trace):
    """One for each read or write command by DMA: what was done since the command before, and until the next."""
    found, before, now = [], [], None
    for event in events(trace):
        if event.what == 'command':
            before, now = (now.after if now else before), Transfer(event.value, event.drive, [], [])
            now.before.extend(before)
            found.append(now)
        else:
            (now.after if now else before).append(event)
    return [transfer for transfer in found if transfer.command in READS + WRITES]


def second_disk(trace):
    """What the trace calls the second disk: the second device that was asked who it is."""
    asked = [event.drive for event in events(trace) if event.what == 'command' and event.value == 0xec]
    return list(dict.fromkeys(asked))[1]


def commands(machine, values):
    """How often the second disk was given one of these commands."""
    drive = second_disk(machine.trace)
    return sum(event.what == 'command' and event.value in values and event.drive == drive for event in events(machine.trace))


def first(after, what, mask=0, value=0):
    """Where the first such event is, far away if there is none."""
    return next((at for at, event in enumerate(after) if event.what == what and event.value & mask == value), NEVER)


def of_the_driver(machine):
    """What came after the firmware, which knows no DMA."""
    found = events(machine.trace)
    return found[first(found, 'table'):]


def resets(machine):
    return sum(event.what == 'control' and bool(event.value & RESET) for event in of_the_driver(machine))


def commands_after(machine, values):
    """Commands of the second disk from the last one before the first reset on."""
    drive, found = second_disk(machine.trace), of_the_driver(machine)
    at = next((number for number, event in enumerate(found) if event.what == 'control' and event.value & RESET), len(found))
    start = max((number for number, event in enumerate(found[:at]) if event.what == 'command' and event.drive == drive), default=0)
    return sum(event.what == 'command' and event.drive == drive and event.value in values for event in found[start:])
