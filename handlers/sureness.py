"""How surely a text is about something that is known: calibrated on questions and everyday talk.

The weights come from a logistic regression over the project's own questions (docs/understanding.md
tells how to fit them again); they are few, and none of them belongs to a subject.
"""

from math import exp, log1p

BASE = -6.89
LIKENESS = 4.52
EVIDENCE = 1.45
BONUS = 6.53
NAMED = 6.36
FAMILIAR_SUM = 3.86
FAMILIAR_MEAN = 1.45

EVERYDAY_SUM = -2.0
EVERYDAY_MEAN = -0.15


def features(
    likeness: float, evidence: float, bonus: float, familiar: tuple[float, float], *, named: bool
) -> tuple[float, ...]:
    """What the regression sees; `familiar` is the sum and the mean of the log odds."""
    total, mean = familiar
    return (
        likeness, log1p(evidence), bonus, float(named), max(-20.0, min(total, 40.0)) / 10, mean,
    )  # fmt: skip


def sure(seen: tuple[float, ...]) -> float:
    """From 0 to 1, for what `features` gives."""
    like, shared, extra, name, total, mean = seen
    told = (
        LIKENESS * like + EVIDENCE * shared + BONUS * extra + NAMED * name
        + FAMILIAR_SUM * total + FAMILIAR_MEAN * mean
    )  # fmt: skip
    return 1 / (1 + exp(-BASE - told))


def everyday(familiar: tuple[float, float]) -> bool:
    """Whether the log odds, their sum and their mean, say that a text is about nothing known.

    Short follow-ups ("and May?") are near zero; the bounds are where none of them is lost.
    """
    total, mean = familiar
    return total < EVERYDAY_SUM and mean < EVERYDAY_MEAN
