"""The quick way through a large CSV gives what the careful way gives, or is not taken."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracksheet.core.exports import Export, ReadOptions, read_export
from tracksheet.core.exports.blocks import find_blocks
from tracksheet.core.exports.build import figure_columns
from tracksheet.core.exports.bulk import begins_regular, head, read_columns
from tracksheet.core.exports.layout import choose_layout
from tracksheet.core.exports.profile import profiles, vocabulary
from tracksheet.core.exports.source import ExportError, TextFile, load

HEADER = (
    "Post ID", "Account ID", "Account username", "Account name", "Description", "Duration (sec)",
    "Publish time", "Permalink", "Post type", "Data comment", "Date", "Views", "Reach", "Likes",
    "Shares", "Comments", "Saves", "Follows",
)  # fmt: skip
AS_IT_IS = ReadOptions()
ROWS = 130  # more than the quick way looks at before it decides
LATE = 120  # a row beyond those
Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """A file that differs from a plain one in `column` of all rows, or in some `lines`."""

    quick: bool
    columns: dict[str, Callable[[int], str]] = field(default_factory=dict)
    cells: dict[int, Cells] = field(default_factory=dict)
    lines: dict[int, str] = field(default_factory=dict)  # whole lines put in before a row
    above: str = ""
    end: str = "\n"
    line_end: str = "\n"
    encoding: str = "utf-8"
    delimiter: str = ","
    header: Sequence[str] = HEADER
    options: ReadOptions = AS_IT_IS


def _row(number: int) -> Cells:
    return {
        "Post ID": str(17_900_000_000_000_000 + number),
        "Account ID": "11111111111111111",
        "Account username": "sample_account",
        "Account name": "Sample",
        "Description": f"Text {number}, with a comma\nand a second line",
        "Duration (sec)": str(number % 90),
        "Publish time": f"03/{number % 28 + 1:02}/2025 09:{number % 60:02}",
        "Permalink": f"https://www.instagram.com/p/{number}",
        "Post type": "IG reel" if number % 2 else "IG image",
        "Data comment": "",
        "Date": "Lifetime",
        "Views": str(number * 20),
        "Reach": str(number * 10),
        "Likes": str(number),
        "Shares": str(number // 4),
        "Comments": str(number // 3),
        "Saves": str(number // 5),
        "Follows": "" if number % 3 else "1",
    }


def _text(case: Case) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=case.delimiter, lineterminator=case.line_end)
    out.write(case.above)
    writer.writerow(case.header)
    for number in range(ROWS):
        out.write(case.lines.get(number, ""))
        row = _row(number)
        row |= {name: cell(number) for name, cell in case.columns.items()}
        row |= case.cells.get(number, {})
        writer.writerow([row.get(name, "") for name in case.header])
    return out.getvalue().removesuffix(case.line_end) + case.end


def _write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "Jan-01-2025_Dec-31-2025_1.csv"
    path.write_bytes(text.encode(encoding))
    return path


def _is_quick(path: Path, options: ReadOptions) -> bool:
    words = vocabulary()
    file = load(path, header_score=words.score)
    assert isinstance(file, TextFile)
    grid = head(file)
    blocks = find_blocks(grid, words, vertical=frozenset()) if grid else []
    if grid is None or len(blocks) != 1 or not begins_regular(grid, blocks[0]):
        return False
    layout = choose_layout(
        blocks[0].header, title="", profiles=profiles(), words=words, options=options
    )
    numeric = figure_columns(layout)
    return read_columns(file, blocks[0], numeric=numeric, header_score=words.score) is not None


def _both(path: Path, options: ReadOptions = AS_IT_IS) -> tuple[Export | str, Export | str]:
    """What the quick and the careful way give, a refusal as its message."""
    given: list[Export | str] = []
    for bulk_from in (0, sys.maxsize):
        try:
            given.append(read_export(path, options=options, bulk_from=bulk_from))
        except ExportError as error:
            given.append(str(error))
    return given[0], given[1]


def _assert_same(quick: Export | str, careful: Export | str) -> None:
    if isinstance(quick, str) or isinstance(careful, str):
        assert quick == careful
        return
    assert (quick.file, quick.encoding, quick.delimiter, quick.made, quick.findings) == (
        careful.file, careful.encoding, careful.delimiter, careful.made, careful.findings
    )  # fmt: skip
    assert len(quick.tables) == len(careful.tables)
    for ours, theirs in zip(quick.tables, careful.tables, strict=True):
        assert ours.findings == theirs.findings
        for name in ("profile", "title", "grain", "keys", "columns", "unmapped"):
            assert getattr(ours, name) == getattr(theirs, name)
        pd.testing.assert_frame_equal(ours.frame, theirs.frame, check_exact=True)
        pd.testing.assert_frame_equal(ours.totals, theirs.totals, check_exact=True)


NO_FIGURES = dict.fromkeys(HEADER[11:], "") | {"Duration (sec)": ""}
TOTAL = dict.fromkeys(HEADER, "") | {"Post ID": "Total", "Views": "167700", "Likes": "8385"}
CASES = {
    "plain": Case(True),
    "CRLF": Case(True, line_end="\r\n", end="\r\n"),
    "line ends of old Macs": Case(True, line_end="\r", end="\r"),
    "last line without an end": Case(True, end=""),
    "empty lines at the end": Case(True, end="\n\n\n"),
    "lines of separators at the end": Case(True, end="\n" + ("," * 17 + "\n") * 3),
    "byte order mark": Case(True, encoding="utf-8-sig"),
    "accents": Case(True, columns={"Account name": lambda _: "Café à Genève 🎉"}),
    "accents and byte order mark": Case(
        True, columns={"Account name": lambda _: "Café"}, encoding="utf-8-sig"
    ),
    "UTF-16": Case(True, columns={"Account name": lambda _: "Café"}, encoding="utf-16"),
    "UTF-16 with tabs": Case(True, encoding="utf-16", delimiter="\t"),
    "code page": Case(True, columns={"Account name": lambda _: "Café"}, encoding="cp1252"),
    "semicolons": Case(True, delimiter=";"),
    "sep=": Case(True, above="sep=;\n", delimiter=";"),
    "sep= and accents": Case(
        True, above="sep=;\r\n", delimiter=";", columns={"Account name": lambda _: "Café"}
    ),
    "title lines": Case(True, above="Instagram posts\n\n"),
    "ids with leading zeros": Case(True, columns={"Post ID": lambda n: f"{n:08}"}),
    "ids with a sign": Case(True, columns={"Post ID": lambda n: f"+{n}"}),
    "ids in spaces": Case(True, columns={"Post ID": lambda n: f" {n} "}),
    "ids over 2**63": Case(True, columns={"Post ID": lambda n: str(2**63 + n)}),
    "ids over 2**64": Case(True, columns={"Post ID": lambda n: str(2**64 + n)}),
    "ids that a spreadsheet rounded": Case(True, columns={"Post ID": lambda n: f"1.79{n}E+16"}),
    "ids like powers": Case(True, columns={"Post ID": lambda n: f"{n}E5"}),
    "some ids of letters, late": Case(True, cells={LATE: {"Post ID": "C_x1"}}),
    "texts like numbers": Case(True, columns={"Description": lambda n: f"{n}.50"}),
    "texts like truth values": Case(True, columns={"Description": lambda _: "True"}),
    "texts like nothing": Case(True, columns={"Description": lambda n: ("nan", "NA")[n % 2]}),
    "texts that print nothing": Case(True, columns={"Description": lambda n: ("--", "x")[n % 2]}),
    "texts in spaces": Case(True, columns={"Account name": lambda _: "  Sample\t"}),
    "no texts": Case(True, columns={"Description": lambda _: ""}),
    "quotation marks": Case(True, columns={"Description": lambda n: f'{n} "quoted" 5" \r\n end'}),
    "quotation marks left open inside": Case(
        True, columns={"Account name": lambda _: 'a "b'}, delimiter="\t"
    ),
    "blanks": Case(True, columns={"Views": lambda n: "" if n % 2 else "7"}),
    "blank column": Case(True, columns={"Views": lambda _: ""}),
    "figures in spaces": Case(True, columns={"Views": lambda n: f" {n} "}),
    "figures with a sign": Case(
        True, columns={"Views": lambda n: f"+{n}", "Reach": lambda n: f"-{n}"}
    ),
    "figures with zeros before": Case(True, columns={"Views": lambda n: f"{n:05}"}),
    "figures over 2**53": Case(True, columns={"Views": lambda n: str(2**53 + n)}),
    "figures over 2**63": Case(True, columns={"Views": lambda n: str(2**63 + n)}),
    "figures over 2**64": Case(False, columns={"Views": lambda n: str(2**64 + n)}),
    "decimal points": Case(True, columns={"Views": lambda n: f"{n}.5"}),
    "decimal points and blanks": Case(True, columns={"Views": lambda n: f"{n}.5" if n % 2 else ""}),
    "three decimals": Case(True, columns={"Duration (sec)": lambda n: f"{n}.000"}),
    "three decimals, late": Case(True, cells={LATE: {"Duration (sec)": "12.000"}}),
    "decimal commas": Case(True, columns={"Duration (sec)": lambda n: f"{n},5"}),
    "thousands with commas": Case(True, columns={"Views": lambda n: f"{n + 1},234"}),
    "thousands with points": Case(True, columns={"Views": lambda n: f"{n + 1}.234"}),
    "powers": Case(True, columns={"Views": lambda n: f"{n}e2"}),
    "infinity": Case(True, cells={LATE: {"Views": "inf"}}),
    "hexadecimal": Case(True, cells={LATE: {"Views": "0x1F"}}),
    "truth values as figures": Case(True, columns={"Views": lambda _: "True"}),
    "a word among figures": Case(True, cells={LATE: {"Views": "many"}}),
    "dashes among figures": Case(True, cells={LATE: {"Views": "--", "Reach": "undefined"}}),
    "percents": Case(True, columns={"Views": lambda n: f"{n}%"}),
    "only decimals": Case(
        True, columns={name: lambda n: f"{n}.5" for name in (*HEADER[11:], "Duration (sec)")}
    ),
    "only amounts": Case(
        False, columns={name: lambda n: f"$ {n}.5" for name in (*HEADER[11:], "Duration (sec)")}
    ),
    "a row without figures": Case(True, cells={LATE: NO_FIGURES}),
    "a row without figures last": Case(False, cells={ROWS - 1: NO_FIGURES}),
    "total first": Case(True, cells={0: TOTAL}),
    "total last": Case(True, cells={ROWS - 1: TOTAL}),
    "total that is wrong": Case(True, cells={ROWS - 1: TOTAL | {"Views": "1"}}),
    "total without a word": Case(True, cells={ROWS - 1: TOTAL | {"Post ID": ""}}),
    "total beyond the header": Case(False, end=",Total\n"),
    "a date that is none": Case(True, cells={LATE: {"Publish time": "yesterday"}}),
    "days first": Case(True, columns={"Publish time": lambda n: f"{n % 28 + 1:02}/03/2025 09:00"}),
    "days that stay open": Case(
        True, columns={"Publish time": lambda n: f"0{n % 9 + 1}/03/2025 09:00"}
    ),
    "no dates": Case(True, columns={"Publish time": lambda _: ""}),
    "notes after an empty line": Case(False, end="\n\nNote: figures may change\n"),
    "notes without an empty line": Case(False, end="\nNote: figures may change\n"),
    "an empty line inside": Case(False, lines={LATE: "\n"}),
    "a line of spaces inside": Case(False, lines={LATE: "  \n"}),
    "a line of separators inside": Case(False, lines={LATE: "," * 17 + "\n"}),
    "a line with one cell": Case(False, lines={LATE: "Text" + "," * 17 + "\n"}),
    "a second header": Case(False, lines={LATE: ",".join(HEADER) + "\n"}),
    "a second header at once": Case(False, lines={1: ",".join(HEADER) + "\n"}),
    "a second table": Case(
        False, lines={LATE: "\nCampaigns\nCampaign name,Impressions\nA,5\nB,6\n\n"}
    ),
    "another header": Case(
        False, lines={LATE: "Campaign name,Impressions,Clicks" + "," * 15 + "\n"}
    ),
    "a shifted row": Case(False, lines={LATE: ",".join(f"{n}" for n in range(20)) + "\n"}),
    "a shifted row first": Case(False, lines={0: ",".join(f"{n}" for n in range(20)) + "\n"}),
    "a shifted row early": Case(False, lines={5: ",".join(f"{n}" for n in range(20)) + "\n"}),
    "a short row": Case(True, lines={LATE: "123,456,sample,Sample,text,5\n"}),
    "a quotation never closed": Case(False, end='\n"open,1,2\nand more\n'),
    "a zero byte": Case(False, cells={LATE: {"Description": "a\0b"}}),
    "a mark at the start of the first row": Case(False, cells={0: {"Post ID": "\ufeff1"}}),
    "a column without a name": Case(True, header=(*HEADER, "")),
    "a gap between columns": Case(False, header=(*HEADER[:11], "", *HEADER[11:])),
    "one metric twice, alike": Case(True, header=(*HEADER, "Likes")),
    "one metric twice": Case(
        True, header=(*HEADER, "Likes "), columns={"Likes ": lambda n: f"{n + 1:05}"}
    ),
    "one metric twice, written otherwise": Case(
        True, header=(*HEADER, "Likes "), columns={"Likes ": lambda n: f"{n:05}"}
    ),
    "an unknown column": Case(
        True, header=(*HEADER, "Mood"), columns={"Mood": lambda n: f"{n}.123"}
    ),
    "decimal said": Case(
        True, columns={"Views": lambda n: f"{n + 1}.234"}, options=ReadOptions(decimal=",")
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_both_ways_give_the_same(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    path = _write(tmp_path, _text(case), case.encoding)
    _assert_same(*_both(path, case.options))
    assert _is_quick(path, case.options) == case.quick


@contextmanager
def _without_arrow() -> Iterator[None]:
    with pd.option_context("mode.string_storage", "python"):
        yield


STORED = ("plain", "blank", "ids", "texts", "figures", "decimal", "three", "total", "accents")


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith(STORED)])
def test_both_ways_give_the_same_without_pyarrow(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    path = _write(tmp_path, _text(case), case.encoding)
    with _without_arrow():
        _assert_same(*_both(path, case.options))


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"Views": "many"}, "line 243, column 'Views'"),
        ({"Publish time": "yesterday"}, "line 243, column 'Publish time'"),
        ({"Post ID": "1.79E+16"}, "line 243, column 'Post ID'"),
        (TOTAL, "line 243"),
    ],
)
def test_messages_name_the_line(cells: Cells, message: str, tmp_path: Path) -> None:
    # Line 1 is the header; each text takes two lines, so row 121 begins on line 2 + 2 * 120 + 1
    # after the title line.
    case = Case(True, cells={LATE: cells}, above="Instagram posts\n")
    path = _write(tmp_path, _text(case))
    export, _ = _both(path)
    assert isinstance(export, Export)
    places = [finding.where for finding in export.tables[0].findings]
    assert any(place.endswith(message) for place in places), places


def test_columns_that_change_their_kind_after_many_rows(tmp_path: Path) -> None:
    # pandas looks at 8,192 rows of 80 columns at a time.
    names = ["Campaign name", "Ad name", "Impressions", "Clicks (all)", "Amount spent (EUR)"]
    lines = [",".join(names) + "," * 75]
    for number in range(20_000):
        late = number > 10_000
        campaign = f"{number:07}" if late else "Spring"
        ad = "" if late else f"{number:07}"
        lines.append(
            f"{campaign},{ad},{number},{'' if late else 5},{number}" + ".5" * late + "," * 75
        )
    path = _write(tmp_path, "\n".join(lines) + "\n")
    _assert_same(*_both(path))
    assert _is_quick(path, AS_IT_IS)


def test_a_cell_of_a_million_characters_is_refused_either_way(tmp_path: Path) -> None:
    case = Case(False, cells={LATE: {"Description": "lost\n" * 400_000}})
    quick, careful = _both(_write(tmp_path, _text(case)))
    assert quick == careful
    assert "more than 1,000,000 characters" in str(quick)


cells = st.one_of(
    st.text(alphabet="0123456789.,-+ eE%$", max_size=6),
    st.text(alphabet='ab"\n\r, ;é-', max_size=6),
    st.sampled_from(["Total", "nan", "True", "Views", "Likes", "--", "1,234", "12.000"]),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    changed=st.dictionaries(
        st.sampled_from([3, LATE, ROWS - 1]),
        st.dictionaries(st.sampled_from(HEADER), cells, max_size=18),
        max_size=3,
    )
)
def test_any_cells_give_the_same(changed: dict[int, Cells], tmp_path: Path) -> None:
    _assert_same(*_both(_write(tmp_path, _text(Case(True, cells=changed)))))
