"""Lab 07's tests are its peer's; this says how the peer is started. Its numbers are this run's own."""


def setup(grader):
    return {}
