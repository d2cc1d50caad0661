
# ---- 10 engines -------------------------------------------------------------------------------------------------------------

# Engines that know no image layouts read manifest.json, which names configurations and layers; it is made from the images' own documents
# and stands behind them in the stream, in place of the two blocks that end images.tar.
load_stream() {
    start_stream
    write_engine_manifest || return 1
    check_layers "$1" || return 1
    stage_chosen || return 1
    say "the images go into $runtime, which takes a while"
    show_progress "loading the images" "$(archive_size)" archive_progress
    if [ "$selection" = all ]; then
        images_tar | {
            head -c $((images_size - 1024))
            cat >/dev/null
            tar -cf - -C "$work/engine" manifest.json
        }
    else
        cp "$work/engine/manifest.json" "$stage/"
        tar -cf - -C "$stage" oci-layout index.json manifest.json blobs
    fi | "$1" load >"$work/imported" 2>"$work/words" || printf 'load\n' >"$work/failed"
    end_progress
    [ -z "$stage" ] || rm -rf -- "$stage"
    if [ -f "$work/failed" ] && [ ! -s "$work/unread" ]; then
        rm -f "$work/failed"
        error IMR6204 "$1" "$runtime did not take the images in: $(last_words)" "Look at its log and its free room, then run this again."
        return 1
    fi
    stream_is_sound || {
        stream_failed IMR5107 "$archive" "the archive could not be read to its end" "Check the medium, then run this again."
        return 1
    }
}

# Docker unpacks layers of zstd since 23.0, and before that says no more of them than "invalid tar header".
check_layers() {
    [ "$1" = docker ] && [ "$(version_order "${runtime#docker }" 23.0)" = -1 ] || return 0
    awk -F "$tab" '
        FILENAME ~ /blobs$/ { if ($3 ~ /[+]zstd$/) zstd[$1]; next }
        FILENAME ~ /content$/ { if ($2 in zstd) found[$1]; next }
        $1 in found { print $2 }' "$work/blobs" "$work/content" "$work/images" >"$work/unreadable"
    [ -s "$work/unreadable" ] || return 0
    error IMR6204 "$1" "$runtime cannot read layers that are packed with zstd, which these images have: $(tr '\n' ' ' <"$work/unreadable")" \
        "Use Docker 23 or later, podman or containerd; --only names the other images."
    return 1
}

# engine: image number, name:tag, configuration, layers…
write_engine_manifest() {
    rm -rf -- "$work/engine"
    mkdir -p -- "$work/engine/documents"
    (
        set --
        awk -F "$tab" '$3 ~ /(manifest|index)\.v1\+json$|manifest\.(list\.)?v2\+json$/ { print $1 }' "$work/blobs" >"$work/engine/wanted"
        while IFS= read -r digest; do
            set -- "$@" "blobs/sha256/${digest#sha256:}"
        done <"$work/engine/wanted"
        images_tar | tar -xf - -C "$work/engine/documents" "$@" 2>"$work/untar"
    ) || fail_stream "the manifests could not be taken out: $(sed 1q "$work/untar")"
    stream_is_sound || {
        stream_failed IMR5107 "$archive" "the archive could not be read to its end" "Check the medium, then run this again."
        return 1
    }
    : >"$work/engine/table"
    while IFS=$tab read -r number _; do
        manifest=$(manifest_of "$number") || {
            error IMR5112 "$number" "no manifest for $bundle_platform was found for image $number" "Build the bundle again."
            return 1
        }
        tagged=$(awk -F "$tab" -v n="$number" '$1 == n && $2 !~ /@/ { print $2; exit }' "$work/names")
        config=$(json_values "$manifest" config.digest)
        awk -F "$tab" -v n="$number" -v config="$config" '$1 == n && $2 == config { held = 1 } END { exit !held }' "$work/content" || {
            error IMR5112 "$number" "the manifest of image $number has a configuration that the inventory does not know" "Build the bundle again."
            return 1
        }
        printf '%s\t%s\t%s\t%s\n' "$number" "$tagged" "$config" \
            "$(awk -F "$tab" '$1 ~ /^layers\.[0-9]+\.digest$/ { printf "%s ", $2 }' "$manifest")" >>"$work/engine/table"
    done <"$work/images"
    awk -F "$tab" '
        function path(digest) { sub(/:/, "/", digest); return "\"blobs/" digest "\"" }
        BEGIN { printf "[" }
        {
            printf "%s{\"Config\":%s,\"RepoTags\":[\"%s\"],\"Layers\":[", comma, path($3), $2
            count = split($4, layer, " ")
            for (at = 1; at <= count; at++) printf "%s%s", (at == 1 ? "" : ","), path(layer[at])
            printf "]}"
            comma = ","
        }
        END { print "]" }' "$work/engine/table" >"$work/engine/manifest.json"
}

# manifest_of NUMBER: the flat form of the manifest of an image for this platform. Of an index the bundle holds only that one, and attestations.
manifest_of() {
    awk -F "$tab" -v n="$1" '$1 == n { print $2 }' "$work/content" | while IFS= read -r digest; do
        document=$work/engine/documents/blobs/sha256/${digest#sha256:}
        # Taken out of a second reading of the medium, so it counts only as far as it is what its digest says.
        [ -f "$document" ] && [ "sha256:$(sha256 <"$document")" = "$digest" ] || continue
        flatten_json <"$document" >"$work/engine/flat.${digest#sha256:}" || continue
        # An attestation has layers of its own kind and stands for no platform.
        if awk -F "$tab" '$1 == "config.digest" { config = 1 } $1 ~ /^layers\..*\.mediaType$/ && $2 ~ /in-toto/ { other = 1 } END { exit !(config && !other) }' \
            "$work/engine/flat.${digest#sha256:}"; then
            printf '%s' "$work/engine/flat.${digest#sha256:}"
            break
        fi
    done >"$work/engine/found"
    [ -s "$work/engine/found" ] && cat "$work/engine/found"
}

set_engine() {
    case $target in podman) engine=podman ;; *) engine=docker ;; esac
}

# What an engine says a name stands for, if that is a digest of this image: of its root, of a manifest, or of its configuration.
# engine_has NUMBER NAME: sets $id.
engine_has() {
    id=$("$engine" image inspect --format '{{.Id}}' "$2" 2>/dev/null </dev/null) || id=
    [ -n "$id" ] && awk -F "$tab" -v n="$1" -v id="sha256:${id#sha256:}" '$1 == n && $2 == id { held = 1 } END { exit !held }' "$work/content"
}

# name, tab, digest, as names_there has it: that of the image where the name stands for it, and else what the engine says.
names_in_engine() {
    set_engine
    awk -F "$tab" 'NR == FNR { root[$1] = $5; next } { print $1 "\t" $2 "\t" root[$1] }' "$work/images" "$work/names" >"$work/roots"
    while IFS=$tab read -r number name root; do
        if engine_has "$number" "$name"; then
            printf '%s\t%s\n' "$name" "$root"
        elif [ -n "$id" ]; then
            printf '%s\tsha256:%s\n' "$name" "${id#sha256:}"
        fi
    done <"$work/roots"
    # An engine that does not answer knows no name, and that is not to say that they are not there.
    "$engine" version >/dev/null 2>&1 </dev/null || {
        error IMR6015 "$engine" "$engine does not answer any more" "Start it, then run this again."
        return 1
    }
}

# An engine names an image by its configuration, which names its layers unpacked; or, with containerd inside, by its root.
prove_engine() {
    [ -s "$work/engine/table" ] || write_engine_manifest || return 1
    set_engine
    kept=0 known=0
    while IFS=$tab read -r number tagged config _; do
        id=$($engine image inspect --format '{{.Id}}' "$tagged" 2>/dev/null </dev/null) || id=
        root=$(awk -F "$tab" -v n="$number" '$1 == n { print $5 }' "$work/images")
        known=$((known + 1))
        case $id in
            '') lacking "$number" IMR6201 "the name $tagged is not there" ;;
            "$root")
                kept=$((kept + 1))
                ;;
            "$config" | "${config#sha256:}") ;;
            *) lacking "$number" IMR6202 "$tagged stands for $id and not for $config" ;;
        esac
    done <"$work/engine/table"
    pinned=true
    if [ "$kept" -eq "$known" ]; then
        proof="name:tag by the digest of its root"
    else
        proof="name:tag by the digest of its configuration, which names every layer; the engine keeps no digest of the image itself"
        [ -s "$work/lacking" ] || engine_keeps_no_digests=yes
    fi
}
