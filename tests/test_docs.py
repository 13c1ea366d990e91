"""What can be used is described, and what is described can be used."""

import inspect
import re
from pathlib import Path
from typing import get_args

import pytest

from bot.cli import build_parser
from bot.settings import PREFIX, Settings
from knowledge import model
from knowledge.loader import load_library

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
CURATOR = (ROOT / "docs" / "new-bulletin.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```toml(?P<name>[^\n]*)\n(?P<body>.*?)^```", re.M | re.S)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def kinds() -> list[str]:
    union, _ = get_args(model.AnyItem)
    return [item.model_fields["kind"].default for item in get_args(union)]


def models() -> list[type[model.Frozen]]:
    found = [value for _, value in inspect.getmembers(model, inspect.isclass)]
    files = [m for m in found if issubclass(m, model.Frozen) and m.model_fields]
    return [m for m in files if m is not model.Bulletin]  # a folder, it has no keys of its own


def commands() -> list[str]:
    (choices,) = [a.choices for a in build_parser()._actions if isinstance(a.choices, dict)]
    return list(choices)


def options(command: str) -> list[str]:
    """The command's options; those of its own commands too."""
    (choices,) = [a.choices for a in build_parser()._actions if isinstance(a.choices, dict)]
    parsers = [choices[command]]
    for action in parsers[0]._actions:
        if isinstance(action.choices, dict):
            parsers += action.choices.values()
    found = {o for p in parsers for a in p._actions for o in a.option_strings}
    return sorted(found - {"-h", "--help"})


def make_targets() -> list[str]:
    (line,) = re.findall(r"^\.PHONY: (.*)$", read("Makefile"), re.M)
    return str(line).split()


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("command", commands())
def test_each_command_is_described(readme: str, command: str) -> None:
    text = read(readme)

    assert f"seller-bot {command}" in text
    assert [o for o in options(command) if o not in text] == []


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("target", make_targets())
def test_each_target_is_described(readme: str, target: str) -> None:
    assert f"make {target}" in read(readme)


@pytest.mark.parametrize("name", [f"{PREFIX}{name.upper()}" for name in Settings.model_fields])
def test_each_setting_is_described(name: str) -> None:
    assert [f for f in (*READMES, ".env.example") if name not in read(f)] == []


def test_the_example_names_no_other_setting() -> None:
    named = set(re.findall(rf"^#?({PREFIX}\w+)=", read(".env.example"), re.M))

    assert named == {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("kind", kinds())
def test_each_kind_has_its_chapter(kind: str) -> None:
    assert f"\n### `{kind}`:" in CURATOR
    assert f'\nkind = "{kind}"\n' in CURATOR


@pytest.mark.parametrize("described", models(), ids=lambda m: m.__name__)
def test_each_key_is_explained(described: type[model.Frozen]) -> None:
    keys = [field.alias or name for name, field in described.model_fields.items()]
    prose = BLOCK.sub("", CURATOR)

    assert [key for key in keys if f"`{key}`" not in prose] == []


def test_the_examples_make_a_sound_bulletin(tmp_path: Path) -> None:
    month, *items = BLOCK.finditer(CURATOR)
    (tmp_path / month["name"].strip()).write_text(month["body"], encoding="utf-8")
    body = "\n".join(block["body"] for block in items)
    (tmp_path / "spring.toml").write_text(body, encoding="utf-8")

    library = load_library([tmp_path])

    (subject,) = library.newest.subjects
    assert {item.kind for item in subject.items} == set(kinds())


@pytest.mark.parametrize("page", [*READMES, "docs/architecture.md", "docs/new-bulletin.md"])
def test_links_to_files_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", read(page))

    assert [t for t in targets if not ((ROOT / page).parent / t).exists()] == []
