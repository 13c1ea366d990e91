"""Negation, certainty, alternatives, assurances: the small words on which a verdict turns."""

import re
from collections import Counter
from collections.abc import Iterator

from bot.llm.guard.model import Fact, Reading, Refusal

# Words with a negative character that negate nothing, and comparisons, which are read elsewhere.
_NO_NEGATION = re.compile(
    r"不足|不到|无论|不管|不论|不过|不同|不一样|对不起|不好意思|不妨|非常|未来|无忧|不断|是不是|能不能|可不可以|要不要|有没有|是否|否则|没问题"
    r"|缺一不可|(?:级|类|区|特|识|分|个|性|鉴|辨)别|别(?:的|人|名)|无锡|差不多|了不起|莫过|不客气|免不了|不外乎"
    r"|(?<![a-z])(?:nothing but|no\.(?=\s?[0-9■])|why not|whether or not)(?![a-z])"
)
_NEGATION = re.compile(
    r"(?:不能|不得|不可|不会|不要|不应该?|不必|不|没有|没|未)(?:超过|超出|多于|高于|大于|超|长于|晚于|迟于|少于|低于|小于|短于|早于|少(?=[于]))"
    r"|不足|不到|无论|不管|不论|不仅|不但|不过|不同|不一样|对不起|不好意思|不妨|非常|未来|无忧|不断|不止|是不是|能不能|可不可以|要不要|有没有|是否|否则|没问题|不止"
    r"|(?:缺一不可)|(?:级|类|区|特|识|分|个|性|鉴|辨)别|别(?:的|人|名)|无锡|不下于|差不多|了不起|莫过|不客气|免不了|不外乎"
    r"|(?<![a-z])(?:no|not) (?:more|less|fewer|later|higher|lower|earlier|longer|shorter|greater|over|under|above|below|exceed(?:ing)?)(?: than)?(?= |$)(?<!no longer)"
    r"|(?<![a-z])(?:must|may|does|do|should)(?:n't| not) exceed|(?<![a-z])cannot exceed|without exceeding"
    r"|(?<![a-z])(?:nothing but|not only|no\.(?=\s?[0-9])|why not|whether or not)(?![a-z])"
)
_NEGATION = re.compile(
    r"并非|没有|无法|无需|不再|不|没|未|无|非|勿|别|莫|否|除外|排除|拒绝"
    r"|(?<![a-z])(?:cannot|can not|not|no|none|never|neither|without|unable|unavailable|ineligible|impossible|excluded|excludes?|except|unless|fail(?:s|ed)?|nothing|nobody|hardly|barely|lacks?)(?![a-z])"
    r"|n't(?![a-z])|(?<![a-z])non-"
)
_LEAD = re.compile(r"(?:^|[。！!\n]|\. )\s*(?P<word>no|yes)(?=[,.:;!-]| -)")
_HEDGES = (
    ("expected", re.compile(r"预计|预期|计划(?![书表])|拟(?=[于定])|暂定|有望|预告|(?<![a-z])(?:expect(?:s|ed)?|planned|plans?|tentative(?:ly)?|scheduled|slated|anticipated|announced|due to (?:start|begin|launch|go))(?![a-z])")),
    ("subject", re.compile(r"为准|以[^，。；\n]{1,16}为准|(?<![a-z])(?:subject to|decides?|prevails?|takes precedence|depend(?:s|ing)? on)(?![a-z])")),
    ("approximate", re.compile(r"大致|大约|大概|约(?=[0-9一二三四五六七八九十百千万])|左右|或许|可能|估计|恐怕|似乎|应该会|(?<![a-z])(?:approximate(?:ly)?|roughly|about(?= (?:[0-9]|the ))|around|maybe|perhaps|likely|probably|might|presumably|seems?|appears to)(?![a-z])")),
)  # fmt: skip
_OTHERS = (
    ("sure", re.compile(r"一定(?!程度)|肯定|绝对|必定|必然|保证|确保|承诺|放心|包您|包你|百分百|无条件|稳[过拿]|(?<![a-z])(?:definite(?:ly)?|certain(?:ly)?|sure(?:ly)?|guarante\w*|promis\w*|assur\w*|always|undoubtedly|absolutely|without (?:a )?doubt|rest easy|no matter what)(?![a-z])")),
    ("or", re.compile(r"或者?(?!以[上下]|更|大于|小于|等于)|任一|任意一|其中之一|二选一|之一|(?<![a-z])(?:or|either)(?![a-z])(?! (?:more|less|fewer|above|below|over|under|higher|lower|longer|better|earlier|later|so|greater)(?![a-z]))")),
    ("only", re.compile(r"只(?![要需读])(?:有|限|能)?|仅(?:限|有|仅)?|唯一|(?<![a-z])(?:only|just|solely|exclusively)(?![a-z])")),
    ("already", re.compile(r"已经?|早已")),
    ("all", re.compile(r"全部|所有|一切|全都|一律|(?<![a-z])(?:all(?! (?:in|told)(?![a-z]))|everything|both)(?![a-z])")),
    ("any", re.compile(r"任何|任意|任一|(?<![a-z])any(?:one|thing)?(?![a-z])")),
    ("some", re.compile(r"部分|有些|某些|(?<![a-z])(?:some|partly|partial(?:ly)?|most|many|few)(?![a-z])")),
    ("deducted", re.compile(r"扣|罚|(?<![a-z])(?:deduct\w*|penalt\w*|minus)(?![a-z])")),
    ("whether", re.compile(r"是否|能否|能不能|可不可以|是不是|要不要|会不会|退不退|(?<![a-z])whether(?![a-z])")),
    ("upcoming", re.compile(r"即将|将要|(?<![a-z])(?:soon|upcoming|about to)(?![a-z])")),
    ("each", re.compile(r"每|月月|年年|天天|/(?=[次单个条件年月天])|(?<![a-z])(?:each|every|per(?!\s?cent))(?![a-z])")),
    ("if", re.compile(r"如果|的话|若(?!干)|假如|除非|前提|(?<![a-z])(?:if|unless|provided that|on condition)(?![a-z])")),
)  # fmt: skip
_WHEN = re.compile(r"(?<![a-z])when(?:ever)?(?![a-z])")
# Of these a rewording may say fewer or other words of the kind, but none where there was none.
LOOSE = ("all", "some")


def events(reading: Reading) -> Iterator[Fact]:
    """The small words of a text, as facts of the group `stance`; not those of a comparison."""
    covered = list(reading.plain)
    for fact in reading.facts:
        if fact.reach[1]:
            for i in range(*fact.reach):
                covered[i] = "■"
    plain = "".join(covered)
    for match in _NO_NEGATION.finditer(plain):
        covered[match.start() : match.end()] = " " * (match.end() - match.start())
    for match in _LEAD.finditer(plain):
        start, end = match.span("word")
        covered[start:end] = " " * (end - start)
        yield Fact("stance", f"lead-{match['word']}", start, end, match["word"], soft=True)
    masked = "".join(covered)
    for match in _NEGATION.finditer(masked):
        yield Fact("stance", "neg", *match.span(), match.group())
    for name, pattern in (*_HEDGES, *_OTHERS):
        for match in pattern.finditer(plain):
            yield Fact("stance", name, *match.span(), match.group())


_OPPOSITES = tuple(
    tuple(re.compile(words) for words in pair)
    for pair in (
        (
            r"买家|客户|(?<![a-z])(?:buyer|customer)",
            r"卖家|商家|供应商|(?<![a-z])(?:seller|merchant|supplier)",
        ),
        (r"国内|(?<![a-z])domestic", r"国际|(?<![a-z])international"),
        (
            r"下单|(?<![a-z])plac(?:e|ed|ing)(?![a-z])",
            r"付款|支付|(?<![a-z])(?:paid|pay|payment)(?![a-z])",
        ),
        (r"线上|(?<![a-z])online", r"线下|(?<![a-z])offline"),
        (r"中文|(?<![a-z])chinese", r"英文|(?<![a-z])english"),
        (r"主账号|(?<![a-z])main(?![a-z])", r"子账号|(?<![a-z])(?:sub|other)(?![a-z])"),
        (
            r"提升|提高|增加|增长|(?<![a-z])(?:increas|rise|rose|grow)",
            r"降低|减少|下降|(?<![a-z])(?:decreas|fall|fell|drop|declin)",
        ),
        (
            r"开始|开启|(?<![a-z])(?:start|begin|began|open)",
            r"结束|截止|终止|(?<![a-z])(?:end(?:s|ed|ing)?|clos)(?![a-z])",
        ),
        (r"主营|主營", r"副营|副營"),
        (
            r"(?<![增添参])加(?![入盟工急总强载])|(?<![a-z])add(?:s|ed)?(?![a-z])",
            r"减(?!少)|(?<![a-z])(?:minus|off)(?![a-z])",
        ),
        (r"平台物流|(?<![a-z])platform logistics", r"线下物流|自有物流|(?<![a-z])own logistics"),
        (r"免费|(?<![a-z])free(?![a-z])", r"收费|(?<![a-z])(?:charg|paid)"),
        (r"之前|以前|(?<![a-z])before(?![a-z])", r"之后|以后|(?<![a-z])after(?![a-z])"),
    )
)


def check_opposites(reply: Reading, text: Reading) -> Iterator[Refusal]:
    """A word that took the place of its opposite."""
    for pair in _OPPOSITES:
        change = [len(p.findall(text.plain)) - len(p.findall(reply.plain)) for p in pair]
        if min(change) < 0 < max(change):
            grown = pair[change.index(max(change))].search(text.plain)
            yield Refusal("verdict", grown.group() if grown else "")


def check_counts(reply: Reading, text: Reading) -> Iterator[Refusal]:
    """As many negations, hedges, alternatives and assurances as the reply has."""
    wanted, given = (Counter(f.value for f in events(r)) for r in (reply, text))
    for name in sorted({*wanted, *given}, key=str):
        have, want = given[name], wanted[name]
        code = _CODES.get(str(name), "certainty")
        if name == "lead-no":
            if have and not want and (wanted["lead-yes"] or not _negated_first(reply)):
                yield Refusal("negation", "no")
        elif name == "lead-yes":
            if have and not want:
                yield Refusal("verdict", "yes")
        elif name == "if":
            if want and not have and not _WHEN.search(text.plain):
                yield Refusal(code, f"{name}: {want} → {have}")
        elif name == "any":
            if have and not want:
                yield Refusal(code, f"{name}: {want} → {have}")
        elif name in LOOSE:
            if (have > 0) != (want > 0) or have > want + 1:
                yield Refusal(code, f"{name}: {want} → {have}")
        elif have != want:
            yield Refusal(code, f"{name}: {want} → {have}")


_CODES = {
    "neg": "negation",
    "or": "negation",
    "only": "negation",
    "all": "negation",
    "each": "negation",
    "if": "negation",
}


def _negated_first(reading: Reading) -> bool:
    """Whether the first sentence negates."""
    end = max((c.end for c in reading.clauses if c.sentence == 0), default=0)
    return any(f.value == "neg" and f.start < end for f in events(reading))


def hedged(reading: Reading, fact: Fact) -> bool:
    """Whether a word of expectation stands in the fact's sentence."""
    home = next((c.sentence for c in reading.clauses if c.start <= fact.start < c.end), None)
    spans = [(c.start, c.end) for c in reading.clauses if c.sentence == home]
    if not spans:
        return False
    start, end = min(s for s, _ in spans), max(e for _, e in spans)
    return bool(_HEDGES[0][1].search(reading.plain, start, end))


def check_certainty(reply: Reading, text: Reading) -> Iterator[Refusal]:
    """A date that is expected stays expected; one that is sure stays sure."""
    known: dict[object, set[bool]] = {}
    for fact in reply.facts:
        if fact.group == "date":
            known.setdefault(fact.value[1:], set()).add(hedged(reply, fact))
    for fact in text.facts:
        if fact.group == "date":
            states = known.get(fact.value[1:])
            if states and hedged(text, fact) not in states:
                yield Refusal("certainty", fact.text)
