"""What cases of one outcome share, and whether chance would share it too.

Qualitative comparative analysis (Ragin 1987, 2008) of the ratings of a comparison, with one
difference from other programs: where the sources are silent nothing is filled in. A result
that depends on what is not known is an interval, or names the cases that may yet belong.

- `scores`: a case's ratings and outcome as scores, by a calibration that is written down.
- `ratios`: consistency and coverage, as exact bounds over all that the silent cells may be.
- `truth_table`: the combinations that occur, and the cases in each.
- `implicants`: minimal formulas over the rows of a truth table.
- `chance`: how many ways to deal the outcome a formula as short would fit as well.
- `fragility`: the single mark or case on which a formula depends.
- `analysis`: all of it for one comparison; `documents`: the same to be read.

Nothing here imports more than the standard library.
"""
