
# ---- 8 place ----------------------------------------------------------------------------------------------------------------

# The archive from the medium, its parts one after the other, unpacked on the way: nothing is joined or unpacked beforehand.
# A pipe tells only how its last command ended, so each of the others leaves a word when it fails.
unpacked_archive() {
    case $bundle_kind in
        zstd) set -- zstd -dc ;;
        gzip) set -- gzip -dc ;;
        *) set -- cat ;;
    esac
    # One file needs nobody to join it: a pipe less to go through.
    if [ "$(wc -l <"$work/archive")" -eq 1 ]; then
        part=$(cat "$work/archive")
        read_from "$folder/$part" "$@" 2>"$work/unpacker" || unread_or_broken "$?" "$part"
        return
    fi
    while IFS= read -r part; do
        read_from "$folder/$part" cat 2>"$work/reader.words" || unread "$?" "$part"
    done <"$work/archive" | "$@" 2>"$work/unpacker" || unpacked "$?" "$work/unpacker" "unpacking failed"
}

# Who unpacks the only file also reads it, and says which of the two failed.
unread_or_broken() {
    if grep -qi -e 'read error' -e 'input/output error' "$work/unpacker"; then
        cp "$work/unpacker" "$work/reader.words"
        unread "$1" "$2"
    else
        unpacked "$1" "$work/unpacker" "unpacking failed"
    fi
}

# Who takes it may stop early, and then the medium is not to blame (141: SIGPIPE).
unread() {
    [ "$1" -eq 141 ] || grep -qi 'broken pipe' "$work/reader.words" ||
        printf '%s could not be read: %s\n' "$2" "$(sed 1q "$work/reader.words")" >>"$work/unread"
}

# unpacked STATUS WORDS FACT
unpacked() {
    [ "$1" -eq 141 ] || grep -qi 'broken pipe' "$2" 2>/dev/null || fail_stream "$3: $(said_of_disk "$2")"
}

# GNU tar says of a full disk only how much of a block went there.
said_of_disk() {
    sed -e 's/.*Wrote only .*/No space left on device (&)/' -e 1q "$1" 2>/dev/null
}

start_stream() {
    : >"$work/broken"
    : >"$work/unread"
}

fail_stream() {
    printf '%s\n' "$1" >>"$work/broken"
}

images_tar() {
    unpacked_archive | tar ${tar_record:+"$tar_record"} -xOf - images.tar 2>"$work/untar" || unpacked "$?" "$work/untar" "images.tar could not be taken out"
}

# What of the archive is through: the parts before, and where the reader of this one stands.
archive_progress() {
    hash_progress 0
}

archive_size() {
    all=0
    while IFS= read -r part; do
        all=$((all + $(size_of "$folder/$part")))
    done <"$work/archive"
    echo "$all"
}

# The images that were chosen, as an image layout in a tar, on standard output.
chosen_tar() {
    if [ "$selection" = all ]; then
        images_tar
    else
        # Into the folder first: GNU tar reads some signs of a path after -C otherwise.
        (cd -- "$1" && tar -cf - oci-layout index.json blobs/sha256/*) || fail_stream "the chosen images could not be packed"
    fi
}

# unpack_chosen DIRECTORY: only the blobs of the images that were chosen, and an index that names only these.
unpack_chosen() {
    (
        set -- "$1" oci-layout index.json
        while IFS=$tab read -r digest _; do
            set -- "$@" "blobs/sha256/${digest#sha256:}"
        done <"$work/blobs"
        cd -- "$1" || exit 1
        shift
        images_tar | tar ${tar_record:+"$tar_record"} -xf - "$@" 2>"$work/untar"
    ) || fail_stream "the images could not be unpacked: $(said_of_disk "$work/untar")"
    # Not through a link that came out of the archive.
    [ "$selection" = all ] || { rm -f -- "$1/index.json" && write_index >"$1/index.json"; } || fail_stream "the index could not be written"
}

# As imrel writes it: one entry for each name, in the order of the manifest.
write_index() {
    awk -F "$tab" -v blobs="$work/blobs" '
        BEGIN {
            while ((getline line <blobs) > 0) { split(line, blob, FS); size[blob[1]] = blob[2] }
            printf "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
        }
        NR == FNR { digest[$1] = $5; type[$1] = $6; next }
        {
            printf "%s{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%s,\"annotations\":{\"io.containerd.image.name\":\"%s\",\"org.opencontainers.image.ref.name\":\"%s\"}}", \
                comma, type[$1], digest[$1], size[digest[$1]], $2, $2
            comma = ","
        }
        END { printf "]}" }' "$work/images" "$work/names.chosen"
}

# ---- beside the target, then renamed in: what looks finished is finished ----

partial=

remove_partial() {
    [ -z "$partial" ] || rm -rf -- "$partial"
    partial=
}

# remove_leftovers DIRECTORY PREFIX: what a run left that was killed. It lies under the lock, so nobody else uses it.
remove_leftovers() {
    for old in "$1$2".*.partial; do
        [ ! -e "$old" ] || rm -rf -- "$old"
    done
}

# On the disk, and not only in its cache: the name must not be there before the bytes are.
flush() {
    sync -- "$@" 2>/dev/null || sync
}

stream_is_sound() {
    [ ! -s "$work/broken" ] && [ ! -s "$work/unread" ]
}

# stream_failed CODE SUBJECT FACT HINT: what the medium did comes first, for the rest follows from it.
stream_failed() {
    if [ -s "$work/unread" ]; then
        error IMR5106 "$archive" "$3: $(sed 1q "$work/unread")" "Check the medium; copy that file again where the medium fails."
    else
        error "$1" "$2" "$3: $(sed 1q "$work/broken")" "$4"
    fi
}

file_system() {
    df -Pk -- "$1" | awk 'NR == 2 { print $1, $6 }'
}

place_file() {
    # As k0s itself makes them.
    (umask 022 && mkdir -p -- "$images_folder") 2>"$work/words" || {
        error IMR6002 "$images_folder" "'$images_folder' cannot be made: $(sed 1q "$work/words")" "Check the permissions of $data_dir."
        return 1
    }
    # A link is followed first: the file is written where a rename into the folder is one step.
    beside=$(CDPATH='' cd -- "$images_folder" && pwd -P)
    beside=${beside%/*}/
    if [ "$(file_system "$beside")" != "$(file_system "$images_folder")" ]; then
        error IMR6004 "$images_folder" "'$images_folder' is a file system of its own, so nothing can be moved into it in one step" \
            "Make it a folder of $data_dir, or a link to a folder that is not the top of its file system."
        return 1
    fi
    remove_leftovers "$beside" .infometis-images
    partial=$beside.infometis-images.$$.partial
    written=$partial/images.tar
    mkdir -- "$partial" 2>"$work/words" || {
        partial=
        error IMR6002 "$beside" "'$beside' cannot be written: $(sed 1q "$work/words")" "Check the disk and the permissions of $data_dir."
        return 1
    }
    start_stream
    stage=
    if [ "$selection" != all ]; then
        stage=$beside.infometis-images.$$.stage.partial
        mkdir -p -- "$stage" && unpack_chosen "$stage"
    fi
    say "writing images.tar to $images_folder"
    show_progress "writing images.tar" "$(archive_size)" archive_progress
    if [ "$selection" = all ]; then
        # Into the folder first: GNU tar reads some signs of a path after -C otherwise.
        (cd -- "$partial" && unpacked_archive | tar ${tar_record:+"$tar_record"} -xf - images.tar 2>"$work/untar") ||
            unpacked "$?" "$work/untar" "images.tar could not be taken out"
    else
        chosen_tar "$stage" | dd of="$written" bs=1048576 2>"$work/words" || fail_stream "$(sed -n '/dd: /{p;q;}' "$work/words")"
    fi
    end_progress
    [ -z "$stage" ] || rm -rf -- "$stage"
    if stream_is_sound && [ "$selection" = all ] && [ "$(size_of "$written")" != "$images_size" ]; then
        fail_stream "it has $(size_of "$written") bytes instead of $images_size"
    fi
    if ! stream_is_sound; then
        remove_partial
        stream_failed IMR6004 "$placed_file" "images.tar could not be written to '$images_folder'" \
            "Check the medium and the free room of $data_dir, then run this again; nothing of it lies where k0s would import it."
        return 1
    fi
    flush "$written"
    : >"$work/lacking"
    prove_file "$written"
    lists_are_whole
    if [ -s "$work/lacking" ]; then
        remove_partial
        say_what_lacks
        return 1
    fi
    # The time of change is part of how k0s knows a file: it is set before, and never after.
    chmod 644 -- "$written" && [ ! -d "$placed_file" ] && mv -f -- "$written" "$placed_file" && flush "$images_folder" || {
        error IMR6004 "$placed_file" "images.tar could not be moved into '$images_folder'" "Check the disk, then run this again."
        return 1
    }
    remove_partial
    file_is_proved=yes
}
