# Lab 03, for docs/labs/machinery/cut.py: its steps, and what a SEED makes of its names and numbers.
TITLE = 'A first character device'
STEPS = {1: 'it opens, for one', 2: 'bytes in, bytes out', 3: 'one ioctl'}
NAMES = {'locker': ['locker', 'casket', 'drawer', 'satchel', 'hamper', 'pigeonhole', 'basket', 'trunk']}
NUMBERS = {
    'LOCKER_COUNT': [3, 4, 5, 6],
    'LOCKER_BYTES': [48, 56, 64, 72, 80, 96],
    'LOCKER_MAGIC': ["'%s'" % letter for letter in 'kgqwxy'],
    'LOCKER_CLEAR_NR': list(range(1, 40)),
}
