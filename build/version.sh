#!/bin/sh
# Says what this checkout is, as properties for MSBuild: the version that a tag of its commit names, the commit, whether
# anything differs from it, and its time. Says nothing where the folder is no checkout of its own.
set -eu

cd -- "$(dirname -- "$0")/.."
prefix=$(git rev-parse --show-prefix 2>/dev/null) && [ -z "$prefix" ] || exit 0
commit=$(git rev-parse --verify --quiet HEAD) || exit 0
tag=$(git tag --points-at HEAD --sort=-version:refname | grep -E '^v[0-9]+\.[0-9]+\.[0-9]+$' | head -n 1) || tag=
[ -z "$tag" ] || printf '%s\n' "-p:Version=${tag#v}"
# What git does not know yet is compiled as well.
[ -z "$(git status --porcelain)" ] || commit=$commit.dirty
printf '%s\n' "-p:SourceRevisionId=$commit" "-p:DeterministicTimestamp=$(git show --no-patch --format=%ct HEAD)"
