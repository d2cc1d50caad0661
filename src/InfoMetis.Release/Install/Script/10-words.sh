
# ---- 2 words ----------------------------------------------------------------------------------------------------------------

verbosity=1 # 0 with --quiet, 2 with --verbose
log_file=
report_file=
work=
lock=
gravest=0
command=install
started=
on_terminal=
[ -t 2 ] && on_terminal=yes
bold='' red='' yellow='' green='' plain=''
if [ -n "$on_terminal" ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
    bold=$(printf '\033[1m') red=$(printf '\033[31m') yellow=$(printf '\033[33m') green=$(printf '\033[32m') plain=$(printf '\033[0m')
fi

# A name on a medium must not be able to move the cursor.
printable() {
    case $1 in
        *[!\ -~]*) printf '%s' "$1" | tr '\000-\037\177-\377' '?' ;;
        *) printf '%s' "$1" ;;
    esac
}

now() {
    date -u +%Y-%m-%dT%H:%M:%SZ
}

# Everything that is said goes to the terminal and, with the time, into the log.
write_line() {
    words=$(printable "$2")
    printf '%s%s%s\n' "$1" "$words" "${1:+$plain}" >&2
    [ -z "$log_file" ] || printf '%s %s\n' "$(now)" "$words" 2>/dev/null >>"$log_file" || log_failed
}

# A log that was asked for and cannot be kept is a failure, and no reason to stop half-way.
log_failed() {
    log=$log_file
    log_file=
    error IMR6005 "$log" "the log '$log' cannot be written" "Name another file with --log."
}

say() { [ "$verbosity" -lt 1 ] || write_line '' "$1"; }
detail() { [ "$verbosity" -lt 2 ] || write_line '' "$1"; }
headline() { [ "$verbosity" -lt 1 ] || write_line "$bold" "$1"; }

# The last line of a run is said even when it is told to be quiet.
verdict() {
    case $gravest in
        0) write_line "$green" "$1" ;;
        *) write_line "$red" "$1" ;;
    esac
}

exit_code_of() {
    case $1 in
        IMR0*) echo 2 ;;
        IMR2*) echo 11 ;;
        IMR52*) echo 31 ;;
        IMR51*) echo 30 ;;
        IMR62*) echo 50 ;;
        IMR6*) echo 40 ;;
        *) echo 70 ;;
    esac
}

# finding SEVERITY CODE SUBJECT FACT HINT: said at once, kept for the report, and the gravest becomes the exit code.
finding() {
    case $1 in
        error)
            write_line "$red" "error $2 $4"
            code=$(exit_code_of "$2")
            [ "$gravest" -ge "$code" ] || gravest=$code
            ;;
        *) write_line "$yellow" "warning $2 $4" ;;
    esac
    write_line '' "  hint: $5"
    [ -z "$work" ] ||
        printf '    { "code": "%s", "severity": "%s", "subject": "%s", "fact": "%s" }\n' \
            "$2" "$1" "$(json_text "$3")" "$(json_text "$4")" >>"$work/findings"
}

error() { finding error "$@"; }
warning() { finding warning "$@"; }

# What --force lets pass is a warning then, and stands in the receipt.
refusal() {
    if [ -n "$force" ]; then warning "$@"; else error "$@"; fi
}

# Ends the run when anything so far was an error: nothing is done on a machine, or with a bundle, that is not fit.
stop_if_unfit() {
    [ "$gravest" -eq 0 ] || finish refused "$1"
}

human_size() {
    awk -v bytes="$1" 'BEGIN {
        split("B kB MB GB TB", unit, " ")
        for (at = 1; bytes >= 1000 && at < 5; at++) bytes /= 1000
        printf (at == 1 ? "%d %s" : "%.1f %s"), bytes, unit[at]
    }'
}

# ---- progress: percent on a terminal, nothing in a log ----

progress=

# show_progress LABEL TOTAL COMMAND…: the command prints how many bytes are through.
show_progress() {
    [ -n "$on_terminal" ] && [ "$verbosity" -ge 1 ] && [ "$2" -gt 0 ] || return 0
    echo yes >"$work/watched"
    (
        # It goes when it is told to, at once; and by itself where that was not heard, or nobody is left to tell it.
        label=$1 total=$2
        shift 2
        while sleep 1 && [ -s "$work/watched" ] && kill -0 "$$" 2>/dev/null; do
            through=$("$@" 2>/dev/null) || through=0
            [ "${through:-0}" -le "$total" ] || through=$total
            printf '\r%s %3d %%' "$label" "$((${through:-0} * 100 / total))" >&2
        done
    ) &
    progress=$!
}

end_progress() {
    [ -n "$progress" ] || return 0
    : >"$work/watched"
    kill "$progress" 2>/dev/null
    wait "$progress" 2>/dev/null
    progress=
    printf '\r\033[K' >&2
}

# ---- the end of a run ----

remove_traces() {
    end_progress
    end_helpers
    [ -z "$lock" ] || rm -rf -- "$lock"
    remove_partial
    [ -z "$work" ] || rm -rf -- "$work"
    work='' lock=''
}

interrupted() {
    trap '' HUP INT TERM
    gravest=130
    # shellcheck disable=SC2119 # the receipt of a run that was broken off has no more to say
    [ -z "$work" ] || write_report interrupted
    remove_traces
    verdict "broken off: nothing half-done is used; run it again, and it goes on"
    trap - EXIT
    exit 130
}

# finish RESULT SENTENCE
finish() {
    # Nothing but what is complete may end as if it were.
    [ "$1" = complete ] || [ "$gravest" -ne 0 ] || error IMR9001 install.sh "install.sh failed and did not say why" "Please report this."
    write_report "$1"
    remove_traces
    verdict "$2"
    trap - EXIT
    exit "$gravest"
}

# A way out that nobody planned. bash stumbles over a trap when the signal comes while it takes a $( ) apart, and ends here, or waits for the
# next one.
fell_out() {
    status=$?
    trap - EXIT
    [ "$status" -ne 130 ] || interrupted
    remove_traces
    printf 'error: install.sh ended where it should not (%s); nothing half-done is used; if nobody broke it off, please report this\n' "$status" >&2
    exit 70
}
trap interrupted HUP INT TERM
trap fell_out EXIT
