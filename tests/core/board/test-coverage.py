#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue against the list of published boards, where that is at hand; and its README against it."""

import json
import pathlib
import re
import sys
import unittest

CATALOGUE = json.loads(pathlib.Path(sys.argv.pop()).read_text(encoding="utf-8"))
ROOT = pathlib.Path(sys.argv.pop())
PUBLISHED = ROOT.parent / "shared" / "data" / "boards.json"
README = ROOT / "data" / "catalogue" / "README.md"
BOARDS = {board["id"]: board for board in CATALOGUE["boards"]}
# Boards without releases that are in the catalogue for what must not be erased on them.
EXTRA = {"SPARK_CORE", "PHOTON", "P1", "ELECTRON"}


def advised(kind):
    """The boards with advice of a kind, and its sentence, by code."""
    found = {}
    for board in CATALOGUE["boards"]:
        for advice in board["advice"]:
            if advice["kind"] == kind:
                found.setdefault(advice["code"], set()).add(board["id"])
    return found


class Published(unittest.TestCase):
    def setUp(self):
        if not PUBLISHED.exists():
            self.skipTest(f"{PUBLISHED} is not here")
        listed = json.loads(PUBLISHED.read_text(encoding="utf-8"))
        self.boards = {board["id"]: board for board in listed["boards"] if board["published"]}
        self.listed = listed

    def test_every_published_board_is_in(self):
        self.assertEqual(set(self.boards) - set(BOARDS), set())
        self.assertEqual(set(BOARDS) - set(self.boards), EXTRA)

    def test_every_stable_version_is_in(self):
        self.assertEqual([version for version, _ in CATALOGUE["versions"]],
                         [release["version"] for release in self.listed["stable_releases"]])

    def test_boards_agree(self):
        for name, listed in self.boards.items():
            board = BOARDS[name]
            with self.subTest(name):
                self.assertIn(listed["dfu_id"], board["dfu_ids"])
                self.assertEqual(board["boot_loader"], listed["bootloader"])
                self.assertEqual(set(board["variants"]), set(listed["variants"]))
                self.assertEqual([int(address, 16) for address in board["elements"]],
                                 [int(address, 16) for address in listed["dfu_elements"]])
                self.assertEqual(int(board["leave"], 16), int(listed["leave_address"], 16))
                self.assertEqual(set(board["entries"]), set(listed["dfu_entry"]))

    def test_every_board_has_a_source_and_a_way_in(self):
        for name in self.boards:
            with self.subTest(name):
                self.assertTrue(BOARDS[name]["sources"])
                self.assertTrue(BOARDS[name]["entries"])

    def test_boards_without_usb_are_warned_of(self):
        """Firmware without USB cannot be updated over USB again, nor be seen to run."""
        silent = {name for name, board in self.boards.items() if not board["usb_in_firmware"]}
        warned = {board["id"] for board in CATALOGUE["boards"] if board["advice"]
                  and board["advice"][0]["kind"] in ("warn", "refuse")}
        self.assertEqual(silent - warned, set())


class Readme(unittest.TestCase):
    def test_lists_what_is_refused_or_warned_of(self):
        text = README.read_text(encoding="utf-8")
        rows = re.findall(r"^\| (refuse|warn) \| `([a-z_]+)` \| ([A-Z0-9_, ]+) \|", text, re.M)
        listed = {(kind, code): set(boards.split(", ")) for kind, code, boards in rows}
        known = {(kind, code): boards for kind in ("refuse", "warn")
                 for code, boards in advised(kind).items()}
        self.assertEqual(listed, known)


if __name__ == "__main__":
    unittest.main()
