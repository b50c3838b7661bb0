# Lab 08, for docs/labs/machinery/cut.py: its steps, and what a SEED makes of its names and numbers.
TITLE = 'mmap: registers and a DMA buffer'
STEPS = {1: 'registers', 2: 'a buffer that the card reaches', 3: 'pages one by one, and who may what'}
NAMES = {'porthole': ['porthole', 'skylight', 'casement', 'lookout', 'bullseye', 'fanlight']}
NUMBERS = {'PORTHOLE_BUFFER_PAGES': [2, 3, 4, 5, 6], 'PORTHOLE_LEAVES': [5, 6, 7, 9, 10, 11]}
