"""Lab 01's right answers, worked out from the numbers of this seed and the files as they are handed out."""
import re

MASK = 0xffffffff
NAMES = ('over', 'under', 'around', 'through')


def turn(x):
    x ^= x << 13 & MASK
    x ^= x >> 17
    return x ^ (x << 5 & MASK)


def wheel(start, turns):
    """[(argument of turn(), the function that called it, balance before it)], and where the wheel stops."""
    before = (lambda x: x + 3, lambda x: ~x, lambda x: x << 7 | x >> 25, lambda x: x ^ start)
    after = (lambda x: x - 1, lambda x: x + 1, lambda x: x ^ 1, lambda x: x + 5)
    calls, x, balance = [], start, 0
    for _ in range(turns):
        way = x >> 3 & 3
        argument = before[way](x) & MASK
        calls.append((argument, NAMES[way], balance))
        x = after[way](turn(argument)) & MASK
        balance += x >> 24
    return calls, balance


def line_of(text, pattern):
    return next(number for number, line in enumerate(text.split('\n'), 1) if re.search(pattern, line))


def answers(handed):
    """{step: {name: answer}}; handed(path) is a file as a student finds it."""
    riddle, mishap = handed('drivers/samples/riddle.c'), handed('drivers/samples/mishap.c')
    start, turns = (int(re.search(r'#define %s\s+(\S+)' % name, riddle)[1], 0) for name in ('RIDDLE_START', 'RIDDLE_TURNS'))
    calls, _ = wheel(start, turns)
    first = next(argument for argument, _, _ in calls if argument & 0xff == 0x5a)
    return {
        2: {'turn13': '%#x' % calls[12][0], 'caller': calls[12][1], 'balance': str(calls[12][2]), 'first5a': '%#x' % first},
        3: {'find_line': 'mishap.c:%d' % line_of(mishap, r'parcel->grams'),
            'mirror_line': 'mishap.c:%d' % line_of(mishap, r"copy\[length\] = '"),
            'keep_line': 'mishap.c:%d' % line_of(mishap, r'kept = kstrdup')},
    }
