# Lab 05, for docs/labs/machinery/cut.py: its steps, and what a SEED makes of its names and numbers.
TITLE = 'Sleep and wake-up'
STEPS = {1: 'a line of sleepers, and a wake-up that is lost', 2: 'none is lost', 3: 'writers wait, too'}
NAMES = {'chute': ['chute', 'funnel', 'hopper', 'flume', 'spout', 'gully', 'conduit']}
NUMBERS = {
    'CHUTE_BYTES': [40, 48, 56, 64, 72],
    'CHUTE_MAGIC': ["'%s'" % letter for letter in 'chgqzv'],
    'CHUTE_FIRST_NR': list(range(8, 60)),
}
