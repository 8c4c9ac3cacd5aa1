"""What programs need that PyInstaller freezes.

PyInstaller asks installed packages for such folders (entry points `pyinstaller40`), so
nobody has to name a hidden import by hand.
"""

from __future__ import annotations

from pathlib import Path


def hook_folders() -> list[str]:
    """Return the folders with hooks for PyInstaller."""
    return [str(Path(__file__).parent)]
