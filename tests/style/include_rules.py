#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fail when a source file includes something its folder may not see. Usage: include_rules.py ROOT

The table is the one of the architecture: gui -> core -> {rootless, net}, net -> rootless/sys, never upward. Link lines
enforce the same between targets; this reads each line because a header may be seen without being linked.
"""
import pathlib
import re
import sys

SYS = ["rootless/sys/"]
# Documents that cross the border between core and the runtime: the JSON front end and the monitor's protocol.
BORDER = ["rootless/oci/json.h", "rootless/oci/monitor_protocol.h"]
LOW = SYS + ["rootless/oci/", "rootless/userns/", "rootless/overlay/", "rootless/cgroup/", "net/"]
VALUES = ["core/types/", "core/text/"]
# Longest matching prefix decides. Every area may also include itself.
MAY_SEE = {
    "rootless/sys/": [],
    "rootless/": ["rootless/"],
    "net/": SYS + BORDER,
    "core/types/": ["net/port_mapping.h"] + SYS + BORDER,
    "core/text/": SYS + BORDER,
    "core/image/": VALUES + SYS + BORDER,
    "core/registry/": ["core/image/"] + VALUES + SYS + BORDER,
    "core/store/": ["core/image/"] + VALUES + LOW,
    "core/store/helper/": ["core/store/", "core/image/"] + VALUES + ["rootless/"],
    "core/volume/": ["core/store/", "core/image/"] + VALUES + LOW,
    "core/network/": ["core/store/"] + VALUES + LOW,
    "core/container/": ["core/store/", "core/image/"] + VALUES + LOW,
    "core/build/": ["core/container/", "core/store/", "core/registry/", "core/image/"] + VALUES + LOW,
    "core/engine/engine.h": ["core/types/", "core/image/reference.h"] + SYS,
    "core/engine/": ["core/build/", "core/container/", "core/store/", "core/registry/", "core/image/"] + VALUES + LOW,
    "core/compose/": ["core/engine/engine.h"] + VALUES + SYS + BORDER,
    "core/kube/": ["core/engine/engine.h", "core/compose/"] + VALUES + SYS + BORDER,
    "core/api/": ["core/engine/engine.h"] + VALUES + SYS + BORDER,
    "core/cli/": ["core/"] + SYS + BORDER + ["net/port_mapping.h"],
    # A program at the other end of a terminal needs a socket.
    "gui/testing/": ["gui/", "core/engine/", "core/types/", "net/port_mapping.h"] + SYS,
    "gui/": ["core/engine/engine.h", "core/engine/inspection.h", "core/engine/registries.h",
             "core/engine/online_engine.h", "core/engine/sharing.h", "core/engine/trash.h", "core/engine/upkeep.h",
             "core/engine/volume_contents.h", "core/types/",
             "core/image/reference.h", "core/container/capabilities.h", "core/container/env_file.h",
             "core/compose/project.h", "core/kube/generate.h", "net/port_mapping.h", "rootless/sys/result.h",
             "rootless/sys/unique_fd.h"],
}


def violations(root):
    for path in sorted(p for top in ("rootless", "net", "core", "gui") for p in (root / top).rglob("*")):
        if path.suffix not in {".h", ".cpp"}:
            continue
        rel = path.relative_to(root).as_posix()
        areas = [a for a in MAY_SEE if rel.startswith(a)]
        if not areas:
            yield f"{rel}: no rule for this folder in tests/style/include_rules.py"
            continue
        area = max(areas, key=len)
        own = area if area.endswith("/") else area.rsplit("/", 1)[0] + "/"
        allowed = MAY_SEE[area] + [own]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = re.match(r'\s*#\s*include\s+(["<])([^">]+)', line)
            if not match:
                continue
            quote, target = match.groups()
            if quote == '"' and re.fullmatch(r"[\w-]+\.(moc|inc)", target):
                continue  # made by the build for this file
            if quote == '"' and not any(target.startswith(a) for a in allowed):
                yield f"{rel}:{number}: {area} may not include {target}"
            if quote == "<" and re.match(r"Q[A-Z]", target) and not rel.startswith("gui/"):
                yield f"{rel}:{number}: Qt header {target} below gui/"


def main():
    bad = list(violations(pathlib.Path(sys.argv[1])))
    if bad:
        print("\n".join(bad))
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
