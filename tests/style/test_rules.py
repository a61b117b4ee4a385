#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The style rules find what they are there to find: each case is a small tree with one fault (or none)."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import commit_msg  # noqa: E402
import include_rules  # noqa: E402
import source_rules  # noqa: E402
import start_path_age  # noqa: E402

HEAD = "// SPDX-License-Identifier: Apache-2.0\n"


class Tree(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def put(self, rel, text):
        path = self.root / rel
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def source_findings(self, rel, text):
        return list(source_rules.file_rules(self.root, self.put(rel, text)))

    def include_findings(self, rel, line):
        self.put(rel, HEAD + line + "\n")
        return list(include_rules.violations(self.root))


class Includes(Tree):
    def test_refuses_upward_include(self):
        self.assertEqual(len(self.include_findings("net/a.cpp", '#include "core/types/image.h"')), 1)

    def test_refuses_qt_below_gui(self):
        self.assertEqual(len(self.include_findings("core/image/a.cpp", "#include <QString>")), 1)

    def test_refuses_store_in_registry(self):
        self.assertEqual(len(self.include_findings("core/registry/a.cpp", '#include "core/store/store.h"')), 1)

    def test_allows_own_folder_and_border(self):
        self.assertEqual(self.include_findings("core/text/a.cpp", '#include "rootless/oci/json.h"'), [])
        self.assertEqual(self.include_findings("gui/b.cpp", '#include "rootless/sys/unique_fd.h"'), [])

    def test_names_folder_without_rule(self):
        self.assertIn("no rule", self.include_findings("core/new_area/a.cpp", "")[0])


class Sources(Tree):
    def test_wants_licence_line(self):
        self.assertEqual(len(self.source_findings("net/a.cpp", "int a;\n")), 1)

    def test_refuses_raw_call_outside_sys(self):
        self.assertEqual(len(self.source_findings("net/a.cpp", HEAD + "int fd = ::open(p, 0);\n")), 1)
        self.assertEqual(self.source_findings("rootless/sys/a.cpp", HEAD + "int fd = ::open(p, 0);\n"), [])

    def test_reads_code_and_not_messages(self):
        self.assertEqual(self.source_findings("core/a.cpp", HEAD + 'auto s = "system(x) ::open(";  // ::close()\n'), [])

    def test_refuses_shell(self):
        self.assertEqual(len(self.source_findings("core/a.cpp", HEAD + "std::system(c);\n")), 1)
        self.assertEqual(self.source_findings("core/a.cpp", HEAD + "engine.system().info();\n"), [])

    def test_refuses_bare_wait_in_tests(self):
        script = "#!/bin/bash\n# " + HEAD[3:] + "sleep 1\n"
        self.assertEqual(len(self.source_findings("tests/functional/a.sh", script)), 1)
        self.assertEqual(self.source_findings(
            "tests/a.cpp", HEAD + "// UNAVOIDABLE: the clock is the subject\nQTest::qWait(5);\n"), [])

    def test_limits_size_of_header(self):
        self.assertIn("300", self.source_findings("net/a.h", HEAD + "#pragma once\n" + "int a;\n" * 300)[0])


class Messages(unittest.TestCase):
    BODY = "\nWhy.\n\nChecked: ctest -L unit."

    def test_accepts_form(self):
        self.assertEqual(list(commit_msg.findings("core/store: Keep the old file", self.BODY, 50)), [])

    def test_refuses_other_forms(self):
        for subject in ("Fix it", "core: fix it", "core: Fixed it.", "nowhere: Fix it", "core: " + "F" * 80):
            self.assertTrue(list(commit_msg.findings(subject, self.BODY, 50)), subject)

    def test_wants_checked_unless_small(self):
        self.assertTrue(list(commit_msg.findings("core: Fix it", "\nWhy.", 50)))
        self.assertEqual(list(commit_msg.findings("core: Fix it", "", 5)), [])

    def test_wants_wrapped_body(self):
        self.assertTrue(list(commit_msg.findings("core: Fix it", "\n" + "word " * 20, 5)))


class StartPath(unittest.TestCase):
    LISTED = ("*(.text._ZN7coracle3oneEv)\n*(.text._ZNK7coracle3twoEi.isra.0)\n"
              "*(.text.unlikely._ZN7coracle4coldEv.cold)\n"
              "*(.text._ZNSt6localeC2Ev)\n*libc.a:memcmp.o(.text)\n")

    def test_finds_what_was_renamed(self):
        self.assertEqual(start_path_age.gone(self.LISTED, {"_ZN7coracle3oneEv", "_ZN7coracle4coldEv"}),
                         (["_ZNK7coracle3twoEi"], 3))

    def test_knows_parts_of_functions(self):
        there = {"_ZN7coracle3oneEv", "_ZNK7coracle3twoEi", "_ZN7coracle4coldEv"}
        self.assertEqual(start_path_age.gone(self.LISTED, there), ([], 3))


if __name__ == "__main__":
    unittest.main()
