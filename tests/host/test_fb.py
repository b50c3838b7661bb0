"""The frame buffer, as the screen shows it."""
import time
import unittest

from machine import Machine
from terminal import Monitored

BLACK, GREY = b'\0\0\0', b'\xaa\xaa\xaa'


class Screen(Monitored):
    """A machine whose screen can be looked at."""

    def shot(self):
        """Its width, its height, and a function from x and y to the three bytes there."""
        path = self.path('screen.ppm')
        self.monitor('screendump ' + path)
        with open(path, 'rb') as file:
            kind, size, _, pixels = file.read().split(b'\n', 3)
        assert kind == b'P6', kind
        width, height = map(int, size.split())
        return width, height, lambda x, y: pixels[(y * width + x) * 3:][:3]


class FrameBuffer(unittest.TestCase):
    def ink(self, at, left, top):
        """The dots of the cell at a place: sixteen numbers."""
        return [sum((at(left + x, top + y) != BLACK) << 7 - x for x in range(8)) for y in range(16)]

    # contract: S0-13
    def test_a_program_draws(self):
        with Screen() as terminal:
            terminal.start()
            terminal.prompt()
            terminal.send('/tests/framebuffer draw\r')
            terminal.expect('drawn')
            width, height, at = terminal.shot()
            terminal.send('\r')
        self.assertEqual((width, height), (640, 480))
        for x, field in enumerate(('ff0000', '00ff00', '0000ff', 'ffffff')):
            self.assertEqual(at(160 * x + 5, 100).hex(), field)
            self.assertEqual(at(160 * x + 155, 350).hex(), field)
        self.assertEqual((at(0, 400), at(639, 400)), (BLACK, b'\xff\xff\xff'))
        self.assertTrue(100 < at(320, 479)[0] < 150)

    def console_on(self, **options):
        """A machine whose console is on the frame buffer: looks for an E at the start of a line of tty1."""
        with Screen(**options) as terminal:
            terminal.start()
            terminal.prompt()
            terminal.ask(r"printf '\033[2J\033[HE\033[31mE' >/dev/tty1")
            for _ in range(20):         # QEMU may have drawn the screen a moment before
                width, height, at = terminal.shot()
                left, top = (width // 8 - 80) // 2 * 8, (height // 16 - 25) // 2 * 16
                if at(left + 16, top + 15) == GREY:
                    break
                time.sleep(0.2)
        letter = self.ink(at, left, top)
        self.assertEqual(letter[1:15], [0x7c] * 2 + [0x40] * 4 + [0x78] * 2 + [0x40] * 4 + [0x7c] * 2)
        self.assertEqual(letter, self.ink(at, left + 8, top))
        self.assertEqual((at(left + 2, top + 1), at(left + 10, top + 1)), (GREY, b'\xaa\0\0'))
        self.assertEqual(at(left + 16, top + 15), GREY)        # the cursor
        self.assertEqual(self.ink(at, left + 24, top), [0] * 16)
        return width, height

    def test_console_by_parameter(self):
        self.assertEqual(self.console_on(append='video=800x600'), (800, 600))

    def test_console_without_a_vga(self):
        self.assertEqual(self.console_on(args='-vga none -device bochs-display'), (1024, 768))

    def test_no_adaptor_at_all(self):
        with Machine(['sh', '-c', 'test ! -e /dev/fb0; test ! -e /dev/tty1'], args='-vga none') as machine:
            outcome = machine.run()
        self.assertEqual(outcome.status, 0, outcome.explain())


if __name__ == '__main__':
    unittest.main()
