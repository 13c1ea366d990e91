"""The table of this installation: the imported editions when there are any, and the starter table."""

from collections.abc import Sequence
from pathlib import Path

from bot.settings import Settings
from bot.tariff.knowledge import section301, vocabulary
from bot.tariff.sqlite_table import SqliteTable
from bot.tariff.starter import StarterTable
from bot.tariff.store import FILE
from tools.tariff.section301 import Section301
from tools.tariff.table import Edition, Measure, Nomenclature, Product, TariffLine, TariffTable
from tools.tariff.words import Vocabulary


class JoinedTable:
    """Imported editions beside the starter table; an edition's lines come from where it is."""

    def __init__(self, imported: SqliteTable, starter: StarterTable) -> None:
        self._imported, self._starter = imported, starter

    @property
    def rules(self) -> Section301:
        """The dated rules of Section 301."""
        return self._starter.rules

    @property
    def words(self) -> Vocabulary:
        """The words by which product questions are read."""
        return self._starter.words

    def _of(self, edition: Edition) -> TariffTable:
        return self._imported if edition.complete else self._starter

    def editions(self, destination: str) -> Sequence[Edition]:
        """Imported editions first, then the starter table's."""
        return (*self._imported.editions(destination), *self._starter.editions(destination))

    def line(self, edition: Edition, code: str) -> TariffLine | None:
        """The rate line of a code in its edition."""
        return self._of(edition).line(edition, code)

    def has_statistical(self, edition: Edition, code: str) -> bool:
        """Whether the edition holds this 10-digit number."""
        return self._of(edition).has_statistical(edition, code)

    def under(self, edition: Edition, prefix: str) -> Sequence[TariffLine]:
        """The rate lines under a prefix in its edition."""
        return self._of(edition).under(edition, prefix)

    def search(self, edition: Edition, words: Sequence[str]) -> Sequence[TariffLine]:
        """Rate lines of its edition by English words."""
        return self._of(edition).search(edition, words)

    def products(self) -> Sequence[Product]:
        """The starter table's products."""
        return self._starter.products()

    def renumbered(self, hs6: str, to: Nomenclature) -> Sequence[str]:
        """By the imported renumbering, else as far as the products tell."""
        return self._imported.renumbered(hs6, to) or self._starter.renumbered(hs6, to)

    def measures(self, edition: Edition) -> Sequence[Measure]:
        """Headings of the edition that add a duty on goods of China."""
        return self._of(edition).measures(edition)

    def measure(self, edition: Edition, heading: str) -> Measure | None:
        """One heading of chapter 99 of the edition."""
        return self._of(edition).measure(edition, heading)


def tariff_folder(settings: Settings) -> Path:
    """Where imported schedules lie: SELLER_BOT_DATA, else the user's data folder."""
    if settings.data:
        return settings.data
    from platformdirs import user_data_path  # noqa: PLC0415  (late: a setting spares it)

    return user_data_path("seller-bot", appauthor=False)


def open_table(folder: Path) -> TariffTable:
    """What the tools look things up in, given the data folder; opens no file that is not there."""
    path = folder / FILE
    if not path.exists():
        return StarterTable()
    return JoinedTable(SqliteTable(path, section301(), vocabulary()), StarterTable())
