"""Length, markup, unseen characters and language: what a text must not look like."""

import re
from collections import Counter
from collections.abc import Iterator

from bot.llm.guard.model import Refusal
from handlers.text import converter

_LONGEST = 2.0
_SLACK = 160
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
_MARKUP = re.compile(
    r"<[a-zA-Z/!][^>]*>|```|`|\*\*|__|~~|^#{1,6}\s|^\s*\|.*\||!?\[[^\]\n]*\]\([^)\n]*\)|^\s*[-*_]{3,}\s*$|&(?:[a-z]+|#[0-9]+);|\{\{|\}\}|\[\[|\]\]|⟦|⟧|^>\s|\(\s*\)|（\s*）|\\[nu(\[]",
    re.MULTILINE,
)
_PLAIN = re.compile(
    r"[\w\s，。、；：？！,.;:?!'\"“”‘’「」『』《》()（）\[\]【】〔〕…—–\-~～·•%％‰/+×÷=≥≤<>&@#$¥￥€£°✓✗✔✘→›＞〜∼＋＝：｜]"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[A-Za-z]")
# Characters that are right in both scripts.
_EITHER = frozenset(
    "后里只台干面系余谷云制准几冲出划别卷合家向回才板表松折征志致借局症周布姜据卜儿尸采了群秋了吊升同吃岳床弦麻台于咨范沈荐夸舍御"
)
_OTHER_SCRIPTS = re.compile(r"[\u0370-\u1cff\u3040-\u30ff\uac00-\ud7af\uff66-\uff9f]")


def check_form(reply: str, text: str, language: str) -> Iterator[Refusal]:
    """Refuses what no reply looks like."""
    if not text.strip():
        yield Refusal("empty", "")
        return
    if len(text) > _LONGEST * len(reply) + _SLACK:
        yield Refusal("length", f"{len(text)} characters")
    if twice := _said_twice(reply, text):
        yield Refusal("doubled", twice)
    if match := _UNSEEN.search(text):
        yield Refusal("markup", f"unseen character U+{ord(match.group()):04X}")
    if (match := _MARKUP.search(text)) and match.group() not in reply:
        yield Refusal("markup", match.group()[:20])
    odd = sorted({c for c in text if not _PLAIN.match(c)} - set(reply))
    if odd:
        yield Refusal("markup", " ".join(odd[:5]))
    yield from _language(reply, text, language)


def _language(reply: str, text: str, language: str) -> Iterator[Refusal]:
    if (match := _OTHER_SCRIPTS.search(text)) and match.group() not in reply:
        yield Refusal("language", match.group())
    if language == "en":
        new = [c for c in _HAN.findall(text) if c not in reply]
        if new or len(_LETTER.findall(text)) < 0.3 * len(_LETTER.findall(reply)):
            yield Refusal("language", "not English")
        return
    han, latin = len(_HAN.findall(text)), len(_LETTER.findall(text))
    if han < 0.3 * len(_HAN.findall(reply)) and han < latin:
        yield Refusal("language", "not Chinese")
    config = "s2t" if language == "zh-Hant" else "t2s"
    strange = {
        char
        for char in set(_HAN.findall(text)) - set(reply)
        if char not in _EITHER and converter(config).convert(char) != char
    }
    if strange:
        yield Refusal("language", "".join(sorted(strange)))


def _said_twice(reply: str, text: str) -> str | None:
    """A sentence that stands more often in the text than in the reply."""
    sentences = [s.strip(" -") for s in re.split(r"[。！？；\n]|\. ", text)]
    for sentence, times in Counter(s for s in sentences if len(s) > 7).items():
        if times > max(1, reply.count(sentence)):
            return sentence
    return None
