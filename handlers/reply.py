"""The reply record, and the parts that it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from handlers.language import Language

Kind = Literal["answer", "ask", "decline"]
Setting = Literal["dm", "group", "forward"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a fact stands: a section of a month's bulletin."""

    bulletin: str
    topic: str
    section: str

    def record(self) -> dict[str, str]:
        return {"bulletin": self.bulletin, "topic": self.topic, "section": self.section}

    @property
    def work(self) -> str:
        """What the section is of."""
        return self.bulletin


@dataclass(frozen=True, slots=True)
class TariffCitation:
    """Where a duty stands: a line (`section`) of an edition of a tariff schedule."""

    source: str
    edition: str
    section: str

    def record(self) -> dict[str, str]:
        return {"source": self.source, "edition": self.edition, "section": self.section}

    @property
    def work(self) -> str:
        """What the section is of."""
        return f"{self.source} · {self.edition}"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that the user can pick next: `text` is sent as their message when picked."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """The answer to one question of a message. `lines` are its paragraphs, the verdict first."""

    kind: Kind
    topic: str | None
    lines: tuple[str, ...]
    tool: str | None = None
    item: str | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict)
    result: Any = None
    missing: tuple[str, ...] = ()
    citations: tuple[Citation | TariffCitation, ...] = ()
    choices: tuple[Choice, ...] = ()
    assumed: tuple[str, ...] = ()
    to_ask: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "topic": self.topic,
            "tool": self.tool,
            "arguments": dict(self.arguments),
            "result": self.result,
            "missing": list(self.missing),
            "citations": [citation.record() for citation in self.citations],
        }


@dataclass(frozen=True, slots=True)
class Reply:
    """What the user sees, and why."""

    kind: Kind
    language: Language
    text: str
    parts: tuple[Part, ...]
    paste: str | None = None
    note: str | None = None
    phrased_by: Literal["template", "llm"] = "template"

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics of the parts that ask or answer, in order, without repeats."""
        if self.kind == "decline":
            return ()
        topics = (part.topic for part in self.parts if part.topic)
        return tuple(dict.fromkeys(topics))

    @property
    def choices(self) -> tuple[Choice, ...]:
        return tuple(choice for part in self.parts for choice in part.choices)

    def record(self) -> dict[str, Any]:
        """The record that `seller-bot batch` and `ask --json` write."""
        halves = {} if self.paste is None else {"paste": self.paste, "note": self.note or ""}
        return {
            "kind": self.kind,
            "topics": list(self.topics),
            "language": self.language,
            "text": self.text,
            **halves,
            "phrased_by": self.phrased_by,
            "parts": [part.record() for part in self.parts],
        }


def kind_of(parts: tuple[Part, ...]) -> Kind:
    """The reply's kind: answer if any part answers, else ask if any asks, else decline."""
    kinds = {part.kind for part in parts}
    return "answer" if "answer" in kinds else "ask" if "ask" in kinds else "decline"
