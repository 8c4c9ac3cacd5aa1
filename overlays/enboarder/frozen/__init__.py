"""Help PyInstaller to freeze programs that use this package.

PyInstaller asks installed packages for such folders (entry points `pyinstaller40`), so
users do not have to name hidden imports.
"""

from __future__ import annotations

from pathlib import Path


def hook_folders() -> list[str]:
    """Return the folders with hooks for PyInstaller."""
    return [str(Path(__file__).parent)]
