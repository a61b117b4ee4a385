#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Limits in a second kernel with version 2 of control groups, as a user without root: kernels in which all, some and no
# controllers are handed to the user, and one with systemd's user manager. What each script prints is shown above its
# line.
# shellcheck source=tests/functional/lib.sh
. "$(dirname "$0")/lib.sh"
require uml userns
: "${CORACLE_BUILD:=$(dirname "$CORACLE_BIN")}"

# hold DESCRIPTION GROUP SCRIPT
hold() {
    "$CORACLE_SOURCE/tests/support/uml/boot" "${CORACLE_UML_SECONDS:-1500}" "$2" "$here/uml/$3.sh" >"$work/console" 2>&1
    local code=$?
    sed 's/^/    /' "$work/console"
    is "limits hold where they can, $1" "$code" 0
}

hold delegated delegated limits
hold "of a bundle of another engine" delegated limits_runtime
hold partial partial limits_partial
hold none none limits_none
if [ -x /lib/systemd/systemd ]; then
    hold systemd systemd limits_systemd
else
    echo "# there is no systemd here: its user manager is not tested"
fi
if [ -x "$CORACLE_BUILD/tests/bin/desktop_limits" ]; then
    hold "changed in the window" delegated limits_desktop
else
    echo "# built without the desktop app: its limits are not tested"
fi
finish
