
# ---- 6 target ---------------------------------------------------------------------------------------------------------------

runtime=
k0s_version=
k0s_running=
images_folder=
placed_file=

find_target() {
    if [ "$target" = auto ]; then
        if has k0s || [ -d "$data_dir" ]; then
            target=k0s
        elif has docker && container_state >/dev/null; then
            target=k0s-docker
        elif has ctr && [ -S "$address" ]; then
            target=containerd
        else
            error IMR6014 auto \
                "this machine has no k0s, no container '$container' in Docker, and no containerd at $address" \
                "Install k0s first, or say with --target where the images go: k0s, k0s-docker, containerd, docker, podman or layout:DIR."
            return 0
        fi
        say "target: $target, found on this machine"
    fi
    case $target in
        k0s) look_at_k0s ;;
        k0s-docker) look_at_k0s_in_docker ;;
        containerd) look_at_containerd ;;
        docker | podman) look_at_engine ;;
        layout) place=$layout ;;
    esac
}

look_at_k0s() {
    place=$data_dir
    images_folder=$data_dir/images
    # What was chosen another time stays: each choice has a file of its own.
    chosen=${only:+-only-$(printf '%s' "$only" | tr ',' '\n' | sort -u | sha256 | cut -c 1-12)}${stack:+-stack-$stack}
    placed_file=$images_folder/$bundle_name-$bundle_version-$(printf %s "$bundle_platform" | tr / -)$chosen.tar
    if ! has k0s; then
        refusal IMR6014 k0s "there is no program 'k0s' on this machine, so its release cannot be compared with $bundle_k0s" \
            "Install k0s $bundle_k0s first; --force places the images for a k0s that comes later."
    else
        k0s_version=$(k0s version 2>/dev/null | sed 1q)
        compare_k0s
        k0s status >"$work/k0s-status" 2>/dev/null && k0s_running=yes
        # Taken for stopped, a running one would not look into its folder again.
        [ -n "$k0s_running" ] || [ ! -S /run/k0s/containerd.sock ] || [ -z "$(runtime_version)" ] ||
            error IMR6015 k0s "k0s does not say in what state it is, and its containerd answers" "Look at 'k0s status', then run this again."
    fi
    if [ -n "$k0s_running" ]; then
        if grep -q '^Workloads: *false' "$work/k0s-status"; then
            refusal IMR6014 k0s "this k0s is a controller without a worker, and no image is used on it" \
                "Install the bundle on each worker instead."
        fi
        runtime=$(runtime_version)
        [ -n "$runtime" ] || error IMR6015 k0s "k0s runs, and its containerd does not answer" \
            "Look at 'k0s status' and the log of k0s, then run this again."
    fi
    check_pinned_configuration
}

# container_state: running, exited, created, … or nothing where there is none.
container_state() {
    docker inspect --type container --format '{{.State.Status}}' "$container" 2>/dev/null
}

look_at_k0s_in_docker() {
    place=$container
    need_tool docker docker.io docker-ce docker docker "to reach k0s in Docker"
    has docker || return 0
    look_at_engine_answer docker || return 0
    if [ "$(container_state)" = running ]; then
        k0s_version=$(docker exec "$container" k0s version 2>/dev/null | sed 1q)
        if [ -z "$k0s_version" ]; then
            error IMR6015 "$container" "the container '$container' runs, and there is no k0s in it that answers" \
                "Look at 'docker logs $container'; name another container with --container."
            return 0
        fi
        compare_k0s
        k0s_running=yes
        runtime=$(runtime_version)
        [ -n "$runtime" ] || error IMR6015 "$container" "k0s runs in the container '$container', and its containerd does not answer" \
            "k0s needs a minute after its start. Run this again; if that does not help look at 'docker logs $container'."
    fi
    check_pinned_configuration
}

look_at_containerd() {
    place=$address
    need_tool ctr containerd containerd.io containerd containerd-ctr "to reach containerd"
    has ctr || return 0
    # ctr waits long for a socket that is not there.
    [ ! -S "$address" ] || runtime=$(runtime_version)
    [ -n "$runtime" ] || error IMR6015 "$address" "no containerd answers at $address" \
        "Start containerd, or name its socket with --address."
}

look_at_engine() {
    place=$target
    case $target in
        docker) need_tool docker docker.io docker-ce docker docker "to load the images" ;;
        podman) need_tool podman podman podman podman podman "to load the images" ;;
    esac
    has "$target" || return 0
    look_at_engine_answer "$target"
}

look_at_engine_answer() {
    engine_version=$("$1" version --format '{{.Server.Version}}' 2>/dev/null) ||
        engine_version=$("$1" version --format '{{.Version}}' 2>/dev/null) || engine_version=
    if [ -z "$engine_version" ]; then
        error IMR6015 "$1" "$1 does not answer" "Start it and run this again: 'systemctl start $1'."
        return 1
    fi
    runtime="$1 $engine_version"
}

# ---- ctr, wherever it is ----

in_place= # exec, where the process that asks becomes ctr itself

ctr_here() {
    case $target in
        k0s) ${in_place:+"$in_place"} k0s ctr --namespace "$namespace" "$@" ;;
        k0s-docker) ${in_place:+"$in_place"} docker exec -i "$container" k0s ctr --namespace "$namespace" "$@" ;;
        *) ${in_place:+"$in_place"} ctr --address "$address" --namespace "$namespace" "$@" ;;
    esac
}

runtime_version() {
    ctr_here version 2>/dev/null </dev/null | awk '/^Server:/ { server = 1 } server && $1 == "Version:" { print "containerd " $2; exit }'
}

# ---- k0s releases: v1.23.17+k0s.1 ----

# version_order A B: prints -1, 0 or 1; numbers count as numbers, and what comes before a release (1.0.0-rc.1) is older than it.
version_order() {
    awk -v a="$1" -v b="$2" 'BEGIN {
        sub(/^[^0-9]+/, "", a); sub(/^[^0-9]+/, "", b)
        early_a = a; early_b = b; sub(/[+].*/, "", early_a); sub(/[+].*/, "", early_b)
        n = split(early_a, x, /[-.]/); m = split(early_b, y, /[-.]/)
        for (at = 1; at <= 3; at++)
            if (x[at] + 0 != y[at] + 0) { print (x[at] + 0 < y[at] + 0) ? -1 : 1; exit }
        if (index(early_a, "-") && !index(early_b, "-")) { print -1; exit }
        if (index(early_b, "-") && !index(early_a, "-")) { print 1; exit }
        n = split(a, x, /[^0-9]+/); m = split(b, y, /[^0-9]+/)
        for (at = 1; at <= n || at <= m; at++)
            if (x[at] + 0 != y[at] + 0) { print (x[at] + 0 < y[at] + 0) ? -1 : 1; exit }
        print 0
    }'
}

compare_k0s() {
    [ "$k0s_version" != "$bundle_k0s" ] || return 0
    minor_here=$(printf '%s' "$k0s_version" | sed 's/^v\{0,1\}\([0-9]*\.[0-9]*\).*/\1/')
    minor_meant=$(printf '%s' "$bundle_k0s" | sed 's/^v\{0,1\}\([0-9]*\.[0-9]*\).*/\1/')
    if [ -z "$k0s_version" ]; then
        refusal IMR2040 k0s "this k0s does not say which release it is, and the bundle was judged for $bundle_k0s" \
            "Run 'k0s version' to see what is wrong."
    elif [ "$minor_here" != "$minor_meant" ]; then
        refusal IMR2040 k0s "this machine has k0s $k0s_version, and the bundle was judged for $bundle_k0s: another minor release" \
            "Get the bundle that was made for $k0s_version, or install k0s $bundle_k0s; --force goes on and records it."
    elif [ "$(version_order "$k0s_version" "$bundle_k0s")" = 1 ]; then
        refusal IMR2040 k0s "this machine has k0s $k0s_version, which is newer than $bundle_k0s that the bundle was judged for" \
            "Get the bundle that was made for $k0s_version; --force goes on and records it."
    else
        warning IMR2040 k0s "this machine has k0s $k0s_version, and the bundle was judged for $bundle_k0s" \
            "Until k0s is brought up to $bundle_k0s it asks for images of its own that this bundle may not hold."
    fi
}

# ---- a k0s configuration that pins images ----

# What a k0s configuration, or a ClusterConfig of the API, pins: key, tab, image, tab, version, of each image under spec.images.
pinned_images() {
    awk '
        /^[ \t]*(#|$)/ { next }
        # JSON is YAML too, and is not taken apart here.
        !depth && /^[ \t]*[{]/ { json = 1 }
        json { if ($0 ~ /"images"/) named = 1; next }
        {
            indent = match($0, /[^ ]/) - 1
            line = substr($0, indent + 1)
            while (depth && at[depth] >= indent) depth--
            if (!match(line, /^[A-Za-z_"'\''][A-Za-z0-9_"'\'']*:/)) next
            name = substr(line, 1, RLENGTH - 1); gsub(/["'\'']/, "", name)
            value = substr(line, RLENGTH + 1)
            sub(/^[ \t]+/, "", value); sub(/[ \t]+#.*$/, "", value); sub(/[ \t\r]+$/, "", value); gsub(/["'\'']/, "", value)
            at[++depth] = indent; key[depth] = name
            path = key[1]; for (n = 2; n <= depth; n++) path = path "." key[n]
            # What stands in braces is not taken apart here, so it is named as it is.
            if (value ~ /^[{&*|>]/ && value !~ /^[{] *[}]$/ && (path ~ /^spec\.images/ || path == "spec" && value ~ /images/)) {
                sub(/^spec(\.images)?\.?/, "", path); print (path == "" ? "*" : path) "\t" value "\t"; next
            }
            if (path !~ /^spec\.images\./ || value == "") next
            sub(/^spec\.images\./, "", path)
            if (path == "repository") { print "repository\t" value "\t"; next }
            if (name != "image" && name != "version") next
            sub(/\.(image|version)$/, "", path)
            if (!(path in seen)) { seen[path]; order[++count] = path }
            pin[path, name] = value
        }
        END { if (named) print "*\tJSON\t"; for (n = 1; n <= count; n++) print order[n] "\t" pin[order[n], "image"] "\t" pin[order[n], "version"] }'
}

check_pinned_configuration() {
    if [ "$target" = k0s-docker ]; then
        [ -n "$k0s_running" ] || return 0
        docker exec "$container" cat "$k0s_config" 2>/dev/null | pinned_images >"$work/pins"
    elif [ -r "$k0s_config" ]; then
        pinned_images <"$k0s_config" >"$work/pins"
    elif [ -f "$k0s_config" ]; then
        error IMR6002 "$k0s_config" "'$k0s_config' may not be read by this user" "Run this as root."
    fi
    [ ! -s "$work/pins" ] || judge_pins "$k0s_config"
    # The configuration that lives in the cluster counts where there is one; a cluster without it has no such object.
    [ -n "$k0s_running" ] || return 0
    case $target in
        k0s) k0s kubectl --request-timeout=5s get clusterconfigs.k0s.k0sproject.io --namespace kube-system k0s --output yaml ;;
        *) docker exec "$container" k0s kubectl --request-timeout=5s get clusterconfigs.k0s.k0sproject.io --namespace kube-system k0s --output yaml ;;
    esac 2>/dev/null </dev/null | pinned_images >"$work/pins"
    [ ! -s "$work/pins" ] || judge_pins "the dynamic configuration (ClusterConfig k0s)"
}

# Judged when the inventory is trusted: what it says of names counts only then.
judge_pins() {
    while IFS= read -r pin; do
        printf '%s\t%s\n' "$1" "$pin" >>"$work/pinned"
    done <"$work/pins"
}

# A key that pins only a version means k0s's own image of that component.
compare_pins() {
    [ -s "$work/pinned" ] || return 0
    awk -F "$tab" '
        BEGIN {
            own["konnectivity"] = "apiserver-network-proxy-agent"; own["metricsserver"] = "metrics-server"; own["kubeproxy"] = "kube-proxy"
            own["coredns"] = "coredns"; own["pause"] = "pause"; own["pushgateway"] = "pushgateway-ttl"
            own["kuberouter.cni"] = "kube-router"; own["kuberouter.cniInstaller"] = "cni-node"
            own["calico.cni"] = "cni"; own["calico.node"] = "node"; own["calico.kubecontrollers"] = "kube-controllers"
        }
        FILENAME ~ /names.all$/ { held[$2]; last = $2; sub(/.*\//, "", last); tail[last]; next }
        $2 == "repository" { print $1 "\t" $2 "\t" $3; next }
        $3 != "" {
            wanted = $3 ($4 == "" ? "" : ":" $4)
            if (wanted in held || ("docker.io/" wanted) in held || ("docker.io/library/" wanted) in held) next
        }
        $3 == "" && ((own[$2] ":" $4) in tail) { next }
        { print $1 "\tspec.images." $2 "\t" ($3 == "" ? "version " $4 : wanted) }' "$work/names.all" "$work/pinned" >"$work/refused-pins"
    while IFS=$tab read -r where key value; do
        case $key in
            repository)
                refusal IMR2041 spec.images.repository \
                    "$where sets spec.images.repository to '$value', so k0s asks for its images under names that this bundle does not hold" \
                    "Remove the key: the images of the bundle bear their own names."
                ;;
            *)
                refusal IMR2041 "$key" "$where pins $key to '$value', which this bundle does not hold" \
                    "Remove the key, or set it to what 'k0s airgap list-images' of $bundle_k0s names."
                ;;
        esac
    done <"$work/refused-pins"
}
