#!/bin/sh
# Puts the images of this bundle on a machine without a network, and proves that they are there.
# Runs under any POSIX shell. `sh install.sh --help` says how; docs/field-guide.md, or FIELD-GUIDE.md beside this file, says when.
#
# In the order of a run:
#    1 head        what this bundle is; a safe environment
#    2 words       what is said, where, and with which exit code
#    3 options     the command line
#    4 reading     JSON, hashes, and the tables that everything works from
#    5 preflight   is this machine fit: platform, tools, rights, room, a second install
#    6 target      where the images go, and whether they fit the k0s that is there
#    7 trust       signature, hashes, inventory
#    8 place       from the medium into the target, in one stream
#    9 runtimes    what k0s, containerd and a layout folder need for that
#   10 engines     what Docker and Podman need for that, and what they can prove
#   11 proof       every image, by digest, under every name, with every layer
#   12 receipt     what was done, as JSON
#   13 later       --status and --uninstall
#   14 run         the story
#
# shellcheck disable=SC2317 # what a trap calls looks unreachable
# shellcheck disable=SC2015 # A && B || C means here: unless both A and B, C
set -u

bundle_name='@NAME@'
bundle_version='@VERSION@'
bundle_platform='@PLATFORM@'
bundle_k0s='@K0S@'
bundle_kind='@KIND@'
bundle_tool='@TOOL@'

# What a shell or a user may have set must not change what this does.
unset CDPATH ENV BASH_ENV GREP_OPTIONS TAR_OPTIONS POSIXLY_CORRECT ZSTD_CLEVEL GZIP 2>/dev/null || :
LC_ALL=C
IFS=' 	
'
PATH=${IMREL_TOOLS_PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}
export LC_ALL PATH
umask 077

newline='
'
tab='	'
