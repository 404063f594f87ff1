#!/usr/bin/env bash
# The tests in a real browser: `tests/browser/run.sh [FILE.test.js…]`, all of them without a name.
# Installs what is missing (Debian's Chromium, Chinese faces, a Java runtime for the Nu checker; the npm
# packages of the lock file), builds the site three times with the debug binary, and runs node's test
# runner, whose last lines count.
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! node -e 'process.exit(process.versions.node.split(".")[0] >= 20 ? 0 : 1)'; then
    echo "tests/browser needs Node 20 or later, with npm" >&2
    exit 1
fi
missing=()
for package in chromium fonts-noto-cjk; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
command -v java >/dev/null || missing+=(default-jre-headless)
if [ "${#missing[@]}" -gt 0 ]; then
    as=()
    [ "$(id -u)" = 0 ] || as=(sudo)
    "${as[@]}" apt-get update -q
    "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
fi
# The Nu checker's package would fetch a Java of its own after installing; the system's is enough.
npm ci --prefix tests/browser --ignore-scripts --no-audit --no-fund

cargo build --locked
export TONGWEN="${CARGO_TARGET_DIR:-$PWD/target}/debug/tongwen"
built="$(mktemp -d)"
trap 'rm -rf "$built"' EXIT
export TONGWEN_PUBLIC="$built/public" TONGWEN_PUBLIC_BELOW="$built/below" TONGWEN_PUBLIC_RELATIVE="$built/relative"
"$TONGWEN" build --quiet --output-dir "$TONGWEN_PUBLIC"
"$TONGWEN" build --quiet --output-dir "$TONGWEN_PUBLIC_BELOW" --base-url https://example.org/apec/2026/
"$TONGWEN" build --quiet --output-dir "$TONGWEN_PUBLIC_RELATIVE" --relative-links

cd tests/browser
[ "$#" -gt 0 ] || set -- *.test.js
node --test --test-force-exit --test-concurrency=2 "$@"
