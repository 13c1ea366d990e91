"""Products ranked by what a seller calls them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tools.tariff.table import Product
from tools.tariff.words import Query, Vocabulary, fold, stem, without_noise

FACET_MATCH = 1.5
FACET_CLASH = 3.0  # and then the product is at best alike: no wool scarf is a silk scarf
HEAD_MATCH = 0.5  # the last word says what it is: a phone charger is a charger
HEAD_MATCH_ZH = 2.0
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
    own = {token for name in product.names for token, _ in _tokens(name)}
    for name in product.names:
        weight, whole = _name(query, _tokens(name), own, words)
        if (whole, weight) > (exact, best):
            best, exact = weight, whole
    if not best:
        return None
    for facet, value in product.facets.items():
        said = query.facets.get(facet)
        if said:
            best += FACET_MATCH if value in said else -FACET_CLASH
            exact = exact and value in said
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


def _name(
    query: Query, tokens: tuple[tuple[str, bool], ...], own: set[str], words: Vocabulary
) -> tuple[float, bool]:
    """How much of a name is said, and whether all of it is and names this product."""
    said = total = 0.0
    for token, chinese in tokens:
        weight = float(len(token)) if chinese else 2.0
        total += weight
        if (token in query.text) if chinese else (token in query.latin):
            said += weight
        elif chinese and len(token) > 2:
            said += _overlap(query.text, token)
    if said >= total - 0.01 and _is_head(query, tokens[-1], own, words):
        return said + _head_bonus(query, tokens[-1]), True
    return (said * PART, False) if said / total > _LEAST else (0.0, False)


def _head_bonus(query: Query, last: tuple[str, bool]) -> float:
    token, chinese = last
    if chinese:
        return HEAD_MATCH_ZH if query.rest_zh.endswith(token) else 0.0
    return HEAD_MATCH if query.latin[-1] == token else 0.0


def _is_head(query: Query, last: tuple[str, bool], own: set[str], words: Vocabulary) -> bool:
    """Whether the name's last word stands once without another product's word behind it."""
    token, chinese = last
    if chinese:
        return any(
            not _other_head(without_noise(query.text[found.end() :], words), words)
            for found in re.finditer(re.escape(token), query.text)
        )
    spoken = (*query.spoken, "")
    behind = [spoken[at + 1] for at, word in enumerate(query.spoken) if word == token]
    return any(word not in words.other_head_en or word in own for word in behind)


def _other_head(behind: str, words: Vocabulary) -> bool:
    """Whether what is written right behind a name begins or ends as another product's word."""
    run = re.split(r"[^\u3400-\u9fff]", behind, maxsplit=1)[0]
    if not run:
        return False
    return any(words.other_head_zh.fullmatch(run[-n:]) for n in (1, 2, 3)) or bool(
        words.other_head_zh.match(run)
    )


def _overlap(text: str, token: str) -> float:
    """How many characters of a Chinese word stand in the text as pairs."""
    pairs = [token[at : at + 2] for at in range(len(token) - 1)]
    hits = sum(pair in text for pair in pairs)
    return hits * len(token) / len(pairs) * 0.99
