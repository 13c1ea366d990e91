"""The built wheel is whole: it answers from a fresh environment, outside the checkout."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "handlers", "tools", "knowledge")
DATA = {".toml", ".txt", ".csv", ".json", ".j2", ".css", ".js", ".svg", ".html"}


def run(*command: str | Path, cwd: Path) -> str:
    """The command's output; no setting and no path of this process reaches it."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SELLER_BOT_", "PYTHONPATH", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd, env=kept, capture_output=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that nothing left over in build/ gets in."""
    source = tmp_path_factory.mktemp("source")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation")
    run(*pip, "--wheel-dir", source / "dist", ".", cwd=source)
    return next((source / "dist").glob("*.whl"))


@pytest.fixture(scope="session")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of a fresh environment with the wheel in it; it borrows what we depend on."""
    folder = tmp_path_factory.mktemp("fresh")
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    install = ("-m", "pip", "--python", scripts / "python", "install", "--quiet", "--no-deps")
    run(sys.executable, *install, "--no-index", wheel, cwd=folder)
    # A path file reads no path files itself, so this checkout's editable install stays out.
    site = Path(run(scripts / "python", "-c", WHERE, cwd=folder).strip())
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return scripts


WHERE = "import sysconfig; print(sysconfig.get_path('purelib'))"


def test_wheel_holds_all_data(wheel: Path) -> None:
    files = {
        path.relative_to(ROOT).as_posix()
        for name in PACKAGES
        for path in (ROOT / name).rglob("*")
        if path.suffix in DATA
    }

    assert files - set(zipfile.ZipFile(wheel).namelist()) == set()
    assert any(name.endswith("bulletin.toml") for name in files)


def test_code_comes_from_the_wheel(environment: Path, tmp_path: Path) -> None:
    where = run(environment / "python", "-c", "import bot; print(bot.__file__)", cwd=tmp_path)

    assert Path(where.strip()).is_relative_to(environment.parent)


def test_it_answers_outside_the_checkout(environment: Path, tmp_path: Path) -> None:
    question = "RFQ营销指数一档要多少交易额？"

    text = run(environment / "seller-bot", "ask", question, "--as-of", "2021-04-22", cwd=tmp_path)

    assert "25,000" in text


def test_the_bulletins_in_it_are_sound(environment: Path, tmp_path: Path) -> None:
    assert "no faults" in run(environment / "seller-bot", "knowledge", "check", cwd=tmp_path)
