#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""tools/make-catalogue: the same bytes every time, and no facts that contradict themselves."""

import copy
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(sys.argv.pop())
FACTS = ROOT / "data" / "catalogue" / "facts.json"


class MakeCatalogue(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.facts = json.loads(FACTS.read_text(encoding="utf-8"))

    def run_tool(self, text):
        facts = pathlib.Path(self.folder.name) / "facts.json"
        made = pathlib.Path(self.folder.name) / "made.json"
        facts.write_text(text, encoding="utf-8")
        made.unlink(missing_ok=True)
        done = subprocess.run([sys.executable, ROOT / "tools" / "make-catalogue", facts, made],
                              capture_output=True, text=True, check=False)
        return done, made.read_bytes() if made.exists() else None

    def test_same_facts_same_bytes(self):
        first = self.run_tool(json.dumps(self.facts))
        second = self.run_tool(json.dumps(self.facts, indent=3))
        self.assertEqual(first[0].returncode, 0, first[0].stderr)
        self.assertEqual(first[1], second[1])

    def test_refuses(self):
        def pyboard(facts):
            return next(board for board in facts["boards"] if board["id"] == "PYBV11")

        cases = {
            "wrong order": lambda f: f["versions"].reverse(),
            "schema": lambda f: f.update(schema=2),
            "overlap": lambda f: pyboard(f)["regions"].append(["code", "0x08000000", 32768]),
            "passes the end": lambda f: pyboard(f)["regions"].append(["code", "0x08100000", 1]),
            "no region has": lambda f: pyboard(f)["elements"].append("0x09000000"),
            "no words for": lambda f: pyboard(f)["variants"].append("NEW"),
            "no board uses": lambda f: f["words"].update({"entry.new": "New."}),
            "stands twice": lambda f: f["boards"].append(copy.deepcopy(pyboard(f))),
            "not known": lambda f: pyboard(f).update(color="green"),
            "USB id": lambda f: pyboard(f).update(dfu_ids=["0483:DF11"]),
            "most serious": lambda f: pyboard(f).update(advice=[["note", "stlink"], ["warn", "no_usb"]]),
            "no first version": lambda f: pyboard(f).pop("since"),
        }
        for message, change in cases.items():
            with self.subTest(message):
                facts = copy.deepcopy(self.facts)
                change(facts)
                done, made = self.run_tool(json.dumps(facts))
                self.assertEqual(done.returncode, 1)
                self.assertIn(message, done.stderr)
                self.assertIsNone(made)

    def test_refuses_a_key_twice(self):
        done, _ = self.run_tool('{"schema": 1, "schema": 1}')
        self.assertEqual(done.returncode, 1)
        self.assertIn("'schema' stands twice", done.stderr)


if __name__ == "__main__":
    unittest.main()
