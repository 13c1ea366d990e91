"""Customs codes: what a seller writes, as digits."""

import re
from dataclasses import dataclass

_WRITTEN = re.compile(
    r"(?<![\d.,])(\d{4}(?:[. ]\d{2}){1,3}|\d{4}[. ]\d{2}[. ]\d{4}|\d{4}[. ]\d{4,6}"
    r"|\d{10}|\d{8}|\d{6}|\d{4})"
    r"(?![\d,]|\.\d)"
)
_LENGTHS = (4, 6, 8, 10)


@dataclass(frozen=True, slots=True)
class Code:
    """A customs code of 4, 6, 8 or 10 digits, without dots."""

    digits: str

    @property
    def hs6(self) -> str:
        """The international part: six digits, or fewer when fewer are known."""
        return self.digits[:6]

    @property
    def dotted(self) -> str:
        """As the US schedule prints it: 6109.10.00.12."""
        return dotted(self.digits)


def dotted(digits: str) -> str:
    """Digits with the dots of the US schedule: "61091000" is "6109.10.00"."""
    rest = [digits[at : at + 2] for at in range(4, len(digits), 2)]
    return ".".join([digits[:4], *rest])


def parse_code(text: str) -> Code | None:
    """The code that the whole text is, or None; dots and blanks between the groups are allowed."""
    digits = re.sub(r"[.\s·-]", "", text.strip())
    if digits.isascii() and digits.isdigit() and len(digits) in _LENGTHS and int(digits[:2]) >= 1:
        return Code(digits)
    return None


def find_code(text: str) -> Code | None:
    """The first code inside a longer text.

    A bare number of four to six digits is taken for a code only behind a word such as HS or 编码,
    since it may as well be an amount or a year; eight and ten digits or dots speak for themselves.
    """
    for found in _WRITTEN.finditer(text):
        written = found[1]
        digits = re.sub(r"\D", "", written)
        behind = re.search(
            r"(?:hs|hts|code|编码|編碼|税号|稅號|商品码)\s*(?:code|编码|編碼)?[\s:：#是]*$",
            text[: found.start()],
            re.IGNORECASE,
        )
        if behind or "." in written or len(digits) in (8, 10):
            code = parse_code(written)
            if code and (behind or int(digits[:2]) <= 99):
                return code
    return None
