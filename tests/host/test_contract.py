"""The driver contract's page, its tags and what breaks its rows: tests/contract.py, contract_plants.py."""
import os
import sys
import unittest

from contract_plants import PLANTS, Plant
from machine import TOP

sys.path.insert(0, os.path.join(TOP, 'tests'))
import contract                 # noqa: E402


class Contract(unittest.TestCase):
    def test_each_row_has_a_test_and_the_page_says_so(self):
        self.assertEqual(contract.main(['--check']), 0)

    def test_each_row_has_something_that_breaks_it(self):
        self.assertEqual(sorted(PLANTS), sorted(contract.rows()))
        for row, plants in PLANTS.items():
            for plant in [plants] if isinstance(plants, Plant) else plants:
                with open(os.path.join(TOP, plant.path), encoding='utf-8') as file:
                    self.assertEqual(file.read().count(plant.old), 1, '%s: %s' % (row, plant))


if __name__ == '__main__':
    unittest.main()
