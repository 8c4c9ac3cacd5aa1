"""Where settings come from: flags before the environment before a profile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from enboarder.cli.connection import Connection
from enboarder.cli.settings import Settings, read_settings
from enboarder.errors import ConfigurationError, InvalidInput
from tests.cli.conftest import Run, Terminal

SECRET = "canary-secret"


def config(folder: Path, text: str) -> dict[str, str]:
    """Write the file of the profiles, and return the variable that names it."""
    file = folder / "other.toml"
    file.write_text(text, "utf-8")
    return {"ENBOARDER_CONFIG": str(file)}


def origins(settings: Settings) -> dict[str, str]:
    """Return the origin of each setting that is set."""
    return {
        name: one.origin for name, one in settings.all.items() if one.value is not None
    }


def test_a_flag_counts_before_a_variable_before_a_profile(tmp_path: Path) -> None:
    """Each setting says where it comes from."""
    environ = config(
        tmp_path,
        '[profiles.eu]\nregion = "EU"\naccount = "example"\nclient_id = "an-id"\n',
    )
    environ["ENBOARDER_REGION"] = "US"
    environ["ENBOARDER_ACCOUNT"] = "other"

    settings = read_settings({"region": "AU"}, profile="eu", environ=environ)

    assert "AU" == settings.get("region")
    assert {
        "region": "--region",
        "account": "environment: ENBOARDER_ACCOUNT",
        "client_id": "profile: eu",
    } == origins(settings)


@pytest.mark.parametrize(
    ("environ", "kept"),
    [
        ({"ENBOARDER_BASE_URL": "http://127.0.0.1:9"}, {"base_url", "client_id"}),
        ({"ENBOARDER_API_KEY": SECRET}, {"region", "api_key"}),
        (
            {"ENBOARDER_CLIENT_SECRET": SECRET},
            {"region", "client_id", "client_secret"},
        ),
    ],
)
def test_what_excludes_each_other_comes_from_one_place(
    tmp_path: Path, environ: dict[str, str], kept: set[str]
) -> None:
    """An address or a key of the environment replaces that of the profile."""
    text = '[profiles.eu]\nregion = "EU"\nclient_id = "an-id"\n'
    environ = {**environ, **config(tmp_path, text)}

    assert kept == set(origins(read_settings(profile="eu", environ=environ)))


@pytest.mark.parametrize(
    ("variable", "flag", "expected"),
    [(None, None, "one"), ("two", None, "two"), ("two", "one", "one")],
)
def test_the_profile_is_named_by_flag_variable_or_file(
    tmp_path: Path, variable: str | None, flag: str | None, expected: str
) -> None:
    """Only `default` names one where nobody else does."""
    environ = config(tmp_path, 'default = "one"\n[profiles.one]\n[profiles.two]\n')
    if variable:
        environ["ENBOARDER_PROFILE"] = variable

    assert expected == read_settings(profile=flag, environ=environ).profile


def test_no_profile_is_used_that_nobody_names(tmp_path: Path) -> None:
    """Not even the only one: the region has no default."""
    environ = config(tmp_path, '[profiles.eu]\nregion = "EU"\n')

    assert {} == origins(read_settings(environ=environ))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (f'[profiles.a]\napi_key = "{SECRET}"\n', "ENBOARDER_API_KEY"),
        (f'[profiles.a]\nclient_secret = "{SECRET}"\n', "ENBOARDER_CLIENT_SECRET"),
        (
            f'[profiles.a]\nledger = "postgresql://me:{SECRET}@h/d"\n',
            "ENBOARDER_LEDGER",
        ),
        ('[profiles.a]\nregin = "EU"\n', "regin"),
        ("[profiles.a]\nregion = 3\n", "region"),
        ('[profiles.a]\nregion = "EU"\nbase_url = "https://x"\n', "base_url"),
        ("profiles = 3\n", "profiles"),
        ('[profiles]\na = "EU"\n', "a"),
        ('regon = "EU"\n', "regon"),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path: Path, text: str, named: str) -> None:
    """A secret in it is not repeated."""
    with pytest.raises(InvalidInput) as caught:
        read_settings(profile="a", environ=config(tmp_path, text))

    assert named in str(caught.value)
    assert SECRET not in str(caught.value)


def test_an_unknown_profile_is_refused(tmp_path: Path) -> None:
    """The error names those that there are."""
    with pytest.raises(InvalidInput, match="eu"):
        read_settings(profile="us", environ=config(tmp_path, "[profiles.eu]\n"))


def test_explain_shows_no_secret(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says that one is set, and where."""
    monkeypatch.setenv("ENBOARDER_API_KEY", SECRET)
    monkeypatch.setenv("ENBOARDER_LEDGER", f"postgresql://me:{SECRET}@host/d")
    ended = run("config", "explain", "--region", "eu", "--json")
    shown: dict[str, Any] = json.loads(ended.output)
    by_name = {one["setting"]: one for one in shown["settings"]}

    assert 0 == ended.code
    assert SECRET not in ended.output + ended.errors
    assert ("eu", "--region") == (
        by_name["region"]["value"],
        by_name["region"]["origin"],
    )
    assert "environment: ENBOARDER_API_KEY" == by_name["api_key"]["origin"]
    assert "not set" == by_name["client_id"]["origin"]


def test_a_new_profile_is_used(run: Run, home: Path) -> None:
    """The file keeps what was in it."""
    (home / "config.toml").write_text("# mine\n[profiles.old]\n", "utf-8")
    words = ["--region", "eu", "--account", "example", "--default"]

    assert 0 == run("config", "new", "production", *words).code
    settings = read_settings(environ={"ENBOARDER_CONFIG": str(home / "config.toml")})
    assert ("production", "EU") == (settings.profile, settings.get("region"))
    assert "# mine" in (home / "config.toml").read_text("utf-8")
    assert f"{home / 'config.toml'}\n" == run("config", "path").output


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["eu"], "region"),
        (["eu", "--region", "UK"], "UK"),
        (["old", "--region", "EU"], "old"),
        (["eu", "--region", "EU", "--default"], "default"),
        (["eu", "--region", "EU", "--ledger", "postgresql://a:b@c/d"], "ledger"),
    ],
)
def test_a_wrong_profile_is_not_written(
    run: Run, home: Path, words: list[str], named: str
) -> None:
    """The file stays as it was."""
    file = home / "config.toml"
    file.write_text('default = "old"\n[profiles.old]\n', "utf-8")
    before = file.read_text("utf-8")
    ended = run("config", "new", *words)

    assert 2 == ended.code
    assert named in ended.errors
    assert before == file.read_text("utf-8")


def test_two_addresses_are_refused(run: Run) -> None:
    """Nobody knows which is meant."""
    words = ["--region", "EU", "--base-url", "http://127.0.0.1:9"]
    assert 2 == run("whoami", *words).code


@pytest.mark.parametrize(
    ("kind", "name"), [("apikey", "API_KEY"), ("oauth2", "SECRET")]
)
def test_a_secret_comes_from_standard_input(
    run: Run, monkeypatch: pytest.MonkeyPatch, kind: str, name: str
) -> None:
    """It is the client secret if there is a client id, and the API key otherwise."""
    if kind == "oauth2":
        monkeypatch.setenv("ENBOARDER_CLIENT_ID", "an-id")
    words = ["doctor", "--base-url", "http://127.0.0.1:9", "--secret-stdin", "--json"]
    monkeypatch.setenv("ENBOARDER_TOKEN_URL", "http://127.0.0.1:9/token")
    ended = run(*words, stdin=f"{SECRET}\n")
    checks = {one["check"]: one for one in json.loads(ended.output)["checks"]}

    credential = {"apikey": "API key", "oauth2": "OAuth2 client"}[kind]
    assert checks["settings"]["finding"].startswith(credential)
    assert SECRET not in ended.output + ended.errors


def test_an_empty_standard_input_is_refused(run: Run) -> None:
    """An empty secret would only be refused by the service."""
    ended = run("forms", "list", "--region", "EU", "--secret-stdin", stdin="")
    assert 2 == ended.code
    assert "--secret-stdin" in ended.errors


def test_a_secret_is_asked_for_and_not_shown(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is typed on a terminal where it is set nowhere."""
    monkeypatch.setattr("getpass.getpass", lambda prompt, stream: SECRET)
    ended = terminal.run("doctor", "--base-url", "http://127.0.0.1:9")

    assert "API key for http://127.0.0.1:9" in ended.output
    assert SECRET not in ended.output


@pytest.mark.parametrize("kind", ["API_KEY", "CLIENT_SECRET"])
def test_no_frame_of_an_error_shows_the_secret(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Error reports record the local variables of each frame."""
    monkeypatch.setenv("ENBOARDER_CLIENT_ID", "an-id" if kind != "API_KEY" else "")
    monkeypatch.setenv(f"ENBOARDER_{kind}", f"{SECRET} with a blank")
    with pytest.raises(ConfigurationError) as caught:
        Connection(region="EU").client()
    shown = [str(caught.value)]
    for entry in caught.traceback[1:]:
        shown.extend(repr(value) for value in entry.frame.f_locals.values())

    assert not any(SECRET in text for text in shown)


def test_whoami_sends_nothing_and_shows_no_secret(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names account and credential."""
    monkeypatch.setenv("ENBOARDER_API_KEY", SECRET)
    ended = run("whoami", "--region", "eu", "--json")
    shown = json.loads(ended.output)

    assert ("EU", "eu", "API key") == (
        shown["region"],
        shown["account"],
        shown["credential"],
    )
    assert SECRET not in ended.output + ended.errors
