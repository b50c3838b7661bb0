"""Lab 10's tests, all from outside: the debugger calls the table's builder, QEMU's trace says what was done to the
controller and in which order, and the host compares what the second disk holds.
"""
import errno
import os
import re
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, '..', 'machinery')]
from watched import Drive, watch, with_debugger      # noqa: E402
from orders import (     # noqa: E402
    BY_CPU, ERROR, EVENTS, FREE_RUNNING, INTERRUPT, NEVER, READS, RESET, SECTOR, SECTORS, START, TO_MEMORY, WRITES, check_reads, commands,
    commands_after, events, first, image, made, number_in, of_the_driver, place, probe, resets, sum_of, transfers)

LINE, LAST, TABLE_BYTES = 0x10000, 0x80000000, 8192

# ---------------------------------------------------------------- step 1: the table, built for the debugger

SG_BYTES = 20                   # struct scatterlist: page_link, offset, length, dma_address, dma_length
MOST_PIECES = 256               # IDE_MAX_SEGMENTS
GFP_ATOMIC = 0x220
FILL = 0xa5


def build(debugger, places, pieces):
    """What ide_build_prd() makes of (address, length) pairs: what it returns, and the table's words."""
    table, list_ = places
    debugger.write(table, bytes([FILL]) * TABLE_BYTES)
    debugger.write(list_, b''.join(struct.pack('<5I', 2 if i == len(pieces) - 1 else 0, 0, length, at, length)
                                   for i, (at, length) in enumerate(pieces)))
    count = debugger.call('ide_build_prd', table, list_, len(pieces))
    words = struct.unpack('<%dI' % (TABLE_BYTES // 4), debugger.read(table, TABLE_BYTES))
    return count, list(zip(words[::2], words[1::2]))


def tables(grader, lists):
    """The same of several lists, in one machine."""
    def work(debugger):
        debugger.go_to('ide_start', 'the first request comes to the driver')
        places = debugger.call('__kmalloc', TABLE_BYTES, GFP_ATOMIC), debugger.call('__kmalloc', MOST_PIECES * SG_BYTES, GFP_ATOMIC)
        return [build(debugger, places, pieces) for pieces in lists]
    return with_debugger(grader, work)[0]


def regions(pieces):
    """What a table of these pieces says, last flag and all."""
    found = []
    for at, left in pieces:
        while left:
            now = min(left, LINE - at % LINE)
            found.append([at, now % LINE])
            at, left = at + now, left - now
    found[-1][1] |= LAST
    return [tuple(region) for region in found]


def check_tables(grader, lists):
    for pieces, (count, table) in zip(lists, tables(grader, lists)):
        wanted = regions(pieces)
        said = 'of %s' % ' '.join('%#x+%#x' % piece for piece in pieces[:4]) + (' …' if len(pieces) > 4 else '')
        grader.expect(len(wanted), count, 'regions ' + said)
        for number, (want, seen) in enumerate(zip(wanted, table)):
            grader.expect('%08x %08x' % want, '%08x %08x' % seen, 'region %d %s' % (number, said))
        grader.expect([(0x01010101 * FILL,) * 2] * (len(table) - count), table[count:], 'what is behind the table, untouched')


def inside(grader, most=LINE):
    """A piece that crosses nothing; its length is even."""
    line, length = grader.rng.randrange(16, 1 << 12) * LINE, grader.rng.randrange(2, most, 2)
    return line + grader.rng.randrange(0, LINE - length + 1, 2), length


def one_piece(grader):
    check_tables(grader, [[inside(grader)] for _ in range(4)])


def pieces_in_a_row(grader):
    check_tables(grader, [[inside(grader) for _ in range(grader.rng.randrange(2, 60))] for _ in range(3)])


def whole_lines(grader):
    """64 KiB fill a region, and are written as 0."""
    line = grader.rng.randrange(16, 1 << 12) * LINE
    check_tables(grader, [[(line, LINE)], [inside(grader), (line, LINE), inside(grader)]])


def no_region_crosses(grader):
    """Pieces on both sides of a line, of several, and right up to one."""
    line = grader.rng.randrange(16, 1 << 12) * LINE
    before, behind = grader.rng.randrange(2, LINE, 2), grader.rng.randrange(2, LINE, 2)
    check_tables(grader, [[(line - before, before + behind)], [inside(grader), (line - before, before + 3 * LINE + behind), inside(grader)],
                          [(line - before, before), (line, behind)], [(line - before, before + LINE)], [(line, 2 * LINE)]])


def not_too_many(grader):
    """As many as the table has room for; with one more there is no table."""
    most = number_in(grader, 'IDE_PRD_ENTRIES')
    full, left = [], most
    while left:
        lines = min(left, grader.rng.choice([2, 3]))
        full.append((grader.rng.randrange(16, 1 << 12) * LINE, lines * LINE))
        left -= lines
    last = full[-1]
    over = full[:-1] + [(last[0], last[1] + 2)]
    check_tables(grader, [full])
    count, table = tables(grader, [over])[0]
    grader.expect(0, count, 'regions of a list that needs %d' % (most + 1))
    grader.expect([(0x01010101 * FILL,) * 2] * (TABLE_BYTES // 8 - most), table[most:], 'what is behind the last region, untouched')


# ---------------------------------------------------------------- step 2: a transfer

def by_dma(grader):
    """A read of a few sectors: by READ DMA, with the start bit, right, and over without a time-out."""
    data = image(grader)
    orders = ['read %d %d 0' % place(grader, 8) for _ in range(3)]
    answers, machine = probe(grader, orders, Drive(data))
    check_reads(grader, data, orders, answers)
    count = commands(machine, READS)
    if count < len(orders):
        grader.fail('%d commands READ DMA at least' % len(orders), count)
    if not any(event.what == 'engine' and event.value & START for event in events(machine.trace)):
        grader.fail('the start bit', 'never')
    if resets(machine) or max(answer.ms for answer in answers) > 2000:
        grader.fail('an end by interrupt, at once', 'by time-out, after %d ms' % max(answer.ms for answer in answers))


def reads(grader):
    """Reads of all sizes, to buffers that begin anywhere in a page."""
    data = image(grader)
    orders = ['read %d %d %d' % (place(grader, 2000) + (grader.rng.randrange(8),)) for _ in range(8)]
    answers, _ = probe(grader, orders, Drive(data))
    check_reads(grader, data, orders, answers)


def writes(grader):
    """The host finds each sector where it should be, and every other as it was."""
    data = image(grader)
    orders, wanted = [], bytearray(data)
    for _ in range(8):
        sector, count = place(grader, 600)
        seed = grader.rng.getrandbits(24)
        orders.append('write %d %d %d' % (sector, count, seed))
        wanted[sector * SECTOR:(sector + count) * SECTOR] = made(count, seed)
    answers, machine = probe(grader, orders, Drive(data))
    for order, answer in zip(orders, answers):
        grader.expect(int(order.split()[2]) * SECTOR, answer.result, order)
    wrong = [at for at in range(SECTORS) if machine.images[0][at * SECTOR:(at + 1) * SECTOR] != wanted[at * SECTOR:(at + 1) * SECTOR]]
    grader.expect([], wrong[:8], 'sectors of the image that are not as they should be')
    if commands(machine, WRITES) < len(orders):
        grader.fail('%d commands WRITE DMA at least' % len(orders), commands(machine, WRITES))


def traced(grader):
    """Transfers both ways, each less than 64 KiB, of disks that answer in their own time; kept, for several tests look at it."""
    if not hasattr(grader, 'lab10_traced'):
        orders = ['read %d %d 0' % place(grader, 60), 'write %d %d 5' % place(grader, 60), 'read %d %d 1' % place(grader, 60),
                  'write %d %d 6' % place(grader, 30)]
        grader.lab10_traced = transfers(probe(grader, orders, Drive(image(grader)), **FREE_RUNNING)[1].trace)
    if len(grader.lab10_traced) < 4:
        grader.fail('four transfers', len(grader.lab10_traced))
    return grader.lab10_traced


def own(transfer):
    """What came after a transfer's command and before the next one is set up."""
    return transfer.after[:first(transfer.after, 'table')]


def ended(grader):
    """Those of traced() whose end can be seen: what came after the start."""
    for transfer in traced(grader)[:-1]:
        start = first(own(transfer), 'engine', START, START)
        yield own(transfer)[start + 1 if start < NEVER else 0:]


def command_then_start(grader):
    """The table's address before the command, the start bit after it and not before."""
    for transfer in traced(grader):
        grader.expect(True, any(event.what == 'table' for event in transfer.before), 'the table is named before the command')
        stale = first(transfer.before, 'table')
        grader.expect([], [event.value for event in transfer.before[stale:] if event.what == 'engine' and event.value & START],
                      'start bits between the table and the command')
        grader.expect(True, first(own(transfer), 'engine', START, START) < NEVER, 'a start bit after the command')


def direction(grader):
    """Reads go to memory, writes from it; and that is said before the start."""
    for transfer in traced(grader):
        said = [event.value & TO_MEMORY for event in transfer.before if event.what == 'engine'][-1:]
        started = [event.value & TO_MEMORY for event in own(transfer) if event.what == 'engine' and event.value & START][:1]
        wanted = [TO_MEMORY if transfer.command in READS else 0]
        grader.expect(wanted, said, 'direction before command %#x' % transfer.command)
        grader.expect(wanted, started or wanted, 'direction with the start bit of command %#x' % transfer.command)


def clean_start(grader):
    """No transfer begins with the last one's interrupt bit still set."""
    for transfer in traced(grader)[1:]:
        story = transfer.before + transfer.after[:first(transfer.after, 'engine', START, START)]
        grader.expect(True, any(event.what == 'clear' and event.value & INTERRUPT for event in story), 'interrupt bit cleared before the start')
        grader.expect(True, any(event.what == 'clear' and event.value & ERROR for event in story), 'error bit cleared before the start')


def asks_whose(grader):
    """The handler looks at bit 2 of the engine's status first."""
    for after in ended(grader):
        look = first(after, 'look', INTERRUPT, INTERRUPT)
        grader.expect(True, look < first(after, 'quiet'), "the engine's status is read, before the disk's")


def stops(grader):
    for after in ended(grader):
        stop = first(after, 'engine', START, 0)
        grader.expect(True, stop < NEVER, 'the start bit is cleared at the end')
        grader.expect(True, stop < first(after, 'quiet'), "it is cleared before the disk's status is read")


def quiets(grader):
    """The disk's status register is read, once."""
    for after in ended(grader):
        grader.expect(1, sum(event.what == 'quiet' for event in after), "reads of the disk's status at the end")


def not_ours(grader):
    """The debugger holds a start back and calls the handler: an interrupt of somebody else's."""
    def work(debugger):
        debugger.go_to('ide_queue_rq')
        caller = debugger.word(debugger.registers()['esp'])
        debugger.go_to('ide_dma_go')
        at = debugger.registers()
        debugger.set_registers(eip=debugger.word(at['esp']), esp=at['esp'] + 4)
        debugger.go_to(caller)
        flags = debugger.registers()['eflags']
        debugger.set_registers(eflags=flags & ~0x200)
        said = debugger.call('ide_interrupt', 14, at['eax'])
        debugger.call('ide_dma_go', at['eax'])
        debugger.set_registers(eflags=flags)
        debugger.go_to('ide_complete', 'its own interrupt ends the request')
        return said
    grader.expect('IRQ_NONE', {0: 'IRQ_NONE', 1: 'IRQ_HANDLED'}.get(with_debugger(grader, work)[0]), 'an interrupt while bit 2 is clear')


def nobody_polls(grader):
    """While a slow disk works, nobody asks whether it is ready: the process sleeps, others run."""
    data = image(grader)
    orders = ['read %d 700 0' % grader.rng.randrange(SECTORS - 700), 'write %d 500 3' % grader.rng.randrange(SECTORS - 500)]
    _, machine = probe(grader, orders, Drive(data, words='format=raw,file=%s,throttling.bps-total=1500000'), **FREE_RUNNING)
    most = max(sum(event.what in ('look', 'watch') for event in transfer.after) for transfer in transfers(machine.trace))
    if most > 40:
        grader.fail('a few looks at a status for each transfer', '%d for one' % most)


def interrupts(machine):
    """As many as there were answers to one: the disk's status was read."""
    return sum(event.what == 'quiet' for event in events(machine.trace))


def no_word_by_the_cpu(grader):
    """One interrupt for many sectors, and the data register is left alone."""
    data = image(grader)
    sector = grader.rng.randrange(SECTORS - 1024)
    moved = EVENTS + ['ide_data_*']
    by_cpu, machine = probe(grader, ['dma 0', 'read %d 1024 0' % sector, 'dma 1'], Drive(data), events=moved)
    words, heard = machine.trace.count('ide_data_'), interrupts(machine)
    by_engine, machine = probe(grader, ['dma 1', 'read %d 1024 0' % sector, 'dma 1'], Drive(data), events=moved)
    fewer, rarer = machine.trace.count('ide_data_'), interrupts(machine)
    grader.expect(by_cpu[1].sum, by_engine[1].sum, 'the same data both ways')
    if words - fewer < 1024 * SECTOR // 4:
        grader.fail('%d words fewer through the data register' % (1024 * SECTOR // 4), '%d by PIO, %d by DMA' % (words, fewer))
    grader.expect(True, heard - rarer >= 1024 // 16 * 2 // 3, 'far fewer interrupts by DMA than by PIO: %d and %d' % (rarer, heard))


def many_at_once(grader):
    """Four processes at one disk, which answers in its own time."""
    data, token = image(grader), '%016x' % grader.rng.getrandbits(64)
    wanted, lines, sums = bytearray(data), [], []
    for part in range(4):
        base, orders = part * SECTORS // 4, []
        for _ in range(6):
            sector, count, seed = base + grader.rng.randrange(1700), grader.rng.randrange(1, 340), grader.rng.getrandbits(20)
            orders += ["'write %d %d %d'" % (sector, count, seed), "'read %d %d 1'" % (sector, count)]
            wanted[sector * SECTOR:(sector + count) * SECTOR] = made(count, seed)
            sums.append(sum_of(made(count, seed)))
        lines.append('./probe %s %s &' % (token, ' '.join(orders)))
    run, machine = watch(grader, ' '.join(lines) + ' wait', drives=[Drive(data)], **FREE_RUNNING)
    grader.expect(sorted(sums), sorted(re.findall(r'(?m)^%s read .* (\w+)$' % token, run.output)), 'sums of what was read back')
    grader.expect(True, machine.images[0] == bytes(wanted), 'the image is as it was written')


def file_system(grader):
    """Files written to a disk of the host's making: the host's own e2fsck and debugfs find them."""
    files = [('f%d' % i, grader.rng.randbytes(grader.rng.randrange(1, 90000))) for i in range(5)]
    with tempfile.TemporaryDirectory(prefix='lab.') as folder:
        path = os.path.join(folder, 'disk')
        with open(path, 'wb') as file:
            file.truncate(SECTORS * SECTOR)
        subprocess.run(['mke2fs', '-q', '-F', '-t', 'ext2', '-b', '1024', path], check=True, stdin=subprocess.DEVNULL)
        with open(path, 'rb') as file:
            empty = file.read()
        _, machine = watch(grader, 'mkdir /tmp/d; mount -t ext2 /dev/hdb /tmp/d && cp f* /tmp/d/ && umount /tmp/d', files=files, drives=[Drive(empty)])
        with open(path, 'wb') as file:
            file.write(machine.images[0])
        check = subprocess.run(['e2fsck', '-fn', path], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8')
        grader.expect(0, check.returncode, 'e2fsck: ' + check.stdout[-200:])
        for name, data in files:
            seen = subprocess.run(['debugfs', '-R', 'cat /' + name, path], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
            grader.expect(True, seen == data, 'the file %s on the image is as it was copied' % name)


# ---------------------------------------------------------------- step 3: what goes wrong

TIMEOUT_MS = 10000              # IDE_TIMEOUT


def lost(grader, count, more=()):
    """A read whose first `count` interrupts nobody hears, and what came of it: (answers, machine, data, order)."""
    data = image(grader)
    order = 'read %d %d 0' % place(grader, 200)
    answers, machine = probe(grader, ['lose %d' % count, order] + list(more), Drive(data))
    if count == 1:
        grader.lab10_late = machine
    return answers, machine, data, order


def late(grader):
    """One interrupt is lost: the read takes its time-out longer, and is right."""
    answers, machine, data, order = lost(grader, 1)
    check_reads(grader, data, [order], answers[1:])
    if not TIMEOUT_MS <= answers[1].ms < 2 * TIMEOUT_MS:
        grader.fail('an answer after %d ms and a little' % TIMEOUT_MS, '%d ms' % answers[1].ms)
    grader.expect(1, resets(machine), 'resets of the channel')
    grader.expect(2, commands_after(machine, READS + BY_CPU), 'tries')


def hands_off_first(grader):
    """The engine is stopped before the channel is reset, and the reset is taken back."""
    found = of_the_driver(getattr(grader, 'lab10_late', None) or lost(grader, 1)[1])
    at = first(found, 'control', RESET, RESET)
    unheard = max(number for number, event in enumerate(found[:at]) if event.what == 'quiet')
    grader.expect(True, any(event.what == 'engine' and not event.value & START for event in found[unheard:at]), 'the engine is stopped before the reset')
    grader.expect(True, first(found[at:], 'control', RESET, 0) < NEVER, 'the reset ends')


def distrusts(grader):
    """When so many transfers by DMA were lost, each of a request of its own, the CPU moves the data: of this one, and of later ones."""
    most, data = number_in(grader, 'IDE_DMA_FAILURES_MAX'), image(grader)
    orders = ['read %d %d 0' % place(grader, 100) for _ in range(most + 1)]
    script = [word for order in orders[:most] for word in ('lose 1', order)] + orders[most:]
    answers, machine = probe(grader, script, Drive(data))
    check_reads(grader, data, orders, [answer for answer in answers if answer.what == 'read'])
    grader.expect((2 * most - 1, 2), (commands_after(machine, READS), commands_after(machine, BY_CPU)), 'reads by DMA, by PIO')


def not_too_soon(grader):
    """One fewer, and DMA goes on."""
    most = number_in(grader, 'IDE_DMA_FAILURES_MAX')
    later = 'read %d %d 0' % place(grader, 100)
    answers, machine, data, order = lost(grader, most - 1, [later])
    check_reads(grader, data, [order, later], answers[1:])
    grader.expect((most + 1, 0), (commands_after(machine, READS), commands_after(machine, BY_CPU)), 'reads by DMA, by PIO')


def gives_up(grader):
    """A disk that answers no more: EIO after the last try; when it answers again, so does the driver."""
    tries = number_in(grader, 'IDE_RETRIES') + 1
    later = 'read %d %d 0' % place(grader, 100)
    answers, machine, data, _ = lost(grader, tries, [later])
    grader.expect(('%d' % -1, errno.EIO), (str(answers[1].result), answers[1].errno), 'a read that nobody answers: result, errno')
    check_reads(grader, data, [later], answers[2:])
    if answers[2].ms > TIMEOUT_MS // 2:
        grader.fail('the next read, at once', '%d ms' % answers[2].ms)
    grader.expect((tries, tries + 1), (resets(machine), commands_after(machine, READS + BY_CPU)), 'resets, tries')


FAULTY = 'driver=raw,file.driver=blkdebug,file.image.driver=file,file.image.filename=%%s,file.inject-error.0.event=read_aio,' \
    'file.inject-error.0.errno=5,file.inject-error.0.sector=%d,file.inject-error.0.once=%s'


def bad_sector(grader):
    """One sector cannot be read: EIO, after all tries; its neighbours can; and it is no reason to distrust DMA."""
    data, bad = image(grader), grader.rng.randrange(400, SECTORS - 400)
    tries = number_in(grader, 'IDE_RETRIES') + 1
    orders = ['read %d 8 0' % (bad - 8), 'read %d 8 0' % (bad - grader.rng.randrange(8)), 'read %d 8 0' % (bad + 1), 'read %d 90 0' % (bad + 5)]
    answers, machine = probe(grader, orders, Drive(data, words=FAULTY % (bad, 'off')))
    grader.expect((-1, errno.EIO), answers[1][1:3], 'a read of the bad sector: result, errno')
    for at in (0, 2, 3):
        check_reads(grader, data, [orders[at]], [answers[at]])
    grader.expect(tries, resets(machine), 'resets')
    grader.expect((tries + 2, 0), (commands_after(machine, READS), commands_after(machine, BY_CPU)), 'reads from the bad one on: by DMA, by PIO')


def bad_once(grader):
    """A sector that can be read the second time is no error."""
    data, bad = image(grader), grader.rng.randrange(400, SECTORS - 400)
    order = 'read %d 20 0' % (bad - grader.rng.randrange(20))
    answers, machine = probe(grader, [order], Drive(data, words=FAULTY % (bad, 'on')))
    check_reads(grader, data, [order], answers)
    grader.expect((1, 2), (resets(machine), commands_after(machine, READS)), 'resets, tries')
    if answers[0].ms > 5000:
        grader.fail('an answer at once', '%d ms' % answers[0].ms)


def the_first_has_it(grader):
    """The debugger lets the time-out come when the interrupt has already ended the request: nothing is reset."""
    def work(debugger):
        debugger.go_to('ide_complete')
        said = debugger.call('ide_timeout', debugger.registers()['eax'], 0)
        debugger.go_to('ide_start', 'the next request')
        return said
    said, machine = with_debugger(grader, work, events=EVENTS)
    grader.expect(0, said, 'ide_timeout() of a request that is over: BLK_EH_DONE')
    grader.expect(0, resets(machine), 'resets')
