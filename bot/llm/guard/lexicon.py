"""What words mean to the guard: nothing (filler), or a concept that the reply must hold as well."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_IRREGULAR = {
    "met": "meet", "paid": "pay", "sent": "send", "began": "begin", "begun": "begin",
    "given": "give", "gave": "give", "held": "hold", "written": "write", "wrote": "write",
    "taken": "take", "took": "take", "chosen": "choose", "chose": "choose", "shown": "show",
    "left": "left", "found": "find", "made": "make", "said": "say", "told": "tell",
    "was": "be", "were": "be", "is": "be", "are": "be", "been": "be", "has": "have", "had": "have",
    "does": "do", "did": "do", "done": "do", "got": "get", "kept": "keep", "lay": "lie",
    "spoken": "speak", "spoke": "speak", "rose": "rise", "risen": "rise", "saw": "see",
    "seen": "see", "fell": "fall", "fallen": "fall", "grew": "grow", "grown": "grow", "ran": "run",
    "going": "go", "goes": "go", "gone": "go", "went": "go", "children": "child", "criteria": "criterion", "this": "this", "us": "us",
}  # fmt: skip
_WORD = re.compile(r"[a-z0-9][a-z0-9'&/.+-]*[a-z0-9]|[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Surface forms with their meanings, and those that are free."""

    zh: Mapping[str, frozenset[str]]
    en: Mapping[str, frozenset[str]]
    filler: frozenset[str]
    phrases: Mapping[str, str]
    longest: int

    def free(self, word: str) -> bool:
        """Whether the word (Chinese, or an English stem) says nothing."""
        return word in self.filler

    def concepts(self, word: str) -> frozenset[str]:
        """What the word (Chinese, or an English stem) may mean."""
        return self.zh.get(word) or self.en.get(word) or frozenset()


def stem(word: str) -> str:
    """A light English stem: plural, -ed, -ing, -ly and the possessive are taken off."""
    word = word.removesuffix("'s").removesuffix("'")
    word = _IRREGULAR.get(word, word)
    if len(word) <= 3:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= (4 if ending == "ly" else 3):
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word.removesuffix("e") if len(word) > 3 else word


def words_of(text: str) -> list[str]:
    """The Latin words of folded text, fixed phrases as one word."""
    for phrase, word in lexicon().phrases.items():
        if phrase in text:
            text = text.replace(phrase, word)
    return _WORD.findall(text)


@cache
def lexicon() -> Lexicon:
    """The lexicon of the guard's data file."""
    data = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))
    zh: dict[str, set[str]] = {}
    en: dict[str, set[str]] = {}
    for concept, (chinese, english) in data["concept"].items():
        for word in chinese.split():
            zh.setdefault(word, set()).add(concept)
        for word in english.split():
            en.setdefault(stem(word), set()).add(concept)
    filler = {*data["filler"]["zh"].split(), *map(stem, data["filler"]["en"].split())}
    return Lexicon(
        {word: frozenset(concepts) for word, concepts in zh.items()},
        {word: frozenset(concepts) for word, concepts in en.items()},
        frozenset(filler),
        data["phrase"],
        max(map(len, [*zh, *filler])),
    )
