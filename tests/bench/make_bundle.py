#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make_bundle.py FOLDER KEEPER RUNTIME: two bundles of busybox's `true`, FOLDER/plain and FOLDER/kept.

`plain` is what `coracle-runtime spec` writes, with podman's default seccomp profile (containers-common) in the form of
the OCI specification. `kept` names the kept user namespace instead of id maps and has no profile: ours is built in.
"""
import json
import os
import shutil
import subprocess
import sys

PROFILE = "/usr/share/containers/seccomp.json"
ARCHES = {"amd64", "x86", "x32"}


def applies(rule, capabilities):
    wanted, unwanted = rule.get("includes") or {}, rule.get("excludes") or {}
    return (set(wanted.get("caps") or []) <= capabilities
            and (not wanted.get("arches") or ARCHES & set(wanted["arches"]))
            and not capabilities & set(unwanted.get("caps") or [])
            and not ARCHES & set(unwanted.get("arches") or []))


def oci_profile(capabilities):
    with open(PROFILE, encoding="utf-8") as file:
        profile = json.load(file)
    calls = [{key: rule[key] for key in ("names", "action", "errnoRet", "args") if rule.get(key)}
             for rule in profile["syscalls"] if applies(rule, capabilities)]
    return {"defaultAction": profile["defaultAction"], "defaultErrnoRet": profile["defaultErrnoRet"],
            "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"], "syscalls": calls}


def write(path, document):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file)


def main():
    folder, keeper, runtime = sys.argv[1:4]
    plain, kept = os.path.join(folder, "plain"), os.path.join(folder, "kept")
    for bundle in (plain, kept):
        for name in ("bin", "proc", "dev", "sys", "etc", "tmp"):
            os.makedirs(os.path.join(bundle, "rootfs", name))
        shutil.copy(shutil.which("busybox"), os.path.join(bundle, "rootfs/bin/true"))
    subprocess.run([runtime, "spec", "--bundle", plain], check=True)
    with open(os.path.join(plain, "config.json"), encoding="utf-8") as file:
        config = json.load(file)
    config["process"]["args"] = ["/bin/true"]
    own = {**config, "linux": {key: value for key, value in config["linux"].items() if "Mappings" not in key}}
    write(os.path.join(kept, "config.json"), own)
    write(os.path.join(kept, "coracle.json"), {"userNamespace": {"mode": "default", "keeperDir": keeper}})
    config["linux"]["seccomp"] = oci_profile(set(config["process"]["capabilities"]["bounding"]))
    write(os.path.join(plain, "config.json"), config)
    return 0


if __name__ == "__main__":
    sys.exit(main())
