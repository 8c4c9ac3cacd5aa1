"""Read Excel workbooks (XLSX), with the types of their cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from ...errors import ConfigurationError, InvalidInput
from ...extras import how_to_install
from ..problems import Kind, Problem
from .table import Row, Table, Value, column_letters, header_of, is_blank

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ERROR_CELL = re.compile(rb'<c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]+)(\d+)"')


def read_spreadsheet(path: Path, sheet: str | None) -> Table:
    """Read a sheet of a workbook.

    A cell is a date where Excel shows a date; a number stays a number.

    Args:
        path: the file.
        sheet: the name of the sheet; needed if more than one is visible.

    Raises:
        ConfigurationError: the extra `xlsx` is not installed.
        InvalidInput: the file is not a workbook, or the sheet is not clear.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise ConfigurationError(
            f"{path.name} is an Excel file, and reading one needs more libraries; "
            f"{how_to_install('xlsx')}, or save the file as 'CSV UTF-8'"
        ) from None
    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as workbook:
            name = _sheet_name(path, workbook, sheet)
            cells = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise InvalidInput(
            f"{path.name} cannot be read as an Excel file: {error}; open it in Excel "
            "and save it as 'Excel workbook' without a password"
        ) from None
    return _table(path, name, [tuple(row) for row in cells])


def _sheet_name(path: Path, workbook: CalamineWorkbook, wanted: str | None) -> str:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    visible = [
        metadata.name
        for metadata in workbook.sheets_metadata
        if metadata.visible == SheetVisibleEnum.Visible
        and metadata.typ == SheetTypeEnum.WorkSheet
    ]
    names = ", ".join(map(repr, visible))
    if wanted is not None:
        if wanted not in workbook.sheet_names:
            raise InvalidInput(
                f"{path.name} has no sheet {wanted!r}; its sheets are {names}"
            )
        return wanted
    if len(visible) != 1:
        raise InvalidInput(
            f"{path.name} has {len(visible)} visible sheets ({names}); "
            "pass sheet= to say which one it is"
        )
    return visible[0]


def _table(path: Path, sheet: str, cells: list[tuple[Value, ...]]) -> Table:
    header: tuple[str, ...] = ()
    header_row = 1
    rows: list[Row] = []
    for number, values in enumerate(cells, start=1):
        if is_blank(values):
            continue
        if header:
            rows.append(Row(number, values))
        else:
            header = header_of(values)
            header_row = number
    problems = tuple(_problems(path, sheet, header, header_row))
    return Table(path.name, header, tuple(rows), header_row, problems=problems)


def _problems(
    path: Path, sheet: str, header: tuple[str, ...], header_row: int
) -> Iterator[Problem]:
    """Find the cells that show an error: they are read as if they were empty."""
    columns = {column_letters(index): name for index, name in enumerate(header)}
    for letters, number in _error_cells(path, sheet):
        if number > header_row:
            yield Problem(
                file=path.name,
                row=number,
                column=columns.get(letters) or f"column {letters}",
                message="the cell shows an error of Excel, such as #N/A",
                fix="correct the formula, or put the value in its place",
                kind=Kind.CELL_ERROR,
            )


def _error_cells(path: Path, sheet: str) -> Iterator[tuple[str, int]]:
    with zipfile.ZipFile(path) as archive:
        member = _member_of(archive, sheet)
        content = archive.read(member) if member in archive.namelist() else b""
    for match in ERROR_CELL.finditer(content):
        yield match[1].decode(), int(match[2])


def _member_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the part of the workbook that holds a sheet."""
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relation = ""
    for element in workbook.iter(f"{MAIN}sheet"):
        if element.get("name") == sheet:
            relation = element.get(f"{RELATIONS}id", "")
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    for element in relations:
        if element.get("Id") == relation:
            target = element.get("Target", "")
            return target.removeprefix("/") if target[:1] == "/" else f"xl/{target}"
    return ""
