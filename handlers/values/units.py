"""Words behind a figure: units, currencies, per cent."""

import re
from functools import lru_cache

from handlers.values.patterns import late, late_from

# word -> (kind, unit or currency, what one of it is worth)
Unit = tuple[str, str | None, str]

_MONEY = {
    "USD": "美元 美金 刀 usd us$ $ us dollars us dollar dollar dollars 美刀 u.s. dollars",
    "CNY": "元 块钱 块 人民币 rmb cny yuan ¥ 元人民币 元rmb kuai renminbi 圆 块人民币",
    "EUR": "欧元 eur euro euros €",
    "GBP": "英镑 gbp £ pound pounds 镑",
    "HKD": "港币 港元 hkd hk$ 港纸",
    "JPY": "日元 日币 jpy yen 円",
    "TWD": "台币 新台币 twd nt$",
    "AUD": "澳元 澳币 aud a$",
    "CAD": "加元 加币 cad c$",
    "SGD": "新币 新加坡元 sgd s$",
    "KRW": "韩元 韩币 krw won",
    "INR": "卢比 印度卢比 inr rupee rupees rs",
    "RUB": "卢布 rub ruble rubles",
    "THB": "泰铢 thb baht",
    "VND": "越南盾 vnd",
    "MYR": "林吉特 马币 myr rm ringgit",
    "CHF": "瑞郎 瑞士法郎 chf",
    "AED": "迪拉姆 aed dirham dirhams",
    "MXN": "比索 mxn",
    "BRL": "雷亚尔 brl",
    "SAR": "sar riyals riyal",
    "EGP": "egp",
    "KWD": "kwd",
    "QAR": "qar",
    "NZD": "nzd 新西兰元",
    "ILS": "ils shekels",
    "PLN": "pln",
    "UAH": "uah",
}
_DURATIONS = {
    "day": "d 天 个自然日 自然日 day days 个日历日 天时间",
    "working_day": "个工作日 工作日 工作天 working|days working|day business|days business|day workdays workday work|days",
    "week": "周 个周 个星期 星期 个礼拜 礼拜 week weeks wks",
    "month": "个月 month months mths",
    "year": "年 year years yrs",
    "hour": "小时 个小时 钟头 个钟头 个钟 hour hours hr hrs h",
    "minute": "分钟 minute minutes min mins",
    "second": "秒 秒钟 second seconds secs sec",
}
_COUNTS = {
    "piece": "件 个 只 pcs pc piece pieces item items unit units 件货 个左右",
    "set": "套 set sets",
    "pair": "双 对 pair pairs",
    "dozen": "打 dozen dozens",
    "order": "单 笔 个订单 笔订单 单子 个单 order orders",
    "product": "个品 个产品 个商品 款 款产品 个sku sku skus 品 款商品 product products 个宝贝 个链接",
    "person": "人 个人 位 个员工 人员 person persons people staff 个业务员",
    "vote": "票 votes vote",
    "point": "points point pts 个积分 积分",
}
_OTHER = {
    "%": ("share", None, "0.01"),
    "percent": ("share", None, "0.01"),
    "per|cent": ("share", None, "0.01"),
    "pct": ("share", None, "0.01"),
    "个点": ("share", None, "0.01"),
    "个百分点": ("share", None, "0.01"),
    "‰": ("share", None, "0.001"),
    "毛": ("money", "CNY", "0.1"),
    "毛钱": ("money", "CNY", "0.1"),
    "角": ("money", "CNY", "0.1"),
    "美分": ("money", "USD", "0.01"),
    "cents": ("money", "USD", "0.01"),
    "cent": ("money", "USD", "0.01"),
    "¢": ("money", "USD", "0.01"),
    "bucks": ("money", None, "1"),
    "分": ("point", "point", "1"),
    "成": ("tenth", None, "0.1"),
    "名": ("rank", None, "1"),
    "th": ("rank", None, "1"),
    "st": ("rank", None, "1"),
    "nd": ("rank", None, "1"),
    "rd": ("rank", None, "1"),
    "th|place": ("rank", None, "1"),
    "st|place": ("rank", None, "1"),
    "nd|place": ("rank", None, "1"),
    "rd|place": ("rank", None, "1"),
}
# What may not follow the word, so that it stays one.
_GUARDS = {
    "成": "(?![功交本为员品立熟绩人长果就都分])",
    "分": "(?![钟之销期配析类享别店公开])",
    "周": "(?![年岁边围一二三四五六日末])",
    "星期": "(?![一二三四五六日天])",
    "礼拜": "(?![一二三四五六日天])",
    "年": "(?![底初前月份])",
    "人": "(?!民)",
    "单": "(?![价独位一品号元])",
    "对": "(?![不吗比象方于])",
    "打": "(?![折开标包样印算扰])",
    "品": "(?![牌类质名])",
    "元": "(?![旦素])",
    "块": "(?![头])",
    "件": "(?!套)",
    "款": "(?![项式])",
    "天": "(?![猫气河津])",
    "票": "(?!据)",
    "套": "(?![餐路])",
    "秒": "(?!杀)",
    "名": "(?!字|额|称|单)",
    "角": "(?!度|色|落)",
    "位": "(?!置|于)",
    "个点": "(?!击)",
    "个品": "(?![牌类])",
    "个": "(?!个)",
    "只": "(?![有能要是用剩])",
    "双": "(?![赛十1方])",
    "刀": "(?!具|片)",
}


def _words() -> dict[str, Unit]:
    words: dict[str, Unit] = dict(_OTHER)
    for kind, table in (("money", _MONEY), ("duration", _DURATIONS), ("count", _COUNTS)):
        for name, listed in table.items():
            for word in listed.split():
                words[word] = (kind, name, "1")
    return {word.replace("|", " "): unit for word, unit in words.items()}


WORDS = _words()


def _source() -> str:
    parts = []
    for word in sorted(WORDS, key=len, reverse=True):
        guard = _GUARDS.get(word, "")
        if word[-1].isascii() and word[-1].isalpha():
            guard = "(?![a-z0-9])"
        parts.append(re.escape(word).replace(r"\ ", r"[\s-]") + guard)
    return r"(?:\s?-(?=[a-z])|\s?)(" + "|".join(parts) + ")"


BUILT_IN = late_from(_source)
_GAP = late(r"[\s-]+")


def built_in(text: str, pos: int) -> tuple[Unit, int] | None:
    """The unit that is written there and where it ends."""
    match = BUILT_IN.match(text, pos)
    return (WORDS[_GAP.sub(" ", match[1])], match.end()) if match else None


@lru_cache(maxsize=32)
def _extra(units: frozenset[tuple[str, str]]) -> tuple[re.Pattern[str], dict[str, str]]:
    words = {word.lower(): name for word, name in units if word}
    listed = "|".join(
        re.escape(word) + ("(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else "")
        for word in sorted(words, key=len, reverse=True)
    )
    return late(rf"\s?[个名位条]?\s?({listed})"), words


def extra_unit(text: str, pos: int, units: frozenset[tuple[str, str]]) -> tuple[str, int] | None:
    """The unit of the caller's own words that is written there and where it ends."""
    pattern, words = _extra(units)
    match = pattern.match(text, pos)
    return (words[match[1]], match.end()) if match else None


_BEFORE = late(
    r"(us\s?\$|hk\$|nt\$|a\$|c\$|s\$|jp¥|[$€£¥]|(?<![a-z])(?:usd|rmb|cny|eur|gbp|hkd|jpy|twd|aud|cad|sgd|krw|inr|rub|thb|vnd|myr|chf|aed|mxn|brl|sar|egp|kwd|qar|nzd|ils|pln|uah|myr|rm|rs\.?)"
    r"|人民币|美元|美金|欧元|英镑|港币|日元)\s?[:是为]?\s?$"
)


_BEFORE_ENDS = frozenset("$€£¥ :是为.币元金镑abcdefghijklmnopqrstuvwxyz")


def currency_before(text: str, floor: int, pos: int) -> tuple[str, int] | None:
    """The currency that is written before that place and where it begins."""
    if text[pos - 1] not in _BEFORE_ENDS:
        return None
    match = _BEFORE.search(text, max(floor, pos - 6), pos)
    if not match:
        return None
    word = match[1].rstrip(".").replace(" ", "")
    if word == "jp¥":
        return "JPY", match.start()
    return WORDS[word][1] or "", match.start()
