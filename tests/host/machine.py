"""machine: a QEMU machine that runs Lectern, and the host's end of the guest channel.

A Machine owns a temporary folder (its console's log, the channel's bytes, the
throw-away disk) and one QEMU process, which it ends by its own process id.
docs/reference/guest-channel.md tells what travels on the channel.

    with Machine(command=['ls', '-l', '/dev']) as machine:
        outcome = machine.run(sys.stdout.buffer.write)
        sys.exit(outcome.status)
"""
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(TOP, 'user'))
import mkdisk   # noqa: E402

HEADER = 4
OUTPUT, STATUS, PANIC, KTEST, FAREWELL = range(1, 6)
START = re.compile(rb'\x4c(?:[\x01-\x05]|\Z)')         # of a frame, or what may become its start
TIMED_OUT, PANICKED, NOT_STARTED = 124, 125, 126
PANIC_EXIT = 62 * 2 + 1         # how isa-debug-exit passes on the kernel's 62
POLL = 0.01                     # seconds between two looks at the channel
CLOCK = '2026-01-01T00:00:00'   # what the guest's clock chip says at power-on
COMPLAINT = re.compile(r'\] (?:WARNING|BUG): ')         # what no machine's console shows unasked
complaints = []         # what the machines that ended complained of: [(command, lines)]


class CannotStart(Exception):
    """No machine came to be; the text says why."""


class Channel:
    """Takes the channel's bytes as they come and sorts the frames in them."""

    def __init__(self, write):
        self.write = write      # called with the bytes of each output frame
        self.pending = b''
        self.wait_status = None
        self.report = bytearray()
        self.ktest = []
        self.farewell = False
        self.clock = None       # the processor's counter at the farewell: instructions, with --icount
        self.stray = bytearray()

    def feed(self, data):
        data = self.pending + data
        at = 0
        while at < len(data):
            start = START.search(data, at)
            begin = start.start() if start else len(data)
            self.stray += data[at:begin]
            at = begin
            end = at + HEADER
            if end <= len(data):
                end += data[at + 2] | data[at + 3] << 8
            if end > len(data) or at + HEADER > len(data):
                break           # the rest of this frame is still to come
            self.take(data[at + 1], data[at + HEADER:end])
            at = end
        self.pending = data[at:]

    def take(self, kind, payload):
        if kind == OUTPUT:
            self.write(payload)
        elif kind == STATUS:
            self.wait_status = int.from_bytes(payload[:4], 'little')
        elif kind == PANIC:
            self.report += payload
        elif kind == KTEST:
            self.ktest.append(payload.decode('utf-8', 'replace'))
        else:
            self.farewell = True
            self.clock = int.from_bytes(payload[:8], 'little')


class Outcome:
    """How a machine ended: the status tests/guest hands on, and why."""

    def __init__(self, status, reason='', report='', seconds=0.0):
        self.status = status
        self.reason = reason    # one line; empty when the command itself ended
        self.report = report    # the panic report or the console's tail
        self.seconds = seconds

    def explain(self):
        return self.reason + ('\n' + self.report.rstrip('\n') if self.report else '')


def exit_status(wait_status):
    """The shell's reading of a wait status: 128 + n for a program that signal n ended."""
    signal = wait_status & 0x7f
    return 128 + signal if signal else wait_status >> 8 & 0xff


def build_dir():
    return os.environ.get('LECTERN_BUILD', os.path.join(TOP, 'build'))


def debug_build(build=None):
    """Whether the kernel under test has its checkers: make DEBUG=1."""
    with open(os.path.join(build or build_dir(), 'flags'), encoding='utf-8') as flags:
        return '-DDEBUG_BUILD=1' in flags.read()


def qemu():
    for name in ('qemu-system-i386', 'qemu-system-x86_64'):
        if shutil.which(name):
            return name
    raise CannotStart('qemu-system-i386 is missing: `make doctor` says what to install')


class Machine:
    """One machine. Everything has a default but the command, None for a plain boot."""

    def __init__(self, command=None, kernel=None, disk=None, overlays=(), smp=1, memory=64, cpu='qemu32',
                 append='', args='', timeout=60, icount=False, root='root=/dev/hda', iso=None, seed=None,
                 build=None):
        self.command = command
        self.build = build or build_dir()
        self.kernel = kernel or os.path.join(self.build, 'lectern.elf')
        self.disk = disk        # None: a throw-away copy of the root disk; '': no disk at all
        self.overlays = list(overlays)
        self.smp, self.memory, self.cpu = smp, memory, cpu
        self.seed = seed        # with icount: the run repeats itself to the instruction
        repeatable = 'ide=sync preempt_jitter=%d' % seed if seed is not None else ''
        self.append = ' '.join(word for word in (root, repeatable, append) if word)
        self.args = shlex.split(args)
        self.timeout = timeout
        self.icount = icount
        self.iso = iso          # boot this image by BIOS and GRUB instead of `kernel`
        self.wrap = None        # makes other words of QEMU's and this folder: a confinement
        self.folder = None
        self.process = None
        self.channel = None

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix='lectern.')
        return self

    def __exit__(self, *_):
        self.end()
        lines = self.console().split('\n') if self.process else []
        found = [at for at, line in enumerate(lines) if COMPLAINT.search(line)]
        if found:
            complaints.append((self.command, lines[found[0]:found[0] + 20]))
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def prepare_disk(self):
        """Settles which file is /dev/hda and lays the overlays over it."""
        self.throw_away = self.disk is None
        if self.throw_away:
            source = os.path.join(self.build, 'root.img')
            self.disk = self.path('disk.img')
            if not os.path.exists(source):
                raise CannotStart('%s is missing: run `make` first' % source)
            mkdisk.copy(source, self.disk)
        elif self.disk and not os.path.exists(self.disk):
            raise CannotStart('no such disk: %s' % self.disk)
        for folder in self.overlays:
            plan = mkdisk.Plan()
            plan.add_tree(folder, '/')
            plan.lay(self.disk)

    def arguments(self, serial):
        """QEMU's command line. COM1 is the console, COM2 silent unless the caller has a
        -serial, and what is printed on the parallel port goes to a file."""
        words = [qemu(), '-M', 'pc', '-accel', 'tcg', '-cpu', self.cpu, '-smp', str(self.smp), '-m', str(self.memory),
                 '-nodefaults', '-display', 'none', '-vga', 'std', '-no-reboot',
                 '-rtc', 'base=%s,clock=vm' % CLOCK, '-serial', serial,
                 '-debugcon', 'file:' + self.path('channel'),
                 '-device', 'isa-debug-exit,iobase=0xf4,iosize=0x04']
        if '-apic' not in self.cpu:
            words += ['-device', 'edu']         # it wants to send messages (MSI)
        if '-parallel' not in self.args:
            words += ['-parallel', 'file:' + self.path('printer')]
        if '-serial' not in self.args:
            words += ['-serial', 'null']        # COM2; its loop-back is there all the same
        if self.seed is not None:
            words += ['-icount', 'shift=0,sleep=off', '-seed', str(self.seed)]
        elif self.icount:
            words += ['-icount', 'shift=0,sleep=on']
        if self.iso:
            words += ['-drive', 'file=%s,if=ide,index=2,media=cdrom,format=raw' % self.iso, '-boot', 'd']
        else:
            words += ['-kernel', self.kernel, '-append', self.append]
        if self.disk:
            words += ['-drive', 'file=%s,if=ide,index=0,format=raw,cache=%s'
                      % (self.disk.replace(',', ',,'), 'unsafe' if self.throw_away else 'writeback')]
        if self.command is not None:
            with open(self.path('command'), 'wb') as file:
                file.write(b''.join(os.fsencode(word) + b'\0' for word in self.command))
            words += ['-fw_cfg', 'name=opt/lectern/command,file=' + self.path('command')]
        return words + self.args

    def start(self, serial=None, **streams):
        """Prepares and starts the machine; `serial` is QEMU's word for COM1's other end."""
        image = self.iso or self.kernel
        if not os.path.exists(image):
            raise CannotStart('no such kernel: %s (run `make` first)' % image)
        try:
            self.prepare_disk()
        except (mkdisk.DiskError, OSError) as error:
            raise CannotStart(str(error))
        words = self.arguments(serial or 'file:' + self.path('console'))
        self.errors = open(self.path('errors'), 'w+b')
        streams.setdefault('stdin', subprocess.DEVNULL)
        streams.setdefault('stdout', self.errors)
        if self.wrap:
            words = self.wrap(words, self.folder)
        try:
            self.process = subprocess.Popen(words, stderr=self.errors, **streams)
        except OSError as error:
            raise CannotStart('%s: %s' % (words[0], error))
        self.started = time.monotonic()

    def end(self):
        """Ends the machine, by its own process id, if it still runs."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def run(self, write=lambda data: None):
        """Runs the machine to its end, handing output to `write` as it comes. Returns the Outcome."""
        channel = self.channel = Channel(write)
        try:
            self.start()
            timed_out = self.follow(channel)
        except CannotStart as problem:
            return Outcome(NOT_STARTED, str(problem))
        outcome = self.judge(channel, timed_out)
        outcome.seconds = time.monotonic() - self.started
        return outcome

    def follow(self, channel):
        """Feeds the channel until the machine has ended. True if its time was up first."""
        deadline = self.started + self.timeout
        source = None
        while True:
            ended = self.process.poll() is not None     # asked first: what was written before is read below
            if source is None and os.path.exists(self.path('channel')):
                source = open(self.path('channel'), 'rb')
            data = source.read() if source else b''
            channel.feed(data)
            if ended and not data:
                break
            if not ended and time.monotonic() > deadline:
                self.end()
                channel.feed(source.read() if source else b'')
                return True
            if not data:
                time.sleep(POLL)
        return False

    def judge(self, channel, timed_out):
        if timed_out:
            return Outcome(TIMED_OUT, 'no end after %g s; the console said last:' % self.timeout, self.tail())
        code = self.process.returncode
        if code == PANIC_EXIT:
            report = channel.report.decode('utf-8', 'replace') or self.tail(40)
            return Outcome(PANICKED, 'the kernel panicked:', report)
        if code:
            self.errors.seek(0)
            said = self.errors.read().decode('utf-8', 'replace').strip()
            return Outcome(NOT_STARTED, 'QEMU ended with status %d: %s' % (code, said))
        if channel.wait_status is not None:
            return Outcome(exit_status(channel.wait_status))
        if channel.farewell:
            return Outcome(0)
        return Outcome(PANICKED, 'the machine went down without a word; the console said last:', self.tail())

    def console(self):
        """All the console has said so far."""
        try:
            with open(self.path('console'), 'rb') as file:
                return file.read().decode('utf-8', 'replace').replace('\r', '')
        except OSError:
            return ''

    def tail(self, lines=20):
        return '\n'.join(self.console().rstrip('\n').split('\n')[-lines:])
