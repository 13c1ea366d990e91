"""A figure of the bulletin has one home, the data: none stands in code, templates or docs."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.loader import BUILT_IN, load_library

ROOT = Path(__file__).parents[1]
MONTHS = (
    "January February March April May June July August September October November December"
).split()
SUFFIXES = {".py", ".j2", ".md", ".html", ".js", ".css", ".example"}
NUMBER = re.compile(r"(?<![\w.])\d[\d,_]*\d(?:\.\d+)?(?!\w*[-_]\w)")
COMMON = re.compile(r"(?:19|20)\d\d|10+")
DATES = (
    re.compile(r"(?:\d{4}\s*年\s*)?(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]"),
    re.compile(r"(?<!\d)\d{4}[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(rf"(?P<name>{'|'.join(MONTHS)})\s+(?P<d>\d{{1,2}})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})\s+(?P<name>{'|'.join(MONTHS)})"),
)
# Grammars of figures and dates: their comments show how any are written.
GRAMMARS = {ROOT / "handlers" / "values", ROOT / "bot" / "llm" / "guard"}
DIALOGUE = re.compile(r"^```seller-bot .*?^```", re.M | re.S)


def numbers(text: str) -> set[str]:
    """Numbers of four digits and more, written plainly; years and powers of ten are none."""
    found = {re.sub(r"[,_]", "", n).rstrip(".") for n in NUMBER.findall(text)}
    return {n for n in found if len(n.split(".")[0]) >= 4 and not COMMON.fullmatch(n)}


def dates(text: str) -> Iterator[tuple[int, int]]:
    """Months and days that the text names."""
    for pattern in DATES:
        for match in pattern.finditer(text):
            names = match.groupdict()
            month = MONTHS.index(names["name"]) + 1 if names.get("name") else int(names["m"])
            yield month, int(names["d"])


def files() -> list[Path]:
    folders = [ROOT / name for name in ("bot", "handlers", "tools", "docs")]
    inner = [p for folder in folders for p in sorted(folder.rglob("*"))]
    found = [p for p in [*sorted(ROOT.glob("*")), *inner] if p.suffix in SUFFIXES and p.is_file()]
    return [path for path in found if not GRAMMARS & set(path.parents)]


@pytest.fixture(scope="session")
def anchors() -> str:
    subjects = load_library([BUILT_IN]).newest.subjects
    return "\n".join(a for s in subjects for item in s.items for a in item.anchors)


@pytest.fixture(scope="session")
def printed(anchors: str) -> tuple[set[str], set[tuple[int, int]]]:
    return numbers(anchors), set(dates(anchors))


def test_anchors_hold_figures(printed: tuple[set[str], set[tuple[int, int]]]) -> None:
    amounts, days = printed

    assert len(amounts) > 10
    assert len(days) > 10


@pytest.mark.parametrize("path", files(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_figure_of_the_bulletin(
    path: Path, printed: tuple[set[str], set[tuple[int, int]]]
) -> None:
    amounts, days = printed
    text = DIALOGUE.sub("", path.read_text(encoding="utf-8"))

    assert (numbers(text) & amounts, set(dates(text)) & days) == (set(), set())
