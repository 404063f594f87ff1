#!/usr/bin/env bash
# Fuzzes one target: tests/fuzz/run.sh TARGET SECONDS [folder]. The folder keeps what was learnt for the next
# run (one of its own if none is given) and the input that failed, if any did: put its text into
# tests/fuzz/found/TARGET/, where `cargo test --test fuzzed` tries it ever after.
#
# On a stable compiler: what reaches which code is counted by LLVM's own pass, which needs no nightly flag.
set -euo pipefail
target=$1 seconds=$2
folder=${3:-$(mktemp -d)}
cd "$(dirname "$0")/../.."
seeds=$(mktemp -d)
trap 'rm -rf "$seeds"' EXIT

mkdir -p "$folder"
number=0
plant() { # a seed, from standard input
    number=$((number + 1))
    cat >"$seeds/$number"
}
case $target in
    front_matter)
        while IFS= read -r page; do sed '1d; /^---$/,$d' "$page" | plant; done < <(find content -name '*.md')
        plant <site.toml ;;
    markdown)
        while IFS= read -r page; do sed '1,/^---$/d; 2,/^---$/d' "$page" | plant; done < <(find content -name '*.md')
        cat tests/golden/markdown.txt | plant ;;
    conversion)
        while IFS= read -r page; do plant <"$page"; done < <(find content -name '*.md')
        plant <tests/traps.yaml ;;
    glossary)
        plant <glossary.toml
        while IFS= read -r rules; do plant <"$rules"; done < <(find tests/diagnostics -name 'glossary.toml') ;;
    site)
        for case in tests/golden/*.txt; do plant <"$case"; done ;;
    *)
        echo "no such target: $target" >&2
        exit 2 ;;
esac
for found in "tests/fuzz/found/$target"/*; do
    [ ! -f "$found" ] || plant <"$found"
done

# The versions of the program itself; what only fuzzing needs is added.
cp Cargo.lock tests/fuzz/Cargo.lock
machine=$(rustc -vV | sed -n 's/^host: //p')
flags="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters"
flags="$flags -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares"
RUSTFLAGS="$flags --cfg fuzzing" cargo build --release --target-dir target/fuzz --manifest-path tests/fuzz/Cargo.toml --target "$machine" --bin "$target"
"target/fuzz/$machine/release/$target" "$folder" "$seeds" -artifact_prefix="$folder/failed-" \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1500 -max_len=4096 -print_final_stats=1
