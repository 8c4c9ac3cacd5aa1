"""S11: a token in a file is its owner's alone."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enboarder import ConfigurationError
from enboarder.stores import FileStore, Slot
from tests.conftest import FakeClock
from tests.stores.conftest import kept, new_slot

Warnings = Callable[[], list[str]]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes and owners are those of POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that the store has to make."""
    return tmp_path / "cache" / "tokens"


@pytest.fixture
def store(folder: Path) -> FileStore:
    return FileStore(folder)


@pytest.fixture
def open_umask() -> Iterator[None]:
    """A process that gives everybody everything."""
    before = os.umask(0)
    yield
    os.umask(before)


def file_of(folder: Path) -> Path:
    """The one token file in a folder."""
    (found,) = folder.glob("*.json")
    return found


def mode_of(path: Path) -> str:
    return oct(stat.S_IMODE(path.lstat().st_mode))


@pytest.mark.usefixtures("open_umask")
def test_files_and_folders_are_private_under_any_umask(store: FileStore, folder: Path, slot: Slot) -> None:
    """S11: created under umask 000, the folders are 0700, and the token and lock files 0600."""
    with store.lock(slot):
        store.save(slot, kept())

    assert ["0o700", "0o700"] == [mode_of(folder), mode_of(folder.parent)]
    assert {".json": "0o600", ".lock": "0o600"} == {path.suffix: mode_of(path) for path in folder.iterdir()}


def test_nothing_else_is_left_in_the_folder(store: FileStore, folder: Path, slot: Slot) -> None:
    """However often a token is kept, there is one file for it, and the one of its lock."""
    for _ in range(3):
        with store.lock(slot):
            store.save(slot, kept())

    assert {f"{slot.name}.json", f"{slot.name}.lock"} == {path.name for path in folder.iterdir()}


def test_what_cannot_be_kept_is_not_left_about(store: FileStore, folder: Path, slot: Slot) -> None:
    """When the file cannot be replaced, the new one goes, too: a token does not lie in a file that nobody knows."""
    store.save(slot, kept())
    file_of(folder).unlink()
    (folder / f"{slot.name}.json").mkdir()

    with pytest.raises(OSError, match="directory"):
        store.save(slot, kept())
    assert [f"{slot.name}.json"] == [path.name for path in folder.iterdir()]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o602, 0o660])
def test_a_file_that_others_may_use_is_a_miss(
    store: FileStore, folder: Path, slot: Slot, warnings: Warnings, mode: int
) -> None:
    """S11: wide modes are a miss and a warning that names the file; the next token makes it private again."""
    store.save(slot, kept("old"))
    file_of(folder).chmod(mode)

    assert store.load(slot) is None
    (warning,) = warnings()
    assert str(file_of(folder)) in warning
    store.save(slot, kept("new"))
    assert "0o600" == mode_of(file_of(folder))
    assert store.load(slot) is not None


def test_a_file_of_somebody_else_is_a_miss(
    store: FileStore, folder: Path, slot: Slot, warnings: Warnings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S11: the owner is checked: what another user wrote is not read."""
    store.save(slot, kept())
    lstat, fstat = os.lstat, os.fstat
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    monkeypatch.setattr(os, "lstat", lambda path: _owned_by(4242, lstat(path)))  # the folder is ours, the file is not

    assert store.load(slot) is None
    assert 1 == len(warnings())
    monkeypatch.setattr(os, "fstat", lambda handle: _owned_by(4242, fstat(handle)))
    assert store.load(slot) is not None


def _owned_by(user: int, found: os.stat_result) -> os.stat_result:
    return os.stat_result((*found[:4], user, *found[5:]))


def test_a_link_instead_of_a_file_is_refused(store: FileStore, folder: Path, slot: Slot, warnings: Warnings) -> None:
    """S11: a symlink is neither read nor written through; the next token takes its place."""
    store.save(slot, kept("planted"))
    target = folder.parent / "target"
    file_of(folder).rename(target)
    (folder / f"{slot.name}.json").symlink_to(target)
    before = target.read_bytes()

    assert store.load(slot) is None
    assert 1 == len(warnings())
    store.save(slot, kept("new"))
    assert before == target.read_bytes()
    assert not file_of(folder).is_symlink()


def test_a_pipe_instead_of_a_file_holds_nobody_up(store: FileStore, folder: Path, slot: Slot) -> None:
    """What is no regular file is a miss at once."""
    store.save(slot, kept())
    file_of(folder).unlink()
    os.mkfifo(folder / f"{slot.name}.json", 0o600)

    assert store.load(slot) is None


@pytest.mark.parametrize("mode", [0o755, 0o710, 0o777])
def test_a_folder_that_others_may_use_is_refused(folder: Path, slot: Slot, mode: int) -> None:
    """S11: nothing is read from or written into a folder of wide mode, and it is not changed."""
    folder.mkdir(parents=True)
    folder.chmod(mode)
    store = FileStore(folder)

    for verb in (store.load, lambda slot: store.save(slot, kept()), store.lock, store.delete):
        with pytest.raises(ConfigurationError, match="not this user's alone"):
            verb(slot)
    assert [] == list(folder.iterdir())
    assert oct(mode) == mode_of(folder)


def test_a_folder_of_somebody_else_is_refused(store: FileStore, slot: Slot, monkeypatch: pytest.MonkeyPatch) -> None:
    """S11: the folder's owner is checked."""
    store.save(slot, kept())
    monkeypatch.setattr(os, "geteuid", lambda: 4242)

    with pytest.raises(ConfigurationError, match="not this user's alone"):
        store.load(slot)


def test_a_link_instead_of_the_folder_is_refused(tmp_path: Path, slot: Slot) -> None:
    """S11: a symlink to a private folder is refused, too: whoever owns the link could turn it."""
    (tmp_path / "private").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "private")

    with pytest.raises(ConfigurationError, match="is a link"):
        FileStore(tmp_path / "link").save(slot, kept())
    assert [] == list((tmp_path / "private").iterdir())


def value(**members: Any) -> bytes:
    """What stands in a file, but for these members."""
    return json.dumps({"token": "a-token", "lifetime": 3600, "wall": 1.8e9, "monotonic": 1e3, **members}).encode()


BROKEN = {
    "empty": b"",
    "cut off": value()[:-5],
    "not UTF-8": b"\xff\xfe",
    "another type": b"[]",
    "a number": b"1",
    "null": b"null",
    "no members": b"{}",
    "a text for a number": value(wall="then"),
    "a lifetime that is none": value(lifetime=None),
    "a token that is none": value(token=None),
    "a huge number": value(lifetime=0).replace(b": 0", b": 1" + b"0" * 4000),
    "not a number": value(wall=float("nan")),
    "older than anything": value(wall=float("-inf")),
    "deep": b"[" * 100_000,
    "long": value(token="x" * 100_000),
    "from the future": value(wall=3e9, monotonic=3e9),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_a_miss(folder: Path, slot: Slot, time: FakeClock, content: bytes) -> None:
    """Whatever stands in a file that is not a token of this format: it is as if it were not there."""
    store = FileStore(folder, clock=time.clock)
    store.save(slot, kept())
    assert store.load(slot) is not None
    file_of(folder).write_bytes(content)

    assert store.load(slot) is None


@given(
    content=st.binary(max_size=64) | st.recursive(st.none() | st.text(), st.lists).map(lambda v: json.dumps(v).encode())
)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_other_content_is_a_miss(store: FileStore, folder: Path, content: bytes) -> None:
    """No content of a file is an error."""
    slot = new_slot()
    store.save(slot, kept())
    (folder / f"{slot.name}.json").write_bytes(content)

    assert store.load(slot) is None


def test_a_clock_set_back_prolongs_no_token(folder: Path, slot: Slot, time: FakeClock) -> None:
    """A token that is 50 minutes old has 10 minutes left, also after the wall clock was set back by 2 hours."""
    store = FileStore(folder, clock=time.clock)
    store.save(slot, kept(left=3600, lifetime=3600))
    time.pass_time(3000)
    time.wall -= 7200

    found = store.load(slot)

    assert found is not None
    assert 600 == found.left


def test_a_restart_of_the_machine_prolongs_no_token(folder: Path, slot: Slot, time: FakeClock) -> None:
    """After a restart, by which the other clock begins anew, the wall clock tells the age."""
    store = FileStore(folder, clock=time.clock)
    store.save(slot, kept(left=3600, lifetime=3600))
    time.pass_time(3000)
    time.monotonic = 5

    found = store.load(slot)

    assert found is not None
    assert 600 == found.left


def test_a_token_of_unknown_age_is_a_miss(folder: Path, slot: Slot, time: FakeClock) -> None:
    """After a restart with a wall clock that was set back, nobody knows how old a token is: a new one is asked for."""
    store = FileStore(folder, clock=time.clock)
    store.save(slot, kept(left=3600, lifetime=3600))
    time.monotonic = 5
    time.wall -= 7200

    assert store.load(slot) is None


@pytest.mark.parametrize("seconds", [3600, 7200])
def test_a_token_ends_with_its_lifetime(folder: Path, slot: Slot, time: FakeClock, seconds: float) -> None:
    """A machine that was asleep sees by the wall clock that the token is over."""
    store = FileStore(folder, clock=time.clock)
    store.save(slot, kept(left=3600, lifetime=3600))
    time.wall += seconds

    assert store.load(slot) is None


def test_a_folder_in_the_place_of_a_token_is_a_miss_and_left_closed(store: FileStore, folder: Path, slot: Slot) -> None:
    """Whoever made it: each look closes what it opened."""
    with store.lock(slot):
        store.save(slot, kept())
    path = file_of(folder)
    path.unlink()
    path.mkdir()
    before = len(os.listdir("/proc/self/fd")) if os.path.exists("/proc/self/fd") else 0

    assert [None] * 5 == [store.load(slot) for _ in range(5)]
    assert before == (len(os.listdir("/proc/self/fd")) if before else 0)
