
# ---- 14 run -----------------------------------------------------------------------------------------------------------------

check_machine() {
    check_tools
    [ "$command" = verify-only ] || {
        check_platform
        find_target
        check_rights
    }
}

# What is wrong with the machine does not make the bundle worse, so each is judged by itself.
check_bundle() {
    gravest_of_machine=$gravest
    gravest=0
    copy_list
    check_signature
    check_list && check_hashes
    [ "$gravest" -ne 0 ] || read_inventory
    [ "$gravest" -ne 0 ] || select_images "$only" "$stack"
    [ "$gravest" -ge "$gravest_of_machine" ] || gravest=$gravest_of_machine
}

check_fit() {
    compare_pins
    check_newer
    # Otherwise it is asked when it is known what is there already.
    [ "$gravest" -eq 0 ] || check_room
}

check_room() {
    forecast_space
    check_space
}

# A site that has a newer release did not mean to go back.
check_newer() {
    newer=
    receipts_here >"$work/releases"
    while IFS=$tab read -r release _; do
        [ "$release" = "$bundle_version" ] || [ "$(version_order "$release" "$bundle_version")" != 1 ] || newer=$release
    done <"$work/releases"
    [ -z "$newer" ] || refusal IMR2042 "$newer" "$bundle_name $newer is installed here, which is newer than $bundle_version" \
        "Get the newer bundle; --force goes back and records it."
}

main() {
    check_basic_tools
    stop_if_unfit "nothing was changed"
    started=$(now)
    make_work_folder
    place=
    host_platform=
    [ -z "$log_file" ] || printf '' 2>/dev/null >>"$log_file" || log_failed
    find_bundle
    headline "$bundle_name $bundle_version for $bundle_platform, judged for k0s $bundle_k0s"
    case $command in
        status | uninstall)
            check_machine
            stop_if_unfit "nothing was changed"
            if [ "$command" = status ]; then status; fi
            take_lock
            stop_if_unfit "nothing was changed"
            uninstall
            ;;
    esac
    check_machine
    # Both halves of the truth at once: what is wrong with the machine, and what is wrong with the bundle.
    if has openssl || has sha256sum; then
        check_bundle
    fi
    if [ "$command" = verify-only ]; then
        stop_if_unfit "do not use this bundle as it is; nothing was changed"
        finish complete "the bundle is what was released: $count_images images, $(count_of_lines "$work/listed") files"
    fi
    [ ! -s "$work/images" ] || check_fit
    [ "$command" = dry-run ] || [ "$gravest" -ne 0 ] || take_lock
    stop_if_unfit "nothing was changed"
    install
}

install() {
    name_notes
    if [ "$target" != k0s-docker ] || [ -n "$k0s_running" ]; then
        [ "$target" != docker ] && [ "$target" != podman ] || write_engine_manifest_first
        prove
        if [ ! -s "$work/lacking" ]; then
            already_there
        fi
    fi
    check_room
    stop_if_unfit "nothing was changed"
    if [ "$command" = dry-run ]; then
        finish complete "would put $count_images images under $count_names names into $target at $place; nothing was changed"
    fi
    agreed "Put $count_images images into $target at $place?" || interrupted
    note_what_was_there
    proof=''
    : >"$work/lacking"
    place || finish failed "the images are not installed; run it again when the cause is mended"
    prove
    if [ -s "$work/lacking" ]; then
        say_what_lacks
        finish incomplete "NOT COMPLETE: do not start what needs these images"
    fi
    keep_images
    write_receipt || finish failed "the images are in place, and the receipt is not"
    finish complete "installed and proved: $count_images images under $count_names names in $target at $place ($proof)"
}

write_engine_manifest_first() {
    start_stream
    write_engine_manifest || finish failed "nothing was changed"
}

keep_images() {
    case $target in
        k0s) [ -z "$k0s_running" ] || keep_in_containerd ;;
        k0s-docker | containerd) keep_in_containerd ;;
        docker | podman)
            [ -z "${engine_keeps_no_digests:-}" ] || warning IMR6208 "$runtime" \
                "$runtime keeps name:tag and forgets the digests, so name@digest is not known to it" "Refer to these images by name:tag there, or use containerd."
            ;;
    esac
}

keep_in_containerd() {
    unpack_images || finish incomplete "NOT COMPLETE: do not start what needs these images"
    pin_images
}

already_there() {
    if latest_receipt && receipt_tells_this; then
        finish complete "nothing to do: $count_images images are in $target at $place, complete under $count_names names ($proof)"
    fi
    [ "$command" != dry-run ] || finish complete "nothing to do: every image is there; a run would write the receipt"
    note_what_was_there
    keep_images
    write_receipt || finish failed "the images are in place, and the receipt is not"
    finish complete "nothing to place: $count_images images were in $target at $place, complete under $count_names names ($proof)"
}

# Of the same images from the same bundle, and k0s ran then as it does now; and no run was killed since.
receipt_tells_this() {
    [ ! -f "$journal" ] || return 1
    json_values "$work/receipt" selection bundle.sums target.running >"$work/said"
    {
        IFS= read -r chosen_then
        read -r sums_then
        read -r ran_then
    } <"$work/said"
    [ "$chosen_then" = "$selection" ] && [ "$sums_then" = "$(hash_or_nothing "$work/SHA256SUMS")" ] &&
        { [ "$target" != k0s ] || [ "$ran_then" = "$([ -n "$k0s_running" ] && echo true || echo false)" ]; }
}

read_options "$@"
main
