"""Takes a message apart into its questions, each with the words that belong to it."""

import re
from dataclasses import dataclass
from itertools import pairwise

from handlers.cues import QUESTION, STRONG_QUESTION

_MENTION = re.compile(r"@[\w\-]+(?:\s*[:：,，])?")
_QUOTE = re.compile(r"^\s*(?:回复|引用|reply to|>)\s*@?[^\n:：]{1,40}[:：][^\n]*\n", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s)）\]]+|[\w.+-]+@[\w-]+\.[\w.]+")
# Words of politeness and of passing on that say nothing about the question.
_POLITE = re.compile(
    r"(?:小二|老师|亲|亲爱的|各位|大佬|客服|小助手|机器人)*(?:你好|您好|哈喽)?[,，!！ ]*(?:请问一?下?|想?问一?下|问下|请教一?下?|麻烦(?:您|你|帮忙)?(?:看一?下|看看|回复一?下|核实)?|帮忙?(?:看一?下|看看|回复一?下|拟个回复|解答)|我想问(?:下|一下)?)|"
    r"(?:工单转发|工单|转发|转|fwd?|客户问|商家问|客户说|商家说|客户表示|seller asks?|seller|customer asks?|client asks?)\s*[:：]|"
    r"(?:谢谢|多谢|感谢|辛苦了|thanks?|thank you|please|pls|plz|hello|hi there|hi|hey)\b[!！,，. ]*|怎么回合?适?|怎么答复|怎么回复|帮拟个回复|帮看下怎么回"
)
_MARKUP = re.compile(r"[*_`~|#>\[\]]+|\((?=\s*\))")
_SENTENCE = re.compile(
    r"[^。！!？?；;\n…]+[。！!？?；;\n…]*|[。！!？?；;\n…]+",
)
_NUMBERED = re.compile(
    r"[①-⑩]|(?:(?<=^)|(?<=[\s,，。;；:：👉]))(?:\(?\d{1,2}[)）]|\d{1,2}[、](?!\d)|\d{1,2}\.(?=\s|[㐀-鿿A-Za-z])|\d(?=[㐀-鿿])(?!\d*[月号日年个件单天周点分元块万千百亿条票名档折成刀人家款套箱号次]))"
)
_BLANK = re.compile(r"\s+")
# A blank between two stretches of Chinese stands for a comma or a full stop that was not typed.
_GAP = re.compile(r"(?<=[㐀-鿿])\s+(?=[㐀-鿿])")
# What joins two questions in one sentence.
_JOINT = re.compile(
    r"[,，、]\s*(?=(?:还有|另外|再问|再者|顺便|以及|同时|然后|and\b|also\b|plus\b|then\b))|\s(?=还有|另外|顺便)|[,，]|\s(?=and (?:what|when|where|which|who|how|is|are|do|does|can)\b)"
)
# Asks only whether what stands before it is so.
_CONFIRMS = re.compile(
    r"\W*(?:这样)?(?:对吗|对吧|对不对|是吗|是吧|是不是|行吗|行不行|行不|可以吗|可以不|没错吧|有错吗|是真的吗|怎么办|"
    r"(?:is (?:that|it|this) )?(?:right|correct|true|ok|okay)|yes or no)\W*$"
)
CONTEXT = 160  # characters of the sentences before a question that may belong to it


@dataclass(frozen=True, slots=True)
class Question:
    """A stretch of the message: `start` to `end`, with the question itself at `focus`.

    Offsets hold in the text given to `split`. `asks` tells whether it reads as a question.
    """

    start: int
    end: int
    focus: int
    asks: bool


def quiet(plain: str) -> str:
    """The text with mentions, quotes of others, addresses and markup blanked; as long as before."""
    for pattern in (_QUOTE, _MENTION, _ADDRESS, _MARKUP):
        plain = pattern.sub(lambda match: " " * len(match.group()), plain)
    return plain


def unpolite(plain: str) -> str:
    """The text without words of politeness and of passing on, for finding what it is about."""
    return _POLITE.sub(" ", plain)


def split(plain: str) -> list[Question]:
    """The questions of a plain, quiet text in order; one for all of it where none is found.

    Statements before a question belong to it; those behind the last question belong to that one.
    """
    sentences = list(_sentences(plain))
    if not sentences:
        return [Question(0, len(plain), 0, False)]
    questions: list[Question] = []
    start = sentences[0][0]
    before = sentences[0][0]
    for begin, end in sentences:
        if QUESTION.search(plain, begin, end):
            focus = max(before, start) if _CONFIRMS.match(plain, begin, end) else begin
            first = max(start, focus - CONTEXT)
            questions.append(Question(first, end, focus, True))
            start = end
        before = begin
    if not questions:
        return [Question(sentences[0][0], sentences[-1][1], sentences[0][0], False)]
    last = questions[-1]
    if start < sentences[-1][1]:
        end = min(sentences[-1][1], last.end + CONTEXT)
        questions[-1] = Question(last.start, end, last.focus, True)
    return questions


def _sentences(plain: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for match in _SENTENCE.finditer(plain):
        at = match.start()
        for number in _NUMBERED.finditer(plain, match.start(), match.end()):
            found.append((at, number.start()))
            at = number.end()
        found += _typed_without_stops(plain, at, match.end())
    return [(a, b) for a, b in found if plain[a:b].strip(" \n\t,，。.!！?？;；:：…")]


def _typed_without_stops(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """Parts at blanks, where more than one of them is a question of its own."""
    joints = {m.start() for p in (_GAP, _JOINT) for m in p.finditer(plain, start, end)}
    cuts = [start, *sorted(joints), end]
    pieces = list(pairwise(cuts))
    asking = [bool(STRONG_QUESTION.search(plain, a, b)) and b - a >= 5 for a, b in pieces]
    if sum(asking) < 2:
        return [(start, end)]
    merged: list[tuple[int, int]] = []
    open_from = start
    for (_, b), asks in zip(pieces, asking, strict=True):
        if asks:
            merged.append((open_from, b))
            open_from = b
    if open_from < end:
        merged[-1] = (merged[-1][0], end)
    return merged
