"""Maps: the places of entries on the world's coast lines, as plain values.

- `world_map`: reads places, what happened there, and the ways of alliances (`world_map`).
- `outlines`: the coast lines, out of `land.bin`.
- `projection`: from degrees to dots; which part of the world is looked at.
- `braille`: a picture of dots in the cells of a terminal.
- `drawing`: the map as rows of cells; `documents`: the same in words.
"""
