#!/usr/bin/env python3
"""Proves the graders: `make test-labs` calls this, `make test` a sample of it.

For each lab: the reference gets full marks; the bare hand-out of each step gets 0, and so it does after its
tests were deleted, edited or shadowed and after it printed whatever a test prints; each mutant of the
lab's mutants.py, a typical mistake, loses the points of just the tests it names. The mutation score is the share of mutants
that were told as they should be; under 100 % fails, but for a mutant whose `equal` says why nothing can tell it.
"""
import argparse
import concurrent.futures
import importlib.util
import os
import re
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import confine      # noqa: E402
import cut          # noqa: E402
import grading      # noqa: E402
import submission   # noqa: E402

SAMPLED = '03'          # the lab of which `make test` tries more than the reference
NUMBER = 20260101       # the runs' random number: a proof repeats itself


class Mutant:
    """A mistake: in `path` of the solution, `old` becomes `new` (or each of a list its equal in the other); these tests fail, and
    those that need them."""

    def __init__(self, name, path, old, new, fails, equal='', may=''):
        self.name, self.path, self.old, self.new, self.equal = name, path, old, new, equal
        if not fails and not equal:
            raise cut.LabError('mutant %s: neither a test that tells it, nor a reason why none can' % name)
        self.fails, self.may = set(fails.split()), set(may.split())     # may: what memory that is no longer right can take along


class Proof:
    """What is done once for a lab and seed, and the jobs: (name, what must come out, function that marks)."""

    def __init__(self, number, seed=''):
        self.bare = cut.Tree(number, 1, seed)
        self.whole = cut.Tree(number, 1, seed, solution=True)
        self.number, self.seed = self.bare.number, seed
        self.folder = os.path.join(cut.TOP, self.bare.folder)
        self.rows = grading.read_rubric(self.folder)
        self.confined = confine.works()

    def files(self, tree):
        return {name: tree.files[name] for name in self.bare.students()}

    def mark(self, files, step=1):
        return submission.grade(self.bare, files, NUMBER, step, confined=self.confined)

    def mutants(self):
        spec = importlib.util.spec_from_file_location('mutants', os.path.join(self.folder, 'mutants.py'))
        module = importlib.util.module_from_spec(spec)
        module.Mutant = Mutant
        spec.loader.exec_module(module)
        return module.MUTANTS

    def mutated(self, mutant):
        files = self.files(self.whole)
        text = self.bare.variation.text
        path = text(mutant.path)
        source = files[path].decode()
        pairs = [(mutant.old, mutant.new)] if isinstance(mutant.old, str) else zip(mutant.old, mutant.new)
        for old, new in pairs:
            if source.count(text(old)) != 1:
                raise cut.LabError('lab %s: mutant %s: this is there %d times: %s' % (self.number, mutant.name, source.count(text(old)), old))
            source = source.replace(text(old), text(new))
        files[path] = source.encode()
        return files

    def expected_losses(self, fails):
        """The tests that do not pass when these fail: they, and what needs them."""
        lost = set(fails)
        for row in self.rows:
            if lost & set(row.needs):
                lost.add(row.name)
        return lost

    def judge_mutant(self, mutant):
        mark = self.mark(self.mutated(mutant))
        if mark.reason:
            return 'does not build: ' + mark.reason
        lost = {test['name'] for test in mark.tests if test['status'] != grading.PASSED}
        wanted = set() if mutant.equal else self.expected_losses(mutant.fails)
        if wanted <= lost <= wanted | self.expected_losses(mutant.may):
            return ''
        return 'lost %s%s' % (' '.join(sorted(lost)) or 'nothing', ', not ' + ' '.join(sorted(wanted)) if wanted else '')

    def judge_full(self, step):
        mark = self.mark(self.files(self.whole), step)
        return '' if mark.score == mark.max_score > 0 else 'got %d of %d:\n%s' % (mark.score, mark.max_score, grading.as_text(mark))

    def judge_zero(self, files, step):
        mark = self.mark(files, step)
        if mark.reason:
            return 'does not build: ' + mark.reason
        got = [test['name'] for test in mark.tests if test['points']]
        lost = [test['name'] for test in mark.tests if test['step'] < step and test['status'] != grading.PASSED]
        if lost:
            return 'the steps before do not pass: ' + ' '.join(lost)
        return '' if mark.max_score and not got else 'got points for ' + ' '.join(got)

    def tampered(self):
        """The hand-out as a folder whose tests, makefile and libraries are the student's own: nothing of it may count."""
        with tempfile.TemporaryDirectory(prefix='lab.') as folder:
            self.bare.write(folder)
            for name in ('tests.py', 'lab.py', 'peer.c'):
                with open(os.path.join(folder, self.bare.folder, name), 'w', encoding='utf-8') as file:
                    file.write('def setup(grader):\n    return {}\n' if name == 'tests.py' else '')
            rubric = os.path.join(folder, self.bare.folder, 'rubric.tsv')
            with open(rubric, 'w', encoding='utf-8') as file:
                file.write('anything\t1\t1000\t-\tconsole\t\n')
            for name in ('random.py', 'sitecustomize.py', 'tests/host/machine.py', 'docs/labs/machinery/grading.py'):
                with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
                    file.write('raise SystemExit("ok")\n')
            with open(os.path.join(folder, 'Makefile'), 'w', encoding='utf-8') as file:
                file.write('%:\n\t@echo ok\n')
            files = submission.collect(folder, self.bare.students())
        return self.judge_zero(files, 1)

    def forged(self):
        """The hand-out, with a driver that says of every test that it passed, by printk and on the guest channel."""
        files = self.files(self.bare)
        path = max((name for name in sorted(files) if name.endswith('.c')), key=lambda name: b'__init' in files[name])
        lines = '\\n'.join('ok %s' % row.name for row in self.rows)
        said = 'static const char forged[] = "%s\\n1..%d\\n";\n' % (lines, len(self.rows))
        source = files[path].decode()
        # It is called where the module begins or a card is found, or from the file's first function that others call, or its first.
        places = (r'__init', r'(?m)^static int \w*probe\(', r'(?m)^(?!static)\w', r'(?m)^\w')
        where = next(filter(None, (re.search(place + r'[^;={}]*\)\n\{\n', source) for place in places))).end()
        source = 'static void forge(void);\n' + source[:where] + '\tforge();\n' + source[where:]
        files[path] = (source + said + '''
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/string.h>
static void forge(void)
{
	static bool done;

	if (done)
		return;
	done = true;
	printk("%s", forged);
	outb(0x4c, 0xe9);
	outb(1, 0xe9);
	outb((sizeof(forged) - 1) & 0xff, 0xe9);
	outb((sizeof(forged) - 1) >> 8, 0xe9);
	for (unsigned int i = 0; i < sizeof(forged) - 1; i++)
		outb(forged[i], 0xe9);
}
''').encode()
        return self.judge_zero(files, 1)

    def jobs(self, sample=False):
        """All of a lab's proof; a sample is the reference, and of lab 03 a forgery and two mutants."""
        yield 'reference', lambda: self.judge_full(1)
        if sample and self.number != SAMPLED:
            return
        yield 'prints what a test prints', self.forged
        mutants = self.mutants()
        for mutant in mutants[::len(mutants) // 2] if sample else mutants:
            yield 'mutant ' + mutant.name, lambda mutant=mutant: self.judge_mutant(mutant)
        if sample:
            return
        yield 'tests deleted, edited and shadowed', self.tampered
        for step in self.bare.lab['STEPS']:
            yield 'hand-out of step %d' % step, lambda step=step: self.judge_zero(self.files(cut.Tree(self.number, step, self.seed)), step)


def prove(numbers, seed, jobs, sample=False, only=''):
    """[(lab, name, '' or what was wrong, seconds)], said as they come."""
    results, work = [], []
    for number in numbers:
        proof = Proof(number, seed)
        submission.pristine(proof.bare)
        work += [(proof, name, judge) for name, judge in proof.jobs(sample) if only in name]

    def run(item):
        proof, name, judge = item
        began = time.monotonic()
        try:
            wrong = judge()
        except (cut.LabError, submission.Refused) as problem:
            wrong = str(problem)
        return proof.number, name, wrong, time.monotonic() - began

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for lab, name, wrong, seconds in pool.map(run, work):
            print('%s %s %s (%.0f s)%s' % ('not ok' if wrong else 'ok', lab, name, seconds, ': ' + wrong if wrong else ''), flush=True)
            results.append((lab, name, wrong, seconds))
    return results


HEAD = """# The labs' proof

Written by `make test-labs WRITE=1`, or for one lab with LAB=. For each: its tests and points, all of which the reference gets; how many bare,
tampered and forged hand-outs got none; and how many mutants, mistakes that students make, lost the points of just the tests they should.

| lab | | tests | points | worth nothing | mutants told |
|---|---|---|---|---|---|
"""
BATCH = 'A batch of '


def row(number, results, seed):
    proof = Proof(number, seed)
    mutants = [wrong for lab, name, wrong, _ in results if lab == number and name.startswith('mutant')]
    zero = [wrong for lab, name, wrong, _ in results if lab == number and not name.startswith(('mutant', 'reference'))]
    return '| %s | [%s](../labs/%s/README.md) | %d | %d | %d of %d | %d of %d |' % (
        number, proof.bare.lab['TITLE'], os.path.basename(proof.folder), len(proof.rows), sum(row.points for row in proof.rows),
        zero.count(''), len(zero), mutants.count(''), len(mutants))


def write_page(rows=(), batch=''):
    """docs/reference/labs.md: these labs' rows and this line of a batch, and the others as they were."""
    path = os.path.join(cut.TOP, 'docs', 'reference', 'labs.md')
    with open(path, encoding='utf-8') as file:
        lines = file.read().split('\n')
    kept = {line[2:4]: line for line in lines + list(rows) if re.match(r'\| \d\d ', line)}
    said = [line for line in lines + [batch] if line.startswith(BATCH)][-1:]
    with open(path, 'w', encoding='utf-8') as file:
        file.write(HEAD + '\n'.join([kept[number] for number in sorted(kept)] + [''] + said) + '\n' * len(said))


def main():
    parser = argparse.ArgumentParser(prog='make test-labs', description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--lab', help='this one alone')
    parser.add_argument('--seed', default='')
    parser.add_argument('--jobs', type=int, default=os.cpu_count() or 2)
    parser.add_argument('--sample', action='store_true', help='the reference, a forgery and up to three mutants of each lab')
    parser.add_argument('--only', default='', help='what has this in its name')
    parser.add_argument('--write', action='store_true', help='write docs/reference/labs.md')
    args = parser.parse_args()
    try:
        results = prove([args.lab] if args.lab else cut.lab_numbers(), args.seed, args.jobs, args.sample, args.only)
    except cut.LabError as problem:
        sys.exit('test-labs: %s' % problem)
    mutants = [wrong for _, name, wrong, _ in results if name.startswith('mutant')]
    if mutants:
        print('mutation score: %d of %d, %d %%' % (mutants.count(''), len(mutants), 100 * mutants.count('') // len(mutants)))
    if args.write and not (args.sample or args.only):
        write_page([row(number, results, args.seed) for number in sorted({lab for lab, _, _, _ in results})])
    failed = sum(bool(wrong) for _, _, wrong, _ in results)
    print('%d passed, %d failed' % (len(results) - failed, failed))
    sys.exit(1 if failed or not results else 0)


if __name__ == '__main__':
    main()
