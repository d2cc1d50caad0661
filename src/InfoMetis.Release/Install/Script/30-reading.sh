
# ---- 4 reading --------------------------------------------------------------------------------------------------------------

has() {
    command -v "$1" >/dev/null 2>&1
}

# A folder of our own for lists; nothing in it is ever run, so the file system may be noexec.
make_work_folder() {
    for parent in "${TMPDIR:-/tmp}" /run /dev/shm /var/tmp; do
        [ -d "$parent" ] && [ -w "$parent" ] || continue
        # awk is told this path, and reads some signs otherwise.
        case $parent in *\\* | *"$newline"*) continue ;; *) ;; esac
        work=$(absolute "$parent")/infometis-install.$$
        mkdir -m 700 -- "$work" 2>/dev/null || continue
        if has_room 8388608; then
            : >"$work/findings"
            return 0
        fi
        rm -rf -- "$work"
    done
    work=
    error IMR6001 "$parent" "no folder for temporary lists can be made, with 8 MB of room, in ${TMPDIR:-/tmp}, /run, /dev/shm or /var/tmp" \
        "Free some room there, or set TMPDIR to a folder that can be written."
    finish failed "nothing was changed"
}

# has_room BYTES: tried and not computed.
has_room() {
    head -c "$1" /dev/zero 2>/dev/null >"$work/room" && [ "$(size_of "$work/room")" -eq "$1" ] && rm -f -- "$work/room" && return 0
    rm -f -- "$work/room"
    return 1
}

# What a run left there that was killed: it may hold the images that --only chose.
remove_old_work() {
    for old in "${work%/*}"/infometis-install.*; do
        [ -d "$old" ] && [ ! -L "$old" ] && [ -O "$old" ] && [ "$old" != "$work" ] || continue
        kill -0 "${old##*.}" 2>/dev/null || rm -rf -- "$old"
    done
}

json_text() {
    case $1 in
        *[!\ -~]* | *[\"\\]*) ;;
        *) printf '%s' "$1" && return ;;
    esac
    printf '%s' "$1" | awk '
        BEGIN { RS = "\001"; for (at = 1; at < 32; at++) escape[sprintf("%c", at)] = sprintf("\\u%04x", at) }
        {
            for (at = 1; at <= length($0); at++) {
                sign = substr($0, at, 1)
                if (sign == "\\" || sign == "\"") sign = "\\" sign
                else if (sign in escape) sign = escape[sign]
                printf "%s", sign
            }
        }'
}

# Every value of a JSON document on a line of its own: its path, a tab, the value. Documents of ours hold ASCII where this script looks.
flatten_json() {
    awk '
        function begin_value() { if (depth && kind[depth] == "[") key[depth] = count[depth]++ }
        function put(value,   path, at) {
            begin_value()
            path = key[1]
            for (at = 2; at <= depth; at++) path = path "." key[at]
            print path "\t" value
        }
        function take(pattern) {
            if (!match(rest, pattern)) { broken = 1; exit 1 }
            token = substr(rest, 1, RLENGTH)
            rest = substr(rest, RLENGTH + 1)
        }
        {
            rest = $0
            while (1) {
                sub(/^[ \t\r]+/, "", rest)
                if (rest == "") break
                sign = substr(rest, 1, 1)
                if (sign == "{" || sign == "[") {
                    begin_value(); kind[++depth] = sign; count[depth] = 0; named[depth] = 0; rest = substr(rest, 2); seen = 1
                } else if (sign == "}" || sign == "]") {
                    if (depth < 1 || (kind[depth] == "{") != (sign == "}")) { broken = 1; exit 1 }
                    depth--; rest = substr(rest, 2)
                } else if (sign == ",") {
                    named[depth] = 0; rest = substr(rest, 2)
                } else if (sign == ":") {
                    named[depth] = 1; rest = substr(rest, 2)
                } else if (sign == "\"") {
                    take("^\"([^\"\\\\]|\\\\.)*\"")
                    token = substr(token, 2, length(token) - 2)
                    if (kind[depth] == "{" && !named[depth]) key[depth] = token; else put(token)
                } else {
                    take("^[-+.0-9A-Za-z]+"); put(token)
                }
            }
        }
        END { if (broken || depth || !seen) exit 1 }'
}

# json_values FILE PATH…: a line for each, of a file that flatten_json made.
json_values() {
    awk -F "$tab" '
        BEGIN { for (at = 2; at < ARGC; at++) { path[at] = ARGV[at]; ARGV[at] = "" } }
        !($1 in value) { value[$1] = $2 }
        END { for (at = 2; at < ARGC; at++) print value[path[at]] }' "$@"
}

# hasher FILE…, or standard input: a line for each, its hash first. OpenSSL does it four times as fast as what Debian calls sha256sum; either will do.
hasher() {
    if has openssl; then
        openssl dgst -sha256 -r "$@"
    else
        sha256sum "$@"
    fi
}

# The hash of standard input.
sha256() {
    hashed=$(hasher) && printf '%s' "${hashed%%[!0-9a-f]*}"
}

# Some wc put blanks in front of a number.
size_of() {
    size=$(wc -c <"$1")
    printf '%s' "${size##* }"
}

count_of_lines() {
    count=$(wc -l <"$1")
    printf '%s' "${count##* }"
}

# Tables of what the bundle, or a receipt, holds: images (number, name, group, stack, digest, type), names (number, name) and
# content (number, digest); of the bundle also blobs (digest, size, type, offset).
make_tables() {
    awk -F "$tab" -v work="$work" '
        BEGIN { OFS = FS }
        { parts = split($1, at, ".") }
        at[1] == "images" && at[3] == "names" && (parts == 4 || at[5] == "name") { print at[2], $2 > (work "/names.all") }
        at[1] == "images" && at[3] == "content" { print at[2], $2 > (work "/content.all") }
        at[1] == "images" && parts == 3 { image[at[2], at[3]] = $2; if (at[2] + 1 > images) images = at[2] + 1 }
        at[1] == "blobs" && parts == 3 { blob[at[2], at[3]] = $2; if (at[2] + 1 > blobs) blobs = at[2] + 1 }
        at[1] == "stacks" { print $2 > (work "/stacks") }
        END {
            for (n = 0; n < images; n++)
                print n, image[n, "name"], image[n, "group"], image[n, "stack"], image[n, "digest"], image[n, "mediaType"] > (work "/images.all")
            for (n = 0; n < blobs; n++)
                print blob[n, "digest"], blob[n, "size"], blob[n, "mediaType"], blob[n, "offset"] > (work "/blobs.all")
        }' "$1"
    for table in images.all names.all content.all blobs.all stacks; do
        [ -f "$work/$table" ] || : >"$work/$table"
    done
}

# select_images ONLY STACK: keeps of the tables what these ask for, or everything.
select_images() {
    selection=all
    if [ -n "$1" ]; then
        selection="only $1"
        printf '%s\n' "$1" | tr ',' '\n' | sort -u >"$work/asked"
        awk -F "$tab" 'NR == FNR { known[$2]; next } $0 != "" && !($0 in known)' "$work/images.all" "$work/asked" >"$work/unknown"
        [ ! -s "$work/unknown" ] || usage_error_later "--only: this bundle has no image '$(sed 1q "$work/unknown")'; it has $(cut -f 2 "$work/images.all" | tr '\n' ' ')"
        awk -F "$tab" 'NR == FNR { asked[$0]; next } $2 in asked' "$work/asked" "$work/images.all" >"$work/images"
    elif [ -n "$2" ]; then
        selection="stack $2"
        grep -qxF -e "$2" "$work/stacks" ||
            usage_error_later "--stack: this bundle has no stack '$2'; it has $(tr '\n' ' ' <"$work/stacks")"
        # A stack holds those before it; what belongs to no stack is in each.
        awk -F "$tab" -v last="$2" '
            NR == FNR { if (!over) held[$0]; if ($0 == last) over = 1; next }
            $4 == "" || $4 in held' "$work/stacks" "$work/images.all" >"$work/images"
    else
        cp "$work/images.all" "$work/images"
    fi
    for table in names content blobs; do
        : >"$work/$table"
    done
    awk -F "$tab" -v work="$work" '
        FILENAME ~ /images$/ { kept[$1]; next }
        FILENAME ~ /names.all$/ { if ($1 in kept) print >(work "/names"); next }
        FILENAME ~ /content.all$/ { if ($1 in kept) { print >(work "/content"); needed[$2] } next }
        $1 in needed { print >(work "/blobs") }' "$work/images" "$work/names.all" "$work/content.all" "$work/blobs.all"
    count_images=$(count_of_lines "$work/images")
    [ "$count_images" -gt 0 ] || usage_error_later "--only names no image"
    names_of_target
}

# The index of what was chosen has every name; an engine keeps those with a tag only, and no more is promised of it.
names_of_target() {
    cp "$work/names" "$work/names.chosen"
    case $target in
        docker | podman) awk -F "$tab" '$2 !~ /@/' "$work/names.chosen" >"$work/names" ;;
    esac
    count_names=$(count_of_lines "$work/names")
}

usage_error_later() {
    remove_traces
    usage_error "$1"
}
