"""Makes lies out of a truthful text: one thing in it is changed, dropped, doubled or added.

Reads figures with patterns of its own, not the guard's, so that both cannot be blind to the same.
Each maker yields (kind, text). A text that only differs in form is no lie and is left out.
"""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

Lie = tuple[str, str]

_SOURCE = re.compile(
    r"^(?:依据|依據|Source)[：:].*$|^[（(](?:依据的是|依據的是|This rests on).*$", re.M
)
_DIGITS = re.compile(
    r"(?<![A-Za-z0-9.,/])[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])|(?<![A-Za-z0-9.,/])[0-9]+(?:\.[0-9]+)?(?![0-9A-Za-z])"
)
_DATE_ZH = re.compile(r"(?:([0-9]{4})年)?([0-9]{1,2})月([0-9]{1,2})[日號号]")
_DATE_EN = re.compile(
    r"\b([0-9]{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December)(?: ([0-9]{4}))?"
)
_CLOCK = re.compile(r"\b([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?\b")
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_LINK = re.compile(r"https?://[^\s，。；）)]*[^\s，。；）),.]")
_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?)%")
_MONEY = re.compile(r"(USD|RMB) ([0-9](?:[0-9,]*[0-9])?(?:\.[0-9]+)?)")


def body_spans(text: str) -> list[tuple[int, int]]:
    """The spans of the text that are no source line."""
    spans, at = [], 0
    for match in _SOURCE.finditer(text):
        spans.append((at, match.start()))
        at = match.end()
    return [*spans, (at, len(text))]


def _inside(text: str, start: int, end: int) -> bool:
    return any(a <= start and end <= b for a, b in body_spans(text))


def _put(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def _found(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    return [m for m in pattern.finditer(text) if _inside(text, *m.span())]


def _zh_number(number: int) -> str:
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    if number < 20:
        return "十" + (digits[number % 10] if number % 10 else "")
    if number < 100:
        return digits[number // 10] + "十" + (digits[number % 10] if number % 10 else "")
    return "".join(digits[int(d)] for d in str(number))


_EN_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
_ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


def _wrong_numbers(word: str, chinese: bool) -> Iterator[tuple[str, str]]:
    plain = word.replace(",", "")
    if "." in plain:
        if float(plain) != int(float(plain)):
            yield "rounded", str(int(float(plain)))
        yield "figure", f"{float(plain) + 1:g}"
        return
    number = int(plain)
    yield "figure", f"{number + 1:,}"
    yield "figure", f"{number * 10:,}"
    if number > 1:
        yield "figure", f"{number - 1:,}"
    if number >= 20:
        yield (
            "rounded",
            f"{round(number, -len(str(number)) + 1):,}"
            if round(number, -len(str(number)) + 1) != number
            else f"{number + 5:,}",
        )
        if str(number) != str(number)[::-1]:
            yield "figure", str(number)[::-1]
    other = number + 1
    if chinese:
        yield "notation", _zh_number(other) if other < 100 else f"{other / 10000:g}万"
        yield "notation", "".join(chr(ord(d) + 0xFEE0) for d in str(other))
    else:
        yield "notation", _EN_SMALL[other] if other <= 20 else f"{other / 1000:g}k"
        if other <= 12:
            yield "notation", _ROMAN[other]


def figures(text: str, chinese: bool) -> Iterator[Lie]:
    """A figure changed, rounded, dropped, doubled, or changed in another notation."""
    for match in _found(_DIGITS, text):
        for kind, new in _wrong_numbers(match.group(), chinese):
            yield kind, _put(text, *match.span(), new)
        if not (
            not chinese and re.match(r"(?:19|20)[0-9]{2}$", match.group())
        ):  # a year, clear without
            yield "dropped", _put(text, *match.span(), "")
        yield (
            "doubled",
            _put(
                text,
                *match.span(),
                f"{match.group()}、{match.group()}"
                if chinese
                else f"{match.group()} and {match.group()}",
            ),
        )
    for match in _found(_PERCENT, text):
        value = match[1]
        yield "unit", _put(text, *match.span(), f"{value}‰")
        yield (
            "unit",
            _put(
                text, *match.span(), f"{value}个百分点" if chinese else f"{value} percentage points"
            ),
        )
        if "." not in value and int(value) < 100:
            wrong = int(value) + 1
            yield (
                "notation",
                _put(
                    text,
                    *match.span(),
                    f"百分之{_zh_number(wrong)}" if chinese else f"{wrong} per cent",
                ),
            )
            if chinese and int(value) % 10 == 0 and value != "0":
                yield "notation", _put(text, *match.span(), f"{_zh_number(int(value) // 10 + 1)}成")
    for match in _found(_MONEY, text):
        currency, amount = match.groups()
        other = "RMB" if currency == "USD" else "USD"
        yield "currency", _put(text, *match.span(), f"{other} {amount}")
        yield "currency", _put(text, *match.span(), f"EUR {amount}")
        yield "currency", _put(text, *match.span(), amount)
        yield "dropped", _put(text, *match.span(), "")
        number = int(float(amount.replace(",", ""))) + 100
        word = {"USD": "美元", "RMB": "元"} if chinese else {"USD": "US dollars", "RMB": "yuan"}
        scaled = f"{number / 10000:g}万" if chinese else f"{number / 1000:g} thousand "
        yield "notation", _put(text, *match.span(), f"{scaled}{word[currency]}")
        yield (
            "currency",
            _put(text, *match.span(), f"{amount}{' ' if not chinese else ''}{word[other]}"),
        )


_UNITS_ZH = [
    ("天", "小时"),
    ("天", "个工作日"),
    ("小时", "天"),
    ("分钟", "小时"),
    ("个工作日", "天"),
    ("个月", "天"),
    ("个月", "年"),
    ("单", "件"),
    ("件", "单"),
    ("分", "%"),
    ("个百分点", "%"),
    ("周", "个月"),
    ("年", "个月"),
    ("次", "天"),
    ("折", "成"),
]
_UNITS_EN = [
    ("days", "hours"),
    ("day", "hour"),
    ("days", "working days"),
    ("hours", "days"),
    ("working days", "days"),
    ("months", "days"),
    ("orders", "points"),
    ("points", "%"),
    ("points", "orders"),
    ("percentage points", "%"),
    ("weeks", "months"),
    ("minutes", "hours"),
]


def units(text: str, chinese: bool) -> Iterator[Lie]:
    """The unit behind a figure changed."""
    for old, new in _UNITS_ZH if chinese else _UNITS_EN:
        for match in _found(
            re.compile(
                rf"(?<=[0-9一二两三四五六七八九十]){re.escape(old)}"
                if chinese
                else rf"(?<=[0-9a-z] ){old}\b"
            ),
            text,
        ):
            if not chinese and not re.search(
                r"(?:[0-9]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)) $",
                text[: match.start()],
            ):
                continue
            yield "unit", _put(text, *match.span(), new)


def dates(text: str, chinese: bool) -> Iterator[Lie]:
    """A date or a time moved; also in another notation."""
    for match in _found(_DATE_ZH, text):
        year, month, day = match[1], int(match[2]), int(match[3])
        lead = f"{year}年" if year else ""
        yield (
            "date",
            _put(
                text,
                *match.span(),
                f"{lead}{month}月{day % 28 + 1}日"
                if day % 28 + 1 != day
                else f"{lead}{month}月1日",
            ),
        )
        yield "date", _put(text, *match.span(), f"{lead}{month % 12 + 1}月{day}日")
        if year:
            yield "date", _put(text, *match.span(), f"{int(year) + 1}年{month}月{day}日")
            yield (
                "date",
                _put(
                    text,
                    *match.span(),
                    f"{year}-{month:02}-{day % 28 + 1:02}"
                    if day % 28 + 1 != day
                    else f"{year}-{month:02}-01",
                ),
            )
        yield (
            "date",
            _put(text, *match.span(), f"{_zh_number(month % 12 + 1)}月{_zh_number(day)}日"),
        )
        yield "dropped", _put(text, *match.span(), "")
        yield "date", _put(text, *match.span(), f"{month}月底" if day < 20 else f"{month}月初")
    for match in _found(_DATE_EN, text):
        day, month, year = int(match[1]), _MONTHS.index(match[2]) + 1, match[3]
        tail = f" {year}" if year else ""
        yield (
            "date",
            _put(
                text,
                *match.span(),
                f"{day % 28 + 1 if day % 28 + 1 != day else 1} {match[2]}{tail}",
            ),
        )
        yield "date", _put(text, *match.span(), f"{day} {_MONTHS[month % 12]}{tail}")
        if year:
            yield "date", _put(text, *match.span(), f"{day} {match[2]} {int(year) - 1}")
        yield (
            "date",
            _put(
                text,
                *match.span(),
                f"{match[2]} {day % 27 + 2}{', ' + year if year else ''}"
                if day % 27 + 2 != day
                else f"{match[2]} 1",
            ),
        )
        yield "dropped", _put(text, *match.span(), "")
        yield (
            "date",
            _put(text, *match.span(), f"late {match[2]}" if day < 20 else f"early {match[2]}"),
        )
    for match in _found(_CLOCK, text):
        hour = int(match[1])
        yield "time", _put(text, *match.span(1), f"{(hour + 1) % 24:02}")
        yield "time", _put(text, *match.span(2), f"{(int(match[2]) + 30) % 60:02}")
        yield (
            "time",
            _put(
                text, *match.span(), f"{(hour + 13) % 12 or 12} {'pm' if hour + 1 >= 12 else 'am'}"
            ),
        )
        yield "dropped", _put(text, *match.span(), "")


def zones(text: str, chinese: bool) -> Iterator[Lie]:
    names = ("北京时间", "美国太平洋时间") if chinese else ("Beijing time", "US Pacific time")
    for old, new in (names, names[::-1]):
        for match in _found(re.compile(re.escape(old)), text):
            yield "time-zone", _put(text, *match.span(), new)
        if _found(re.compile(re.escape(old)), text):
            yield "time-zone", text.replace(old, "")


_WAYS_ZH = [
    ("不低于", "不超过"),
    ("不低于", "低于"),
    ("不低于", "高于"),
    ("不低于", ""),
    ("不超过", "不低于"),
    ("不超过", "超过"),
    ("不超过", "低于"),
    ("不超过", ""),
    ("至少", "最多"),
    ("至少", "超过"),
    ("至少", ""),
    ("最多", "至少"),
    ("最多", "超过"),
    ("最高", "最低"),
    ("最高", ""),
    ("以上", "以下"),
    ("以上", ""),
    ("以下", "以上"),
    ("以内", "以上"),
    ("超过", "不到"),
    ("超过", "达到"),
    ("大于", "小于"),
    ("小于", "大于"),
    ("低于", "高于"),
    ("低于", "不低于"),
    ("达到", "超过"),
    ("达到", "低于"),
    ("封顶", "起步"),
    ("不少于", "少于"),
    ("不足", "超过"),
    ("前", "后"),
    ("之前", "之后"),
    ("起", "止"),
    ("最晚", "最早"),
    ("截止", "开始"),
    ("约", "至少"),
]
_WAYS_EN = [
    ("at least", "at most"),
    ("at least", "more than"),
    ("at least", "less than"),
    ("at least", "about"),
    ("at least ", ""),
    ("at most", "at least"),
    ("at most", "more than"),
    ("at most ", ""),
    ("up to", "at least"),
    ("up to ", ""),
    ("more than", "less than"),
    ("more than", "at least"),
    ("less than", "more than"),
    ("less than", "at most"),
    ("no more than", "no less than"),
    ("not more than", "more than"),
    ("above", "below"),
    ("below", "above"),
    ("before", "after"),
    ("until", "from"),
    (" by ", " after "),
    ("capped at", "starting from"),
    ("within", "after"),
    ("over", "under"),
    ("or more", "or less"),
    ("from", "until"),
    ("minimum", "maximum"),
    ("maximum", "minimum"),
]


def comparisons(text: str, chinese: bool) -> Iterator[Lie]:
    """The direction of a comparison, or whether its end counts."""
    figure = re.compile(
        r"[0-9一二两三四五六七八九十百千万]"
        if chinese
        else r"[0-9]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b"
    )
    for old, new in _WAYS_ZH if chinese else _WAYS_EN:
        pattern = (
            re.escape(old)
            if chinese
            else rf"(?<![a-z]){re.escape(old.strip())}(?![a-z])"
            if old.strip() == old
            else re.escape(old)
        )
        for match in _found(re.compile(pattern), text):
            start, end = match.span()
            around = text[max(0, start - 3) : start] + text[end : end + 8]
            if old in ("前", "起", "约") and not re.match(
                r"[日号天%件单分]", text[start - 1 : start] or " "
            ):
                continue
            if old in ("前", "之前") and re.match(r"提|后|者", text[end:]):
                continue
            bare = not re.match(r"[0-9%件天单分]", text[start - 1 : start] or " ")
            if new == "" and old in ("以上", "达到") and bare:
                continue
            if old in ("不低于", "低于") and text[start - 1 : start] == "不":
                continue
            if new == "" and re.search(
                r"(?:达到|至少|不低于|不少于)[0-9.%天件单分]+$", text[:start]
            ):
                continue  # said twice
            if figure.search(around):
                yield "comparison", _put(text, start, end, new)


_NO_ZH = ["不", "没有", "没", "未", "无法", "无", "非"]
_NO_EN = [" not ", "n't ", " no longer ", " never ", "cannot ", " no ", "No ", "without "]
_INSERT_ZH = [
    "可以",
    "能",
    "符合",
    "支持",
    "属于",
    "在",
    "享受",
    "计入",
    "满足",
    "加分",
    "豁免",
    "需要",
    "包括",
    "适用",
    "生效",
    "参加",
]
_INSERT_EN = [
    "is",
    "are",
    "can",
    "may",
    "must",
    "counts",
    "applies",
    "qualifies",
    "does",
    "will",
    "has",
]


def negations(text: str, chinese: bool) -> Iterator[Lie]:
    """A negation taken out, or put in."""
    for word in _NO_ZH if chinese else _NO_EN:
        for match in _found(re.compile(re.escape(word)), text):
            start, end = match.span()
            if chinese and re.match(
                r"不(?:同|过|但|仅|足|如|管|论|少于|低于|超过|高于|晚于|早于|多于|到)|非常|未来|无论|没错|无忧|(?:不|没)(?=[^，。]{0,2}[？?])",
                text[start:],
            ):
                continue
            if (
                chinese
                and word == "不"
                and text[start - 1 : start] in (*"对差要是能会可", text[end])
            ):
                continue
            if not chinese and re.match(r"no (?:more|less|later|fewer) ", text[start:].strip()):
                continue
            new = (
                ""
                if chinese
                else {"cannot ": "can ", " no ": " a ", "No ": "A ", "without ": "with "}.get(
                    word, " "
                )
            )
            yield "negation", _put(text, start, end, new)
    for word in _INSERT_ZH if chinese else _INSERT_EN:
        pattern = re.escape(word) if chinese else rf"\b{word}\b(?! not|n't)"
        for match in _found(re.compile(pattern), text):
            start, end = match.span()
            if chinese:
                if text[start - 1 : start] in "不没未无" or text[start - 2 : start] in (
                    "没有",
                    "尚未",
                    "无法",
                ):
                    continue
                yield "negation", _put(text, start, start, "不")
                if word in ("可以", "支持", "生效", "包括"):
                    yield "negation", _put(text, start, start, "没有")
            else:
                yield "negation", _put(text, start, end, f"{word} not")


_VERDICTS_ZH = [
    ("可以", "不可以"),
    ("不能", "能"),
    ("不符合", "符合"),
    ("不适用", "适用"),
    ("不在", "在"),
    ("已经结束", "还没结束"),
    ("已结束", "进行中"),
    ("还没有上线", "已经上线"),
    ("还没", "已经"),
    ("没有豁免", "可以豁免"),
    ("不能豁免", "可以豁免"),
    ("可以豁免", "不能豁免"),
    ("进行中", "已结束"),
    ("有效期内", "已过期"),
    ("不支持", "支持"),
    ("还不支持", "已支持"),
    ("达到", "未达到"),
    ("没有达到", "达到了"),
    ("不加分", "加分"),
    ("加", "扣"),
    ("减", "加"),
    ("够", "不够"),
    ("省", "多花"),
    ("今天是最后一天", "昨天是最后一天"),
]
_VERDICTS_EN = [
    ("Yes", "No"),
    ("not included", "included"),
    ("included", "excluded"),
    ("not exempt", "exempt"),
    ("Exempt", "Not exempt"),
    ("is over", "is running"),
    ("running", "over"),
    ("not started yet", "already started"),
    ("Not in force yet", "In force already"),
    ("met", "not met"),
    ("not met", "met"),
    ("does not", "does"),
    ("do not", "do"),
    ("is not", "is"),
    ("eligible", "ineligible"),
    ("too late", "in time"),
    ("in time", "too late"),
    ("saves", "costs"),
    ("possible", "impossible"),
    ("no longer possible", "still possible"),
    ("within", "outside"),
    ("closed", "open"),
    ("reached", "missed"),
]


def verdicts(text: str, chinese: bool) -> Iterator[Lie]:
    for old, new in _VERDICTS_ZH if chinese else _VERDICTS_EN:
        for match in _found(re.compile(re.escape(old)), text):
            if (
                chinese
                and old in ("可以", "达到", "加", "减", "够", "省")
                and (
                    text[match.start() - 1 : match.start()] in "不没未参增添免"
                    or re.match(r"入|强|少|工|速|轻|订|载|拿|钟|份|级", text[match.end() :])
                )
            ):
                continue
            yield "verdict", _put(text, *match.span(), new)


_SURE_ZH = [
    ("预计", ""),
    ("预计", "确定"),
    ("预计", "已于"),
    ("以实际上线为准", ""),
    ("，以实际上线为准", "，不再变动"),
    ("大致", ""),
    ("大致时间", "准确时间"),
    ("以报名页面为准", "以公告为准"),
    ("以商家后台为准", ""),
    ("可能", "一定"),
    ("有机会", "一定"),
]
_SURE_EN = [
    ("expected", "confirmed"),
    ("is expected", "is live"),
    ("expected ", ""),
    (", subject to the actual launch", ""),
    ("subject to the actual launch", "and will not change"),
    ("approximate", "exact"),
    ("expects", "confirms"),
    ("announced", "live"),
    ("may", "will"),
]


def certainties(text: str, chinese: bool) -> Iterator[Lie]:
    for old, new in _SURE_ZH if chinese else _SURE_EN:
        pattern = re.escape(old) if chinese else rf"(?<![a-z]){re.escape(old)}"
        for match in _found(re.compile(pattern), text):
            yield "certainty", _put(text, *match.span(), new)


_TERMS_ZH = [
    ("一档", "二档"),
    ("二档", "一档"),
    ("二档", "三档"),
    ("买家", "卖家"),
    ("下单", "付款"),
    ("支付", "下单"),
    ("开始", "结束"),
    ("平台物流", "线下物流"),
    ("线下物流", "平台物流"),
    ("每单", "共"),
    ("且", "或"),
    ("同时", "任一"),
    ("仅", "不仅"),
    ("只有", "不只有"),
    ("每", "任意"),
    ("所有", "部分"),
    ("全部", "部分"),
    ("主", "副"),
    ("免费", "收费"),
    ("近90天", "近30天"),
    ("提升", "降低"),
    ("增加", "减少"),
    ("先到先得", "人人有份"),
    ("定制赛道", "RTS赛道"),
    ("金品诚企", "普通会员"),
    ("出口通", "诚信通"),
    ("店铺", "账号"),
    ("国内", "国际"),
    ("英文", "中文"),
]
_TERMS_EN = [
    ("tier 1", "tier 2"),
    ("tier 2", "tier 1"),
    ("Tier 1", "Tier 2"),
    ("Tier 2", "Tier 1"),
    ("buyers", "sellers"),
    ("seller", "buyer"),
    ("and", "or"),
    ("all", "any"),
    ("each", "the total of"),
    ("only", "also"),
    ("Platform logistics", "Own logistics"),
    ("own logistics", "platform logistics"),
    ("paid", "placed"),
    ("placed", "paid"),
    ("free", "paid"),
    ("English", "Chinese"),
    ("domestic", "international"),
    ("start", "end"),
    ("included", "cancelled"),
    ("first come first served", "for everyone"),
    ("required", "optional"),
    ("main", "other"),
    ("increase", "decrease"),
]


def terms(text: str, chinese: bool) -> Iterator[Lie]:
    """A word of the rule replaced by one that changes it."""
    for old, new in _TERMS_ZH if chinese else _TERMS_EN:
        pattern = re.escape(old) if chinese else rf"(?<![A-Za-z]){re.escape(old)}(?![A-Za-z])"
        for match in _found(re.compile(pattern), text):
            if old == "and" and not re.search(r"\b(?:all|both|must|at least|needs?)\b", text):
                continue
            if old in ("主", "每", "且", "且") and re.match(
                r"要|营|题|办|动|商|月|天|个月", text[match.end() :]
            ):
                continue
            if old == "且" and text[match.start() - 1 : match.start()] in "并而":
                continue
            if old in ("all", "and") and re.match(r" in all| told| so on", text[match.end() :]):
                continue
            yield "term", _put(text, *match.span(), new)


def swaps(text: str, chinese: bool) -> Iterator[Lie]:
    """Two figures of a kind change places; so do two dates, two names in a row."""
    groups: list[list[re.Match[str]]] = [
        _found(_MONEY, text), _found(_PERCENT, text), _found(_DATE_ZH if chinese else _DATE_EN, text),
        _found(_CLOCK, text), _found(re.compile(r"(?<![0-9])[0-9]+(?=分(?!钟))" if chinese else r"(?<![0-9])[0-9]+(?= points?\b)"), text),
        _found(re.compile(r"(?<![0-9.])[0-9]+(?=[天单件个次])" if chinese else r"(?<![0-9.])[0-9]+(?= (?:days|orders|products|pieces|times))"), text),
        _found(re.compile(r"一档|二档" if chinese else r"(?<![A-Za-z])[Tt]ier [12]\b"), text),
        _found(_LINK, text),
        _found(re.compile(r"平台物流|线下物流" if chinese else r"平台物流|线下物流|Platform logistics|Own logistics"), text),
        _found(re.compile(r"UPS[^\s，。；、（(]*|FedEx[^\s，。；、（(]*|DHL[^\s，。；、（(]*|全球[^\s，。；、（(]*(?:专线|小包)"), text),
    ]  # fmt: skip
    mixed = sorted({m.span(): m for g in groups[:7] for m in g}.values(), key=lambda m: m.start())
    for one, two in pairwise(mixed):
        if one.end() <= two.start() and "\n" not in text[one.end() : two.start()]:
            plain = [
                re.sub(r"(?<![0-9])0(?=[0-9])|[12][0-9]{3}年| [12][0-9]{3}$", "", m.group())
                for m in (one, two)
            ]
            if plain[0] != plain[1] and re.search(r"[\w]", text[one.end() : two.start()]):
                yield (
                    "crossed",
                    f"{text[: one.start()]}{two.group()}{text[one.end() : two.start()]}{one.group()}{text[two.end() :]}",
                )
    for found in groups:
        for one, two in list(combinations(found, 2))[:24]:
            a, b = (
                re.sub(r"(?<![0-9])0(?=[0-9])| [12][0-9]{3}$", "", m.group().casefold())
                for m in (one, two)
            )
            if a == b or one.end() > two.start() or a.endswith(b) or b.endswith(a):
                continue
            if found is groups[-1] and "\n" not in text[one.end() : two.start()]:
                continue  # within one list the order says nothing
            yield (
                "swapped",
                text[: one.start()]
                + two.group()
                + text[one.end() : two.start()]
                + one.group()
                + text[two.end() :],
            )


def links(text: str, chinese: bool) -> Iterator[Lie]:
    for match in _found(_LINK, text):
        url = match.group()
        yield "link", _put(text, *match.span(), url[:-1] + ("7" if url[-1] != "7" else "8"))
        yield (
            "link",
            _put(
                text,
                *match.span(),
                url.replace("alibaba", "allbaba", 1) if "alibaba" in url else url + "x",
            ),
        )
        yield "link", _put(text, *match.span(), "https://bit.ly/3xYz")
        yield (
            "link",
            _put(text, *match.span(), re.sub(r"^(https?://)([^/]+)", r"\1\2.evil.com", url)),
        )
        yield "link", _put(text, *match.span(), "")
        yield (
            "link",
            _put(
                text,
                *match.span(),
                url.replace("https", "http", 1)
                if url.startswith("https")
                else url.replace("http", "https", 1),
            ),
        )
        if "?" in url:
            yield "link", _put(text, *match.span(), url.split("?")[0])
    for match in _found(
        re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{2,12}(?:[-›>→][\u4e00-\u9fffA-Za-z0-9]{2,12}){1,4}"),
        text,
    ):
        steps = re.split(r"([-›>→])", match.group())
        if not re.search(r"[\u4e00-\u9fff]", match.group()) or re.search(
            r"[0-9]-[0-9]", match.group()
        ):
            continue
        if len(steps) >= 5:
            yield (
                "path",
                _put(
                    text,
                    *match.span(),
                    "".join([steps[0], steps[1], *steps[4:], steps[3], steps[2]])
                    if len(steps) > 5
                    else "".join([steps[0], steps[1], steps[4], steps[3], steps[2]]),
                ),
            )
            yield "path", _put(text, *match.span(), "".join([*steps[:2], *steps[4:]]))
        yield "path", _put(text, *match.span(), "".join([*steps[:-1], "数据中心"]))


_ADDED_ZH = [
    ("promise", "我们保证您一定能通过。"), ("promise", "放心，肯定没问题！"), ("promise", "按这个做，包过。"), ("promise", "平台承诺全额补偿。"), ("promise", "审核一定会通过。"), ("promise", "名额给您留着。"),
    ("contact", "有问题加微信 ali8888。"), ("contact", "请拨打400-888-8888。"), ("contact", "可联系 help@alibaba-inc.com。"), ("contact", "请联系您的客户经理办理。"), ("contact", "加QQ群12345678咨询。"), ("contact", "私聊我即可。"), ("contact", "电话：13800138000"),
    ("platform", "亚马逊也是同样的规则。"), ("platform", "速卖通同样适用。"), ("platform", "1688商家也可以参加。"), ("platform", "在淘宝也可以报名。"),
    ("advice", "建议您尽快提交申诉。"), ("advice", "最好多开几个店铺。"), ("advice", "可以先刷几单凑够交易额。"), ("advice", "不妨把价格调低一些。"), ("advice", "建议拆单发货。"),
    ("added", "另外还可额外加2分。"), ("added", "此外再减RMB 50。"), ("added", "活动延长至2021年12月31日。"), ("added", "全部会员都可以参加。"), ("added", "该规则已取消。"), ("added", "这项要求可以忽略。"), ("added", "不符合也可以申请。"), ("added", "违规将被永久封店。"), ("added", "以上规则仅供参考。"), ("added", "逾期也可以补交。"), ("added", "免费赠送流量券。"), ("added", "详见https://alibaba-vip.com/a。"), ("added", "约需3个工作日。"), ("added", "大概率可以。"), ("added", "子账号不受限制。"), ("added", "新店翻倍。"),
]  # fmt: skip
_ADDED_EN = [
    ("promise", "We guarantee that you will pass."), ("promise", "Don't worry, it will definitely work."), ("promise", "I promise you will get it."), ("promise", "You will surely be approved."), ("promise", "A place is reserved for you."), ("promise", "We will refund any loss."),
    ("contact", "Add me on WeChat: ali8888."), ("contact", "Call 400-888-8888."), ("contact", "Write to help@alibaba-inc.com."), ("contact", "Contact your account manager."), ("contact", "Message us on WhatsApp."), ("contact", "Phone: +86 138 0013 8000"),
    ("platform", "Amazon has the same rule."), ("platform", "The same holds on AliExpress."), ("platform", "Sellers on eBay may join as well."), ("platform", "You can also use 1688."),
    ("advice", "I recommend that you appeal soon."), ("advice", "You should open more shops."), ("advice", "Try to split the order."), ("advice", "It is better to lower the price."), ("advice", "Consider a second account."),
    ("added", "You also get 2 more points."), ("added", "There is another RMB 50 off."), ("added", "It was extended to 31 December 2021."), ("added", "All members may join."), ("added", "The rule was cancelled."), ("added", "You may ignore this condition."), ("added", "Others may apply too."), ("added", "Violators are banned for ever."), ("added", "This is for reference only."), ("added", "Late submissions are accepted."), ("added", "It is free of charge."), ("added", "See https://alibaba-vip.com/a."), ("added", "It takes about three working days."), ("added", "Probably yes."), ("added", "Sub accounts are not limited."), ("added", "New shops get double."),
]  # fmt: skip


def additions(text: str, chinese: bool) -> Iterator[Lie]:
    """A promise, a contact, another platform, advice or a claim put in."""
    lines = text.split("\n")
    for i, (kind, sentence) in enumerate(_ADDED_ZH if chinese else _ADDED_EN):
        if sentence.rstrip("。.") in text:
            continue
        if "free of charge" in sentence and "free of charge" in text:
            continue  # said already
        if i % 3 == 0:
            yield kind, f"{sentence}\n{text}"
        elif i % 3 == 1:
            yield kind, f"{text}\n{sentence}"
        else:
            yield kind, "\n".join([f"{lines[0]}{'' if chinese else ' '}{sentence}", *lines[1:]])


def forms(text: str, chinese: bool) -> Iterator[Lie]:
    """Markup, unseen characters, another language, far too long, empty."""
    yield "markup", f"**{text.splitlines()[0]}**" + text[len(text.splitlines()[0]) :]
    yield "markup", f"<b>{text}</b>"
    yield "markup", f"{text}<script>alert(1)</script>"
    yield "markup", f"# {text}"
    yield "markup", f"```\n{text}\n```"
    yield "markup", text[:3] + "\u200b" + text[3:]
    yield "markup", text[:3] + "\u202e" + text[3:]
    yield "markup", f"{text} [点击](https://evil.com)"
    yield "markup", f"{text} 🎉🎉"
    yield "length", "\n".join([text] * 4)
    yield "doubled", f"{text}\n{text}"
    yield "empty", ""
    yield "empty", "   \n"
    yield "language", "This is not covered by the bulletin." if chinese else "公告没有写这一点。"
    yield "language", "この規則は適用されません。" if chinese else "Esta regla no se aplica."


def omissions(text: str, chinese: bool) -> Iterator[Lie]:
    """A sentence left out."""
    spans = [
        m.span()
        for m in re.finditer(
            r"[^。；;\n]+[。；;\n]?" if chinese else r"[^;\n]+?(?:\. |[;\n]|$)", text
        )
    ]
    spans = [
        (a, b)
        for a, b in spans
        if _inside(text, a, b) and len(text[a:b].strip()) > (8 if chinese else 16)
    ]
    if len(spans) < 2:
        return
    for start, end in spans:
        piece = text[start:end].strip(" \n。；;.-")
        rest = _put(text, start, end, "")
        units = (
            [piece[i : i + 2] for i in range(len(piece) - 1)]
            if chinese
            else re.findall(r"\w+", piece)
        )
        if sum(unit not in rest for unit in units) < 4:
            continue  # said elsewhere in the reply as well
        yield "omitted", _put(text, start, end, "")


MAKERS = (figures, units, dates, zones, comparisons, negations, verdicts, certainties, terms, swaps, links, additions, forms, omissions)  # fmt: skip


def _form(text: str) -> str:
    return re.sub(r"\s+", "", text)


def lies(text: str, chinese: bool) -> Iterator[Lie]:
    """All lies about a text, none twice, none that differs only in blanks."""
    seen = {_form(text)}
    for maker in MAKERS:
        for kind, lie in maker(text, chinese):
            if (form := _form(lie)) not in seen:
                seen.add(form)
                yield kind, lie
