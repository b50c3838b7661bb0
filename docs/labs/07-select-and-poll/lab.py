# Lab 07, for docs/labs/machinery/cut.py: its steps, and what a SEED makes of its numbers.
TITLE = 'Select and poll'
STEPS = {1: "a driver's poll method", 2: 'select itself', 3: 'level and edge'}
NUMBERS = {
    'PACKT_CHAR_SIZE': [160, 192, 224, 288, 320],
    'PACKT_CHAR_MAGIC': ["'%s'" % letter for letter in 'gjkquwxy'],
    'PACKT_CHAR_FIRST_NR': list(range(2, 90)),
    'SELECT_STACK_BYTES': [96, 144, 192, 288],
}
