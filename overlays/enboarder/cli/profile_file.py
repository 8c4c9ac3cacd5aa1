"""Write config.toml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..errors import InvalidInput
from ..people.toml import toml, toml_key
from ..regions import base_url_of, region_named
from .settings import check_profile, config_file, read_config
from .talk import say


def add_profile(
    name: str, values: Mapping[str, str | None], *, is_default: bool
) -> None:
    """Add a profile to the file, which keeps its comments.

    Raises:
        InvalidInput: the profile exists, or a value is wrong.
    """
    file = config_file()
    document = read_config(file)
    if name in document.get("profiles", {}):
        raise InvalidInput(f"{file} has a profile {name!r}; edit the file")
    given = {key: value for key, value in values.items() if value}
    # Refuses a wrong region now, not at the first call.
    base_url_of(given.get("region"), given.get("base_url"))
    if "region" in given:
        given["region"] = region_named(given["region"])
    check_profile(given, f"profile {name}")
    lines = [f"[profiles.{toml_key(name)}]"]
    lines.extend(f"{key} = {toml(value)}" for key, value in given.items())
    before = file.read_text("utf-8-sig") if file.exists() else ""
    if is_default:
        if "default" in document:
            raise InvalidInput(
                f"{file} has a default already; edit the file to change it"
            )
        # A key of the document comes before its first table.
        before = f"default = {toml(name)}\n{before}"
    table = "\n".join(lines)
    _write(file, f"{before.rstrip()}\n\n{table}\n".lstrip("\n"))
    say(f"Added the profile {name} to {file}. Try: enboarder doctor --profile {name}")


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
