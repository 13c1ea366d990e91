"""The one HTTP server: health, readiness, metrics, and what channels serve."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Protocol, runtime_checkable

from aiohttp import web

from bot.delivery.channel import Health
from bot.delivery.engine import Delivery

_LOG = logging.getLogger(__name__)
_TOO_OLD = timedelta(seconds=60)
_METRICS = "text/plain; version=0.0.4; charset=utf-8"


@runtime_checkable
class Served(Protocol):
    """A channel that serves pages of its own."""

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """Its pages."""


def build_app(delivery: Delivery) -> web.Application:
    """The server's application; channels that are `Served` add their pages."""
    app = web.Application()

    async def healthz(_: web.Request) -> web.Response:
        alive = delivery.alive()
        return web.json_response({"ok": alive}, status=200 if alive else 503)

    async def readyz(_: web.Request) -> web.Response:
        parts = await health(delivery)
        ok = all(part.ok for part in parts)
        body = {
            "ok": ok,
            "checks": [{"name": p.name, "ok": p.ok, "word": p.word} for p in parts],
        }
        return web.json_response(body, status=200 if ok else 503)

    async def metrics(_: web.Request) -> web.Response:
        now = delivery.clock()
        backlog = await delivery.ledger.call(lambda store: store.backlog(now))
        text = delivery.metrics.text(backlog, now)
        return web.Response(body=text, headers={"Content-Type": _METRICS})

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)
    for channel in delivery.channels:
        if isinstance(channel, Served):
            app.router.add_routes(channel.routes())
    return app


async def health(delivery: Delivery) -> list[Health]:
    """How each part is: the database, what waits, and each channel."""
    now = delivery.clock()
    parts = [part for channel in delivery.channels for part in channel.health(now)]
    try:
        backlog = await delivery.ledger.call(lambda store: store.backlog(now))
    except Exception as error:
        return [Health("database", False, f"cannot be read: {type(error).__name__}"), *parts]
    age = now - backlog.oldest if backlog.oldest else timedelta()
    return [
        Health("database", True, "can be read"),
        Health(
            "queue",
            age < _TOO_OLD,
            f"{backlog.inbox} events wait, the oldest for {age.total_seconds():.0f} s;"
            f" {backlog.outbox} messages are to be sent; {backlog.dead} were given up",
        ),
        *parts,
    ]


async def serve(app: web.Application, host: str, port: int) -> tuple[web.AppRunner, int]:
    """Serve until the runner is cleaned up; the port it really has. OSError when it is taken."""
    # No access log: addresses may hold secrets, and /metrics counts what matters.
    runner = web.AppRunner(app, access_log=None, handle_signals=False)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    found = int(runner.addresses[0][1])
    _LOG.info("serving", extra={"host": host, "port": found})
    return runner, found
