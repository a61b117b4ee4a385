#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# check_tools.sh shellcheck|codespell|clang-format|metadata ROOT: run one of Debian's checkers over the tree.
# Exit 77 when the tool is not installed, unless CORACLE_REQUIRE lists it.
set -euo pipefail
check=$1
cd "$2"

need() {
    command -v "$1" >/dev/null && return 0
    case " ${CORACLE_REQUIRE:-} " in
        *" ${2:-$1} "*) echo "not ok: $1 is required and not installed" && exit 1 ;;
    esac
    echo "skipped: $1 is not installed" && exit 77
}

files() { find gui core rootless net resources packaging tests .ci -type f "$@" -not -path '*/__pycache__/*' | sort; }

shell_scripts() {
    files -size -200k | while IFS= read -r path; do
        if [ "${path##*.}" = sh ] || head -n 1 "$path" | tr -d '\0' | grep -qaE '^#!.*\b(ba)?sh\b'; then
            printf '%s\n' "$path"
        fi
    done
}

case $check in
    shellcheck)
        need shellcheck
        # Scripts hand whole commands to shells in containers (2016), and functions to helpers by name (2119, 2317).
        shell_scripts | xargs -r shellcheck -x -e SC2016,SC2119,SC2317
        ;;
    codespell)
        need codespell
        files \( -name '*.h' -o -name '*.cpp' -o -name '*.c' -o -name '*.py' -o -name '*.sh' -o -name '*.md' \
            -o -name '*.xml' -o -name '*.txt' -o -name '*.desktop' \) -not -path 'tests/data/*' |
            xargs -r codespell --ignore-words tests/style/codespell-ignore
        codespell --ignore-words tests/style/codespell-ignore README.md
        ;;
    clang-format)
        need clang-format-14
        files \( -name '*.h' -o -name '*.cpp' -o -name '*.c' \) | xargs -r clang-format-14 --dry-run -Werror
        ;;
    metadata)
        need desktop-file-validate
        need appstreamcli
        desktop-file-validate packaging/*.desktop
        appstreamcli validate --no-net packaging/*.metainfo.xml
        ;;
    *)
        echo "unknown check '$check'" && exit 2
        ;;
esac
