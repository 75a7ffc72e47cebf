"""Where files are written that a visitor's browser downloads."""

from __future__ import annotations

import os
from pathlib import Path

DOWNLOADS = "downloads"
"""The folder in which a file is written before a browser downloads it; emptied at each start."""


def downloaded_as(served: Path, usual_name: str) -> Path:
    """Where a file is written for a visitor's browser: names that are typed are not heeded.

    Args:
        served: the folder of the visitor.
    """
    folder = served / DOWNLOADS
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / os.path.basename(usual_name)
