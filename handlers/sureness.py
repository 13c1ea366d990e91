"""How surely a text is about something that is known: calibrated on questions and everyday talk.

The weights come from a logistic regression over the project's own questions (docs/understanding.md
tells how to fit them again); they are few, and none of them belongs to a subject.
"""

from math import exp, log1p

BASE = -6.7
LIKENESS = 4.09
EVIDENCE = 1.74
BONUS = 6.73
NAMED = 2.95
FAMILIAR_SUM = 2.6
FAMILIAR_MEAN = 1.37


def features(
    likeness: float, evidence: float, bonus: float, familiar: tuple[float, float], *, named: bool
) -> tuple[float, ...]:
    """What the regression sees; `familiar` is the sum and the mean of the log odds."""
    total, mean = familiar
    return (
        likeness, log1p(evidence), bonus, float(named), max(-20.0, min(total, 40.0)) / 10, mean,
    )  # fmt: skip


def sure(
    likeness: float, evidence: float, bonus: float, familiar: tuple[float, float], *, named: bool
) -> float:
    """From 0 to 1."""
    like, shared, extra, name, total, mean = features(
        likeness, evidence, bonus, familiar, named=named
    )
    told = (
        LIKENESS * like + EVIDENCE * shared + BONUS * extra + NAMED * name
        + FAMILIAR_SUM * total + FAMILIAR_MEAN * mean
    )  # fmt: skip
    return 1 / (1 + exp(-BASE - told))
