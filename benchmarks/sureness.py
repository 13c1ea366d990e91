"""Fits the weights of handlers/sureness.py again, and prints what they would be worth.

python -m benchmarks.sureness [QUESTIONS.jsonl ...]: questions that a bulletin covers against
tests/questions/everyday.txt. It needs scikit-learn, which the bot does not: pip install scikit-learn.
"""

import json
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from handlers import routing
from handlers.candidates import Candidates
from handlers.decision import Utterance
from handlers.places import Places
from handlers.splitting import quiet, split
from handlers.state import State
from handlers.text import plain, visible
from handlers.values import find_values
from knowledge.loader import BUILT_IN, load_library

ROOT = Path(__file__).parents[1]
QUESTIONS = sorted((ROOT / "tests/questions").glob("*.jsonl"))
EVERYDAY = ROOT / "tests/questions/everyday.txt"
ASKED = datetime(2021, 4, 22, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
Seen = tuple[float, ...]


def main(names: list[str]) -> int:
    try:
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
        from sklearn.model_selection import cross_val_predict  # noqa: PLC0415
    except ImportError:
        print("scikit-learn is not installed: pip install scikit-learn")
        return 1
    covered = [seen for text in _covered([Path(name) for name in names] or QUESTIONS)
               if (seen := _seen(text)) is not None]  # fmt: skip
    talk = [seen for text in EVERYDAY.read_text(encoding="utf-8").splitlines()
            if (seen := _seen(text)) is not None]  # fmt: skip
    rows, labels = [*covered, *talk], [1] * len(covered) + [0] * len(talk)
    model = LogisticRegression(C=10, max_iter=5000)
    chance = cross_val_predict(model, rows, labels, cv=10, method="predict_proba")[:, 1]
    model.fit(rows, labels)
    print("base", round(float(model.intercept_[0]), 2))
    print("weights", [round(float(weight), 2) for weight in model.coef_[0]])
    for bound in (0.3, 0.4, 0.5, 0.6, 0.7):
        missed = sum(c < bound for c, y in zip(chance, labels, strict=True) if y)
        taken = sum(c >= bound for c, y in zip(chance, labels, strict=True) if not y)
        print(f"from {bound}: {missed} of {len(covered)} missed, {taken} of {len(talk)} taken")
    return 0


def _covered(files: list[Path]) -> list[str]:
    """First messages of questions that only a topic of the bulletin answers."""
    items = [json.loads(line) for file in files for line in file.open(encoding="utf-8")]
    topics = [(i, i["expect"].get("topic")) for i in items if len(i["turns"]) == 1]
    return [i["turns"][0] for i, topic in topics if isinstance(topic, str)]


_router = routing.Router((_library := load_library([BUILT_IN])).at(ASKED), _library.everyday)
_candidates = Candidates(_router, Places(_router.view))


def _seen(text: str) -> Seen | None:
    """What the regression sees of the likeliest item of a message."""
    shown = visible(text)
    words, values = quiet(plain(shown)), find_values(shown, ASKED)
    best = None
    for question in split(words)[:6]:
        found = _candidates.find(Utterance(words, values, State()), question)
        if found and (best is None or found[0].score > best.score):
            best = found[0]
    return None if best is None else best.seen


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
