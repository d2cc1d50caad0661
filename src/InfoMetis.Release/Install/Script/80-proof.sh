
# ---- 11 proof ---------------------------------------------------------------------------------------------------------------

# Each proof adds to lacking: image number, code, what is lacking. It is said once for each image, with its name.

proof=
pinned=true
file_proof=
placed_index=
placed_size=
receipt_index=
file_is_proved=

prove() {
    : >"$work/lacking"
    case $target in
        k0s)
            prove_placed_file
            proof=$file_proof
            [ -s "$work/lacking" ] || file_is_proved=yes
            if [ -n "$k0s_running" ]; then
                prove_runtime
                proof="$file_proof; $runtime_proof"
            fi
            ;;
        k0s-docker | containerd) prove_runtime ;;
        docker | podman) prove_engine ;;
        layout) prove_layout "$layout" ;;
    esac
    lists_are_whole
    [ ! -s "$work/lacking" ]
}

# What a full disk cuts off would be a list of what lacks that says less than it should.
lists_are_whole() {
    has_room 65536 && return 0
    error IMR6001 "${work%/*}" "${work%/*} has no room any more for a list of what lacks" \
        "Free some room there, or set TMPDIR to a folder that has some, then run this again."
    finish failed "NOT PROVED: nobody can say which images are there"
}

lacking() {
    printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$work/lacking"
}

say_what_lacks() {
    awk -F "$tab" '
        NR == FNR { name[$1] = $2; next }
        !(($1, $2) in first) { first[$1, $2] = $3; order[++count] = $1 SUBSEP $2 }
        { number[$1, $2]++ }
        END {
            for (at = 1; at <= count; at++) {
                split(order[at], part, SUBSEP)
                more = number[order[at]] - 1
                print name[part[1]] "\t" part[2] "\t" first[order[at]] (more ? ", and " more " more" : "")
            }
        }' "$work/images" "$work/lacking" >"$work/lacks"
    while IFS=$tab read -r image lack what; do
        case $lack in
            IMR6201) hint="Run this again; if the name vanishes once more, something on this machine removes images." ;;
            IMR6202) hint="Another image was tagged with this name; run this again to put the right one there." ;;
            IMR6205) hint="Something changed what was put there; run this again to put it right." ;;
            IMR6203) hint="Copy the archive to the medium again and run this again; if that does not help, the bundle itself was built from damaged content." ;;
            *) hint="Run this again." ;;
        esac
        error "$lack" "$image" "image $image: $what" "$hint"
    done <"$work/lacks"
}

# ---- containerd: names, digests, and every piece of content by its digest ----

prove_runtime() {
    : >"$work/missing"
    # It fails for any image that is there, ours or not, and lists them all the same; what it does not list lacks.
    { ctr_here images check >"$work/checked" 2>"$work/words" </dev/null || [ -s "$work/checked" ]; } &&
        ctr_here content ls --quiet >"$work/stored" 2>"$work/words" </dev/null || {
        error IMR6015 "$place" "the runtime does not answer any more: $(last_words)" "Look at it and at its log, then run this again."
        finish failed "NOT PROVED: nobody can say which images are there"
    }
    # REF TYPE DIGEST STATUS (have/need) SIZE UNPACKED
    awk -v names="$work/names" -v content="$work/content" -v images="$work/images" -v missing="$work/missing" '
        BEGIN { OFS = "\t" }
        FILENAME ~ /stored$/ { sub(/[ \t\r]+$/, ""); stored[$1]; next }
        { digest[$1] = $3; status[$1] = $4 " " $5 }
        END {
            while ((getline line <images) > 0) { split(line, part, "\t"); pinned[part[1]] = part[5] }
            while ((getline line <names) > 0) {
                split(line, part, "\t"); image = part[1]; name = part[2]
                if (!(name in digest)) print image, "IMR6201", "the name " name " is not there"
                else if (digest[name] != pinned[image]) print image, "IMR6202", name " stands for " digest[name] " and not for " pinned[image]
                else if (status[name] !~ /^complete /) print image, "IMR6203", name " is " status[name] ", so a layer is missing or was damaged on its way"
            }
            while ((getline line <content) > 0) {
                split(line, part, "\t")
                if (!(part[2] in stored)) print part[1], part[2] >missing
            }
        }' "$work/stored" "$work/checked" >>"$work/lacking"
    [ ! -s "$work/missing" ] || judge_missing
    runtime_proof="every name by digest, every piece of content by digest, complete for containerd"
    proof=$runtime_proof
}

# Attestations are no part of what runs: containerd drops them after it has taken them in, for nothing that it keeps refers to them.
judge_missing() {
    awk -F "$tab" 'NR == FNR { lacks[$1]; next } $1 in lacks { print $1 FS $5 }' "$work/missing" "$work/images" >"$work/roots"
    : >"$work/dropped"
    while IFS=$tab read -r number root; do
        needed_content "$root" >"$work/needed" || continue
        awk -F "$tab" -v n="$number" 'FILENAME ~ /needed$/ { needed[$1]; next } $1 == n && !($2 in needed)' "$work/needed" "$work/missing" >>"$work/dropped"
    done <"$work/roots"
    awk -F "$tab" 'FILENAME ~ /dropped$/ { dropped[$1, $2]; next } !(($1, $2) in dropped) { print $1 FS "IMR6203" FS $2 " is not there" }' \
        "$work/dropped" "$work/missing" >>"$work/lacking"
}

# needed_content DIGEST: what the runtime itself says that an image is made of, of whatever of its documents it has.
needed_content() {
    printf '%s\n' "$1"
    ctr_here content get "$1" >"$work/document" 2>/dev/null </dev/null && [ "sha256:$(sha256 <"$work/document")" = "$1" ] &&
        flatten_json <"$work/document" >"$work/document.flat" || return 1
    : >"$work/children.$1"
    # An index names other platforms too, which the bundle does not hold.
    awk -F "$tab" -v children="$work/children.$1" '
        FILENAME ~ /content$/ { held[$2]; next }
        { split($1, at, ".") }
        $1 == "config.digest" || $1 ~ /^layers\.[0-9]+\.digest$/ { print $2 }
        $1 ~ /^manifests\.[0-9]+\.digest$/ { digest[at[2]] = $2 }
        $1 ~ /^manifests\.[0-9]+\.platform\.os$/ { os[at[2]] = $2 }
        END { for (n in digest) if (os[n] != "unknown" && digest[n] in held) print digest[n] >children }' "$work/content" "$work/document.flat"
    while IFS= read -r child; do
        needed_content "$child" || return 1
    done <"$work/children.$1"
}

# Kept from being collected, where this containerd knows how: a label, under each name.
pin_images() {
    pinned=false
    version=${runtime#containerd }
    if [ "$(version_order "${version%%[~+-]*}" v1.7.0)" = -1 ]; then
        [ "$target" = k0s ] && again=" k0s takes them in again from $images_folder at its next start." || again=
        warning IMR6207 "$runtime" "$runtime does not know pinned images, so a kubelet that runs short of disk may remove those that nothing uses" \
            "Keep the disk below the kubelet's imageGCHighThresholdPercent (85 % unless configured).$again"
        return 0
    fi
    ctr_here images ls >"$work/labels" 2>"$work/words" </dev/null || not_marked || return 0
    awk -F "$tab" 'NR == FNR { wanted[$2]; next }
        { split($0, field, /[ \t]+/); if (field[1] in wanted) { if ($0 !~ /io\.cri-containerd\.pinned=pinned/) print field[1] } }
    ' "$work/names" "$work/labels" >"$work/unpinned"
    while IFS= read -r name; do
        ctr_here images label "$name" io.cri-containerd.pinned=pinned >/dev/null 2>"$work/words" </dev/null || not_marked || return 0
    done <"$work/unpinned"
    pinned=true
}

not_marked() {
    warning IMR6207 "$runtime" "the images could not be marked as pinned: $(last_words)" "Run this again."
    return 1
}

# ---- a file in k0s's folder: its index and every blob in it, hashed where it lies ----

prove_placed_file() {
    [ -z "$file_is_proved" ] || return 0
    if [ ! -f "$placed_file" ]; then
        every_image_lacks IMR6205 "$placed_file is not there"
        return 0
    fi
    prove_file "$placed_file"
}

prove_file() {
    say "checking every image in images.tar where it lies now"
    file_proof="index and every blob by digest in the file that k0s imports"
    pinned=true
    placed_index=sha256:$(tar -xOf "$1" index.json 2>/dev/null | sha256)
    if [ "$placed_index" != "$(expected_index)" ]; then
        every_image_lacks IMR6205 "the file in k0s's folder has the index $placed_index and not $(expected_index)"
        return 0
    fi
    [ -z "$placed_size" ] || [ "$(size_of "$1")" = "$placed_size" ] ||
        every_image_lacks IMR6205 "the file in k0s's folder has $(size_of "$1") bytes and not $placed_size"
    list_digests
    holds_just_that "$1" || every_image_lacks IMR6203 "the file in k0s's folder does not hold just what it should"
    # By its name in the file, as whoever imports it finds it. A tar that reads a file leaps over what is not asked for.
    while IFS= read -r digest; do
        [ "sha256:$(tar -xOf "$1" "blobs/sha256/${digest#sha256:}" 2>/dev/null | sha256)" = "$digest" ] || blob_lacks "$digest"
    done <"$work/digests"
}

list_digests() {
    cut -f 2 "$work/content" | sort -u >"$work/digests"
}

# What no table names would be content too for whoever imports the file.
holds_just_that() {
    {
        printf 'oci-layout\nindex.json\n'
        sed 's/^sha256:/blobs\/sha256\//' "$work/digests"
    } | sort >"$work/members"
    tar -tf "$1" 2>"$work/words" >"$work/found.members" && [ "$(sort "$work/found.members" | sha256)" = "$(sha256 <"$work/members")" ]
}

# Of all images the bundle's own; of a part of them what this script writes; later what the receipt says.
expected_index() {
    if [ -n "$receipt_index" ]; then
        printf '%s' "$receipt_index"
    elif [ "$selection" = all ]; then
        printf '%s' "$index_digest"
    else
        printf 'sha256:%s' "$(write_index | sha256)"
    fi
}

blob_lacks() {
    awk -F "$tab" -v digest="$1" 'BEGIN { OFS = FS } $2 == digest { print $1, "IMR6203", digest " is missing or damaged" }' "$work/content" >>"$work/lacking"
}

# every_image_lacks CODE WHAT
every_image_lacks() {
    while IFS=$tab read -r number _; do
        lacking "$number" "$1" "$2"
    done <"$work/images"
}

# ---- a layout folder ----

prove_layout() {
    pinned=true
    proof="index and every blob by digest in the folder"
    if [ ! -f "$1/index.json" ] || [ ! -f "$1/oci-layout" ] || [ -L "$1/index.json" ] || [ -L "$1/oci-layout" ]; then
        every_image_lacks IMR6201 "there is no layout in $1"
        return 0
    fi
    placed_index=sha256:$(sha256 <"$1/index.json")
    [ "$placed_index" = "$(expected_index)" ] || every_image_lacks IMR6202 "the index in $1 names other images"
    list_digests
    # By one process: to start one takes longer than to hash a manifest.
    (
        CDPATH='' cd -- "$1/blobs/sha256" || exit 1
        set --
        while IFS= read -r digest; do
            blob=${digest#sha256:}
            [ ! -f "$blob" ] || [ -L "$blob" ] || set -- "$@" "$blob"
        done <"$work/digests"
        [ $# -eq 0 ] || hasher "$@"
    ) 2>/dev/null | awk '{ sub(/^[*]/, "", $2); if ($1 == $2) print "sha256:" $1 }' >"$work/sound"
    awk 'FILENAME ~ /sound$/ { sound[$1]; next } !($1 in sound)' "$work/sound" "$work/digests" >"$work/unsound"
    while IFS= read -r digest; do
        blob_lacks "$digest"
    done <"$work/unsound"
}
