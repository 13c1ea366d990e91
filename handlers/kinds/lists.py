"""Lists of names, tables of figures and the reach of a service."""

import re
from dataclasses import replace
from decimal import Decimal

from handlers.kinds.common import part, validity
from handlers.names import find_names
from handlers.reply import Part
from handlers.turn import Turn
from handlers.wording import render
from knowledge.model import Coverage, Destination, Member, NameList, Row, Table, WeightedScore
from tools.coverage import covers
from tools.folding import fold
from tools.membership import Membership, membership
from tools.tables import explain_row

_THIS = re.compile(r"[这那]条|我的|我这|\b(?:this|my|our)\b")
ROW = "row"  # the row talked about, among the remembered slots
SHORTEST = 4  # characters that a name shares with a member before the user is asked which


def name_list(turn: Turn, item: NameList) -> Part:
    results = tuple(membership(item, name) for name in _names(turn, item))
    if not results and turn.mode == "judge" and _THIS.search(turn.plain):
        lines = render(turn.language, "which_name", rule=item)
        asked = part(turn, "ask", lines, tool="membership")
        return replace(asked, missing=("name",), to_ask=lines[:1])
    lines = render(
        turn.language,
        "list",
        rule=item,
        results=results,
        several_in=all(group.included for group in item.groups) and len(item.groups) > 1,
    )
    return part(
        turn,
        "answer",
        (*lines, *validity(turn)),
        tool="membership" if results else None,
        arguments={"names": [result.name for result in results]},
        result=[_plain(result) for result in results] or None,
    )


def _plain(result: Membership) -> dict[str, object]:
    return {
        "name": result.name,
        "status": result.status,
        "found": [member.name for _, member in result.found],
        "near": [member.name for _, member in result.near],
    }


def _names(turn: Turn, item: NameList) -> list[str]:
    members = [member for group in item.groups for member in group.members]
    found = find_names(turn.plain, [(n, m) for m in members for n in _spellings(m)])
    names = list(dict.fromkeys(match.payload.name for match in found))
    return names or _unlisted(turn.plain, item, members)


def _spellings(member: Member) -> tuple[str, ...]:
    names = (member.name, *member.aliases, *((member.en,) if member.en else ()))
    loose = tuple(re.sub(r"[（(]\s*(\w+)\s*[)）]", r"\1", name) for name in names)
    return tuple(dict.fromkeys((*names, *loose, *(n.translate(_NARROW) for n in names))))


_NARROW = str.maketrans("（）", "()")


_ASKS = re.compile(
    r"能|到底|列|这|所列|\d\s*个|哪|什么|啥|几|所有|全部|名单|\b(?:list|which|what|all|any|not|every|how)\b"
)


def _unlisted(plain: str, item: NameList, members: list[Member]) -> list[str]:
    """A name that stands in no group: by the words that such names end with, else by likeness."""
    for cue in item.name_cues:
        low = re.escape(cue.casefold())
        pattern = rf"[㐀-鿿a-z0-9&]{{2,12}}?{low}" if cue > "㐀" else rf"[a-z0-9\- ]{{3,40}}{low}"
        if (match := re.search(pattern, plain)) and not _ASKS.search(match.group()):
            return [
                re.sub(
                    r"^(?:请问|那个?|我们?|用|走|是|还有|比如|和|跟|the|is|does)+",
                    "",
                    match.group(),
                ).strip()
            ]
    folded = fold(plain)
    best = ""
    for member in members:
        name = fold(member.name)
        for start in range(len(name)):
            for end in range(len(name), start + max(SHORTEST, len(best) + 1) - 1, -1):
                if name[start:end] in folded and _telling(name[start:end], folded):
                    best = name[start:end]
                    break
    return [best] if len(best) >= SHORTEST else []


def _telling(shared: str, folded: str) -> bool:
    """Whether a stretch shared with a member is a name and no mere ending of Latin words."""
    return any(char >= "㐀" for char in shared) or (
        re.search(rf"(?<![a-z]){re.escape(shared)}(?![a-z])", folded) is not None
    )


def table(turn: Turn, item: Table) -> Part:
    names = [(name, row) for row in item.rows for name in (row.name, *row.aliases)]
    found = find_names(turn.plain, names) or find_names(turn.plain, names, near=True)
    rows = list({match.payload.name: match.payload for match in found}.values())
    kept = turn.word(ROW)
    if not rows:
        rows = _by_figure(turn, item) or _by_rank(turn, item)
    if not rows and kept:
        rows = [row for row in item.rows if row.name == kept]
    known = turn.view.get(item.score) if item.score else None
    rule = known.item if known and isinstance(known.item, WeightedScore) else None
    told = [(row, explain_row(item, row, rule) if rule and item.total else None) for row in rows]
    # The columns' own titles: a field of the score names the months of another edition.
    columns = {column.id: column.title for column in item.columns}
    titles = {field: columns[column] for column, field in item.components.items()}
    lines = render(turn.language, "table", rule=item, rows=told, titles=titles)
    return part(
        turn,
        "answer",
        (*lines, *validity(turn)),
        tool="explain_row" if told else None,
        arguments={"rows": [row.name for row in rows]},
        result=[_figures(row) for row in rows] or None,
    )


def _by_figure(turn: Turn, item: Table) -> list[Row]:
    """Rows in which a figure of the question stands."""
    figures = {v.value for v in turn.values if v.value is not None}
    return [row for row in item.rows if figures & {_decimal(cell) for cell in row.values.values()}]


_MOST = re.compile(r"最多|最高|最大|最猛|第一|\b(?:most|highest|biggest|largest|top)\b")
_LEAST = re.compile(r"最少|最低|最小|\b(?:least|lowest|smallest|fewest)\b")


def _by_rank(turn: Turn, item: Table) -> list[Row]:
    """The row with the greatest or the least figure of a column that the question names."""
    most, least = _MOST.search(turn.plain), _LEAST.search(turn.plain)
    names = [(n, c) for c in item.columns for n in (c.title.zh, c.title.en, *c.aliases)]
    column = next((f.payload for f in find_names(turn.plain, names)), None)
    if column is None or not (most or least):
        return []
    cells = {row.name: _decimal(row.values[column.id]) for row in item.rows}
    figures = {name: cell for name, cell in cells.items() if cell is not None}
    if not figures:
        return []
    best = (max if most else min)(figures, key=lambda name: figures[name])
    return [row for row in item.rows if row.name == best]


def _decimal(cell: str) -> Decimal | None:
    try:
        return Decimal(cell)
    except ArithmeticError:
        return None


def _figures(row: Row) -> dict[str, str]:
    return {"name": row.name, **row.values}


_BESIDES = re.compile(r"以外|之外|除了|\b(?:except|other than|besides|apart from)\b")


def coverage(turn: Turn, item: Coverage) -> Part:
    on = turn.now.astimezone(item.zone).date()
    names: list[tuple[str, Destination | None]] = [
        (name, place)
        for place in item.destinations
        for name in (place.title.zh, place.title.en, *place.aliases)
    ]
    names += [(name, None) for name in item.known_others]
    found = find_names(turn.plain, names)
    results = [(turn.plain[f.start : f.end], covers(item, f.payload, on=on)) for f in found]
    if _BESIDES.search(turn.plain):
        others = turn.say(item.other.title)
        results = [(others, covers(item, None, on=on))]
    live = [d for d in item.destinations if covers(item, d, on=on).covered]
    lines = render(
        turn.language,
        "coverage",
        rule=item,
        results=[(_title(turn, item, name), result) for name, result in results],
        live=live,
        today=on,
    )
    return part(
        turn,
        "answer",
        lines,
        tool="covers",
        arguments={"destinations": [name for name, _ in results], "on": on},
        result=[result for _, result in results],
    )


def _title(turn: Turn, item: Coverage, name: str) -> str:
    """A known destination by its title, any other as names of the list are written."""
    for place in item.destinations:
        if name in (alias.casefold() for alias in (*place.aliases, place.title.zh, place.title.en)):
            return turn.say(place.title)
    return next((known for known in item.known_others if known.casefold() == name), name)
