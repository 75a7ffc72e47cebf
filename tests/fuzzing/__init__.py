"""Hostile files and inputs, made from a seed, and the real program driven with them.

`python -m tests.fuzzing --seed 1 --seconds 600` tries all parts in turns and prints what was
found. Each case follows from the seed, its part and its number, so that `--only books:1:17`
makes the same case again.
"""
