"""No word that the reply does not hold, no part of the reply without words for it."""

import re
from collections.abc import Iterator

from bot.llm.guard.lexicon import lexicon, stem, words_of
from bot.llm.guard.model import Reading, Refusal
from bot.llm.guard.structure import structural

_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
# A fact stands as one mark among the words, so that a lone character beside it has a neighbour.
_MARKED_RUN = re.compile(r"[\u4e00-\u9fff■]+")
_UNMASKED = ("quote", "sign", "path")
_COVERED = 0.5  # of what a clause speaks of
_KINDS = (
    ("contact", re.compile(r"微信|加我|加v|qq|电话|致电|拨打|热线|客服|联系|扫码|私聊|邮箱|邮件|whatsapp|wechat|call|phone|telegram|e-?mail|hotline|contact|reach (?:us|me)|message me")),
    ("platform", re.compile(r"亚马逊|速卖通|淘宝|天猫|拼多多|京东|虾皮|抖音|1688|中国制造|环球资源|敦煌|amazon|ebay|shopee|lazada|aliexpress|temu|shein|walmart|tiktok|made-in-china|global ?sources|dhgate|etsy|wish|taobao|tmall")),
    ("promise", re.compile(r"保证|承诺|包过|肯定|放心|一定|确保|稳|guarante|promis|assur|definite|surely|certain|no risk|risk-free")),
    ("advice", re.compile(r"建议|不妨|最好|推荐您|可以试|技巧|诀窍|小窍门|应该先|别忘|尽快|赶紧|抓紧|recommend|suggest|advis|should|better to|had better|tip|trick|try to|consider|hurry|don't forget|make sure")),
)  # fmt: skip


def _uncovered(run: str, source: str, known: frozenset[str]) -> list[str]:
    """The pieces of a run of Chinese that neither the source nor the lexicon explains."""
    words = lexicon()
    size = len(run)
    best: list[tuple[int, int]] = [(0, 0)] * (size + 1)
    for at in range(size - 1, -1, -1):
        best[at] = (1 + best[at + 1][0], 1)
        for length in range(1, min(size - at, 24) + 1):
            piece = run[at : at + length]
            from_source = length > 1 and piece in source
            if not (
                from_source
                or words.free(piece)
                or words.concepts(piece) & known
                or structural(piece)
                or piece == "■"
            ):
                if length > words.longest and not from_source:
                    break
                continue
            if best[at + length][0] < best[at][0] or (
                best[at + length][0] == best[at][0] and length > best[at][1]
            ):
                best[at] = (best[at + length][0], length)
    strange: list[str] = []
    at, open_run = 0, ""
    while at < size:
        cost, length = best[at]
        if cost > best[at + length][0]:
            open_run += run[at]
        elif open_run:
            strange.append(open_run)
            open_run = ""
        at += length
    return [*strange, open_run] if open_run else strange


def check_added(reply: Reading, text: Reading, language: str) -> Iterator[Refusal]:
    """Refuses what is said in words that the reply does not hold."""
    known = frozenset(f[1:] for features in reply.features for f in features if f[0] == "#")
    strange: list[str] = []
    plain = _without_facts(text)
    if language == "en":
        runs = (match.group() for match in _HAN_RUN.finditer(plain))
        strange += [run for run in runs if run not in reply.plain]
    else:
        marked = _without_facts(reply)
        source = f"{reply.plain}\n{marked}"
        whole = {match.group() for match in _MARKED_RUN.finditer(marked)}
        whole |= {run.strip("■") for run in whole if len(run.strip("■")) > 1}
        for match in _MARKED_RUN.finditer(plain):
            if match.group() in whole or match.group().strip("■") in whole:
                continue
            strange += _uncovered(match.group(), source, known)
    own = words_of(_without_facts(reply, keeping=(*_UNMASKED, "name", "code", "link")))
    stems = {stem(word) for word in own} | {stem(part) for word in own for part in _parts(word)}
    for word in words_of(plain):
        if not _known_word(word, stems, known, language):
            strange.append(word)
    for words in dict.fromkeys(strange):
        yield Refusal(_kind_of(words), words)
    for kind, pattern in _KINDS:
        new = {m.group() for m in pattern.finditer(text.plain)} - {
            m.group() for m in pattern.finditer(reply.plain)
        }
        for words in sorted(new):
            yield Refusal(kind, words)


def _kind_of(words: str) -> str:
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), "words-added")


def _parts(word: str) -> list[str]:
    return re.split(r"[-/&+.]", word)


def _known_word(word: str, stems: set[str], known: frozenset[str], language: str) -> bool:
    words = lexicon()
    root = stem(word)
    if root in stems or word in stems or word.isdecimal():
        return True
    if language != "en":
        return structural(word)
    if words.free(root) or words.free(word) or words.concepts(root) & known or structural(word):
        return True
    parts = _parts(word)
    return len(parts) > 1 and all(not p or _known_word(p, stems, known, language) for p in parts)


def _without_facts(reading: Reading, keeping: tuple[str, ...] = _UNMASKED) -> str:
    """The folded text with a mark in place of each fact."""
    pieces: list[str] = []
    at = 0
    for fact in reading.facts:
        if fact.group in keeping or fact.end <= at:
            continue
        start, end = fact.span
        pieces += [reading.plain[at : max(at, start)], "■"]
        at = end
    return "".join([*pieces, reading.plain[at:]])


def check_omitted(reply: Reading, text: Reading) -> Iterator[Refusal]:
    """Refuses where a clause of the reply has left no trace, or a word of its subject is gone.

    A concept may be put in other words; a word outside the lexicon may not, so it must be there
    (of Chinese, where words have no edges, its characters).
    """
    said = frozenset().union(*text.features) if text.features else frozenset()
    for clause, features in zip(reply.clauses, reply.features, strict=True):
        speaking = {f for f in features if f[0] != "="}
        if speaking and sum(f in said for f in speaking) < _COVERED * len(speaking):
            yield Refusal("left-out", reply.text[clause.start : clause.end].strip())
    features = frozenset().union(*reply.features) if reply.features else frozenset()
    gone = {
        part
        for feature in features - said
        if feature[0] not in "#="
        for part in (feature if _HAN_RUN.match(feature) else (feature,))
        if part not in text.plain and not _dispensable(part)
    }
    if gone:
        yield Refusal("left-out", ", ".join(sorted(gone)[:8]))


def _dispensable(word: str) -> bool:
    words = lexicon()
    return words.free(word) or bool(words.concepts(word)) or structural(word)
