"""Look for input that breaks a promise, guided by which code each input reaches.

    make fuzz TARGET=parse_text SECONDS=600
    python -m scripts.fuzz parse_text --seconds 600 --folder FOLDER --tried FOLDER
    python -m scripts.fuzz parse_text --show FOLDER/found/parse_text/timeout-FILE > CASE.json
    python -m scripts.torture FOLDER    adds what was tried to docs/torture.md, so delete it then

Needs atheris. What is made of bytes, and what must be true of it, stands in tests/torture/fuzzing/.
The folder, which git does not know, keeps what reaches new code for the next run, and in found/
each input that broke something, was slow or never came to an end: as a case it goes into
tests/torture/fuzz/TARGET/. The texts of this project's samples are what it starts from.
"""

import argparse
import hashlib
import json
import sys
import time
import traceback
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["briefbook"]):
    from tests.torture.fuzzing.draw import Draw
    from tests.torture.fuzzing.targets import TARGETS

ROOT = Path(__file__).resolve().parents[1]
CASES = "tests/torture/fuzz"
_EACH = 2.0  # seconds between two counts; what comes after the last is not counted
_PATIENCE = 60  # seconds of one input, after which it counts as a hang
_MEMORY = 2048  # MB
_LONGEST = 1024  # bytes
# Seconds that an input may take, and for each of its characters; slower ones are kept.
_SLOW, _SLOW_EACH = 1.0, 0.002


class Run:
    """One run: what was tried, and what was found."""

    def __init__(self, name: str, folder: Path, tried: Path | None) -> None:
        self._name = name
        self._target = TARGETS[name]
        self._found = folder / "found" / name
        self._found.mkdir(parents=True, exist_ok=True)
        self._tried = tried / f"fuzz-{name}-{time.time_ns()}.jsonl" if tried else None
        if tried:
            tried.mkdir(parents=True, exist_ok=True)
        self._cases = 0
        self._said = 0.0
        self._known: set[str] = set()

    def one(self, data: bytes) -> None:
        """Try one input; what breaks is kept, and the run goes on."""
        given = self._target.make(Draw(data))
        begun = time.process_time()
        try:
            self._target.check(given)
        except Exception as broken:  # whatever it is, it is what is looked for
            self._keep(given, broken)
        took = time.process_time() - begun
        if took > _SLOW + _SLOW_EACH * len(given):
            self._write("slow", given, f"took {took:.1f} s for {len(given):,} characters")
        self._cases += 1
        if time.monotonic() - self._said > _EACH:
            self.count()

    def count(self) -> None:
        """Write down how much was tried; a run that is killed has counted too."""
        self._said = time.monotonic()
        if self._tried is None:
            return
        row = {
            "point": "fuzzing",
            "what": f"{self._name}, guided by coverage",
            "cases": self._cases,
            "seconds": int(time.process_time()),
            "adds": True,
            "test": "scripts/fuzz.py",
            "long": True,
        }
        beside = self._tried.with_suffix(".new")
        beside.write_text(json.dumps(row) + "\n", "utf-8")
        beside.replace(self._tried)

    def _keep(self, given: str, broken: Exception) -> None:
        frames = traceback.extract_tb(broken.__traceback__)[-3:]
        where = f"{type(broken).__name__} at {[(f.filename, f.lineno) for f in frames]}"
        if where not in self._known:  # another input that breaks the same says nothing new
            self._known.add(where)
            self._write("broken", given, "".join(traceback.format_exception(broken))[-3000:])

    def _write(self, kind: str, given: str, why: str) -> None:
        name = hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        file = self._found / f"{kind}-{name}.json"
        if not file.exists():
            file.write_text(json.dumps(given) + "\n", "utf-8")
            print(f"{kind}: {file}\n{why}")
            print(f"to keep it: cp {file} {CASES}/{self._name}/WHAT-IT-IS.json", flush=True)


def _seeds(name: str, corpus: Path) -> None:
    """Give a first run the samples of this project to start from."""
    if any(corpus.iterdir()):
        return
    for file in sorted([*(ROOT / "sources").rglob("*.*"), *(ROOT / "briefings").glob("*.md")]):
        content = file.read_bytes()[:_LONGEST]
        # The first byte tells a text that is taken as it is: see `texts.any_text`.
        (corpus / f"{name}-{file.name}").write_bytes(b"\x05" + content)


def _options(arguments: argparse.Namespace, corpus: Path, artifacts: Path) -> list[str]:
    return [
        sys.argv[0],
        str(corpus),
        f"-max_total_time={arguments.seconds}",
        f"-max_len={_LONGEST}",
        f"-timeout={_PATIENCE}",
        f"-rss_limit_mb={_MEMORY}",
        f"-artifact_prefix={artifacts}/",
        "-print_final_stats=1",
        "-reload=1",
        "-len_control=10",
    ]


def main() -> None:
    """Fuzz one target, or show what is made of the bytes of one file."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--seconds", type=int, default=600, help="how long; default 600")
    parser.add_argument("--folder", type=Path, default=Path(".fuzz"), help="where to keep things")
    parser.add_argument("--tried", type=Path, help="where to count; default: nowhere")
    parser.add_argument("--show", type=Path, help="a file of the corpus, or one that never ended")
    arguments = parser.parse_args()
    if arguments.show:
        print(json.dumps(TARGETS[arguments.target].make(Draw(arguments.show.read_bytes()))))
        return
    corpus = arguments.folder / "corpus" / arguments.target
    artifacts = arguments.folder / "found" / arguments.target
    for place in (corpus, artifacts):
        place.mkdir(parents=True, exist_ok=True)
    _seeds(arguments.target, corpus)
    run = Run(arguments.target, arguments.folder, arguments.tried)
    atheris.Setup(_options(arguments, corpus, artifacts), run.one)
    atheris.Fuzz()  # ends the process, and nothing after it is done


if __name__ == "__main__":
    main()
