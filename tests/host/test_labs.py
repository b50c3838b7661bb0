"""The labs' machinery: marks and holes, what a hand-out may not hold, what a submission may be, and a sample of the proof."""
import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

from machine import TOP, Outcome, debug_build

sys.path.insert(0, os.path.join(TOP, 'docs', 'labs', 'machinery'))
import confine      # noqa: E402
import cut          # noqa: E402
import evidence     # noqa: E402
import prove        # noqa: E402
import submission   # noqa: E402

LAB = '03'
SOURCE = 'drivers/samples/locker.c'


class HandOuts(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.folder = os.path.join(self.scratch.name, 'mine')

    def lab(self, *words):
        return subprocess.run([sys.executable, os.path.join(TOP, 'docs/labs/machinery/make_lab.py'), '--dir', self.folder, *words],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8')

    def source(self, path=SOURCE):
        with open(os.path.join(self.folder, path), encoding='utf-8') as file:
            return file.read()

    def test_every_lab_and_step_can_be_cut_and_leaks_nothing(self):
        for number in cut.lab_numbers():
            for step in cut.Tree(number).lab['STEPS']:
                for seed in ('', 'a', 'b'):
                    with self.subTest(lab=number, step=step, seed=seed):
                        tree = cut.Tree(number, step, seed)
                        self.assertTrue(tree.cut)
                        self.assertEqual(tree.leaks(), [])
                        for path, data in tree.files.items():
                            self.assertNotRegex(data, rb'(?m)^\s*/\* (LAB \d\d\.\d \{|\} LAB)', path)

    def test_a_page_cites_nothing_that_was_cut(self):
        page, cited = 'docs/journeys/dma.md', b'dma.c:/ATA_DMA_BOUNDARY - at'
        self.assertIn(cited, cut.Tree('10', solution=True).files[page])
        self.assertNotIn(cited, cut.Tree('10').files[page])
        self.assertIn(b'dma.c:/^unsigned int ide_build_prd/', cut.Tree('10').files[page])

    def test_a_leak_is_told(self):
        tree = cut.Tree(LAB)
        tree.files['notes.txt'] = tree.cut[0][1].encode()
        self.assertIn('notes.txt', [path for path, _ in tree.leaks()])

    def test_a_repository_of_ones_own(self):
        result = self.lab('--lab', '3')
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertIn('return -EINVAL;', self.source())
        self.assertNotIn('copy_from_user(locker->bytes', self.source())
        log = subprocess.run(['git', '-C', self.folder, 'log', '--format=%s'], stdout=subprocess.PIPE, encoding='utf-8', check=True)
        self.assertEqual(log.stdout, 'Lab 03: A first character device\n')
        status = subprocess.run(['git', '-C', self.folder, 'status', '--porcelain'], stdout=subprocess.PIPE, check=True)
        self.assertEqual(status.stdout, b'')
        for gone in ('docs/labs/03-character-device/mutants.py', 'docs/labs/03-character-device/holes', 'tests/host/contract_plants.py'):
            self.assertFalse(os.path.exists(os.path.join(self.folder, gone)), gone)

    def test_a_folder_that_is_there_is_left_alone(self):
        os.mkdir(self.folder)
        result = self.lab('--lab', '3')
        self.assertNotEqual(result.returncode, 0)
        self.assertIn('is there already; nothing was written', result.stdout)
        self.assertEqual(os.listdir(self.folder), [])

    def test_steps_and_solutions(self):
        self.assertEqual(self.lab('--lab', '3', '--step', '2').returncode, 0)
        self.assertIn('return -EBUSY', self.source().replace('err = -EBUSY', 'return -EBUSY'))
        self.assertNotIn('copy_from_user(locker->bytes', self.source())
        self.folder += '2'
        self.assertEqual(self.lab('--lab', '3', '--solution').returncode, 0)
        self.assertIn('copy_from_user(locker->bytes', self.source())

    def test_no_such_lab_or_step(self):
        for words in (['--lab', '99'], ['--lab', '3', '--step', '9'], ['--lab', 'x']):
            result = self.lab(*words)
            self.assertNotEqual(result.returncode, 0)
            self.assertNotIn('Traceback', result.stdout)
            self.assertFalse(os.path.exists(self.folder))

    def test_a_seed_varies_names_everywhere_alike(self):
        seeds = [cut.Tree(LAB, 1, seed) for seed in ('one', 'two', 'three')]
        names = {tree.variation.words['locker'] for tree in seeds}
        self.assertGreater(len(names), 1)
        tree = next(tree for tree in seeds if tree.variation.words['locker'] != 'locker')
        word = tree.variation.words['locker'].encode()
        self.assertIn('drivers/samples/%s.c' % word.decode(), tree.files)
        self.assertIn(b'obj-m += %s.o' % word, tree.files['drivers/samples/Kbuild'])
        for path in (tree.folder + '/README.md', tree.folder + '/peer.c', tree.folder + '/tests.py'):
            self.assertNotIn(b'locker', tree.files[path])
        self.assertEqual(cut.Tree(LAB, 1, 'one').files, seeds[0].files)


class Submissions(unittest.TestCase):
    """What may be handed in, without building any of it."""

    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)

    def path(self, *names):
        return os.path.join(self.scratch.name, *names)

    def put(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), 'w', encoding='utf-8') as file:
            file.write(text)

    def test_folder_zip_and_git(self):
        for where in ('a/' + SOURCE, 'b/lab-from-me/' + SOURCE, 'c/locker.c'):
            self.put(where, 'mine')
            self.assertEqual(submission.collect(self.path(where.split('/')[0]), [SOURCE]), {SOURCE: b'mine'})
        with zipfile.ZipFile(self.path('d.zip'), 'w') as archive:
            archive.writestr('top/' + SOURCE, 'mine')
            archive.writestr('../../../etc/x', 'outside')
        self.assertEqual(submission.collect(self.path('d.zip'), [SOURCE]), {SOURCE: b'mine'})
        for words in (['init', '-q', self.path('a')], ['-C', self.path('a'), 'add', '-A'],
                      ['-C', self.path('a'), '-c', 'user.name=n', '-c', 'user.email=e', 'commit', '-qm', 'x'],
                      ['clone', '-q', '--bare', self.path('a'), self.path('e.git')]):
            subprocess.run(['git'] + words, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(submission.collect(self.path('e.git'), [SOURCE]), {SOURCE: b'mine'})

    def test_what_is_none(self):
        self.put('garbage.zip', 'PK no archive')
        self.put('empty/README', '')
        self.put('large/locker.c', 'x' * (submission.FILE_LIMIT + 1))
        os.makedirs(self.path('link'))
        os.symlink('/etc/passwd', self.path('link', 'locker.c'))
        os.makedirs(self.path('pipe'))
        os.mkfifo(self.path('pipe', 'locker.c'))
        for name in ('garbage.zip', 'empty', 'large', 'link', 'pipe', 'missing', 'missing.git'):
            with self.subTest(name=name), self.assertRaises(submission.Refused):
                submission.collect(self.path(name), [SOURCE])


class Cases(unittest.TestCase):
    """What is made of a program's words, without a machine."""

    def hear(self, *machines):
        """The results of cases a, b and c in a row of machines that say this; T stands for the token."""
        grader, left = evidence.Grader(TOP, 'docs/labs/03-character-device', 1), list(machines)

        def guest(script, **_):
            return evidence.Run(left.pop(0).replace('T', script.split()[2]), '', Outcome(1, ''))
        grader.guest = guest
        results = grader.cases('peer', ['a', 'b', 'c'])
        self.assertEqual(left, [])
        return [name for name, failure in sorted(results.items()) if failure]

    def test_who_is_to_blame(self):
        rest = 'T begin b\nT ok b\nT begin c\nT ok c\n'
        self.assertEqual(self.hear('T begin a\nT ok a\n' + rest), [])
        self.assertEqual(self.hear('T begin a\nT not a expected 1 seen 2\nT fresh b\n', rest), ['a'])
        self.assertEqual(self.hear('T begin a\nT stuck a\n', rest), ['a'])
        self.assertEqual(self.hear('T begin a\n', rest), ['a'])
        self.assertEqual(self.hear('T begin a\nT ok a\nT begin b\n', 'T begin c\nT ok c\n'), ['b'])
        self.assertEqual(self.hear('nothing\n'), ['a', 'b', 'c'])


@unittest.skipUnless(confine.works(), 'bubblewrap does not work here')
class Confinement(unittest.TestCase):
    def test_a_build_sees_its_folder_and_nothing_else(self):
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
            status, said = confine.build(folder, ['sh', '-c', 'ls %s; ls /root /home; cat /proc/net/route | wc -l; touch mine; ps 2>/dev/null | wc -l' % other])
            self.assertIn('No such file', said)
            self.assertTrue(os.path.exists(os.path.join(folder, 'mine')))
            self.assertIn('\n1\n', said)

    def test_bounds(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(confine.build(folder, ['sleep', '60'], seconds=1)[0], None)
            status, _ = confine.build(folder, ['sh', '-c', 'exec cat /dev/zero >big'])
            self.assertNotEqual(status, 0)
            self.assertLessEqual(os.path.getsize(os.path.join(folder, 'big')), confine.FILE_BYTES)


class Sample(unittest.TestCase):
    """Of each lab the reference, of lab 03 a forgery and some mutants; `make test-labs` proves the rest."""
    complains = True        # a mutant's mistakes are told

    @unittest.skipUnless(shutil.which('bwrap'), 'bubblewrap is not here')
    def test_marks_are_what_they_should_be(self):
        self.assertTrue(debug_build())
        with contextlib.redirect_stdout(io.StringIO()):     # its lines are no cases of ours
            results = prove.prove(cut.lab_numbers(), '', 2, sample=True)
        self.assertEqual([(lab, name, wrong) for lab, name, wrong, _ in results if wrong], [])


if __name__ == '__main__':
    unittest.main()
