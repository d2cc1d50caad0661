#!/usr/bin/env bash
# Installs the programs that the end-to-end tests run. Does nothing, quickly, where all of them are there.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
packages=(
    bsdutils busybox-static containerd dash docker-registry docker.io faketime gawk hyperfine iproute2 mawk openssl podman
    python3-jsonschema python3-yaml runc shellcheck skopeo umoci zstd
)
# Too young for the release of Debian that most machines run: taken from the next one, and unpacked beside the build.
unpacked=(cosign crane oras)
next_release=forky
# What is signed has to be verified by both cosigns that are in use, so the older one is there as cosign-2.
older_release=trixie
tools=$root/artifacts/tools

as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo -n "$@"
    else
        echo "error: '$*' needs root, and there is no sudo" >&2
        return 40
    fi
}

# Debian starts a service as soon as it is installed, unless this file says otherwise. The tests start their own.
without_services() {
    local policy=/usr/sbin/policy-rc.d made='' exit=0
    if [[ ! -e $policy ]]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod +x "$policy"
        made=yes
    fi
    "$@" || exit=$?
    [[ -z $made ]] || as_root rm -f "$policy"
    return "$exit"
}

install_packages() {
    local missing=() package status
    for package in "${packages[@]}"; do
        status=$(dpkg-query --show --showformat '${db:Status-Status}' "$package" 2>/dev/null) || status=unknown
        [[ $status == installed ]] || missing+=("$package")
    done
    [[ ${#missing[@]} -gt 0 ]] || return 0
    echo "installing ${missing[*]}"
    as_root apt-get update --quiet=2
    without_services as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install --quiet=2 --yes --no-install-recommends "${missing[@]}"
}

has_unpacked() {
    local tool
    for tool in "${unpacked[@]}" cosign-2; do
        [[ -x $tools/usr/bin/$tool ]] || return 1
    done
}

# Reads the next release through a configuration of its own, so that the machine's stays as it is. Where packages
# come from is the machine's own choice: the place it takes the main part of its own release from.
unpack_tools() {
    ! has_unpacked || return 0
    local release source apt=$root/artifacts/obj/apt fresh=$tools.new tool
    # shellcheck source=/dev/null
    release=$(. /etc/os-release && echo "${VERSION_CODENAME:?}") || return
    # shellcheck disable=SC2016
    source=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        awk -v release="$release" '$2 == release && $3 == "main" { print $1; exit }') || return
    if [[ -z $source ]]; then
        echo "error: apt names no source for the main part of $release" >&2
        return 40
    fi
    echo "unpacking ${unpacked[*]} from $next_release into ${tools#"$root"/}"
    rm -rf "$apt" "$fresh"
    mkdir -p "$apt"/{lists,cache,debs,older}/partial "$fresh" || return
    printf 'deb %s %s main\n' "$source" "$next_release" "$source" "$older_release" >"$apt/sources.list"
    local options=(
        --quiet=2
        -o "Dir::Etc::SourceList=$apt/sources.list" -o Dir::Etc::SourceParts=-
        -o "Dir::State::Lists=$apt/lists" -o "Dir::Cache=$apt/cache"
        -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false
        -o "APT::Sandbox::User=$(id -un)"
    )
    apt-get "${options[@]}" update || return
    (cd "$apt/debs" && apt-get "${options[@]}" download "${unpacked[@]}") || return
    for tool in "$apt"/debs/*.deb; do
        dpkg -x "$tool" "$fresh" || return
    done
    (cd "$apt/older" && apt-get "${options[@]}" download "cosign/$older_release") || return
    dpkg -x "$apt"/older/cosign_*.deb "$apt/older" || return
    mv "$apt/older/usr/bin/cosign" "$fresh/usr/bin/cosign-2" || return
    # Built for a later release, they may ask for a later C library: better known here than in the middle of a test.
    for tool in "${unpacked[@]}" cosign-2; do
        "$fresh/usr/bin/$tool" version >/dev/null || return
    done
    rm -rf "$tools" && mv "$fresh" "$tools" && rm -rf "$apt"
}

install_packages
if ! unpack_tools; then
    cat >&2 <<EOF
################################################################################
error: ${unpacked[*]} could not be unpacked; the reason stands above
hint:  tests that need them are skipped on a desk and FAIL where CI=true
################################################################################
EOF
fi
