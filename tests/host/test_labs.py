"""The labs' machinery: marks and holes, what a hand-out may not hold, what a submission may be, and a sample of the proof."""
import contextlib
import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import unittest.mock
import xml.etree.ElementTree
import zipfile

from machine import TOP, Outcome, debug_build

sys.path.insert(0, os.path.join(TOP, 'docs', 'labs', 'machinery'))
import confine      # noqa: E402
import cut          # noqa: E402
import evidence     # noqa: E402
import grading      # noqa: E402
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

    def test_a_hand_out_has_all_that_its_tests_import(self):
        for number in cut.lab_numbers():
            tree, folder = cut.Tree(number), os.path.join(self.scratch.name, number)
            tree.files = {path: data for path, data in tree.files.items() if path.startswith(('docs/labs/', 'tests/host/', 'user/mkdisk'))}
            tree.write(folder)
            result = subprocess.run([sys.executable, '-c', 'import sys; sys.path.insert(0, "docs/labs/machinery"); '
                                     'import grading; grading.load_tests("%s")' % tree.folder],
                                    cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8')
            self.assertEqual(result.returncode, 0, result.stdout)

    def test_links_of_the_labs_pages_lead_somewhere(self):
        for number in cut.lab_numbers():
            tree = cut.Tree(number)
            for path in ('docs/labs/README.md', tree.folder + '/README.md'):
                for match in cut.LINK.finditer(tree.files[path].decode()):
                    target = os.path.normpath(os.path.join(os.path.dirname(path), match[2]))
                    self.assertTrue(any(name == target or name.startswith(target + '/') for name in tree.files), (number, path, target))

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
        pages = subprocess.run([os.path.join(self.folder, 'docs', 'doccheck')], stdout=subprocess.PIPE, encoding='utf-8')
        self.assertEqual(pages.stdout, '')
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
        self.repository('a')
        self.assertEqual(submission.collect(self.path('a.git'), [SOURCE]), {SOURCE: b'mine'})
        self.put('f/mine/' + SOURCE, 'mine')
        self.repository('f')
        self.assertEqual(submission.collect(self.path('f.git'), [SOURCE]), {SOURCE: b'mine'})

    def repository(self, name):
        """The folder, as a bare repository beside it."""
        folder = self.path(name)
        for words in (['init', '-q', folder], ['-C', folder, 'add', '-A'],
                      ['-C', folder, '-c', 'user.name=n', '-c', 'user.email=e', 'commit', '-qm', 'x'], ['clone', '-q', '--bare', folder, folder + '.git']):
            subprocess.run(['git'] + words, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def test_a_repository_with_more_files_than_a_disk(self):
        """Ten trees, each ten times the one before it: 10^10 files. None of them is written."""
        self.put('bomb/locker.c', 'mine')
        self.repository('bomb')
        def git(*words, said=''):
            return subprocess.run(['git', '-C', self.path('bomb.git'), '-c', 'user.name=n', '-c', 'user.email=e', *words], input=said, check=True,
                                  stdout=subprocess.PIPE, encoding='utf-8').stdout.strip()
        tree = git('rev-parse', 'HEAD^{tree}')
        for _ in range(10):
            tree = git('mktree', said=''.join('040000 tree %s\td%d\n' % (tree, i) for i in range(10)))
        tree = git('mktree', said='040000 tree %s\tbomb\n100644 blob %s\tlocker.c\n' % (tree, git('rev-parse', 'HEAD:locker.c')))
        git('update-ref', 'HEAD', git('commit-tree', tree, '-m', 'all of it'))
        self.assertEqual(submission.collect(self.path('bomb.git'), [SOURCE]), {SOURCE: b'mine'})

    def test_what_is_none(self):
        self.put('garbage.zip', 'PK no archive')
        self.put('empty/README', '')
        self.put('large/locker.c', 'x' * (submission.FILE_LIMIT + 1))
        os.makedirs(self.path('link'))
        os.symlink('/etc/passwd', self.path('link', 'locker.c'))
        os.makedirs(self.path('pipe'))
        os.mkfifo(self.path('pipe', 'locker.c'))
        self.repository('large')
        self.repository('empty')
        with zipfile.ZipFile(self.path('broken.zip'), 'w', zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(SOURCE, 'mine' * 1000)
        with open(self.path('broken.zip'), 'r+b') as file:
            file.seek(30 + len(SOURCE))
            file.write(b'\xff\xff\xff')
        for name in ('garbage.zip', 'broken.zip', 'empty', 'empty.git', 'large', 'large.git', 'link', 'pipe', 'missing', 'missing.git'):
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


class Formats(unittest.TestCase):
    """What is said of a mark, for people and for programs."""

    def setUp(self):
        self.mark = grading.Mark('03', 'A <first> device', 1, 7)
        self.mark.tests = [{'name': name, 'step': 1, 'max_points': 5, 'points': points, 'status': status, 'expected': expected, 'seen': seen,
                            'hint': hint, 'repeat': 'docs/labs/grade --test ' + name} for name, points, status, expected, seen, hint in (
            ('opens', 5, grading.PASSED, '', '', ''), ('reads', 0, grading.FAILED, 'a "b" & <c>', 'x\x00\x1b[2J\ud800\nok 1', 'README.md'),
            ('writes', 0, grading.BLOCKED, '', '', 'needs reads'))]
        self.mark.notes = ['not handed in: a.c']
        self.nothing = grading.nothing(os.path.join(TOP, cut.lab_folder(LAB)), LAB, 'A device', 1, 7, 'it does not build:\na.c:1: error')

    def test_json(self):
        said = json.loads(grading.as_json(self.mark))
        self.assertEqual((said['score'], said['max_score'], said['random']), (5, 15, 7))
        self.assertEqual(said['tests'][1]['repeat'], 'docs/labs/grade --test reads')
        self.assertLessEqual({'name', 'points', 'status', 'expected', 'seen', 'repeat'}, set(said['tests'][1]))
        self.assertEqual(json.loads(grading.as_json(self.nothing))['score'], 0)

    def test_junit(self):
        suite = xml.etree.ElementTree.fromstring(grading.as_junit(self.mark))
        self.assertEqual((suite.get('tests'), suite.get('failures')), ('3', '2'))
        cases = suite.findall('testcase')
        self.assertEqual([case.find('failure') is None for case in cases], [True, False, False])
        self.assertIn('expected: a "b" & <c>', cases[1].find('failure').get('message'))
        self.assertIn('a.c:1: error', grading.as_junit(self.nothing))

    def test_tap(self):
        lines = grading.as_tap(self.mark).split('\n')
        self.assertEqual(lines[0], '1..3')
        self.assertEqual([line for line in lines if line.startswith(('ok', 'not ok'))], ['ok 1 - opens', 'not ok 2 - reads', 'not ok 3 - writes'])
        self.assertIn('# a.c:1: error', grading.as_tap(self.nothing))

    def test_gradescope(self):
        said = json.loads(grading.as_gradescope(self.mark))
        self.assertEqual((said['score'], said['output']), (5, 'not handed in: a.c'))
        self.assertEqual([(test['score'], test['max_score'], test['status']) for test in said['tests']],
                         [(5, 5, 'passed'), (0, 5, 'failed'), (0, 5, 'failed')])
        self.assertIn('a.c:1: error', json.loads(grading.as_gradescope(self.nothing))['output'])

    def test_text(self):
        self.assertIn('5 of 15 points', grading.as_text(self.mark))
        self.assertIn('a.c:1: error', grading.as_text(self.nothing))


@unittest.skipUnless(confine.works(), 'bubblewrap does not work here')
class Confinement(unittest.TestCase):
    def test_processes(self):
        """Who is not root can have so many, and no more."""
        nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] if os.getuid() == 0 else []
        with unittest.mock.patch.object(confine, 'PROCESSES', 100):
            words = nobody + confine.limits(20) + confine.room([]) + ['sh', '-c', 'for i in $(seq 200); do sleep 2 & done; echo all']
        result = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8', cwd='/')
        self.assertIn('ork', result.stdout)
        self.assertNotIn('all\n', result.stdout)

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
            status, said = confine.build(folder, ['yes', 'a warning'])
            self.assertNotEqual(status, 0)
            self.assertEqual(len(said), confine.SAID_BYTES)
            status, said = confine.build(folder, ['python3', '-c', 'bytearray(%d)' % confine.MEMORY])
            self.assertIn('MemoryError', said)
            began = time.monotonic()
            status, said = confine.build(folder, confine.limits(1) + ['sh', '-c', 'while :; do :; done'])
            self.assertNotEqual(status, 0)
            self.assertLess(time.monotonic() - began, 60)


class GradeAll(unittest.TestCase):
    """Batches of what needs no machine."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = os.path.join(scratch.name, 'all')
        self.names = ['a note; touch x', 'empty', "it's $(touch x)\ntouch x #", 'garbage.zip', os.fsdecode(b'not-utf\xff')]
        for name in self.names:
            os.makedirs(os.path.join(self.folder, name)) if '.' not in name else self.put(name)

    def put(self, name):
        with open(os.path.join(self.folder, name), 'w', encoding='utf-8') as file:
            file.write('PK')

    def grade_all(self, *words, path=''):
        result = subprocess.run([os.path.join(TOP, 'docs/labs/grade-all'), '--lab', LAB, '--jobs', '2', *words, self.folder], cwd=self.folder,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8', env={**os.environ, 'PATH': path + os.environ['PATH']})
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertEqual(os.path.exists(os.path.join(self.folder, 'x')), False)
        return result.stdout

    def marks(self):
        with open(os.path.join(self.folder, 'results', 'marks.csv'), newline='', encoding='utf-8', errors='surrogateescape') as file:
            return {row['submission']: row for row in csv.DictReader(file)}

    @unittest.skipUnless(confine.works() and shutil.which('parallel'), 'bubblewrap or GNU parallel does not work here')
    def test_marks_and_going_on(self):
        self.assertTrue(debug_build())
        self.assertIn('5 submissions, 5 marked now, 0 without a mark', self.grade_all())
        marks = self.marks()
        self.assertEqual(set(marks), set(self.names))
        self.assertEqual({(row['score'], row['max_score']) for row in marks.values()}, {('0', '80')})
        self.assertIn('is no folder, no ZIP', marks['garbage.zip']['reason'])
        self.assertIn('none of the files', marks['empty']['reason'])
        self.assertIn('5 submissions, 0 marked now', self.grade_all())
        os.unlink(os.path.join(self.folder, 'results', 'empty.json'))
        self.assertIn('5 submissions, 1 marked now', self.grade_all())
        later = time.time() + 100
        os.utime(os.path.join(self.folder, 'garbage.zip'), (later, later))
        self.assertIn('5 submissions, 1 marked now', self.grade_all())

    @unittest.skipUnless(confine.works(), 'bubblewrap does not work here')
    def test_slurm(self):
        """A cluster of one shell, which runs the tasks of the array that it is given."""
        self.assertTrue(debug_build())
        bin = os.path.join(os.path.dirname(self.folder), 'bin')
        os.mkdir(bin)
        with open(os.path.join(bin, 'sbatch'), 'w', encoding='utf-8') as file:
            file.write('#!/bin/sh\nfor i in $(seq $(sed -n "s/.*--array=1-//p" "$1")); do SLURM_ARRAY_TASK_ID=$i sh "$1" || exit 1; done\n')
        os.chmod(os.path.join(bin, 'sbatch'), 0o755)
        self.grade_all('--slurm', path=bin + ':')
        self.assertIn('5 submissions, 0 marked now, 0 without', self.grade_all())
        self.assertEqual(len(self.marks()), 5)


class Sample(unittest.TestCase):
    """Of each lab the reference, of lab 03 a forgery and some mutants; `make test-labs` proves the rest."""
    complains = True        # a mutant's mistakes are told

    @unittest.skipUnless(shutil.which('bwrap'), 'bubblewrap is not here')
    def test_marks_are_what_they_should_be(self):
        self.assertTrue(debug_build())
        with contextlib.redirect_stdout(io.StringIO()):     # its lines are no cases of ours
            results = prove.prove(cut.lab_numbers(), '', 2, sample=True)
        self.assertEqual([(lab, name, wrong) for lab, name, wrong, _ in results if wrong], [])

    def test_ones_own_tree(self):
        """`make grade`, in a hand-out."""
        self.assertTrue(debug_build())
        folder = submission.pristine(cut.Tree(LAB))
        result = subprocess.run([os.path.join(folder, 'docs/labs/grade'), '--here', '--format', 'json'], stdout=subprocess.PIPE, encoding='utf-8', check=True)
        mark = json.loads(result.stdout)
        self.assertEqual((mark['score'], mark['max_score'], mark['reason']), (0, 80, ''))
        result = subprocess.run([os.path.join(TOP, 'docs/labs/grade'), '--here'], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8')
        self.assertEqual((result.returncode, 'is no tree of a lab' in result.stdout), (1, True))


if __name__ == '__main__':
    unittest.main()
