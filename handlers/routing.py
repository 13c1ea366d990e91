"""From words to the item of the bulletin that they ask for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from handlers.names import NameIndex
from handlers.sureness import everyday, features, sure
from handlers.text import plain as make_plain
from knowledge.library import Known, View
from tools.phrasings import FIRST_MARK, Prepared, prepare
from tools.search import Index

ALIAS_BONUS = 0.22  # the message names the item's subject
ITEM_ALIAS_BONUS = 0.15
WORD_BONUS = 0.035
MOST_WORDS = 4
SHORTEST_NAME = 2  # characters up to which an alias is only a word
CONTEXT_BONUS = 0.12  # the conversation is about the item's subject
SAME_ITEM_BONUS = 0.05
GLANCE = 3  # items compared where only the best score counts
TOPIC_BONUS = 0.15  # the message names another subject of the item's topic
OTHER_TOPIC = 0.22  # the message names a subject of another topic


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that may be meant, and what speaks for it.

    `sureness` runs from 0 to 1: how surely the text is about something that the bulletin covers;
    `seen` is what it was reckoned from.
    """

    item_id: str
    score: float
    likeness: float
    sureness: float
    phrasing: str
    named: bool
    seen: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Sign:
    """What a name or a word in a text speaks for."""

    subjects: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    words_of: frozenset[str] = frozenset()
    subject_words_of: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Signs:
    """All signs found in a text. In `masked` each name of a subject is one private character."""

    subjects: tuple[str, ...]
    items: frozenset[str]
    words: Mapping[str, int]
    masked: str


@dataclass(frozen=True, slots=True)
class Learned:
    """What a router learns from a view: plain data, kept in a file by the app.

    `signs`: a name or a word to what it stands for, as slugs and ids: subjects that it names,
    items that it names, items and subjects of which it is a word.
    """

    index: Prepared
    signs: Mapping[str, Sequence[Sequence[str]]]


class Memory(Protocol):
    """Keeps what was learned of a view, so that it need not be learned again."""

    def get(self, view: View) -> Learned | None: ...

    def put(self, view: View, learned: Learned) -> None: ...


class Router:
    """Routes texts over one view of the knowledge. Built once a view."""

    def __init__(
        self, view: View, talk: Sequence[str] = (), learned: Learned | None = None
    ) -> None:
        """`talk`: everyday talk that no bulletin is about, to tell familiar texts from it.

        `learned` is what an earlier router over the same view learned; None learns it anew.
        """
        self.view = view
        self._subject_of = {known.id: known.subject.subject for known in view}
        # A name counts as one word, however long it is, so that the rest of a sentence decides.
        self._marks = {slug: chr(FIRST_MARK + n) for n, slug in enumerate(sorted(view.subjects))}
        self._items_of: dict[str, list[str]] = {}
        for item_id, subject in self._subject_of.items():
            self._items_of.setdefault(subject, []).append(item_id)
        self.signs = lru_cache(maxsize=256)(self._find_signs)
        self._signs = _sign_index(learned.signs if learned else _signs_of(view))
        self.learned = learned or self._learn(talk)
        self._index = Index(self.learned.index)

    def _learn(self, talk: Sequence[str]) -> Learned:
        phrases = {
            known.id: [self._find_signs(make_plain(phrase)).masked for phrase in _phrasings(known)]
            for known in self.view
        }
        foreign = [self._find_signs(make_plain(line)).masked for line in talk]
        return Learned(prepare(phrases, foreign), _signs_of(self.view))

    def _find_signs(self, plain: str) -> Signs:
        """Names and words in the text, in one pass."""
        subjects: list[str] = []
        items: set[str] = set()
        words: dict[str, int] = {}
        covered = 0
        masked: list[str] = []
        at = 0
        for found in self._signs.find(plain):
            sign = found.payload
            for item_id in sign.words_of:
                words[item_id] = words.get(item_id, 0) + 2
            for slug in sign.subject_words_of:
                words[slug] = words.get(slug, 0) + 1
            items |= sign.items
            if sign.subjects and found.start >= covered:
                subjects += sorted(sign.subjects)
                masked += [plain[at : found.start], self._marks[min(sign.subjects)]]
                at = covered = found.end
        masked.append(plain[at:])
        return Signs(tuple(dict.fromkeys(subjects)), frozenset(items), words, " ".join(masked))

    def subjects_named(self, plain: str) -> tuple[str, ...]:
        """Slugs of the subjects whose names stand in the text, in its order."""
        return self.signs(plain).subjects

    def rank(
        self, plain: str, *, context: Iterable[str] = (), last: str | None = None
    ) -> list[Candidate]:
        """Items by falling score. `context`: subjects talked about; `last`: the item before."""
        signs = self.signs(plain)
        named = set(signs.subjects)
        topics = {self.view.topics[subject] for subject in named}
        bonus, default = self._bonuses(signs, named, set(context), last)
        familiar = self._index.familiarity(signs.masked)
        candidates = []
        for ranked in self._index.rank(signs.masked, bonus, default):
            extra = bonus.get(ranked.key, default)
            is_named = self._subject_of[ranked.key] in named
            topic_named = self.view.topics[self._subject_of[ranked.key]] in topics
            seen = features(ranked.score, ranked.evidence, extra, familiar, named=topic_named)
            candidates.append(
                Candidate(
                    ranked.key, ranked.score + extra, ranked.score, sure(seen), ranked.phrasing,
                    is_named, seen,
                )
            )  # fmt: skip
        return sorted(candidates, key=lambda c: (-c.score, c.item_id))

    def everyday(self, plain: str) -> bool:
        """Whether the text is talk that no bulletin is about, whatever was said before it."""
        return everyday(self._index.familiarity(self.signs(plain).masked))

    def likeness(self, plain: str) -> float:
        """The best item's score, or nearly: enough to choose among many sentences."""
        signs = self.signs(plain)
        bonus, default = self._bonuses(signs, set(signs.subjects), set(), None)
        ranked = self._index.rank(signs.masked, bonus, default, GLANCE)
        return max((found.score + bonus.get(found.key, default) for found in ranked), default=0.0)

    def _bonuses(
        self, signs: Signs, named: set[str], context: set[str], last: str | None
    ) -> tuple[dict[str, float], float]:
        """What names, words and the conversation add to items, and to all others."""
        default = -OTHER_TOPIC if named else 0.0
        bonus: dict[str, float] = {}
        topics = {self.view.topics[subject] for subject in named}
        for subject, items in self._items_of.items():
            if subject in named:
                extra = ALIAS_BONUS
            elif self.view.topics[subject] in topics:
                extra = TOPIC_BONUS
            else:
                extra = CONTEXT_BONUS if subject in context and not named else default
            spoken = signs.words.get(subject, 0)
            if extra != default or spoken:
                for item_id in items:
                    words = min(spoken + signs.words.get(item_id, 0), MOST_WORDS)
                    bonus[item_id] = extra + WORD_BONUS * words
        for word_for in signs.words:
            if word_for in self._subject_of and word_for not in bonus:
                words = min(signs.words[word_for], MOST_WORDS)
                bonus[word_for] = default + WORD_BONUS * words
        for item_id in signs.items:
            bonus[item_id] = bonus.get(item_id, default) + ITEM_ALIAS_BONUS
        if last in self._subject_of and not named:
            bonus[last] = bonus.get(last, default) + SAME_ITEM_BONUS
        return bonus, default


def _phrasings(known: Known) -> Iterable[str]:
    item = known.item
    yield item.title.zh
    yield item.title.en
    yield from item.utterances.zh
    yield from item.utterances.en


def _signs_of(view: View) -> dict[str, list[list[str]]]:
    gathered: dict[str, list[set[str]]] = {}

    def add(name: str, place: int, slug: str) -> None:
        gathered.setdefault(make_plain(name), [set(), set(), set(), set()])[place].add(slug)

    for subject in view.subjects.values():
        for name in (subject.title.zh, *subject.aliases):
            # "3D" alone is said of many things: a word for the subject, not its name.
            add(name, 0 if len(name) > SHORTEST_NAME else 3, subject.subject)
        for name in subject.words:
            add(name, 3, subject.subject)
    for known in view:
        for name in known.item.aliases:
            add(name, 1, known.id)
        for name in known.item.words:
            add(name, 2, known.id)
    return {name: [sorted(slugs) for slugs in found] for name, found in gathered.items()}


def _sign_index(signs: Mapping[str, Sequence[Sequence[str]]]) -> NameIndex[_Sign]:
    return NameIndex(
        (name, _Sign(*(frozenset(slugs) for slugs in found))) for name, found in signs.items()
    )
