"""What holds at a moment: an invented May bulletin changes April's rules."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.library import Library, View
from knowledge.loader import BUILT_IN, load_library
from knowledge.model import TieredScore
from tests.knowledge.small import entry, month, subject, write
from tests.tools.rules import beijing
from tools.tiers import tier_for

MAY = """
id = "2021-05"
title = { zh = "2021年5月公告", en = "May 2021 bulletin" }
published = 2021-05-06

[topics]
star-rating = { zh = "商家星等级", en = "Merchant star level" }
"""

MAY_TIERS = """
topic = "star-rating"
subject = "rfq-index-may"
title = { zh = "五月RFQ营销指数", en = "RFQ index of May" }

[[items]]
kind = "tiers"
id = "rfq-bonus-may"
replaces = "rfq-bonus"
title = { zh = "RFQ加分", en = "RFQ bonus" }
section = "1 Star level"
certainty = "expected"
from = 2021-05-20
points_to = { zh = "营销力", en = "marketing power" }
tiers = [
  { tier = 2, title = { zh = "二档", en = "tier 2" }, points = 6, minimum = { traded = 50_000 } },
  { tier = 1, title = { zh = "一档", en = "tier 1" }, points = 2, minimum = { traded = 30_000 } },
]
fields = [
  { id = "traded", kind = "money", currency = "USD", name = { zh = "交易额", en = "trade" }, ask = { zh = "多少？", en = "How much?" } },
]
"""


@pytest.fixture(scope="module")
def may(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("bulletins") / "2021-05"
    write(folder, {"bulletin.toml": MAY, "rfq-index-may.toml": MAY_TIERS})
    return load_library([BUILT_IN, folder])


def tiers(view: View, item_id: str) -> TieredScore:
    item = view[item_id].item
    assert isinstance(item, TieredScore)
    return item


@pytest.mark.parametrize(
    ("now", "month_id", "holds", "successor"),
    [
        pytest.param("2021-04-22T10:00:00", "2021-04", "rfq-bonus", None, id="as of April"),
        pytest.param("2021-05-05T23:59:59", "2021-04", "rfq-bonus", None, id="eve of publication"),
        pytest.param(
            "2021-05-06T00:00:00", "2021-05", "rfq-bonus", "rfq-bonus-may", id="published"
        ),
        pytest.param(
            "2021-05-19T23:59:59", "2021-05", "rfq-bonus", "rfq-bonus-may", id="last second"
        ),
        pytest.param("2021-05-20T00:00:00", "2021-05", "rfq-bonus-may", None, id="first second"),
        pytest.param("2026-01-01T00:00:00", "2021-05", "rfq-bonus-may", None, id="years later"),
    ],
)
def test_a_later_month_replaces_the_tiers(
    may: Library, now: str, month_id: str, holds: str, successor: str | None
) -> None:
    view = may.at(beijing(now))

    known = view[holds]
    assert view.month.id == month_id
    assert {"rfq-bonus", "rfq-bonus-may"} & {k.id for k in view} == {holds}
    assert (known.successor.id if known.successor else None) == successor


@pytest.mark.parametrize(
    ("now", "points"),
    [
        pytest.param("2021-05-19T23:59:59", 5, id="April's table on its last day"),
        pytest.param("2021-05-20T00:00:00", 2, id="May's table on its first day"),
    ],
)
def test_the_same_trade_before_and_after(may: Library, now: str, points: int) -> None:
    moment = beijing(now)
    [rule] = [k.item for k in may.at(moment) if isinstance(k.item, TieredScore)]
    amounts = {name: Decimal(40_000) for name in ("rfq-trade-90d", "traded")}

    result = tier_for(
        rule, {**amounts, "free-quotes-used": Decimal(1)}, scope="customization", now=moment
    )

    assert result.points == points


def test_everything_else_of_april_still_holds(april: Library, may: Library) -> None:
    now = beijing("2021-06-01T00:00:00")
    before = {known.id for known in april.at(now)}
    after = {known.id for known in may.at(now)}

    assert before - after == {"rfq-bonus"}
    assert after - before == {"rfq-bonus-may"}
    assert may.at(now)["ta-fee"].month.id == "2021-04"
    assert may.at(now)["rfq-bonus-may"].topic == "star-rating"


def test_before_the_first_bulletin_the_first_is_told(april: Library) -> None:
    assert april.at(beijing("2019-01-01T00:00:00")).month.id == "2021-04"


def test_publication_is_a_day_in_beijing(may: Library) -> None:
    midnight = datetime(2021, 5, 5, 16, tzinfo=UTC)

    assert may.at(midnight - timedelta(seconds=1)).month.id == "2021-04"
    assert may.at(midnight).month.id == "2021-05"


def test_views_are_kept_as_long_as_nothing_changes(may: Library) -> None:
    one, same, other = (
        may.at(beijing(now))
        for now in ("2021-05-21T00:00:00", "2021-05-21T10:00:00", "2021-05-10T00:00:00")
    )

    assert one is same
    assert one is not other


def test_a_library_needs_a_bulletin() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Library(())


def months(tmp_path: Path, *files: str) -> Library:
    """Invented months from May 2031 on, one subject file each, published on the first."""
    for number, text in enumerate(files, start=5):
        head = month(f"2031-{number:02}", f"2031-{number:02}-01")
        write(tmp_path / f"m{number}", {"bulletin.toml": head, "a.toml": text})
    return load_library([tmp_path])


def held(library: Library, now: str) -> dict[str, str | None]:
    return {k.id: k.successor.id if k.successor else None for k in library.at(beijing(now))}


def test_the_same_id_in_a_later_month_replaces_at_once(tmp_path: Path) -> None:
    library = months(tmp_path, subject("a", entry("one"), entry("two")), subject("a", entry("one")))

    view = library.at(beijing("2031-06-01T00:00:00"))

    assert {k.id: k.month.id for k in view} == {"one": "2031-06", "two": "2031-05"}


def test_the_same_id_with_a_beginning_waits_for_it(tmp_path: Path) -> None:
    library = months(
        tmp_path, subject("a", entry("one")), subject("a", entry("one", **{"from": "2031-06-10"}))
    )

    before = library.at(beijing("2031-06-09T23:59:59"))["one"]
    after = library.at(beijing("2031-06-10T00:00:00"))["one"]

    assert before.month.id == "2031-05"
    assert before.successor is not None
    assert (after.month.id, after.successor) == ("2031-06", None)


def test_a_chain_of_replacements(tmp_path: Path) -> None:
    library = months(
        tmp_path,
        subject("a", entry("one")),
        subject("a", entry("two", replaces='"one"', **{"from": "2031-07-10"})),
        subject("a", entry("three", replaces='"two"', **{"from": "2031-07-20"})),
    )

    assert held(library, "2031-06-30T23:59:59") == {"one": "two"}
    assert held(library, "2031-07-09T23:59:59") == {"one": "two"}
    assert held(library, "2031-07-10T00:00:00") == {"two": "three"}
    assert held(library, "2031-07-20T00:00:00") == {"three": None}


def test_a_replacement_is_replaced_before_it_begins(tmp_path: Path) -> None:
    library = months(
        tmp_path,
        subject("a", entry("one")),
        subject("a", entry("two", replaces='"one"', **{"from": "2031-07-20"})),
        subject("a", entry("three", replaces='"two"', **{"from": "2031-07-10"})),
    )

    assert held(library, "2031-07-09T23:59:59") == {"one": "three"}
    assert held(library, "2031-07-10T00:00:00") == {"three": None}
    assert held(library, "2031-08-01T00:00:00") == {"three": None}


def test_subjects_and_topics_of_a_view(may: Library) -> None:
    view = may.at(beijing("2021-05-20T00:00:00"))

    assert view.topics["rfq-index-may"] == "star-rating"
    assert view.get("rfq-bonus") is None
    with pytest.raises(KeyError):
        view["rfq-bonus"]
