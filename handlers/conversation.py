"""The conversation: a message and what was before, in; a reply and what to remember, out."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from handlers import cues
from handlers.answering import answer
from handlers.bulletins import other_month
from handlers.composing import compose
from handlers.continuing import ANSWERED, CONTINUED
from handlers.decision import Decision
from handlers.kinds.amounts import AMOUNTS
from handlers.kinds.lists import ROW
from handlers.kinds.scores import POINTS, SCORE
from handlers.language import Language, language_of
from handlers.reply import Choice, Kind, Part, Reply, Setting
from handlers.routing import Memory, Router
from handlers.slots import Slot
from handlers.splitting import quiet
from handlers.state import State
from handlers.tariff.port import TARIFF, Desk, Heard, OpenDesk, Taken, may_ask
from handlers.text import plain as make_plain
from handlers.text import visible
from handlers.turn import Turn
from handlers.understanding import Understanding
from handlers.values import Value, to_record
from handlers.wants import within
from handlers.wording import render
from knowledge.library import Library, View
from knowledge.model import Bilingual, Calendar, Deadlines, Entry, Feature, Steps
from tools.windows import Window, event_window, window

_GREETING = re.compile(
    r"^\W*(?:你好|您好|哈喽|哈罗|嗨|在吗|在么|在不在|有人吗|早上好|早安|下午好|晚上好|中午好|早|"
    r"hi|hello|hey|hiya|good (?:morning|afternoon|evening))\W*"
    r"(?:(?:你好|您好|在吗|在么|hi|hello|there|bot|小助手|小二|老师|亲|呀|啊|哈)\W*)*$"
)
_GOODBYE = re.compile(
    r"^\W*(?:(?:谢谢|多谢|感谢|谢了|再见|拜拜|thanks?|thank you|thx|bye|goodbye|ok|okay|好的|收到|明白了?|了解|知道了|辛苦了?|您|你|啦|了|哈|very much|so much|a lot)\W*)+$"
)
CLOSE_CALL = 0.1  # difference of scores at which the second item is told too
LIKE_ENOUGH = 0.12  # likeness that the second one needs for that


@dataclass(frozen=True, slots=True)
class Message:
    """What a user wrote. `language` is None for that of the question."""

    text: str
    setting: Setting = "dm"
    language: Language | None = None


class Conversation:
    """Answers messages from a library of bulletins. Holds no state of any user."""

    def __init__(
        self,
        library: Library,
        memory: Memory | None = None,
        tariff: OpenDesk | None = None,
    ) -> None:
        """`memory` keeps what is learned of the library's views; without it nothing is kept.

        `tariff` opens the tariff desk at the first question about duties; without it none is
        answered from a table.
        """
        self.library = library
        self._memory = memory
        self._open_desk = tariff
        self._desk: Desk | None = None
        self._understandings: dict[int, Understanding] = {}

    def reply(
        self, message: Message, state: Mapping[str, Any], now: datetime
    ) -> tuple[Reply, dict[str, Any]]:
        """The reply as of `now` (aware), and the state for the next message ({} begins one)."""
        before = State.load(state)
        view = self.library.at(now)
        text = visible(message.text)
        words = quiet(make_plain(text))
        spoken = "".join(a if b != " " else " " for a, b in zip(text, words, strict=True))
        language = message.language or language_of(spoken) or before.language or "zh"
        if small := self._small_talk(words, language, view, now):
            after = before.after(language, (), {}, before.pending, before.said)
            if cues.LEAVE.match(words):
                after = State(language=language)
            return compose([small], message.setting, language, view, now), after.record()
        understanding = self._understanding(view)
        heard = Heard(words, spoken, before, understanding.router, language, now)
        taken = self._tariff(heard)
        if taken is not None:
            words, spoken = taken.rest(words), taken.rest(spoken)
        decisions, values = _decided(understanding, words, spoken, before, now)
        turns = [self._turn(d, words, values, view, language, now) for d in decisions]
        told = {decision.item_id for decision in decisions}
        parts = [
            self._part(decision, turn, message.setting, told)
            for decision, turn in zip(decisions, turns, strict=True)
            if turn is not None
        ]
        parts = [*(taken.parts if taken else ()), *_worth_saying(parts)]
        if parts and (asked := other_month(words, values, view.months)):
            notice = render(language, "other_month", asked=asked, month=view.month)
            parts[0] = replace(parts[0], lines=(*notice, *parts[0].lines))
        if not parts:
            parts = [self._declined(decisions, words, language, view)]
        reply = compose(parts, message.setting, language, view, now)
        said = understanding.said(words, decisions[-1]) if decisions else ""
        after = self._after(before, language, decisions, parts, said or before.said)
        if taken is not None:
            after = after.after(
                language, (TARIFF,), {TARIFF: taken.slots}, after.pending, after.said
            )
        return reply, after.record()

    def _tariff(self, heard: Heard) -> Taken | None:
        """The tariff questions of a message, answered; the desk opens when there may be one."""
        if self._open_desk is None or not may_ask(heard.words, heard.before):
            return None
        if self._desk is None:
            self._desk = self._open_desk()
        return self._desk.take(heard)

    def explain(self, message: Message, state: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        """How the message is understood: parts, candidates with scores, values, what was chosen."""
        view = self.library.at(now)
        text = visible(message.text)
        words = quiet(make_plain(text))
        decisions, values = self._understanding(view).decide(words, text, State.load(state), now)
        return {
            "text": text,
            "language": message.language or language_of(text),
            "values": [to_record(value) for value in values],
            "parts": [
                {
                    "text": text[d.start : d.end].strip(),
                    "chosen": d.item_id,
                    "topic": view[d.item_id].topic if d.item_id else None,
                    "why": d.why,
                    "mode": d.mode,
                    "fields": {name: slot.record() for name, slot in d.slots.items()},
                    "candidates": [
                        {
                            "item": c.item_id,
                            "topic": view[c.item_id].topic,
                            "score": round(c.score, 3),
                            "likeness": round(c.likeness, 3),
                            "sureness": round(c.sureness, 3),
                            "named": c.named,
                            "phrasing": c.phrasing,
                        }
                        for c in d.candidates
                    ],
                }
                for d in decisions
            ],
        }

    def greeting(self, language: Language, now: datetime) -> str:
        """First words of a chat: who speaks, which bulletin is known, as of when it answers."""
        return "\n".join(self._menu(language, self.library.at(now), now))

    def help(self, language: Language, now: datetime) -> str:
        """What can be asked, and how."""
        view = self.library.at(now)
        return "\n".join(render(language, "help", month=view.month, topics=_topics(view)))

    def topics(self, language: Language, now: datetime) -> str:
        """The topics of the bulletin."""
        view = self.library.at(now)
        return "\n".join(render(language, "topics", month=view.month, topics=_topics(view)))

    def deadlines(self, language: Language, now: datetime) -> str:
        """Every dated thing that is still to come or running at `now`, the nearest first."""
        view = self.library.at(now)
        dated = sorted(
            ((at, title) for title, at in _dated(view, now) if at.left is not None),
            key=lambda pair: pair[0].left or timedelta.max,
        )
        return "\n".join(render(language, "deadlines_all", month=view.month, dated=dated))

    def _understanding(self, view: View) -> Understanding:
        key = id(view)
        if key not in self._understandings:
            known = self._memory.get(view) if self._memory else None
            router = Router(view, self.library.everyday, known)
            if self._memory and known is None:
                self._memory.put(view, router.learned)
            self._understandings[key] = Understanding(router)
        return self._understandings[key]

    def _menu(self, language: Language, view: View, now: datetime) -> tuple[str, ...]:
        return render(language, "greeting", month=view.month, topics=_topics(view), now=now)

    def _small_talk(self, words: str, language: Language, view: View, now: datetime) -> Part | None:
        """Greetings, thanks, leaving, an empty message: one kind line each."""
        if not words.strip() or _GREETING.match(words):
            return Part("answer", "bulletin", self._menu(language, view, now))
        if cues.LEAVE.match(words):
            return Part("decline", None, render(language, "left"))
        if _GOODBYE.match(words):
            return Part("answer", "bulletin", render(language, "goodbye"))
        return None

    def _turn(
        self,
        decision: Decision,
        words: str,
        values: Sequence[Value],
        view: View,
        language: Language,
        now: datetime,
    ) -> Turn | None:
        if decision.item_id is None:
            return None
        return Turn(
            view[decision.item_id],
            view,
            now,
            language,
            words[decision.start : decision.end],
            within(values, decision.start, decision.end),
            decision.slots,
            decision.fresh,
            decision.mode,
            decision.why in (CONTINUED, ANSWERED),
            decision.question.focus - decision.start,
        )

    def _part(
        self, decision: Decision, turn: Turn, setting: Setting, told: Set[str | None]
    ) -> Part:
        """The answer to one question; `told` are the items that the message is answered with."""
        part = answer(turn)
        lines = (*part.lines, *self._tail(turn, setting))
        if part.kind != "ask" and (beside := self._beside(decision, turn, told)):
            lines = tuple(dict.fromkeys((*lines, *beside.lines)))
            kind: Kind = "answer" if "answer" in (part.kind, beside.kind) else part.kind
            part = replace(part, kind=kind, citations=(*part.citations, *beside.citations))
        return _with_lines(part, lines, self._next(turn))

    @staticmethod
    def _beside(decision: Decision, turn: Turn, told: Set[str | None]) -> Part | None:
        """What a question as good as fits too, told in addition: nobody is sent away half told."""
        if len(decision.candidates) < 2 or decision.candidates[0].item_id != decision.item_id:
            return None
        first, second = decision.candidates[:2]
        other = turn.view[second.item_id]
        if (
            first.score - second.score > CLOSE_CALL
            or second.likeness < LIKE_ENOUGH
            or second.item_id in told
            or other.topic != turn.known.topic
            or not isinstance(other.item, Entry | Feature | Steps)
        ):
            return None
        # Figures to be confirmed are the first one's.
        nothing_claimed = len(turn.plain)
        return answer(
            replace(turn, known=other, slots={}, fresh=frozenset(), focus=nothing_claimed)
        )

    @staticmethod
    def _tail(turn: Turn, setting: Setting) -> tuple[str, ...]:
        item = turn.known.item
        notes = () if setting == "group" else item.notes
        return render(turn.language, "tail", notes=notes, links=item.links)

    @staticmethod
    def _next(turn: Turn) -> tuple[Choice, ...]:
        known = [turn.view.get(slug) for slug in turn.known.item.related]
        titles = [turn.say(other.item.title) for other in known if other is not None]
        return tuple(Choice(title, title) for title in titles)

    def _declined(
        self, decisions: Sequence[Decision], words: str, language: Language, view: View
    ) -> Part:
        """Not covered: says so, and offers the nearest subjects."""
        subject = next((d.subject for d in decisions if d.subject), None)
        near: list[Bilingual] = []
        if subject is not None:
            near = [k.item.title for k in view if k.subject.subject == subject][:6]
        topic = view.topics[subject] if subject else None
        lines = render(
            language,
            "declined",
            month=view.month,
            subject=view.subjects[subject].title if subject else None,
            near=near,
            topics=_topics(view),
        )
        return Part("decline", topic, lines)

    @staticmethod
    def _after(
        before: State,
        language: Language,
        decisions: Sequence[Decision],
        parts: Sequence[Part],
        said: str,
    ) -> State:
        items = tuple(d.item_id for d in decisions if d.item_id)
        slots: dict[str, Mapping[str, Slot]] = {d.item_id: d.slots for d in decisions if d.item_id}
        for part in parts:
            for name in AMOUNTS:
                if part.item and (told := part.arguments.get(name)):
                    kept = Slot(",".join(str(amount) for amount in told))
                    slots[part.item] = {**slots.get(part.item, {}), name: kept}
            if part.item and part.tool == SCORE:
                # Changes carry a sign that the figure alone does not have.
                signed = {n: Slot(Decimal(v), v) for n, v in part.arguments.items() if n != POINTS}
                slots[part.item] = {**slots.get(part.item, {}), **signed}
            if part.item and (points := part.arguments.get(POINTS)):
                slots[part.item] = {**slots.get(part.item, {}), POINTS: Slot(str(points))}
            if part.item and (rows := part.arguments.get("rows")):
                slots[part.item] = {**slots.get(part.item, {}), ROW: Slot(rows[0])}
        asked = next(((p.item, p.missing[0]) for p in parts if p.item and p.missing), None)
        return before.after(language, items, slots, asked, said)


def _decided(
    understanding: Understanding, words: str, spoken: str, before: State, now: datetime
) -> tuple[list[Decision], tuple[Value, ...]]:
    """What the words ask of the bulletin; nothing where there are none (left)."""
    if not words.strip(" \n\t,，。.!！?？;；"):
        return [], ()
    return understanding.decide(words, spoken, before, now)


def _worth_saying(parts: list[Part]) -> list[Part]:
    """Answers before gaps: what is not printed is only told where it is all there is to tell."""
    return list({part.item: part for part in parts}.values())


def _with_lines(part: Part, lines: tuple[str, ...], following: tuple[Choice, ...]) -> Part:
    return Part(
        part.kind, part.topic, lines, part.tool, part.item, part.arguments, part.result,
        part.missing, part.citations, part.choices or following, part.assumed, part.to_ask,
    )  # fmt: skip


def _dated(view: View, now: datetime) -> Iterator[tuple[Bilingual, Window]]:
    """Events and validities with an end or a beginning, each with its title."""
    for known in view:
        item = known.item
        if isinstance(item, Calendar | Deadlines):
            for event in item.events:
                yield (
                    _joined(known.subject.title, event.title),
                    event_window(event, item, now=now),
                )
        elif item.start is not None or item.end is not None:
            yield (_joined(known.subject.title, item.title), window(item, now=now))


def _joined(subject: Bilingual, title: Bilingual) -> Bilingual:
    return Bilingual(zh=f"{subject.zh}：{title.zh}", en=f"{subject.en}: {title.en}")


def _topics(view: View) -> list[Bilingual]:
    return [title for slug, title in view.month.topics.items() if slug in set(view.topics.values())]
