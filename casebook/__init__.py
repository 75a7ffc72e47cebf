"""Casebook: case studies of small firms, their regions and their alliances abroad.

This package is everything but the screen; the screen is the package ``tui``.
"""

__version__ = "0.1.0"
