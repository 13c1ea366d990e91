"""Each fault of a bulletin is told with its file, its place and a remedy."""

import re
from pathlib import Path

import pytest

from knowledge.library import Library
from knowledge.loader import KnowledgeError, load_bulletin, load_library, month_folders
from tests.knowledge.small import MONTH, SUBJECT, entry, month, problems, subject, write


def spoilt(tmp_path: Path, old: str, new: str) -> list[str]:
    assert SUBJECT.count(old) >= 1, old
    files: dict[str, str | bytes] = {
        "bulletin.toml": MONTH,
        "roses.toml": SUBJECT.replace(old, new, 1),
    }
    return problems(write(tmp_path / "2031-05", files))


def test_the_small_bulletin_is_sound(tmp_path: Path) -> None:
    folder = write(tmp_path / "2031-05", {"bulletin.toml": MONTH, "roses.toml": SUBJECT})

    assert problems(folder) == []
    assert [s.subject for s in load_bulletin(folder).subjects] == ["roses"]


def test_the_built_in_bulletin_is_sound(april: Library) -> None:
    assert april.newest.month.id == "2021-04"
    assert {s.topic for s in april.newest.subjects} == set(april.newest.month.topics)


@pytest.mark.parametrize(
    ("old", "new", "place", "fault", "remedy"),
    [
        pytest.param(
            'aliases = ["rose bed"]',
            'alias = ["rose bed"]',
            "alias",
            "not permitted",
            "correct its spelling",
            id="unknown key of a file",
        ),
        pytest.param(
            'related = ["rose-note"]',
            'relatd = ["rose-note"]',
            "items[rose-bonus].relatd",
            "not permitted",
            "correct its spelling",
            id="unknown key of an item",
        ),
        pytest.param(
            "count = 2, members",
            "cuont = 2, members",
            "items[rose-kinds].groups[in].cuont",
            "not permitted",
            "correct its spelling",
            id="unknown key deep inside",
        ),
        pytest.param(
            'topic = "garden"\n', "", "topic", "required", "add the key", id="missing key of a file"
        ),
        pytest.param(
            'points_to = { zh = "分", en = "score" }\n',
            "",
            "items[rose-bonus].points_to",
            "required",
            "add the key",
            id="missing key of an item",
        ),
        pytest.param(
            '{ zh = "说明", en = "A note" }',
            '{ zh = "说明" }',
            "items[rose-note].text.en",
            "required",
            "add the key",
            id="missing language",
        ),
        pytest.param(
            'kind = "entry"',
            'kind = "poem"',
            "items[rose-note]",
            "poem",
            "use one of the kinds",
            id="unknown kind",
        ),
        pytest.param(
            'kind = "entry"\n', "", "items[rose-note]", "kind", "add `kind`", id="missing kind"
        ),
        pytest.param(
            "until = 2031-06-10",
            "until = 2031-05-09",
            "items[rose-bonus]",
            "`from` is later than `until`",
            "correct the value",
            id="dates out of order",
        ),
        pytest.param(
            "until = 2031-05-12 }",
            "until = 2031-05-10 }",
            "items[rose-days].events[one]",
            "`from` is later than `until`",
            "correct the value",
            id="dates of an event out of order",
        ),
        pytest.param(
            "from = 2031-05-11, until = 2031-05-12",
            "from = 2031-05-15, until = 2031-05-16",
            "items[rose-days]",
            "event `two` stands behind a later one",
            "correct the value",
            id="events out of order",
        ),
        pytest.param(
            "pay_until = 2031-06-15T23:59:59",
            "pay_until = 2031-05-15T23:59:59",
            "items[rose-discount]",
            "`pay_until` is earlier",
            "correct the value",
            id="payment before the end of the window",
        ),
        pytest.param(
            "from = 2031-05-10",
            "from = 20310510",
            "items[rose-bonus].from",
            "valid date",
            "correct the value",
            id="a number for a date",
        ),
        pytest.param(
            "from = 2031-05-10",
            'from = "2031-05-10"',
            "items[rose-bonus].from",
            "valid date",
            "correct the value",
            id="text for a date",
        ),
        pytest.param(
            'section = "1 Garden"\nfrom',
            'section = "1 Garden"\ntimezone = "Asia/Shangai"\nfrom',
            "items[rose-bonus].timezone",
            "`Asia/Shangai` is no time zone",
            "correct the value",
            id="misspelt time zone",
        ),
        pytest.param(
            'related = ["rose-note"]',
            'related = ["rose-nose"]',
            "items[rose-bonus].related",
            "there is no item `rose-nose`",
            "name an item of this month",
            id="broken link",
        ),
        pytest.param(
            'calendar = "rose-days"',
            'calendar = "rose-note"',
            "items[rose-enrolment].calendar",
            "`rose-note` is of another kind",
            "name a Calendar",
            id="link to another kind",
        ),
        pytest.param(
            'phase = "sign-up"',
            'phase = "review"',
            "items[rose-enrolment].phase",
            "`rose-days` has no phase `review`",
            "name one of ['sign-up']",
            id="broken link to a phase",
        ),
        pytest.param(
            'score = "rose-score"',
            'score = "rose-sore"',
            "items[rose-show].score",
            "there is no item `rose-sore`",
            "name an item of this month",
            id="broken link to a score",
        ),
        pytest.param(
            'total = "points"',
            'total = "sum"',
            "items[rose-show]",
            "name no column ['sum']",
            "correct the value",
            id="total that is no column",
        ),
        pytest.param(
            'url = "https://example.org/rose"',
            'url = "https://example.org/rose", path = "Garden"',
            "items[rose-note].links[1]",
            "either `url` or `path`",
            "correct the value",
            id="two targets in a link",
        ),
        pytest.param(
            "count = 2, members",
            "count = 3, members",
            "items[rose-kinds].groups[in]",
            "`count` is 3, 2 members stand there",
            "correct the value",
            id="printed count differs",
        ),
        pytest.param(
            '{ name = "Gallica" }',
            '{ name = "Gallica", aliases = ["White"] }',
            "items[rose-kinds]",
            "`White` stands for Alba and Gallica",
            "correct the value",
            id="one alias for two members",
        ),
        pytest.param(
            "points = 5, minimum = { spent = 200",
            "points = 5, minimum = { spent = 99.99",
            "items[rose-bonus]",
            "tier 2 does not stand above tier 1",
            "correct the value",
            id="tier out of order by its minimum",
        ),
        pytest.param(
            "points = 5,",
            "points = 3,",
            "items[rose-bonus]",
            "tier 2 does not stand above tier 1",
            "correct the value",
            id="tier out of order by its points",
        ),
        pytest.param(
            "spent = 100, kept = 0.5",
            "spend = 100, kept = 0.5",
            "items[rose-bonus]",
            "`spend` is not among the fields",
            "correct the value",
            id="minimum of no field",
        ),
        pytest.param(
            "kept = 0.9 }",
            "kept = 90 }",
            "items[rose-bonus]",
            "`kept` is a share from 0 to 1",
            "correct the value",
            id="per cent for a share in a tier",
        ),
        pytest.param(
            "at_least = 0.3",
            "at_least = 30",
            "items[rose-entry]",
            "`kept` is a share from 0 to 1",
            "correct the value",
            id="per cent for a share in a condition",
        ),
        pytest.param(
            'field = "thorns", is = true',
            'field = "thorns", at_least = 1',
            "items[rose-entry]",
            "`thorns` is a flag, it has no threshold",
            "correct the value",
            id="threshold of a flag",
        ),
        pytest.param(
            'field = "height", at_most = 50',
            'field = "height", is = true',
            "items[rose-entry]",
            "`height` is no flag",
            "correct the value",
            id="flag of a count",
        ),
        pytest.param(
            "at_most = 50",
            "at_most = 50, at_least = 1",
            "items[rose-entry].conditions[1]",
            "exactly one of",
            "correct the value",
            id="two bounds in a condition",
        ),
        pytest.param(
            'one_of = ["red"]',
            'one_of = ["blue"]',
            "items[rose-entry]",
            "choices ['blue'] of `colour` are not defined",
            "correct the value",
            id="condition on an unknown choice",
        ),
        pytest.param(
            'in_scope = ["front"]',
            'in_scope = ["side"]',
            "items[rose-bonus]",
            "choices ['side'] of `bed` are not defined",
            "correct the value",
            id="scope of an unknown choice",
        ),
        pytest.param(
            '{ id = "kept", kind = "share", name',
            '{ id = "spent", kind = "share", name',
            "items[rose-bonus]",
            "two fields have the id `spent`",
            "correct the value",
            id="the same field twice",
        ),
        pytest.param(
            '{ id = "back", title',
            '{ id = "front", title',
            "items[rose-bonus].fields[bed]",
            "two choices of the field `bed` have the id `front`",
            "correct the value",
            id="the same choice twice",
        ),
        pytest.param(
            'kind = "money", currency = "USD", name',
            'kind = "money", name',
            "items[rose-bonus].fields[spent]",
            "needs its `currency`",
            "correct the value",
            id="money without a currency",
        ),
        pytest.param(
            "{ first = 4, last = 9",
            "{ first = 3, last = 9",
            "items[rose-reward]",
            "ranks 3-9 do not follow rank 3",
            "correct the value",
            id="reward bands overlap",
        ),
        pytest.param(
            "share = 0.5, cap",
            "share = 50, cap",
            "items[rose-reward].bands[2].share",
            "less than or equal to 1",
            "correct the value",
            id="per cent for the share of a reward",
        ),
        pytest.param(
            "{ first = 1, text",
            "{ first = 2, text",
            "items[rose-penalty]",
            "stages start with `first = 1`",
            "correct the value",
            id="penalty without a first stage",
        ),
        pytest.param(
            'id = "rose-note"\n',
            'id = "Rose Note"\n',
            "items[Rose Note].id",
            "pattern",
            "correct the value",
            id="an id with a space",
        ),
        pytest.param(
            'topic = "garden"',
            'topic = "kitchen"',
            "topic",
            "`kitchen` is no topic",
            "add it to bulletin.toml",
            id="unknown topic",
        ),
        pytest.param(
            'id = "rose-kinds"',
            'id = "rose-note"',
            "items[rose-note]",
            "the id `rose-note` stands in roses.toml too",
            "rename one",
            id="the same id twice in a file",
        ),
    ],
)
def test_a_fault_has_file_place_and_remedy(
    tmp_path: Path, old: str, new: str, place: str, fault: str, remedy: str
) -> None:
    found = spoilt(tmp_path, old, new)

    matching = [line for line in found if line.startswith(f"2031-05/roses.toml: {place}: ")]
    assert any(fault in line and remedy in line for line in matching), found


@pytest.mark.parametrize(
    ("content", "fault", "remedy"),
    [
        pytest.param(
            SUBJECT.encode("gb18030"), "not UTF-8", "save the file as UTF-8", id="not UTF-8"
        ),
        pytest.param(SUBJECT + "\nhalf a =", "not valid TOML", "correct the line", id="bad TOML"),
        pytest.param(
            SUBJECT.replace('topic = "garden"', 'topic = "garden"\ntopic = "garden"'),
            "not valid TOML",
            "correct the line",
            id="a key twice",
        ),
    ],
)
def test_a_file_that_cannot_be_read(
    tmp_path: Path, content: str | bytes, fault: str, remedy: str
) -> None:
    folder = write(tmp_path / "2031-05", {"bulletin.toml": MONTH, "roses.toml": content})

    [line] = problems(folder)

    assert line.startswith("2031-05/roses.toml: top level: ")
    assert fault in line
    assert remedy in line


def test_bad_toml_names_its_line(tmp_path: Path) -> None:
    bad = 'topic = "garden"\nsubject = roses\n'
    folder = write(tmp_path / "2031-05", {"bulletin.toml": MONTH, "roses.toml": bad})

    assert "line 2" in problems(folder)[0]


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    windows = b"\xef\xbb\xbf" + SUBJECT.replace("\n", "\r\n").encode()
    folder = write(tmp_path / "2031-05", {"bulletin.toml": MONTH, "roses.toml": windows})

    assert problems(folder) == []


def test_a_spoilt_month_file(tmp_path: Path) -> None:
    bad = MONTH.replace('id = "2031-05"', 'id = "May 2031"').replace("published = 2031-05-01", "")
    folder = write(tmp_path / "2031-05", {"bulletin.toml": bad, "roses.toml": SUBJECT})

    found = problems(folder)

    assert any(re.match(r"2031-05/bulletin\.toml: id: .*pattern.*; correct", f) for f in found)
    assert any(f.startswith("2031-05/bulletin.toml: published: ") for f in found)


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "bulletin.toml": MONTH,
        "a.toml": subject("a", entry("one", certainty='"perhaps"')),
        "b.toml": subject("b", entry("two", gap='"?"'), entry("three", sections='"1"')),
    }
    other: dict[str, str | bytes] = {"bulletin.toml": month("2031-06", "2031-06-01"), "c.toml": "="}

    found = problems(write(tmp_path / "2031-05", files), write(tmp_path / "2031-06", other))

    places = [line.split(": ")[:2] for line in found]
    assert places == [
        ["2031-05/a.toml", "items[one].certainty"],
        ["2031-05/b.toml", "items[two].gap"],
        ["2031-05/b.toml", "items[three].sections"],
        ["2031-06/c.toml", "top level"],
    ]


def test_one_alias_for_two_subjects(tmp_path: Path) -> None:
    second = subject("tulips", entry("tulip")).replace(
        "\n[[items]]", 'aliases = ["Rose Bed"]\n[[items]]', 1
    )
    files: dict[str, str | bytes] = {
        "bulletin.toml": MONTH,
        "roses.toml": SUBJECT,
        "tulips.toml": second,
    }

    [line] = problems(write(tmp_path / "2031-05", files))

    assert line.startswith("2031-05/tulips.toml: aliases: `Rose Bed` stands for `roses` and ")
    assert line.endswith("; keep it in one of the two")


@pytest.mark.parametrize(
    ("one", "other", "place", "fault"),
    [
        pytest.param(
            subject("a", entry("same")),
            subject("b", entry("same")),
            "items[same]",
            "the id `same` stands in a.toml too",
            id="an id in two files",
        ),
        pytest.param(
            subject("a", entry("one")),
            subject("a", entry("two")),
            "subject",
            "`a` stands in a.toml too",
            id="a subject in two files",
        ),
    ],
)
def test_the_same_twice_in_two_files(
    tmp_path: Path, one: str, other: str, place: str, fault: str
) -> None:
    files: dict[str, str | bytes] = {"bulletin.toml": MONTH, "a.toml": one, "b.toml": other}

    found = problems(write(tmp_path / "2031-05", files))

    assert found == [f"2031-05/b.toml: {place}: {fault}; rename one"]


def test_two_folders_of_one_month(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"bulletin.toml": MONTH, "a.toml": subject("a", entry("one"))}
    first, second = write(tmp_path / "first", files), write(tmp_path / "second", files)

    [line] = problems(first, second)

    assert line.startswith("second/bulletin.toml: id: `2031-05` is the month of ")
    assert str(first) in line
    assert line.endswith("; keep one of the two")


def test_a_folder_named_twice_counts_once(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"bulletin.toml": MONTH, "a.toml": subject("a", entry("one"))}
    folder = write(tmp_path / "2031-05", files)

    assert month_folders([tmp_path, folder, tmp_path / "2031-05" / ".." / "2031-05"]) == [folder]
    assert problems(tmp_path, folder) == []


def test_replacing_an_item_that_no_earlier_month_has(tmp_path: Path) -> None:
    later: dict[str, str | bytes] = {
        "bulletin.toml": month("2031-06", "2031-06-01"),
        "new.toml": subject("a", entry("two", replaces='"gone"')),
    }
    earlier: dict[str, str | bytes] = {
        "bulletin.toml": MONTH,
        "a.toml": subject("a", entry("one")),
    }

    found = problems(write(tmp_path / "2031-06", later), write(tmp_path / "2031-05", earlier))

    assert found == [
        "2031-06/new.toml: items[two].replaces: no earlier month has `gone`; "
        "correct the id, or remove the key"
    ]


def test_an_item_of_the_same_month_cannot_be_replaced(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "bulletin.toml": MONTH,
        "a.toml": subject("a", entry("one"), entry("two", replaces='"one"')),
    }

    assert "no earlier month has `one`" in problems(write(tmp_path / "2031-05", files))[0]


def test_no_bulletin_at_all(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"bulletin\.toml; name a folder that has one"):
        load_library([tmp_path / "nowhere"])
