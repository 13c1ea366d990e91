"""`make redteam`: tells the guard lies about every reply, and honest paraphrases of many.

Exits with 1 when a lie is accepted, when fewer than 20,000 lies were told, or when more than 3 % of
the paraphrases are refused.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.redteam.corpus import guard, replies
from tests.redteam.lies import lies

PARAPHRASES = Path(__file__).with_name("paraphrases.jsonl")
ENOUGH, SHARE = 20_000, 0.97
_SHOWN = 20


def paraphrases() -> Iterator[tuple[dict[str, str], str]]:
    """Reply records and honest paraphrases of them, written by hand."""
    for line in PARAPHRASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        for text in case["faithful"]:
            yield {"language": case["language"], "text": case["text"]}, text


def truths() -> Iterator[tuple[dict[str, str], str]]:
    """What lies are made of: real replies as they are, and paraphrases that the guard accepts."""
    for reply in replies():
        yield {"language": reply.language, "text": reply.text}, reply.text
    for record, text in paraphrases():
        if guard().accepts(record, text):
            yield record, text


def lying(sample: float, seed: int) -> tuple[Counter[str], list[tuple[str, str, str]]]:
    """How many lies of each kind were told, and those that were accepted, with their truth."""
    random = Random(seed)
    told: Counter[str] = Counter()
    accepted: list[tuple[str, str, str]] = []
    for record, truth in truths():
        for kind, lie in lies(truth, record["language"] != "en"):
            if random.random() >= sample:
                continue
            told[kind] += 1
            if guard().accepts(record, lie):
                accepted.append((kind, truth, lie))
    return told, accepted


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=float, default=1.0, help="share of the lies to tell")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    honest = list(paraphrases())
    refused = [(r, t, guard().refusals(r, t)) for r, t in honest if not guard().accepts(r, t)]
    own = [r for r in replies() if not guard().accepts(r.record(), r.text)]
    told, accepted = lying(args.sample, args.seed)
    total = sum(told.values())
    print(f"replies: {len(replies())}, not accepted as they are: {len(own)}")
    share = 1 - len(refused) / len(honest)
    print(f"paraphrases: {len(honest)}, accepted: {len(honest) - len(refused)} ({share:.1%})")
    for _, text, why in refused[:_SHOWN]:
        print(f"  refused: {text[:80]!r}: {'; '.join(map(str, why))[:200]}")
    print(f"lies: {total}, accepted: {len(accepted)}")
    print("  " + ", ".join(f"{kind} {count}" for kind, count in told.most_common()))
    for kind, truth, lie in accepted[:_SHOWN]:
        print(f"  accepted ({kind}): {lie!r}\n    for: {truth!r}")
    fine = not accepted and share >= SHARE and total >= ENOUGH * args.sample and not own
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
