#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Limits in a second kernel with version 2 of control groups, as a user without root: kernels in which all, some and no
# controllers are handed to the user, and one with systemd's user manager. What each script prints is shown above its
# line.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require uml userns

groups=(delegated partial none)
if [ -x /lib/systemd/systemd ]; then
    groups+=(systemd)
else
    echo "# there is no systemd here: its user manager is not tested"
fi
for group in "${groups[@]}"; do
    script=$here/uml/limits.sh
    [ "$group" = delegated ] || script=$here/uml/limits_$group.sh
    "$CORACLE_SOURCE/tests/support/uml/boot" "${CORACLE_UML_SECONDS:-500}" "$group" "$script" >"$work/console" 2>&1
    code=$?
    sed 's/^/    /' "$work/console"
    is "limits hold where they can, $group" "$code" 0
done
finish
