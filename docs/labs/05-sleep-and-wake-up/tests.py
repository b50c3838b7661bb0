"""Lab 05's tests from outside, and how its peer is started."""


def name_of(grader):
    """A name for the node that no text can hold beforehand."""
    return 'c' + ''.join(grader.rng.choice('abcdefghijkmnpqrstuvwxyz') for _ in range(6))


def setup(grader):
    return {'words': [name_of(grader)]}


def waiting_costs_nothing(grader):
    """Waiting for a second costs a reader next to nothing of the processor, and a turn or two."""
    name = name_of(grader)
    script = ('insmod ./chute.ko name=%s; cat /dev/%s >out & sleep 1; grep -E "^(voluntary|nonvoluntary)_ctxt" /proc/$!/status; '
              'grep -E "^State" /proc/$!/status; cat /proc/$!/stat; kill $!') % (name, name)
    run = grader.guest(script)
    grader.expect_match(r'State:\s+S', run.output, 'a reader that waits, State: S in its /proc/PID/status')
    voluntary = int(grader.expect_match(r'(?m)^voluntary_ctxt_switches:\s+(\d+)', run.output)[1])
    if not 1 <= voluntary <= 60:
        grader.fail('a few voluntary switches while it waits for a second', voluntary)
    ticks = [int(word) for word in grader.expect_match(r'\) S (.*)', run.output)[1].split()[10:12]]
    if sum(ticks) > 10:
        grader.fail('next to no ticks of the processor for one who waits', ticks)

