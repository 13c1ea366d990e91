"""Where the goods go to and come from."""

import re
from dataclasses import dataclass

from handlers.names import find_names
from knowledge.model import Coverage

_CODES = {
    "US": ("美国", "老美", "美利坚", "usa", "us", "u.s.", "u.s", "united states", "america"),
    "GB": ("英国", "uk", "u.k.", "united kingdom", "britain", "great britain", "england"),
    "EU": (
        "欧盟", "欧洲", "eu", "european union", "europe", "德国", "germany", "法国", "france",
        "意大利", "italy", "西班牙", "spain", "荷兰", "netherlands", "holland", "比利时", "belgium",
        "波兰", "poland", "瑞典", "sweden", "丹麦", "denmark", "芬兰", "finland", "奥地利", "austria",
        "葡萄牙", "portugal", "希腊", "greece", "爱尔兰", "ireland", "捷克", "czech republic",
        "匈牙利", "hungary", "罗马尼亚", "romania",
    ),
    "CN": ("中国", "国内", "china"),
}  # fmt: skip
_FROM = re.compile(
    r"(?:从|原产地?国?(?:是|为)?|产自|\b(?:made in|origin(?: is)?|from)(?: the)?)\s*$"
)
_MADE = re.compile(r"\s*(?:原产|产(?!品)|制造|生产|工厂|发)")


@dataclass(frozen=True, slots=True)
class Places:
    """`destination` is a country code of a table, or a name where none can be meant.

    It is None where the text tells none; `name` is how the text calls it, `origin` likewise.
    """

    destination: str | None = None
    name: str = ""
    origin: str | None = None


def places(words: str, coverage: Coverage | None) -> Places:
    """The places that a plain text names."""
    names = [(name, code) for code, listed in _CODES.items() for name in listed]
    known = {name for name, _ in names}
    others = coverage.known_others if coverage else ()
    names += [(n.casefold(), n.casefold()) for n in others if n.casefold() not in known]
    destination, name, origin = None, "", None
    for found in find_names(words, names):
        before, after = words[: found.start], words[found.end :]
        if _FROM.search(before) or _MADE.match(after):
            origin = found.payload
        elif found.payload != "CN" and destination in (None, "US"):
            destination, name = found.payload, words[found.start : found.end]
    return Places(destination, name, origin)


def without_places(words: str, coverage: Coverage | None) -> str:
    """The text with blanks for the places, so that none is taken for a product's word."""
    names = [(name, "") for listed in _CODES.values() for name in listed]
    names += [(name, "") for name in (coverage.known_others if coverage else ())]
    for found in find_names(words, names):
        words = words[: found.start] + " " * (found.end - found.start) + words[found.end :]
    return words
