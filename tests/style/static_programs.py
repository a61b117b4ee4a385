#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Static programs do not call what loads shared libraries. Usage: static_programs.py FOLDER OF THE PROGRAMS

getpwuid(3), getaddrinfo(3) and their like load what nsswitch.conf(5) names. In a static program that is code of the
computer's C library beside the one that was linked, and ends in a crash where the two differ. The linker warns of each
call, but not every linker, and a warning stops nobody.
"""
import pathlib
import subprocess
import sys

PROGRAMS = ["coracle", "coracle-init", "coracle-monitor", "coracle-portd", "coracle-runtime"]
FORBIDDEN = {name + ending for name in [
    "getaddrinfo", "gethostbyaddr", "gethostbyname", "gethostbyname2", "getnameinfo", "getservbyname", "getservbyport",
    "getpwnam", "getpwuid", "getgrnam", "getgrgid", "getgrent", "getpwent", "getgrouplist", "initgroups"]
    for ending in ["", "_r"]}


def main():
    folder = pathlib.Path(sys.argv[1])
    if b"INTERP" in subprocess.run(["readelf", "-lW", folder / "coracle"], check=True, capture_output=True).stdout:
        print("the programs of this build are linked dynamically")
        return 77
    wrong = []
    for program in PROGRAMS:
        table = subprocess.run(["nm", "--defined-only", folder / program], check=True, capture_output=True,
                               text=True).stdout
        names = {line.split()[2].lstrip("_").split("@")[0] for line in table.splitlines() if len(line.split()) == 3}
        assert "main" in names, f"{program}: no symbols to look at"
        wrong += [f"{program}: {name}" for name in sorted(names & FORBIDDEN)]
    for line in wrong:
        print(line + " (rootless/sys/user_name.h has names of users; what asks the network belongs to coracle-online)")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
