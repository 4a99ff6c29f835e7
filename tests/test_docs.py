"""What the documents say is tried: their commands run, their Python runs, their links lead somewhere."""

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LONG = {"command-line.md", "from-a-question-to-a-figure.md", "sweeps.md"}
"""Pages whose commands take most of a minute: they run with the long tests."""
PAGES = [pytest.param(path, marks=pytest.mark.full if path.name in LONG else (), id=path.name) for path in DOCUMENTS]
LINKED = [*DOCUMENTS, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
SCRIPTS = Path(sysconfig.get_path("scripts"))

OPENING = ["pip install -q uv && uv run winset demo\n", "pip install -q uv && uv run pytest\n"]
STAYS = re.compile(r"\bwinset (app|workshop)\b")
"""Commands that go on until somebody ends them."""


class Block(NamedTuple):
    """A fenced block: where it begins, the word behind its fence, and what it holds."""

    path: Path
    line: int
    kind: str
    text: str

    @property
    def place(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}"


def blocks(text: str, path: Path = ROOT / "README.md") -> Iterator[Block]:
    for found in re.finditer(r"^```(\w*)[^\n]*\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        yield Block(path, text.count("\n", 0, found.start()) + 1, found[1], found[2])


def read(path: Path) -> list[Block]:
    return list(blocks(path.read_text(encoding="utf-8"), path))


def script(block: Block) -> str | None:
    """The block as a shell script of winset commands, when it is one that comes to an end."""
    text = re.sub(r"^(\$ )?(pip install -q uv && )?(uv run )?", "", block.text, flags=re.MULTILINE)
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    if block.kind not in {"sh", "bash", "console"} or not lines or not lines[0].startswith("winset"):
        return None
    return None if STAYS.search(text) else text


def attempt(command: list[str], folder: Path, place: str) -> None:
    """Run it there; `place` tells which document asks for it."""
    environment = {**os.environ, "PATH": os.pathsep.join([str(SCRIPTS), os.environ.get("PATH", "")]), "NO_COLOR": "1"}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=300,
    )
    if done.returncode:
        said = f"{done.stdout[-2000:]}{done.stderr[-4000:]}"
        pytest.fail(f"{place}: {command[-1]}\nleft with {done.returncode}:\n{said}", pytrace=False)


def test_a_block_is_read() -> None:
    text = "One.\n\n```sh\n$ uv run winset solve bully\n# so\nwinset demo > x\n```\n```python\nx = 1\n```\n"
    shell, python = blocks(text)
    assert (shell.line, script(shell)) == (3, "winset solve bully\n# so\nwinset demo > x\n")
    assert (python.line, python.kind, python.text, script(python)) == (8, "python", "x = 1\n", None)
    assert script(Block(ROOT, 1, "sh", OPENING[0])) == "winset demo\n"
    assert script(Block(ROOT, 1, "sh", OPENING[1])) is None
    assert script(next(blocks("```sh\nwinset app\n```\n"))) is None
    assert script(next(blocks("```sh\ngit clone x\n```\n"))) is None


def test_the_readme_opens_with_two_commands() -> None:
    """A newcomer pastes the first and sees the main job, the second and sees the tests pass; so does our CI."""
    shell = [block.text for block in read(ROOT / "README.md") if block.kind in {"sh", "bash", "console"}]
    assert shell[:2] == OPENING
    assert shell[1].strip() in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("path", PAGES)
def test_its_commands_run(path: Path, tmp_path: Path) -> None:
    """In order, in one folder that begins empty: what one block writes the next may read."""
    for block in read(path):
        text = script(block)
        if text is not None:
            attempt(["bash", "-euo", "pipefail", "-c", text], tmp_path, block.place)


def test_the_commands_in_the_readme_s_sentences_run(tmp_path: Path) -> None:
    """What a newcomer may copy out of a table or a sentence: `uv run winset ...`, written in full."""
    text = DOCUMENTS[0].read_text(encoding="utf-8")
    for command in re.findall(r"`uv run (winset [^`]+)`", text):
        if not STAYS.search(command):
            attempt(["bash", "-c", command], tmp_path, "README.md")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_its_python_runs(path: Path, tmp_path: Path) -> None:
    """All blocks of a page are one session; line numbers in a traceback are those of the page."""
    page = ""
    for block in read(path):
        if block.kind == "python":
            page += "\n" * (block.line - page.count("\n")) + block.text
    if page:
        session = tmp_path / f"{path.stem}.py"
        session.write_text(page, encoding="utf-8")
        attempt([sys.executable, "-W", "error", str(session)], tmp_path, str(path.relative_to(ROOT)))


def test_every_command_is_told() -> None:
    done = subprocess.run(
        [SCRIPTS / "winset", "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200"},
    )
    commands = re.findall(r"^  ([a-z][\w-]*) ", done.stdout.partition("Commands:")[2], re.MULTILINE)
    assert "demo" in commands
    assert "solve" in commands
    told = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    silent = [command for command in commands if not re.search(rf"\bwinset {command}\b", told)]
    assert not silent, "no document tells of these"


@pytest.mark.parametrize("path", LINKED, ids=lambda path: path.name)
def test_its_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    targets = [found[1] or found[2] for found in re.finditer(r"\]\(([^)\s]+)[^)]*\)|(?:src|href)=\"([^\"]+)\"", text)]
    files = [target.partition("#")[0] for target in targets if not re.match(r"[a-z]+:|#", target)]
    missing = [file for file in files if file and not (path.parent / file).exists()]
    assert not missing


def tracked() -> list[Path]:
    """The files that git tracks or would track, relative to the root."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [Path(name) for name in names if name and (ROOT / name).is_file()]


def test_the_architecture_page_lists_every_folder() -> None:
    """The table says what is in each folder; the folders inside `tests` and `typings` need no line of their own."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([^`]+)/` \|", page, re.MULTILINE))
    folders = {str(folder) for path in tracked() for folder in path.parents if folder.parts}
    assert listed == {folder for folder in folders if not folder.startswith(("tests/", "typings/"))}


@pytest.mark.parametrize("path", LINKED, ids=lambda path: path.name)
def test_the_files_that_it_names_exist(path: Path) -> None:
    """A path in backticks that begins with a folder of ours is a file or a folder."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    named = [name for name in re.findall(r"`([\w.-]+/[\w./-]*)`", text) if (ROOT / name.split("/")[0]).is_dir()]
    assert not [name for name in named if not (ROOT / name).exists()]


def test_the_version_is_the_same_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\n## [{version}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
