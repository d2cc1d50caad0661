#!/bin/sh
bundle_name='@NAME@'
bundle_version='@VERSION@'
bundle_platform='@PLATFORM@'
bundle_k0s='@K0S@'
bundle_kind='@KIND@'
bundle_tool='@TOOL@'

printf '%s\n' "$bundle_name $bundle_version for $bundle_platform, judged against k0s $bundle_k0s, packed by $bundle_kind, made by imrel $bundle_tool"
