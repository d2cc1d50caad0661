
# ---- 7 trust ----------------------------------------------------------------------------------------------------------------

signed_by= # fingerprints, one a line

# Only keys that this machine, or whoever stands at it, names. The nearest to the command line alone counts, as for imrel.
trusted_keys() {
    if [ -n "$keys" ]; then
        printf '%s\n' "$keys"
    elif [ -n "${IMREL_TRUSTED_KEYS:-}" ]; then
        printf '%s\n' "$IMREL_TRUSTED_KEYS" | tr ':' '\n'
    elif [ -d /etc/infometis/trusted-keys ]; then
        printf '%s\n' /etc/infometis/trusted-keys
    fi | while IFS= read -r named; do
        if [ -d "$named" ]; then
            for file in "$named"/*.pub; do
                [ ! -f "$file" ] || printf '%s\n' "$file"
            done
        elif [ -n "$named" ]; then
            printf '%s\n' "$named"
        fi
    done
}

# What is checked is what is used: a medium that fails may say another thing when it is asked again.
copy_list() {
    sums=$work/SHA256SUMS
    # Far more than a list can have, and far less than a disk: nobody has vouched for its size yet.
    if ! head -c 4194304 2>"$work/words" <"$folder/SHA256SUMS" >"$sums"; then
        error IMR5106 SHA256SUMS "SHA256SUMS cannot be read: $(sed 1q "$work/words")" "Check the medium and the permissions."
        : >"$sums"
    fi
    [ ! -f "$folder/SHA256SUMS.sig" ] || head -c 65536 2>/dev/null <"$folder/SHA256SUMS.sig" >"$sums.sig"
}

check_signature() {
    trusted_keys >"$work/keys"
    if [ ! -s "$work/keys" ]; then
        unsigned IMR5203 "no key is trusted, so nobody can tell who signed '$folder/SHA256SUMS'" \
            "Name the public key of whoever released it with --key; it must not come from the bundle itself."
        return 0
    fi
    if [ ! -f "$sums.sig" ]; then
        unsigned IMR5201 "'$folder/SHA256SUMS' is not signed: there is no file of that name with the ending '.sig' beside it" \
            "Copy the whole bundle again from whoever released it."
        return 0
    fi
    if ! has openssl; then
        [ -z "$allow_unsigned" ] || unsigned IMR5202 "there is no openssl to check the signature with" ""
        return 0
    fi
    fingerprints=
    while IFS= read -r key; do
        key=$(absolute "$key")
        case $(where_it_lies "$key") in
            "$folder" | "$folder"/*)
                error IMR5204 "$key" "'$key' lies in the bundle, and a bundle cannot vouch for itself" \
                    "Get the key by another way than the bundle, and name that file."
                continue
                ;;
        esac
        [ -r "$key" ] || {
            error IMR5205 "$key" "the key '$key' cannot be read" "Check the path and the permissions."
            continue
        }
        check_key "$key" || continue
        fingerprints=${fingerprints:+$fingerprints }$fingerprint
        check_lines "$key"
    done <"$work/keys"
    [ -n "$signed_by" ] || [ "$gravest" -eq 31 ] || unsigned IMR5202 \
        "'$folder/SHA256SUMS' holds no signature by a trusted key for what lies beside it; trusted: ${fingerprints:-none}" \
        "Compare the fingerprint of your key with that of whoever released this; if it is theirs, the files were changed."
}

# The folder of a file, by whatever links and dots it was named.
where_it_lies() {
    real=$(readlink -f -- "$1" 2>/dev/null) || real=
    [ -n "$real" ] || real=$1
    CDPATH='' cd -- "${real%/*}/" 2>/dev/null && pwd -P
}

# Sets $fingerprint: the SHA-256 of the public key as DER, as imrel prints it.
check_key() {
    if ! openssl pkey -pubin -in "$1" -outform DER -out "$work/key.der" 2>/dev/null; then
        error IMR5204 "$1" "'$1' is no public key in PEM" "Name the .pub file of whoever released this."
        return 1
    fi
    if ! openssl pkey -pubin -in "$1" -noout -text 2>/dev/null | grep -q 'NIST CURVE: P-256'; then
        error IMR5204 "$1" "'$1' is no key on the curve P-256, which releases are signed with" "Name the .pub file of whoever released this."
        return 1
    fi
    fingerprint=sha256:$(sha256 <"$work/key.der")
}

# SHA256SUMS.sig holds one signature a line.
check_lines() {
    while IFS= read -r line || [ -n "$line" ]; do
        printf '%s\n' "$line" | openssl base64 -d -A -out "$work/signature" 2>/dev/null || continue
        if openssl dgst -sha256 -verify "$1" -signature "$work/signature" "$sums" >/dev/null 2>&1; then
            case $newline$signed_by$newline in
                *"$newline$fingerprint$newline"*) ;;
                *)
                    signed_by=${signed_by:+$signed_by$newline}$fingerprint
                    say "signed by $fingerprint"
                    ;;
            esac
            return 0
        fi
    done <"$sums.sig"
}

# unsigned CODE FACT HINT
unsigned() {
    if [ -n "$allow_unsigned" ]; then
        warning IMR5211 SHA256SUMS "the bundle is accepted without a trusted signature, as --allow-unsigned says: $2" \
            "Whoever could change the files could change their hashes too."
    else
        error "$1" SHA256SUMS "$2" "$3"
    fi
}

# Every line well-formed, every file there, nothing besides: a line that is missing is a failure and never a pass.
check_list() {
    if ! awk '!/^[0-9a-f]+  [A-Za-z0-9_+][A-Za-z0-9._+-]*$/ || length($1) != 64 || seen[$2]++ || tolower($2) in low { exit 1 }
        { low[tolower($2)] } END { if (!NR) exit 1 }' "$sums"; then
        error IMR5101 SHA256SUMS "'$folder/SHA256SUMS' is not a list of hashes as a bundle has it" "Copy SHA256SUMS again."
        return 1
    fi
    archive=$bundle_name-$bundle_version-$(printf %s "$bundle_platform" | tr / -).tar
    case $bundle_kind in zstd) archive=$archive.zst ;; gzip) archive=$archive.gz ;; esac
    sed 's/^[0-9a-f]*  //' "$sums" >"$work/listed"
    listed=$(cat "$work/listed")
    for file in "$folder"/* "$folder"/.[!.]* "$folder"/..?*; do
        [ -e "$file" ] || [ -L "$file" ] || continue
        name=${file##*/}
        case $name in SHA256SUMS | SHA256SUMS.sig | SHA256SUMS.sigstore.json) continue ;; esac
        is_listed "$name" || error IMR5105 "$name" "'$name' does not belong to the bundle: SHA256SUMS does not list it" \
            "Find out where it comes from, and move it out of the folder."
    done
    for name in install.sh inventory.json; do
        is_listed "$name" || error IMR5101 "$name" "SHA256SUMS has no line for $name" "Copy the whole bundle again."
    done
    find_parts
}

is_listed() {
    case $1 in *"$newline"*) return 1 ;; esac
    case $newline$listed$newline in *"$newline$1$newline"*) ;; *) return 1 ;; esac
}

# The archive, or its parts in their order; the numbers tell how many there are.
find_parts() {
    awk -v archive="$archive" '
        $0 == archive { whole = 1 }
        index($0, archive ".part") == 1 {
            rest = substr($0, length(archive) + 6)
            if (rest !~ /^[0-9]+of[0-9]+$/) exit 1
            split(rest, number, "of"); part[number[1] + 0] = $0; count++
            if (total && total != number[2] + 0) exit 1
            total = number[2] + 0
        }
        END {
            if (whole) { if (count) exit 1; print archive; exit 0 }
            if (!count || count != total) exit 1
            for (at = 1; at <= total; at++) { if (!(at in part)) exit 1; print part[at] }
        }' "$work/listed" >"$work/archive" ||
        error IMR5101 "$archive" "SHA256SUMS does not list $archive, or not all of its parts" "Copy SHA256SUMS again, or the whole bundle."
    return 0
}

check_hashes() {
    : >"$work/bad"
    total=0 done_before=0
    while IFS= read -r name; do
        [ ! -f "$folder/$name" ] || total=$((total + $(size_of "$folder/$name")))
    done <"$work/listed"
    say "reading $(human_size "$total") to compare every hash"
    while IFS= read -r line; do
        wanted=${line%%  *} name=${line#*  }
        if [ ! -f "$folder/$name" ] || [ -L "$folder/$name" ]; then
            error IMR5103 "$name" "$name belongs to the bundle and is not here" "Copy it again from where the bundle was made."
            printf '%s\n' "$name" >>"$work/bad"
            continue
        fi
        show_progress "reading $name" "$total" hash_progress "$done_before"
        found=$(hash_of "$folder/$name")
        end_progress
        done_before=$((done_before + $(size_of "$folder/$name")))
        if [ -s "$work/words" ]; then
            error IMR5106 "$name" "$name cannot be read: $(sed 1q "$work/words")" \
                "Check the medium and the permissions; copy the file again where the medium fails."
            printf '%s\n' "$name" >>"$work/bad"
        elif [ "$found" != "$wanted" ]; then
            error IMR5104 "$name" "$name hashes to sha256:$found where SHA256SUMS says sha256:$wanted" \
                "Copy this file again; the others need not be copied."
            printf '%s\n' "$name" >>"$work/bad"
        else
            detail "good: $name"
        fi
    done <"$sums"
    [ ! -s "$work/bad" ] || say "copy only these again: $(tr '\n' ' ' <"$work/bad")"
}

# Words are left where it could not be read.
hash_of() {
    hashed=$(
        if has openssl; then
            read_from "$1" openssl dgst -sha256 -r
        else
            read_from "$1" sha256sum
        fi 2>"$work/words"
    ) && : >"$work/words" || [ -s "$work/words" ] || echo "reading failed" >"$work/words"
    printf '%s' "${hashed%%[!0-9a-f]*}"
}

# read_from FILE COMMAND…: the command reads the file, and it is known where it stands in it.
read_from() {
    sh -c 'printf "%s" "$$" >"$1/reader"; from=$2; shift 2; exec "$@" <"$from"' sh "$work" "$@"
}

# How far the reader is: Linux tells of every open file where it stands.
hash_progress() {
    at=$(sed -n 's/^pos:[[:space:]]*//p' "/proc/$(cat "$work/reader")/fdinfo/0") && echo "$(($1 + at))"
}

read_inventory() {
    cp -- "$folder/inventory.json" "$work/inventory.json" &&
        grep -qxF -e "$(sha256 <"$work/inventory.json")  inventory.json" "$sums" &&
        flatten_json <"$work/inventory.json" >"$work/inventory" || {
        error IMR5114 inventory.json "inventory.json is not JSON that can be read" "Build the bundle again."
        return 0
    }
    json_values "$work/inventory" name version platform k0s compression.kind apiVersion \
        imagesTar.size imagesTar.index forecast.target.content forecast.target.unpacked >"$work/said"
    {
        for pair in "name=$bundle_name" "version=$bundle_version" "platform=$bundle_platform" "k0s=$bundle_k0s" \
            "compression.kind=$bundle_kind" "apiVersion=infometis.io/inventory/v1"; do
            IFS= read -r said
            [ "$said" = "${pair#*=}" ] || error IMR5114 inventory.json \
                "the inventory says of ${pair%%=*} '$said', and this script was made for '${pair#*=}'" "Copy the whole bundle again."
        done
        read -r images_size
        read -r index_digest
        read -r content_size
        read -r unpacked_size
    } <"$work/said"
    make_tables "$work/inventory"
    # What the other steps put into commands, sums and paths has this shape, whoever signed it.
    for number in "$images_size" "$content_size" "$unpacked_size"; do
        case $number in '' | *[!0-9]* | ????????????????*) images_size= ;; esac
    done
    if ! tables_are_sound || [ ! -s "$work/images.all" ] || [ -z "$images_size" ] || [ "$images_size" -lt 2048 ] || [ -z "$index_digest" ]; then
        error IMR5114 inventory.json "inventory.json is not an inventory as a bundle has it" "Build the bundle again."
    fi
}

# Every image has a name and its root, and all that it consists of is among the blobs: what no table names would never be proved.
tables_are_sound() {
    awk -F "$tab" '
        function is_digest(text) { return text ~ /^sha256:[0-9a-f]+$/ && length(text) == 71 }
        FILENAME ~ /blobs.all$/ { if (!is_digest($1) || $2 !~ /^[0-9]+$/ || $4 !~ /^[0-9]+$/ || $4 % 512) exit bad = 1; blob[$1]; next }
        FILENAME ~ /content.all$/ { if (!is_digest($2) || !($2 in blob)) exit bad = 1; held[$1, $2]; next }
        FILENAME ~ /names.all$/ { if ($2 !~ /^[a-z0-9][A-Za-z0-9._\/:@-]*$/) exit bad = 1; named[$1]; next }
        $2 !~ /^[a-z0-9][a-z0-9._-]*$/ || !is_digest($5) || !($1 in named) || !(($1, $5) in held) { exit bad = 1 }
        END { exit bad }' "$work/blobs.all" "$work/content.all" "$work/names.all" "$work/images.all"
}
