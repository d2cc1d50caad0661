#!/bin/sh
bundle_name='@NAME@'
bundle_version='@VERSION@'
bundle_platform='@PLATFORM@'
bundle_k0s='@K0S@'
bundle_kind='@KIND@'
bundle_tool='@TOOL@'

printf '%s\n' "$bundle_name $bundle_version for $bundle_platform, judged against k0s $bundle_k0s, packed by $bundle_kind, made by imrel $bundle_tool"
: IMR2040 IMR2041 IMR2042 IMR6010 IMR6011 IMR6012 IMR6013 IMR6014 IMR6015
: IMR6201 IMR6202 IMR6203 IMR6204 IMR6205 IMR6206 IMR6207 IMR6208 IMR6209
