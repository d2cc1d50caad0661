#!/bin/sh
# Builds, tests and packs. `./build.sh help` lists the targets; docs/contributing.md explains them.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
cd -- "$root"
# shellcheck source=build/dotnet-sdk.sh
. build/dotnet-sdk.sh

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

targets() {
    echo "usage: ./build.sh [target] [-- benchmark…]"
    sed -n '/^Task("/{N;s/^Task("\([A-Za-z]*\)")\n *\.Description("\(.*\)").*/\1 \2/p;}' build/tasks.cake build/release.cake |
        while read -r name description; do
            printf '  %-8s %s\n' "$(printf %s "$name" | tr '[:upper:]' '[:lower:]')" "$description"
        done
}

# The last line of a test run is always its totals, however it ended.
close_tests() {
    if [ -f artifacts/test-results/closing-line ]; then
        cat artifacts/test-results/closing-line
    else
        echo "0 passed, 0 failed"
    fi
}

target=${1:-default}
[ $# -eq 0 ] || shift
case $target in
    help | --help | -h)
        targets
        exit 0
        ;;
esac
if ! targets | grep -q "^  $target "; then
    echo "build.sh: there is no target '$target'" >&2
    targets >&2
    exit 2
fi
[ "${1:-}" != -- ] || shift
if [ $# -gt 0 ] && [ "$target" != bench ]; then
    echo "build.sh: '$target' takes no arguments, but was given '$*'" >&2
    exit 2
fi

if [ "$target" = test ]; then
    rm -rf artifacts/test-results
    mkdir -p artifacts/test-results
    trap close_tests EXIT
fi
need_dotnet_sdk "$root"
"$dotnet" tool restore
"$dotnet" cake --target="$target" ${1:+"--names=$*"}
