"""Keys and a mouse from the host's side: what QEMU's monitor presses arrives as events and on the console."""
import re
import unittest

from machine import Machine
from test_sysrq import Monitored


class Devices(unittest.TestCase):
    def node(self, terminal, name):
        """evdev's node of the device whose name has this in it."""
        for device in terminal.ask('cat /proc/bus/input/devices').split('\n\n'):
            if name in device:
                return re.search(r'Handlers=.*?\b(event\d+)', device).group(1)
        self.fail('no device %s' % name)

    def shown(self, terminal, node, events, *commands):
        """The last 8 bytes of each event that these commands bring: type, code, value."""
        terminal.send('echo begin; head -c %d /dev/input/%s >/tmp/events; hexdump -Cv /tmp/events; echo sho""wn\r' % (16 * events, node))
        terminal.expect(r'begin\n')
        terminal.ask_nothing(0.4)
        terminal.monitor(*commands)
        start = terminal.mark
        found = terminal.expect(r'shown\n')
        terminal.prompt()
        lines = re.findall(r'^[0-9a-f]{8}  ((?:[0-9a-f]{2} +){16})', terminal.seen[start:found.start()], re.M)
        return [tuple(int.from_bytes(bytes.fromhex(''.join(line.split()[at:at + size])), 'little', signed=True)
                      for at, size in ((8, 2), (10, 2), (12, 4))) for line in lines]

    def test_keys_and_mouse(self):
        with Patient() as terminal:
            terminal.start()
            terminal.prompt()
            keyboard, mouse = self.node(terminal, 'keyboard'), self.node(terminal, 'Mouse')
            self.assertEqual(self.shown(terminal, keyboard, 6, 'sendkey x'),
                             [(4, 4, 0x2d), (1, 45, 1), (0, 0, 0), (4, 4, 0x2d), (1, 45, 0), (0, 0, 0)])
            self.assertEqual(self.shown(terminal, keyboard, 6, 'sendkey up'),
                             [(4, 4, 0xe048), (1, 103, 1), (0, 0, 0),
                              (4, 4, 0xe048), (1, 103, 0), (0, 0, 0)])
            self.assertEqual(self.shown(terminal, mouse, 3, 'mouse_move 5 -3'), [(2, 0, 5), (2, 1, -3), (0, 0, 0)])
            self.assertEqual(self.shown(terminal, mouse, 4, 'mouse_button 1', 'mouse_button 0'),
                             [(1, 0x110, 1), (0, 0, 0), (1, 0x110, 0), (0, 0, 0)])
            self.assertRegex(terminal.ask('grep i8042 /proc/interrupts'), r'(?m)^ *1: +[1-9].*\n *12: +[1-9]')
            # and the console's shell got them as well: a clean line, then >/tmp/K
            terminal.monitor(*('sendkey ' + key for key in 'ctrl-c shift-dot slash t m p slash shift-k ret'.split()))
            terminal.ask('while ! test -e /tmp/K; do sleep 0.1; done; echo made')
            self.assertEqual(terminal.poweroff(), 0)

    def test_no_controller(self):
        output = []
        with Machine(['sh', '-c', 'ls /dev/input; grep -c i8042 /proc/interrupts'], args='-M pc,i8042=off') as machine:
            outcome = machine.run(output.append)
        self.assertEqual(outcome.status, 1, outcome.explain())
        self.assertEqual(b''.join(output).decode(), 'event0\n0\n')     # the loudspeaker


class Patient(Monitored):
    def ask_nothing(self, seconds):
        """Lets the guest get as far as its next sleep."""
        try:
            self.expect('nothing of the kind', timeout=seconds)
        except AssertionError:
            pass


if __name__ == '__main__':
    unittest.main()
