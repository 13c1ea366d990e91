"""The built-in starter table: products by our own names, with the figures of two dates."""

import csv
import re
import tomllib
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files

from bot.tariff.knowledge import section301, vocabulary
from tools.tariff.grammar import parse_rate
from tools.tariff.section301 import Section301
from tools.tariff.table import Edition, Heading, Measure, Nomenclature, Product, TariffLine
from tools.tariff.words import Vocabulary

_FOLDER = files("knowledge") / "tariff"
_YEARS: dict[Nomenclature, str] = {"HS2017": "2021", "HS2022": "2025"}


class StarterTable:
    """About three hundred lines; everything is read at the first question, not before."""

    @property
    def rules(self) -> Section301:
        """The dated rules of Section 301."""
        return section301()

    @property
    def words(self) -> Vocabulary:
        """The words by which product questions are read."""
        return vocabulary()

    @cached_property
    def _editions(self) -> tuple[Edition, ...]:
        data = tomllib.loads((_FOLDER / "starter.toml").read_text(encoding="utf-8"))
        return tuple(
            Edition(
                complete=False, **{key: value for key, value in one.items() if key != "against"}
            )
            for one in data["editions"]
        )

    @cached_property
    def _rows(self) -> tuple[dict[str, str], ...]:
        text = (_FOLDER / "starter.csv").read_text(encoding="utf-8")
        return tuple(csv.DictReader(text.splitlines()))

    @cached_property
    def _products(self) -> tuple[Product, ...]:
        return tuple(_product(row) for row in self._rows)

    @cached_property
    def _lines(self) -> dict[tuple[str, str], TariffLine]:
        lines: dict[tuple[str, str], TariffLine] = {}
        for edition in self._editions:
            names: dict[str, list[str]] = {}
            for row in self._rows:
                year = _YEARS[edition.nomenclature]
                if code := row[f"code_{year}"]:
                    names.setdefault(code, []).append(row["en"])
                    lines[edition.key, code] = _line(row, year, names[code])
        return lines

    def editions(self, destination: str) -> Sequence[Edition]:
        """The two dates of the table, for the US; none for other destinations."""
        return tuple(one for one in self._editions if one.destination == destination)

    def line(self, edition: Edition, code: str) -> TariffLine | None:
        """The line of an 8-digit code; statistical numbers lead to it."""
        return self._lines.get((edition.key, code[:8]))

    def has_statistical(self, edition: Edition, code: str) -> bool:
        """Known only for lines partly on a list, where the ten digits decide."""
        return code in self._numbers or any(
            code in part.excluded for part in self.rules.partials(code[:8])
        )

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(row["statistical"] for row in self._rows if row["statistical"])

    def under(self, edition: Edition, prefix: str) -> Sequence[TariffLine]:
        """The known lines under a prefix; there may be others in the full schedule."""
        return tuple(
            line
            for (key, code), line in sorted(self._lines.items())
            if key == edition.key and code.startswith(prefix)
        )

    def search(self, edition: Edition, words: Sequence[str]) -> Sequence[TariffLine]:
        """Nothing: its names are searched as products."""
        return ()

    def products(self) -> Sequence[Product]:
        """The products with their names."""
        return self._products

    def renumbered(self, hs6: str, to: Nomenclature) -> Sequence[str]:
        """The other numbers of an HS-6, as far as the products tell."""
        other: Nomenclature = "HS2017" if to == "HS2022" else "HS2022"
        found = {
            product.codes[to][:6]
            for product in self._products
            if product.codes.get(other, "").startswith(hs6) and to in product.codes
        }
        return tuple(sorted(found))

    def measures(self, edition: Edition) -> Sequence[Measure]:
        """None: only a full schedule tells them."""
        return ()

    def measure(self, edition: Edition, heading: str) -> Measure | None:
        """A heading that a row names, without its text."""
        return Measure(heading, "", "") if heading.startswith("9903.9") else None


def _product(row: dict[str, str]) -> Product:
    codes = {
        nomenclature: row[f"code_{year}"]
        for nomenclature, year in _YEARS.items()
        if row[f"code_{year}"]
    }
    facets = dict(pair.split("=", 1) for pair in row["facets"].split(";") if pair)
    return Product(
        id=row["id"],
        zh=row["zh"],
        en=row["en"],
        names=(*row["names"].split(";"), *_titles(row["zh"], "、"), *_titles(row["en"], " or ")),
        codes=codes,
        facets=facets,
        statistical=row["statistical"] or None,
    )


def _titles(text: str, between: str) -> list[str]:
    """The names that a title holds: what stands in brackets or behind a comma limits it."""
    bare = re.sub(r"（.*?）", "", text).split(",")[0]
    named = [name.strip() for name in bare.split(between)]
    materials = {word for word, _, _ in vocabulary().facet_words}
    return [name for name in named if len(name) > 1 and name not in materials]


def _line(row: dict[str, str], year: str, names: Sequence[str]) -> TariffLine:
    text = row[f"rate_{year}"]
    label = row[f"list_{year}"]
    return TariffLine(
        code=row[f"code_{year}"],
        chain=(Heading(row[f"code_{year}"], "; ".join(names)),),
        general=parse_rate(text),
        general_text=text,
        headings=tuple(row["other_2025"].split()) if year == "2025" else (),
        lists=(label,) if label and label != "partial" else (),
    )
