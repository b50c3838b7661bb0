# Lab 01, for docs/labs/machinery/cut.py: its steps, and what a SEED makes of its numbers.
TITLE = 'First boot'
STEPS = {1: 'printk', 2: 'gdb', 3: 'reading a report'}
ANSWERS = ['docs/labs/01-first-boot/answers.txt']
NUMBERS = {
    'RIDDLE_START': [     # from each of them turn() comes to an argument that ends in 5a, not too soon and not too late
        '0x9715609d', '0x4c623af3', '0x88d12e65', '0xc54021d7', '0x3e1e08bb', '0x7a8cfc2d', '0x2fd9d683', '0x6c48c9f5',
        '0xa8b7bd67', '0xe526b0d9', '0x2195a44b', '0x5e0497bd', '0xd6e27ea1', '0x13517213', '0x8c2f58f7', '0xc89e4c69',
        '0x050d3fdb', '0x7deb26bf', '0xf6c90da3'],
    'RIDDLE_TURNS': list(range(1500, 1900, 7)),
    'PARCELS': list(range(6, 12)),
}
