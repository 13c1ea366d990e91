"""How many containers a number of things needs."""

from dataclasses import dataclass

from knowledge.model import Capacity


@dataclass(frozen=True, slots=True)
class CapacityResult:
    count: int
    per_container: int
    containers: int
    room_left: int


def containers_needed(rule: Capacity, count: int) -> CapacityResult:
    """The least number of containers for `count` things; ValueError below 1."""
    if count < 1:
        raise ValueError("at least one thing is needed")
    containers = -(-count // rule.per_container)
    left = containers * rule.per_container - count
    return CapacityResult(count, rule.per_container, containers, left)
