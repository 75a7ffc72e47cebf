"""The quiz: one point of a case at a time, with its evidence and without the book's rating.

- `spacing`: when a point is asked again, by Leitner's boxes.
- `points`: what can be asked of a book, and one point with its evidence.
- `evidence`: what the sources say of a case, with nothing that gives a rating away.
- `asking`: the order of asking, the answers, the scores.
- `guesses`: an answer as it is typed.
- `documents`: question, answer and score, as blocks that the app draws and the command prints.
"""
