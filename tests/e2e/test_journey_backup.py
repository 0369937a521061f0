#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""All that is on a board, kept, lost, and put back, byte for byte."""

import os
import subprocess

from jumperctl_case import FLASH_SIZE, program
from window_case import LIMIT, WindowCase, main


class Backup(WindowCase):
    def wipe(self):
        """By another program, while the window is open."""
        done = subprocess.run([os.environ["JUMPERCTL"], "erase", "--all", "--yes"],
                              env={**os.environ, **self.environment()}, capture_output=True, text=True,
                              timeout=LIMIT, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_backup_wipe_restore(self):
        before = program(FLASH_SIZE, seed=8)
        self.write("F", before)
        self.prefer(welcome_shown=True)
        self.take_hand()
        port = self.plug()
        window = self.open()
        window.see("No Backups Yet")
        window.press("Back Up Now")
        window.see("Restore the backup: ", "push button")
        window.see_not("No Backups Yet")
        self.assertEqual(window.nameless(), [])
        self.assertEqual(self.hand.look(port)[2:], (0, 0))
        self.wipe()
        self.assertEqual(self.flash(port), b"\xff" * FLASH_SIZE)
        window.press("Restore the backup: ")
        window.see("Fits This Board")
        window.press("Restore", "push button", exact=True)
        window.see("Backup Restored")
        window.see("1048576 bytes were written and read back, byte for byte.")
        self.assertIsNone(window.find("Firmware Installed"))
        self.assertEqual(window.nameless(), [])
        self.assertEqual(self.flash(port), before)
        # It is there after the program was ended, too.
        window.close()
        self.hand.ask("jumper", port, "on")
        self.hand.ask("unplug", port)
        self.hand.ask("replug", port)
        again = self.open()
        again.see("Restore the backup: ", "push button")


if __name__ == "__main__":
    main()
