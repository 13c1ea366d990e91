"""What a reader could follow or call: links, menu paths, addresses, numbers, handles, names."""

import re
from collections.abc import Iterable, Iterator

from bot.llm.guard.model import Fact

_URL = re.compile(
    r"(?:https?|ftp|dtmd|mailto|tel|weixin|alipays?|javascript|data):[^\s，。；、）)】》\"<>]+|www\.[^\s，。；、）)】》\"<>]+"
)
_DOMAIN = re.compile(
    r"(?<![a-z0-9@.])(?:[a-z0-9-]+(?:\.|\s?\[?(?:dot|点)\]?\s?))+(?:com|cn|net|org|io|top|xyz|info|shop|vip|cc|me|co|app|site|link|club|hk|tv|ru|de|us|uk|ly|gl)(?![a-z0-9])(?:/[^\s，。；、）)\"]*)?"
)
_MAIL = re.compile(
    r"[a-z0-9._%+-]+\s?(?:@|\[at\]|\(at\))\s?[a-z0-9-]+\s?(?:\.|\[dot\]|\(dot\))\s?[a-z]{2,}"
)
_HANDLE = re.compile(r"(?<![a-z0-9])@[a-z0-9_\u4e00-\u9fff]{2,}")
_PHONE = re.compile(
    r"(?<![0-9a-z.,-])(?:\+?[0-9]{1,3}[ -]?)?(?:\(?[0-9]{2,4}\)?[ -]){1,3}[0-9]{3,5}(?![0-9,.])|(?<![0-9])1[3-9][0-9]{9}(?![0-9])|(?<![0-9])(?:400|800)[ -]?[0-9]{3}[ -]?[0-9]{4}"
)
_QUOTED = re.compile(r'"([^"\n]{1,60})"|《([^》\n]{1,60})》')
# Menu paths: steps in a row, joined by marks that prose does not use between words.
_STEP = r"[\u4e00-\u9fffa-z0-9&+()（）]{1,24}"
_PATH = re.compile(rf"{_STEP}(?: ?(?:>{1, 2}|›|→|»|->|=>|(?<![0-9])-+|-+(?![0-9])) ?{_STEP})+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NO_STEP = re.compile(r"[0-9]+(?:$|[月日号天件单个分年%])")
_SEPARATOR = re.compile(r" ?(?:->|=>|>{1,2}|›|→|»|(?<![0-9])-+|-+(?![0-9])) ?")


def path_form(text: str) -> tuple[str, ...]:
    """A menu path as its steps; of the outer ones only the ends next to a mark, for prose runs into them."""
    steps = [step.strip() for step in _SEPARATOR.split(text) if step.strip()]
    if len(steps) < 2:
        return tuple(steps)
    return (steps[0][-2:], *steps[1:-1], steps[-1][:2])


def _free(blocked: bytearray, start: int, end: int) -> bool:
    if blocked.find(1, start, end) >= 0:
        return False
    blocked[start:end] = b"\x01" * (end - start)
    return True


def find_targets(text: str, plain: str, blocked: bytearray) -> Iterator[Fact]:
    """Links as written (case counts), contacts and menu paths."""
    for pattern, group in (
        (_URL, "link"),
        (_MAIL, "contact"),
        (_DOMAIN, "link"),
        (_HANDLE, "contact"),
        (_PHONE, "contact"),
    ):
        for match in pattern.finditer(plain):
            start, end = match.span()
            end -= len(match.group()) - len(match.group().rstrip(".,;:!?"))
            if _PHONE is pattern and len(re.sub(r"\D", "", match.group())) < 7:
                continue
            if _DATE_LIKE.search(match.group()):
                continue
            if _free(blocked, start, end):
                yield Fact(group, text[start:end], start, end, text[start:end])
    for match in _PATH.finditer(plain):
        start, end = match.span()
        steps = path_form(match.group())
        if (
            len(steps) < 2
            or not _HAN.search(match.group())
            or any(_NO_STEP.match(s) for s in _SEPARATOR.split(match.group()))
        ):
            continue
        if blocked.find(1, start, end) < 0:
            yield Fact("path", steps, start, end, text[start:end])


_DATE_LIKE = re.compile(r"^(?:[12][0-9]{3}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{4}-[0-9]{2})$")


def find_names(plain: str, names: Iterable[str], blocked: bytearray) -> Iterator[Fact]:
    """Names of the bulletins (folded, longest first) and what stands in quotes."""
    taken = bytearray(len(plain))
    for name in names:
        at = plain.find(name)
        while at >= 0:
            end = at + len(name)
            edge = (
                name[:1].isascii() and plain[at - 1 : at].isascii() and plain[at - 1 : at].isalnum()
            ) or (
                name[-1:].isascii()
                and plain[end : end + 1].isascii()
                and plain[end : end + 1].isalnum()
            )
            if not edge and taken.find(1, at, end) < 0:
                taken[at:end] = b"\x01" * len(name)
                yield Fact("name", name, at, end, plain[at:end])
            at = plain.find(name, at + 1)
    for match in _QUOTED.finditer(plain):
        words = (match[1] or match[2]).strip()
        start, end = match.span()
        if taken.find(1, start, end) < 0:
            yield Fact("quote", words, start, end, words)
