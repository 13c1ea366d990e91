"""One spelling for comparing names: what people type differently becomes the same."""

import re
import unicodedata
from functools import lru_cache

_IGNORED = re.compile(r"[\s\-_·・—–、,，。.()（）\[\]【】“”\"'’‘/]+")


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """The name without white space and punctuation, half-width, in lower case."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", name).casefold())
