"""Lab 01's tests: machines with a size, names and inputs of this run, what they logged, and answers held against their hashes."""
import os
import re
import string
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'machinery'))
import answers      # noqa: E402

HELLO = r'<(\d)>\[[ .\d]+\] riddle: (\S+): (\S+) kB, loaded by (\S+) \((\S+)\)\n'
GOODBYE = r'<(\d)>\[[ .\d]+\] riddle: (\S+): stayed (\S+) s\n'


def setup(grader):
    return {}


def word(grader, length=8):
    return ''.join(grader.rng.choice(string.ascii_lowercase) for _ in range(length))


# ---------------------------------------------------------------- step 1

def heard(grader):
    """A machine of a size of its own, in which two programs with names of their own load the module: what should be said, and what was."""
    if not hasattr(grader, 'heard'):
        names, loaders, stays = [word(grader) for _ in range(2)], [word(grader) for _ in range(2)], grader.rng.sample([1, 2, 3, 4], 2)
        script = 'grep MemTotal /proc/meminfo; sleep %d; ' % grader.rng.randint(1, 2)
        for name, loader, stay in zip(names, loaders, stays):
            script += 'cp /bin/insmod ./%s; sh -c "echo pid \\$\\$; exec ./%s riddle.ko name=%s"; sleep %d.4; rmmod riddle; ' % (loader, loader, name, stay)
        run = grader.guest(script + 'dmesg -r', memory=grader.rng.randint(48, 200))
        size = re.search(r'MemTotal: +(\d+) kB', run.output)
        pids = re.findall(r'(?m)^pid (\d+)$', run.output)
        if not size or len(pids) != 2:
            grader.fail('a machine that loads the module', run.output[-300:])
        wanted = {'name': names, 'size': [size[1]] * 2, 'loader': loaders, 'pid': pids, 'stay': [str(stay) for stay in stays]}
        hellos, goodbyes = re.findall(HELLO, run.output), re.findall(GOODBYE, run.output)
        seen = dict(zip(('level', 'name', 'size', 'loader', 'pid'), ([hello[i] for hello in hellos] for i in range(5))))
        seen.update(zip(('bye_level', 'bye_name', 'stay'), ([bye[i] for bye in goodbyes] for i in range(3))))
        grader.heard = wanted, seen
    return grader.heard


def compare(grader, what, wanted=None):
    right, seen = heard(grader)
    grader.expect(wanted or right[what], seen[what], what)


def hello(grader):
    """One line each time it is loaded, and none when it is not."""
    _, seen = heard(grader)
    grader.expect(2, len(seen['level']), 'lines "riddle: NAME: N kB, loaded by PROGRAM (PID)", loaded twice')


def hello_name(grader):
    compare(grader, 'name')


def hello_memory(grader):
    compare(grader, 'size')


def hello_loader(grader):
    compare(grader, 'loader')


def hello_pid(grader):
    compare(grader, 'pid')


def hello_level(grader):
    compare(grader, 'level', ['6', '6'])


def goodbye(grader):
    right, seen = heard(grader)
    grader.expect(right['name'], seen['bye_name'], 'names in the lines "riddle: NAME: stayed N s"')


def goodbye_seconds(grader):
    compare(grader, 'stay')


def goodbye_level(grader):
    compare(grader, 'bye_level', ['5', '5'])


# ---------------------------------------------------------------- step 2, and step 3's places

def turn13(grader):
    answers.check(grader, 'turn13')


def caller(grader):
    answers.check(grader, 'caller')


def balance(grader):
    answers.check(grader, 'balance')


def first5a(grader):
    answers.check(grader, 'first5a')


def find_line(grader):
    answers.check(grader, 'find_line')


def mirror_line(grader):
    answers.check(grader, 'mirror_line')


def keep_line(grader):
    answers.check(grader, 'keep_line')


# ---------------------------------------------------------------- step 3, mended

def tasks(grader, lines, first=10):
    """[(status, answer)] of these tasks, in a machine of their own, which has to reach its end and report nothing."""
    before = len(grader.complaints)
    files = [('tasks', ''.join('%s\n' % line for line in lines))]
    run = grader.guest('insmod mishap.ko first=%d; while read -r task; do sh -c "echo $task >/dev/mishap" 2>/dev/null; s=$?; '
                       'echo "did $s $(cat /dev/mishap)"; done <tasks; rmmod mishap && echo unloaded; sleep 1' % first, files)
    if len(grader.complaints) > before:
        grader.fail('no report', grader.complaints[before])
    grader.expect_match(r'(?m)^unloaded$', run.output, 'rmmod mishap')
    return re.findall(r'(?m)^did (\d+) (.*)$', run.output)


def find_mended(grader):
    """Parcels that are there are found, the others are ENOENT, and leave the answer as it was."""
    first = grader.rng.randint(100, 100000)
    there = [first + i * i for i in grader.rng.sample(range(6), 3)]
    absent = [first + grader.rng.choice([2, 3, 5, 6, 7, 8]), 0]
    order = [there[0], absent[0], there[1], absent[1], there[2]]
    wanted, answer = [], ''
    for number in order:
        if number in there:
            answer = '%d g' % (100 + number % 900)
        wanted.append(('0' if number in there else '1', answer))
    grader.expect(wanted, tasks(grader, ['find %d' % number for number in order], first), 'status and answer of each find')
    said = grader.guest('insmod mishap.ko first=%d; echo find %d >/dev/mishap' % (first, absent[0]))
    grader.expect_match('No such file', said.output, 'the error of a find in vain')


def mirror_mended(grader):
    """Words of many lengths, those of powers of two among them; a short one where a longer one just was, so that an end that
    is not written is no zero."""
    words = [word(grader, length) for length in 2 * (7, 1, 15, 8, 31, 16, 50, 32) + (grader.rng.randint(2, 50),)]
    grader.expect([('0', text[::-1]) for text in words], tasks(grader, ['mirror ' + text for text in words]), 'words, mirrored')


def keep_mended(grader):
    words = [word(grader, grader.rng.randint(3, 20)) for _ in range(5)]
    grader.expect([('0', text) for text in ['nothing'] + words[:-1]], tasks(grader, ['keep ' + text for text in words]), 'what was kept before')
