#!/usr/bin/env python3
"""Compares the engine with OpenCC itself on random lines made of pieces of dictionary keys and values.

Needs the PyPI wheel `opencc` of the very version the dictionaries have, and a build of the example:
cargo build --release --example convert_lines. Then:

    python3 tests/oracle/compare.py [--lines 100000] [--seed 1] [--scheme hk2s ...] [--data FOLDER] [FILE ...]

FOLDER holds the text dictionaries the example was built with; without it they are those of the locked package. The package
opencc-sys 0.5.2 calls itself +1.4.1 and carries OpenCC 1.4.2, so the version is read from OpenCC's NEWS.md and a wheel of
another version is refused: data of one version differs from another by design. FILEs are compared line by line besides. Exits
with 1 when any line differs, and shows the first ten of each configuration.
"""

import argparse
import json
import pathlib
import random
import re
import subprocess
import sys

import opencc

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMES = "hk2s s2hk t2s s2t tw2s s2tw tw2sp s2twp t2hk hk2t t2tw tw2t hk2sp s2hkp".split()
BETWEEN = ["", "", "", "", "", "", "，", "。", "的", " ", "A", "B", "U", "1", "「", "」", "\U00020000", "⿰", "⿲", "⿱木⿰", "里", "后", "着", "著", "乾", "干"]


def dictionaries(folder):
    """Keys and values of every dictionary but the Japanese ones, file by file."""
    pieces = []
    for path in sorted(folder.glob("*.txt")):
        if path.name.startswith("JP"):
            continue
        words = []
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                key, values = line.split("\t", 1)
                words += [key, *values.split(" ")]
        pieces.append(words)
    return pieces


def lines(pieces, count, seed):
    """Words whole, cut at random, or with a few characters of a neighbour, so that matches overlap in every way."""
    rnd = random.Random(seed)
    flat = [word for words in pieces for word in words]
    for _ in range(count):
        line = []
        for _ in range(rnd.randint(1, 9)):
            # A dictionary first, then a word of it: the small ones are the interesting ones.
            word = rnd.choice(rnd.choice(pieces)) if rnd.random() < 0.7 else rnd.choice(flat)
            if rnd.random() < 0.5 and len(word) > 1:
                start = rnd.randrange(len(word))
                word = word[start : rnd.randint(start + 1, len(word))]
            line += [word, rnd.choice(BETWEEN)]
        yield "".join(line)


def folder_of_dictionaries():
    metadata = subprocess.run(
        ["cargo", "metadata", "--locked", "--offline", "--format-version", "1"], cwd=ROOT, check=True, capture_output=True
    )
    package = next(p for p in json.loads(metadata.stdout)["packages"] if p["name"] == "opencc-sys")
    return pathlib.Path(package["manifest_path"]).parent / "OpenCC" / "data" / "dictionary"


def version_of(folder):
    news = (folder / ".." / ".." / "NEWS.md").read_text(encoding="utf-8")
    return re.search(r"^## Version (\S+)", news, re.MULTILINE).group(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scheme", action="append", choices=SCHEMES)
    parser.add_argument("--data", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target" / "release" / "examples" / "convert_lines")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    folder = options.data or folder_of_dictionaries()
    version = version_of(folder)
    if opencc.__version__ != version:
        sys.exit(f"the dictionaries are OpenCC {version}, the wheel is {opencc.__version__}: pip install opencc=={version}")
    texts = list(lines(dictionaries(folder), options.lines, options.seed))
    for path in options.files:
        texts += path.read_text(encoding="utf-8").splitlines()
    different = 0
    for scheme in options.scheme or SCHEMES:
        given = "".join(text + "\n" for text in texts)
        ours = subprocess.run([options.program, scheme], input=given.encode(), check=True, capture_output=True)
        ours = ours.stdout.decode().split("\n")
        oracle = opencc.OpenCC(scheme)
        wrong = [(text, want, got) for text, got in zip(texts, ours) if (want := oracle.convert(text)) != got]
        different += len(wrong)
        print(f"{scheme:6} {len(texts)} lines, {len(wrong)} differ", flush=True)
        for text, want, got in wrong[:10]:
            print(f"  {text}\n    OpenCC {want}\n    ours   {got}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
