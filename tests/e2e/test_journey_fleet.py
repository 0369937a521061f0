#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Eight boards at once, one of which fails, and is tried again."""

from jumperctl_case import FLASH_BASE, FLASH_SIZE, dfuse, pattern, program
from window_case import WindowCase, main

FIRST, SECOND = program(0x3A17), pattern(0x11003, 3)
N = 8
BAD = 2


class Fleet(WindowCase):
    def after(self, before):
        """Of the last sector that is written, the rest is gone."""
        end = 0x20000 + len(SECOND)
        return (FIRST + before[len(FIRST):0x20000] + SECOND + b"\xff" * (0x40000 - end)
                + before[0x40000:])

    def test_eight_boards(self):
        before = program(FLASH_SIZE, seed=8)
        self.prefer(welcome_shown=True, backup_first=False)
        self.take_hand()
        ports = []
        for i in range(N):
            self.write(f"F{i}", before)
            ports.append(self.plug(name=f"F{i}", serial=f"BOARD{i}"))
        window = self.open()
        for port in ports:
            window.see(f"USB port {port}, Ready to update")
        window.press("Update 8 Boards…")
        window.see("8 boards are left out")
        window.see("Choose it alone and say which one it is, or choose a file.")
        self.assertEqual(window.nameless(), [])
        window.open_file(self.write("blink.dfu", dfuse([(FLASH_BASE, FIRST), (0x08020000, SECOND)])))
        window.see("blink.dfu")
        # It will not let itself be read, for now.
        self.hand.ask("protect", ports[BAD], 1)
        window.press("Install on 8 Boards")
        window.see("7 of 8 Boards Updated")
        window.see(f"USB port {ports[BAD]}: Failed. The board’s memory is protected against reading.")
        window.see("The protection can be removed, which erases everything on the board")
        self.assertEqual(window.nameless(), [])
        for i in range(N):
            self.assertEqual(self.flash(ports[i], f"F{i}"), before if i == BAD else self.after(before))
        window.see(f"USB port {ports[BAD]}, Update failed")
        self.hand.ask("protect", ports[BAD], 0)
        window.press("Retry the Failed Ones")
        window.see("8 Boards Updated")
        window.see(f"USB port {ports[BAD]}: Updated. 84506 bytes were written and read back")
        self.assertEqual(window.nameless(), [])
        self.assertEqual(self.flash(ports[BAD], f"F{BAD}"), self.after(before))
        window.press("Done")
        window.see(f"USB port {ports[0]}, Not connected")


if __name__ == "__main__":
    main()
