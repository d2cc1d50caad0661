
# ---- 9 runtimes -------------------------------------------------------------------------------------------------------------

place() {
    case $target in
        k0s) place_into_k0s ;;
        k0s-docker) place_into_k0s_in_docker ;;
        containerd) import_stream ;;
        docker | podman) load_stream "$target" ;;
        layout) place_layout ;;
    esac
}

# What has to fit where, by the forecast of the inventory.
forecast_space() {
    chosen_size=$(awk -F "$tab" '{ sum += $2 } END { printf "%.0f", sum }' "$work/blobs")
    share_unpacked=$unpacked_size
    [ "$selection" = all ] || share_unpacked=$(awk -v all="$unpacked_size" -v part="$chosen_size" -v whole="$content_size" \
        'BEGIN { printf "%.0f", whole ? all * part / whole : 0 }')
    tar_size=$images_size
    staged=0
    [ "$selection" = all ] || { tar_size=$((chosen_size + chosen_size / 50 + 1048576)) staged=$chosen_size; }
    case $target in
        k0s) need_space "$data_dir" $((tar_size + staged + chosen_size + share_unpacked)) ;;
        containerd) need_space /var/lib/containerd $((chosen_size + share_unpacked)) && need_space "$work" "$staged" ;;
        docker | k0s-docker)
            docker_root=$(docker info --format '{{.DockerRootDir}}' 2>/dev/null)
            need_space "${docker_root:-/var/lib/docker}" $((chosen_size + share_unpacked))
            need_space "$work" "$staged"
            ;;
        podman) need_space "$(podman info --format '{{.Store.GraphRoot}}' 2>/dev/null || echo /var/lib/containers)" $((chosen_size + share_unpacked)) ;;
        layout) need_space "$layout" "$chosen_size" ;;
    esac
}

# ---- k0s on this machine ----

place_into_k0s() {
    [ -n "$file_is_proved" ] || place_file || return 1
    if [ -z "$k0s_running" ]; then
        say "k0s does not run: it takes the images in when it starts"
        return 0
    fi
    # This k0s looks into the folder only when its worker starts, so the running one is helped.
    say "k0s runs: its containerd takes the images in now, which takes a while"
    if ! import_from "$placed_file"; then
        error IMR6204 k0s "containerd did not take the images in: $(last_words)" \
            "Look at 'k0s status' and at the room on $data_dir, then run this again; the images are in $images_folder already."
        return 1
    fi
}

# ctr of containerd 1.5, as k0s 1.23 has it, knows no --platform and takes this machine's by itself.
platform_option() {
    ctr_here images import --help 2>/dev/null </dev/null | grep -q -e '--platform' && printf -- '--platform=%s' "$bundle_platform"
}

import_from() {
    if option=$(platform_option); then
        ctr_here images import "$option" "$1" >"$work/imported" 2>"$work/words" </dev/null
    else
        ctr_here images import "$1" >"$work/imported" 2>"$work/words" </dev/null
    fi
}

last_words() {
    sed '/^[[:space:]]*$/d' "$work/words" | tail -n 1
}

# ---- containerd, here or in the container of k0s: straight from the medium into its import ----

import_stream() {
    : >"$work/broken"
    stage_chosen || return 1
    say "the images go into $runtime, which takes a while"
    option=$(platform_option) || option=
    show_progress "taking in the images" "$(archive_size)" archive_progress
    chosen_tar "$stage" | ctr_here images import ${option:+"$option"} - >"$work/imported" 2>"$work/words" || printf 'import\n' >"$work/failed"
    end_progress
    [ -z "$stage" ] || rm -rf -- "$stage"
    if [ -f "$work/failed" ]; then
        error IMR6204 "$place" "$runtime did not take the images in: $(last_words)" \
            "Look at its log and its free room, then run this again; what is there already is not brought twice."
        rm -f "$work/failed"
        return 1
    fi
    stream_is_sound || {
        stream_failed IMR5107 "$archive" "the archive could not be read to its end" "Check the medium, then run this again."
        return 1
    }
}

# With --only and --stack what was chosen is laid out first; everything goes straight through.
stage_chosen() {
    stage=
    [ "$selection" != all ] || return 0
    stage=$work/stage
    mkdir -p -- "$stage"
    unpack_chosen "$stage"
    stream_is_sound && return 0
    rm -rf -- "$stage"
    stream_failed IMR6004 "$stage" "the chosen images could not be laid out" "Check the medium and the free room of ${work%/*}; TMPDIR names another folder."
    return 1
}

# ---- k0s in Docker ----

place_into_k0s_in_docker() {
    if [ -n "$k0s_running" ]; then
        import_stream
        return
    fi
    k0s_image=$(awk -F "$tab" 'NR == FNR { if ($2 == "k0s") image = $1; next } $1 == image && $2 !~ /@/ { print $2; exit }' "$work/images.all" "$work/names.all")
    if [ -n "$(container_state)" ]; then
        start="docker start $container"
    elif [ -z "$k0s_image" ]; then
        error IMR6014 "$container" "there is no container '$container', and the bundle has no image of k0s to make one from" "Make it by hand, then run this again."
        return 1
    else
        start="docker run --detach --name $container --hostname $container --privileged --volume $container-k0s:/var/lib/k0s $k0s_image k0s controller --single"
        selection_before=$selection
        only=k0s stack=
        select_images
        : >"$work/lacking"
        load_stream docker && prove_engine && [ ! -s "$work/lacking" ]
        loaded=$?
        only=''
        selection=$selection_before
        [ "$loaded" -eq 0 ] || {
            say_what_lacks
            return 1
        }
    fi
    error IMR6201 "$container" "k0s does not run in the container '$container' yet, so the images have nowhere to go" \
        "Start it, wait until 'docker exec $container k0s status' answers, and run this again: $start"
    return 1
}

# ---- Docker and Podman ----

# Engines that know no image layouts read manifest.json, which names configurations and layers; it is made from the images' own documents
# and stands behind them in the stream, in place of the two blocks that end images.tar.
load_stream() {
    : >"$work/broken"
    write_engine_manifest || return 1
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
    if [ -f "$work/failed" ]; then
        rm -f "$work/failed"
        error IMR6204 "$1" "$runtime did not take the images in: $(last_words)" "Look at its log and its free room, then run this again."
        return 1
    fi
    stream_is_sound || {
        stream_failed IMR5107 "$archive" "the archive could not be read to its end" "Check the medium, then run this again."
        return 1
    }
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
        config=$(json_value config.digest "$manifest")
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
        [ -f "$document" ] || continue
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

# An engine names an image by its configuration, which names its layers unpacked; or, with containerd inside, by its root.
prove_engine() {
    [ -s "$work/engine/table" ] || write_engine_manifest || return 1
    case $target in podman) engine=podman ;; *) engine=docker ;; esac
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

# ---- a layout folder ----

place_layout() {
    if [ -e "$layout" ] && [ ! -d "$layout" ]; then
        error IMR6006 "$layout" "'$layout' is there and is no folder" "Name another folder."
        return 1
    fi
    if [ -d "$layout" ] && [ -n "$(ls -A -- "$layout")" ] && [ "$(layout_is_ours)" != yes ]; then
        error IMR6006 "$layout" "'$layout' holds something else already, and is never written over" "Name another folder, or empty this one."
        return 1
    fi
    parent=$(existing "${layout%/*}/")
    mkdir -p -- "${layout%/*}/" 2>/dev/null
    remove_leftovers "${layout%/*}/" ".${layout##*/}"
    partial=${layout%/*}/.${layout##*/}.$$.partial
    : >"$work/broken"
    mkdir -- "$partial" 2>"$work/words" || {
        partial=
        error IMR6002 "$parent" "'${layout%/*}' cannot be written: $(sed 1q "$work/words")" "Name a folder that this user may write."
        return 1
    }
    say "unpacking the images to $layout"
    show_progress "unpacking the images" "$(archive_size)" archive_progress
    unpack_chosen "$partial"
    end_progress
    if ! stream_is_sound; then
        remove_partial
        stream_failed IMR6004 "$layout" "the images could not be unpacked to '$layout'" "Check the medium and the free room there, then run this again."
        return 1
    fi
    : >"$work/lacking"
    prove_layout "$partial"
    if [ -s "$work/lacking" ]; then
        remove_partial
        say_what_lacks
        return 1
    fi
    chmod -R u=rwX,go=rX -- "$partial"
    find "$partial" -type f -exec sync -- {} + 2>/dev/null || sync
    # What lies there is ours and was not whole: it makes way in one step.
    if [ -d "$layout" ]; then
        mv -- "$layout" "$partial.old.partial" || return 1
    fi
    mv -- "$partial" "$layout" || return 1
    rm -rf -- "$partial.old.partial"
    partial=
    flush "$layout"
}

# Ours is what a receipt of this machine names; what only looks like it may be somebody's.
layout_is_ours() {
    latest_receipt && echo yes
}
