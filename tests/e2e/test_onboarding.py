#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody's first minutes with the window, the way a screen reader goes them.

The welcome, the way into update mode, what helps when no board appears, two practice boards. Exit
status 77 where the tools for that are missing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from window_case import Window, enter_own_desktop, need_pyatspi

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Onboarding(unittest.TestCase):
    def open(self, *arguments):
        window = Window(arguments)
        self.addCleanup(window.close)
        return window

    def activate(self, name, parameter=""):
        """An action of the program, as the desktop would call it."""
        subprocess.run(["gdbus", "call", "--session", "--dest", "io.github.dfujumper.Jumper",
                        "--object-path", "/io/github/dfujumper/Jumper",
                        "--method", "org.gtk.Actions.Activate", name, f"[{parameter}]", "{}"],
                       check=True, capture_output=True)

    def test_the_way_in(self):
        window = self.open()
        window.see("Put Your Pyboard into Update Mode")
        window.see("Waiting for your board…")
        window.see("A jumper is put on the pins DFU and 3V3")
        self.assertEqual(window.nameless(), [])
        window.press("Other Boards…")
        window.see("Which Board Do You Have?")
        window.see("Pyboard v1.1")
        window.see("A Board That Is Not Listed")
        self.assertEqual(window.nameless(), [])
        window.press("Back to the Steps")
        window.see("Waiting for your board…")

    def test_the_first_key_does_no_harm(self):
        window = self.open()
        window.see("Waiting for your board…")
        focused = window.wait(lambda: window.focused())
        self.assertIn("Disconnect Everything", focused.name)

    def test_two_practice_boards_can_be_told_apart(self):
        window = self.open()
        window.press("Use a Practice Board")
        window.see("Practice Pyboard, practice board, serial 365738513233")
        self.activate("practice", "<'pyboard'>")
        window.see("Practice Pyboard, practice board, serial PRACTICE2")

    def test_help(self):
        window = self.open()
        window.see("Waiting for your board…")
        self.activate("help")
        window.see("A board takes new firmware from a small program in its chip")
        self.assertEqual(window.nameless(), [])

    def test_the_welcome_comes_once(self):
        if shutil.which("glib-compile-schemas") is None:
            self.skipTest("glib-compile-schemas is not installed")
        with tempfile.TemporaryDirectory(prefix="jumper-e2e-") as schemas:
            subprocess.run(["glib-compile-schemas", "--targetdir", schemas, os.path.join(ROOT, "data")],
                           check=True)
            os.environ.update(GSETTINGS_SCHEMA_DIR=schemas, GSETTINGS_BACKEND="keyfile")
            self.addCleanup(os.environ.pop, "GSETTINGS_SCHEMA_DIR")
            self.addCleanup(os.environ.pop, "GSETTINGS_BACKEND")
            first = self.open()
            first.see("Welcome to Jumper")
            self.assertEqual(first.nameless(), [])
            first.press("Next")
            first.wait(lambda: "See It" in first.focused().name)
            first.press("Next")
            first.wait(lambda: "Try It" in first.focused().name)
            first.press("Get Started")
            first.see("Waiting for your board…")
            first.close()
            second = self.open()
            second.see("Waiting for your board…")
            self.assertIsNone(second.find("Welcome to Jumper"))


if __name__ == "__main__":
    need_pyatspi()
    if "JUMPER_E2E_INSIDE" not in os.environ:
        sys.exit(enter_own_desktop())
    unittest.main(verbosity=2)
