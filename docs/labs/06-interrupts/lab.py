# Lab 06, for docs/labs/machinery/cut.py: its steps, and what a SEED makes of its names and numbers.
TITLE = 'Interrupts'
STEPS = {1: 'polled', 2: 'received by interrupt', 3: 'sent by interrupt'}
NAMES = {'pier': ['pier', 'berth', 'wharf', 'mooring', 'slipway', 'gangway', 'sluice', 'viaduct']}
NUMBERS = {
    'PIER_RING': [128, 256, 512],
    'PIER_MAGIC': ["'%s'" % letter for letter in 'jkqwxy'],
    'PIER_COUNTS_NR': list(range(1, 40)),
}
