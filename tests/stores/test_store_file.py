"""A file keeps its token private, and knows its age from both clocks."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enboarder import ConfigurationError
from enboarder.stores import FileStore, TokenKey
from tests.characters import CHARACTERS
from tests.conftest import FakeClock
from tests.stores.conftest import loaded, new_key, stored

Warnings = Callable[[], list[str]]
pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="modes and owners are those of POSIX"
)
SOMEBODY_ELSE = 4242


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the path of a folder that does not exist yet."""
    return tmp_path / "cache" / "tokens"


@pytest.fixture
def store(folder: Path) -> FileStore:
    """Return a store with the real clock."""
    return FileStore(folder)


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Set umask 000, which gives all users all rights to new files."""
    before = os.umask(0)
    yield
    os.umask(before)


def file_of(folder: Path) -> Path:
    """Return the one token file in a folder."""
    (found,) = folder.glob("*.json")
    return found


def mode_of(path: Path) -> str:
    """Return the mode of a file or a folder in octal digits."""
    return oct(stat.S_IMODE(path.lstat().st_mode))


def names_in(folder: Path) -> set[str]:
    """Return the names of the files in a folder."""
    return {path.name for path in folder.iterdir()}


# Files and folders


@pytest.mark.usefixtures("open_umask")
def test_files_and_folders_are_private_under_any_umask(
    store: FileStore, folder: Path, key: TokenKey
) -> None:
    """With umask 000, folders still have mode 0700, and files 0600."""
    with store.lock(key):
        store.save(key, stored())

    assert ["0o700", "0o700"] == [mode_of(folder), mode_of(folder.parent)]
    modes = {path.suffix: mode_of(path) for path in folder.iterdir()}
    assert {".json": "0o600", ".lock": "0o600"} == modes


def test_a_key_has_one_file_and_its_lock(
    store: FileStore, folder: Path, key: TokenKey
) -> None:
    """After several saves, the folder has nothing but the token."""
    for _ in range(3):
        with store.lock(key):
            store.save(key, stored())

    assert {f"{key.name}.json", f"{key.name}.lock"} == names_in(folder)


def test_a_token_that_cannot_be_saved_leaves_no_file(
    store: FileStore, folder: Path, key: TokenKey
) -> None:
    """If the old file cannot be replaced, the new file is deleted."""
    store.save(key, stored())
    path = file_of(folder)
    path.unlink()
    path.mkdir()

    with pytest.raises(OSError, match="directory"):
        store.save(key, stored())

    assert {path.name} == names_in(folder)


def test_a_save_that_is_interrupted_leaves_no_file(
    store: FileStore, folder: Path, key: TokenKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C leaves no copy of a token behind."""

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)

    with pytest.raises(KeyboardInterrupt):
        store.save(key, stored())

    assert set() == names_in(folder)


def test_a_token_is_written_to_its_own_folder_only(
    store: FileStore, key: TokenKey, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The folder of temporary files may be full, public or on another disk."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))

    store.save(key, stored("a-token"))

    assert "a-token" == loaded(store, key).token


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o602, 0o660])
def test_a_file_that_others_may_use_is_a_miss(
    store: FileStore, folder: Path, key: TokenKey, warnings: Warnings, mode: int
) -> None:
    """A warning names the file, and the next token makes it private again."""
    store.save(key, stored("old"))
    path = file_of(folder)
    path.chmod(mode)

    assert store.load(key) is None
    (warning,) = warnings()
    assert str(path) in warning

    store.save(key, stored("new"))
    assert "0o600" == mode_of(path)
    assert "new" == loaded(store, key).token


def test_a_file_of_another_user_is_a_miss(
    store: FileStore,
    key: TokenKey,
    warnings: Warnings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A file of another user is not read."""
    store.save(key, stored())
    fstat = os.fstat
    give_to_somebody_else(monkeypatch, "lstat")
    monkeypatch.setattr(os, "geteuid", lambda: SOMEBODY_ELSE)

    # The folder belongs to that user, but the file does not.
    assert store.load(key) is None
    assert 1 == len(warnings())

    monkeypatch.setattr(os, "fstat", lambda handle: owned(fstat(handle)))
    assert store.load(key) is not None


def give_to_somebody_else(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Make a function of `os` say that everything belongs to another user."""
    real = getattr(os, name)
    monkeypatch.setattr(os, name, lambda path: owned(real(path)))


def owned(found: os.stat_result) -> os.stat_result:
    """Return the result, with another user as the owner."""
    return os.stat_result((*found[:4], SOMEBODY_ELSE, *found[5:]))


def test_a_link_instead_of_a_file_is_a_miss(
    store: FileStore, folder: Path, key: TokenKey, warnings: Warnings
) -> None:
    """A link is not followed for reading or writing; the next token replaces it."""
    store.save(key, stored("planted"))
    path = file_of(folder)
    target = folder.parent / "target"
    path.rename(target)
    path.symlink_to(target)
    before = target.read_bytes()

    assert store.load(key) is None
    assert 1 == len(warnings())

    store.save(key, stored("new"))
    assert before == target.read_bytes()
    assert not path.is_symlink()


def test_a_pipe_instead_of_a_file_blocks_nobody(
    store: FileStore, folder: Path, key: TokenKey
) -> None:
    """A read finds no token, and does not wait for a writer."""
    store.save(key, stored())
    path = file_of(folder)
    path.unlink()
    os.mkfifo(path, 0o600)

    assert store.load(key) is None


def test_a_folder_instead_of_a_file_is_a_miss_and_is_closed(
    store: FileStore, folder: Path, key: TokenKey
) -> None:
    """Each attempt to read closes the file again."""
    store.save(key, stored())
    path = file_of(folder)
    path.unlink()
    path.mkdir()
    before = open_files()

    assert [None] * 5 == [store.load(key) for _ in range(5)]
    assert before == open_files()


def open_files() -> int:
    """Return the number of open files of this process, if the system shows it."""
    if not os.path.exists("/proc/self/fd"):
        return 0
    return len(os.listdir("/proc/self/fd"))


@pytest.mark.parametrize("mode", [0o755, 0o710, 0o777])
@pytest.mark.parametrize("verb", ["load", "save", "lock", "delete"])
def test_a_folder_that_others_may_use_is_refused(
    folder: Path, key: TokenKey, mode: int, verb: str
) -> None:
    """The store does not read or write in that folder, and does not change its mode."""
    folder.mkdir(parents=True)
    folder.chmod(mode)
    store = FileStore(folder)
    arguments = (key, stored()) if verb == "save" else (key,)

    with pytest.raises(ConfigurationError, match=str(folder)):
        getattr(store, verb)(*arguments)

    assert set() == names_in(folder)
    assert oct(mode) == mode_of(folder)


def test_a_folder_of_another_user_is_refused(
    store: FileStore, key: TokenKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store checks the owner of the folder."""
    store.save(key, stored())
    monkeypatch.setattr(os, "geteuid", lambda: SOMEBODY_ELSE)

    with pytest.raises(ConfigurationError):
        store.load(key)


def test_a_link_instead_of_the_folder_is_refused(tmp_path: Path, key: TokenKey) -> None:
    """The owner of a link to a private folder can redirect it."""
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    link = tmp_path / "link"
    link.symlink_to(private)

    with pytest.raises(ConfigurationError, match=str(link)):
        FileStore(link).save(key, stored())

    assert set() == names_in(private)


# The content of a file


def content_with(**members: Any) -> bytes:
    """Return the content of a file without these members."""
    content = {"token": "a-token", "lifetime": 3600, "wall": 1.8e9, "monotonic": 1e3}
    return json.dumps({**content, **members}).encode()


HUGE_NUMBER = b"1" + b"0" * 4000
BROKEN = {
    "empty": b"",
    "cut off": content_with()[:-5],
    "not UTF-8": b"\xff\xfe",
    "another type": b"[]",
    "a number": b"1",
    "null": b"null",
    "no members": b"{}",
    "a text for a number": content_with(wall="then"),
    "a lifetime of null": content_with(lifetime=None),
    "a token of null": content_with(token=None),
    "a huge number": content_with(lifetime=0).replace(b": 0", b": " + HUGE_NUMBER),
    "not a number": content_with(wall=float("nan")),
    "older than anything": content_with(wall=float("-inf")),
    "deep": b"[" * 100_000,
    "long": content_with(token="x" * 100_000),
    "from the future": content_with(wall=3e9, monotonic=3e9),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_a_miss(
    folder: Path, key: TokenKey, time: FakeClock, content: bytes
) -> None:
    """If the content of a file is not a token in this format, no token is found."""
    store = FileStore(folder, clock=time.clock)
    store.save(key, stored())
    path = file_of(folder)
    path.write_bytes(content_with(wall=time.wall, monotonic=time.monotonic))
    assert store.load(key) is not None

    path.write_bytes(content)

    assert store.load(key) is None


def as_json(value: object) -> bytes:
    """Return a value as JSON."""
    return json.dumps(value).encode()


ANY_JSON = st.recursive(st.none() | st.text(CHARACTERS), st.lists).map(as_json)


@given(content=st.binary(max_size=64) | ANY_JSON)
@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_other_content_is_a_miss(
    store: FileStore, folder: Path, content: bytes
) -> None:
    """No content of a file raises an error."""
    key = new_key()
    store.save(key, stored())
    (folder / f"{key.name}.json").write_bytes(content)

    assert store.load(key) is None


# The age of a token


def test_a_clock_that_is_set_back_does_not_extend_a_token(
    folder: Path, key: TokenKey, time: FakeClock
) -> None:
    """After 50 of 60 minutes, 10 are left, even if the wall clock went back 2 h."""
    store = FileStore(folder, clock=time.clock)
    store.save(key, stored(left=3600, lifetime=3600))
    time.pass_time(3000)
    time.wall -= 7200

    assert 600 == loaded(store, key).left


def test_a_restart_of_the_machine_does_not_extend_a_token(
    folder: Path, key: TokenKey, time: FakeClock
) -> None:
    """After a restart, the monotonic clock starts again, and the wall clock goes on."""
    store = FileStore(folder, clock=time.clock)
    store.save(key, stored(left=3600, lifetime=3600))
    time.pass_time(3000)
    time.monotonic = 5

    assert 600 == loaded(store, key).left


@pytest.mark.parametrize("clock", ["wall", "monotonic"])
def test_a_token_that_is_old_when_it_is_saved_stays_so(
    folder: Path, key: TokenKey, time: FakeClock, clock: str
) -> None:
    """Each of the two clocks knows its age, if the other one goes back."""
    store = FileStore(folder, clock=time.clock)
    store.save(key, stored(left=1800, lifetime=3600))
    setattr(time, clock, getattr(time, clock) - 7200)

    assert 1800 == loaded(store, key).left


def test_a_token_of_unknown_age_is_a_miss(
    folder: Path, key: TokenKey, time: FakeClock
) -> None:
    """If the wall clock goes back during a restart, no clock knows the age."""
    store = FileStore(folder, clock=time.clock)
    store.save(key, stored(left=3600, lifetime=3600))
    time.monotonic = 5
    time.wall -= 7200

    assert store.load(key) is None


@pytest.mark.parametrize("seconds", [3600, 7200])
def test_a_token_expires_while_the_machine_sleeps(
    folder: Path, key: TokenKey, time: FakeClock, seconds: float
) -> None:
    """The wall clock counts the time that the monotonic clock missed."""
    store = FileStore(folder, clock=time.clock)
    store.save(key, stored(left=3600, lifetime=3600))
    time.wall += seconds

    assert store.load(key) is None
