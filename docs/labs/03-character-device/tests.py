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
    major = grader.expect_match(r'(?m)^ *(\d+) %s$' % name, run.output, 'a line "NUMBER %s" in /proc/devices' % name)[1]
    nodes = re.findall(r'(?m)^c\S+ .* (\d+), +(\d+) .* %s(\d+)$' % name, run.output)
    grader.expect(['%s, %d is %s%d' % (major, i, name, i) for i in range(count(grader))],
                  ['%s, %s is %s%s' % (*node[:2], name, node[2]) for node in sorted(nodes)], 'major, minor and name of the nodes')


def unloads(grader):
    """Loaded and unloaded, twice, it leaves nothing; and the second time is as good as the first."""
    name = name_of(grader)
    run = grader.guest('for i in 1 2; do insmod ./locker.ko name=%s 2>&1; echo loaded: $(ls /dev | grep -c %s) nodes; rmmod locker 2>&1; '
                       'echo unloaded: $(ls /dev | grep -c %s) nodes, $(grep -c %s /proc/devices) majors; done' % (name, name, name, name))
    grader.expect(['loaded: %d nodes' % count(grader), 'unloaded: 0 nodes, 0 majors'] * 2, run.output.strip().split('\n'), 'twice')


def not_while_open(grader):
    """rmmod of a driver that is in use: EBUSY, and it goes on working."""
    name = name_of(grader)
    run = grader.guest('insmod ./locker.ko name=%s; exec 3<>/dev/%s0; rmmod locker 2>&1 && echo rmmod worked; exec 3>&-; rmmod locker 2>&1 && echo gone' % (name, name))
    grader.expect_match(r'(?i)busy|in use', run.output, 'rmmod of a driver that is open says that it is busy')
    grader.expect_match(r'(?m)^gone$', run.output, 'rmmod works when it is closed')
