
# ---- 13 later ---------------------------------------------------------------------------------------------------------------

need_receipt() {
    if ! latest_receipt; then
        error IMR6206 "$bundle_version" "$bundle_name $bundle_version was not installed into $target on this machine: $state/receipts has no receipt of it" \
            "Run sh install.sh first; --target, --data-dir, --address, --container and --state must be those of that run."
        finish refused "nothing was changed"
    fi
}

# The tables of what the receipt says was installed; the bundle may be gone.
load_receipt() {
    detail "receipt: $receipt_path"
    rm -f "$work/names.all" "$work/content.all" "$work/images.all"
    make_tables "$work/receipt"
    json_values "$work/receipt" selection placed.0.index placed.0.size placed.0.path >"$work/said"
    {
        IFS= read -r selection
        read -r receipt_index
        read -r placed_size
        IFS= read -r placed_path
    } <"$work/said"
    for table in images names content; do
        cp "$work/$table.all" "$work/$table"
    done
    count_images=$(count_of_lines "$work/images")
    names_of_target
    # The receipt is of this folder; only the name of the file may be another, and that has no sign which JSON writes otherwise.
    [ "$target" != k0s ] || placed_file=$images_folder/${placed_path##*/}
}

status() {
    need_receipt
    load_receipt
    [ "$target" != k0s-docker ] || need_running_container || finish failed "nothing was changed"
    case $target in
        docker | podman) prove_engine_by_receipt ;;
        *) prove ;;
    esac
    if [ -s "$work/lacking" ]; then
        say_what_lacks
        finish incomplete "$bundle_name $bundle_version is not whole on this machine: run sh install.sh again"
    fi
    finish complete "$bundle_name $bundle_version is as it was installed: $count_images images, $count_names names ($proof)"
}

# The bundle may be gone: an engine's own word for what it has must do.
prove_engine_by_receipt() {
    : >"$work/lacking"
    proof="name:tag by the digest of its root or configuration"
    set_engine
    while IFS=$tab read -r number name; do
        if engine_has "$number" "$name"; then continue; fi
        if [ -z "$id" ]; then
            lacking "$number" IMR6201 "the name $name is not there"
        else
            lacking "$number" IMR6202 "$name stands for $id, which is nothing of this image"
        fi
    done <"$work/names"
}

uninstall() {
    need_receipt
    name_notes
    if [ -z "$yes" ] && { [ ! -t 0 ] || [ -z "$on_terminal" ]; }; then
        usage_error_later "--uninstall asks first, and there is nobody to answer: say --yes"
    fi
    agreed "Remove the images of $bundle_name $bundle_version from $target at $place?" || interrupted
    stays=
    # Newest first, each on its own: one may name images that another does not.
    while [ "$gravest" -eq 0 ] && latest_receipt; do
        load_receipt
        uninstall_one
        [ "$gravest" -ne 0 ] || mv -- "$receipt_path" "${receipt_path%.json}.removed.json"
    done
    [ "$gravest" -eq 0 ] || finish incomplete "not everything could be removed"
    finish complete "$bundle_name $bundle_version was removed from $target${stays:+; $stays}"
}

uninstall_one() {
    case $target in
        k0s)
            remove_placed_file
            if [ -n "$k0s_running" ]; then
                remove_names
            elif [ -d "$data_dir/containerd" ]; then
                error IMR6209 k0s "k0s does not run, so what it took in when it started cannot be removed from its containerd" \
                    "Start k0s, then run sh install.sh --uninstall again."
            fi
            ;;
        containerd | docker | podman) remove_names ;;
        k0s-docker) if need_running_container; then remove_names; fi ;;
        layout) remove_layout ;;
    esac
}

need_running_container() {
    [ -n "$k0s_running" ] || {
        error IMR6015 "$container" "k0s does not run in the container '$container', so nobody can say what is in it" "Start it, then run this again."
        return 1
    }
}

remove_placed_file() {
    [ -f "$placed_file" ] || return 0
    if [ "$(size_of "$placed_file")" != "$placed_size" ] || [ "sha256:$(tar -xOf "$placed_file" index.json 2>/dev/null | sha256)" != "$receipt_index" ]; then
        error IMR6205 "$placed_file" "'$placed_file' is not the file that was installed, and is left alone" "Look at it, and remove it by hand."
        return 0
    fi
    rm -f -- "$placed_file" && flush "${placed_file%/*}" && say "removed $placed_file" ||
        error IMR6209 "$placed_file" "'$placed_file' cannot be removed" "Check the disk and the permissions, then run this again."
}

# Only names that were not there before, and only while they stand for what was installed.
remove_names() {
    awk -F "$tab" '$1 ~ /^images\.[0-9]+\.digest$/ { digest = $2 }
        $1 ~ /^images\.[0-9]+\.names\.[0-9]+\.name$/ { name = $2 }
        $1 ~ /\.before$/ { print name "\t" digest "\t" $2 }' "$work/receipt" >"$work/installed"
    names_of_other_releases >"$work/others"
    names_there >"$work/there" || return 0
    for list in left staying changed removable; do
        : >"$work/$list"
    done
    [ ! -f "$left" ] || cp -- "$left" "$work/left"
    awk -F "$tab" -v work="$work" '
        FILENAME ~ /left$/ { brought[$1]; next }
        FILENAME ~ /others$/ { shared[$1]; next }
        FILENAME ~ /there$/ { there[$1] = $2; next }
        !($1 in there) { delete brought[$1]; next }
        $3 == "absent" { brought[$1] }
        !($1 in brought) || $1 in shared { print $1 >(work "/staying"); next }
        { delete brought[$1] }
        there[$1] != $2 { print $1 FS there[$1] >(work "/changed"); next }
        { print $1 >(work "/removable") }
        END { for (name in brought) print name }' "$work/left" "$work/others" "$work/there" "$work/installed" >"$work/left.new"
    while IFS=$tab read -r name now_there; do
        error IMR6209 "$name" "$name stands for $now_there now, and is left alone" "Look at it, and remove it by hand."
    done <"$work/changed"
    remove_all_names || while IFS= read -r name; do
        remove_name "$name" && continue
        said=$(last_words)
        # What is gone already went in the first attempt; where nobody answers, nothing is known to be gone.
        names_there >"$work/there" || break
        ! awk -F "$tab" -v name="$name" '$1 == name { found = 1 } END { exit !found }' "$work/there" ||
            error IMR6209 "$name" "$name cannot be removed: $said" "Stop what uses it, then run this again."
    done <"$work/removable"
    [ ! -s "$work/staying" ] || stays="$(count_of_lines "$work/staying") names were there before, or belong to another release, and stay"
    [ "$gravest" -ne 0 ] || keep_left
}

# Who removes the last release that holds such a name takes it away.
keep_left() {
    if [ ! -s "$work/left.new" ]; then
        rm -f -- "$left"
    else
        cp -- "$work/left.new" "$left.$$" && mv -f -- "$left.$$" "$left"
    fi || error IMR6004 "$left" "'$left' cannot be written" "Check the room and the permissions of $state, then run this again."
}

# What another release that is installed here needs too stays: after an upgrade the old one is removed, and not the new one's images.
names_of_other_releases() {
    receipts_here | while IFS=$tab read -r release other; do
        [ "$release" = "$bundle_version" ] ||
            flatten_json <"$other" | awk -F "$tab" '$1 ~ /^images\.[0-9]+\.names\.[0-9]+\.name$/ { print $2 }'
    done
}

# remove_name NAME…
remove_name() {
    case $target in
        docker | podman) "$target" rmi "$@" ;;
        *) ctr_here images rm "$@" ;;
    esac >/dev/null 2>"$work/words" </dev/null
}

# At once where that works, for each call takes its time; names hold no blanks.
remove_all_names() {
    [ -s "$work/removable" ] || return 0
    # shellcheck disable=SC2046 # one word each
    remove_name $(cat "$work/removable")
}

remove_layout() {
    [ -f "$layout/index.json" ] || return 0
    if [ "sha256:$(sha256 <"$layout/index.json")" != "$receipt_index" ]; then
        error IMR6205 "$layout" "the index in '$layout' is not the one that was installed, and is left alone" "Look at it, and remove it by hand."
        return 0
    fi
    list_digests
    # The index goes last: a run that is killed before finds it and goes on.
    (
        set --
        while IFS= read -r digest; do
            set -- "$@" "$layout/blobs/sha256/${digest#sha256:}"
        done <"$work/digests"
        rm -f -- "$@" && rm -f -- "$layout/oci-layout" "$layout/index.json"
    ) || {
        error IMR6209 "$layout" "'$layout' cannot be removed" "Check the disk and the permissions, then run this again."
        return 0
    }
    rmdir -- "$layout/blobs/sha256" "$layout/blobs" "$layout" 2>/dev/null || stays="$layout holds other files, which stay"
}
