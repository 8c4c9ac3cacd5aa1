"""Compare what was made with what is there, and replace it."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path


def replace(package: Path, fresh: Path) -> list[str]:
    """Put a fresh package in the place of the old one, unless they are the same.

    Returns:
        The files that differ.
    """
    changed = differences(package, fresh)
    if changed:
        if package.exists():
            shutil.rmtree(package)
        shutil.copytree(fresh, package)
    return changed


def differences(left: Path, right: Path) -> list[str]:
    """Return the files, by relative path, that are not the same on both sides."""
    names = {*_names(left), *_names(right)}
    return sorted(name for name in names if not _same(left / name, right / name))


def _names(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix()


def _same(left: Path, right: Path) -> bool:
    if not left.is_file() or not right.is_file():
        return False
    return filecmp.cmp(left, right, shallow=False)


def stale(wanted: Mapping[Path, str]) -> list[Path]:
    """Return the files that are missing or have another text."""
    return [
        path
        for path, text in wanted.items()
        if not path.exists() or path.read_text("utf-8") != text
    ]


def strays(folder: Path, wanted: Mapping[Path, str]) -> list[Path]:
    """Return the files of a folder that are not wanted there."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if path not in wanted)


def write(wanted: Mapping[Path, str], paths: list[Path]) -> None:
    """Write some of the wanted files."""
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path], "utf-8")
