"""Lab 08's tests from outside: the emulator's monitor looks at a running process's page table and at the guest's memory."""
import re

from evidence import Failed
from watched import Asked

PAGE = 4096
LET_GO = 'echo 0000:00:03.0 >/sys/bus/pci/drivers/edu/unbind'


def name_of(grader):
    """A name for the nodes that no text can hold beforehand."""
    return 'p' + ''.join(grader.rng.choice('abcdefghijkmnpqrstuvwxyz') for _ in range(6))


def setup(grader):
    return {'words': [name_of(grader)], 'setup': LET_GO}


def count(grader, what):
    with open(grader.tree + '/drivers/samples/porthole.h', encoding='utf-8') as file:
        return int(re.search(r'#define %s\s+(\d+)' % what, file.read())[1])


class Look:
    """What the monitor saw while the process ran: its page table, and words of the guest's memory."""

    def __init__(self, grader):
        self.page, self.seed = grader.rng.randrange(1, 200), grader.rng.getrandbits(31)
        name, token = name_of(grader), '%016x' % grader.rng.getrandbits(64)
        made = []

        def kind(command, **words):
            made.append(Asked(command, line=r'(?m)^%s (\w+) (\w+) (\w+) (\w+) (\w+)\r?$' % token, ask=self.ask, **words))
            return made[0]
        run = grader.guest(LET_GO + '; insmod ./porthole.ko name=%s; exec ./looked %s %s %d %d' % (name, name, token, self.page, self.seed),
                           kind=kind, may_break=True)
        if made[0].answer is None:
            raise Failed('a process that maps', run.output[-200:] or run.why())

    def ask(self, machine, match):
        self.regs, self.later, self.buffer, self.pages, self.bus = (int(word, 16) for word in match.groups())
        self.table = {int(at, 16): (int(frame, 16), flags) for at, frame, flags in
                      re.findall(r'(?m)^(\w{16}): (\w{16}) (\S{9})', machine.monitor('info tlb'))}
        bars = re.search(r'1234:11e8.*?BAR0: 32 bit memory at 0x(\w+)', machine.monitor('info pci'), re.S)
        self.bar = int(bars[1], 16)
        self.words = {at: self.word(machine, frame) for at, (frame, _) in self.table.items() if self.buffer <= at < self.buffer + 16 * PAGE}
        self.card = self.word(machine, self.bar + 4)
        return True

    @staticmethod
    def word(machine, address):
        found = re.search(r': 0x(\w+)', machine.monitor('xp /1wx 0x%x' % address))
        return int(found[1], 16) if found else None


def look(grader):
    """One machine for all of them."""
    if not hasattr(grader, 'lab08_look'):
        grader.lab08_look = Look(grader)
    return grader.lab08_look


def the_cards_frames(grader):
    """The page table leads to the card's own pages, as the emulator says where they are; what was written there is there."""
    seen = look(grader)
    grader.expect([hex(seen.bar), hex(seen.bar + seen.page * PAGE)],
                  [hex(seen.table.get(at, (0, ''))[0]) for at in (seen.regs, seen.later)], 'frames of page 0 and page %d' % seen.page)
    grader.expect(hex(~seen.seed & 0xffffffff), hex(seen.card or 0), 'the liveness register, read by the monitor')


def past_the_caches(grader):
    """The bit of the page table that says so, PCD, is set for each page of registers."""
    seen = look(grader)
    grader.expect([True, True], ['C' in seen.table.get(at, (0, ''))[1] for at in (seen.regs, seen.later)], 'cache disabled (PCD)')


def one_memory(grader):
    """What the process wrote to the buffer is in the guest's memory, page by page without a gap, from where `bus` says."""
    seen, most = look(grader), count(grader, 'PORTHOLE_BUFFER_PAGES')
    frames = [seen.table.get(seen.buffer + i * PAGE, (0, ''))[0] for i in range(most)]
    grader.expect([hex(seen.bus + i * PAGE) for i in range(most)], [hex(frame) for frame in frames], 'frames of the buffer, from bus = %#x on' % seen.bus)
    value, wanted = seen.seed, []
    for i in range(most):
        value = (value + i * 1664525 + 1013904223) & 0xffffffff
        wanted.append(hex(value))
    grader.expect(wanted, [hex(seen.words.get(seen.buffer + i * PAGE) or 0) for i in range(most)], 'first words of its pages')


def only_the_touched(grader):
    """Every second page but the last was touched: just these are in the page table."""
    seen, most = look(grader), count(grader, 'PORTHOLE_LEAVES')
    grader.expect([i % 2 == 0 and i < most - 1 for i in range(most)], [seen.pages + i * PAGE in seen.table for i in range(most)], 'pages in the page table')
