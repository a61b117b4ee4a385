#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The desktop app changes limits that hold (run by limits_uml.sh in a second kernel).
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/../lib.sh"

export QT_QPA_PLATFORM=offscreen CORACLE_ROOT=$store CORACLE_RUNROOT=$run_dir PATH=$CORACLE_BIN:$PATH
"$(dirname "$CORACLE_BIN")/tests/bin/desktop_limits" -o "$work/session.tap,tap" -o "$work/session.txt,txt"
session=$?
while IFS= read -r line; do
    case $line in
        "ok "*) ok "${line#*- }" ;;
        "not ok "*) not_ok "${line#*- }" ;;
        "  "*) echo "#$line" ;;
    esac
done <"$work/session.tap"
is "the session ends well" "$session" 0
finish
