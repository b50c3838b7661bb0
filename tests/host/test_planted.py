"""Faults of the kind one makes, planted in a copy of the tree one at a time: a checker or a test of the
DEBUG=1 kernel must tell each. A plant whose old text is no longer found once in its file fails, too.

    python3 tests/host/tap.py test_planted.Planted       all, in a minute or two
"""
import os
import re
import shutil
import subprocess
import tempfile
import unittest

from machine import TOP, Machine

COPIED = ['Makefile', 'boot', 'kernel', 'drivers', 'fs', 'user', 'tests']
KERNEL = 'build/debug/lectern.elf'
SECONDS = 60                    # what a run may take
TALK = ['sh', '-c', 'seq 1 20 >/dev/ttyS0']


class Plant:
    """old becomes new in a file; then a kernel suite or a command must tell it in these words."""

    def __init__(self, path, old, new, told, suite='', command=('true',), append='', seconds=SECONDS):
        self.path, self.old, self.new, self.told = path, old, new, told
        self.command, self.seconds = list(command), seconds
        self.append = ' '.join(word for word in ('ktest=' + suite if suite else '', append) if word)


PLANTS = {
    'wait_queue_forgets_to_leave': Plant(
        'kernel/sched/wait.c', '		list_del_init(&entry->entry);\n		spin_unlock_irqrestore(&wq->lock, flags);\n	}\n',
        '		spin_unlock_irqrestore(&wq->lock, flags);\n	}\n',
        told=r'BUG: (list_\w+ corruption|KASAN)[^\n]*', suite='wait'),
    'wait_queue_wakes_all_exclusive': Plant(
        'kernel/sched/wait.c', 'if (woken && (flags & WQ_FLAG_EXCLUSIVE) && !--nr)', 'if (woken && (flags & WQ_FLAG_EXCLUSIVE) && nr < 0)',
        told=r'not ok \d+ exclusive', suite='wait'),
    'pipe_keeps_its_mutex_on_error': Plant(
        'fs/pipe.c', '	if (unlikely(!pipe->readers)) {\n		mutex_unlock(&pipe->mutex);\n', '	if (unlikely(!pipe->readers)) {\n',
        told=r'BUG: lock: held at the return[^\n]*', command=['/tests/pipes'], seconds=20),
    'pipe_is_used_after_it_is_freed': Plant(
        'fs/pipe_open.c', '	put_pipe_info(inode, pipe);\n	return 0;\n', '	put_pipe_info(inode, pipe);\n	return pipe->files;\n',
        told=r'BUG: KASAN: [^\n]*pipe_release[^\n]*', command=['/tests/pipes'], seconds=20),
    'pipe_wakes_nobody': Plant(
        'fs/pipe.c', '	if (was_empty && ret > 0)\n		pipe_wake_readers(pipe);\n', '',
        told=r'not ok \d+ - a_read_waits_for_bytes', command=['/tests/pipes']),
    'ext2_keeps_its_mutex': Plant(
        'fs/ext2/balloc.c', '		count -= done;\n	}\n	mutex_unlock(&sbi->alloc_lock);\n', '		count -= done;\n	}\n',
        told=r'BUG: lock[^\n]*', suite='ext2'),
    'ext2_counts_blocks_wrongly': Plant(
        'fs/ext2/balloc.c', '	inode_add_bytes(inode, -((loff_t)count << sb->s_blocksize_bits));\n', '',
        told=r'not ok', suite='ext2'),
    'serial_sleeps_in_its_handler': Plant(
        'drivers/tty/serial/8250.c', '	while (!(uart_in(up, UART_IIR) & UART_IIR_NO_INT) && passes--) {\n		handled = true;\n',
        '	might_sleep();\n	while (!(uart_in(up, UART_IIR) & UART_IIR_NO_INT) && passes--) {\n		handled = true;\n',
        told=r'BUG: context: sleeping function[^\n]*uart_interrupt[^\n]*', command=TALK),
    'serial_lock_with_interrupts_on': Plant(
        'drivers/tty/serial/8250.c', '	spin_lock_irqsave(&up->lock, irq);\n	while (n < count && tx_pending(up) < TX_SIZE)\n',
        '	irq = 0;\n	spin_lock(&up->lock);\n	while (n < count && tx_pending(up) < TX_SIZE)\n',
        told=r'BUG: lock context: taken in an interrupt[^\n]*', command=TALK),
    'ide_prd_without_its_end': Plant(
        'drivers/block/ide/dma.c', '	prd[entries - 1].flags_len |= cpu_to_le32(ATA_PRD_EOT);\n', '',
        told=r'not ok', suite='prd'),
    'ide_handler_keeps_its_lock': Plant(
        'drivers/block/ide/irq.c', '		ch->rq = NULL;\n	spin_unlock(&ch->lock);\n', '		ch->rq = NULL;\n',
        told=r'BUG: (context|lock)[^\n]*', seconds=20),
}


def copy_tree(top):
    """The sources and what was built of the DEBUG=1 kernel, with their times: nothing of it is built again."""
    for name in COPIED:
        source = os.path.join(TOP, name)
        copy = shutil.copytree if os.path.isdir(source) else shutil.copy2
        copy(source, os.path.join(top, name))
    built = os.path.join(TOP, 'build', 'debug')
    if os.path.isdir(built):
        shutil.copytree(built, os.path.join(top, 'build', 'debug'),
                        ignore=lambda folder, names: [name for name in names if name.endswith(('.img', '.iso', '.elf'))
                                                      or name in ('headercheck', 'stripped', 'user', 'bin')])


def add_cases(cls):
    for name, plant in PLANTS.items():
        setattr(cls, 'test_' + name, lambda self, plant=plant: self.tell(plant))
    return cls


@add_cases
class Planted(unittest.TestCase):
    complains = True            # that is what is waited for

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix='lectern.')
        cls.top = cls.scratch.name
        copy_tree(cls.top)

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def build(self):
        clean = {key: value for key, value in os.environ.items() if key not in ('MAKEFLAGS', 'MAKELEVEL', 'MFLAGS')}
        built = subprocess.run(['make', '-C', self.top, 'DEBUG=1', KERNEL], env=clean, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8')
        self.assertEqual(built.returncode, 0, built.stdout[-3000:])

    def run_planted(self, plant):
        """All that the machine says, until it has told."""
        output = []

        def take(data):
            output.append(data)
            if re.search(plant.told, b''.join(output).decode('utf-8', 'replace')):
                machine.end()

        with Machine(plant.command, kernel=os.path.join(self.top, KERNEL), append=plant.append,
                     timeout=plant.seconds) as machine:
            outcome = machine.run(take)
            return '\n'.join([b''.join(output).decode('utf-8', 'replace'), *machine.channel.ktest, machine.console(),
                              outcome.explain()])

    def tell(self, plant):
        path = os.path.join(self.top, plant.path)
        with open(path, encoding='utf-8') as file:
            text = file.read()
        self.assertEqual(text.count(plant.old), 1, 'the patch of %s no longer fits' % plant.path)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text.replace(plant.old, plant.new))
        try:
            self.build()
            said = self.run_planted(plant)
        finally:
            with open(path, 'w', encoding='utf-8') as file:
                file.write(text)
        told = re.search(plant.told, said)
        self.assertTrue(told, 'nobody told it:\n' + said[-3000:])
        print('# told: ' + told.group(0))


if __name__ == '__main__':
    unittest.main()
