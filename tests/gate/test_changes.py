"""The contract's version says what changed since the last tag."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from scripts.codegen import reading
from scripts.judge import extensions, versions
from scripts.judge.versions import Change
from scripts.layout import CONTRACT

Write: TypeAlias = Callable[[str], None]

# The contract with a version above 1.0, where major and minor changes differ.
TEXT = CONTRACT.read_text("utf-8").replace(
    "  version: 0.1.0\n", "  version: 1.2.3\n", 1
)
FIELD = next(line for line in TEXT.splitlines(keepends=True) if "sms_from" in line)
BRANDS = TEXT[TEXT.index("  /brand/all:") : TEXT.index("  /brand/byid/{id}:")]
SUMMARY = next(line for line in BRANDS.splitlines() if "summary:" in line)
OTHER = BRANDS.replace("/brand/all", "/brand/some").replace(
    "getBrands", "getSomeBrands"
)

CHANGES = {
    "an operation is gone": (TEXT.replace(BRANDS, ""), "major", "/brand/all"),
    "a member of a reply is gone": (TEXT.replace(FIELD, ""), "major", "smsfrom"),
    "a member has another type": (
        TEXT.replace(FIELD, FIELD.replace("string", "integer", 1)),
        "major",
        "smsfrom",
    ),
    "a header has another name": (
        TEXT.replace("      name: apikey\n", "      name: api-key\n", 1),
        "major",
        "apikey",
    ),
    "a host is another": (
        TEXT.replace("api.fra.e1", "api.ber.e1", 1),
        "major",
        "api.ber.e1",
    ),
    "an operation was added": (
        TEXT.replace(BRANDS, BRANDS + OTHER),
        "minor",
        "/brand/some",
    ),
    "a member was added": (
        TEXT.replace(FIELD, FIELD + FIELD.replace("smsfrom", "smsto")),
        "minor",
        "smsto",
    ),
    "a text is another": (
        TEXT.replace(SUMMARY, f"{SUMMARY} again", 1),
        "patch",
        "/brand/all",
    ),
    "an example is another": (
        TEXT.replace("nhfnm: Alex\n", "nhfnm: Alec\n", 1),
        "patch",
        "examples",
    ),
}
EXTENSIONS = {
    "the name of a catalogue entry": (
        "- id: launched\n",
        "- id: started\n",
        "launched",
    ),
    "a Python name": (
        "x-python: brands.get_all\n",
        "x-python: brands.get_every\n",
        "brands.get_all",
    ),
    "a readable name": ("x-name: sms_from", "x-name: sms_sender", "sms_from"),
    "a token URL": ("EU: https://auth.fra.", "EU: https://auth.ber.", "auth.fra."),
    "a scope": (
        "            api/settings.all:",
        "            api/settings:",
        "api/settings.all",
    ),
    "one contact more that is required": (
        "- [mgreml, mgrmob]",
        "- [mgreml]",
        "BasicLaunch: x-required-any ['mgreml']",
    ),
}


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True)


def commit(folder: Path, text: str) -> None:
    """Commit what is in the index, also when it is nothing."""
    author = ["-c", "user.name=Alex", "-c", "user.email=alex@example.com"]
    git(folder, *author, "commit", "-q", "--allow-empty", "-m", text)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the contract in its only commit."""
    (tmp_path / "openapi").mkdir()
    (tmp_path / "openapi" / "enboarder.yaml").write_text(TEXT, "utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    commit(tmp_path, "Release")
    return tmp_path


@pytest.fixture
def write(repository: Path) -> Write:
    """Writes the contract of a repository that was released as v1."""
    git(repository, "tag", "v1")

    def written(text: str) -> None:
        (repository / "openapi" / "enboarder.yaml").write_text(text, "utf-8")

    return written


def raised(text: str, version: str) -> str:
    return text.replace("  version: 1.2.3\n", f"  version: {version}\n", 1)


def test_without_a_tag_nothing_is_compared(repository: Path) -> None:
    """Before the first release every version is right."""
    assert versions.judge(repository).is_right


def test_a_release_is_compared_with_the_one_before(repository: Path) -> None:
    """A tag on what is checked out is not compared with itself."""
    git(repository, "tag", "v1")
    commit(repository, "More")
    git(repository, "tag", "v2")

    assert "v1" == versions.last_tag(repository)


def test_edits_are_compared_with_the_tag_they_follow(repository: Path) -> None:
    """An edit since the tag makes it the one to compare with."""
    git(repository, "tag", "v1")
    (repository / "openapi" / "enboarder.yaml").write_text("edited", "utf-8")

    assert "v1" == versions.last_tag(repository)


@pytest.mark.usefixtures("npm")
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_rated(tmp_path: Path, name: str) -> None:
    """Each class of change has its impact, and the place is named."""
    text, impact, place = CHANGES[name]
    assert text != TEXT
    old = tmp_path / "old.yaml"
    new = tmp_path / "new.yaml"
    old.write_text(TEXT, "utf-8")
    new.write_text(text, "utf-8")
    change = versions.compare(old, new)

    assert impact == change.impact
    assert place in str(change.places)


@pytest.mark.parametrize("name", EXTENSIONS)
def test_a_change_of_an_extension_is_major(tmp_path: Path, name: str) -> None:
    """Redocly rates extensions as texts; a user who relies on one is still safe."""
    before, after, wanted = EXTENSIONS[name]
    assert before in TEXT
    new = tmp_path / "new.yaml"
    new.write_text(TEXT.replace(before, after, 1), "utf-8")
    rated = extensions.rated(reading.load(), reading.load(new))
    (place,) = [place for impact, place in rated if impact == "major"]

    assert wanted in place


def test_an_added_catalogue_entry_is_minor() -> None:
    """Additions to what users rely on break nobody."""
    old = reading.load()
    new = reading.load()
    new["x-error-catalogue"].append({"id": "new", "kind": "refusal"})
    ((impact, place),) = extensions.rated(old, new)

    assert "minor" == impact
    assert "x-error-catalogue/new" in place


@pytest.mark.usefixtures("npm")
def test_a_breaking_change_without_its_version_is_refused(
    repository: Path, write: Write
) -> None:
    """The place is named, and the version to take."""
    write(raised(TEXT.replace(BRANDS, ""), "1.3.0"))
    verdict = versions.judge(repository)

    assert not verdict.is_right
    assert "2.0.0" in verdict.text
    assert "/brand/all" in verdict.text


@pytest.mark.usefixtures("npm")
@pytest.mark.parametrize(
    ("text", "version"),
    [
        (TEXT.replace(BRANDS, ""), "2.0.0"),
        (TEXT.replace(BRANDS, BRANDS + OTHER), "1.3.0"),
        (TEXT.replace(SUMMARY, f"{SUMMARY} again"), "1.2.3"),
        (TEXT.replace(SUMMARY, f"{SUMMARY} again"), "1.2.4"),
    ],
    ids=["breaking", "added", "text, same version", "text, patch version"],
)
def test_a_change_with_its_version_is_right(
    repository: Path, write: Write, text: str, version: str
) -> None:
    """A breaking change needs a major version, an addition a minor one, a text none."""
    write(raised(text, version))

    assert versions.judge(repository).is_right


@pytest.mark.parametrize(
    ("impact", "old", "new", "wanted"),
    [
        ("major", "0.1.0", "0.1.1", "0.2.0"),
        ("minor", "0.1.0", "0.1.0", "0.2.0"),
        ("major", "1.9.0", "1.10.0", "2.0.0"),
        ("minor", "1.2.3", "1.2.4", "1.3.0"),
        ("none", "0.2.0", "0.1.0", "0.1.0"),
    ],
)
def test_a_version_that_is_too_low_is_refused(
    impact: str, old: str, new: str, wanted: str
) -> None:
    """The version to take is named; in 0.x there is no major one to raise."""
    problem = versions.problem(Change(impact, ["paths/x"], old, new))

    assert problem is not None
    assert wanted in problem


@pytest.mark.parametrize(
    ("impact", "old", "new"),
    [
        ("major", "0.1.0", "0.2.0"),
        ("minor", "0.9.0", "1.0.0"),
        ("patch", "0.1.0", "0.1.0"),
    ],
)
def test_a_version_that_is_high_enough_is_right(
    impact: str, old: str, new: str
) -> None:
    """In 0.x a new minor version is enough for everything."""
    assert versions.problem(Change(impact, ["paths/x"], old, new)) is None


def test_a_tag_without_the_contract_is_reported(repository: Path) -> None:
    """Nothing is compared with nothing unnoticed."""
    git(repository, "rm", "-q", "--cached", "openapi/enboarder.yaml")
    commit(repository, "Gone")
    git(repository, "tag", "v2")
    commit(repository, "More")
    verdict = versions.judge(repository)

    assert not verdict.is_right
    assert "v2" in verdict.text
