#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A board that nobody may open: what that is called, where the way out is, and that it is noticed when
the way is free."""

from jumperctl_case import FLASH_BASE, FLASH_SIZE, dfuse, program
from window_case import WindowCase, main


class Permission(WindowCase):
    def test_no_permission(self):
        before = program(FLASH_SIZE, seed=8)
        self.write("F", before)
        self.prefer(welcome_shown=True)
        self.take_hand()
        port = self.plug()
        self.hand.ask("deny", port)
        firmware = self.write("blink.dfu", dfuse([(FLASH_BASE, program(5000))]))
        window = self.open(firmware, denied=True)
        window.see("No permission")
        window.see("blink.dfu")
        window.see("The board cannot be used yet. See above.")
        self.assertFalse(window.is_sensitive(window.see("Install", "push button")))
        self.assertEqual(window.nameless(), [])
        # The row with the problem leads to the help.
        window.go_to("Linux is not letting this program use the board yet.", "list item")
        window.key("Return")
        window.see("Permission to Use Boards")
        # Whether there is a rule is this computer's affair: it may have another program's.
        window.see("annot be opened")
        if window.find("The Rule Is Missing") is not None:
            window.see("Copy the Commands", "push button")
        self.assertEqual(window.nameless(), [])
        self.hand.ask("allow", port)
        window.see("It was opened: this board can be used.")
        window.key("Escape")
        window.see_not("Permission to Use Boards")
        window.see("Ready to update")
        window.press("Install")
        window.see("Firmware Installed")
        self.assertEqual(self.flash(port)[:5000], program(5000))


if __name__ == "__main__":
    main()
