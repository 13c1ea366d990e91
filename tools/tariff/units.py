"""Units in which duties are charged, and quantities as a seller gives them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

# canonical unit -> (what is measured, how many base units it holds)
_SCALE: dict[str, tuple[str, Decimal]] = {
    "kg": ("mass", Decimal(1)),
    "g": ("mass", Decimal("0.001")),
    "t": ("mass", Decimal(1000)),
    "each": ("pieces", Decimal(1)),
    "dozen": ("pieces", Decimal(12)),
    "gross": ("pieces", Decimal(144)),
    "hundred": ("pieces", Decimal(100)),
    "thousand": ("pieces", Decimal(1000)),
    "pair": ("pairs", Decimal(1)),
    "dozen pairs": ("pairs", Decimal(12)),
    "liter": ("volume", Decimal(1)),
    "hl": ("volume", Decimal(100)),
    "m3": ("volume", Decimal(1000)),
    "m2": ("area", Decimal(1)),
    "m": ("length", Decimal(1)),
}
_SPELLINGS: dict[str, str] = {
    "kg": "kg", "kgs": "kg", "公斤": "kg", "千克": "kg",
    "g": "g", "克": "g",
    "t": "t", "ton": "t", "tons": "t", "tonne": "t", "tonnes": "t", "吨": "t", "噸": "t",
    "each": "each", "no.": "each", "no": "each", "number": "each", "unit": "each",
    "units": "each", "item": "each", "items": "each", "article": "each", "head": "each",
    "pcs": "each", "pc": "each", "piece": "each", "pieces": "each", "set": "each", "sets": "each",
    "件": "each", "个": "each", "個": "each", "只": "each", "台": "each", "套": "each",
    "条": "each", "條": "each",
    "p/st": "each",
    "doz.": "dozen", "doz": "dozen", "dozen": "dozen", "打": "dozen",
    "gross": "gross", "罗": "gross",
    "hundred": "hundred", "hundreds": "hundred", "100": "hundred",
    "thousand": "thousand", "thousands": "thousand", "1000": "thousand", "1,000": "thousand",
    "1000 pins": "thousand", "1,000 pins": "thousand",
    "pr.": "pair", "prs.": "pair", "pr": "pair", "prs": "pair", "pair": "pair", "pairs": "pair",
    "双": "pair", "雙": "pair", "对": "pair",
    "doz. prs.": "dozen pairs", "doz. pr.": "dozen pairs", "doz. prs": "dozen pairs",
    "liter": "liter", "liters": "liter", "l": "liter", "litre": "liter", "litres": "liter",
    "升": "liter", "hl": "hl",
    "m3": "m3", "m³": "m3", "立方米": "m3",
    "m2": "m2", "m²": "m2", "square meter": "m2", "square meters": "m2", "平方米": "m2",
    "平米": "m2",
    "m": "m", "lin. m": "m", "meter": "m", "meters": "m", "米": "m",
    "pf.liter": "pf.liter", "pf. liter": "pf.liter", "pf.liters": "pf.liter",
    "proof liter": "pf.liter",
    "bbl": "bbl", "clean kg": "clean kg", "jewel": "jewel", "jwls.": "jewel", "pack": "pack",
    "line": "line gross", "line/gross": "line gross", "gr.lines": "line gross",
    "carat": "carat", "mwh": "MWh",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """So many of a unit; the unit is one of the canonical names that `unit_named` returns."""

    amount: Decimal
    unit: str


def unit_named(text: str) -> str | None:
    """The canonical unit of a spelling in the schedule or of a seller, None when unknown."""
    return _SPELLINGS.get(re.sub(r"\s+", " ", text.strip().lower()).replace("/ ", "/"))


def in_unit(quantities: Iterable[Quantity], unit: str) -> Decimal | None:
    """The first given quantity that can be told in this unit; None when there is none.

    Pieces are never turned into pairs, nor pieces into kilograms: that needs facts we lack.
    """
    for quantity in quantities:
        if quantity.unit == unit:
            return quantity.amount
        have, want = _SCALE.get(quantity.unit), _SCALE.get(unit)
        if have and want and have[0] == want[0]:
            return quantity.amount * have[1] / want[1]
    return None
