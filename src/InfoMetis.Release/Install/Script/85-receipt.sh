
# ---- 12 receipt -------------------------------------------------------------------------------------------------------------

# What stood under each name before, so that --uninstall takes away what was brought and nothing else: absent, same, or another digest.
# It is written down before anything is placed; a run that goes on after one that was killed finds it there.
note_what_was_there() {
    : >"$work/before"
    # The oldest receipt knows best; those after it found what this script had brought.
    {
        our_receipts | while IFS= read -r receipt; do
            flatten_json <"$receipt" | awk -F "$tab" '$1 ~ /^images\.[0-9]+\.names\.[0-9]+\.name$/ { name = $2 } $1 ~ /\.before$/ { print name "\t" $2 }'
        done
        [ ! -f "$journal" ] || cat "$journal"
    } | awk -F "$tab" '!seen[$1]++' >"$work/before"
    names_there >"$work/there" || finish failed "nothing was changed"
    awk -F "$tab" '
        FILENAME ~ /before$/ { known[$1]; next }
        FILENAME ~ /images$/ { pin[$1] = $5; next }
        FILENAME ~ /names$/ { want[++count] = $2; digest[$2] = pin[$1]; next }
        { there[$1] = $2 }
        END {
            for (at = 1; at <= count; at++) {
                name = want[at]
                if (!(name in known)) print name "\t" (!(name in there) ? "absent" : there[name] == digest[name] ? "same" : there[name])
            }
        }' "$work/before" "$work/images" "$work/names" "$work/there" >"$work/before.new"
    cat "$work/before.new" >>"$work/before"
    cp -- "$work/before" "$journal.$$" && mv -f -- "$journal.$$" "$journal" || {
        error IMR6004 "$journal" "'$journal' cannot be written" "Check the room and the permissions of $state."
        finish failed "nothing was changed"
    }
}

# Beside the receipts: what was there before an install that was killed, and the names that a release brought and left to another.
name_notes() {
    mark=$target-$(printf %s "$place" | sha256 | cut -c 1-12)
    journal=$state/receipts/$bundle_version-$mark.journal
    left=$state/receipts/$mark.left
}

# name, tab, digest, of what the runtime has now
names_there() {
    case $target in
        k0s) if [ -n "$k0s_running" ]; then names_in_containerd; else names_of_stopped_k0s; fi ;;
        k0s-docker | containerd) names_in_containerd ;;
        docker | podman) names_in_engine ;;
    esac
}

names_in_containerd() {
    ctr_here images ls >"$work/listing" 2>"$work/words" </dev/null || {
        error IMR6015 "$place" "the runtime does not say which images it has: $(last_words)" "Look at it and at its log, then run this again."
        return 1
    }
    awk '{ print $1 "\t" $3 }' "$work/listing"
}

# Nobody can be asked, but a name that is nowhere in its database is not there. Any other counts as there before, and stays.
names_of_stopped_k0s() {
    database=$data_dir/containerd/io.containerd.metadata.v1.bolt/meta.db
    [ -f "$database" ] || return 0
    tr -c '!-~' '\n' <"$database" >"$work/database"
    awk -F "$tab" 'NR == FNR { pin[$1] = $5; next } { print $2 "\t" pin[$1] }' "$work/images" "$work/names" | while IFS=$tab read -r name digest; do
        ! grep -qF -e "$name" "$work/database" || printf '%s\t%s\n' "$name" "$digest"
    done
}

# The receipts of every release of this product on this target, oldest first of each: release, tab, file. They are numbered: a clock may
# be wrong.
receipts_here() {
    here=$(json_text "$place")
    for candidate in "$state/receipts"/*-"$target"-[0-9][0-9][0-9].json; do
        [ -f "$candidate" ] && flatten_json <"$candidate" >"$work/candidate" || continue
        json_values "$work/candidate" name target.place version >"$work/said"
        {
            IFS= read -r product
            IFS= read -r at
            IFS= read -r release
        } <"$work/said"
        [ "$product" != "$bundle_name" ] || [ "$at" != "$here" ] || printf '%s\t%s\n' "$release" "$candidate"
    done
}

our_receipts() {
    receipts_here | while IFS=$tab read -r release file; do
        [ "$release" != "$bundle_version" ] || printf '%s\n' "$file"
    done
}

# Sets $receipt_path and fills receipt, flat, with the newest.
latest_receipt() {
    receipt_path=$(our_receipts | tail -n 1)
    [ -n "$receipt_path" ] && flatten_json <"$receipt_path" >"$work/receipt"
}

write_receipt() {
    number=0
    while number=$((number + 1)); do
        path=$(printf '%s/receipts/%s-%s-%03d' "$state" "$bundle_version" "$target" "$number")
        [ -e "$path.json" ] || [ -e "$path.removed.json" ] || break
    done
    if ! { receipt_json complete >"$path.partial" && flush "$path.partial" && mv -- "$path.partial" "$path.json"; }; then
        rm -f -- "$path.partial"
        error IMR6004 "$path.json" "the receipt '$path.json' cannot be written" "Check the room there, then run this again: it finds the images in place."
        return 1
    fi
    rm -f -- "$journal"
    receipt_path=$path.json
    say "receipt: $path.json"
}

# A report is a receipt of whatever came of the run.
write_report() {
    [ -n "$report_file" ] && [ -n "$work" ] || return 0
    if ! { receipt_json "$1" >"$work/report" && cp -- "$work/report" "$report_file"; } 2>/dev/null; then
        report=$report_file
        report_file=
        error IMR6005 "$report" "the report '$report' cannot be written" "Name another file with --report."
    fi
}

# shellcheck disable=SC2154 # fill_placed and the tables set them
receipt_json() {
    for table in images names content before lacking; do
        [ -f "$work/$table" ] || : >"$work/$table"
    done
    fill_placed
    cat <<EOF
{
  "apiVersion": "infometis.io/receipt/v1",
  "name": "$bundle_name",
  "version": "$bundle_version",
  "platform": "$bundle_platform",
  "k0s": "$bundle_k0s",
  "tool": "$bundle_tool",
  "result": "$1",
  "exitCode": $gravest,
  "started": "$started",
  "ended": "$(now)",
  "command": "$command",
  "host": { "name": "$(json_text "$(uname -n)")", "platform": "${host_platform:-}", "kernel": "$(json_text "$(uname -r)")" },
  "bundle": {
    "sums": "$(hash_or_nothing "$work/SHA256SUMS")",
    "script": "$(listed_hash install.sh)",
    "inventory": "$(listed_hash inventory.json)",
    "index": "${index_digest:-}",
    "files": [
$(sed -n 's/^\([0-9a-f]\{64\}\)  \([A-Za-z0-9._+-]*\)$/      { "name": "\2", "sha256": "sha256:\1" }/p' "$work/SHA256SUMS" 2>/dev/null | commas)
    ]
  },
  "trust": { "signed": $([ -n "$signed_by" ] && echo true || echo false), "keys": [$(printf '%s' "$signed_by" | sed 's/.*/"&"/' | tr '\n' ',' | sed 's/,$//')] },
  "target": { "kind": "$target", "place": "$(json_text "${place:-}")", "runtime": "$(json_text "$runtime")", "k0s": "$(json_text "$k0s_version")", "running": $([ -n "$k0s_running" ] || { [ -n "$runtime" ] && [ "$target" != k0s ]; } && echo true || echo false) },
  "selection": "$(json_text "${selection:-all}")",
  "placed": [
$(commas <"$work/placed")
  ],
  "images": [
$(images_json)
  ],
  "findings": [
$(commas <"$work/findings")
  ]
}
EOF
}

commas() {
    sed '$!s/$/,/'
}

hash_or_nothing() {
    [ ! -s "$1" ] || printf 'sha256:%s' "$(sha256 <"$1")"
}

listed_hash() {
    [ ! -f "$work/SHA256SUMS" ] || awk -v name="$1" '$2 == name { printf "sha256:%s", $1 }' "$work/SHA256SUMS"
}

# The files that lie on the machine because of this.
fill_placed() {
    : >"$work/placed"
    case $target in
        k0s) on_disk=$placed_file ;;
        layout) on_disk=$layout/index.json ;;
        *) on_disk= ;;
    esac
    [ -n "$on_disk" ] && [ -n "$placed_index" ] && [ -f "$on_disk" ] || return 0
    printf '    { "path": "%s", "size": %s, "index": "%s" }\n' "$(json_text "$on_disk")" "$(size_of "$on_disk")" "$placed_index" >"$work/placed"
}

images_json() {
    awk -F "$tab" -v work="$work" -v proof="$proof" -v pinned="$pinned" '
        function list(lines,   at, text) {
            count = split(lines, line, "\n")
            for (at = 1; at < count; at++) text = text (at > 1 ? ", " : "") line[at]
            return text
        }
        BEGIN {
            while ((getline row <(work "/before")) > 0) { split(row, part, FS); before[part[1]] = part[2] }
            while ((getline row <(work "/lacking")) > 0) { split(row, part, FS); lacks[part[1]] }
            while ((getline row <(work "/names")) > 0) {
                split(row, part, FS)
                names[part[1]] = names[part[1]] "{ \"name\": \"" part[2] "\", \"before\": \"" (part[2] in before ? before[part[2]] : "absent") "\" }\n"
            }
            while ((getline row <(work "/content")) > 0) { split(row, part, FS); content[part[1]] = content[part[1]] "\"" part[2] "\"\n" }
        }
        {
            if (NR > 1) print ","
            result = "complete"
            if (proof == "" || ($1 in lacks)) result = "incomplete"
            printf "    { \"name\": \"%s\", \"digest\": \"%s\", \"result\": \"%s\", \"proof\": \"%s\", \"pinned\": %s,\n      \"names\": [%s],\n      \"content\": [%s] }", \
                $2, $5, result, proof, pinned, list(names[$1]), list(content[$1])
        }
        END { if (NR) print "" }' "$work/images"
}
