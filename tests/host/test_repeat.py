"""A seed repeats a run to the instruction: what it writes, when, and how long it takes."""
import unittest

from machine import Machine

BUSY = """
for i in 1 2 3; do
    (seq 1 3000 >/tmp/a$i; sort -n /tmp/a$i | tee /root/b$i | tail -n 1; sync; cat /root/b* | wc -l) &
done
wait
cat /proc/uptime /proc/interrupts
head -c 8 /dev/urandom
ls -lR / | wc
echo the end >/dev/kmsg
"""


class Seed(unittest.TestCase):
    def run_once(self, seed, **options):
        output = []
        with Machine(['sh', '-c', BUSY], seed=seed, timeout=120, **options) as machine:
            outcome = machine.run(output.append)
            console = machine.console()
        self.assertEqual(outcome.status, 0, outcome.explain())
        self.assertIn('the end', console)
        return b''.join(output), console, machine.channel.clock

    def test_repeats_to_the_instruction(self):
        first = self.run_once(1)
        self.assertGreater(first[2], 100000000)
        self.assertEqual(self.run_once(1), first)
        self.assertEqual(self.run_once(1), first)

    def test_another_seed_is_another_run(self):
        self.assertNotEqual(self.run_once(1), self.run_once(2))


if __name__ == '__main__':
    unittest.main()
