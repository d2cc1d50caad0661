
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
    rm -f "$work/space"
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
    if ! import_archive "$placed_file" </dev/null; then
        error IMR6204 k0s "containerd did not take the images in: $(last_words)" \
            "Look at 'k0s status' and at the room on $data_dir, then run this again; the images are in $images_folder already."
        name_culprits
        return 1
    fi
}

# import_archive FILE, or - for standard input. ctr of containerd 1.5, as k0s 1.23 has it, knows no --platform and takes this machine's by itself.
import_archive() {
    known=$(ctr_here images import --help 2>/dev/null </dev/null)
    set -- "$1"
    case $known in *--platform*) set -- --platform="$bundle_platform" "$@" ;; esac
    case $known in *--no-unpack*) set -- --no-unpack "$@" ;; esac
    ctr_here images import "$@" >"$work/imported" 2>"$work/words"
}

# last_words [FILE]
last_words() {
    sed '/^[[:space:]]*$/d' "${1:-$work/words}" | tail -n 1
}

# ---- containerd, here or in the container of k0s: straight from the medium into its import ----

import_stream() {
    start_stream
    stage_chosen || return 1
    say "the images go into $runtime, which takes a while"
    show_progress "taking in the images" "$(archive_size)" archive_progress
    chosen_tar "$stage" | import_archive - || printf 'import\n' >"$work/failed"
    end_progress
    [ -z "$stage" ] || rm -rf -- "$stage"
    if [ -f "$work/failed" ] && [ ! -s "$work/unread" ]; then
        error IMR6204 "$place" "$runtime did not take the images in: $(last_words)" \
            "Look at its log and its free room, then run this again; what is there already is not brought twice."
        rm -f "$work/failed"
        name_culprits
        return 1
    fi
    stream_is_sound || {
        stream_failed IMR5107 "$archive" "the archive could not be read to its end" "Check the medium, then run this again."
        return 1
    }
}

# Where only some images are not whole after all, they are what it failed for.
name_culprits() {
    : >"$work/lacking"
    prove_runtime
    [ "$(cut -f 1 "$work/lacking" | sort -u | wc -l)" -ge "$count_images" ] || say_what_lacks
}

# ---- unpacking, which takes most of the time of an import: that does one image after the other, on one processor ----

most_unpackers=4
helpers= # processes that work beside this one

end_helpers() {
    [ -n "$helpers" ] || return 0
    # shellcheck disable=SC2086 # one word each
    kill $helpers 2>/dev/null
    # shellcheck disable=SC2086
    wait $helpers 2>/dev/null
    helpers=
}

# What was proved is unpacked, by several at once; and what a run that was killed left packed, by the next one.
unpack_images() {
    packed=$(list_packed)
    [ -n "$packed" ] || return 0
    count=$(nproc 2>/dev/null) || count=1
    case $count in
        '' | 0* | *[!0-9]*) count=1 ;;
        ??*) count=$most_unpackers ;;
    esac
    [ "$count" -le "$most_unpackers" ] || count=$most_unpackers
    # shellcheck disable=SC2086 # one word each
    set -- $packed
    say "unpacking $# images, $count at a time"
    mkdir -p -- "$work/unpacking"
    show_progress "unpacking" $# count_unpacking
    while [ "$count" -gt 0 ]; do
        unpack_some "$work/words.$count" &
        helpers="$helpers $!"
        count=$((count - 1))
    done
    # How each ended tells what is left, and no list: on a full disk that says less than it should.
    left_packed=
    for helper in $helpers; do
        wait "$helper" || left_packed=yes
        helpers=${helpers#" $helper"}
    done
    end_progress
    [ -n "$left_packed" ] || return 0
    said=$(sed 1q "$work/still.packed" 2>/dev/null)
    error IMR6204 "$place" "$runtime did not unpack every image: ${said:-a process ended before its work was done}" \
        "Look at its log and its free room, then run this again; what is there already is not brought twice."
    return 1
}

# The digests of images that are not unpacked under some name, the largest first: what takes longest must not come last.
list_packed() {
    awk '
        FILENAME ~ /blobs$/ { size[$1] = $2; next }
        FILENAME ~ /content$/ { weight[$1] += size[$2]; next }
        FILENAME ~ /names$/ { image[$2] = $1; next }
        $1 in image && $NF == "false" && !seen[$3]++ { printf "%.0f\t%s\n", weight[image[$1]], $3 }
    ' FS="$tab" "$work/blobs" "$work/content" "$work/names" FS=' ' "$work/checked" | sort -rn | cut -f 2
}

# unpack_some WORDS: takes of them what no other has taken, until nothing is left or one failed.
unpack_some() {
    unpacker=
    # Whoever is told to stop does not leave one behind that works on.
    trap '[ -z "$unpacker" ] || { kill "$unpacker" && wait "$unpacker"; } 2>/dev/null; exit 1' TERM
    for digest in $packed; do
        [ ! -s "$work/still.packed" ] || return 1
        # A file that is made only where there is none: whoever makes it has the image.
        taken=$work/unpacking/${digest#sha256:}
        if ! (set -C && : >"$taken") 2>/dev/null; then
            [ -f "$taken" ] || return 1
            continue
        fi
        in_place='exec'
        ctr_here snapshots unpack "$digest" >/dev/null 2>"$1" </dev/null &
        unpacker=$!
        wait "$unpacker" || {
            unpacker=
            printf '%s: %s\n' \
                "$(awk -F "$tab" -v digest="$digest" '$5 == digest { print $2; exit }' "$work/images")" "$(last_words "$1")" >>"$work/still.packed"
            return 1
        } 2>/dev/null
        unpacker=
    done
    return 0
}

# Those that were begun, without as many as are at work.
count_unpacking() {
    set -- "$work"/unpacking/*
    echo $(($# > count ? $# - count : 0))
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
        select_images k0s ''
        load_stream docker && prove_engine && [ ! -s "$work/lacking" ] || {
            say_what_lacks
            return 1
        }
        # That one is in Docker, and the others are nowhere yet.
        select_images "$only" "$stack"
        proof=''
    fi
    error IMR6201 "$container" "k0s does not run in the container '$container' yet, so the images have nowhere to go" \
        "Start it, wait until 'docker exec $container k0s status' answers, and run this again: $start"
    return 1
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
    start_stream
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
    lists_are_whole
    if [ -s "$work/lacking" ]; then
        remove_partial
        say_what_lacks
        return 1
    fi
    chmod -R u=rwX,go=rX -- "$partial"
    find "$partial" -type f -exec sync -- {} + 2>/dev/null || sync
    # What lies there is ours and was not whole: it makes way in one step.
    if [ -d "$layout" ]; then
        mv -- "$layout" "$partial.old.partial" 2>/dev/null || {
            layout_in_the_way
            return 1
        }
    fi
    mv -- "$partial" "$layout" 2>/dev/null || {
        [ ! -d "$partial.old.partial" ] || mv -- "$partial.old.partial" "$layout"
        layout_in_the_way
        return 1
    }
    rm -rf -- "$partial.old.partial"
    partial=
    flush "$layout"
}

layout_in_the_way() {
    remove_partial
    error IMR6004 "$layout" "the images could not be moved to '$layout' in one step" "Name a folder that is not there yet, in a folder that may be written."
}

# Ours is what a receipt of this machine names, and nothing else may lie there: it would go with it.
layout_is_ours() {
    latest_receipt || return 0
    awk -F "$tab" '$1 ~ /\.content\.[0-9]+$/ { sub(/^sha256:/, "", $2); print "./blobs/sha256/" $2 }
        END { print "./oci-layout"; print "./index.json" }' "$work/receipt" >"$work/ours"
    (cd -- "$layout" && find . ! -type d) | grep -qvxF -f "$work/ours" || echo yes
}
