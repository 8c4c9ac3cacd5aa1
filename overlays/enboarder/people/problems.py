"""What is wrong with a cell of a file, and how to put it right."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen


class Kind(StrEnum):
    """The kinds of problems, for programs: the words of a message may change."""

    # Of the header or the mapping.
    COLUMN_MISSING = "column-missing"
    COLUMN_REPEATED = "column-repeated"
    COLUMN_UNMAPPED = "column-unmapped"
    FIELD_REPEATED = "field-repeated"
    FIELD_UNKNOWN = "field-unknown"
    FIELD_UNMAPPED = "field-unmapped"
    COLUMN_UNNAMED = "column-unnamed"
    # Of a row.
    LINE_UNREADABLE = "line-unreadable"
    CELL_EXTRA = "cell-extra"
    CELL_ERROR = "cell-error"
    CELL_FORMULA = "cell-formula"
    CELL_NESTED = "cell-nested"
    TEXT_BROKEN = "text-broken"
    TEXT_INVISIBLE = "text-invisible"
    TEXT_LINES = "text-lines"
    TEXT_PLACEHOLDER = "text-placeholder"
    REQUIRED = "required"
    ONE_REQUIRED = "one-required"
    CHANNEL_UNKNOWN = "channel-unknown"
    CHANNEL_EMPTY = "channel-empty"
    CHOICE_UNKNOWN = "choice-unknown"
    DATE_INVALID = "date-invalid"
    DATE_SERIAL = "date-serial"
    DATE_PAST = "date-past"
    EMAIL_INVALID = "email-invalid"
    ID_INVALID = "id-invalid"
    NUMBER_INVALID = "number-invalid"
    NUMBER_ROUNDED = "number-rounded"
    PHONE_INVALID = "phone-invalid"
    PHONE_LOCAL = "phone-local"
    PHONE_ROUNDED = "phone-rounded"
    BODY_INVALID = "body-invalid"
    # Of several rows.
    ID_REPEATED = "id-repeated"
    ID_SIMILAR = "id-similar"
    EMAIL_REPEATED = "email-repeated"
    MOBILE_REPEATED = "mobile-repeated"
    # Against the account's own words.
    LABEL_UNKNOWN = "label-unknown"
    VALUE_UNKNOWN = "value-unknown"
    MANAGER_LABEL_UNKNOWN = "manager-label-unknown"
    # Against the ledger.
    CONFLICT = "conflict"
    UNSETTLED = "unsettled"


@frozen
class Problem:
    """What is wrong with a cell, and how to put it right.

    Its text names the place as `file:row:column`.
    """

    file: str
    """The name of the file."""
    row: int | None
    """The row as a spreadsheet counts; None for the whole file."""
    column: str | None
    """The column as the header names it; None for the whole row."""
    message: str
    """What is wrong."""
    fix: str
    """What to do."""
    kind: Kind = field(converter=Kind)
    """The kind of the problem."""
    external_id: str | None = None
    """Whom it concerns, if the ledger knows something that a person has to look at."""

    @property
    def place(self) -> str:
        """The place as `file:row:column`."""
        parts = [self.file]
        if self.row is not None:
            parts.append(str(self.row))
        if self.column is not None:
            parts.append(self.column)
        return ":".join(parts)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}; {self.fix}"
