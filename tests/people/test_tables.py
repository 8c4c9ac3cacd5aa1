"""Files of every kind are read as a spreadsheet would show them."""

from __future__ import annotations

import builtins
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from enboarder import ConfigurationError, InvalidInput
from enboarder.people.problems import Kind
from enboarder.people.tables import Table, read_table


def written(folder: Path, content: bytes, name: str = "hires.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def numbered(table: Table) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.texts) for row in table.rows]


@pytest.mark.parametrize(
    ("content", "settings"),
    [
        (b"id,name\r\n1,Zo\xc3\xab\r\n", {}),
        (b"id,name\n1,Zo\xc3\xab", {}),
        (b"\xef\xbb\xbfid,name\n1,Zo\xc3\xab", {}),
        (b"id;name\n1;Zo\xc3\xab\n", {}),
        (b"id\tname\n1\tZo\xc3\xab\n", {}),
        (b"sep=;\r\nid;name\r\n1;Zo\xc3\xab\r\n", {}),
        (b"id,name\n1,Zo\xeb\n", {"encoding": "cp1252"}),
        ("id\tname\n1\tZoë\n".encode("utf-16"), {}),
        (b'id,"name"\n1,"Zo\xc3\xab"\n\n\n', {}),
    ],
    ids=["crlf", "lf", "bom", "semicolon", "tab", "sep", "cp1252", "utf-16", "quotes"],
)
def test_text_files_of_every_kind_are_read(
    tmp_path: Path, content: bytes, settings: dict[str, Any]
) -> None:
    """What spreadsheets and HR systems write needs no conversion."""
    table = read_table(written(tmp_path, content), **settings)
    assert ("id", "name") == table.header
    assert [(2, ("1", "Zoë"))] == numbered(table)


def test_rows_are_counted_as_a_spreadsheet_counts(tmp_path: Path) -> None:
    """A cell with line breaks is one row, and a blank row counts."""
    content = b'id,name\n1,"Alex\nExample"\n,\n\n2,Sam\n'
    table = read_table(written(tmp_path, content))
    assert [(2, ("1", "Alex\nExample")), (5, ("2", "Sam"))] == numbered(table)


def test_bytes_of_another_encoding_are_named(tmp_path: Path) -> None:
    """The error names the line, and the encoding that Excel may have used."""
    with pytest.raises(InvalidInput, match=r"hires\.csv, line 2: .*cp1252"):
        read_table(written(tmp_path, b"id,name\n1,Zo\xeb\n"))


def test_header_that_two_delimiters_split_is_refused(tmp_path: Path) -> None:
    """Nobody guesses the delimiter; the user says it."""
    path = written(tmp_path, b"name (last, first);id\nExample, Alex;1\n")
    with pytest.raises(InvalidInput, match="delimiter="):
        read_table(path)
    assert ("name (last, first)", "id") == read_table(path, delimiter=";").header


@pytest.mark.parametrize(
    ("name", "content", "settings", "words"),
    [
        ("hires.csv", b'id,name\n1,"Alex\n', {}, "row 2.*quotation mark"),
        ("hires.csv", b"", {}, "is empty"),
        ("hires.csv", b"id,name\n", {"delimiter": ",,"}, "delimiter"),
        ("hires.csv", b"id,name\n", {"encoding": "ansi-x"}, "encoding"),
        ("hires.pdf", b"%PDF", {}, r"not one of .*\.csv"),
        ("hires.xlsx", b"id,name\n", {}, "Excel"),
        ("hires.jsonl", b"\xff\xfe{}", {}, "UTF-8"),
    ],
    ids=["quote", "empty", "delimiter", "encoding", "pdf", "no workbook", "bytes"],
)
def test_files_that_cannot_be_read_are_refused(
    tmp_path: Path, name: str, content: bytes, settings: dict[str, Any], words: str
) -> None:
    """The error says what is wrong with the file."""
    with pytest.raises(InvalidInput, match=words):
        read_table(written(tmp_path, content, name), **settings)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    """It is the user's input that is wrong, and the error names it."""
    with pytest.raises(InvalidInput, match=r"nobody\.csv cannot be read"):
        read_table(tmp_path / "nobody.csv")


def workbook(folder: Path, *sheets: str) -> tuple[Path, Any, list[Any]]:
    path = folder / "hires.xlsx"
    book = xlsxwriter.Workbook(str(path))
    return path, book, [book.add_worksheet(name) for name in sheets]


def test_cells_of_workbooks_keep_their_types(tmp_path: Path) -> None:
    """A date is a date where Excel shows one, and a number stays a number."""
    path, book, (sheet,) = workbook(tmp_path, "Hires")
    as_date = book.add_format({"num_format": "dd/mm/yyyy"})
    as_time = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    sheet.write_row(1, 0, ["start", "serial", "moment", "id", "flag", "text"])
    sheet.write_datetime(2, 0, datetime(2027, 1, 12), as_date)
    sheet.write_number(2, 1, 46399)
    sheet.write_datetime(2, 2, datetime(2027, 1, 12, 9, 30), as_time)
    sheet.write_number(2, 3, 100234)
    sheet.write_boolean(2, 4, True)
    sheet.write_string(2, 5, "00123")
    book.close()
    table = read_table(path)
    (row,) = table.rows
    assert (2, 3) == (table.header_row, row.number)
    assert row.cells[:3] == (date(2027, 1, 12), 46399.0, datetime(2027, 1, 12, 9, 30))
    assert ("100234", "TRUE", "00123") == row.texts[3:]


def test_errors_of_workbooks_are_found(tmp_path: Path) -> None:
    """A cell that shows #N/A is not taken for an empty one."""
    path, book, (_, sheet) = workbook(tmp_path, "Notes", "Hires")
    sheet.write_row(0, 0, ["id", "office"])
    sheet.write_row(1, 0, ["1", "Sydney"])
    sheet.write_string(2, 0, "2")
    sheet.write_formula(2, 1, "=NA()", value="#N/A")
    book.close()
    (problem,) = read_table(path, sheet="Hires").problems
    assert (3, "office", Kind.CELL_ERROR) == (
        problem.row,
        problem.column,
        problem.kind,
    )


def test_sheet_is_chosen_if_several_are_visible(tmp_path: Path) -> None:
    """Nobody guesses the sheet; hidden ones do not count."""
    path, book, sheets = workbook(tmp_path, "Hires", "Leavers", "Lists")
    for sheet in sheets:
        sheet.write_row(0, 0, [sheet.get_name()])
    sheets[2].hide()
    book.close()
    with pytest.raises(InvalidInput, match=r"sheet=.*which"):
        read_table(path)
    with pytest.raises(InvalidInput, match="no sheet 'Sheet1'"):
        read_table(path, sheet="Sheet1")
    assert ("Leavers",) == read_table(path, sheet="Leavers").header


def test_missing_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error says what to install."""
    imported = builtins.__import__

    def without(name: str, *others: Any) -> Any:
        if name == "python_calamine":
            raise ImportError
        return imported(name, *others)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ConfigurationError, match=r"'\.\[xlsx\]'"):
        read_table(written(tmp_path, b"", "hires.xlsx"))


def test_json_lines_are_rows(tmp_path: Path) -> None:
    """A line is a row, and the columns are the members of all of them."""
    content = b'{"id": "1", "count": 3}\n\n{"id": "2", "on": true, "off": null}\n'
    table = read_table(written(tmp_path, content, "hires.jsonl"))
    assert ("id", "count", "on", "off") == table.header
    assert [(1, ("1", "3", "", "")), (3, ("2", "", "TRUE", ""))] == numbered(table)


def test_lines_that_are_no_objects_are_problems(tmp_path: Path) -> None:
    """One broken line does not stop the others."""
    content = b'{"id": "1"}\n{"id": \n[1]\n{"id": ["2"]}\n'
    table = read_table(written(tmp_path, content, "hires.jsonl"))
    assert [
        (2, None, Kind.LINE_UNREADABLE),
        (3, None, Kind.LINE_UNREADABLE),
        (4, "id", Kind.CELL_NESTED),
    ] == [(one.row, one.column, one.kind) for one in table.problems]


def test_times_are_texts(tmp_path: Path) -> None:
    """A time of day without a date is shown as one."""
    path, book, (sheet,) = workbook(tmp_path, "Hires")
    sheet.write_row(0, 0, ["at"])
    sheet.write_datetime(1, 0, time(9, 30), book.add_format({"num_format": "hh:mm"}))
    book.close()
    assert [(2, ("09:30:00",))] == numbered(read_table(path))
