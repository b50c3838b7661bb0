"""Mistakes that students make in lab 07, and the tests that tell each."""
CHAR = 'drivers/samples/packt_char.c'
EPOLL = 'fs/eventpoll.c'

MUTANTS = [
    Mutant('readers do not queue', CHAR, '	poll_wait(file, &read_queue, wait);\n', '', 'write_wakes'),
    Mutant('edge put back', EPOLL, '} else if (!(item->event.events & EPOLLET)) {', '} else {', 'edge_once queued_though_ready'),
    Mutant('level is not put back', EPOLL, '		put_back(ep, item, false);\n', '		;\n', 'level_again'),
]
