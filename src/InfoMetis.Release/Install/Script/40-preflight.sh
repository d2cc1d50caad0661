
# ---- 5 preflight ------------------------------------------------------------------------------------------------------------

find_bundle() {
    if [ -z "$folder" ]; then
        case $0 in
            */*) folder=$(absolute "${0%/*}/") ;;
            *) folder=$PWD ;;
        esac
    fi
    # The x keeps a line break at the end of a name.
    folder=$(CDPATH='' cd -- "$folder" 2>/dev/null && pwd -P && printf x) || folder=
    folder=${folder%"${newline}x"}
    if [ -z "$folder" ] || [ ! -f "$folder/SHA256SUMS" ]; then
        error IMR5102 "bundle" "there is no bundle in ${folder:-the folder that was named}: no SHA256SUMS lies there" \
            "Run this script where it lies in the bundle, or name the bundle's folder."
        finish refused "nothing was changed"
    fi
}

# need_tool COMMAND DEBIAN RHEL SUSE ALPINE REASON
need_tool() {
    has "$1" || error IMR6010 "$1" "this machine has no '$1', which is needed $6" \
        "Install the package: Debian and Ubuntu $2, RHEL $3, SUSE $4, Alpine $5."
}

# What this script itself cannot do without; whatever is missing is said at once, and nothing else is tried.
check_basic_tools() {
    need_tool awk mawk gawk gawk busybox "to read what the bundle holds"
    for tool in grep sed; do
        need_tool "$tool" "$tool" "$tool" "$tool" "$tool" "to read what the bundle holds"
    done
    for tool in cat chmod cp cut date dd df head id ls mkdir mv rm rmdir sleep sort sync tail tr uname wc; do
        need_tool "$tool" coreutils coreutils coreutils busybox "to handle files"
    done
    need_tool sh dash bash bash busybox "to read from the medium"
}

# What takes the images from the medium and into the target.
check_tools() {
    [ -n "$allow_unsigned" ] && has sha256sum ||
        need_tool openssl openssl openssl openssl openssl "to check the signature and the hashes"
    [ "$command" != verify-only ] || return 0
    need_tool find findutils findutils findutils busybox "to put the files on the disk"
    need_tool tar tar tar tar tar "to take the images out of the archive"
    # In pieces of 64 KiB, which a pipe holds, GNU tar gets through it in two thirds of the time.
    tar_record=
    case $(tar --version 2>/dev/null) in *GNU*) tar_record=--blocking-factor=128 ;; esac
    case $bundle_kind in
        zstd) need_tool zstd zstd zstd zstd zstd "to unpack this bundle" ;;
        gzip) need_tool gzip gzip gzip gzip gzip "to unpack this bundle" ;;
    esac
}

check_platform() {
    machine=$(uname -m)
    case $machine in
        x86_64 | amd64) host_platform=linux/amd64 ;;
        aarch64 | arm64) host_platform=linux/arm64 ;;
        armv7* | armv8l) host_platform=linux/arm/v7 ;;
        *) host_platform=linux/$machine ;;
    esac
    # A layout is for anybody; the others run here.
    [ "$target" = layout ] || [ "$host_platform" = "$bundle_platform" ] || [ "$host_platform" = "${bundle_platform%/v8}" ] ||
        error IMR6013 "$host_platform" "this machine is $host_platform, and the bundle holds images for $bundle_platform" \
            "Get the bundle for $host_platform."
}

check_rights() {
    case $target in
        layout) return 0 ;;
        # An engine knows whom it lets in.
        docker | podman | k0s-docker) is_root || [ -n "${engine_version:-}" ] && return 0 ;;
        *) is_root && return 0 ;;
    esac
    error IMR6011 "$(id -un 2>/dev/null || id -u)" "user $(id -u) may not put images into $target" \
        "Run it as root: sudo sh install.sh …; --verify-only and --target layout:DIR need no root."
}

# The nearest folder that is there, for df.
existing() {
    near=$1
    while [ ! -d "$near" ]; do
        near=${near%/*}
        [ -n "$near" ] || near=/
    done
    printf '%s' "$near"
}

# need_space DIRECTORY BYTES: what is asked of one file system by several adds up.
need_space() {
    room=$(df -Pk -- "$(existing "$1")" 2>/dev/null | awk -v need="$2" 'NR == 2 { printf "%s %s\t%.0f\t%.0f", $1, $6, need, $4 * 1024 }')
    [ -z "$room" ] || printf '%s\t%s\n' "$room" "$(printable "$1")" >>"$work/space"
}

check_space() {
    [ -f "$work/space" ] || return 0
    awk -F "$tab" '
        { need[$1] += $2; free[$1] = $3; path[$1] = path[$1] (path[$1] ? " and " : "") $4 }
        END { for (disk in need) if (need[disk] > free[disk]) printf "%s\t%.0f\t%.0f\n", path[disk], need[disk], free[disk] }
    ' "$work/space" >"$work/short"
    while IFS=$tab read -r where need free; do
        error IMR6001 "$where" \
            "$where has no room: $(human_size "$need") are needed and $(human_size "$free") are free, $(human_size $((need - free))) short" \
            "Free that much there; nothing was written."
    done <"$work/short"
}

# One install at a time. The folder is made in one step or not at all; what a killed run left is taken over.
take_lock() {
    mkdir -p -- "$state/receipts" 2>"$work/words" || {
        error IMR6002 "$state" "'$state' cannot be made: $(sed 1q "$work/words")" "Run it as root, or name another folder with --state."
        return 0
    }
    [ -w "$state/receipts" ] || {
        error IMR6002 "$state" "'$state' cannot be written" "Run it as root, or name another folder with --state."
        return 0
    }
    tries=0
    while [ "$tries" -lt 3 ]; do
        tries=$((tries + 1))
        if mkdir -- "$state/lock" 2>/dev/null; then
            lock=$state/lock
            if ! printf '%s\n' "$$" 2>/dev/null >"$lock/pid" || [ "$(cat "$lock/pid" 2>/dev/null)" != "$$" ]; then
                lock=
                continue
            fi
            remove_old_work
            return 0
        fi
        holder=$(cat "$state/lock/pid" 2>/dev/null) || holder=
        if [ -n "$holder" ] && is_install "$holder"; then
            break
        fi
        if [ -n "$holder" ] || [ "$tries" -gt 1 ]; then
            take_over "$holder"
        else
            sleep 1
        fi
    done
    error IMR6012 "$state/lock" "another install runs on this machine${holder:+: process $holder}" \
        "Wait for it to end, then run this again. If none runs, remove $state/lock."
}

# Renamed first: of two that take over only one succeeds. Who finds in its hands the lock of another that was quicker gives it back.
take_over() {
    mv -- "$state/lock" "$state/lock.stale.$$" 2>/dev/null || return 0
    # Where there is one again, a folder would go into it.
    [ "$(cat "$state/lock.stale.$$/pid" 2>/dev/null)" = "$1" ] || [ -d "$state/lock" ] ||
        mv -- "$state/lock.stale.$$" "$state/lock" 2>/dev/null
    rm -rf -- "$state/lock.stale.$$"
}

# Whether a process is there and is one of ours; its number may belong to another by now.
is_install() {
    kill -0 "$1" 2>/dev/null || return 1
    [ ! -r "/proc/$1/cmdline" ] || tr '\000' ' ' <"/proc/$1/cmdline" | grep -q -e install -e '^[^ ]*sh ' -e busybox
}
