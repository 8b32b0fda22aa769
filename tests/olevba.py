#!/usr/bin/env python3
"""Compares the module sources that macrosift finds with those that olevba finds.

Puts real projects into carriers (the example `carriers` of the testkit) and asks both. Needs
oletools and the collection beside the checkout:

    python3 -m venv /tmp/ov && /tmp/ov/bin/pip install oletools
    cargo build -p macrosift-cli
    /tmp/ov/bin/python tests/olevba.py

Prints a line for each file, and exits with 1 if there is a module that olevba has and macrosift
has not, or has otherwise. What olevba does not read is told, and is no difference.
"""

import json
import logging
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECTS = ROOT / "../shared/samples/ole_vbaproject_bin"
MOST_PROJECTS = 5
LARGEST = 200_000


def target():
    command = ["cargo", "metadata", "--format-version", "1", "--no-deps"]
    meta = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return Path(json.loads(meta.stdout)["target_directory"]) / "debug"


def normal(code):
    lines = code.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def theirs(path):
    from oletools.olevba import VBA_Parser

    parser = VBA_Parser(str(path))
    try:
        if not parser.detect_vba_macros():
            return None
        found = [code for _, _, _, code in parser.extract_macros()]
    finally:
        parser.close()
    texts = (code if isinstance(code, str) else code.decode("utf-8", "replace") for code in found)
    return {normal(text) for text in texts}


def ours(program, path):
    command = [program, "scan", "--source", "--format", "ndjson", str(path)]
    output = subprocess.run(command, capture_output=True, check=False).stdout
    for line in output.splitlines():
        record = json.loads(line)
        if record.get("type") == "document":
            return {normal(module.get("source") or "") for module in record.get("modules", [])}
    return set()


def main():
    try:
        import oletools.olevba  # noqa: F401
    except ImportError:
        print("skipped: oletools is not installed")
        return 0
    projects = [path for path in sorted(PROJECTS.glob("*")) if path.stat().st_size <= LARGEST]
    if not projects:
        print("skipped: no ../shared/samples/ole_vbaproject_bin beside the checkout")
        return 0
    logging.disable(logging.CRITICAL)
    folder = target()
    build = ["cargo", "build", "-q", "-p", "macrosift-testkit", "--example", "carriers"]
    subprocess.run(build, cwd=ROOT, check=True)
    different = same = unread = 0
    # Spread over the collection, which is in the order of hashes.
    step = max(1, len(projects) // MOST_PROJECTS)
    for project in projects[::step][:MOST_PROJECTS]:
        with tempfile.TemporaryDirectory() as made:
            example = folder / "examples" / "carriers"
            with project.open("rb") as data:
                run = subprocess.run([example, made], stdin=data, check=False, capture_output=True)
            if run.returncode:
                print(f"{project.name}: no carriers: {run.stderr.decode().strip()}")
                continue
            for path in sorted(Path(made).iterdir()):
                try:
                    expected = theirs(path)
                except Exception as error:  # what olevba cannot open, it has no modules of
                    expected, why = None, type(error).__name__
                else:
                    why = "no macros"
                found = ours(folder / "macrosift", path)
                name = f"{project.stem}/{path.name}"
                if expected is None:
                    unread += 1
                    print(f"{name}: olevba: {why}; macrosift: {len(found)} modules")
                    continue
                missing = expected - found
                different += bool(missing)
                same += not missing
                word = f"{len(missing)} differ" if missing else "same"
                print(f"{name}: {word}: olevba {len(expected)}, macrosift {len(found)} modules")
    print(f"{same} same, {different} different, {unread} not read by olevba")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
