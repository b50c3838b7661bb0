"""A machine at whose second serial port (2F8h, IRQ 3) we are the far end of the line.

A lab's program asks in lines `wire SEQUENCE VERB [NUMBER…]` (wire.h), which come on the guest channel; the answer
goes into registers of a serial port that nobody uses, the fourth: by the monitor, 16 bits into its divisor, then the
sequence number into its scratch register. Its clock counts instructions and waits for ours: what comes from outside
comes when it comes.

    new          hang up and call again; forget what was heard, count from here
    send N SEED  say so many bytes of that stream (wire.h, stream())
    heard        how many bytes came
    same SEED    how many of them, from the first, are that stream's
    hold, listen stop taking bytes, so that the line fills up; go on
    irqs         how often the interrupt controller saw IRQ 3 rise
    unhandled    how often in a row IRQ 3 came and no handler said that it was its own
"""
import re
import select
import socket
import subprocess
import threading

from machine import Machine

LATCH, SCRATCH = 0x2e8, 0x2ef           # of the fourth port
REQUEST = re.compile(r'^wire (\d+) (\w+)((?: \d+)*)$')


def stream(seed, count):
    """The bytes that case.h's fill() makes of a seed."""
    x, data = seed | 1, bytearray()
    for _ in range(count):
        x ^= x << 13 & 0xffffffff
        x ^= x >> 17
        x ^= x << 5 & 0xffffffff
        data.append(x >> 9 & 0xff)
    return bytes(data)


class Wired(Machine):
    """Leaves the port to the lab, and serves the line for as long as it runs."""

    def __init__(self, *args, **options):
        options.update(seed=None, icount=True, append=' '.join(filter(None, [options.get('append'), '8250.nr_uarts=1'])))
        super().__init__(*args, **options)
        self.line = self.mon = None
        self.lock = threading.Lock()        # this is l
        self.heard, self.unsaid = bytearray(), bytearray()      # [l]
        self.listening = True               # [l]
        self.before = 0                     # what the controller had counted at `new`
        self.rest = ''                      # of the guest's output, behind its last whole line

    def arguments(self, serial):
        self.args += ['-chardev', 'socket,id=wire,path=%s,server=on,wait=off' % self.path('wire'), '-serial', 'chardev:wire',
                      '-chardev', 'null,id=nobody', '-device', 'isa-serial,index=3,chardev=nobody',
                      '-monitor', 'unix:%s,server=on,wait=off' % self.path('monitor')]
        return super().arguments(serial)

    def run(self, write=lambda data: None):
        def tee(data):
            write(data)
            lines = (self.rest + data.decode('utf-8', 'replace')).split('\n')
            self.rest = lines.pop()[-200:]
            for line in lines:
                match = REQUEST.match(line)
                if match:
                    self.answer(int(match[1]), match[2], [int(word) for word in match[3].split()])
        try:
            return super().run(tee)
        finally:
            for end in filter(None, (self.line, self.mon)):
                end.close()
            self.line = None

    # ------------------------------------------------------------ the monitor

    def monitor(self, command):
        if not self.mon:
            self.mon = self.call('monitor')
            self.mon.settimeout(60)
            self.until_prompt()
        self.mon.sendall(command.encode() + b'\n')
        return self.until_prompt()

    def until_prompt(self):
        said = b''
        while not said.endswith(b'(qemu) '):
            data = self.mon.recv(4096)
            if not data:
                raise OSError('the monitor has gone')
            said += data
        return said.decode('utf-8', 'replace')

    def call(self, name):
        end = socket.socket(socket.AF_UNIX)
        end.connect(self.path(name))
        return end

    def irqs(self):
        found = re.search(r'isa-i8259(?:.*?)^\s*3: (\d+)', self.monitor('info irq'), re.S | re.M)
        return int(found[1]) if found else 0

    def unhandled(self):
        """A word of the kernel's memory, at the place its symbols tell."""
        said = subprocess.run(['gdb', '-q', '-batch', '-iex', 'set auto-load off', '-ex', 'print/x (long)&irq_desc[3].unhandled', self.kernel],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding='utf-8').stdout
        address = re.search(r'= (0x[0-9a-f]+)', said)[1]
        return int(re.search(r': (0x[0-9a-f]+)', self.monitor('x /1xw ' + address))[1], 16)

    # ------------------------------------------------------------ the line

    def answer(self, sequence, verb, words):
        try:
            value = min(self.obey(verb, words), 0xffff)
            self.monitor('o /b 0x%x 0x%x' % (LATCH, value & 0xff))
            self.monitor('o /b 0x%x 0x%x' % (LATCH + 1, value >> 8))
            self.monitor('o /b 0x%x 0x%x' % (SCRATCH, sequence & 0xff))
        except (OSError, TypeError, IndexError):
            pass                            # the machine has ended, or the request made no sense: no answer

    def obey(self, verb, words):
        if verb == 'new':
            self.hang_up()
        elif verb == 'irqs':
            return self.irqs() - self.before
        elif verb == 'unhandled':
            return self.unhandled()
        with self.lock:
            if verb == 'send':
                self.unsaid += stream(words[1], min(words[0], 1 << 16))
            elif verb == 'heard':
                return len(self.heard)
            elif verb == 'same':
                wanted = stream(words[0], len(self.heard))
                return next((at for at in range(len(wanted)) if wanted[at] != self.heard[at]), len(wanted))
            elif verb in ('hold', 'listen'):
                self.listening = verb == 'listen'
        return 0

    def hang_up(self):
        if self.line:
            self.line.close()
            while 'wire: filename=disconnected' not in self.monitor('info chardev'):
                pass                        # a call before it has noticed would be cut off with the old one
        self.line = None
        with self.lock:
            self.heard, self.unsaid, self.listening = bytearray(), bytearray(), True
        end = self.call('wire')
        end.setblocking(False)
        self.before = self.irqs()
        self.line = end
        threading.Thread(target=self.talk, args=(end,), daemon=True).start()

    def talk(self, end):
        """Carries bytes both ways until this call is over."""
        try:
            while self.line is end:
                with self.lock:
                    reads, writes = [end] if self.listening else [], [end] if self.unsaid else []
                reads, writes, _ = select.select(reads, writes, [], 0.01)
                with self.lock:
                    if self.line is not end:
                        return
                    if reads and self.listening:
                        data = end.recv(4096)
                        if not data:
                            return
                        self.heard += data
                    if writes:
                        del self.unsaid[:end.send(self.unsaid)]
        except (OSError, ValueError):
            pass                            # it hung up
