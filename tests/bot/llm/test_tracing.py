"""No question and no reply goes to a tracing service, whatever the environment says."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.fake_llm import FakeLlm

CALL = """
import sys, time
from bot.llm.client import LangchainProvider, make_model
from bot.llm.settings import LlmSettings
settings = LlmSettings(_env_file=None, llm_model="openai:fake", llm_base_url=sys.argv[1])
if sys.argv[2] == "ours":
    LangchainProvider(settings).complete("system", "a secret question")
else:
    make_model(settings).invoke("a secret question")
time.sleep(1.5)
"""


@pytest.fixture
def tracer() -> Iterator[tuple[str, list[str]]]:
    """A tracing service on loopback, and the paths that it was called with."""
    calls: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def _take(self) -> None:
            calls.append(self.path)
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        do_GET = do_POST = do_PATCH = _take

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", calls
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("whose", "traced"), [("ours", False), ("langchain's own", True)], ids=["ours", "control"]
)
def test_only_langchain_by_itself_would_trace(
    whose: str, traced: bool, tracer: tuple[str, list[str]], fake: FakeLlm
) -> None:
    address, calls = tracer
    stray = dict.fromkeys(
        ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING_V2"), "true"
    )
    stray |= {"LANGSMITH_ENDPOINT": address, "LANGCHAIN_ENDPOINT": address}
    stray |= {"LANGSMITH_API_KEY": "stray", "LANGCHAIN_API_KEY": "stray"}

    subprocess.run(
        [sys.executable, "-c", CALL, fake.url, whose],
        env={**os.environ, **stray},
        check=True,
        timeout=60,
    )

    assert bool(calls) is traced
    assert fake.requests, "the model was asked"
