#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""jumperctl on practice boards: every command, its JSON, its exit statuses, what is left behind."""

import json
import os
import re
import struct
import subprocess

from jumperctl_case import (FLASH_BASE, FLASH_SIZE, JUMPERCTL, REAL_FILE, JumperctlCase, dfuse, main,
                            pattern, program, suffix)

COMMANDS = ["list", "info", "inspect", "flash", "verify", "backup", "backups", "restore", "erase", "leave",
            "pack", "unpack"]
WORK_KEYS = {"result", "device", "bytes", "sectors", "seconds", "transfers", "error"}
BYTES_KEYS = {"image", "written", "skipped", "verified", "kept"}
SECTORS_KEYS = {"erased", "written", "unchanged", "preserved"}
SECONDS_KEYS = {"total", "compare", "erase", "write", "verify"}


class TestUsage(JumperctlCase):
    def test_no_arguments_print_help_and_fail(self):
        out, err = self.text(2)
        self.assertEqual(out, "")
        for command in COMMANDS:
            self.assertIn(command, err)

    def test_help_of_the_program(self):
        out, _ = self.text(0, "--help")
        for command in COMMANDS:
            self.assertIn(command, out)

    def test_help_of_each_command(self):
        for command in COMMANDS:
            with self.subTest(command=command):
                out, err = self.text(0, command, "--help")
                self.assertIn(f"jumperctl {command}", out)
                self.assertIn("--json", out)
                self.assertIn("Exit status", out)
                self.assertIn("Examples", out)
                self.assertEqual(err, "")

    def test_version(self):
        self.assertRegex(self.text(0, "--version")[0], r"^jumperctl \d+\.\d+\.\d+\n$")
        self.assertRegex(self.text(0, "flash", "--version")[0], r"^jumperctl \d")

    def test_wrong_usage(self):
        board = self.board()
        firmware = self.file("a.dfu", dfuse([(FLASH_BASE, program(64))]))
        wrong = [
            ["nonsense"], ["lis"], ["--nonsense"],
            ["list", "--nonsense"], ["list", "extra"], ["list", "-d", board],
            ["list", "--wait=soon"], ["list", "--json=xml"], ["erase", "--all", "--yes=no", "-d", board],
            ["info", "-d"], ["info", "-d", "nonsense"], ["info", "-d", "virtual:nonsense"],
            ["info", "-d", "virtual:pyboard,colour=red"],
            ["flash", "-d", board], ["verify", "-d", board], ["backups", "extra"],
            ["verify", firmware, firmware, "-d", board],
            ["flash", firmware, "-d", board, "--alt", "256"],
            ["flash", firmware, "-d", board, "--alt", "-1"],
            ["flash", firmware, "-d", board, "--address", "0x"],
            ["flash", firmware, "-d", board, "--address", "0x100000000"],
            ["flash", firmware, "-d", board, "--address", FLASH_BASE.__str__() + "x"],
            ["flash", firmware, "-d", board, "--address", "0x08000000"],
            ["backup", "b.bin", "-d", board, "--range", "0x08000000"],
            ["backup", "b.bin", "-d", board, "--range", "0x08000000:0"],
            ["backup", "b.bin", "-d", board, "--range", "0xFFFFFFFF:2"],
            ["erase", "-d", board, "--yes"],
            ["erase", "-d", board, "--yes", "--all", "--range", "0x08000000:16K"],
            ["erase", "-d", board, "--yes", "--range", "0x08000001:16K"],
            ["erase", "-d", board, "--yes", "--range", "0x08000000:100"],
            ["inspect", firmware, "--part", "nonsense"],
            ["inspect", firmware, "--part", "pyboard", "-d", board],
        ]
        for arguments in wrong:
            with self.subTest(arguments=arguments):
                out, err = self.text(2, *arguments)
                self.assertEqual(out, "")
                self.assertTrue(err.startswith("jumperctl: "), err)
        self.assertFalse(os.path.exists(self.path("F")))

    def test_wrong_usage_with_json(self):
        self.assert_failed(self.json(2, "flash"), "usage")
        self.assert_failed(self.json(2, "flash", "--nonsense"), "usage")

    def test_an_option_with_an_optional_value_takes_no_argument(self):
        firmware = self.file("a.dfu", dfuse([(FLASH_BASE, program(64))]))
        done = self.check(0, "inspect", "--json", firmware)
        self.assertEqual(json.loads(done.stdout)["format"], "dfuse")

    def test_names_behind_two_dashes_are_files(self):
        self.file("--json", dfuse([(FLASH_BASE, program(64))]))
        out, _ = self.check(0, "inspect", "--", "--json", cwd=self.dir), None
        self.assertIn(b"DfuSe", out.stdout)

    def test_numbers(self):
        raw = self.file("a.bin", program(64))
        for number in ["0x08000000", "0X8000000", "134217728", "0131072K", "128M"]:
            with self.subTest(number=number):
                self.check(0, "flash", raw, "--address", number, "-d", self.board(), "--dry-run")


class TestLook(JumperctlCase):
    def test_list(self):
        devices = self.json(0, "list")["devices"]
        for device in devices:
            self.assertLessEqual({"id", "mode", "vid", "pid", "serial", "path", "name", "board", "alts",
                                  "problem"}, set(device))
        self.text(0, "list")

    def test_info(self):
        info = self.json(0, "info", "-d", "virtual:pyboard")
        self.assertEqual((info["mode"], info["vid"], info["pid"]), ("dfu", "0483", "df11"))
        self.assertEqual(info["id"], "virtual:pyboard")
        self.assertIsNone(info["problem"])
        self.assertEqual([alt["alt"] for alt in info["alts"]], [0, 1, 2, 3])
        flash = info["alts"][0]
        self.assertEqual((flash["name"], flash["address"], flash["size"], flash["sectors"]),
                         ("Internal Flash", FLASH_BASE, FLASH_SIZE, 12))
        self.assertEqual([(run["size"], run["count"]) for run in flash["map"]],
                         [(0x4000, 4), (0x10000, 1), (0x20000, 7)])
        out, _ = self.text(0, "info", "-d", "virtual:pyboard")
        self.assertIn("0x08000000–0x0800FFFF", out)

    def test_inspect(self):
        firmware = self.file("a.dfu", dfuse([(FLASH_BASE, program(0x1000)), (0x08020000, pattern(5))]))
        found = self.json(0, "inspect", firmware)
        self.assertEqual((found["format"], found["vid"], found["pid"], found["crc"]),
                         ("dfuse", "0483", "df11", "ok"))
        self.assertEqual(found["vector"], {"address": FLASH_BASE, "stack": 0x20010000,
                                           "reset": FLASH_BASE + 0x101})
        self.assertEqual(found["fits"], [])
        segments = found["targets"][0]["segments"]
        self.assertEqual([(s["address"], s["size"]) for s in segments],
                         [(FLASH_BASE, 0x1000), (0x08020000, 5)])
        self.assertRegex(segments[0]["sha256"], "^[0-9a-f]{64}$")

    def test_inspect_says_whether_it_fits(self):
        firmware = self.file("a.dfu", dfuse([(FLASH_BASE + FLASH_SIZE - 4, pattern(8))]))
        fits = self.json(0, "inspect", firmware, "--part", "nucleo-h743")["fits"]
        self.assertEqual([(f["part"], f["fits"]) for f in fits], [("nucleo-h743", True)])
        fits = self.json(6, "inspect", firmware, "-d", "virtual:pyboard")["fits"]
        self.assertEqual([(f["device"], f["fits"], f["problem"]["code"]) for f in fits],
                         [("virtual:pyboard", False, "does-not-fit")])

    def test_inspect_shows_a_damaged_file(self):
        data = bytearray(dfuse([(FLASH_BASE, program(64))]))
        data[300] ^= 1
        firmware = self.file("a.dfu", bytes(data))
        self.assertEqual(self.json(6, "inspect", firmware)["crc"], "bad")
        self.assertIn("damaged", self.text(6, "inspect", firmware)[1])

    def test_inspect_a_raw_file(self):
        found = self.json(0, "inspect", self.file("a.bin", program(64)), "--address", "0x08000000")
        self.assertEqual((found["format"], found["crc"]), ("raw", "none"))

    def test_a_name_like_an_address_of_the_web_is_a_file(self):
        self.file("http:a.dfu", dfuse([(FLASH_BASE, program(64))]))
        self.check(0, "inspect", "http:a.dfu", cwd=self.dir)

    def test_control_characters_do_not_reach_the_terminal(self):
        name = "a\x1b[31m.dfu"
        self.file(name, dfuse([(FLASH_BASE, program(64))]))
        done = self.check(0, "inspect", self.path(name))
        self.assertNotIn(b"\x1b", done.stdout)


class TestChoice(JumperctlCase):
    def test_no_such_board(self):
        for device in ["serial:NO-SUCH-SERIAL", "path:250-250", "fffe:fffe"]:
            with self.subTest(device=device):
                self.assert_failed(self.json(3, "info", "-d", device), "not-found")

    def test_waiting_in_vain(self):
        if self.json(0, "list")["devices"]:
            self.skipTest("a board is plugged in")
        self.check(3, "list", "--wait=0")
        self.check(3, "list", "--wait=0.1", "--json")

    def test_several_boards(self):
        image = self.file("a.bin", bytes(16))
        for arguments in [["info"], ["verify", image, "--address", "0x08000000"],
                          ["backup", self.path("b.dfu")], ["erase", "--all", "--yes"], ["leave"]]:
            with self.subTest(arguments=arguments):
                result = self.json(4, *arguments, "-d", self.board(), "-d", self.board("f072", "G"))
                self.assert_failed(result, "several")
                self.assertEqual([d["id"] for d in result["devices"]],
                                 ["virtual:pyboard", "virtual:f072"])
                out, err = self.text(4, *arguments, "-d", "virtual:pyboard", "-d", "virtual:f072")
                self.assertEqual(out, "")
                self.assertIn("virtual:pyboard", err)
                self.assertIn("virtual:f072", err)
        self.assertEqual(sorted(os.listdir(self.dir)), ["a.bin"])

    def test_files_are_looked_at_before_boards(self):
        for command in ["flash", "verify", "restore"]:
            self.check(6, command, self.path("missing.dfu"), "-d", "serial:NO-SUCH-SERIAL")


class TestFlash(JumperctlCase):
    def setUp(self):
        super().setUp()
        self.before = pattern(FLASH_SIZE, 7)
        self.file("F", self.before)
        self.first, self.second = program(0x3A17), pattern(0x21003, 3)
        self.firmware = self.file("a.dfu", dfuse([(FLASH_BASE, self.first), (0x08020000, self.second)]))

    def assert_flashed(self):
        after = self.read("F")
        self.assertEqual(len(after), FLASH_SIZE)
        self.assertEqual(after[:len(self.first)], self.first)
        self.assertEqual(after[0x20000:0x20000 + len(self.second)], self.second)
        self.assertEqual(after[0x4000:0x20000], self.before[0x4000:0x20000])
        self.assertEqual(after[0x60000:], self.before[0x60000:])

    def test_json(self):
        result = self.json(0, "flash", self.firmware, "-d", self.board())
        self.assertLessEqual(WORK_KEYS, set(result))
        self.assertLessEqual(BYTES_KEYS, set(result["bytes"]))
        self.assertLessEqual(SECTORS_KEYS, set(result["sectors"]))
        self.assertLessEqual(SECONDS_KEYS, set(result["seconds"]))
        size = len(self.first) + len(self.second)
        self.assertEqual((result["result"], result["error"], result["state"]), ("ok", None, "started"))
        self.assertEqual((result["bytes"]["image"], result["bytes"]["verified"]),
                         (size, size + result["bytes"]["kept"]))
        self.assertEqual((result["sectors"]["erased"], result["verified"]), (3, True))
        self.assert_flashed()

    def test_text(self):
        out, err = self.text(0, "flash", self.firmware, "-d", self.board())
        self.assertIn("Every byte was read back", out)
        phases = [line.split(":")[0] for line in err.splitlines()]
        self.assertEqual(sorted(set(phases), key=phases.index),
                         ["Preparing", "Comparing", "Erasing", "Writing", "Verifying", "Starting"])
        self.assertLessEqual(len(phases), 15 + 10)
        self.assert_flashed()

    def test_json_lines(self):
        done = self.check(0, "flash", self.firmware, "-d", self.board(), "--json=lines")
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        fractions = [line["progress"]["fraction"] for line in lines[:-1]]
        self.assertGreater(len(fractions), 5)
        self.assertEqual(fractions, sorted(fractions))
        self.assertEqual(lines[-1]["result"], "ok")
        self.assertEqual(done.stderr, b"")

    def test_json_has_no_progress(self):
        self.assertEqual(self.check(0, "flash", self.firmware, "-d", self.board(), "--json").stderr, b"")

    def test_dry_run_touches_nothing(self):
        out, _ = self.text(0, "flash", self.firmware, "-d", self.board(), "--dry-run",
                           "--backup", self.path("b.dfu"))
        steps = [line.split()[0] for line in out.splitlines()]
        self.assertEqual((steps.count("ERASE"), steps[-2:]), (3, ["LEAVE", "TOTAL"]))
        self.assertLessEqual(set(steps), {"KEPT", "ERASE", "WRITE", "VERIFY", "LEAVE", "TOTAL"})
        result = self.json(0, "flash", self.firmware, "-d", self.board(), "--dry-run")
        self.assertEqual([step["step"].upper() for step in result["steps"]],
                         [step for step in steps if step not in ("KEPT", "TOTAL")])
        self.assertEqual(self.read("F"), self.before)
        self.assertEqual(sorted(os.listdir(self.dir)), ["F", "a.dfu"])

    def test_no_leave(self):
        self.assertEqual(self.json(0, "flash", self.firmware, "-d", self.board(), "--no-leave")["state"],
                         "complete")
        self.assert_flashed()

    def test_no_verify(self):
        result = self.json(0, "flash", self.firmware, "-d", self.board(), "--no-verify", "--no-leave")
        self.assertEqual((result["result"], result["verified"]), ("ok", False))
        self.assertLess(result["bytes"]["verified"], result["bytes"]["image"])
        self.assertEqual(result["state"], "unverified")
        self.assertTrue(result["warnings"])
        self.file("F", self.before)
        out, err = self.text(0, "flash", self.firmware, "-d", self.board(), "--no-verify")
        self.assertIn("not verified", out)
        self.assertIn("warning", err)
        self.assertNotIn("read back and is right", out)
        self.assert_flashed()

    def test_only_what_is_left_to_do_is_done(self):
        self.json(0, "flash", self.firmware, "-d", self.board())
        again = self.json(0, "flash", self.firmware, "-d", self.board())
        self.assertIn("on the board already", self.text(0, "flash", self.firmware, "-d", self.board())[0])
        self.assertEqual((again["verified"], again["state"]), (True, "started"))
        self.assertEqual((again["sectors"]["erased"], again["sectors"]["unchanged"]), (0, 3))
        self.assertEqual(again["bytes"]["skipped"], len(self.first) + len(self.second))
        full = self.json(0, "flash", "--full", self.firmware, "-d", self.board())
        self.assertEqual((full["sectors"]["erased"], full["bytes"]["skipped"]), (3, 0))
        self.assert_flashed()

    def test_preserve(self):
        """What the image does not name, in the two sectors that it ends in."""
        ends = [(len(self.first), 0x4000), (0x20000 + len(self.second), 0x60000)]
        kept = {"auto": [True, False], "always": [True, True], "never": [False, False]}
        for word, expected in kept.items():
            with self.subTest(preserve=word):
                self.file("F", self.before)
                self.json(0, "flash", self.firmware, "-d", self.board(), f"--preserve={word}")
                after = self.read("F")
                self.assertEqual([after[start:end] == self.before[start:end] for start, end in ends],
                                 expected)
                self.assert_flashed()
        self.check(2, "flash", self.firmware, "-d", self.board(), "--preserve=most")

    def test_waiting_for_what_is_there(self):
        self.json(0, "flash", self.firmware, "-d", self.board(), "--wait")
        self.assert_flashed()
        self.json(3, "flash", self.firmware, "-d", "serial:NO-SUCH-SERIAL", "--wait=0")

    def test_seconds_are_readable(self):
        done = self.check(0, "flash", self.firmware, "-d", self.board(), "--json")
        for number in re.findall(rb'"(?:total|compare|backup|erase|write|verify)":([\d.]+)', done.stdout):
            self.assertRegex(number, rb"^\d+\.\d{1,3}$")

    def test_several_files(self):
        one = self.file("1.bin", self.first)
        two = self.file("2.dfu", dfuse([(0x08020000, self.second)]))
        self.json(2, "flash", one, two, "-d", self.board(), "--address", "0x08000000")
        one = self.file("1.dfu", dfuse([(FLASH_BASE, self.first)]))
        result = self.json(0, "flash", one, two, "-d", self.board())
        self.assertEqual(result["bytes"]["image"], len(self.first) + len(self.second))
        self.assert_flashed()
        self.assert_failed(self.json(6, "flash", one, one, "-d", self.board()), "invalid-file")

    def test_raw_file(self):
        raw = self.file("a.bin", self.first)
        self.assert_failed(self.json(2, "flash", raw, "-d", self.board()), "usage")
        self.assertEqual(self.read("F"), self.before)
        self.json(0, "flash", raw, "-d", self.board(), "--address", "0x08000000")
        self.assertEqual(self.read("F")[:len(self.first)], self.first)

    def test_dfu_1_1_file(self):
        firmware = self.file("b.dfu", suffix(self.first, version=0x0110))
        self.check(6, "flash", firmware, "-d", self.board())
        self.json(0, "flash", firmware, "-d", self.board(), "--address", "0x08000000")
        self.assertEqual(self.read("F")[:len(self.first)], self.first)

    def test_another_boards_file(self):
        firmware = self.file("b.dfu", dfuse([(FLASH_BASE, self.first)], vid=0x2341, pid=0x035B))
        result = self.json(10, "flash", firmware, "-d", self.board())
        self.assert_failed(result, "mismatch")
        self.assertIn("2341:035b", result["error"]["where"])
        self.assertIn("--yes", result["next"])
        self.assertEqual(self.read("F"), self.before)
        self.assertTrue(self.json(0, "flash", firmware, "-d", self.board(), "--yes")["warnings"])
        self.assertEqual(self.read("F")[:len(self.first)], self.first)

    def test_a_file_that_names_no_board(self):
        firmware = self.file("b.dfu", dfuse([(FLASH_BASE, self.first)], vid=0xFFFF, pid=0xFFFF))
        self.assertEqual(self.json(0, "flash", firmware, "-d", self.board())["warnings"], [])

    def test_another_alt_setting(self):
        self.check(6, "flash", self.firmware, "-d", self.board(), "--alt", "1")
        self.check(0, "flash", self.firmware, "-d", self.board(), "--alt", "0")
        options = self.file("o.dfu", dfuse([(0x1FFFC000, bytes(16))], alt=1))
        self.assert_failed(self.json(10, "flash", options, "-d", self.board(), "--yes"), "refused")
        self.assert_failed(self.json(6, "flash", self.file("9.dfu", dfuse([(0, b"x")], alt=9)),
                                     "-d", self.board()), "does-not-fit")

    def test_does_not_fit(self):
        places = [FLASH_BASE - 4, FLASH_BASE + FLASH_SIZE - 4, FLASH_BASE + FLASH_SIZE, 0, 0xFFFFFFF8]
        for place in places:
            with self.subTest(place=hex(place)):
                firmware = self.file("b.dfu", dfuse([(place, pattern(8))]))
                result = self.json(6, "flash", firmware, "-d", self.board())
                self.assert_failed(result, "does-not-fit")
                self.assertEqual((result["state"], result["transfers"]), ("untouched", 0))
        self.assertEqual(self.read("F"), self.before)

    def test_backup_first(self):
        result = self.json(0, "flash", self.firmware, "-d", self.board(), "--backup", self.path("b.bin"))
        self.assertEqual(self.read("b.bin"), self.before)
        self.assertEqual(result["bytes"]["read"], FLASH_SIZE)
        self.assert_flashed()
        result = self.json(10, "flash", self.firmware, "-d", self.board(), "--backup", self.path("b.bin"))
        self.assert_failed(result, "refused")
        self.assertEqual(self.read("b.bin"), self.before)
        self.check(0, "flash", self.firmware, "-d", self.board(), "--backup", self.path("b.bin"), "--yes")
        self.assertNotEqual(self.read("b.bin"), self.before)

    def test_backup_that_cannot_be_saved_stops_everything(self):
        for name in ["missing/b.dfu", "."]:
            result = self.json(6, "flash", self.firmware, "-d", self.board(), "--yes",
                               "--backup", self.path(name))
            self.assert_failed(result, "file")
        self.assertEqual(self.read("F"), self.before)

    def test_record(self):
        result = self.json(0, "flash", self.firmware, "-d", self.board(), "--record", self.path("r"))
        lines = self.read("r").decode("ascii").splitlines()
        controls = [line for line in lines if re.match(r"@\d+\+\d+ (in|out) ", line)]
        self.assertEqual(len(controls), result["transfers"])
        self.assertEqual(os.stat(self.path("r")).st_mode & 0o077, 0)
        self.assert_failed(self.json(6, "flash", self.firmware, "-d", self.board(),
                                     "--record", self.path("missing/r")), "file")

    def test_recording_on_a_full_disk_is_a_warning(self):
        result = self.json(0, "flash", self.firmware, "-d", self.board(), "--record", "/dev/full")
        self.assertTrue(result["warnings"])

    def test_every_kind_of_board(self):
        for kind in ["pyboard", "nucleo-h743", "f072"]:
            with self.subTest(kind=kind):
                board = self.board(kind, f"{kind}.bin")
                firmware = self.file("k.dfu", dfuse([(FLASH_BASE, program(5001))]))
                self.assertTrue(self.json(0, "flash", firmware, "-d", board)["verified"])
                self.assertTrue(self.json(0, "verify", firmware, "-d", board)["verified"])
                self.assertEqual(self.read(f"{kind}.bin")[:5001], program(5001))

    def test_a_board_that_stays_busy_once(self):
        result = self.json(0, "flash", self.firmware, "-d", self.board(stuck=2))
        self.assertTrue(result["verified"])
        self.assert_flashed()

    def test_a_failure_is_told_in_order(self):
        _, err = self.text(6, "flash", self.firmware, "-d", self.board(), "--backup",
                           self.path("missing/b.dfu"))
        # What went wrong, where, the state, what to do next.
        lines = [line for line in err.splitlines() if not line.endswith("%")]
        self.assertTrue(lines[0].startswith("jumperctl: "), lines[0])
        self.assertIn("missing", lines[1])
        self.assertIn("Nothing on the board was changed", lines[2])
        self.assertEqual(len(lines), 4)

    def test_a_bad_file_is_told_in_order(self):
        _, err = self.text(6, "flash", self.path("missing.dfu"), "-d", self.board())
        lines = err.splitlines()
        self.assertIn("there is no such file", lines[1])
        self.assertIn("Nothing on any board was changed", lines[2])
        self.assertEqual(len(lines), 4)

    def test_memory_that_cannot_be_kept(self):
        result = self.json(6, "flash", self.firmware, "-d", self.board(name="missing/F"))
        self.assert_failed(result, "file")


class TestSeveralBoards(JumperctlCase):
    def setUp(self):
        super().setUp()
        self.before = pattern(FLASH_SIZE, 7)
        self.file("F", self.before)
        self.image = program(0x3A17)
        self.firmware = self.file("a.dfu", dfuse([(FLASH_BASE, self.image)]))
        self.boards = ["-d", self.board(), "-d", self.board("nucleo-h743", "G"), "-d", self.board(name="H")]
        self.ids = ["virtual:pyboard", "virtual:nucleo-h743", "virtual:pyboard#2"]

    def assert_begun_on_none(self, result, code):
        self.assert_failed(result, code)
        self.assertEqual(result["boards"], [])
        self.assertEqual(self.read("F"), self.before)
        self.assertFalse(os.path.exists(self.path("G")) or os.path.exists(self.path("H")))

    def test_json(self):
        result = self.json(0, "flash", self.firmware, *self.boards)
        self.assertEqual((result["result"], result["error"], result["next"]), ("ok", None, None))
        self.assertEqual([board["device"] for board in result["boards"]], self.ids)
        single = self.json(0, "flash", self.firmware, "-d", "virtual:pyboard,speed=0")
        for board in result["boards"]:
            self.assertEqual(set(board), set(single))
            self.assertEqual((board["result"], board["verified"]), ("ok", True))
        for name in ["F", "G", "H"]:
            self.assertEqual(self.read(name)[:len(self.image)], self.image)

    def test_text(self):
        out, err = self.text(0, "flash", self.firmware, *self.boards)
        lines = out.splitlines()
        self.assertEqual([line.split()[:2] for line in lines[1:4]],
                         [[name, "verified"] for name in self.ids])
        self.assertEqual(lines[4:], ["All 3 boards are done."])
        self.assertEqual({re.match(r"(\S+): ", line)[1] for line in err.splitlines()}, set(self.ids))

    def test_json_lines_say_which_board(self):
        done = self.check(0, "flash", self.firmware, *self.boards, "--json=lines")
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        for name in self.ids:
            fractions = [line["progress"]["fraction"] for line in lines[:-1]
                         if line["progress"]["device"] == name]
            self.assertEqual((fractions, fractions[-1]), (sorted(fractions), 1))
        self.assertEqual(len(lines[-1]["boards"]), 3)

    def test_one_that_fails_does_not_stop_the_others(self):
        boards = ["-d", self.board(name="missing/F"), *self.boards]
        result = self.json(6, "flash", self.firmware, *boards)
        self.assertEqual([board["result"] for board in result["boards"]], ["failed", "ok", "ok", "ok"])
        self.assert_failed(result["boards"][0], "file")
        self.assertEqual((result["result"], result["error"]), ("failed", None))
        out, err = self.text(6, "flash", self.firmware, *boards)
        self.assertIn("1 of 4 boards failed.", out)
        self.assertIn("jumperctl: virtual:pyboard: ", err)

    def test_one_that_it_does_not_fit_stops_all_before_they_begin(self):
        firmware = self.file("b.dfu", dfuse([(FLASH_BASE + FLASH_SIZE, pattern(64))]))
        for flag in [[], ["--dry-run"]]:
            result = self.json(6, "flash", firmware, *self.boards, *flag)
            self.assert_begun_on_none(result, "does-not-fit")
            self.assertIn("virtual:pyboard: ", result["error"]["where"])
        _, err = self.text(6, "flash", firmware, *self.boards)
        self.assertIn("Nothing on any board was changed.", err)

    def test_another_boards_file_stops_all_before_they_begin(self):
        firmware = self.file("b.dfu", dfuse([(FLASH_BASE, self.image)], vid=0x2341, pid=0x035B))
        self.assert_begun_on_none(self.json(10, "flash", firmware, *self.boards), "mismatch")
        result = self.json(0, "flash", firmware, *self.boards, "--yes")
        self.assertEqual([len(board["warnings"]) for board in result["boards"]], [1, 1, 1])

    def test_one_that_is_not_there_stops_all_before_they_begin(self):
        for arguments in [["-d", "serial:NONE"], ["-d", "serial:NONE", "--wait=0"]]:
            result = self.json(3, "flash", self.firmware, *self.boards, *arguments)
            self.assert_begun_on_none(result, "not-found")

    def test_two_boards_with_one_memory(self):
        result = self.json(2, "flash", self.firmware, "-d", self.board(), "-d", self.board(speed=1))
        self.assert_begun_on_none(result, "usage")

    def test_dry_run(self):
        out, _ = self.text(0, "flash", self.firmware, *self.boards, "--dry-run")
        self.assertEqual([line for line in out.splitlines() if line.endswith(":")],
                         [name + ":" for name in self.ids])
        result = self.json(0, "flash", self.firmware, *self.boards, "--dry-run")
        self.assertEqual([board["device"] for board in result["boards"]], self.ids)
        self.assertTrue(all(board["steps"] for board in result["boards"]))
        self.assertEqual(self.read("F"), self.before)

    def test_backups_go_into_a_folder(self):
        self.assert_begun_on_none(
            self.json(6, "flash", self.firmware, *self.boards, "--backup", self.path("no/b")), "file")
        self.assert_begun_on_none(
            self.json(6, "flash", self.firmware, *self.boards, "--backup", self.firmware), "file")
        self.json(0, "flash", self.firmware, *self.boards, "--backup", self.path("b"))
        names = ["virtual-nucleo-h743.dfu", "virtual-pyboard-2.dfu", "virtual-pyboard.dfu"]
        self.assertEqual(sorted(os.listdir(self.path("b"))), names)
        self.assertEqual(os.stat(self.path("b")).st_mode & 0o077, 0)
        result = self.json(10, "flash", self.firmware, *self.boards, "--backup", self.path("b"))
        self.assert_failed(result, "refused")
        self.check(0, "restore", self.path("b/virtual-pyboard.dfu"), "--yes", "-d", self.board())
        self.assertEqual(self.read("F"), self.before)

    def test_recordings_go_into_a_folder(self):
        result = self.json(0, "flash", self.firmware, *self.boards, "--record", self.path("r"))
        for name, board in zip(["virtual-pyboard", "virtual-nucleo-h743", "virtual-pyboard-2"],
                               result["boards"]):
            text = self.read(f"r/{name}.txt").decode("ascii")
            self.assertEqual(len(re.findall(r"^@\d+\+\d+ (?:in|out) ", text, re.M)), board["transfers"])

    def test_all_of_no_board(self):
        if self.json(0, "list")["devices"]:
            self.skipTest("a board is plugged in")
        result = self.json(3, "flash", self.firmware, "--all")
        self.assert_failed(result, "not-found")
        self.assertEqual(result["boards"], [])


class TestRealFile(JumperctlCase):
    def setUp(self):
        super().setUp()
        if not os.path.isfile(REAL_FILE):
            self.skipTest("the real firmware file is not here")

    def test_flash(self):
        before = pattern(FLASH_SIZE, 9)
        self.file("F", before)
        result = self.json(0, "flash", "-d", self.board(), REAL_FILE)
        self.assertEqual((result["result"], result["bytes"]["image"]), ("ok", 14872 + 407064))
        with open(REAL_FILE, "rb") as source:
            data = source.read()
        at = 11 + 274
        after = self.read("F")
        for _ in range(2):
            address, size = struct.unpack_from("<II", data, at)
            at += 8
            self.assertEqual(after[address - FLASH_BASE:address - FLASH_BASE + size], data[at:at + size])
            at += size
        self.assertEqual(after[0x4000:0x20000], before[0x4000:0x20000])
        # The model: 3 transfers a block, 1 a block verified, under 20 a sector looked at, kept and erased,
        # under 40 besides.
        blocks = -(-14872 // 2048) + -(-407064 // 2048)
        self.assertLess(result["transfers"], 3 * blocks + blocks + 20 * 5 + 40)
        self.assertTrue(self.json(0, "verify", REAL_FILE, "-d", self.board())["verified"])

    def test_a_new_board_has_its_own_files(self):
        """Without a file, the board is as it comes: its files are kept too."""
        self.check(0, "backup", self.path("before.bin"), "-d", "virtual:pyboard,speed=0")
        self.json(0, "flash", "-d", self.board(), REAL_FILE)
        self.assertEqual(self.read("F")[0x4000:0x20000], self.read("before.bin")[0x4000:0x20000])


class TestHostileFiles(JumperctlCase):
    def refuse(self, name, data, commands=("inspect", "flash", "verify", "restore")):
        """No command takes the file; the board stays as it was."""
        firmware = self.file(f"{name}.dfu", data)
        for command in commands:
            board = [] if command == "inspect" else ["-d", self.board()]
            yes = ["--yes"] if command in ("flash", "restore") else []
            with self.subTest(name=name, command=command):
                done = self.check(6, command, firmware, *board, *yes)
                self.assertTrue(done.stderr.startswith(b"jumperctl: "), done.stderr)
        self.assertFalse(os.path.exists(self.path("F")))

    def test_contents(self):
        good = dfuse([(FLASH_BASE, program(0x500)), (0x08020000, pattern(0x300))])
        work = ("flash", "verify", "restore")
        for length in [1, 5, 10, 11, 20, 200, 284, 285, 290, 300, 1000, len(good) - 17, len(good) - 1]:
            self.refuse(f"cut-{length}", good[:length], work)
        for at in [12, 300, len(good) - 40, len(good) - 3]:
            flipped = bytearray(good)
            flipped[at] ^= 0x40
            self.refuse(f"flip-{at}", bytes(flipped), work)
        body = good[:-16]
        self.refuse("element-lies", suffix(body[:289] + b"\xff\xff\xff\x7f" + body[293:]))
        self.refuse("elements-lie", suffix(body[:281] + b"\xff\xff\xff\xff" + body[285:]))
        self.refuse("targets-lie", suffix(body[:10] + b"\xff" + body[11:]))
        self.refuse("overlap", dfuse([(FLASH_BASE, bytes(64)), (FLASH_BASE + 32, bytes(64))]))
        self.refuse("wrap", dfuse([(0xFFFFFFF0, bytes(64))]))
        self.refuse("empty", b"")
        self.refuse("no-element", dfuse([]))
        self.refuse("elf", b"\x7fELF" + bytes(200))
        self.refuse("text", b"this is not firmware\n" * 20)

    def test_files(self):
        os.mkdir(self.path("folder"))
        os.mkfifo(self.path("fifo"))
        for name in ["folder", "fifo", "missing"]:
            for command in ["inspect", "flash"]:
                board = [] if command == "inspect" else ["-d", self.board()]
                with self.subTest(name=name, command=command):
                    self.assert_failed(self.json(6, command, self.path(name), *board), "file")

    def test_board_memory_of_the_wrong_size(self):
        self.file("F", b"short")
        self.check(6, "info", "-d", self.board())


class TestVerify(JumperctlCase):
    def test_verify(self):
        memory = pattern(FLASH_SIZE, 5)
        self.file("F", memory)
        same = self.file("same.bin", memory[0x100:0x5000])
        result = self.json(0, "verify", same, "--address", "0x08000100", "-d", self.board())
        self.assertEqual((result["state"], result["verified"]), ("untouched", True))
        self.assertEqual(result["bytes"]["verified"], 0x4F00)
        out, _ = self.text(0, "verify", same, "--address", "0x08000100", "-d", self.board())
        self.assertIn("is right", out)

    def test_difference(self):
        memory = pattern(FLASH_SIZE, 5)
        self.file("F", memory)
        other = bytearray(memory[:0x9000])
        other[0x4321] ^= 0x10
        raw = self.file("other.bin", bytes(other))
        result = self.json(7, "verify", raw, "--address", "0x08000000", "-d", self.board())
        self.assert_failed(result, "verify")
        self.assertEqual(result["difference"], {"address": 0x08004321, "expected": other[0x4321],
                                                "found": memory[0x4321]})
        self.assertFalse(result["verified"])
        _, err = self.text(7, "verify", raw, "--address", "0x08000000", "-d", self.board())
        self.assertIn("0x08004321", err)
        self.assertEqual(self.read("F"), memory)


class TestBackup(JumperctlCase):
    def setUp(self):
        super().setUp()
        self.before = pattern(0x40000, 4) + b"\xff" * (FLASH_SIZE - 0x40000)
        self.file("F", self.before)

    def test_raw_is_identical(self):
        self.check(0, "backup", self.path("b.bin"), "-d", self.board())
        self.assertEqual(self.read("b.bin"), self.before)
        self.assertEqual(os.stat(self.path("b.bin")).st_mode & 0o077, 0)

    def test_dfuse_restores_by_itself(self):
        self.check(0, "backup", self.path("b.dfu"), "-d", self.board())
        self.assertEqual(self.json(0, "inspect", self.path("b.dfu"))["crc"], "ok")
        self.check(0, "verify", self.path("b.dfu"), "-d", self.board())
        self.check(0, "erase", "--all", "--yes", "--overwrite", "files", "-d", self.board())
        self.assertEqual(self.read("F"), b"\xff" * FLASH_SIZE)
        self.check(0, "restore", self.path("b.dfu"), "--yes", "-d", self.board())
        self.assertEqual(self.read("F"), self.before)

    def test_raw_restores_whole_memory(self):
        self.check(0, "backup", self.path("b.bin"), "-d", self.board())
        self.check(0, "erase", "--range", "0x08000000:64K", "--yes", "--overwrite", "PYBFLASH", "-d", self.board())
        self.check(0, "restore", self.path("b.bin"), "--yes", "-d", self.board())
        self.assertEqual(self.read("F"), self.before)

    def test_range(self):
        self.check(0, "backup", self.path("b.bin"), "-d", self.board(), "--range", "0x08004001:112K")
        self.assertEqual(self.read("b.bin"), self.before[0x4001:0x4001 + 112 * 1024])
        self.check(2, "restore", self.path("b.bin"), "--yes", "-d", self.board())
        self.check(6, "backup", self.path("c.bin"), "-d", self.board(), "--range", "0x080FFFFF:2")
        self.assertFalse(os.path.exists(self.path("c.bin")))

    def test_other_memories(self):
        self.check(0, "backup", self.path("o.bin"), "-d", self.board(), "--alt", "1")
        self.assertEqual(len(self.read("o.bin")), 16)
        self.check(6, "backup", self.path("o.bin"), "-d", self.board(), "--alt", "9")

    def test_a_folder_that_is_not_there(self):
        self.assert_failed(self.json(6, "backup", self.path("no/b.bin"), "-d", self.board()), "file")

    def test_a_full_disk_leaves_nothing(self):
        done = self.check(6, "backup", self.path("b.bin"), "-d", self.board(),
                          preexec_fn=limit_file_size)
        self.assertIn(b"jumperctl: ", done.stderr)
        self.assertEqual(os.listdir(self.dir), ["F"])


def limit_file_size():
    import resource
    import signal
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


class TestEraseAndLeave(JumperctlCase):
    def setUp(self):
        super().setUp()
        self.before = pattern(FLASH_SIZE, 6)
        self.file("F", self.before)

    def test_range(self):
        result = self.json(0, "erase", "--range", "0x08004000:112K", "--yes", "--overwrite", "files", "-d", self.board())
        self.assertEqual((result["sectors"]["erased"], result["verified"]), (4, True))
        self.assertEqual(self.read("F"),
                         self.before[:0x4000] + b"\xff" * 0x1C000 + self.before[0x20000:])

    def test_needs_yes_where_nobody_can_be_asked(self):
        for arguments in [["erase", "--range", "0x08020000:128K"], ["erase", "--range", "0x08000000:16K"],
                          ["restore", self.file("b.bin", bytes(FLASH_SIZE))]]:
            with self.subTest(arguments=arguments):
                result = self.json(10, *arguments, "-d", self.board())
                self.assert_failed(result, "refused")
                self.assertIn("--yes", result["next"])
        self.assertEqual(self.read("F"), self.before)

    def test_special_memories_are_refused(self):
        self.check(10, "erase", "--all", "--alt", "1", "--yes", "-d", self.board())
        self.check(6, "erase", "--all", "--alt", "9", "--yes", "-d", self.board())

    def test_leave(self):
        self.file("F", program(FLASH_SIZE))
        result = self.json(0, "leave", "-d", self.board())
        self.assertEqual((result["result"], result["state"]), ("ok", "started"))
        self.assertIn("was started", self.text(0, "leave", "-d", self.board())[0])
        self.check(0, "leave", "-d", self.board(), "--address", "0x08020000")


class TestOutput(JumperctlCase):
    def test_a_full_disk_is_no_success(self):
        firmware = self.file("a.dfu", dfuse([(FLASH_BASE, program(64))]))
        for arguments in [["--help"], ["--version"], ["flash", "--help"], ["list"], ["list", "--json"],
                          ["info", "-d", "virtual:pyboard"], ["inspect", firmware],
                          ["flash", firmware, "-d", self.board()],
                          ["flash", firmware, "-d", self.board(), "--json"],
                          ["flash", firmware, "-d", self.board(), "--json=lines"]]:
            with self.subTest(arguments=arguments), open("/dev/full", "wb") as full:
                done = self.check(1, *arguments, stdout=full)
                self.assertIn(b"No space left", done.stderr)
        self.assertEqual(self.read("F")[:64], program(64))

    def test_standard_output_that_is_closed(self):
        firmware = self.file("a.dfu", dfuse([(FLASH_BASE, program(64))]))
        self.check(1, "flash", firmware, "-d", self.board(), "--json", "--record", self.path("r"),
                   stdout=None, preexec_fn=lambda: os.close(1))
        self.assertNotIn(b"result", self.read("r"))
        self.check(1, "--version", stdout=None, preexec_fn=lambda: os.close(1))

    def test_a_reader_that_goes_away_does_not_stop_the_work(self):
        firmware = self.file("a.dfu", dfuse([(FLASH_BASE, program(0x3000))]))
        reader, writer = os.pipe()
        os.close(reader)
        try:
            self.check(1, "flash", firmware, "-d", self.board(), "--json=lines", stdout=writer)
        finally:
            os.close(writer)
        self.assertEqual(self.read("F")[:0x3000], program(0x3000))

    def test_plain_locale(self):
        done = self.check(3, "info", "-d", "serial:NONE", env=self.environment(LC_ALL="C"))
        done.stderr.decode("ascii")
        done = self.check(0, "info", "-d", "virtual:pyboard", env=self.environment(LC_ALL="C"))
        done.stdout.decode("ascii")

    def test_links_no_window_toolkit(self):
        listed = subprocess.run(["ldd", JUMPERCTL], capture_output=True, text=True, check=False)
        if listed.returncode != 0:
            self.skipTest("no ldd")
        self.assertNotRegex(listed.stdout, "gtk|adwaita|gdk")


if __name__ == "__main__":
    main()
