#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Boards that run MicroPython: jumperctl version, bootloader and doctor, on practice boards, and over real
libusb and libserialport on a simulated bus."""

import json
import os
import subprocess
import unittest

from jumperctl_case import JUMPERCTL, LIMIT, JumperctlCase, main

WITH_BOARD = os.environ.get("WITH_BOARD", "")
PRACTICE = os.environ["PRACTICE"]
SKIPPED = 77
FACTORY = {"firmware": "micropython", "version": "1.18.0-practice", "text": "v1.18.0-practice on 2022-01-17",
           "build": None, "machine": "PYBv1.1 with STM32F405RG"}
SERIAL = "365738513233"


def can_simulate():
    if not os.access(WITH_BOARD, os.X_OK):
        return False
    return subprocess.run([WITH_BOARD, "pyboard,speed=0", "--", "true"], timeout=LIMIT,
                          check=False, capture_output=True).returncode != SKIPPED


class TestPracticeBoard(JumperctlCase):
    def test_whole_round(self):
        """It runs, restarts, is updated, and runs the new version."""
        running = self.board(running="on")
        self.assertEqual(self.json(0, "version", "-d", running),
                         {"device": "virtual:pyboard", "port": "virtual:pyboard", **FACTORY})
        answer = self.json(0, "bootloader", "-d", running)
        self.assertEqual((answer["result"], answer["device"]["mode"]), ("ok", "dfu"))
        self.json(0, "flash", PRACTICE, "-d", self.board())
        new = self.json(0, "version", "-d", running)
        self.assertEqual((new["version"], new["build"]), ("1.99.0-practice", "PYBV11"))

    def test_for_people(self):
        out, _ = self.text(0, "version", "-d", self.board(running="on"))
        self.assertIn("  Runs: MicroPython v1.18.0-practice on 2022-01-17\n", out)
        out, _ = self.text(0, "bootloader", "-d", self.board(running="on"))
        self.assertEqual(out, "Practice Pyboard is in DFU mode.\n")

    def test_board_in_dfu_mode(self):
        self.json(3, "version", "-d", self.board())
        self.assertEqual(self.json(0, "bootloader", "-d", self.board())["device"]["mode"], "dfu")

    def test_board_without_a_console(self):
        board = self.board("bluepill", "G", running="on")
        for command in "version", "bootloader":
            _, err = self.text(1, command, "-d", board)
            self.assertIn("virtual:bluepill runs its program, which has no serial port", err)

    def test_usage(self):
        self.json(2, "version", "-d", "serial:A", "-d", "serial:B")
        self.json(2, "version", "-d", "nonsense")
        self.json(2, "doctor", "-d", "serial:A")
        self.json(2, "bootloader", "--wait=soon")


@unittest.skipUnless(can_simulate(), "no simulated usbfs")
class TestOnTheBus(JumperctlCase):
    def plugged(self, status, specs, *command, options=()):
        done = subprocess.run(
            [WITH_BOARD, "--consoles", *options, *specs, "--", *command], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=LIMIT, env=self.environment(), check=False)
        errors = done.stderr.decode("utf-8", "replace")
        allowed = status if isinstance(status, tuple) else (status,)
        self.assertIn(done.returncode, allowed, f"{command}\n{done.stdout}\n{errors}")
        self.assertNotIn("Sanitizer", errors)
        return done.stdout.decode("utf-8"), errors

    def ctl(self, status, specs, *arguments, options=()):
        out, _ = self.plugged(status, specs, JUMPERCTL, *arguments, "--json", options=options)
        return json.loads(out)

    def test_list(self):
        devices = self.ctl(0, ["pyboard,speed=0,running=on", "pyboard,speed=0,serial=B2"], "list")["devices"]
        first, second = devices
        self.assertEqual([d["mode"] for d in devices], ["running", "dfu"])
        self.assertEqual((first["vid"], first["pid"], first["serial"], first["name"], first["alts"]),
                         ("f055", "9800", SERIAL, "Pyboard", []))
        self.assertRegex(first["port"], "^/dev/ttyACM")
        self.assertIsNone(second["port"])

    def test_version(self):
        answer = self.ctl(0, ["pyboard,speed=0,running=on", "pyboard,speed=0,serial=B2"], "version")
        self.assertEqual({key: answer[key] for key in FACTORY}, FACTORY)
        self.assertEqual(answer["device"], "path:1-1")

    def test_several(self):
        specs = ["pyboard,speed=0,running=on,serial=A1", "pyboard,speed=0,running=on,serial=B2"]
        self.ctl(4, specs, "version")
        self.assertEqual(self.ctl(0, specs, "version", "-d", "serial:B2")["device"], "path:1-2")
        self.assertEqual(self.ctl(0, specs, "version", "-d", "path:1-1")["device"], "path:1-1")
        self.ctl(3, specs, "version", "-d", "serial:C3")

    def test_bootloader(self):
        specs = ["pyboard,speed=0,running=on", "pyboard,speed=0,serial=B2"]
        device = self.ctl(0, specs, "bootloader", "-d", "f055:9800")["device"]
        self.assertEqual((device["id"], device["mode"], device["serial"], device["vid"]),
                         ("path:1-1", "dfu", SERIAL, "0483"))

    def test_bootloader_that_may_not_be_used(self):
        """The board is where it should be, and permission is missing: that is said, not success."""
        answer = self.ctl(5, ["pyboard,speed=0,running=on"], "bootloader", "--wait=1", options=["--deny-open"])
        self.assertEqual(answer["error"]["code"], "permission")

    def test_doctor(self):
        report = self.ctl(0, ["pyboard,speed=0,running=on", "pyboard,speed=0,serial=B2"], "doctor")
        checks = {(check["code"], check["device"]): check for check in report["checks"]}
        self.assertTrue(checks["usb", None]["ok"])
        self.assertTrue(checks["running", "path:1-1"]["ok"])
        self.assertTrue(checks["dfu", "path:1-2"]["ok"])
        for check in report["checks"]:
            self.assertEqual(check["ok"], check["fix"] is None)
            self.assertTrue(check["text"])
        self.assertEqual(report["ok"], all(check["ok"] for check in report["checks"]))

    def test_doctor_without_permission(self):
        report = self.ctl(5, ["pyboard,speed=0"], "doctor", options=["--deny-open"])
        found = [check for check in report["checks"] if check["code"] == "permission"]
        self.assertEqual([check["device"] for check in found], ["path:1-1"])
        self.assertTrue(found[0]["fix"])
        self.assertFalse(report["ok"])

    def test_doctor_without_a_board(self):
        # no board; where the udev rule is missing as well, that is graver
        report = self.ctl((3, 5), ["bluepill,speed=0,running=on"], "doctor")
        missing = any(check["code"] == "udev-rule" and not check["ok"] for check in report["checks"])
        self.ctl(5 if missing else 3, ["bluepill,speed=0,running=on"], "doctor")
        found = [check for check in report["checks"] if check["code"] == "no-board"]
        self.assertEqual(len(found), 1)
        self.assertTrue(found[0]["fix"])


if __name__ == "__main__":
    main()
