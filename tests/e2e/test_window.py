#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""One whole journey through the window, the way a screen reader goes it.

`jumper --practice FILE` on a display and a session bus of its own; everything is found by its
accessible name and pressed through AT-SPI. Exit status 77 where the tools for that are missing.
"""

import os
import subprocess
import unittest

from jumperctl_case import dfuse, program
from window_case import LIMIT, WindowCase, main


class Journey(WindowCase):
    def test_install_on_a_practice_board(self):
        data = program(5120)
        self.prefer(welcome_shown=True)
        window = self.open("--practice", self.write("journey.dfu", dfuse([(0x08000000, data)])))
        window.see("Practice Pyboard")
        window.see("journey.dfu")
        window.see("Fits This Board")
        window.see("Your files are kept.")
        self.assertEqual(window.nameless(), [])
        window.press("Install")
        window.see("Firmware Installed")
        window.see("5120 bytes were written and read back, byte for byte.")
        self.assertEqual(window.nameless(), [])
        window.press("Done")
        window.see("The Board Runs Its Program")
        window.press("Restart into Update Mode")
        window.press("Reinstall")
        window.see("Already Installed")
        window.see("Nothing had to be written")
        window.see("already right")
        self.assertEqual(window.nameless(), [])

    def test_refuse_another_board_s_file(self):
        path = self.write("other.dfu", dfuse([(0x08000000, b"firmware")], vid=0x1234, pid=0x5678))
        window = self.open("--practice", path)
        window.see("The firmware file was made for another board.")
        self.assertEqual(window.nameless(), [])


class CommandLine(unittest.TestCase):
    def run_jumper(self, *arguments):
        return subprocess.run([os.environ["JUMPER"], *arguments], capture_output=True, text=True,
                              check=False, timeout=LIMIT)

    def test_version(self):
        done = self.run_jumper("--version")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, r"^jumper \d+\.\d+")

    def test_unknown_practice_board(self):
        done = self.run_jumper("--practice=toaster")
        self.assertEqual(done.returncode, 2)
        self.assertIn("toaster", done.stderr)
        self.assertIn("pyboard", done.stderr)


if __name__ == "__main__":
    main()
