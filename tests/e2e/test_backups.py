#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups that are kept on this computer: everything off a board, other firmware, and all of it back."""

import glob
import json
import os
import unittest

from jumperctl_case import FLASH_BASE, FLASH_SIZE, JumperctlCase, dfuse, main, pattern, program
from test_usb import UsbCase, can_simulate

FILES = 0x4000  # where a pyboard's own file system begins
SERIAL = "365738513233"


class TestKept(JumperctlCase):
    def setUp(self):
        super().setUp()
        self.before = program(FLASH_SIZE, seed=8)
        self.file("F", self.before)

    def backups(self, *arguments):
        return self.json(0, "backups", *arguments)["backups"]

    def test_nothing_at_first(self):
        self.assertEqual(self.backups(), [])
        self.assertEqual(self.text(0, "backups")[0], "There are no backups.\n")

    def test_round(self):
        self.assertIn("Kept as backup", self.text(0, "backup", "-d", self.board())[0])
        backup, = self.backups()
        self.assertEqual((backup["size"], backup["reason"], backup["serial"], backup["problem"]),
                         (FLASH_SIZE, "by-hand", SERIAL, None))
        self.assertEqual([(r["alt"], r["size"], r["restore"]) for r in backup["ranges"]],
                         [(0, FLASH_SIZE, True), (1, 16, False), (2, 528, False)])
        self.assertEqual(os.stat(backup["file"]).st_mode & 0o077, 0)
        self.check(0, "verify", backup["file"], "-d", self.board())
        self.check(0, "erase", "--all", "--yes", "--overwrite", "files", "-d", self.board())
        self.check(0, "restore", backup["id"], "--yes", "-d", self.board())
        self.assertEqual(self.read("F"), self.before)

    def test_those_of_one_board(self):
        self.check(0, "backup", "-d", self.board())
        self.check(0, "backup", "-d", self.board(serial="ANOTHER1"))
        self.assertEqual(len(self.backups()), 2)
        self.assertEqual([b["serial"] for b in self.backups("-d", self.board())], [SERIAL])
        self.assertEqual(self.backups("-d", "serial:NONE"), [])
        self.json(2, "backups", "-d", "nonsense")

    def test_a_part_is_told_from_the_whole(self):
        self.check(0, "backup", "-d", self.board(), "--range", "0x08004000:16K")
        backup, = self.backups()
        self.assertEqual((backup["reason"], backup["size"]), ("region", 16 * 1024))

    def test_damage_is_noticed(self):
        self.check(0, "backup", "-d", self.board())
        backup, = self.backups()
        with open(backup["file"], "r+b") as file:
            file.seek(5000)
            file.write(b"?")
        self.assert_failed(self.json(6, "restore", backup["id"], "--yes", "-d", self.board()), "damaged-file")
        self.assertEqual(self.read("F"), self.before)
        os.truncate(backup["file"], 5000)
        self.assertIn("5000 bytes", self.backups()[0]["problem"])
        self.assertIn("damaged: its file has 5000 bytes", self.text(0, "backups")[0])

    def test_a_name_that_is_none(self):
        self.json(6, "restore", "20260101-000000-00000000", "--yes", "-d", self.board())

    def test_history(self):
        self.check(0, "backup", "-d", self.board())
        self.check(0, "erase", "--all", "--yes", "--overwrite", "files", "-d", self.board())
        self.check(7, "verify", self.backups()[0]["file"], "-d", self.board())
        lines = []
        for path in sorted(glob.glob(os.path.join(self.state, "jumper", "history", "*.json"))):
            with open(path, encoding="utf-8") as source:
                lines.append(json.load(source))
        self.assertEqual([(line["kind"], line["result"]) for line in lines],
                         [("back-up", "done"), ("erase", "done"), ("verify", "failed")])
        self.assertEqual(lines[2]["error-code"], "verify")


@unittest.skipUnless(can_simulate(), "no simulated usbfs")
class TestOverUsb(UsbCase):
    def test_original_firmware_and_back(self):
        """A used board: its firmware and its own files; wiped; another firmware; and all of it back."""
        used = bytearray(program(FLASH_SIZE, seed=5))
        used[FILES:FILES + 0x1C000] = pattern(0x1C000, 77)
        used = bytes(used)
        self.file("F", used)
        self.ctl(0, "backup")
        backup, = self.ctl(0, "backups")["backups"]
        self.assertEqual((backup["identity"], backup["size"]), ("serial:" + SERIAL, FLASH_SIZE))
        self.ctl(0, "erase", "--all", "--yes")
        self.assertEqual(self.read("F"), b"\xff" * FLASH_SIZE)
        self.ctl(0, "flash", self.file("other.dfu", dfuse([(FLASH_BASE, program(0x23457, seed=9))])))
        self.assertNotEqual(self.read("F")[:0x23457], used[:0x23457])
        self.ctl(0, "restore", backup["id"], "--yes")
        self.assertEqual(self.read("F"), used)
        self.assertEqual(len(self.ctl(0, "backups", "-d", "serial:" + SERIAL)["backups"]), 1)


del UsbCase  # its tests run where they stand

if __name__ == "__main__":
    main()
