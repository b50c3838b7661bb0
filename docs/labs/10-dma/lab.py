# Lab 10, for docs/labs/machinery/cut.py: its steps, and what a SEED makes of its numbers.
TITLE = 'DMA'
STEPS = {1: 'the table', 2: 'a transfer', 3: 'what goes wrong'}
NUMBERS = {
    'IDE_PRD_ENTRIES': [300, 352, 400, 448],
    'IDE_RETRIES': [4, 5, 6],
    'IDE_DMA_FAILURES_MAX': [2, 4],
}
