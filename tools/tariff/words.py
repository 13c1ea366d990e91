"""How a product question is read: words, facets, Chinese in both scripts. No table in here."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

_CJK = re.compile(r"[\u3400-\u9fff]")
_NAME_ZH = re.compile(r"[a-z]*[\u3400-\u9fff][a-z\u3400-\u9fff]*")
_LATIN = re.compile(r"[a-z0-9][a-z0-9.'&]*")


@dataclass(frozen=True)
class Vocabulary:
    """Words that name no product, and words that name a value of a facet.

    `facets` maps a facet to its values and these to their words; `ask` is the order of facets.
    `other_head_zh` and `other_head_en` are words that, directly behind a name, make it another
    product (a mouse pad).
    """

    noise_zh: tuple[str, ...]
    noise_en: frozenset[str]
    facets: Mapping[str, Mapping[str, tuple[str, ...]]]
    ask: tuple[str, ...]
    other_head_zh: re.Pattern[str]
    other_head_en: frozenset[str]

    @cached_property
    def facet_words(self) -> tuple[tuple[str, str, str], ...]:
        """(word, facet, value), the longest words first."""
        words = [
            (word, facet, value)
            for facet, values in self.facets.items()
            for value, spelled in values.items()
            for word in spelled
        ]
        return tuple(sorted(words, key=lambda one: -len(one[0])))


@dataclass(frozen=True)
class Query:
    """A question's text folded: simplified, lower case.

    `latin` are its words without plurals and noise; `spoken` are all of them in order, "" for
    noise. `plain` is the text with blanks for Chinese noise, `rest_zh` its Chinese characters.
    """

    text: str
    latin: tuple[str, ...]
    spoken: tuple[str, ...]
    facets: Mapping[str, frozenset[str]]
    plain: str

    @property
    def rest_zh(self) -> str:
        """The Chinese characters that are no noise."""
        return "".join(_CJK.findall(self.plain))

    @property
    def name_zh(self) -> str:
        """What is left of a Chinese question, to be told back as the name that is not known."""
        return " ".join(_NAME_ZH.findall(self.plain))

    @property
    def is_chinese(self) -> bool:
        """Whether Chinese characters are left that could name a product."""
        return bool(self.rest_zh)


@lru_cache(maxsize=1)
def _converter() -> Callable[[str], str]:
    import opencc  # noqa: PLC0415 - late: only Chinese needs it

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Simplified characters, half-width, lower case."""
    text = "".join(chr(ord(c) - 0xFEE0) if 0xFF01 <= ord(c) <= 0xFF5E else c for c in text)
    text = text.replace("’", "'").lower()
    return _converter()(text) if _CJK.search(text) else text


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """An English word without the ending of its plural; hoodie and hoodies become hoody."""
    if word.endswith("'s"):
        word = word[:-2]
    if len(word) > 4 and word.endswith("ie"):
        return word[:-2] + "y"
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def read(text: str, words: Vocabulary) -> Query:
    """Fold a question and find the facets that it names."""
    folded = fold(text)
    spoken = tuple("" if word in words.noise_en else stem(word) for word in _latin(folded))
    latin = tuple(word for word in spoken if word)
    return Query(folded, latin, spoken, _facets(folded, words), without_noise(folded, words))


def _latin(folded: str) -> list[str]:
    return [bare for word in _LATIN.findall(folded) if (bare := word.strip(".'&"))]


def _facets(folded: str, words: Vocabulary) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    spoken = {form for word in _latin(folded) for form in (word, stem(word))}
    for word, facet, value in words.facet_words:
        if _CJK.search(word):
            if word in folded:
                found.setdefault(facet, set()).add(value)
        elif all(part in spoken for part in _latin(word)):
            found.setdefault(facet, set()).add(value)
    return {facet: frozenset(values) for facet, values in found.items()}


def follow_up(asked: str, reply: str, words: Vocabulary) -> str:
    """The question with what a reply changes: "棉T恤" and "那化纤的呢" give "T恤 化纤".

    A reply that names a value of a facet takes the place of the values named before.
    """
    answered = read(reply, words).facets
    text = fold(asked)
    values = []
    for word, facet, value in words.facet_words:
        if facet in answered:
            if _CJK.search(word):
                text = text.replace(word, " ")
            else:
                text = re.sub(rf"(?<![a-z]){re.escape(word)}(?![a-z])", " ", text)
            if value in answered[facet] and word in fold(reply):
                values.append(word)
    return " ".join([*text.split(), *dict.fromkeys(values[:1] or [reply.strip()])])


def without_noise(folded: str, words: Vocabulary) -> str:
    """A folded text with blanks in the place of the Chinese words that name no product."""
    for word in sorted(words.noise_zh, key=len, reverse=True):
        folded = folded.replace(word, " ")
    return folded
