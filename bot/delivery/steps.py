"""Which step answers which kind of event."""

from bot.delivery.answering import Answering
from bot.delivery.channel import Say
from bot.delivery.commands import Commands
from bot.delivery.model import Outcome
from bot.delivery.turn import Turn
from bot.delivery.wording import say


class Steps:
    """From a claimed event to what it comes to."""

    def __init__(self, answering: Answering, commands: Commands) -> None:
        self._answering = answering
        self._commands = commands

    async def outcome(self, turn: Turn) -> Outcome:
        """All that is to be said and kept. Raises SendError where the platform must be asked."""
        incoming = turn.incoming
        match incoming.kind:
            case "message":
                return await self._answering.message(turn)
            case "command":
                return await self._commands.run(turn, incoming.command, incoming.text)
            case "press":
                return await self._press(turn)
            case "edit":
                return await self._answering.edit(turn)
            case "menu":
                return await self._commands.menu(turn)
            case "inline":
                return await self._answering.inline(turn)
            case "unread" | "flood":
                return turn.outcome(Say(say(incoming.kind, turn.language)))
            case "joined":
                return await self._commands.run(turn, "start", "")
            case "left":
                return Outcome(stop="left")
            case "moved":
                return Outcome(moved_to=incoming.text)

    async def _press(self, turn: Turn) -> Outcome:
        incoming = turn.incoming
        press = await self._answering.ledger.call(
            lambda store: store.press(incoming.channel, incoming.account, incoming.text)
        )
        if press is not None and press.action["do"] == "command":
            return await self._commands.press(turn, press.action)
        return await self._answering.press(turn, press)


def apology(turn: Turn, name: str) -> Outcome:
    """What a person is told when an event was given up."""
    return Outcome(outgoing=turn.says(Say(say(name, turn.language))))
