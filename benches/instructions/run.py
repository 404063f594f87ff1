#!/usr/bin/env python3
"""Counts the instructions of a build of 200 pages, and compares with the counts on record.

    python3 benches/instructions/run.py            compares; ends with 1 when a step takes over a tenth more
    python3 benches/instructions/run.py --write    puts the counts on record

Needs valgrind and a release build that keeps the names of functions (`CARGO_PROFILE_RELEASE_STRIP=none cargo build --release`). Instructions are counted by callgrind, in one
thread: unlike seconds they are nearly the same on a busy machine, so a difference is the program's. They are not
seconds: the kernel's work and waiting for memory are not in them. Steps lie inside the whole and not beside it.

Another compiler makes another program. When `rustc` is not the one on record nothing is compared: check out the
last commit that passed, build it with the new compiler, run this with `--write`, and commit what it wrote before
anything else.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "peers"))

import content  # noqa: E402

RECORD = HERE / "recorded.json"
PAGES = 200
MOST = 0.10

# What each step is counted in; these functions are never inlined, so that they can be.
STEPS = {
    "parse": "tongwen::pipeline::document::parse",
    "convert": "tongwen::pipeline::edition::conversion::Converted::convert",
    "render": "tongwen::pipeline::render::Templates::render",
}


def compiler():
    return subprocess.run(["rustc", "--version"], stdout=subprocess.PIPE, check=True).stdout.decode().strip()


def site(folder):
    pages, sections = content.make(PAGES)
    put = content.Writer(folder)
    content.tongwen(put, None, pages, sections)
    settings = (HERE.parent / "peers/tongwen/site.toml").read_text(encoding="utf-8")
    # The built-in theme, with its feeds and its search.
    put("site.toml", "".join(line for line in settings.splitlines(True) if not line.startswith(("search", "feed"))))
    put("static/picture.svg", (HERE.parent / "peers/picture.svg").read_text(encoding="utf-8"))


def counts(program):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        site(folder / "site")
        counted = folder / "counted"
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={counted}", program, "build", "--future", "-q", "-r", folder / "site"]
        done = subprocess.run(command, env={**os.environ, "RAYON_NUM_THREADS": "1"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode != 0:
            sys.exit(done.stdout.decode(errors="replace"))
        listed = subprocess.run(
            ["callgrind_annotate", "--inclusive=yes", "--threshold=100", counted], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
        ).stdout.decode(errors="replace")
    row = re.compile(r"^\s*([\d,]+)\s+\([^)]*\)\s+(?:[^:\s]*:)?(.+?)(?:\s+\[.*\])?$", re.MULTILINE)
    found = {name: int(count.replace(",", "")) for count, name in reversed(row.findall(listed))}
    result = {}
    for step, function in STEPS.items():
        names = [name for name in found if name.endswith(function)]
        if not names:
            sys.exit(f"`{function}` was not counted: has it been renamed, or inlined?")
        result[step] = max(found[name] for name in names)
    result["build"] = found["PROGRAM TOTALS"]
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put the counts on record")
    parser.add_argument("--program", default=str(ROOT / "target/release/tongwen"))
    options = parser.parse_args()
    now = {"rustc": compiler(), "counts": counts(options.program)}
    if options.write:
        RECORD.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8")
    before = json.loads(RECORD.read_text(encoding="utf-8"))
    print(f"{'':10} {'on record':>15} {'now':>15} {'difference':>11}")
    worse = []
    for step, count in now["counts"].items():
        was = before["counts"][step]
        change = count / was - 1
        print(f"{step:10} {was:15,} {count:15,} {change:+11.1%}")
        if change > MOST:
            worse.append(step)
    if before["rustc"] != now["rustc"]:
        print(f"On record for {before['rustc']}; this is {now['rustc']}. Nothing is concluded: see the head of {HERE.name}/run.py.")
    elif worse:
        sys.exit(f"{', '.join(worse)}: over {MOST:.0%} more than on record. If that is worth it, say why in the commit and run this with --write.")


if __name__ == "__main__":
    main()
