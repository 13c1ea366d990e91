"""A small invented bulletin, one file as text, to be spoilt or replaced in tests."""

from pathlib import Path

from knowledge.loader import KnowledgeError, load_library

MONTH = """
id = "2031-05"
title = { zh = "五月", en = "May" }
published = 2031-05-01

[topics]
garden = { zh = "花园", en = "Garden" }
"""

SUBJECT = """
topic = "garden"
subject = "roses"
title = { zh = "玫瑰", en = "Roses" }
aliases = ["rose bed"]

[[items]]
kind = "tiers"
id = "rose-bonus"
title = { zh = "加分", en = "Bonus" }
section = "1 Garden"
from = 2031-05-10
until = 2031-06-10
related = ["rose-note"]
points_to = { zh = "分", en = "score" }
scope = "bed"
in_scope = ["front"]
tiers = [
  { tier = 2, title = { zh = "二档", en = "tier 2" }, points = 5, minimum = { spent = 200, kept = 0.9 } },
  { tier = 1, title = { zh = "一档", en = "tier 1" }, points = 3, minimum = { spent = 100, kept = 0.5 } },
]
fields = [
  { id = "spent", kind = "money", currency = "USD", name = { zh = "花费", en = "spent" }, ask = { zh = "多少？", en = "How much?" } },
  { id = "kept", kind = "share", name = { zh = "比例", en = "kept" }, ask = { zh = "几成？", en = "Which share?" } },
  { id = "bed", kind = "choice", name = { zh = "花坛", en = "bed" }, ask = { zh = "哪个？", en = "Which?" }, choices = [
    { id = "front", title = { zh = "前", en = "front" } },
    { id = "back", title = { zh = "后", en = "back" } },
  ] },
]

[[items]]
kind = "list"
id = "rose-kinds"
title = { zh = "品种", en = "Kinds" }
section = "1 Garden"
subject = { zh = "品种", en = "kinds" }
other = { zh = "不在", en = "not listed" }
groups = [
  { id = "in", title = { zh = "在", en = "in" }, included = true, count = 2, members = [
    { name = "Alba", aliases = ["white"] },
    { name = "Gallica" },
  ] },
]

[[items]]
kind = "events"
id = "rose-days"
title = { zh = "日子", en = "Days" }
section = "1 Garden"
subject = { zh = "日子", en = "days" }
events = [
  { id = "one", title = { zh = "一", en = "one" }, from = 2031-05-11, until = 2031-05-12 },
  { id = "two", title = { zh = "二", en = "two" }, from = 2031-05-13, until = 2031-05-14 },
]
phases = [
  { id = "sign-up", title = { zh = "报名", en = "sign-up" }, text = { zh = "月初", en = "early" }, first_day = 1, last_day = 5 },
]

[[items]]
kind = "enrolment"
id = "rose-enrolment"
title = { zh = "报名", en = "Sign-up" }
section = "1 Garden"
subject = { zh = "玫瑰", en = "roses" }
calendar = "rose-days"
phase = "sign-up"
unknown = { zh = "不知", en = "not printed" }
addresses = [{ month = 5, link = { title = { zh = "地址", en = "address" }, path = "Garden - Gate" } }]

[[items]]
kind = "conditions"
id = "rose-entry"
title = { zh = "条件", en = "Entry" }
section = "1 Garden"
subject = { zh = "玫瑰", en = "a rose" }
conditions = [
  { field = "height", at_most = 50 },
  { field = "kept", at_least = 0.3 },
  { field = "thorns", is = true },
  { field = "colour", one_of = ["red"] },
]
fields = [
  { id = "height", kind = "count", unit = "cm", name = { zh = "高", en = "height" }, ask = { zh = "多高？", en = "How tall?" } },
  { id = "kept", kind = "share", name = { zh = "比例", en = "kept" }, ask = { zh = "几成？", en = "Which share?" } },
  { id = "thorns", kind = "flag", yes = ["thorny"], no = ["smooth"], name = { zh = "刺", en = "thorns" }, ask = { zh = "有刺？", en = "Thorns?" } },
  { id = "colour", kind = "choice", name = { zh = "色", en = "colour" }, ask = { zh = "什么色？", en = "Colour?" }, choices = [{ id = "red", title = { zh = "红", en = "red" } }] },
]

[[items]]
kind = "score"
id = "rose-score"
title = { zh = "得分", en = "Score" }
section = "1 Garden"
earlier = { zh = "四月", en = "April" }
later = { zh = "五月", en = "May" }
components = [{ field = "buds", weight = 0.5 }]
fields = [
  { id = "buds", kind = "count", unit = "bud", name = { zh = "花苞", en = "buds" }, ask = { zh = "多少？", en = "How many?" } },
]

[[items]]
kind = "table"
id = "rose-show"
title = { zh = "名单", en = "Show" }
section = "1 Garden"
subject = { zh = "名单", en = "show" }
score = "rose-score"
total = "points"
components = { buds = "buds" }
columns = [
  { id = "buds", title = { zh = "花苞", en = "buds" } },
  { id = "points", title = { zh = "得分", en = "points" } },
]
rows = [{ name = "Ann", values = { buds = "8", points = "4" } }]

[[items]]
kind = "reward"
id = "rose-reward"
title = { zh = "奖励", en = "Reward" }
section = "1 Garden"
rank = "rank"
spend = "spend"
currency = "CNY"
paid_as = { zh = "红包", en = "a packet" }
bands = [{ first = 1, last = 3, share = 1, cap = 50 }, { first = 4, last = 9, share = 0.5, cap = 20 }]
fields = [
  { id = "rank", kind = "rank", name = { zh = "名次", en = "rank" }, ask = { zh = "第几？", en = "Which rank?" } },
  { id = "spend", kind = "money", currency = "CNY", name = { zh = "消耗", en = "spend" }, ask = { zh = "多少？", en = "How much?" } },
]

[[items]]
kind = "escalation"
id = "rose-penalty"
title = { zh = "处罚", en = "Penalty" }
section = "1 Garden"
occurrence = "nth"
stages = [{ first = 1, text = { zh = "警告", en = "warning" } }, { first = 3, points = 2, text = { zh = "扣分", en = "points" } }]
fields = [
  { id = "nth", kind = "count", unit = "time", name = { zh = "次数", en = "times" }, ask = { zh = "第几次？", en = "Which time?" } },
]

[[items]]
kind = "discount"
id = "rose-discount"
title = { zh = "优惠", en = "Discount" }
section = "1 Garden"
from = 2031-05-01T15:00:00
until = 2031-05-31T14:59:59
currency = "CNY"
freight = "freight"
count = "count"
placed = "placed"
paid = "paid"
per_order = 10
order_limit = 3
total = 30
pay_until = 2031-06-15T23:59:59
quota = 100
fields = [
  { id = "freight", kind = "money", currency = "CNY", name = { zh = "运费", en = "freight" }, ask = { zh = "多少？", en = "How much?" } },
  { id = "count", kind = "count", unit = "order", name = { zh = "单数", en = "orders" }, ask = { zh = "几单？", en = "How many?" } },
  { id = "placed", kind = "moment", name = { zh = "下单", en = "placed" }, ask = { zh = "何时？", en = "When?" } },
  { id = "paid", kind = "moment", name = { zh = "支付", en = "paid" }, ask = { zh = "何时？", en = "When?" } },
]

[[items]]
kind = "entry"
id = "rose-note"
title = { zh = "说明", en = "Note" }
section = "1 Garden"
text = { zh = "说明", en = "A note" }
anchors = ["Rose 1332.87"]
links = [{ title = { zh = "地址", en = "address" }, url = "https://example.org/rose" }]
"""


def entry(item_id: str, **more: str) -> str:
    """One item of prose as TOML; `more` are further keys with their values as TOML."""
    keys = "\n".join(f"{key} = {value}" for key, value in more.items())
    return f"""
[[items]]
kind = "entry"
id = "{item_id}"
title = {{ zh = "题", en = "{item_id}" }}
section = "1"
text = {{ zh = "文", en = "text of {item_id}" }}
{keys}
"""


def subject(slug: str, *items: str, title: str | None = None) -> str:
    """A subject file as TOML."""
    head = f"""
topic = "garden"
subject = "{slug}"
title = {{ zh = "{title or slug}题", en = "{title or slug}" }}
"""
    return head + "".join(items)


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Writes the files into a new folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)
    return folder


def month(month_id: str, published: str) -> str:
    """`bulletin.toml` of another month."""
    return MONTH.replace("2031-05-01", published).replace("2031-05", month_id)


def problems(*folders: Path) -> list[str]:
    """What the loader says about the folders; empty where they are sound."""
    try:
        load_library(list(folders))
    except KnowledgeError as error:
        return error.problems
    return []
