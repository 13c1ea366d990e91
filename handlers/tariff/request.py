"""What is asked about duties, and how a conversation remembers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from handlers.slots import Slot
from handlers.tariff.goods import pieces
from tools.tariff.units import Quantity


@dataclass(frozen=True, slots=True)
class Request:
    """A product or a code with what is known of the consignment.

    `other` is a second product to compare with. `destination` is a country code where there may be
    a table, else a place's name; `place` is how it was called. `judge`: an amount is wanted.
    `named` is the product in words where `product` is a code that was picked.
    """

    product: str
    destination: str = "US"
    place: str = ""
    origin: str = "CN"
    told_value: Decimal | None = None
    price: Decimal | None = None
    quantities: tuple[Quantity, ...] = ()
    foreign: str | None = None
    other: str | None = None
    only_301: bool = False
    judge: bool = False
    named: str = ""

    @property
    def value(self) -> Decimal | None:
        """The customs value: as told, else the price of one times how many."""
        if self.told_value is not None:
            return self.told_value
        count = pieces(self.quantities)
        return self.price * count if self.price is not None and count is not None else None

    def slots(self) -> dict[str, Slot]:
        """What the next message may refer to."""
        kept = {
            "product": Slot(self.product),
            "named": Slot(self.named or self.product),
            "destination": Slot(self.destination),
            "place": Slot(self.place),
            "origin": Slot(self.origin),
        }
        if self.told_value is not None:
            kept["value"] = Slot(self.told_value)
        if self.price is not None:
            kept["price"] = Slot(self.price)
        if self.quantities:
            told = ";".join(f"{one.amount} {one.unit}" for one in self.quantities)
            kept["quantities"] = Slot(told)
        return kept

    @classmethod
    def remembered(cls, slots: Mapping[str, Slot]) -> "Request | None":
        """The request that `slots` kept; None where nothing was."""

        def text(name: str) -> str:
            slot = slots.get(name)
            return slot.value if slot is not None and isinstance(slot.value, str) else ""

        def amount(name: str) -> Decimal | None:
            slot = slots.get(name)
            return slot.value if slot is not None and isinstance(slot.value, Decimal) else None

        if not text("product"):
            return None
        told = [one.partition(" ") for one in text("quantities").split(";") if one]
        return cls(
            text("product"),
            text("destination") or "US",
            text("place"),
            text("origin") or "CN",
            amount("value"),
            amount("price"),
            tuple(Quantity(Decimal(count), unit) for count, _, unit in told),
            named=text("named"),
        )
