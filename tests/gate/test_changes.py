"""The contract's version says what changed since the last tag."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import changes
import contract
import extensions
from changes import Change
from contract import CONTRACT

Write = Callable[[str], None]

TEXT = CONTRACT.read_text("utf-8").replace(
    "  version: 0.1.0\n", "  version: 1.2.3\n", 1
)
FIELD = "        smsfrom: {type: string, x-name: sms_from, description: The sender of text messages.}\n"
BRANDS = TEXT[TEXT.index("  /brand/all:") : TEXT.index("  /brand/byid/{id}:")]
OTHER = BRANDS.replace("/brand/all", "/brand/some").replace(
    "getBrands", "getSomeBrands"
)

SINCE = {
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
        TEXT.replace("Get the brands.", "Get all brands."),
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
    "an entry of the error catalogue has another name": (
        "- id: launched\n",
        "- id: started\n",
        "launched",
    ),
    "a Python name is another": (
        "x-python: brands.get_all\n",
        "x-python: brands.get_every\n",
        "brands.get_all",
    ),
    "a readable name is another": (
        "x-name: sms_from",
        "x-name: sms_sender",
        "sms_from",
    ),
    "a token URL is another": (
        "EU: https://auth.fra.",
        "EU: https://auth.ber.",
        "auth.fra.",
    ),
    "a scope is another": (
        "            api/settings.all:",
        "            api/settings:",
        "api/settings.all",
    ),
    "one contact more is required": (
        "- [mgreml, mgrmob]",
        "- [mgreml]",
        "BasicLaunch: x-required-any ['mgreml']",
    ),
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the contract in its one commit."""
    (tmp_path / "openapi").mkdir()
    (tmp_path / "openapi" / "enboarder.yaml").write_text(TEXT, "utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    commit(tmp_path, "Release")
    return tmp_path


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True)


def commit(folder: Path, text: str) -> None:
    """What is in the index, and be it nothing."""
    author = ("-c", "user.name=Alex", "-c", "user.email=alex@example.com")
    git(folder, *author, "commit", "-q", "--allow-empty", "-m", text)


@pytest.fixture
def write(repository: Path) -> Write:
    """Write the contract of a repository that was released as v1."""
    git(repository, "tag", "v1")

    def written(text: str) -> None:
        (repository / "openapi" / "enboarder.yaml").write_text(text, "utf-8")

    return written


def raised(text: str, version: str) -> str:
    return text.replace("  version: 1.2.3\n", f"  version: {version}\n", 1)


def test_without_a_tag_nothing_is_compared(repository: Path) -> None:
    """Before the first release everything goes, and it is said."""
    assert changes.judged(repository) == (True, "no tag yet, nothing to compare with")


def test_a_release_is_compared_with_the_one_before(repository: Path) -> None:
    """A tag at what is checked out is not compared with itself, but for edits since."""
    git(repository, "tag", "v1")
    commit(repository, "More")
    git(repository, "tag", "v2")
    assert changes.last_tag(repository) == "v1"
    (repository / "openapi" / "enboarder.yaml").write_text("edited", "utf-8")
    assert changes.last_tag(repository) == "v2"


@pytest.mark.usefixtures("npm")
@pytest.mark.parametrize("name", SINCE)
def test_a_change_is_rated(tmp_path: Path, name: str) -> None:
    """Each class of change has its impact, and the place is told."""
    text, impact, place = SINCE[name]
    assert text != TEXT
    (tmp_path / "old.yaml").write_text(TEXT, "utf-8")
    (tmp_path / "new.yaml").write_text(text, "utf-8")
    change = changes.compared(tmp_path / "old.yaml", tmp_path / "new.yaml")
    assert (change.impact, place in str(change.places)) == (impact, True)


@pytest.mark.parametrize("name", EXTENSIONS)
def test_a_change_of_an_extension_is_rated(tmp_path: Path, name: str) -> None:
    """Redocly rates extensions as texts and does not read scopes; whoever relies on one is not broken unseen."""
    before, after, told = EXTENSIONS[name]
    (tmp_path / "new.yaml").write_text(TEXT.replace(before, after, 1), "utf-8")
    rated = list(
        extensions.rated(contract.load(), contract.load(tmp_path / "new.yaml"))
    )
    assert [told in place for impact, place in rated if impact == "major"] == [True]


def test_an_entry_more_in_the_catalogue_is_an_addition() -> None:
    """Additions to what is relied on are minor."""
    old, new = contract.load(), contract.load()
    new["x-error-catalogue"].append({"id": "new", "kind": "refusal"})
    assert list(extensions.rated(old, new)) == [
        ("minor", "x-error-catalogue/new: refusal was added")
    ]


@pytest.mark.usefixtures("npm")
def test_a_breaking_change_needs_its_version(repository: Path, write: Write) -> None:
    """Without it the place is told and the version to take; with it all is well."""
    broken = TEXT.replace(BRANDS, "")
    write(broken)
    right, told = changes.judged(repository)
    assert (
        right,
        "1.2.3 there are major changes, which need 2.0.0" in told,
        "/brand/all" in told,
    ) == (
        False,
        True,
        True,
    )
    write(raised(broken, "1.3.0"))
    assert changes.judged(repository)[0] is False
    write(raised(broken, "2.0.0"))
    assert changes.judged(repository) == (True, "major since v1: 1.2.3 to 2.0.0")


@pytest.mark.usefixtures("npm")
def test_an_added_operation_needs_a_minor_version(
    repository: Path, write: Write
) -> None:
    """A patch version is too little."""
    more = TEXT.replace(BRANDS, BRANDS + OTHER)
    write(raised(more, "1.2.4"))
    right, told = changes.judged(repository)
    assert (right, "need 1.3.0" in told) == (False, True)
    write(raised(more, "1.3.0"))
    assert changes.judged(repository) == (True, "minor since v1: 1.2.3 to 1.3.0")


@pytest.mark.usefixtures("npm")
@pytest.mark.parametrize("version", ["1.2.3", "1.2.4"])
def test_a_text_needs_a_patch_version_or_none(
    repository: Path, write: Write, version: str
) -> None:
    """A typo that is corrected is no release."""
    write(raised(TEXT.replace("Get the brands.", "Get all brands."), version))
    assert changes.judged(repository) == (True, f"patch since v1: 1.2.3 to {version}")


@pytest.mark.parametrize(
    ("impact", "old", "new", "told"),
    [
        ("major", "0.1.0", "0.1.1", "need 0.2.0"),
        ("major", "0.1.0", "0.2.0", None),
        ("minor", "0.1.0", "0.1.0", "need 0.2.0"),
        ("minor", "0.9.0", "1.0.0", None),
        ("major", "1.9.0", "1.10.0", "need 2.0.0"),
        ("patch", "0.1.0", "0.1.0", None),
        ("none", "0.2.0", "0.1.0", "went back from 0.2.0 to 0.1.0"),
    ],
)
def test_versions_below_one_have_no_major_to_raise(
    impact: str, old: str, new: str, told: str | None
) -> None:
    """In 0.x a breaking change needs a new minor version, and so does an addition."""
    fault = changes.fault(Change(impact, ["paths/x"], old, new))
    assert (fault is None) == (told is None)
    assert (told or "") in (fault or "")


def test_a_tag_without_the_contract_is_told(tmp_path: Path, repository: Path) -> None:
    """Nothing is compared in silence with nothing."""
    git(repository, "rm", "-q", "--cached", "openapi/enboarder.yaml")
    commit(repository, "Gone")
    git(repository, "tag", "v2")
    commit(repository, "More")
    right, told = changes.judged(repository)
    assert (right, told.startswith("the contract of v2 cannot be read: ")) == (
        False,
        True,
    )
