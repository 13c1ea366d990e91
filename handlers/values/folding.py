"""One form for the many ways to write the same character, with the way back to the text as given."""

from dataclasses import dataclass

from handlers.values.patterns import late

_TRADITIONAL = dict(
    zip(
        "兩萬億點幾個號週週禮後這時間鐘塊幣陸貳壹叁肆伍柒捌玖佰仟〇雙對單產詢盤筆內過滿達餘"
        "約莫數韓歐銀鎊圓邊頭們還沒從報價權於總額費買賣獎紅積評級開齊盡將"
        "員條張種業離裡裏為與並動應該樣讓給項預計實際顧無據曉負盧幾併寶貝樓戶錢"
        "廣來國慶節間個嘅訂購單號電話機編碼聯絡這邊會議軟體結算綁",
        "两万亿点几个号周周礼后这时间钟块币六二一三四五七八九百千零双对单产询盘笔内过满达余"
        "约莫数韩欧银镑元边头们还没从报价权于总额费买卖奖红积评级开齐尽将"
        "员条张种业离里里为与并动应该样让给项预计实际顾无据晓负卢几并宝贝楼户钱"
        "广来国庆节间个的订购单号电话机编码联络这边会议软体结算绑",
        strict=True,
    )
)
_TRADITIONAL |= {"贰": "二", "陆": "六", "占": "占", "佔": "占", "係": "是", "%": "%", "﹪": "%"}
_DASHES = dict.fromkeys("–—―‐‑‒⁃─━", "—") | {"−": "-", "﹣": "-", "〜": "~", "∼": "~", "∽": "~"}
_MARKS = {"｡": "。", "﹑": "、", "′": "'", "’": "'", "‘": "'"}
_SPACES = dict.fromkeys(
    "\t\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " "
)

_FOLD: dict[int, str] = {ord(a): b for a, b in _TRADITIONAL.items()}
_FOLD |= {ord(a): b for a, b in (_DASHES | _MARKS | _SPACES).items()}
_FOLD |= {0xFF01 + i: chr(0x21 + i).lower() for i in range(94)}
_FOLD |= {ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_FOLD |= {0xFFE5: "¥", 0xFFE1: "£", 0xFFE0: "¢", 0xFE69: "$", 0xFE50: ",", 0xFE52: ".", 0xFE55: ":"}

# Formal digits are everyday words too (收拾, 参加, 陆续), so they count only beside one another.
_FORMAL_RUN = late("[壹贰貳叁參参肆伍陆陸柒捌玖拾佰仟萬万億亿零〇]{2,}")
_FORMAL_DIGIT = late("[壹贰貳叁參参肆伍陆陸柒捌玖拾佰仟]")
_FORMAL = str.maketrans("叁參参拾陆陸伍", "三三三十六六五")
# 150，900 lists two figures; 1，200 is one.
_LISTED = late("(?<=[0-9]{3})，(?=[0-9])")
_UNSEEN = late(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded text, the text as given, and the offset of each folded character in the latter."""

    text: str
    given: str
    offsets: tuple[int, ...] | None

    @property
    def visible(self) -> str:
        """The text as given without the characters that nobody sees: as long as `text`."""
        if self.offsets is None:
            return self.given
        return "".join([self.given[i] for i in self.offsets])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text as given that the folded span stands for."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str) -> Folded:
    """Half-width, lower case, simplified numerals and units; characters that nobody sees left out."""
    given, offsets = text, None
    if not text.isascii():
        if _UNSEEN.search(text):
            offsets = tuple(i for i, c in enumerate(text) if not _UNSEEN.match(c))
            text = "".join([text[i] for i in offsets])
        if _FORMAL_DIGIT.search(text):
            text = _FORMAL_RUN.sub(lambda run: run[0].translate(_FORMAL), text)
        if "，" in text:
            text = _LISTED.sub("、", text)
        return Folded(text.translate(_FOLD), given, offsets)
    return Folded(text.lower().replace("\t", " "), given, offsets)
