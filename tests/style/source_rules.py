#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fail when a file breaks a rule that a line-by-line reading can see. Usage: source_rules.py ROOT

Each rule says how to repair the file. A line that must break one carries `// NOLINT(coracle-rule): reason`; a
deliberate wait in a test carries `// UNAVOIDABLE: reason` (or `# UNAVOIDABLE:`) on its line or the one above.
"""
import pathlib
import re
import sys

SPDX = "SPDX-License-Identifier: Apache-2.0"
TOPS = ("gui", "core", "rootless", "net", "resources", "packaging", "tests", ".ci")
CODE = {".h", ".cpp", ".c"}
SCRIPTS = {".py", ".sh", ".cmake"}
MAX_LINES = {".h": 300, ".cpp": 700, ".c": 700, ".py": 700, ".sh": 700}
MAX_WIDTH = 120

# Raw calls that own or hand out a resource belong into the wrappers of rootless/sys.
RAW_CALL = re.compile(r"(?<![\w:])::(open|openat|close|mount|clone|socket)\s*\(")
THREAD_RULE = re.compile(r"(?<![\w:.>])(?:::)?(fork|vfork)\s*\(\s*\)")
SHELL_CALL = re.compile(r"(?<![\w:.>])(?:std::|::)?(system|popen)\s*\(\s*[^)\s]")
TASK_MARK = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
WAIT = re.compile(r"(\bqWait\s*\(|\bQThread::m?sleep\b|\bsleep_for\s*\(|(?<![\w:.-])(?:::)?u?sleep\s*\(|"
                  r"time\.sleep\s*\(|^\s*sleep\s+[\d.]|[;&|]\s*sleep\s+[\d.])")
EXCEPTION_SWALLOW = re.compile(r"catch\s*\(\s*\.\.\.\s*\)")


def listed_files(root):
    for top in TOPS:
        for path in sorted((root / top).rglob("*")):
            if path.is_file() and not path.is_symlink() and "__pycache__" not in path.parts:
                yield path
    yield root / "CMakeLists.txt"


def is_shell(path, first_line):
    return path.suffix == ".sh" or bool(re.match(r"#!.*\b(ba)?sh\b", first_line))


def strip_strings(line):
    """The line without string contents, so that a word in a message is no finding."""
    return re.sub(r'"(?:[^"\\]|\\.)*"', '""', line)


def code_part(line):
    return strip_strings(line).split("//", 1)[0]


def line_rules(rel, path, lines, shell):
    """Findings that need one line (and the one above it for its excuse)."""
    in_tests = rel.startswith("tests/")
    is_code = path.suffix in CODE
    for number, line in enumerate(lines, 1):
        above = lines[number - 2] if number > 1 else ""
        where = f"{rel}:{number}"
        if TASK_MARK.search(line):
            yield f"{where}: an open task is not committed; do it or open an issue"
        if len(line) > MAX_WIDTH and (shell or path.suffix in CODE | {".py"}) and "http" not in line:
            yield f"{where}: {len(line)} characters; at most {MAX_WIDTH}"
        excused = "NOLINT(coracle-" in line or "NOLINT(coracle-" in above
        if is_code and not excused:
            code = code_part(line)
            if RAW_CALL.search(code) and not rel.startswith(("rootless/sys/", "tests/", "resources/welcome/")):
                yield f"{where}: raw system call; use the wrapper in rootless/sys"
            if THREAD_RULE.search(code) and rel.startswith(("gui/", "core/")):
                yield f"{where}: no fork above rootless; use sys::Subprocess (posix_spawn)"
            if SHELL_CALL.search(code):
                yield f"{where}: no shell; give an argument vector to sys::Subprocess"
            if EXCEPTION_SWALLOW.search(code) and not rel.endswith("main.cpp") and not in_tests:
                yield f"{where}: catch (...) belongs into main, thread entry points and notify only"
        waits = WAIT.search(code_part(line) if is_code else strip_strings(line) if path.suffix == ".py" else line)
        if in_tests and waits and (is_code or shell or path.suffix == ".py") and not rel.startswith("tests/style/"):
            if "UNAVOIDABLE:" not in line and "UNAVOIDABLE:" not in above:
                yield f"{where}: bare wait; wait for the event, or say why not with UNAVOIDABLE:"


def file_rules(root, path):
    rel = path.relative_to(root).as_posix()
    wants_header = path.suffix in CODE | SCRIPTS or path.name == "CMakeLists.txt"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        if wants_header:
            yield f"{rel}: not UTF-8"
        return
    shell = is_shell(path, lines[0] if lines else "")
    if not (wants_header or shell):
        return
    if SPDX not in "\n".join(lines[:2]):
        yield f"{rel}:1: first line must say {SPDX}"
    limit = MAX_LINES.get(path.suffix)
    if limit and len(lines) > limit:
        yield f"{rel}: {len(lines)} lines; at most {limit}: split it by topic"
    if path.suffix == ".h" and "#pragma once" not in lines[:6]:
        yield f"{rel}: #pragma once is missing below the licence line"
    yield from line_rules(rel, path, lines, shell)


def comment_share(root, top):
    total = comments = 0
    for path in (root / top).rglob("*"):
        if path.suffix in {".h", ".cpp"}:
            lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
            total += len(lines)
            comments += sum(line.startswith("//") for line in lines)
    return f"{top} {100 * comments // total} %" if total else f"{top} -"


def main():
    root = pathlib.Path(sys.argv[1])
    bad = [finding for path in listed_files(root) for finding in file_rules(root, path)]
    print("comment share:", ", ".join(comment_share(root, top) for top in ("core", "gui", "rootless", "net")))
    if bad:
        print("\n".join(bad))
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
