#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""jumperctl over real libusb on a simulated usbfs, with the unmodified dfu-util as second opinion."""

import json
import os
import re
import shutil
import subprocess
import unittest

from jumperctl_case import FLASH_BASE, FLASH_SIZE, JUMPERCTL, LIMIT, JumperctlCase, dfuse, main, pattern, program

WITH_BOARD = os.environ.get("WITH_BOARD", "")
WITH_HAND = os.environ.get("WITH_HAND", "")
SKIPPED = 77


def can_simulate():
    if not os.access(WITH_BOARD, os.X_OK):
        return False
    return subprocess.run([WITH_BOARD, "pyboard,speed=0", "--", "true"], timeout=LIMIT,
                          check=False, capture_output=True).returncode != SKIPPED


class UsbCase(JumperctlCase):
    def setUp(self):
        super().setUp()
        self.before = pattern(FLASH_SIZE, 8)
        self.file("F", self.before)
        self.first, self.second = program(0x3A17), pattern(0x21003, 3)
        self.firmware = self.file("a.dfu", dfuse([(FLASH_BASE, self.first), (0x08020000, self.second)]))

    def spec(self, kind="pyboard", name="F", **more):
        return f"{kind}," + ",".join(f"{k}={v}" for k, v in
                                     {"speed": 0, "flash": self.path(name), **more}.items())

    def plugged(self, specs, *command, options=()):
        """Runs a command with these boards plugged in."""
        done = subprocess.run(
            [WITH_BOARD, "--counters", self.path("counters"), *options, *specs, "--", *command],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=LIMIT,
            env=self.environment(), check=False)
        errors = done.stderr.decode("utf-8", "replace")
        self.assertIsNone(re.search("Sanitizer|CRITICAL|WARNING \\*\\*|runtime error", errors), errors)
        return done.returncode, done.stdout, errors

    def ctl(self, status, *arguments, specs=None, options=()):
        """jumperctl --json on boards that are plugged in; no rule of theirs may be broken."""
        specs = [self.spec()] if specs is None else specs
        code, out, errors = self.plugged(specs, JUMPERCTL, *arguments, "--json", options=options)
        self.assertEqual(code, status, f"{arguments}\n{out}\n{errors[-4000:]}")
        self.assertNotIn(b"violation:", self.read("counters"))
        return json.loads(out)


class TestOneBoard(UsbCase):
    def test_list_and_info(self):
        devices = self.ctl(0, "list")["devices"]
        self.assertEqual([(d["mode"], d["path"], d["vid"], d["pid"], d["serial"]) for d in devices],
                         [("dfu", "1-1", "0483", "df11", "365738513233")])
        self.assertEqual([alt["alt"] for alt in devices[0]["alts"]], [0, 1, 2, 3])
        for device in ["serial:365738513233", "path:1-1", "0483:df11", None]:
            choice = [] if device is None else ["-d", device]
            self.assertEqual(self.ctl(0, "info", *choice)["id"], devices[0]["id"])
        self.ctl(3, "info", "-d", "path:1-2")
        self.ctl(3, "info", "-d", "serial:NONE")
        self.assertEqual(len(self.ctl(0, "list", "--wait")["devices"]), 1)

    def test_flash_and_verify(self):
        result = self.ctl(0, "flash", self.firmware)
        self.assertEqual((result["state"], result["verified"]), ("started", True))
        after = self.read("F")
        self.assertEqual(after[:len(self.first)], self.first)
        self.assertEqual(after[0x4000:0x20000], self.before[0x4000:0x20000])
        self.assertEqual(after[0x20000:0x20000 + len(self.second)], self.second)
        self.assertTrue(self.ctl(0, "verify", self.firmware)["verified"])

    def test_all_kinds(self):
        # The F072 stalls while it is busy, and libusb's side of time is real: so must its own be.
        for kind, speed in [("pyboard", 0), ("nucleo-h743", 0), ("f072", 50)]:
            with self.subTest(kind=kind):
                firmware = self.file("k.dfu", dfuse([(FLASH_BASE, program(9001))]))
                specs = [self.spec(kind, kind, speed=speed)]
                self.assertTrue(self.ctl(0, "flash", firmware, specs=specs)["verified"])
                self.assertEqual(self.read(kind)[:9001], program(9001))

    def test_backup_erase_restore(self):
        self.ctl(0, "backup", self.path("b.bin"))
        self.assertEqual(self.read("b.bin"), self.before)
        self.ctl(0, "backup", self.path("b.dfu"))
        self.ctl(0, "erase", "--all", "--yes")
        self.assertEqual(self.read("F"), b"\xff" * FLASH_SIZE)
        self.ctl(0, "restore", self.path("b.dfu"), "--yes")
        self.assertEqual(self.read("F"), self.before)

    def test_leave(self):
        self.file("F", program(FLASH_SIZE))
        self.assertEqual(self.ctl(0, "leave")["state"], "started")

    def test_record(self):
        result = self.ctl(0, "flash", self.firmware, "--record", self.path("recording"))
        transfers = re.findall(r"^@\d+\+\d+ (?:in|out) ", self.read("recording").decode("ascii"), re.M)
        self.assertEqual(len(transfers), result["transfers"])


class TestOtherBoards(UsbCase):
    def test_no_board(self):
        # A board that runs its program shows no DFU interface: nothing is there to be used.
        self.assertEqual(self.ctl(3, "info", "-d", "1234:5678")["error"]["code"], "not-found")

    def test_two_boards(self):
        specs = [self.spec(), self.spec("f072", "G")]
        result = self.ctl(4, "flash", self.firmware, specs=specs)
        self.assertEqual(result["error"]["code"], "several")
        self.assertEqual([d["path"] for d in result["devices"]], ["1-1", "1-2"])
        self.assertEqual(self.read("F"), self.before)
        code, out, errors = self.plugged(specs, JUMPERCTL, "flash", self.firmware)
        self.assertEqual((code, out), (4, b""))
        # The serial number of the second is shared by many: its port tells it.
        self.assertIn("serial:365738513233", errors)
        self.assertIn("path:1-2", errors)
        self.assertTrue(self.ctl(0, "flash", self.firmware, "-d", "path:1-1", specs=specs)["verified"])

    def test_twins(self):
        specs = [self.spec(), self.spec(name="G")]
        self.assertEqual(len(self.ctl(4, "info", "-d", "serial:365738513233", specs=specs)["devices"]), 2)
        self.ctl(0, "flash", self.firmware, "-d", "path:1-2", specs=specs)
        self.assertEqual(self.read("F"), self.before)
        self.assertEqual(self.read("G")[:len(self.first)], self.first)

    def test_no_permission(self):
        deny = ["--deny-open"]
        devices = self.ctl(0, "list", options=deny)["devices"]
        self.assertEqual([(d["mode"], d["problem"]["code"]) for d in devices],
                         [("unusable", "permission")])
        self.assertIn("udev", devices[0]["problem"]["fix"])
        result = self.ctl(5, "flash", self.firmware, options=deny)
        self.assertEqual((result["error"]["code"], result["transfers"]), ("permission", 0))
        self.assertIn("udev", result["next"])
        self.assertEqual(self.ctl(5, "list", "--wait=0", options=deny)["devices"], devices)
        self.assertEqual(self.read("F"), self.before)


class TestSeveralBoards(UsbCase):
    def test_all(self):
        specs = [self.spec(), self.spec("nucleo-h743", "G"), self.spec(name="H")]
        result = self.ctl(0, "flash", self.firmware, "--all", specs=specs)
        self.assertEqual([(board["device"], board["result"], board["state"], board["verified"])
                          for board in result["boards"]],
                         [(f"path:1-{n}", "ok", "started", True) for n in (1, 2, 3)])
        for name in ["F", "G", "H"]:
            self.assertEqual(self.read(name)[:len(self.first)], self.first)
            self.assertEqual(self.read(name)[0x20000:0x20000 + len(self.second)], self.second)

    def test_all_of_one_is_a_list_too(self):
        result = self.ctl(0, "flash", self.firmware, "--all")
        self.assertEqual([board["device"] for board in result["boards"]], ["path:1-1"])

    def test_some(self):
        specs = [self.spec(), self.spec(name="G"), self.spec(name="H")]
        self.file("G", self.before)
        result = self.ctl(0, "flash", self.firmware, "-d", "path:1-3", "-d", "path:1-1", specs=specs)
        self.assertEqual([board["device"] for board in result["boards"]], ["path:1-3", "path:1-1"])
        self.assertEqual([self.read(name)[:len(self.first)] == self.first for name in "FGH"],
                         [True, False, True])

    def test_two_names_for_one_board(self):
        names = ["-d", "path:1-1", "-d", "serial:365738513233"]
        result = self.ctl(0, "flash", self.firmware, *names)
        self.assertEqual([board["device"] for board in result["boards"]], ["path:1-1"])

    def test_one_name_for_two_boards(self):
        specs = [self.spec(), self.spec(name="G"), self.spec("f072", "H")]
        names = ["-d", "path:1-3", "-d", "serial:365738513233"]
        result = self.ctl(4, "flash", self.firmware, *names, specs=specs)
        self.assertEqual([device["path"] for device in result["devices"]], ["1-1", "1-2"])
        self.assertEqual((result["boards"], self.read("F")), ([], self.before))
        result = self.ctl(0, "flash", self.firmware, "-d", "serial:365738513233", "--all", specs=specs)
        self.assertEqual([board["device"] for board in result["boards"]], ["path:1-1", "path:1-2"])

    def test_too_small_a_board_stops_all_before_they_begin(self):
        specs = [self.spec(), self.spec("f072", "G")]
        result = self.ctl(6, "flash", self.firmware, "--all", specs=specs)
        self.assertEqual((result["error"]["code"], result["boards"]), ("does-not-fit", []))
        self.assertIn("path:1-2: ", result["error"]["where"])
        self.assertEqual(self.read("F"), self.before)

    def test_no_permission(self):
        result = self.ctl(5, "flash", self.firmware, "--all", specs=[self.spec(), self.spec(name="G")],
                          options=["--deny-open"])
        self.assertEqual((result["error"]["code"], result["boards"]), ("permission", []))

    def test_backups(self):
        self.ctl(0, "flash", self.firmware, "--all", "--backup", self.path("b"),
                 specs=[self.spec(), self.spec("nucleo-h743", "G")])
        self.assertEqual(sorted(os.listdir(self.path("b"))), ["path-1-1.dfu", "path-1-2.dfu"])
        self.ctl(0, "restore", self.path("b/path-1-1.dfu"), "--yes")
        self.assertEqual(self.read("F"), self.before)


@unittest.skipUnless(os.access(WITH_HAND, os.X_OK), "no hand")
class TestWaiting(UsbCase):
    def handled(self, status, hand, *arguments, specs):
        done = subprocess.run([WITH_HAND, *hand, *specs, "--", JUMPERCTL, *arguments, "--json"],
                              capture_output=True, timeout=LIMIT, env=self.environment(), check=False)
        errors = done.stderr.decode("utf-8", "replace")
        self.assertEqual(done.returncode, status, f"{arguments}\n{done.stdout}\n{errors[-4000:]}")
        self.assertIsNone(re.search("Sanitizer|CRITICAL|WARNING \\*\\*|runtime error", errors), errors)
        return json.loads(done.stdout)

    def slow(self, **more):
        return self.spec(speed=20, **more)

    def assert_flashed(self, name):
        after = self.read(name)
        self.assertEqual(after[:len(self.first)], self.first)
        self.assertEqual(after[len(self.first):0x20000], self.before[len(self.first):0x20000])
        self.assertEqual(after[0x20000:0x20000 + len(self.second)], self.second)

    def test_a_board_that_comes_late(self):
        for command in [["flash", self.firmware], ["verify", self.firmware],
                        ["backup", self.path("b.bin")], ["restore", self.firmware, "--yes"],
                        ["erase", "--range", "0x080E0000:128K", "--yes"], ["leave"], ["list"]]:
            with self.subTest(command=command):
                self.handled(0, ["--late"], *command, "--wait=60", specs=[self.spec()])
        self.assert_flashed("F")

    def test_boards_that_come_late(self):
        specs = [self.spec(), self.spec(name="G")]
        self.file("G", self.before)
        result = self.handled(0, ["--late"], "flash", self.firmware, "-d", "path:1-2", "-d", "path:1-1",
                              "--wait", specs=specs)
        self.assertEqual([board["device"] for board in result["boards"]], ["path:1-2", "path:1-1"])
        self.assert_flashed("F")
        self.assert_flashed("G")

    def test_a_board_that_goes_away_and_comes_back(self):
        result = self.handled(0, ["--pull", "2", "--back"], "flash", self.firmware, "--wait",
                              specs=[self.slow()])
        self.assertEqual((result["state"], result["verified"]), ("started", True))
        self.assert_flashed("F")

    def test_one_of_several_goes_away_and_comes_back(self):
        self.file("G", self.before)
        result = self.handled(0, ["--pull", "1", "--back"], "flash", self.firmware, "--all", "--wait",
                              specs=[self.slow(), self.spec(name="G")])
        self.assertEqual([board["result"] for board in result["boards"]], ["ok", "ok"])
        self.assert_flashed("F")
        self.assert_flashed("G")

    def test_one_of_several_goes_away_for_good(self):
        self.file("G", self.before)
        for wait in [[], ["--wait=0.3"]]:
            with self.subTest(wait=wait):
                self.file("F", self.before)
                result = self.handled(8, ["--pull", "1"], "flash", self.firmware, "--all", *wait,
                                      specs=[self.slow(), self.spec(name="G")])
                self.assertEqual([board["result"] for board in result["boards"]], ["failed", "ok"])
                self.assert_failed(result["boards"][0], "disconnected")
                self.assertEqual(result["boards"][0]["state"], "incomplete")
                self.assert_flashed("G")

    def test_a_failure_is_told_in_order(self):
        done = subprocess.run([WITH_HAND, "--pull", "2", self.slow(), "--", JUMPERCTL, "flash",
                               self.firmware], capture_output=True, timeout=LIMIT,
                              env=self.environment(), check=False)
        self.assertEqual((done.returncode, done.stdout), (8, b""))
        lines = [line for line in done.stderr.decode("utf-8").splitlines() if not line.endswith("%")]
        warning, what, where, state, after = lines
        self.assertIn("the next run on this board puts them back", warning)
        self.assertIn("was disconnected", what)
        self.assertIn("0x080", where)
        self.assertIn("no complete firmware", state)
        self.assertIn("not damaged", state)
        self.assertIn("then try again", after)

    def test_a_second_run_does_what_is_left(self):
        result = self.handled(8, ["--pull", "3"], "flash", self.firmware, specs=[self.slow()])
        self.assertEqual(result["state"], "incomplete")
        self.assertIn("recovery", "".join(result["warnings"]))
        again = self.ctl(0, "flash", self.firmware)
        self.assertTrue(again["verified"])
        self.assertLess(again["sectors"]["erased"], 3)
        self.assert_flashed("F")
        self.assertEqual(os.listdir(os.path.join(self.state, "jumper", "recovery")), [])


@unittest.skipUnless(shutil.which("dfu-util"), "no dfu-util")
class TestSecondOpinion(UsbCase):
    def dfu_util(self, *arguments):
        code, out, errors = self.plugged([self.spec()], "dfu-util", "-a", "0", *arguments)
        return code, out.decode("utf-8", "replace") + errors

    def test_dfu_util_reads_what_jumperctl_wrote(self):
        self.ctl(0, "flash", self.firmware)
        code, text = self.dfu_util("-s", f"0x08000000:{FLASH_SIZE}", "-U", self.path("u.bin"))
        self.assertEqual(code, 0, text[-2000:])
        self.assertEqual(self.read("u.bin"), self.read("F"))

    def test_jumperctl_verifies_what_dfu_util_wrote(self):
        # Small, since dfu-util sleeps for what the board says.
        firmware = self.file("s.dfu", dfuse([(FLASH_BASE, program(5001)), (0x08004000, pattern(99))]))
        code, text = self.dfu_util("-D", firmware)
        self.assertEqual(code, 0, text[-2000:])
        self.assertTrue(self.ctl(0, "verify", firmware)["verified"])

    def test_backups_are_equal(self):
        self.ctl(0, "backup", self.path("b.bin"))
        code, text = self.dfu_util("-s", f"0x08000000:{FLASH_SIZE}", "-U", self.path("u.bin"))
        self.assertEqual(code, 0, text[-2000:])
        self.assertEqual(self.read("b.bin"), self.read("u.bin"))

    def test_dfu_util_writes_jumperctls_backup(self):
        self.ctl(0, "backup", self.path("b.dfu"), "--range", "0x08004000:16K")
        self.ctl(0, "erase", "--range", "0x08004000:16K", "--yes")
        self.assertNotEqual(self.read("F"), self.before)
        code, text = self.dfu_util("-D", self.path("b.dfu"))
        self.assertEqual(code, 0, text[-2000:])
        self.assertEqual(self.read("F"), self.before)


if __name__ == "__main__":
    if not can_simulate():
        print("there is no simulated usbfs here")
        raise SystemExit(SKIPPED)
    main()
