#!/usr/bin/env python3
"""Makes a lab's tree for a student or a teacher: `make lab LAB=03 DIR=../mine` calls this."""
import argparse
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cut      # noqa: E402


def main():
    parser = argparse.ArgumentParser(prog='make lab', description=__doc__)
    parser.add_argument('--lab', required=True)
    parser.add_argument('--dir', required=True)
    parser.add_argument('--step', type=int, default=1)
    parser.add_argument('--seed', default='')
    parser.add_argument('--solution', action='store_true')
    args = parser.parse_args()
    if not args.dir:
        sys.exit('make lab: DIR= says where the tree goes')
    try:
        tree = cut.Tree(args.lab, args.step, args.seed, args.solution)
        cut.hand_out(tree, args.dir)
    except (cut.LabError, OSError) as problem:
        sys.exit('make lab: %s' % problem)
    print('%s: lab %s, %s%s' % (args.dir, tree.number, tree.lab['TITLE'], ', solved' if args.solution else ''))
    print('begin with %s/%s/README.md' % (args.dir, tree.folder))


main()
