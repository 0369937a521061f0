# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Boards that speak plain DFU 1.1, which have no memory map, with the command."""

import unittest

from jumperctl_case import JUMPERCTL, JumperctlCase, dfuse, main, program, suffix
from test_usb import UsbCase, can_simulate

UNVERIFIED = 11


class TestPlain(JumperctlCase):
    def test_versions_are_as_people_write_them(self):
        for kind, version in (("bluepill", "DFU 1.1,"), ("dfu10", "DFU 1.0,"),
                              ("pyboard", "DfuSe 1.1a,")):
            with self.subTest(kind=kind):
                out, _ = self.text(0, "info", "-d", f"virtual:{kind}")
                self.assertIn(version, out)
                told = self.json(0, "info", "-d", f"virtual:{kind}")["dfu_version"]
                self.assertEqual(f"{told},", version.split(" ")[1])

    def test_info_tells_what_is_known(self):
        out, _ = self.text(0, "info", "-d", "virtual:bluepill")
        self.assertIn("takes no files", out)
        self.assertIn("takes programs for 0x08005000", out)
        self.assertIn("takes programs for 0x08002000", out)

    def test_flash_verify_backup_restore(self):
        for kind, alt, at in (("bluepill", "2", 0x2000), ("bluepill", "1", 0x5000),
                              ("dapboot", "0", 0x2000), ("dfu10", "0", 0)):
            with self.subTest(kind=kind, alt=alt):
                data = program(9001, 0x08000000 + at)
                file = self.file("raw.bin", data)
                name = f"{kind}-{alt}"
                board = self.board(kind, name)
                other = self.file("other.bin", program(12000, 0x08000000 + at, seed=2))
                self.check(0, "flash", other, "--alt", alt, "-d", board)
                self.check(0, "backup", self.path("before.dfu"), "--alt", alt, "-d", board)
                before = self.read(name)
                result = self.json(0, "flash", file, "--alt", alt, "-d", board)
                self.assertEqual(result["result"], "ok")
                self.assertTrue(result["verified"])
                self.assertIn(result["state"], ("started", "complete"))
                self.assertEqual(self.read(name)[at:at + len(data)], data)
                self.assertTrue(self.json(0, "verify", file, "--alt", alt, "-d", board)["verified"])
                self.check(0, "restore", self.path("before.dfu"), "--yes", "-d", board)
                self.assertEqual(self.read(name)[at:], before[at:])
                other = self.file("other.bin", program(9001, 0x08000000 + at, seed=3))
                self.assert_failed(self.json(7, "verify", other, "--alt", alt, "-d", board), "verify")

    def test_a_file_with_its_own_address(self):
        data = program(3000, 0x08002000)
        file = self.file("a.dfu", dfuse([(0x08002000, data)], 2, 0x1EAF, 0x0003))
        self.check(0, "flash", file, "-d", self.board("bluepill"))
        self.assertEqual(self.read("F")[0x2000:0x2000 + len(data)], data)
        file = self.file("plain.dfu", suffix(data, 0x1EAF, 0x0003, 0x0100))
        self.check(0, "flash", file, "--alt", "2", "-d", self.board("bluepill", "G"))
        self.assertEqual(self.read("G")[0x2000:0x2000 + len(data)], data)

    def test_a_program_for_another_address_is_refused(self):
        file = self.file("a.dfu", dfuse([(0x08000000, program(3000))], 2, 0x1EAF, 0x0003))
        result = self.json(6, "flash", file, "-d", self.board("bluepill"))
        self.assert_failed(result, "does-not-fit")
        self.assertIn("0x08000000", result["error"]["where"])
        self.assertIn("0x08002000", result["error"]["where"])
        file = self.file("b.dfu", dfuse([(0x08005000, program(3000, 0x08005000))], 2, 0x1EAF, 3))
        result = self.json(6, "flash", file, "-d", self.board("bluepill"))
        self.assertIn("alt setting 1 has it there", result["error"]["where"])

    def test_ram_upload_is_refused(self):
        file = self.file("raw.bin", program(3000))
        result = self.json(10, "flash", file, "-d", self.board("bluepill"))
        self.assert_failed(result, "refused")
        self.assertIn("does not load programs into RAM; others do: 1, 2", result["error"]["where"])
        self.assertEqual(result["error"]["state"], "Nothing on the board was changed.")
        self.assertTrue(result["error"]["advice"])

    def test_what_else_is_erased_is_told(self):
        file = self.file("raw.bin", program(3000, 0x08005000))
        result = self.json(0, "flash", file, "--alt", "1", "-d", self.board("bluepill"))
        self.assertEqual(result["warnings"],
                         ["Writing alt setting 1 also erases the page at 0x08002000."])

    def test_what_cannot_be_verified_is_not_called_ok(self):
        file = self.file("raw.bin", program(3000))
        result = self.json(UNVERIFIED, "flash", file, "-d", self.board("stm32mp1"))
        self.assertEqual(result["result"], "unverified")
        self.assertFalse(result["verified"])
        self.assertEqual(result["state"], "unverified")
        self.assertIsNone(result["error"])
        self.assertEqual(result["warnings"],
                         ["What was done could not be verified by this boot loader."])
        out, err = self.text(UNVERIFIED, "flash", file, "-d", self.board("stm32mp1"))
        self.assertIn("It was not verified.", out)
        self.assertIn("could not be verified by this boot loader", err)
        # who does not ask for it is not told that it is missing
        result = self.json(0, "flash", file, "--no-verify", "-d", self.board("stm32mp1"))
        self.assertEqual(result["result"], "ok")
        self.assertFalse(result["verified"])

    def test_dry_run(self):
        file = self.file("raw.bin", program(3000, 0x08002000))
        out, _ = self.text(0, "flash", file, "--alt", "2", "--dry-run", "-d", self.board("bluepill"))
        words = [line.split()[0] for line in out.splitlines()]
        self.assertEqual(words, ["WRITE", "VERIFY", "WRITE", "LEAVE", "TOTAL"])
        self.assertIn("WRITE  alt 2 0x08002000 +0x0BB8 crc=", out)

    def test_backup_before_flash(self):
        file = self.file("raw.bin", program(3000, 0x08002000))
        board = self.board("bluepill")
        self.check(0, "flash", file, "--alt", "2", "--backup", self.path("b.bin"), "-d", board)
        self.assertEqual(len(self.read("b.bin")), 56 * 1024)
        self.check(0, "restore", self.path("b.bin"), "--alt", "2", "--yes", "-d", board)
        self.assertEqual(self.read("F")[0x2000:], self.read("b.bin"))

    def test_backup_tells_how_much(self):
        out, _ = self.text(0, "backup", self.path("b.dfu"), "-d", self.board("dapboot"))
        self.assertIn("Read 56 KiB", out)

    def test_a_raw_file_needs_no_address_here_alone(self):
        file = self.file("raw.bin", program(3000))
        self.assert_failed(self.json(2, "flash", file, "-d", self.board("pyboard")), "usage")
        self.assert_failed(self.json(2, "verify", file, "-d", self.board("pyboard")), "usage")

    def test_erase_is_not_to_be_had(self):
        self.assert_failed(self.json(1, "erase", "--all", "--yes", "-d", self.board("bluepill")),
                           "not-supported")

    def test_leave_that_is_ignored_is_told(self):
        result = self.json(1, "leave", "-d", self.board("dfu10"))
        self.assertIn("stays in its boot loader", result["error"]["where"])


class TestRunning(JumperctlCase):
    """A board whose program has a DFU interface."""

    def test_work_restarts_the_board(self):
        data = program(3000, 0x08002000)
        file = self.file("raw.bin", data)
        board = self.board("dapboot", runtime="on")
        out, err = self.text(0, "flash", file, "--no-leave", "-d", board)
        self.assertIn("restarting it in DFU mode", err)
        self.assertIn("Every byte was read back and is right.", out)
        self.assertEqual(self.read("F")[0x2000:0x2000 + len(data)], data)
        _, err = self.text(0, "backup", self.path("b.bin"), "-d", board)
        self.assertIn("restarting it in DFU mode", err)
        self.assertEqual(self.read("b.bin")[:len(data)], data)

    def test_the_product_may_change(self):
        out, _ = self.text(0, "info", "-d", "virtual:blackmagic,speed=0,runtime=on")
        self.assertIn("1d50:6018", out)
        self.assertIn("It runs its program", out)
        self.check(0, "backup", self.path("b.bin"), "-d", self.board("blackmagic", runtime="on"))
        self.assertEqual(len(self.read("b.bin")), 1024 * 1024)

    def test_a_dry_run_and_leave_restart_nothing(self):
        file = self.file("raw.bin", program(3000, 0x08002000))
        board = self.board("dapboot", runtime="on")
        self.assert_failed(self.json(3, "flash", file, "--dry-run", "-d", board), "not-found")
        self.assert_failed(self.json(3, "leave", "-d", board), "not-found")


@unittest.skipUnless(can_simulate(), "no simulated usbfs")
class TestOnUsb(UsbCase):
    """The same over the real libusb."""

    def test_every_kind_is_flashed(self):
        for kind, alt, at, status, state in (("bluepill", "2", 0x2000, 0, "started"),
                                             ("dapboot", "0", 0x2000, 0, "started"),
                                             ("dfu10", "0", 0, 0, "complete"),
                                             ("stm32mp1", "0", 0, UNVERIFIED, "unverified")):
            with self.subTest(kind=kind):
                data = program(5001, 0x08000000 + at)
                file = self.file("raw.bin", data)
                specs = [self.spec(kind, kind)]
                result = self.ctl(status, "flash", file, "--alt", alt, specs=specs)
                self.assertEqual((result["state"], result["verified"]), (state, status == 0))
                self.assertEqual(self.read(kind)[at:at + len(data)], data)
                self.assertTrue(
                    self.ctl(0, "verify", file, "--alt", alt, specs=specs)["verified"])

    def test_a_running_board_is_listed_with_what_to_do(self):
        specs = [self.spec("blackmagic", "B", runtime="on")]
        devices = self.ctl(0, "list", specs=specs)["devices"]
        self.assertEqual([(d["mode"], d["pid"]) for d in devices], [("running", "6018")])
        _, out, _ = self.plugged(specs, JUMPERCTL, "list")
        self.assertIn("flash and backup restart it in DFU mode", out.decode("utf-8"))
        self.assertEqual(self.ctl(0, "info", specs=specs)["mode"], "running")

    def test_a_running_board_is_followed(self):
        data = program(5001, 0x08002000)
        file = self.file("raw.bin", data)
        specs = [self.spec("dapboot", "D", runtime="on")]
        result = self.ctl(0, "flash", file, "--no-leave", specs=specs)
        self.assertEqual((result["state"], result["verified"]), ("complete", True))
        self.assertEqual(self.read("D")[0x2000:0x2000 + len(data)], data)
        specs = [self.spec("blackmagic", "B", runtime="on")]
        self.ctl(0, "backup", self.path("b.bin"), "-d", "1d50:6018", specs=specs)
        self.assertEqual(len(self.read("b.bin")), 1024 * 1024)

    def test_a_board_in_dfu_mode_comes_before_one_that_runs(self):
        specs = [self.spec("dapboot", "D", runtime="on"), self.spec("dfu10", "O")]
        self.assertEqual(self.ctl(0, "info", specs=specs)["vid"], "1d50")


if __name__ == "__main__":
    main()
