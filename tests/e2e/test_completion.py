#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bash completion: what it offers, and that it knows every command and option."""

import os
import re
import shutil
import subprocess
import unittest

from jumperctl_case import JUMPERCTL, JumperctlCase, main

SCRIPT = os.environ["COMPLETION"]
COMMANDS = ["list", "info", "inspect", "flash", "verify", "backup", "backups", "restore", "erase", "unprotect", "leave",
            "version", "bootloader", "doctor",
            "pack", "unpack", "releases", "fetch"]


@unittest.skipUnless(shutil.which("bash"), "no bash")
class TestCompletion(JumperctlCase):
    def complete(self, line):
        """What bash would offer at the end of a line; words are parted as readline does it."""
        words = [word for word in re.split(r"([:=])|\s+", line) if word]
        if line.endswith((" ", ":", "=")):
            words.append("")
        quoted = " ".join("'" + word + "'" for word in words)
        script = (f'source "{SCRIPT}"; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; '
                  f"COMP_LINE='{line}'; COMP_POINT={len(line)}; _jumperctl; "
                  'printf "%s\\n" "${COMPREPLY[@]}"')
        done = subprocess.run(["bash", "--norc", "-c", script], capture_output=True, text=True,
                              cwd=self.dir, check=True, env=self.environment(
                                  PATH=f"{os.path.dirname(JUMPERCTL)}:{os.environ['PATH']}"))
        return done.stdout.split()

    def test_commands(self):
        self.assertEqual(self.complete("jumperctl "), COMMANDS + ["--help", "--version"])
        self.assertEqual(self.complete("jumperctl in"), ["info", "inspect"])

    def test_options_are_those_of_the_help(self):
        for command in COMMANDS:
            with self.subTest(command=command):
                out, _ = self.text(0, command, "--help")
                known = set(re.findall(r"^  (?:-\w, )?(--[\w-]+)", out, re.M))
                offered = {word.split("=")[0] for word in self.complete(f"jumperctl {command} --")}
                self.assertEqual(offered, known)

    def test_boards(self):
        self.assertIn("virtual:pyboard", self.complete("jumperctl flash -d v"))
        self.assertEqual(self.complete("jumperctl flash -d virtual:py"), ["pyboard"])
        self.assertEqual(self.complete("jumperctl inspect --part nu"), ["nucleo-h743"])

    def test_practice_boards_are_those_that_there_are(self):
        _, err = self.text(2, "info", "-d", "virtual:no-such-kind")
        known = re.search(r"there are (.*)", err).group(1).split(", ")
        self.assertEqual(sorted(self.complete("jumperctl flash -d virtual:")), sorted(known))
        with open(os.path.join(os.path.dirname(os.environ["COMPLETION"]), "..", "jumperctl.1"),
                  encoding="utf-8") as page:
            words = set(page.read().replace(",", " ").split())
        self.assertEqual([kind for kind in known if kind not in words], [])

    def test_released_boards(self):
        self.assertEqual(self.complete("jumperctl fetch PYBV"), ["PYBV10", "PYBV11"])
        self.assertEqual(self.complete("jumperctl releases --channel p"), ["preview"])

    def test_words(self):
        self.assertEqual(self.complete("jumperctl flash a --preserve a"), ["auto", "always"])

    def test_files(self):
        self.file("some.dfu", b"")
        self.assertEqual(self.complete("jumperctl flash so"), ["some.dfu"])
        self.assertEqual(self.complete("jumperctl flash some.dfu --backup so"), ["some.dfu"])
        self.assertEqual(self.complete("jumperctl leave so"), [])

    def test_optional_values(self):
        self.assertEqual(self.complete("jumperctl flash --json=l"), ["lines"])


if __name__ == "__main__":
    main()
