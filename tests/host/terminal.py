"""terminal: a machine with its console on a pipe, for tests that type and read like a student.

    with Terminal(memory=64) as terminal:
        terminal.start()
        terminal.prompt()
        assert 'lectern' in terminal.ask('uname -a')
        terminal.poweroff()
"""
import os
import re
import select
import socket
import subprocess
import time

from machine import Machine

PROMPT = re.compile(r'(?<![^\n])(?:\S*[#$] )+$')       # twice where the line editor draws it again
CONTROL = re.compile(r'\x1b\[[0-9;?]*[A-Za-z]|[\r\x07]')
LINE_END = '\r'         # what the Enter key sends; the line discipline makes it a line end


class Terminal(Machine):
    """A plain boot unless a command is given; the console is ours, the channel unused."""

    def start(self, **streams):
        super().start(serial='stdio', stdin=subprocess.PIPE, stdout=subprocess.PIPE, **streams)
        self.seen = ''          # everything the console said
        self.mark = 0           # where the next expect() starts to look

    def hear(self, data):
        """Takes what came, without what only moves the cursor (a sequence may come in two pieces)."""
        old, new = self.seen[:self.mark], self.seen[self.mark:]
        self.seen = old + CONTROL.sub('', new + data.decode('utf-8', 'replace'))

    def console(self):
        return self.seen

    def expect(self, pattern, timeout=30):
        """Waits until what came since the last expect() matches; returns the match."""
        pattern = re.compile(pattern)
        deadline = time.monotonic() + timeout
        while True:
            found = pattern.search(self.seen, self.mark)
            if found:
                self.mark = found.end()
                return found
            left = deadline - time.monotonic()
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, left))
            data = os.read(self.process.stdout.fileno(), 65536) if ready else b''
            if not data:
                raise AssertionError('the console never said %r, %s; it said last:\n%s' % (
                    pattern.pattern, 'the machine ended' if ready else 'in %g s' % timeout, self.tail()))
            self.hear(data)

    def prompt(self, timeout=30):
        return self.expect(PROMPT, timeout)

    def send(self, text):
        self.process.stdin.write(text.encode())
        self.process.stdin.flush()

    def ask(self, line, timeout=30):
        """Types a line; returns what came between its echo and the next prompt."""
        self.send(line + LINE_END)
        self.expect(re.escape(line) + r'\n', timeout)
        start = self.mark
        found = self.prompt(timeout)
        return self.seen[start:found.start()].rstrip('\n')

    def poweroff(self, timeout=30):
        """Types poweroff and waits for the machine to be gone; returns QEMU's status."""
        self.send('poweroff' + LINE_END)
        return self.wait(timeout)

    def wait(self, timeout=30):
        """Reads the console until the machine ends; returns QEMU's status."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            ready, _, _ = select.select([self.process.stdout], [], [], 0.2)
            data = os.read(self.process.stdout.fileno(), 65536) if ready else b''
            self.hear(data)
            if ready and not data:
                return self.process.wait(max(1, deadline - time.monotonic()))
        raise AssertionError('the machine still runs after %g s; the console said last:\n%s' % (timeout, self.tail()))


class Monitored(Terminal):
    """A terminal whose machine takes commands of QEMU's monitor."""

    def start(self, **streams):
        self.args += ['-monitor', 'unix:%s,server=on,wait=off' % self.path('monitor')]
        super().start(**streams)

    def monitor(self, *commands):
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(10)
            line.connect(self.path('monitor'))
            for command in ('',) + commands:
                line.sendall(command.encode() + b'\n' if command else b'')
                heard = b''
                while not heard.endswith(b'(qemu) '):
                    heard += line.recv(4096)
