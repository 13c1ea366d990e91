"""Figures that are no values: names, ids, links, tiers, list markers and figures of speech."""

from handlers.values.patterns import late

_NAMES = late(
    r"https?:\S{1,2000}|www\.[!-~]{1,2000}|[a-z0-9._-]{1,64}@[a-z0-9.-]{1,255}"
    r"|[a-z0-9-]{1,63}\.(?:com|cn|net|html?)(?![a-z])[!-~]{0,2000}"
    # Long bare digits, phone numbers, HS codes, versions.
    r"|(?<![0-9,.])\+?[0-9]{9,}(?:\.[0-9]+)?(?![0-9])"
    r"|(?<![0-9])\+?86[\s-]?1[3-9][0-9](?:[\s-]?[0-9]{4}){2}(?![0-9])|\+[0-9]{1,3}[\s-][0-9-]{6,20}|(?<![0-9.,])0[0-9]{2,3}-[0-9]{7,8}(?![0-9])|(?<![0-9.,])[48]00-[0-9]{3,4}-[0-9]{3,4}(?![0-9])"
    r"|(?<![0-9.,])1[3-9][0-9](?:[\s-][0-9]{4}){2}(?![0-9])|(?<![0-9.,-])[0-9]{3}[-.][0-9]{3}[-.][0-9]{4}(?![0-9])"
    r"|(?<![0-9.,])(?!(?:19|20)[0-9]{2}\.(?:0[1-9]|1[0-2])\.(?:0[1-9]|[12][0-9]|3[01])(?![.0-9]))"
    r"[0-9]{4}\.[0-9]{2}(?:\.[0-9]{2}){1,2}(?![0-9])|(?:hs\s?(?:code|编码)?|海关编码)\s?[:是为#]?\s?[0-9][0-9. ]{3,14}"
    r"|(?<![0-9.])(?!(?:19|20)[0-9]{2}\.)[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}(?:\.[0-9]{1,4})?(?![0-9])"
    # Digits that are said to be an id.
    r"|(?:订单号|单号|编号|工单号?|尾号|运单号?|店铺号|工号|账号|会员号|手机号?|电话|微信号?|(?<![a-z])qq号?|验证码|邮编|编码|客服热线"
    r"|(?<![a-z])(?:order\s?(?:no\.?|number|id|#)|(?:tracking|ticket|invoice|phone|tel|mobile)(?:\s?(?:no\.?|number|id|#))?|topicid|code|id))"
    r"(?:\s?(?:号|是|为|[:#=_-]|is|no\.?)){0,3}\s?[a-z]{0,4}[0-9][0-9a-z-]{2,}"
    r"|\#[0-9]{5,}"
)
_CODES = late(
    # 3C, 3D, 5G, T+1, Q3, model numbers.
    r"(?<![a-z0-9.])t\s?[+-]\s?[0-9]{1,2}(?![0-9])|(?<![a-z0-9])[1-4]q(?![a-z0-9])|(?<![a-z0-9])[qh][1-4](?![0-9a-z])"
    r"|(?<![0-9.,])[1-4]d(?![a-z])|(?<![0-9.,])[0-9]{1,2}[cg](?![a-z])|(?<![0-9.,a-z])1688(?![0-9.,])|(?<![0-9])24/7(?![0-9])"
    r"|(?:双|雙)(?:十一|十二|11|12)|(?<![0-9.])(?:618|11\.11|12\.12)(?=大促|活动|节)|(?<![0-9])4s店"
)
_ORDINALS = late(
    r"第?\s?(?:[0-9]{1,2}|[一二两三四五六七八九十首])\s?、?(?:[0-9一二三]\s?)?(?:档|星(?!期)|等奖|级(?!别)|赛道|阶)"
    r"|(?<![a-z])(?:tier|level|phase|batch|stage|step|grade|version|v|class|page|round|season|part|question|option)s?\s?[0-9]{1,3}(?:\s?(?:and|or|/|-|to)\s?[0-9]{1,3})?(?![0-9a-z%]|[.,][0-9])"
    r"|(?<![a-z0-9])[0-9]\s?-?stars?(?![a-z])|(?<![a-z])(?:one|two|three|four|five)[\s-]stars?(?![a-z])"
    r"|第\s?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3}|几)\s?(?:次|个|批|期|条|步|页|章|季度?|种|款|单|笔|天|周(?![一二三四五六日])|月|方|项|点|部分|类|件|轮|档|星|代|版|课|讲|层|家|年|段|行|列)"
    r"|第三方|(?:这|那|哪|每|某|同|另|另外|有|任|上|下|头)一?[一1]\s?(?:个|单|笔|件|天|条|次|票|款|家|种|期|批|周|年|月|步|位|项|场)"
    r"|[一1]个(?!月|星期|礼拜|工作日|小时|钟|季度|百分点|点(?!击)|半|亿|[a-z]*\s?$|[,。!?;、])"
)
_SPEECH = late(
    "一(?:下|些|起|般|直|样|旦|切|定|律|概|点(?!半|[零一二三四五0-9]|钟)|边|方面|共(?=是|有|多)|会儿?|口价|步|块儿|块(?=去|来|弄|做|报|参)|刀切|站式|向|系列|致|心|流|手|线|道|时|再|次性|对一|边|同|体|个劲|连串|条龙|度|来)"
    "|1对1|一1|万一|千万(?=别|不|要|记|注意)|十分(?=[^0-9钟之,。!?吗呢\\s])|百分点|五金|五花八门|七言|四海|三方|三角|七夕|九州|八卦|四处|四面|千方百计|三心二意|最后一天|头一天|有一天"
    "|万事|万分|万能|万物|百货|百度|百搭|百家|千人千面|千牛|千川|万里|万元户|十字|双十|两边|两头|两者|两样|两面|两难|半成品|半天没|一年到头|乱七八糟|七上八下"
    "|半自动|半托管|半夜|多半|半路|各半|半价|半导体|[0-9一二三四五六七八九](?:\\.[0-9])?折|一举|独一|唯一|统一|单一|一一|专一|(?<!分)之一(?=[的,。!?]|$)|逐一|第一时间|成百上千|千差万别"
)
_CLAUSE = r"(?:^|[\n。;!?,:】」\]》👉])\s{0,3}"
_MARKERS = late(
    r"(?<=\s)(?P<listed>[(\[]?[0-9]{1,2}[、)\]](?![0-9]))|"
    rf"{_CLAUSE}(?P<mark>[(\[]?[0-9]{{1,2}}(?:、(?![0-9])|[)\]](?![0-9])|\.(?=\s|[^\s0-9a-z])))"
    r"|(?P<paren>\([0-9]\)(?=[^\s0-9%]))|(?P<alone>(?<![0-9.])[1-9]\ufe0f?\u20e3)"
)
_LOOSE_MARKER = late(
    r"(?:^|(?<=[\s,。;!?:👉]))([1-9])(?=[^\W\d_a-z])(?!\s?[万亿千百十元美刀块毛角%折成倍分星件个套单人票条次天周小年月日号点秒名位款品打双对张台])"
)
_MENTION = late(r"@[^\s@,。:;!?]{0,30}[0-9][^\s@,。:;!?]{0,30}")


def _cover(blocked: bytearray, start: int, end: int) -> None:
    blocked[start:end] = b"\x01" * (end - start)


_DIGIT = late("[0-9]")


def mask(text: str) -> bytearray:
    """One byte for each character of the folded text: 1 where no value may be read."""
    blocked = bytearray(len(text))
    figures = bool(_DIGIT.search(text))
    for pattern in (_NAMES, _CODES, _ORDINALS, _SPEECH) if figures else (_ORDINALS, _SPEECH):
        for match in pattern.finditer(text):
            _cover(blocked, *match.span())
    if not figures:
        return blocked
    for match in _MARKERS.finditer(text):
        _cover(blocked, *match.span(match.lastgroup or 0))
    loose = list(_LOOSE_MARKER.finditer(text))
    if [m[1] for m in loose][:2] == ["1", "2"]:
        for match in loose:
            _cover(blocked, *match.span(1))
    if "@" in text:
        for match in _MENTION.finditer(text):
            _cover(blocked, *match.span())
    return blocked
