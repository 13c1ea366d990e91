"""Dependencies point one way, and nothing that answers reads a clock."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("bot", "handlers", "tools", "knowledge")
MAY_IMPORT = {
    "bot": ("bot", "handlers", "tools", "knowledge"),
    "handlers": ("handlers", "tools", "knowledge.model", "knowledge.library"),
    "tools": ("tools", "knowledge.model"),
    "knowledge": ("knowledge",),
}
LOADER_READERS = {"bot/app.py", "bot/cache/opening.py", "bot/commands/knowledge.py"}
CLOCKS = {
    ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"),
    ("time", "monotonic"), ("time", "perf_counter"), ("time", "strftime"), ("time", "ctime"),
}  # fmt: skip


def modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported, wherever in the file; `from a import b` gives a and a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(module: str, allowed: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith(name + ".") for name in allowed)


def wrong_imports(source: str, package: str) -> list[str]:
    """Our modules that a file of the package imports against the direction."""
    allowed = MAY_IMPORT[package]
    found = [module for module in imports(ast.parse(source)) if module.split(".")[0] in OURS]
    # `from knowledge import model` yields `knowledge` too: its other half is what counts.
    return [m for m in found if not within(m, allowed) and m != "knowledge"]


def clocks(source: str) -> list[str]:
    """Where a file reads a clock: calls and mere mentions such as `default_factory=datetime.now`."""
    tree = ast.parse(source)
    named = [
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in CLOCKS
    ]
    nested = [
        f"{node.value.attr}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and (node.value.attr, node.attr) in CLOCKS
    ]
    return named + nested + [m for m in imports(tree) if m == "time" or m.startswith("time.")]


@pytest.mark.parametrize("path", modules(*OURS), ids=name_of)
def test_dependencies_point_one_way(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert wrong_imports(source, name_of(path).split("/")[0]) == []


def test_only_the_application_loads_bulletins() -> None:
    readers = {
        name_of(path)
        for path in modules("bot", "handlers", "tools")
        if any(
            within(m, ("knowledge.loader",)) for m in imports(ast.parse(path.read_text("utf-8")))
        )
    }

    assert readers == LOADER_READERS


@pytest.mark.parametrize("path", modules("handlers", "tools"), ids=name_of)
def test_no_clock_in_handlers_and_tools(path: Path) -> None:
    assert clocks(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("package", "source"),
    [
        pytest.param("tools", "from handlers import reply", id="a tool imports a handler"),
        pytest.param("tools", "import knowledge.loader", id="a tool loads files"),
        pytest.param("handlers", "from knowledge.loader import load_library", id="handler loads"),
        pytest.param(
            "handlers", "from knowledge import loader", id="handler loads, other spelling"
        ),
        pytest.param("knowledge", "def f():\n    import bot.app", id="a late import"),
    ],
)
def test_the_direction_test_sees(package: str, source: str) -> None:
    assert wrong_imports(source, package)


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\ndatetime.now()",
        "import datetime\ndatetime.date.today()",
        "from time import time\ntime()",
        "import time",
        "f = dict(factory=datetime.utcnow)",
    ],
)
def test_the_clock_test_sees(source: str) -> None:
    assert clocks(source)
