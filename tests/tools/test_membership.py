"""The lists of April 2021: names that look alike are never mixed up, nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.model import NameList
from tests.tools.rules import floats, rule
from tools.folding import fold
from tools.membership import MOST_NEAR, membership

INCLUDED = (
    "全球3C&普货专线 全球普货专线 全球美妆个护专线 全球重货专线 邮政EMS专线 欧美普货专线 中美无忧专线 "
    "中美无忧包机专线 多维DHL专线 多维日韩专线 金羊城FedEx专线 北美特殊品专线 嘉里东南亚专线（DDP）"
).split()
EXCLUDED = (
    "全球3C小包 全球普货小包 中美快船（DDP） 中欧铁路（DDP） 中欧卡航（DDP） 全球重货（DDP） 中美海派专线"
).split()


@pytest.fixture(scope="module")
def lines(april: Library) -> NameList:
    return rule(april, NameList, "express-lines")


@pytest.fixture(scope="module")
def industries(april: Library) -> NameList:
    return rule(april, NameList, "rts-industries")


@pytest.fixture(scope="module")
def traffic(april: Library) -> NameList:
    return rule(april, NameList, "flow-index-scope")


def names(places: tuple[tuple[object, object], ...]) -> list[str]:
    return [getattr(member, "name", "") for _, member in places]


def test_the_printed_lists(lines: NameList) -> None:
    printed = {g.included: [member.name for member in g.members] for g in lines.groups}

    assert printed == {True: INCLUDED, False: EXCLUDED}


@pytest.mark.parametrize(
    ("name", "status"),
    [(name, "in") for name in INCLUDED] + [(name, "out") for name in EXCLUDED],
    ids=INCLUDED + EXCLUDED,
)
def test_every_printed_line(lines: NameList, name: str, status: str) -> None:
    result = membership(lines, name)

    assert (result.status, names(result.found), result.near) == (status, [name], ())


@pytest.mark.parametrize(
    ("name", "status", "found"),
    [
        pytest.param("全球重货专线", "in", "全球重货专线", id="heavy cargo line"),
        pytest.param("全球重货(DDP)", "out", "全球重货（DDP）", id="heavy cargo DDP, half width"),
        pytest.param("全球重货DDP", "out", "全球重货（DDP）", id="heavy cargo DDP, no brackets"),
        pytest.param("全球普货专线", "in", "全球普货专线", id="general cargo line"),
        pytest.param("全球普货小包", "out", "全球普货小包", id="general cargo small parcel"),
        pytest.param("全球3C小包", "out", "全球3C小包", id="3C small parcel"),
        pytest.param("全球 3c & 普货 专线", "in", "全球3C&普货专线", id="spaces and lower case"),
        pytest.param("中美无忧专线", "in", "中美无忧专线", id="not the charter line"),
        pytest.param("中美无忧包机专线", "in", "中美无忧包机专线", id="the charter line"),
        pytest.param("中美海派专线", "out", "中美海派专线", id="a line by name, yet excluded"),
        pytest.param("嘉里东南亚专线(DDP)", "in", "嘉里东南亚专线（DDP）", id="DDP, yet in"),
        pytest.param("China-Europe railway (DDP)", "out", "中欧铁路（DDP）", id="English name"),
    ],
)
def test_names_that_look_alike(lines: NameList, name: str, status: str, found: str) -> None:
    result = membership(lines, name)

    assert (result.status, names(result.found)) == (status, [found])


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("全球重货", {"全球重货专线", "全球重货（DDP）"}, id="one in, one out"),
        pytest.param("全球普货", {"全球普货专线", "全球普货小包"}, id="line and small parcel"),
        pytest.param("DDP", {n for n in INCLUDED + EXCLUDED if "DDP" in n}, id="all DDP lines"),
    ],
)
def test_a_name_that_fits_several_is_told_for_all(
    lines: NameList, name: str, found: set[str]
) -> None:
    result = membership(lines, name)

    assert result.status == "several"
    assert found <= set(names(result.found))


@pytest.mark.parametrize(
    ("name", "near"),
    [
        pytest.param("中美快递专线", None, id="alike, not the same"),
        pytest.param("全球重货专缐", "全球重货专线", id="one character wrong"),
        pytest.param("中欧铁路(DDU)", "中欧铁路（DDP）", id="one letter wrong"),
        pytest.param("China-Europe railwy (DDP)", "中欧铁路（DDP）", id="English with a typo"),
        pytest.param("中欧海运", None, id="named nowhere"),
    ],
)
def test_near_names_are_offered_and_never_taken(
    lines: NameList, name: str, near: str | None
) -> None:
    result = membership(lines, name)

    assert (result.status, result.found) == ("nowhere", ())
    assert len(result.near) <= MOST_NEAR
    if near:
        assert names(result.near)[0] == near


@pytest.mark.parametrize("name", ["", "   ", "（）", "zzzzzz"])
def test_nothing_is_near_to_nothing(lines: NameList, name: str) -> None:
    result = membership(lines, name)

    assert (result.status, result.near) == ("nowhere", ())


@pytest.mark.parametrize(
    ("name", "status"),
    [
        pytest.param("Apparel", "in", id="printed"),
        pytest.param("apparel", "in", id="lower case"),
        pytest.param("Luggage, Bags & Cases", "in", id="with a comma"),
        pytest.param("luggage bags & cases", "in", id="without the comma"),
        pytest.param("服装", "in", id="Chinese"),
        pytest.param("Machinery", "nowhere", id="not among the twelve"),
        pytest.param("Chemicals", "nowhere", id="not among the twelve either"),
    ],
)
def test_industries(industries: NameList, name: str, status: str) -> None:
    assert membership(industries, name).status == status


def test_twelve_industries(industries: NameList) -> None:
    assert len(industries.groups[0].members) == 12


@pytest.mark.parametrize(
    ("name", "status", "group"),
    [
        pytest.param("外贸直通车", "in", "paid", id="paid"),
        pytest.param("顶级展位", "in", "paid", id="paid too"),
        pytest.param("问鼎", "in", "paid", id="the third paid one"),
        pytest.param("粉丝通", "in", "own", id="own"),
        pytest.param("EDM", "in", "own", id="EDM"),
        pytest.param("RFQ报价率", "out", "removed", id="no longer counted"),
    ],
)
def test_traffic_index(traffic: NameList, name: str, status: str, group: str) -> None:
    result = membership(traffic, name)

    assert (result.status, [g.id for g, _ in result.found]) == (status, [group])


@given(st.sampled_from(INCLUDED + EXCLUDED), st.sampled_from([" ", "-", "·", "　", "."]))
def test_spaces_and_punctuation_change_nothing(lines: NameList, name: str, filler: str) -> None:
    plain, spread = membership(lines, name), membership(lines, filler.join(name))

    assert (spread.status, spread.found) == (plain.status, plain.found)
    assert fold(filler.join(name)) == fold(name)


PIECES = sorted({piece for name in INCLUDED + EXCLUDED for piece in (name, name[:4], name[4:])})


@given(st.text(max_size=12) | st.lists(st.sampled_from(PIECES), max_size=3).map("".join))
def test_found_means_the_name_itself(lines: NameList, name: str) -> None:
    result = membership(lines, name)

    if result.status in ("in", "out"):
        [(group, member)] = result.found
        spellings = (member.name, *member.aliases, member.en or member.name)
        assert fold(name) in {fold(spelling) for spelling in spellings}
        assert group.included is (result.status == "in")
    else:
        assert (result.status == "several") == (len(result.found) > 1)
    assert result == membership(lines, name)
    assert not floats(result)
