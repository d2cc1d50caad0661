
# ---- 3 options --------------------------------------------------------------------------------------------------------------

usage() {
    cat <<EOF
usage: sh install.sh [options] [FOLDER]

Puts the images of $bundle_name $bundle_version for $bundle_platform, judged for k0s $bundle_k0s, on this machine, and proves that they
are there. FOLDER is the folder of the bundle (default: where this script lies).

trust
  --key PUB            trust this public key; may be given again (default: \$IMREL_TRUSTED_KEYS, or
                       /etc/infometis/trusted-keys/*.pub). It must not come from the bundle itself.
  --allow-unsigned     accept a bundle without a signature that is trusted; this is recorded
where to
  --target KIND        auto, k0s, k0s-docker, containerd, docker, podman or layout:DIR (default: auto)
  --data-dir DIR       k0s's data folder (default: /var/lib/k0s)
  --k0s-config FILE    k0s's configuration (default: /etc/k0s/k0s.yaml)
  --container NAME     the container of k0s-docker (default: infometis)
  --address SOCKET     containerd's socket (default: \$CONTAINERD_ADDRESS, or /run/containerd/containerd.sock)
  --namespace NAME     containerd's namespace (default: k8s.io)
what
  --only NAME,…        these images only
  --stack NAME         the images of this stack, those of the smaller stacks, and those of k0s
how
  --dry-run            check everything, say what would be done, change nothing
  --verify-only        check the bundle and nothing else
  --status             compare this machine with the receipt of the last install
  --uninstall          remove what was installed, and nothing else
  --force              go on in spite of another k0s release or a pinned configuration; this is recorded
  --yes                ask nothing
  --state DIR          where receipts are kept (default: /var/lib/infometis; without root: \$XDG_STATE_HOME/infometis)
  --report FILE        write what was done and found as JSON, failures included
  --log FILE           write what is said to a file too
  --quiet, --verbose   say less, or more
  --help               this

exit codes: 0 sound, 2 usage, 11 another k0s, 30 damaged, 31 not trusted, 40 this machine is unfit, 50 not everything is there,
            130 interrupted
EOF
}

usage_error() {
    printf 'install.sh: %s\nsee: sh install.sh --help\n' "$(printable "$1")" >&2
    trap - EXIT
    exit 2
}

target=auto
data_dir=
k0s_config=
container=infometis
address=
namespace=k8s.io
only=
stack=
allow_unsigned=
force=
yes=
state=
folder=
mode=
keys= # one a line

# Paths are taken from where the user stands, and later steps may stand elsewhere.
absolute() {
    case $1 in
        /*) printf '%s' "$1" ;;
        *) printf '%s/%s' "${PWD%/}" "$1" ;;
    esac
}

set_mode() {
    [ -z "$mode" ] || [ "$mode" = "$1" ] || usage_error "--$mode and --$1 contradict each other"
    mode=$1
    command=$1
}

read_options() {
    while [ $# -gt 0 ]; do
        option=${1%%=*}
        case $option in
            --key | --target | --data-dir | --k0s-config | --container | --address | --namespace | --only | --stack | --state | \
                --report | --log)
                if [ "$option" != "$1" ]; then
                    value=${1#*=}
                else
                    value=${2:-}
                    [ $# -eq 1 ] || shift
                fi
                [ -n "$value" ] || usage_error "$option needs a value"
                ;;
            *) option=$1 ;;
        esac
        shift
        case $option in
            --key) add_key "$value" ;;
            --target) target=$value ;;
            --data-dir) data_dir=$(absolute "$value") ;;
            --k0s-config) k0s_config=$(absolute "$value") ;;
            --container) container=$value ;;
            --address) address=$value ;;
            --namespace) namespace=$value ;;
            --only) only=${only:+$only,}$value ;;
            --stack) stack=$value ;;
            --state) state=$(absolute "$value") ;;
            --report) report_file=$(absolute "$value") ;;
            --log) log_file=$(absolute "$value") ;;
            --allow-unsigned) allow_unsigned=yes ;;
            --force) force=yes ;;
            --yes) yes=yes ;;
            --quiet) verbosity=0 ;;
            --verbose) verbosity=2 ;;
            --dry-run | --verify-only | --status | --uninstall) set_mode "${option#--}" ;;
            --help | -h)
                usage
                trap - EXIT
                exit 0
                ;;
            --)
                [ $# -le 1 ] || usage_error "one folder, not $#"
                [ $# -eq 0 ] || set_folder "$1"
                break
                ;;
            -*) usage_error "unknown option '$option'" ;;
            *) set_folder "$option" ;;
        esac
    done
    check_options
}

set_folder() {
    [ -z "$folder" ] || usage_error "one folder, not two"
    folder=$(absolute "$1")
}

check_options() {
    case $target in
        auto | k0s | k0s-docker | containerd | docker | podman) ;;
        layout:?*)
            layout=$(absolute "${target#layout:}")
            layout=${layout%/}
            case $layout in '' | */. | */..) usage_error "--target layout: takes the name of a folder, not '${target#layout:}'" ;; esac
            target=layout
            ;;
        *) usage_error "unknown target '$target': auto, k0s, k0s-docker, containerd, docker, podman or layout:DIR" ;;
    esac
    [ -z "$only" ] || [ -z "$stack" ] || usage_error "--only and --stack contradict each other"
    case $stack in -* | *[!A-Za-z0-9_.-]*) usage_error "'$stack' is no name of a stack" ;; esac
    case $container in -* | *[!A-Za-z0-9_.-]*) usage_error "'$container' is no name of a container" ;; esac
    case $namespace in -* | *[!A-Za-z0-9_.-]*) usage_error "'$namespace' is no namespace" ;; esac
    [ -n "$data_dir" ] || data_dir=/var/lib/k0s
    [ -n "$k0s_config" ] || k0s_config=/etc/k0s/k0s.yaml
    [ -n "$address" ] || address=${CONTAINERD_ADDRESS:-/run/containerd/containerd.sock}
    if [ -z "$state" ]; then
        if is_root; then
            state=/var/lib/infometis
        else
            state=${XDG_STATE_HOME:-${HOME:-/nonexistent}/.local/state}/infometis
        fi
    fi
}

is_root() {
    [ "$(id -u)" -eq 0 ]
}

add_key() {
    key_path=$(absolute "$1")
    case $key_path in *"$newline"*) usage_error "the path of a key holds a line break" ;; esac
    keys=${keys:+$keys$newline}$key_path
}

# agreed QUESTION: yes without a terminal, where nobody could answer.
agreed() {
    [ -z "$yes" ] && [ -t 0 ] && [ -n "$on_terminal" ] || return 0
    printf '%s [y/N] ' "$1" >&2
    read -r answer || answer=
    case $answer in
        y | Y | yes | YES) return 0 ;;
        *) return 1 ;;
    esac
}
