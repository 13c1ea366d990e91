"""`make chaos`, short: a few kills under load lose nothing and mix nothing up."""

import asyncio
from pathlib import Path

import pytest

from tests.chaos.kill import chaos


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
def test_killing_the_process_loses_nothing(tmp_path: Path, webhook: bool) -> None:
    result = asyncio.run(chaos(80, 3, tmp_path, seed=1, webhook=webhook))

    assert (result.lost, result.out_of_order) == (0, 0)
    assert (result.questions, result.kills) == (80, 3)
