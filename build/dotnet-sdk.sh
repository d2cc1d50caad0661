# shellcheck shell=sh
# Read by ./imrel and ./build.sh, which both need a .NET SDK and must say the same where it is missing.

# need_dotnet_sdk ROOT: leaves the command in $dotnet, or says how to get it and fails.
need_dotnet_sdk() {
    for dotnet in dotnet "${DOTNET_ROOT:-}/dotnet"; do
        # Asked inside the repository, dotnet fails where no installed SDK satisfies global.json.
        if command -v "$dotnet" >/dev/null && (cd -- "$1" && "$dotnet" --version >/dev/null 2>&1); then
            return 0
        fi
    done
    cat >&2 <<'EOF'
error: no .NET 10 SDK was found, and imrel is built from source
hint:  install the package dotnet-sdk-10.0 of your distribution, or take it from https://dot.net/download
       and put its folder on PATH; `dotnet --list-sdks` must then show 10.0.100 or a later 10.0
EOF
    return 40
}
