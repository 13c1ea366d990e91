"""The best tier that amounts reach, and what every higher tier still wants."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from knowledge.model import Tier, TieredScore


@dataclass(frozen=True, slots=True)
class TierGap:
    """A tier not reached: what is missing of each amount, and which amounts are not known."""

    tier: Tier
    short: dict[str, Decimal]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TierResult:
    """`status`: scored, none (no tier reached), other_scope, not_yet, or open (not decidable).

    `tier` is the one reached; while the rule is not in force it is the one that would be.
    """

    status: Literal["scored", "none", "other_scope", "not_yet", "open"]
    tier: Tier | None
    points: Decimal
    gaps: tuple[TierGap, ...]


def tier_for(
    rule: TieredScore, amounts: Mapping[str, Decimal], *, scope: str | None, now: datetime
) -> TierResult:
    """Best tier whose every minimum is met; shares run from 0 to 1, not per cent.

    Amounts may be missing: what is known can rule tiers out. `scope` is the choice of the rule's
    scope field, None where it is not known or the rule has none. `now` is aware.
    """
    if rule.scope and scope is not None and scope not in rule.in_scope:
        return TierResult("other_scope", None, Decimal(0), ())
    reached: Tier | None = None
    gaps: list[TierGap] = []
    for tier in rule.tiers:
        short = {
            name: least - amounts[name]
            for name, least in tier.minimum.items()
            if name in amounts and amounts[name] < least
        }
        unknown = tuple(name for name in tier.minimum if name not in amounts)
        if not short and not unknown:
            reached = tier
            break
        gaps.append(TierGap(tier, short, unknown))
    decided = all(gap.short for gap in gaps)
    if not decided:
        return TierResult("open", None, Decimal(0), tuple(gaps))
    points = reached.points if reached else Decimal(0)
    if rule.opens is not None and now < rule.opens:
        return TierResult("not_yet", reached, points, tuple(gaps))
    return TierResult("scored" if reached else "none", reached, points, tuple(gaps))
