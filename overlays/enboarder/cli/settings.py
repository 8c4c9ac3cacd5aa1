"""What the command works with: flags before environment variables before a profile.

A profile is a table of config.toml:

```toml
default = "production"

[profiles.production]
region = "EU"
client_id = "…"
```

There is no secret in it: secrets come from the environment, a prompt or standard input.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from attrs import field, frozen

from ..errors import InvalidInput
from ..hidden import Hidden, without_password
from ..people.json_objects import is_object

PREFIX = "ENBOARDER_"
PLAIN = ("region", "base_url", "token_url", "client_id", "account", "ledger")
"""What a profile may have."""
SECRETS = ("api_key", "client_secret")
SETTINGS = (*PLAIN, "token_store", "engine", *SECRETS)
ADDRESS = ("region", "base_url")
"""Two ways to say one thing: what is named first, in the order of origins, counts."""
UNSET = "not set"


@frozen
class Setting:
    """A value, and where it comes from."""

    name: str
    value: Hidden[str] | None
    origin: str

    @property
    def shown(self) -> str:
        """The value for a person; a secret is not shown."""
        if self.value is None:
            return ""
        if self.name in SECRETS:
            return "***"
        return without_password(self.value.reveal()) or ""


@frozen
class Settings:
    """Every setting of the command, with its origin."""

    profile: str | None
    """The profile that is used."""
    file: Path
    """The file of the profiles, which may be missing."""
    all: Mapping[str, Setting] = field(repr=False)

    def get(self, name: str) -> str | None:
        """Return the value of a setting, if it has one."""
        value = self.all[name].value
        return None if value is None else value.reveal()

    def has(self, name: str) -> bool:
        """Return whether a setting has a value."""
        return self.all[name].value is not None

    @property
    def has_address(self) -> bool:
        """Whether it is said where the account is."""
        return any(self.has(name) for name in ADDRESS)

    def environ(self) -> dict[str, str]:
        """Return the settings as the variables that the client reads."""
        variables: dict[str, str] = {}
        for name in SETTINGS:
            value = self.get(name)
            if value is not None:
                variables[PREFIX + name.upper()] = value
        return variables

    @property
    def account_name(self) -> str:
        """The name of the account, to which a ledger belongs.

        Raises:
            InvalidInput: neither an account nor an address is set.
        """
        from ..people.ledger.opening import account_at
        from ..regions import base_url_of

        account = self.get("account")
        if account:
            return account
        return account_at(base_url_of(self.get("region"), self.get("base_url")))


def config_file(environ: Mapping[str, str] | None = None) -> Path:
    """Return the file of the profiles: `ENBOARDER_CONFIG`, or the usual place."""
    variables = os.environ if environ is None else environ
    named = variables.get(f"{PREFIX}CONFIG")
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("enboarder", appauthor=False) / "config.toml"


def read_settings(
    flags: Mapping[str, str | None] | None = None,
    *,
    profile: str | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Return the settings.

    Args:
        flags: what the command line says.
        profile: the profile that the command line names.
        environ: the variables; by default the process's own.

    Raises:
        InvalidInput: the file of the profiles, or a profile, is wrong.
    """
    variables = os.environ if environ is None else environ
    file = config_file(variables)
    document = read_config(file)
    name = profile or variables.get(f"{PREFIX}PROFILE") or document.get("default")
    chosen = _profile_named(document, name, file)
    layers = [
        _layer_of_flags(flags or {}),
        _layer_of_variables(variables),
        _layer_of_profile(chosen, name),
    ]
    found: dict[str, Setting] = {}
    for layer in layers:
        found.update(_new_ones(layer, found))
    missing = {one: Setting(one, None, UNSET) for one in SETTINGS}
    return Settings(name, file, {**missing, **found})


def read_config(file: Path) -> dict[str, Any]:
    """Return what is in the file of the profiles; nothing if it is missing.

    Raises:
        InvalidInput: it cannot be read, or something in it has no meaning.
    """
    from ..people.toml import read_toml

    if not file.exists():
        return {}
    document = read_toml(file)
    unknown = sorted(document.keys() - {"default", "profiles"})
    if unknown:
        raise InvalidInput(
            f"{file}: {unknown[0]} has no meaning here; the file has default and "
            "tables such as [profiles.production]"
        )
    profiles = document.get("profiles", {})
    if not is_object(profiles):
        raise InvalidInput(f"{file}: profiles is not a table; write [profiles.NAME]")
    for name, table in profiles.items():
        check_profile(table, f"{file}: profile {name}")
    return document


def check_profile(table: Any, place: str) -> None:
    """Refuse a profile with something that has no meaning, or is a secret.

    Raises:
        InvalidInput: it has.
    """
    if not is_object(table):
        raise InvalidInput(f"{place} is not a table; write [profiles.NAME]")
    for key, value in table.items():
        if key in SECRETS:
            # Neither the value nor its length is shown.
            raise InvalidInput(
                f"{place}: {key} is a secret, which does not belong in a file; remove "
                f"it, and set {PREFIX}{key.upper()} or type it when you are asked"
            )
        if key not in PLAIN:
            raise InvalidInput(
                f"{place}: {key} has no meaning here; a profile has {', '.join(PLAIN)}"
            )
        if not isinstance(value, str) or not value:
            raise InvalidInput(f"{place}: {key} is not a text")
    if "region" in table and "base_url" in table:
        raise InvalidInput(f"{place} has region and base_url; remove one of them")
    if _has_password(table.get("ledger", "")):
        raise InvalidInput(
            f"{place}: ledger has a password, which does not belong in a file; remove "
            f"it, and set {PREFIX}LEDGER or PostgreSQL's PGPASSWORD"
        )


def _has_password(location: str) -> bool:
    try:
        return "://" in location and urlsplit(location).password is not None
    except ValueError:
        return "@" in location


def _profile_named(
    document: Mapping[str, Any], name: str | None, file: Path
) -> Mapping[str, str]:
    if name is None:
        return {}
    profiles: dict[str, Any] = document.get("profiles", {})
    if name not in profiles:
        known = ", ".join(sorted(profiles)) or "none"
        raise InvalidInput(
            f"there is no profile {name!r} in {file}; it has: {known}. Make one with "
            "`enboarder config new`"
        )
    chosen: Mapping[str, str] = profiles[name]
    return chosen


def _layer_of_flags(flags: Mapping[str, str | None]) -> Iterator[Setting]:
    for name, value in flags.items():
        if value:
            yield Setting(name, Hidden(value), f"--{name.replace('_', '-')}")


def _layer_of_variables(variables: Mapping[str, str]) -> Iterator[Setting]:
    for name in SETTINGS:
        variable = PREFIX + name.upper()
        value = Hidden(variables.get(variable, ""))
        if value.reveal():
            yield Setting(name, value, f"environment: {variable}")


def _layer_of_profile(
    table: Mapping[str, str], profile: str | None
) -> Iterator[Setting]:
    for name, value in table.items():
        yield Setting(name, Hidden(value), f"profile: {profile}")


def _new_ones(
    layer: Iterator[Setting], found: Mapping[str, Setting]
) -> dict[str, Setting]:
    """Return what a layer adds to those before it."""
    taken = set(found)
    if taken & set(ADDRESS):
        taken.update(ADDRESS)
    if "api_key" in taken:
        # An OAuth2 client of the profile is meant for other occasions.
        taken.update(("client_id", "client_secret", "token_url"))
    elif taken & {"client_id", "client_secret"}:
        taken.add("api_key")
    return {one.name: one for one in layer if one.name not in taken}
