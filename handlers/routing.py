"""From words to the item of the bulletin that they ask for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from handlers.names import find_names
from handlers.text import plain as make_plain
from knowledge.library import Known, View
from tools.search import Index, Ranked

ALIAS_BONUS = 0.22  # the message names the item's subject
ITEM_ALIAS_BONUS = 0.15
WORD_BONUS = 0.035
MOST_WORDS = 4
CONTEXT_BONUS = 0.12  # the conversation is about the item's subject
SAME_ITEM_BONUS = 0.05
OTHER_SUBJECT = 0.16  # the message names another subject


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that may be meant, and what speaks for it."""

    item_id: str
    score: float
    likeness: float
    phrasing: str
    named: bool


class Router:
    """Routes texts over one view of the knowledge. Built once a view."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._subject_of = {known.id: known.subject.subject for known in view}

    @cached_property
    def _index(self) -> Index:
        return Index({known.id: [make_plain(p) for p in _phrasings(known)] for known in self.view})

    @cached_property
    def _aliases(self) -> list[tuple[str, str]]:
        return [
            (make_plain(alias), subject.subject)
            for subject in self.view.subjects.values()
            for alias in (subject.title.zh, *subject.aliases)
        ]

    @cached_property
    def _words(self) -> list[tuple[str, frozenset[str], frozenset[str]]]:
        """Word, the items it speaks for, the subjects it speaks for."""
        items: dict[str, set[str]] = {}
        subjects: dict[str, set[str]] = {}
        for known in self.view:
            for word in known.item.words:
                items.setdefault(make_plain(word), set()).add(known.id)
            for word in known.subject.words:
                subjects.setdefault(make_plain(word), set()).add(known.subject.subject)
        return [
            (word, frozenset(items.get(word, ())), frozenset(subjects.get(word, ())))
            for word in sorted({*items, *subjects})
        ]

    @cached_property
    def _item_aliases(self) -> list[tuple[str, str]]:
        return [
            (make_plain(alias), known.id) for known in self.view for alias in known.item.aliases
        ]

    def subjects_named(self, plain: str) -> tuple[str, ...]:
        """Slugs of the subjects whose names stand in the text, in its order."""
        return tuple(dict.fromkeys(found.payload for found in find_names(plain, self._aliases)))

    def rank(
        self, plain: str, *, context: Iterable[str] = (), last: str | None = None
    ) -> list[Candidate]:
        """Items by falling score. `context`: subjects talked about; `last`: the item before."""
        named = set(self.subjects_named(plain))
        bonus = self._bonuses(plain, named, set(context), last)
        ranked = self._index.rank(plain, bonus)
        candidates = [
            Candidate(r.key, self._score(r, bonus), r.score, r.phrasing,
                      self._subject_of[r.key] in named)
            for r in ranked
        ]  # fmt: skip
        return sorted(candidates, key=lambda c: (-c.score, c.item_id))

    def _bonuses(
        self, plain: str, named: set[str], context: set[str], last: str | None
    ) -> dict[str, float]:
        bonus: dict[str, float] = {}
        topics = {self.view.topics[subject] for subject in named}
        words_for: dict[str, int] = {}
        for word, items, subjects in self._words:
            if word in plain:
                for item_id in items:
                    words_for[item_id] = words_for.get(item_id, 0) + 2
                for item_id, subject in self._subject_of.items():
                    if subject in subjects:
                        words_for[item_id] = words_for.get(item_id, 0) + 1
        item_named = {found.payload for found in find_names(plain, self._item_aliases)}
        for item_id, subject in self._subject_of.items():
            extra = WORD_BONUS * min(words_for.get(item_id, 0), MOST_WORDS)
            if subject in named:
                extra += ALIAS_BONUS
            elif named:
                same_topic = self.view.topics[subject] in topics
                extra -= OTHER_SUBJECT * (0.4 if same_topic else 1.0)
            if item_id in item_named:
                extra += ITEM_ALIAS_BONUS
            if subject in context and not named:
                extra += CONTEXT_BONUS
            if item_id == last and not named:
                extra += SAME_ITEM_BONUS
            if extra:
                bonus[item_id] = extra
        return bonus

    @staticmethod
    def _score(ranked: Ranked, bonus: Mapping[str, float]) -> float:
        return ranked.score + bonus.get(ranked.key, 0.0)


def _phrasings(known: Known) -> Iterable[str]:
    item = known.item
    yield item.title.zh
    yield item.title.en
    yield from item.utterances.zh
    yield from item.utterances.en
