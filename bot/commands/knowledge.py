"""`seller-bot knowledge`: what the bulletins hold, and whether their files are sound."""

import argparse
import difflib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bot.app import load_bulletins
from bot.commands import CommandError, Commands, records
from bot.commands.explain import outline
from bot.commands.options import add_moment, moment_of
from bot.settings import Settings
from knowledge.check import check
from knowledge.library import Known, Library
from knowledge.loader import BUILT_IN


def add(commands: Commands) -> None:
    parser = commands.add_parser("knowledge", help="list, show or check the bulletins")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="list the items in force, by subject")
    listing.add_argument("--json", action="store_true", help="print one JSON object a line")
    add_moment(listing)
    listing.set_defaults(run=_list)
    show = actions.add_parser("show", help="show one item, or all items of a subject")
    show.add_argument("name", help="an id from `seller-bot knowledge list`")
    show.add_argument("--json", action="store_true", help="print one JSON object a line")
    add_moment(show)
    show.set_defaults(run=_show)
    checking = actions.add_parser("check", help="check the data files")
    checking.add_argument(
        "folders", nargs="*", type=Path, help="more folders to check, beside those in use"
    )
    checking.add_argument(
        "--source",
        type=Path,
        metavar="FILE",
        help="text of the newest bulletin: prove that each anchor stands in it",
    )
    checking.set_defaults(run=_check)


def _list(args: argparse.Namespace, settings: Settings) -> int:
    view = load_bulletins(settings).at(moment_of(args, settings))
    subject = ""
    for known in sorted(
        view, key=lambda k: (list(view.month.topics).index(k.topic), k.subject.subject)
    ):
        item = known.item
        if args.json:
            records.write(
                {
                    "id": item.id,
                    "kind": item.kind,
                    "subject": known.subject.subject,
                    "topic": known.topic,
                    "bulletin": known.month.id,
                    "title": item.title.model_dump(),
                    "certainty": item.certainty,
                    "from": item.opens and item.opens.isoformat(),
                    "until": item.closes and item.closes.isoformat(),
                }
            )
            continue
        if known.subject.subject != subject:
            subject = known.subject.subject
            print(
                f"\n{subject} ({known.topic}): {known.subject.title.zh} · {known.subject.title.en}"
            )
        print(f"  {item.id:32} {item.kind:12} {item.title.zh} · {item.title.en}{_when(known)}")
    return 0


def _when(known: Known) -> str:
    item = known.item
    words: list[str] = [] if item.certainty == "live" else [item.certainty]
    if item.opens:
        words.append(f"from {item.opens:%Y-%m-%d %H:%M}")
    if item.closes:
        words.append(f"until {item.closes:%Y-%m-%d %H:%M}")
    return f" [{', '.join(words)}]" if words else ""


def _show(args: argparse.Namespace, settings: Settings) -> int:
    library = load_bulletins(settings)
    found = list(_named(library, args.name, moment_of(args, settings)))
    for known in found:
        item = known.item.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        place = {"bulletin": known.month.id, "topic": known.topic, "kind": known.item.kind}
        if args.json:
            records.write({**place, **item})
        else:
            print("\n".join(outline({**place, **item})), end="\n\n")
    return 0


def _named(library: Library, name: str, now: datetime) -> Iterator[Known]:
    view = library.at(now)
    if known := view.get(name):
        return iter([known])
    if name in view.subjects:
        return (known for known in view if known.subject.subject == name)
    names = [*view.known, *view.subjects]
    near = difflib.get_close_matches(name, names, n=3)
    hint = f"; near: {', '.join(near)}" if near else ""
    raise CommandError(
        f"there is no item or subject `{name}`{hint}; `seller-bot knowledge list` names them all"
    )


def _check(args: argparse.Namespace, settings: Settings) -> int:
    for path in [*args.folders, *([args.source] if args.source else [])]:
        if not path.exists():
            raise CommandError(f"{path} does not exist; correct the path")
    try:
        faults = check([BUILT_IN, *settings.knowledge, *args.folders], args.source)
    except (OSError, UnicodeDecodeError):
        raise CommandError(f"{args.source} cannot be read; name a text file in UTF-8") from None
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults" if faults else "no faults")
    return 1 if faults else 0
