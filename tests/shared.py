"""What may stand beside a checkout and is no part of it; a test that needs it is skipped without."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


def needs(path: Path) -> pytest.MarkDecorator:
    """Skips a test where the file or folder is not there, and says so."""
    where = path.relative_to(SHARED.parent).as_posix()
    return pytest.mark.skipif(not path.exists(), reason=f"../{where} is not beside this checkout")
