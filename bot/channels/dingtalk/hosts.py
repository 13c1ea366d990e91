"""Which addresses replies may be posted to. The address comes in the message, so it is suspect."""

from collections.abc import Iterable
from urllib.parse import urlsplit


class Hosts:
    """An allow-list: `host`, `*.host` for what is below it, `http://host:port` for no TLS."""

    def __init__(self, allowed: Iterable[str]) -> None:
        self._exact: set[tuple[str, str, int | None]] = set()
        self._below: list[tuple[str, str, int | None]] = []
        for entry in allowed:
            scheme, found, rest = entry.lower().partition("://")
            scheme, rest = (scheme, rest) if found else ("https", scheme)
            host, _, port = rest.partition(":")
            number = int(port) if port else None
            if host.startswith("*."):
                self._below.append((scheme, host[1:], number))
            else:
                self._exact.add((scheme, host, number))

    def allow(self, url: str) -> bool:
        """Whether a message may be posted there."""
        if any(char.isspace() or char in "\\" or ord(char) < 32 for char in url):
            return False  # parsers disagree about these
        try:
            parts = urlsplit(url)
            scheme, host, port = parts.scheme.lower(), (parts.hostname or "").lower(), parts.port
        except ValueError:
            return False
        if scheme not in ("http", "https") or not host or "@" in parts.netloc:
            return False
        if port == {"https": 443, "http": 80}[scheme]:
            port = None
        if (scheme, host, port) in self._exact:
            return True
        return any(
            (scheme, port) == (s, p) and host.endswith(below) and host.isascii()
            for s, below, p in self._below
        )
