"""One customization model binds up to twenty products of a leaf category."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.model import Capacity
from tests.tools.rules import floats, rule
from tools.capacity import containers_needed


@pytest.fixture(scope="module")
def model(april: Library) -> Capacity:
    return rule(april, Capacity, "rts-model-capacity")


@pytest.mark.parametrize(
    ("count", "containers", "left"),
    [
        pytest.param(1, 1, 19, id="one product"),
        pytest.param(19, 1, 1, id="one below a full model"),
        pytest.param(20, 1, 0, id="exactly a full model"),
        pytest.param(21, 2, 19, id="one above a full model"),
        pytest.param(40, 2, 0, id="two full models"),
        pytest.param(41, 3, 19, id="one above two full models"),
    ],
)
def test_models_needed(model: Capacity, count: int, containers: int, left: int) -> None:
    result = containers_needed(model, count)

    assert (result.containers, result.room_left) == (containers, left)


@pytest.mark.parametrize("count", [0, -1])
def test_nothing_to_bind(model: Capacity, count: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        containers_needed(model, count)


@given(st.integers(1, 10_000), st.integers(0, 100))
def test_enough_room_and_no_model_too_many(model: Capacity, count: int, more: int) -> None:
    result = containers_needed(model, count)

    assert 0 <= result.room_left < result.per_container
    assert result.containers * result.per_container - result.room_left == count
    assert containers_needed(model, count + more).containers >= result.containers
    assert not floats(result)
