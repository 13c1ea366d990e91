"""What the guard reads out of a text: facts with their places, and the clauses they stand in."""

from dataclasses import dataclass, field
from typing import Any, Literal

# Comparison that a figure stands in; None where it stands alone.
Bound = Literal["ge", "gt", "le", "lt", "about"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure, date, time, name, link or path, in one form for all its notations.

    `group` names what it may be confused with (money, share, day …). `soft` facts may be left out
    or said twice: an article-like "one", a list marker. `reach` is the span with the words of
    comparison that belong to it.
    """

    group: str
    value: Any
    start: int
    end: int
    text: str
    bound: Bound | None = None
    soft: bool = False
    reach: tuple[int, int] = (0, 0)

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands, with its comparison."""
        return self.reach if self.reach[1] else (self.start, self.end)

    @property
    def key(self) -> tuple[str, Any, Bound | None]:
        return self.group, self.value, self.bound


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between two marks; `sentence` numbers the sentence that it belongs to."""

    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is refused: a code from a fixed list, and the words that it is about."""

    code: str
    detail: str

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}" if self.detail else self.code


@dataclass(slots=True)
class Reading:
    """A text as the guard reads it. `plain` is folded and as long as `text`."""

    text: str
    plain: str
    facts: tuple[Fact, ...]
    clauses: tuple[Clause, ...]
    features: tuple[frozenset[str], ...] = field(default=())
    sentences: tuple[frozenset[str], ...] = field(default=())
