"""Products and lines ranked by what a seller calls them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tools.tariff.table import Product
from tools.tariff.words import Query, Vocabulary, fold, stem

FACET_MATCH = 1.5
FACET_CLASH = 3.0
HEAD_MATCH = 0.5  # in English the last word says what it is: a phone charger is a charger
PART = 0.6  # a name of which only a part is said counts so much less
_LEAST = 0.5  # the share of a name that must be said


@dataclass(frozen=True, slots=True)
class Ranked:
    """A product and how well it fits; `exact` when a whole name of it is in the question."""

    product: Product
    score: float
    exact: bool


def rank(query: Query, products: Sequence[Product], words: Vocabulary) -> list[Ranked]:
    """Products that the question may mean, best first; empty when it names none of them."""
    scored = [
        one
        for place, product in enumerate(products)
        if (one := _score(query, product, words, place))
    ]
    exact = [one for one in scored if one.exact]
    return sorted(exact or scored, key=lambda one: -one.score)


def _score(query: Query, product: Product, words: Vocabulary, place: int) -> Ranked | None:
    best, exact = 0.0, False
    for name in product.names:
        weight, whole = _name(query, _tokens(name))
        if (whole, weight) > (exact, best):
            best, exact = weight, whole
    if not best:
        return None
    for facet, value in product.facets.items():
        said = query.facets.get(facet)
        if said:
            best += FACET_MATCH if value in said else -FACET_CLASH
    return Ranked(product, best - place / 10_000, exact)


@lru_cache(maxsize=8192)
def _tokens(name: str) -> tuple[tuple[str, bool], ...]:
    """The words of a name; the flag tells Chinese, which is sought inside the text."""
    parts = [
        piece
        for part in fold(name).split()
        for piece in ([part] if _is_chinese(part) else part.split("-"))
    ]
    return tuple((part, True) if _is_chinese(part) else (stem(part), False) for part in parts)


def _is_chinese(text: str) -> bool:
    return any("\u3400" <= c <= "\u9fff" for c in text)


def _name(query: Query, tokens: Iterable[tuple[str, bool]]) -> tuple[float, bool]:
    said = total = 0.0
    tokens = tuple(tokens)
    head = bool(query.latin) and bool(tokens) and tokens[-1] == (query.latin[-1], False)
    for token, chinese in tokens:
        weight = float(len(token)) if chinese else 2.0
        total += weight
        if (token in query.text) if chinese else (token in query.latin):
            said += weight
        elif chinese and len(token) > 2:
            said += _overlap(query.text, token)
    if said >= total - 0.01:
        return said + HEAD_MATCH * head, True
    return (said * PART, False) if said / total > _LEAST else (0.0, False)


def _overlap(text: str, token: str) -> float:
    """How many characters of a Chinese word stand in the text as pairs."""
    pairs = [token[at : at + 2] for at in range(len(token) - 1)]
    hits = sum(pair in text for pair in pairs)
    return hits * len(token) / len(pairs) * 0.99
