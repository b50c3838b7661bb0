"""How lab 06's programs are started: on a machine whose second serial port is ours at the far end, under a name of this run's own."""
from wire import Wired


def setup(grader):
    return {'words': ['p' + ''.join(grader.rng.choice('abcdefghijkmnpqrstuvwxyz') for _ in range(6))], 'kind': Wired}
