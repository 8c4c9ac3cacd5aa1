"""The files beside an input: its mapping, its vocabulary, and a saved plan."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from ... import people
from ...errors import InvalidInput
from ..talk import say

if TYPE_CHECKING:
    from ...people import Ledger, Plan
    from ..connection import Connection

MAPPING = "mapping.toml"
VOCABULARY = "vocabulary.toml"


@frozen
class Reading:
    """How a file is read, as its mapping will say."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    date_format: str | None = None
    default_country: str | None = None


@frozen
class Source:
    """A file of people, and how it is checked."""

    file: Path
    mapping: Path | None = None
    vocabulary: Path | None = None
    allow: tuple[str, ...] = ()
    allow_past_dates: bool = False
    all_or_nothing: bool = False
    mode: str | None = None
    comments: str | None = None

    @property
    def is_plan(self) -> bool:
        """Whether the file is a plan that was saved."""
        return self.file.suffix.lower() == ".json"

    def plan(self, kind: str, ledger: Ledger | None = None) -> Plan:
        """Read the file, and return what would be done; nothing is sent.

        Raises:
            EnboarderError: a file is missing or wrong, or an extra is missing.
        """
        if self.is_plan:
            return self._saved_plan(kind)
        settings = self.settings()
        if kind == "cancel":
            settings.update(mode=self.mode, comments=self.comments)
        planners: dict[str, Callable[..., Plan]] = {
            "launch": people.plan_launch,
            "update": people.plan_update,
            "cancel": people.plan_cancel,
        }
        return planners[kind](self.file, self.mapping_file(), ledger=ledger, **settings)

    def _saved_plan(self, kind: str) -> Plan:
        plan = people.Plan.from_json(_text_of(self.file))
        if plan.kind != kind:
            raise InvalidInput(
                f"{self.file} is a plan to {plan.kind}; nothing was sent. Run "
                f"`enboarder people {plan.kind} {self.file}`"
            )
        return plan

    def settings(self) -> dict[str, Any]:
        """Return how the file is checked."""
        settings: dict[str, Any] = {
            "allow": self.allow,
            "allow_past_dates": self.allow_past_dates,
            "all_or_nothing": self.all_or_nothing,
        }
        vocabulary = self._vocabulary()
        if vocabulary is not None:
            settings["vocabulary"] = vocabulary
        return settings

    def mapping_file(self) -> Path:
        """Return the file that says which column is what.

        Raises:
            InvalidInput: there is none.
        """
        if self.mapping is not None:
            return self.mapping
        beside = self.file.parent / MAPPING
        if self.file.exists() and not beside.exists():
            raise InvalidInput(
                f"there is no {beside}, so it is not known which column of "
                f"{self.file.name} is what. Run `enboarder people map {self.file}`, "
                "review the file that it writes, and run this command again"
            )
        return beside

    def _vocabulary(self) -> Path | None:
        if self.vocabulary is not None:
            return self.vocabulary
        beside = self.file.parent / VOCABULARY
        return beside if beside.exists() else None


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}") from None
    except ValueError:
        raise InvalidInput(f"{path} is not a plan: it is not UTF-8") from None


def propose(file: Path, output: Path | None, reading: Reading) -> None:
    """Save a proposal of which column is what, and show it."""
    proposal = people.propose_mapping(
        file,
        encoding=reading.encoding,
        delimiter=reading.delimiter,
        sheet=reading.sheet,
    )
    settings = evolve(
        proposal.file,
        date_format=reading.date_format,
        default_country=reading.default_country,
    )
    mapping = evolve(proposal, file=settings)
    path = output or file.parent / MAPPING
    mapping.save(path)
    print(mapping.to_toml(), end="")
    say(f"Saved as {path}. Review it, then run `enboarder people check {file}`.")
    if mapping.undecided:
        columns = ", ".join(mapping.undecided)
        say(f"Not recognised, so decide what they are: {columns}.")


def save_vocabulary(connection: Connection, output: Path) -> None:
    """Save the labels and values of the account, and show them."""
    with connection.client() as enboarder:
        vocabulary = people.fetch_vocabulary(enboarder)
    vocabulary.save(output)
    print(vocabulary.to_toml(), end="")
    say(f"Saved as {output}. Review it: what is not in it is reported as unknown.")


def save_plan(plan: Plan, output: Path) -> None:
    """Save a plan, which holds personal data, so that only its owner can read it."""
    try:
        handle = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise InvalidInput(
            f"{output} exists, and is not replaced; remove it, or choose another name"
        ) from None
    with open(handle, "w", encoding="utf-8") as file:
        file.write(plan.to_json())
    say(f"Saved as {output}. It holds personal data; delete it when it is executed.")
