"""Lab 03's tests from outside, and how its peer is started. The names are this run's own."""
import re

COUNT = r'#define LOCKER_COUNT\s+(\d+)'


def name_of(grader):
    """A name for the nodes that no text can hold beforehand."""
    return 'l' + ''.join(grader.rng.choice('abcdefghijkmnpqrstuvwxyz') for _ in range(6)) + '-'


def setup(grader):
    name = name_of(grader)
    return {'words': [name]}


def count(grader):
    with open(grader.tree + '/drivers/samples/locker.h', encoding='utf-8') as file:
        return int(re.search(COUNT, file.read())[1])


def registered(grader):
    """A major of its own, in /proc/devices by the name it was given, and a node in /dev for each locker."""
    name = name_of(grader)
    run = grader.guest('insmod ./locker.ko name=%s; grep %s /proc/devices; ls -l /dev | grep %s' % (name, name, name))
    major = grader.expect_match(r'(?m)^ *(\d+) %s$' % name, run.output, '/proc/devices')[1]
    nodes = re.findall(r'(?m)^c\S+ .* (\d+), +(\d+) .* %s(\d+)$' % name, run.output)
    grader.expect([(major, str(i), str(i)) for i in range(count(grader))], sorted(nodes), 'major, minor and number of the nodes')


def unloads(grader):
    """Loaded and unloaded, twice, it leaves nothing; and the second time is as good as the first."""
    name = name_of(grader)
    run = grader.guest('for i in 1 2; do insmod ./locker.ko name=%s; ls /dev | grep -c %s; rmmod locker; ls /dev | grep -c %s; '
                       'grep -c %s /proc/devices; done' % (name, name, name, name))
    grader.expect([str(count(grader)), '0', '0'] * 2, run.output.split(), 'nodes when loaded, nodes and majors when unloaded')


def not_while_open(grader):
    """rmmod of a driver that is in use: EBUSY, and it goes on working."""
    name = name_of(grader)
    run = grader.guest('insmod ./locker.ko name=%s; exec 3<>/dev/%s0; rmmod locker 2>&1; exec 3>&-; rmmod locker && echo gone' % (name, name))
    grader.expect_match(r'(?i)busy|in use', run.output, 'rmmod while open')
    grader.expect_match(r'(?m)^gone$', run.output, 'rmmod after')
