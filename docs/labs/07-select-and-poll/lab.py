# Lab 07, for docs/labs/machinery/cut.py: its steps, and what a SEED makes of its numbers.
TITLE = 'Select and poll'
STEPS = {1: "a driver's poll method", 2: 'select itself', 3: 'level and edge'}
NUMBERS = {
    'PACKT_CHAR_SIZE': [160, 192, 224, 288, 320],
    'SELECT_STACK_BYTES': [96, 144, 192, 288],
}
