
# ---- 13 later ---------------------------------------------------------------------------------------------------------------

need_receipt() {
    if ! latest_receipt; then
        error IMR6206 "$bundle_version" "$bundle_name $bundle_version was not installed into $target on this machine: $state/receipts has no receipt of it" \
            "Run sh install.sh first; --target, --data-dir, --address, --container and --state must be those of that run."
        finish refused "nothing was changed"
    fi
}

# The tables of what the receipt says was installed, and of the bundle beside this script where it is the same one.
load_receipt() {
    detail "receipt: $receipt_path"
    rm -f "$work/names.all" "$work/content.all" "$work/images.all" "$work/blobs.all"
    make_tables "$work/receipt"
    selection=$(json_value selection "$work/receipt")
    receipt_index=$(json_value placed.0.index "$work/receipt")
    placed_size=$(json_value placed.0.size "$work/receipt")
    only='' stack=''
    for table in images names content; do
        cp "$work/$table.all" "$work/$table"
    done
    : >"$work/blobs"
    count_images=$(wc -l <"$work/images" | tr -d ' ')
    names_of_target
    if [ "$selection" = all ] && cp -- "$folder/inventory.json" "$work/inventory.json" 2>/dev/null &&
        [ "sha256:$(sha256 <"$work/inventory.json")" = "$(json_value bundle.inventory "$work/receipt")" ]; then
        flatten_json <"$work/inventory.json" | awk -F "$tab" '
            { split($1, at, ".") }
            at[1] == "blobs" { blob[at[2], at[3]] = $2; if (at[2] + 1 > blobs) blobs = at[2] + 1 }
            END { for (n = 0; n < blobs; n++) print blob[n, "digest"] "\t" blob[n, "size"] "\t" blob[n, "mediaType"] "\t" blob[n, "offset"] }' >"$work/blobs"
    fi
    # The receipt is of this folder; only the name of the file may be another, and that has no sign which JSON writes otherwise.
    placed_path=$(json_value placed.0.path "$work/receipt")
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
        $1 ~ /\.before$/ { print name "\t" digest "\t" $2 }' "$work/receipt" >"$work/brought"
    kept=0
    : >"$work/removable"
    names_of_other_releases
    names_there >"$work/there" || return 0
    while IFS=$tab read -r name digest before; do
        now_there=$(awk -F "$tab" -v name="$name" '$1 == name { print $2; exit }' "$work/there")
        [ -n "$now_there" ] || continue
        if [ "$before" != absent ] || grep -qxF -e "$name" "$work/others"; then
            kept=$((kept + 1))
            continue
        fi
        if [ "$now_there" != "$digest" ]; then
            error IMR6209 "$name" "$name stands for $now_there now, and is left alone" "Look at it, and remove it by hand."
            continue
        fi
        printf '%s\n' "$name" >>"$work/removable"
    done <"$work/brought"
    remove_all_names || while IFS= read -r name; do
        remove_name "$name" && continue
        said=$(last_words)
        # What is gone already went in the first attempt; where nobody answers, nothing is known to be gone.
        names_there >"$work/there" || break
        ! awk -F "$tab" -v name="$name" '$1 == name { found = 1 } END { exit !found }' "$work/there" ||
            error IMR6209 "$name" "$name cannot be removed: $said" "Stop what uses it, then run this again."
    done <"$work/removable"
    [ "$kept" -eq 0 ] || stays="$kept names were there before, or belong to another release, and stay"
}

# What another release that is installed here needs too stays: after an upgrade the old one is removed, and not the new one's images.
names_of_other_releases() {
    : >"$work/others"
    for other in "$state/receipts"/*-"$target"-[0-9][0-9][0-9].json; do
        [ -f "$other" ] && flatten_json <"$other" >"$work/candidate" || continue
        [ "$(json_value target.place "$work/candidate")" = "$(json_text "$place")" ] || continue
        [ "$(json_value name "$work/candidate") $(json_value version "$work/candidate")" != "$bundle_name $bundle_version" ] || continue
        awk -F "$tab" '$1 ~ /^images\.[0-9]+\.names\.[0-9]+\.name$/ { print $2 }' "$work/candidate" >>"$work/others"
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
    cut -f 2 "$work/content" | sort -u | while IFS= read -r digest; do
        rm -f -- "$layout/blobs/sha256/${digest#sha256:}"
    done
    # The index goes last: a run that is killed before finds it and goes on.
    rm -f -- "$layout/oci-layout" "$layout/index.json" || {
        error IMR6209 "$layout" "'$layout' cannot be removed" "Check the disk and the permissions, then run this again."
        return 0
    }
    rmdir -- "$layout/blobs/sha256" "$layout/blobs" "$layout" 2>/dev/null || stays="$layout holds other files, which stay"
}
