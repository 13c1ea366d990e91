"""Turns facts into sentences: one template a kind and language, with filters for figures."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from handlers.language import Language
from knowledge.model import BEIJING, Bilingual, FieldSpec

TEMPLATES = Path(__file__).parent / "templates"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ZONES = {
    BEIJING: Bilingual(zh="北京时间", en="Beijing time"),
    "America/Los_Angeles": Bilingual(zh="美国太平洋时间", en="US Pacific time"),
}
UNITS = {
    "day": Bilingual(zh="天", en="day"),
    "piece": Bilingual(zh="件", en="piece"),
    "order": Bilingual(zh="单", en="order"),
    "product": Bilingual(zh="个商品", en="product"),
    "person": Bilingual(zh="人", en="person"),
    "time": Bilingual(zh="次", en="time"),
}
YES, NO = Bilingual(zh="是", en="yes"), Bilingual(zh="否", en="no")


def number(value: Decimal | int) -> str:
    """Thousands commas, no trailing zeros, no exponent."""
    text = f"{Decimal(value):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure(text: str) -> str:
    """A printed figure with thousands commas; anything else as it stands."""
    try:
        return number(Decimal(text))
    except ArithmeticError:
        return text


def percent(share: Decimal) -> str:
    """A share from 0 to 1 as per cent, with at most two decimals."""
    return f"{number((share * 100).quantize(Decimal('0.01')))}%"


def money(amount: Decimal, currency: str) -> str:
    """An amount with its currency in front; cents only where there are some."""
    rounded = amount.quantize(Decimal("0.01"))
    return f"{'RMB' if currency == 'CNY' else currency} {number(rounded)}"


def counted(value: Decimal | int, word: str) -> str:
    """A number with an English word, in the plural unless it is one."""
    return f"{number(value)} {word}{'s' * (value != 1)}"


def _pick(zh: bool) -> Callable[[Bilingual], str]:
    return lambda words: words.zh if zh else words.en


def _told(zh: bool) -> Callable[[Decimal | str | bool, FieldSpec], str]:
    """A field's value as it is told: money with its currency, counts with their unit, titles.

    Numbers and dates may be text, as records hold them.
    """
    say = _pick(zh)

    def told(value: Decimal | str | bool, field: FieldSpec) -> str:
        if isinstance(value, bool):
            return say(YES if value else NO)
        if field.kind == "choice":
            return say(field.choice(str(value)).title)
        if field.kind in ("date", "moment"):
            at = datetime.fromisoformat(str(value))
            if field.kind == "moment":
                return _moment(zh)(at)
            return day_zh(at) if zh else day_en(at)
        amount = Decimal(value)
        if field.kind == "share":
            return percent(amount)
        if field.currency:
            return money(amount, field.currency)
        if field.unit not in UNITS:
            return number(amount)
        unit = UNITS[field.unit]
        return f"{number(amount)}{unit.zh}" if zh else counted(amount, unit.en)

    return told


def _percentage_points(zh: bool) -> Callable[[Decimal], str]:
    """The difference of two shares, with at most two decimals."""

    def points(share: Decimal) -> str:
        rounded = (share * 100).quantize(Decimal("0.01"))
        return f"{number(rounded)}个百分点" if zh else counted(rounded, "percentage point")

    return points


def _apart(zh: bool) -> Callable[[Decimal, FieldSpec], str]:
    """How far two values of a field are apart."""
    points, told = _percentage_points(zh), _told(zh)
    return lambda value, field: points(value) if field.kind == "share" else told(value, field)


def day_zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def day_en(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _span(zh: bool) -> Callable[[timedelta], str]:
    def span(left: timedelta) -> str:
        minutes = int(left.total_seconds()) // 60
        days, hours = minutes // 1440, minutes % 1440 // 60
        if zh:
            parts = [f"{days}天"] if days else []
            parts += [f"{hours}小时"] if hours else []
            return "".join(parts) or f"{max(minutes, 1)}分钟"
        parts = [counted(days, "day")] if days else []
        parts += [counted(hours, "hour")] if hours else []
        return " ".join(parts) or f"{max(minutes, 1)} min"

    return span


def _moment(zh: bool) -> Callable[[datetime], str]:
    """A moment in its own zone, named; a whole day's bounds as the day alone."""

    def moment(value: datetime) -> str:
        zone = value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else BEIJING
        name = ZONES[zone] if zone in ZONES else Bilingual(zh=zone, en=zone)
        day = day_zh(value.date()) if zh else day_en(value.date())
        clock = f"{value:%H:%M:%S}"
        if clock in ("00:00:00", "23:59:59") and zone == BEIJING:
            return day
        if clock in ("00:00:00", "23:59:59"):
            return f"{name.zh}{day}" if zh else f"{day} ({name.en})"
        return f"{name.zh}{day} {clock}" if zh else f"{day}, {clock} ({name.en})"

    return moment


@cache
def environment(zh: bool) -> Environment:
    """The templates of one language; a name that a template misses is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES / ("zh" if zh else "en")),
        undefined=StrictUndefined,
        lstrip_blocks=True,
        autoescape=False,
        auto_reload=False,
    )
    made.filters |= {
        "say": _pick(zh),
        "number": number,
        "counted": counted,
        "told": _told(zh),
        "percent": percent,
        "money": money,
        "day": day_zh if zh else day_en,
        "moment": _moment(zh),
        "span": _span(zh),
        "apart": _apart(zh),
        "percentage_points": _percentage_points(zh),
        "capitalize_first": lambda text: text[:1].upper() + text[1:],
        "beijing": lambda value: _moment(zh)(value.astimezone(ZoneInfo(BEIJING))),
        "figure": figure,
        "zone": lambda zone: _pick(zh)(ZONES.get(zone, Bilingual(zh=zone, en=zone))),
    }
    return made


@cache
def _template(zh: bool, name: str) -> Template:
    return environment(zh).get_template(f"{name}.j2")


def render(language: Language, template: str, **facts: Any) -> tuple[str, ...]:
    """The lines of a template; empty ones are left out."""
    text = _template(language != "en", template).render(facts)
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def listed(language: Language, words: Iterable[str]) -> str:
    """Words as a list within a sentence."""
    return ("、" if language != "en" else ", ").join(words)
