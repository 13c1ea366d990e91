"""Every printed figure and name stands in the source."""

from pathlib import Path

import pytest

from knowledge.check import check, missing_anchors, squeeze
from knowledge.library import Library
from knowledge.loader import BUILT_IN, load_library
from tests.knowledge.small import MONTH, SUBJECT, write
from tests.shared import SHARED, needs

SOURCE = SHARED / "bulletin" / "bulletin-2021-04.txt"


@pytest.fixture
def roses(tmp_path: Path) -> Path:
    return write(tmp_path / "2031-05", {"bulletin.toml": MONTH, "roses.toml": SUBJECT})


@needs(SOURCE)
def test_april_anchors_stand_in_the_bulletin() -> None:
    assert check([BUILT_IN], SOURCE) == []


def test_every_subject_of_april_has_anchors(april: Library) -> None:
    bare = [
        subject.subject
        for subject in april.newest.subjects
        if not any(item.anchors for item in subject.items)
    ]

    assert bare == []


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        pytest.param("… Rose 1332.87 …", False, id="as printed"),
        pytest.param("Rose\n 1332. 87", False, id="the print breaks it"),
        pytest.param("Ｒｏｓｅ　１３３２．８７", False, id="full width"),
        pytest.param("Rose 1332.88", True, id="another figure"),
        pytest.param("", True, id="nothing there"),
    ],
)
def test_breaks_and_width_do_not_matter(roses: Path, source: str, missing: bool) -> None:
    [bulletin] = load_library([roses]).bulletins

    assert bool(list(missing_anchors(bulletin, source))) is missing


def test_a_missing_anchor_names_month_item_and_remedy(roses: Path, tmp_path: Path) -> None:
    source = tmp_path / "source.txt"
    source.write_text("nothing of that", encoding="utf-8")

    assert check([roses], source) == [
        "2031-05/roses: items[rose-note].anchors: 'Rose 1332.87' is not in the source; "
        "write it as printed, or remove it"
    ]


def test_without_a_source_only_the_files_are_checked(roses: Path) -> None:
    assert check([roses], None) == []


def test_faults_come_before_anchors(roses: Path, tmp_path: Path) -> None:
    (roses / "roses.toml").write_text("=", encoding="utf-8")

    [line] = check([roses], tmp_path / "never read")

    assert line.startswith("2031-05/roses.toml: top level: not valid TOML")


def test_squeeze() -> None:
    assert squeeze("１ ２\u3000（Ａ）\n") == "12(A)"
