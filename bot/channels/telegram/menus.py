"""The commands that Telegram shows in its menus, in both languages, by where they make sense."""

from typing import Final

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

_PRIVATE: Final = (
    ("start", "开始", "Begin"),
    ("help", "怎么提问", "How to ask"),
    ("topics", "能问哪些主题", "What I know about"),
    ("deadlines", "截止日期", "What ends when"),
    ("asof", "按某一天的规则回答", "Answer as of a date"),
    ("language", "回答的语言", "Language of the answers"),
    ("source", "上一条回答的依据", "The rule behind the last answer"),
    ("f", "把一条消息变成可粘贴的回复", "Turn a message into a reply to paste"),
    ("cancel", "从头开始", "Start afresh"),
    ("forget", "删除与我有关的一切", "Delete all that is kept of me"),
)
_GROUP: Final = ("help", "topics", "deadlines", "source", "f", "cancel", "forget")
_ADMIN: Final = ("context", "每人或全群的上下文", "One context, or one per person")


async def set_menus(bot: Bot) -> None:
    """Tell Telegram the commands. Raises TelegramError."""
    private = list(_PRIVATE)
    group = [command for command in _PRIVATE if command[0] in _GROUP]
    scopes: tuple[tuple[BotCommandScope, list[tuple[str, str, str]]], ...] = (
        (BotCommandScopeAllPrivateChats(), private),
        (BotCommandScopeAllGroupChats(), group),
        (BotCommandScopeAllChatAdministrators(), [*group, _ADMIN]),
    )
    for scope, commands in scopes:
        for language, column in (("zh", 1), (None, 2)):
            shown = [BotCommand(command[0], command[column]) for command in commands]
            await bot.set_my_commands(shown, scope=scope, language_code=language)
