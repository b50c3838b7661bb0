"""Machines whose hardware is watched from the host: QEMU's trace of what a driver did to it, disks of a test's own,
and a debugger that stops the guest, reads its memory and calls its functions.

    run, machine = watch(grader, './probe …', events=['bmdma_*'], drives=[Drive(image)])
    machine.trace, machine.images[0]
"""
import contextlib
import os
import re
import socket
import struct
import subprocess
import time

from evidence import OUTPUT_BYTES, Failed, gdb_args
from machine import Machine, Outcome

REGISTERS = ('eax', 'ecx', 'edx', 'ebx', 'esp', 'ebp', 'esi', 'edi', 'eip', 'eflags')


class Drive:
    """A disk beside the root disk: its bytes, its place on the IDE channels, and QEMU's words for the file, whose path is %s."""

    def __init__(self, image, index=1, words='format=raw,file=%s'):
        self.image, self.index, self.words = image, index, words


class Watched(Machine):
    """A Machine that keeps, when it has ended, `trace` (what QEMU said of the events) and `images` (the drives' bytes)."""

    def __init__(self, command, events=(), drives=(), stub=False, **options):
        super().__init__(command, **options)
        self.events, self.drives, self.stub = events, drives, stub
        self.trace, self.images = '', []

    def arguments(self, serial):
        words = super().arguments(serial) + ['-D', self.path('trace')]
        for event in self.events:
            words += ['-trace', event]
        for number, drive in enumerate(self.drives):
            path = self.path('drive%d' % number)
            with open(path, 'wb') as file:
                file.write(drive.image)
            words += ['-drive', 'if=ide,index=%d,cache=unsafe,%s' % (drive.index, drive.words % path)]
        return words + (gdb_args(self).split() if self.stub else [])

    def __exit__(self, *reason):
        self.end()
        if self.events and os.path.exists(self.path('trace')):
            with open(self.path('trace'), encoding='utf-8', errors='replace') as file:
                self.trace = file.read()
        for number in range(len(self.drives)):
            if os.path.exists(self.path('drive%d' % number)):
                with open(self.path('drive%d' % number), 'rb') as file:
                    self.images.append(file.read())
        return super().__exit__(*reason)


class Asked(Machine):
    """A Machine whose monitor is asked while it runs: ask(machine, match) when a line of its output fits. Then it ends."""

    def __init__(self, command, line, ask, **options):
        super().__init__(command, **options)
        self.line, self.ask, self.answer = line, ask, None

    def arguments(self, serial):
        return super().arguments(serial) + ['-monitor', 'unix:%s,server=on,wait=off' % self.path('monitor')]

    def run(self, write=lambda data: None):
        kept = bytearray()

        def hear(data):
            write(data)
            kept.extend(data[:OUTPUT_BYTES - len(kept)])
            match = self.answer is None and re.search(self.line, kept.decode('utf-8', 'replace'))
            if match:
                self.answer = self.ask(self, match)
                with contextlib.suppress(Failed, OSError):
                    self.monitor('quit')
        outcome = super().run(hear)
        return Outcome(0, 'it was asked') if self.answer is not None else outcome

    def monitor(self, command):
        """What the monitor answers."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(30)
            line.connect(self.path('monitor'))
            heard = b''
            for words in ('', command + '\n'):
                line.sendall(words.encode())
                heard = b''
                while not heard.endswith(b'(qemu) '):
                    more = line.recv(1 << 16)
                    if not more:
                        raise Failed('a machine that goes on', 'it ended')
                    heard += more
        return heard.decode('utf-8', 'replace').replace('\r', '')


def watch(grader, script, **options):
    """grader.guest() in a Watched machine: (the Run, the machine as it ended)."""
    made = []

    def kind(command, **words):
        made.append(Watched(command, **words))
        return made[0]
    return grader.guest(script, kind=kind, **options), made[0]


class Debugger:
    """The far end of a machine's gdb stub: just enough of its protocol to do without gdb's opinion of calling conventions."""

    def __init__(self, machine, symbols, seconds=60):
        self.machine, self.kernel = machine, symbols
        names = subprocess.run(['nm', symbols], stdout=subprocess.PIPE, encoding='ascii', check=True).stdout
        self.symbols = {line.split()[2]: int(line.split()[0], 16) for line in names.split('\n') if len(line.split()) == 3}
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(seconds)
        while True:             # QEMU makes the socket when it is ready for it
            try:
                self.socket.connect(machine.path('gdb'))
                break
            except OSError:
                if machine.process.poll() is not None or time.monotonic() > machine.started + seconds:
                    raise
                time.sleep(0.02)
        self.kept = b''

    def close(self):
        self.socket.close()

    def ask(self, text):
        data = text.encode()
        try:
            self.socket.sendall(b'$%s#%02x' % (data, sum(data) & 0xff))
            while True:
                match = re.search(rb'\$([^#]*)#..', self.kept)
                if match:
                    self.kept = self.kept[match.end():]
                    self.socket.sendall(b'+')
                    return match[1].decode()
                more = self.socket.recv(1 << 16)
                if not more:
                    raise ConnectionError
                self.kept += more
        except ConnectionError:
            raise Failed('a machine that goes on', 'it ended')

    def address(self, place):
        if isinstance(place, str) and place not in self.symbols:
            raise Failed('a function %s()' % place, 'none in the kernel')
        return self.symbols[place] if isinstance(place, str) else place

    def go_to(self, place, what='the kernel comes to %s'):
        """Lets the guest run until it is there."""
        self.go_to_one(place, what=what)

    def go_to_one(self, *places, what='the kernel comes to %s'):
        """Lets the guest run until it is at one of them, from where it stands now; which."""
        at = {self.address(place): place for place in places}
        if self.registers()['eip'] in at:
            self.ask('s')
        for address in at:
            self.ask('Z0,%x,1' % address)
        try:
            self.ask('c')
            while self.registers()['eip'] not in at:
                self.ask('c')
        except socket.timeout:
            raise Failed(what % ' or '.join(map(str, places)) if '%' in what else what, 'it does not')
        for address in at:
            self.ask('z0,%x,1' % address)
        return at[self.registers()['eip']]

    def go_to_read(self, address, place):
        """Lets the guest run until it has read this word. False: it came to a place instead."""
        words = ['3,%x,4' % address, '0,%x,1' % self.address(place)]
        for word in words:
            if self.ask('Z' + word) != 'OK':
                raise Failed('a debugger that watches what is read', 'it does not')
        try:
            stop = self.ask('c')
        except socket.timeout:
            raise Failed('the kernel comes to %s' % place, 'it does not')
        for word in words:
            self.ask('z' + word)
        return 'watch' in stop

    def registers(self):
        words = bytes.fromhex(self.ask('g')[:8 * len(REGISTERS)])
        return dict(zip(REGISTERS, struct.unpack('<%dI' % len(REGISTERS), words)))

    def set_registers(self, **values):
        every = self.ask('g')
        for name, value in values.items():
            at = 8 * REGISTERS.index(name)
            every = every[:at] + struct.pack('<I', value & 0xffffffff).hex() + every[at + 8:]
        if self.ask('G' + every) != 'OK':
            raise Failed('a debugger that sets registers', 'it does not')

    def read(self, address, count):
        data = b''
        while len(data) < count:
            data += bytes.fromhex(self.ask('m%x,%x' % (address + len(data), min(1024, count - len(data)))))
        return data

    def write(self, address, data):
        for at in range(0, len(data), 1024):
            self.ask('M%x,%x:%s' % (address + at, len(data[at:at + 1024]), data[at:at + 1024].hex()))

    def word(self, address):
        return struct.unpack('<I', self.read(address, 4))[0]

    def member(self, structure, name):
        """Where a member of a structure of the kernel begins, in bytes."""
        said = subprocess.run(['gdb', '-q', '-batch', '-iex', 'set auto-load off', '-ex', 'print/x (long)&((struct %s *)0)->%s' % (structure, name),
                               self.kernel], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding='utf-8').stdout
        return int(re.search(r'= (0x[0-9a-f]+)', said)[1], 16)

    def call(self, place, *arguments):
        """Calls a function from where the guest stands now, and returns what it returned. Three arguments are in registers."""
        before = self.registers()
        stack = before['esp'] - 4096 // 16      # below what an interrupted function may still hold
        self.write(stack, struct.pack('<%dI' % (1 + len(arguments[3:])), before['eip'], *arguments[3:]))
        self.set_registers(esp=stack, eip=self.address(place), **dict(zip(('eax', 'edx', 'ecx'), arguments)))
        self.go_to(before['eip'], 'a return from %s()' % place)
        result = self.registers()['eax']
        self.set_registers(**before)
        return result


def stopped(grader, command=('true',), **options):
    """A machine that the debugger has, before its first instruction."""
    machine = grader.machine(list(command), kind=Watched, stub=True, seed=grader.number % 1000,
                             append='watchdog_thresh=0', **options)      # a debugger holds it up for longer than is usual
    machine.__enter__()
    machine.start()
    return machine, Debugger(machine, os.path.join(grader.build, 'lectern.elf'))


def with_debugger(grader, work, **options):
    """work(debugger) in a machine of its own, and the machine as it ended."""
    machine, debugger = stopped(grader, **options)
    try:
        result = work(debugger)
    finally:
        debugger.close()
        machine.end()
        grader.note(machine)
        machine.__exit__(None, None, None)
    return result, machine
