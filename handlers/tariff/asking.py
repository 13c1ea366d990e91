"""Recognises tariff questions and what continues them; reads what they tell."""

from dataclasses import replace

from handlers import cues as general
from handlers.candidates import SURE, sure
from handlers.tariff import cues
from handlers.tariff.goods import read_goods
from handlers.tariff.places import places, without_places
from handlers.tariff.port import TARIFF, Heard, duty_word
from handlers.tariff.request import Request
from handlers.tariff.surroundings import TOPIC, coverage_of, coverage_rule, currency_of, day_of
from tools.tariff.answer import NeedCodeOrName, TariffAnswer, answer
from tools.tariff.codes import find_code, parse_code
from tools.tariff.table import TariffTable
from tools.tariff.words import follow_up, read

SHORT, FEW_WORDS = 24, 9  # characters, English words of a follow-up
LONGEST_NAME = 10  # characters of a Chinese name that is told back as not known
MOST_WORDS = 4


class Asking:
    """Reads requests out of messages, with the words and products of a table."""

    def __init__(self, table: TariffTable) -> None:
        self._table = table

    def asked(self, heard: Heard, start: int, end: int) -> Request | None:
        words = heard.words[start:end]
        if not duty_word(words) or cues.SERVICE.search(words) or self._names_another(heard, words):
            return None
        where = places(words, coverage_rule(heard))
        currency = currency_of(self._table, where.destination or "US")
        goods = read_goods(words, heard.spoken[start:end], heard.now, currency=currency,
                           expected=False)  # fmt: skip
        told = goods.value is not None or goods.price is not None
        if cues.HOW.search(words) and not told and self._known_question(heard, words):
            return None
        product, other = self._products(" ".join(goods.bare.split()), heard)
        request = Request(
            product,
            where.destination or "US",
            where.name,
            where.origin or "CN",
            goods.value,
            goods.price,
            goods.quantities,
            goods.foreign,
            other,
            bool(cues.ONLY_301.search(words)),
            bool(cues.JUDGE.search(words) or goods.quantities),
        )
        return request if self._names_goods(heard, request, words) else None

    def _names_another(self, heard: Heard, words: str) -> bool:
        """Whether a subject or an item of the bulletin is named, other than duties themselves."""
        signs = heard.router.signs(words)
        coverage = coverage_of(heard)
        own = {coverage.subject.subject} if coverage else set()
        return bool(set(signs.subjects) - own or signs.items)

    def _names_goods(self, heard: Heard, request: Request, words: str) -> bool:
        """Whether there is a product or a code, known or at least in the form of a name."""
        found = self._look(request.product, heard)
        if not isinstance(found, NeedCodeOrName) or found.reason == "code":
            return bool(cues.SURELY.search(words) or cues.AMOUNT.search(words) or request.place)
        if found.reason == "nothing_said" or not cues.AMOUNT.search(words):
            return False
        bare = without_places(request.product, coverage_rule(heard))
        query = read(bare, self._table.words)
        name = query.name_zh if query.is_chinese else " ".join(query.latin)
        if not name or cues.NO_NAME.search(name) or self._elsewhere(heard, words):
            return False
        if query.is_chinese:
            return " " not in name and 2 <= len(name) <= LONGEST_NAME
        said = bool(cues.DUTY_ON.search(words))
        return said and len(name) > 2 and len(query.latin) <= MOST_WORDS

    @staticmethod
    def _known_question(heard: Heard, words: str) -> bool:
        """Whether the bulletin has an item for it."""
        ranked = heard.router.rank(words)
        return bool(ranked) and sure(ranked[0])

    def _elsewhere(self, heard: Heard, words: str) -> bool:
        """Whether an item of another topic surely answers it."""
        ranked = heard.router.rank(words)
        return bool(ranked) and (
            ranked[0].sureness >= SURE and heard.router.view[ranked[0].item_id].topic != TOPIC
        )

    def _products(self, text: str, heard: Heard) -> tuple[str, str | None]:
        """The product of a text, and a second one where two are compared."""
        if not cues.COMPARE.search(text):
            return text, None
        sides = [side for side in cues.JOIN.split(text) if side.strip(" ,，?？")]
        if len(sides) < 2:
            return text, None
        first, second = (
            self._side(mine, yours, heard) for mine, yours in (sides[:2], sides[1::-1])
        )
        return (first, second) if first and second and first != second else (text, None)

    def _side(self, mine: str, yours: str, heard: Heard) -> str | None:
        """One of two products; "cotton or polyester shirts" lends the first its noun."""
        if not isinstance(self._look(mine, heard), NeedCodeOrName):
            return mine
        if not read(mine, self._table.words).facets or isinstance(
            self._look(yours, heard), NeedCodeOrName
        ):
            return None
        return follow_up(yours, mine, self._table.words)

    def continued(self, heard: Heard, before: Request) -> Request | None:
        """The request before with what a short message changes in it; None where it is none."""
        words = heard.words.strip()
        elliptic = general.ELLIPSIS.search(words) or general.CORRECTION.search(words)
        short = len(words) <= SHORT or (words.isascii() and len(words.split()) <= FEW_WORDS)
        asked = heard.before.pending is not None and heard.before.pending[0] == TARIFF
        if not (short or elliptic or asked) or general.BACK.search(words):
            return None
        if cues.SERVICE.search(words) or self._names_another(heard, words):
            return None
        request = self._changed(heard, before, asked)
        free = asked or elliptic or (request and cues.ONLY_GOODS.fullmatch(words))
        return None if not free and self._elsewhere(heard, words) else request

    def _changed(self, heard: Heard, before: Request, asked: bool) -> Request | None:
        where = places(heard.words, coverage_rule(heard))
        destination = where.destination or before.destination
        wants_value = asked and heard.before.pending == (TARIFF, "value")
        goods = read_goods(heard.words, heard.spoken, heard.now,
                           currency=currency_of(self._table, destination), expected=wants_value)  # fmt: skip
        request = replace(
            before,
            destination=destination,
            place=where.name or before.place,
            origin=where.origin or before.origin,
            only_301=bool(cues.ONLY_301.search(heard.words)),
            judge=wants_value or bool(goods.quantities or cues.JUDGE.search(heard.words)),
            foreign=goods.foreign,
        )
        if goods.value is not None or goods.price is not None or goods.foreign:
            request = replace(request, told_value=goods.value, price=goods.price)
        if goods.quantities:
            request = replace(request, quantities=goods.quantities)
        picked = self._picked(heard)
        product = picked or self._other_product(heard, before, " ".join(goods.bare.split()))
        if product and cues.COMPARE.search(heard.words) and product != before.product:
            return replace(request, other=product)
        if product:
            request = replace(request, product=product, named=before.named if picked else "")
        told = bool(
            product or where.destination or where.origin or goods.quantities or goods.foreign
        )
        told = told or goods.value is not None or goods.price is not None
        unsure = asked and bool(general.UNSURE.search(heard.words))
        return request if told or unsure or request.only_301 else None

    @staticmethod
    def _picked(heard: Heard) -> str | None:
        """The candidate that an answer such as "the second one" picks."""
        slot = heard.before.slots.get(TARIFF, {}).get("options")
        match = cues.PICK.match(heard.words)
        if slot is None or match is None or not isinstance(slot.value, str):
            return None
        options, place = slot.value.split("|"), cues.PLACES_OF[match[1]]
        return options[place] if place < len(options) else None

    def _other_product(self, heard: Heard, before: Request, text: str) -> str | None:
        if parse_code(text) or find_code(text):
            return text
        if not isinstance(self._look(text, heard), NeedCodeOrName):
            return text
        name = before.named or before.product
        if read(text, self._table.words).facets and not find_code(name):
            changed = follow_up(name, text, self._table.words)
            return None if isinstance(self._look(changed, heard), NeedCodeOrName) else changed
        return None

    def _look(self, product: str, heard: Heard) -> TariffAnswer:
        """What a text names, whatever the destination."""
        return answer(self._table, product, on=day_of(heard))
