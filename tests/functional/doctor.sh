#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# info, version, doctor: what this host can do, each line proved.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require userns

check "version" coracle version
like "says its number" "$out" '[0-9]+\.[0-9]+\.[0-9]+'
check "version --format" coracle version --format '{{.Client.Version}}'
like "is a template" "$out" '^[0-9]+\.[0-9]+\.[0-9]+$'
check "info" coracle info
like "names the store" "$out" "$store"
like "names the overlay driver" "$out" '(overlay|fuse-overlayfs)'
capture coracle doctor
like "doctor succeeds or says that something is missing" "$status" '^[01]$'
like "it looks at user namespaces" "$out" '[Uu]ser namespace'
like "at subordinate ids" "$out" '[Ss]ubordinate'
like "at the network helper" "$out" 'slirp4netns'
like "at the overlay" "$out" '[Oo]verlay'
check "--help" coracle --help
like "lists the verbs" "$out" '\brun\b'
check "run --help" coracle run --help
like "lists the options" "$out" '--publish'
refused 1 "an unknown verb" 'no-such-verb' coracle no-such-verb
finish
