#!/usr/bin/env bash
# Makes the pictures of the docs from what imrel really prints: docs/images/*.svg. Run it after a change of what is printed.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
images=$root/docs/images
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
mkdir -p "$images"

# picture NAME TITLE: the lines of standard input, as a terminal shows them.
picture() {
    sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g' | awk -v title="$2" '
        { line[NR] = substr($0, 1, 118) (length($0) > 118 ? "…" : "") }
        END {
            height = 16 * NR + 56
            printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"900\" height=\"%d\" viewBox=\"0 0 900 %d\">\n", height, height
            printf "<title>%s</title>\n<rect width=\"900\" height=\"%d\" rx=\"8\" fill=\"#14181d\"/>\n", title, height
            printf "<text x=\"16\" y=\"24\" font-family=\"monospace\" font-size=\"12\" fill=\"#8a97a6\">%s</text>\n", title
            for (n = 1; n <= NR; n++) {
                colour = line[n] ~ /^ *\$ / ? "#7fd1ff" : line[n] ~ /^[0-9]+\. / ? "#ffffff" : line[n] ~ /^error|damaged|NOT/ ? "#ff8a80" : line[n] ~ /sound|proved|good$/ ? "#9be69b" : "#c9d3de"
                printf "<text x=\"16\" y=\"%d\" font-family=\"monospace\" font-size=\"12\" xml:space=\"preserve\" fill=\"%s\">%s</text>\n", 32 + 16 * n, colour, line[n]
            }
            print "</svg>"
        }' >"$images/$1.svg"
    echo "docs/images/$1.svg"
}

# steps FIRST LAST: of the demo, without the folder it happened to have.
steps() {
    sed -e "s#$work/demo/##g" -e "s#$work/demo#~/demo#g" "$work/said" |
        awk -v first="$1" -v last="$2" '/^[0-9]+\. / { step = $1 + 0 } step >= first && step <= last'
}

cd -- "$root"
./imrel demo --full --keep "$work/demo" >"$work/said"
steps 7 9 | picture bundle-and-install "imrel demo: bundle, verify, install"
steps 14 16 | picture refused "imrel demo --full: what is not as it was signed is refused"
# 11: another k0s is refused, which is what the picture shows.
{ ./imrel check "$work/demo/release.yaml" --k0s v1.24.17+k0s.0 2>&1 || [ $? -eq 11 ]; } |
    sed -e "s#$work/demo/##g" -e '1,27d' | sed -n '1,32p' | picture check "imrel check --k0s: what another k0s would ask for"
