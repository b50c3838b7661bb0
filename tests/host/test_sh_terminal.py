"""The shell at a terminal of this host's Linux: keys, history, completion, jobs."""
import os
import pty
import select
import signal
import subprocess
import tempfile
import time
import unittest

from machine import TOP

SHELL = os.path.join(TOP, 'build', 'bin', 'sh')
PROMPT = b'READY> '


class AtTheTerminal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        subprocess.run(['make', '-s', '-C', TOP, 'build/bin/sh'], check=True)
        try:
            subprocess.run([SHELL, '-c', ':'], check=True)
        except (OSError, subprocess.CalledProcessError):
            raise unittest.SkipTest('this host does not run i386 programs')

    def setUp(self):
        self.home = tempfile.TemporaryDirectory()
        self.addCleanup(self.home.cleanup)
        self.ahead = b''         # read, and not asked for yet
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(self.home.name)
            signal.signal(signal.SIGINT, signal.SIG_DFL)    # a runner in the background hands it on ignored
            os.execve(SHELL, ['sh'], dict(os.environ, HOME=self.home.name, PS1=PROMPT.decode()))
        self.addCleanup(self.end)
        self.until(PROMPT)

    def end(self):
        os.close(self.fd)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)

    def until(self, wanted, seconds=10):
        """Reads up to and with `wanted`."""
        end = time.time() + seconds
        while wanted not in self.ahead:
            if not select.select([self.fd], [], [], max(0, end - time.time()))[0]:
                self.fail('no %r in %r' % (wanted, self.ahead))
            self.ahead += os.read(self.fd, 4096)
        self.ahead = self.ahead[self.ahead.index(wanted) + len(wanted):]

    def type(self, keys, wanted=PROMPT):
        os.write(self.fd, keys)
        self.until(wanted)

    def answer(self, keys, wanted):
        """The next keys wait for the prompt: before it the terminal would take them in its own way."""
        self.type(keys, wanted)
        self.until(PROMPT)

    def test_keys(self):
        self.answer(b'cho one tw\x01e\x05o\r', b'\none two\r\n')
        self.answer(b'echo one two\x17three\r', b'\none three\r\n')
        self.answer(b'nonsense\x15echo fresh\r', b'\nfresh\r\n')
        self.answer(b'echo abc\x1b[D\x1b[D\x7fX\r', b'\nXbc\r\n')
        self.answer(b'echo abcd\x1b[D\x1b[D\x0b\r', b'\nab\r\n')

    def test_history(self):
        self.answer(b'echo fir""st\r', b'\nfirst\r\n')
        self.answer(b'echo second\r', b'\nsecond\r\n')
        self.answer(b'\x1b[A\x1b[A\r', b'\nfirst\r\n')
        with open(os.path.join(self.home.name, '.sh_history'), encoding='utf-8') as file:
            self.assertIn('echo second\n', file.read())

    def test_completion(self):
        open(os.path.join(self.home.name, 'unmistakable'), 'w').close()
        self.answer(b'unal\t-a; echo unm\t\r', b'\nunmistakable\r\n')
        os.mkdir(os.path.join(self.home.name, 'unmade'))
        self.type(b'echo unm\t', b'unmade/')

    def test_more_lines_to_a_command(self):
        self.type(b'if true\r', b'> ')
        self.type(b'then echo in""side\r', b'> ')
        self.answer(b'fi\r', b'\ninside\r\n')

    def test_interrupts(self):
        self.type(b'half a line\x03')
        self.type(b'while :; do :; done\r', b'\n')
        time.sleep(0.2)
        self.type(b'\x03')
        self.type(b'sleep 100\r', b'\n')
        time.sleep(0.3)
        self.type(b'\x03')
        self.answer(b'echo status $?\r', b'\nstatus 130\r\n')

    def test_jobs(self):
        self.type(b'sleep 100\r', b'\n')
        time.sleep(0.3)
        self.answer(b'\x1a', b'[1] + Stopped')
        self.answer(b'bg\r', b'[1] sleep 100')
        self.answer(b'jobs\r', b'[1] + Running')
        self.type(b'fg\r', b'\nsleep 100\r\n')
        time.sleep(0.3)
        self.type(b'\x03')
        self.answer(b'jobs; echo no""ne\r', b'\nnone\r\n')

    def test_errors_come_back_to_the_prompt(self):
        self.answer(b'fi\r', b'Syntax error')
        self.answer(b': ${unset?is gone}\r', b'is gone')
        self.answer(b'echo a""live\r', b'\nalive\r\n')

    def test_end_of_input_leaves(self):
        self.type(b'\x04', b'exit')
        for _ in range(100):
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                break
            time.sleep(0.05)
        else:
            self.fail('still there')
        self.pid = os.spawnlp(os.P_NOWAIT, 'true', 'true')      # for end() to wait for


if __name__ == '__main__':
    unittest.main()
