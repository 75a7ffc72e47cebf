"""Takes a notebook to the tables of today."""

from __future__ import annotations

import sqlite3

from casebook.notebook import migrations
from casebook.notebook.row_digests import digest_all


def apply_steps(connection: sqlite3.Connection, version: int) -> int:
    """Takes a notebook from a version to the latest, inside the transaction that is open.

    Each row gets its digest anew, for the columns that it is of may be others.

    Returns:
        the version that it has then.
    """
    for step in migrations.steps():
        if step.version > version:
            for statement in migrations.statements(step.sql):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {step.version}")
            version = step.version
    digest_all(connection)
    return version
