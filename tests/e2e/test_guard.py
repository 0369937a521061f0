#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""jumperctl and what must not be lost by accident: reserved regions, option bytes, read protection."""

import glob
import os
import struct
import unittest

from jumperctl_case import FLASH_BASE, FLASH_SIZE, JumperctlCase, dfuse, main, pattern, program, suffix
from test_jumperctl_terminal import Terminal
from test_usb import UsbCase, can_simulate

KEY_1, KEY_2, USER_DATA = 0x1000, 0x2000, 0x80000
SPI_SIZE = 2 * 1024 * 1024
OPTION_BYTES = 0x1FFFC000
DELIVERED = b"\xed\xaa" + b"\xff" * 14
BROWN_OUT = b"\xe9\xaa" + b"\xff" * 14
LEVEL_2 = b"\xed\xcc" + b"\xff" * 14
# Kinds of practice boards with memories beside the flash, or with several zones in one.
MEMORIES = ["spark", "photon", "f072", "f427", "nucleo-h743", "pyboard", "mboot"]


def dfuse_targets(targets, vid=0x0483, pid=0xDF11):
    """A DfuSe file (UM0391) with an element for each (alt, address, bytes)."""
    body = b""
    for alt, address, data in targets:
        element = struct.pack("<II", address, len(data)) + data
        body += struct.pack("<6sBI255sII", b"Target", alt, 1, b"test", len(element), 1) + element
    return suffix(struct.pack("<5sBIB", b"DfuSe", 1, 11 + len(body), len(targets)) + body, vid, pid)


class GuardCase(JumperctlCase):
    def setUp(self):
        super().setUp()
        self.data = os.path.join(self.state, "data")

    def environment(self, **more):
        return super().environment(XDG_DATA_HOME=self.data, **more)

    def core(self, **more):
        return self.board("spark", **more)

    def spi(self):
        """What the SPI flash of the Spark Core F holds."""
        self.check(0, "backup", self.path("spi.bin"), "--alt", "1", "-d", self.core())
        return self.read("spi.bin")

    def key(self, address=KEY_1, size=0x1000):
        return ["flash", self.file("key.bin", pattern(size)), "--alt", "1", "--address", hex(address), "-d", self.core()]

    def backups(self):
        """Those of the store, which the window lists as well, and files of their own."""
        return glob.glob(os.path.join(self.data, "jumper", "backups", "*", "*", "backup.dfu")) + self.files_kept()

    def files_kept(self):
        return glob.glob(os.path.join(self.data, "jumper", "region-backups", "*"))


class TestRegions(GuardCase):
    def test_external_flash_above_the_factory_area(self):
        done = self.json(0, *self.key(USER_DATA, 0x3000))
        self.assertTrue(done["verified"])
        self.assertIsNone(done["backup"])
        self.assertEqual(self.spi()[USER_DATA:USER_DATA + 0x3000], pattern(0x3000))

    def test_below_it_is_refused(self):
        before = self.spi()
        for address, name in [(KEY_1, "server public key"), (KEY_2, "device private key"),
                              (0x20000, "factory firmware"), (0x3FF00, "factory firmware"),
                              (0x60000, "update over the air")]:
            for yes in [[], ["--yes"]]:
                with self.subTest(address=address, yes=yes):
                    done = self.json(10, *self.key(address, 0x100), *yes)
                    self.assert_failed(done, "refused")
                    self.assertEqual(done["state"], "untouched")
                    self.assertIn(name, done["error"]["where"])
                    self.assertIn(f'--overwrite "{name}"', done["next"])
        self.assertEqual(self.spi(), before)
        self.assertEqual(self.backups(), [])

    def test_the_same_addresses_of_the_other_memory_are_another_place(self):
        self.check(0, "flash", self.file("app.bin", program(0x1000, 0x08005000)), "--address", "0x08005000",
                   "-d", self.core())

    def test_named_and_kept(self):
        before = self.spi()
        for name in ["server public key", "keys"]:
            with self.subTest(name=name):
                self.file("F.alt1", before)
                done = self.json(0, *self.key(), "--overwrite", name)
                self.assertTrue(done["verified"])
                self.assertEqual(self.spi(), before[:KEY_1] + pattern(0x1000) + before[KEY_2:])
                self.assertIn(done["backup"], self.backups())
                self.check(0, "restore", done["backup"], "--yes", "--overwrite", name, "-d", self.core())
                self.assertEqual(self.spi(), before)
        self.assertEqual(len(self.backups()), 4)
        self.assertEqual(self.files_kept(), [])
        listed = self.json(0, "backups")["backups"]
        self.assertEqual([(b["reason"], b["ranges"][0]["address"], b["ranges"][0]["alt"]) for b in listed],
                         [("region", KEY_1, 1)] * 4)

    def test_a_part_of_a_name_is_no_name(self):
        for name in ["key", "server", "everything", ""]:
            with self.subTest(name=name):
                self.check(10, *self.key(), "--overwrite", name)

    def test_each_region_is_named(self):
        done = self.json(10, *self.key(KEY_1, 0x2000), "--overwrite", "server public key")
        self.assertIn("device private key", done["error"]["where"])
        self.check(0, *self.key(KEY_1, 0x2000), "--overwrite", "server public key", "--overwrite", "device private key")

    def test_what_is_there_already_needs_no_consent(self):
        self.check(0, *self.key(), "--overwrite", "keys")
        done = self.json(0, *self.key())
        self.assertEqual(done["bytes"]["written"], 0)

    def test_dry_run_warns(self):
        _, errors = self.text(0, *self.key(), "--dry-run")
        self.assertIn("server public key", errors)

    def test_backup_where_it_is_wanted(self):
        before = self.spi()
        for command, more in [("flash", self.key()[1:]),
                              ("erase", ["--range", "0x1000:0x1000", "--alt", "1", "--yes", "-d", self.core()])]:
            with self.subTest(command=command):
                self.file("F.alt1", before)
                path = self.path(f"kept-{command}.dfu")
                done = self.json(0, command, *more, "--overwrite", "keys", "--backup", path)
                self.assertEqual(done["backup"], path)
                self.check(0, "unpack", path, "-o", self.dir, "--yes")
                with open(self.path(f"kept-{command}-alt1-00001000.bin"), "rb") as kept:
                    self.assertEqual(kept.read(), before[KEY_1:KEY_2])
        self.assertEqual(self.backups(), [])

    def test_an_old_backup_is_not_replaced(self):
        path = self.file("old.dfu", b"precious")
        before = self.spi()
        self.check(6, "erase", "--range", "0x1000:0x1000", "--alt", "1", "--yes", "--overwrite", "keys",
                   "--backup", path, "-d", self.core())
        self.assertEqual(self.read("old.dfu"), b"precious")
        self.assertEqual(self.spi(), before)

    def test_without_a_place_for_the_backup(self):
        before = self.spi()
        self.file("nowhere", b"")
        self.data = self.path("nowhere")
        done = self.json(10, *self.key(), "--overwrite", "keys")
        self.assertIn("no place", done["error"]["where"])
        self.assertEqual(self.spi(), before)

    def test_the_radio_of_a_wb55(self):
        done = self.json(10, "erase", "--all", "--yes", "-d", self.board("wb55"))
        self.assertIn("radio firmware", done["error"]["where"])
        self.check(0, "erase", "--range", "0x08000000:0x80000", "--yes", "-d", self.board("wb55"))

    def test_the_keys_of_a_photon(self):
        for alt, where, name in [("1", "0:16K", "DCT, device keys"), ("0", "0x0800C000:80K", "EEPROM")]:
            done = self.json(10, "erase", "--range", where, "--alt", alt, "--yes", "-d", self.board("photon"))
            self.assertIn(name, done["error"]["where"])

    def test_board_is_said(self):
        self.check(0, "info", "--board", "PYBV10", "-d", "virtual:pyboard")
        self.assertEqual(self.json(0, "info", "--board", "pybv10", "-d", "virtual:pyboard")["kind"], "PYBV10")
        self.check(10, "info", "--board", "PHOTON", "-d", "virtual:pyboard")
        self.check(2, "info", "--board", "TOASTER", "-d", "virtual:pyboard")

    def test_files_beside_the_firmware_are_kept(self):
        before = pattern(FLASH_SIZE, 3)
        self.file("F", before)
        image = program(0x100, FLASH_BASE)
        part = dfuse([(FLASH_BASE, image), (FLASH_BASE + 0x10000, pattern(0x100))])
        done = self.json(0, "flash", self.file("f.dfu", part), "--overwrite", "files", "-d", self.board(), "--no-leave")
        self.assertGreater(done["bytes"]["kept"], 0)
        after = self.read("F")
        self.assertEqual(after[0x10100:0x20000], before[0x10100:0x20000])


class TestFiles(GuardCase):
    """The person's own files on a pyboard: PYBFLASH, from 0x08004000 to 0x0801FFFF."""

    def setUp(self):
        super().setUp()
        self.before = pattern(FLASH_SIZE, 3)
        self.file("F", self.before)

    def test_not_by_accident(self):
        whole = self.file("whole.bin", program(0x8000))
        part = self.file("part.bin", pattern(0x100))
        for arguments in [["flash", whole, "--address", hex(FLASH_BASE)], ["flash", part, "--address", "0x08010000"],
                          ["erase", "--all"], ["erase", "--range", "0x08000000:32K"]]:
            for yes in [[], ["--yes"]]:
                with self.subTest(arguments=arguments, yes=yes):
                    done = self.json(10, *arguments, *yes, "-d", self.board())
                    self.assert_failed(done, "refused")
                    self.assertEqual(done["state"], "untouched")
                    self.assertIn("your files", done["error"]["where"])
                    self.assertIn('--overwrite "PYBFLASH"', done["next"])
        self.assertEqual(self.read("F"), self.before)
        self.assertEqual(self.backups(), [])

    def test_an_update_beside_them_asks_nothing(self):
        both = dfuse([(FLASH_BASE, program(0x3000)), (0x08020000, pattern(0x5000))])
        done = self.json(0, "flash", self.file("f.dfu", both), "-d", self.board())
        self.assertIsNone(done["backup"])
        self.assertEqual(self.read("F")[0x4000:0x20000], self.before[0x4000:0x20000])
        self.check(0, "erase", "--range", "0x08020000:128K", "--yes", "-d", self.board())

    def test_what_is_there_already_needs_no_consent(self):
        same = self.file("same.bin", self.before[0x4000:0x6000])
        done = self.json(0, "flash", same, "--address", "0x08004000", "--no-leave", "-d", self.board())
        self.assertEqual(done["bytes"]["written"], 0)

    def test_by_consent_and_back(self):
        """With a backup of all of them first, which brings every byte back without a question for them."""
        for name in ["files", "PYBFLASH"]:
            with self.subTest(name=name):
                self.file("F", self.before)
                done = self.json(0, "erase", "--all", "--yes", "--overwrite", name, "-d", self.board())
                self.assertIn(done["backup"], self.backups())
                self.assertEqual(self.read("F"), b"\xff" * FLASH_SIZE)
                self.check(0, "restore", done["backup"], "--yes", "-d", self.board())
                self.assertEqual(self.read("F"), b"\xff" * 0x4000 + self.before[0x4000:0x20000] + b"\xff" * 0xE0000)

    def test_a_whole_board_and_back(self):
        """Backup and restore are equal to the last byte, files and all, whatever form the backup has."""
        for name in ["whole.dfu", "whole.bin"]:
            with self.subTest(name=name):
                self.file("F", self.before)
                self.check(0, "backup", self.path(name), "-d", self.board())
                other = self.file("other.bin", program(0x30000, seed=8))
                self.check(0, "flash", other, "--address", hex(FLASH_BASE), "--overwrite", "files", "-d", self.board())
                self.assertNotEqual(self.read("F")[0x4000:0x20000], self.before[0x4000:0x20000])
                self.check(0, "restore", self.path(name), "--yes", "-d", self.board())
                self.assertEqual(self.read("F"), self.before)

    def test_they_are_shown_as_protected(self):
        regions = self.json(0, "info", "-d", self.board())["regions"]
        self.assertEqual([r["protected"] for r in regions if r["kind"] == "files"], [True])


class TestErasedIsZero(GuardCase):
    """STM32L0 and L1: what is erased reads 0x00, and data EEPROM is a memory of its own."""

    def test_flash_verify_erase(self):
        for kind, size in [("l073", 192 * 1024), ("l152", 256 * 1024)]:
            with self.subTest(kind=kind):
                board = self.board(kind, kind)
                self.file(kind, pattern(size, 4))
                image = program(0x900) + b"\xff" * 0x1800 + pattern(0x777) + bytes(0x1800) + pattern(0x11)
                done = self.json(0, "flash", self.file("i.bin", image), "--address", hex(FLASH_BASE), "-d", board)
                self.assertTrue(done["verified"])
                self.assertEqual(self.read(kind)[:len(image)], image)
                done = self.json(0, "erase", "--all", "--yes", "-d", board)
                self.assertEqual((done["verified"], self.read(kind)), (True, bytes(size)))

    def test_unprotect(self):
        self.file("l073", pattern(192 * 1024, 4))
        board = self.board("l073", "l073", rdp=1)
        done = self.json(0, "unprotect", "--overwrite", "everything", "-d", board)
        self.assertEqual(done["protection"]["read"], "none")
        self.assertEqual(self.read("l073"), bytes(192 * 1024))

    def test_data_eeprom(self):
        for kind, size in [("l073", 6144), ("l152", 8192)]:
            with self.subTest(kind=kind):
                board = self.board(kind, kind)
                self.check(0, "backup", self.path("e.bin"), "--alt", "2", "-d", board)
                before = self.read("e.bin")
                self.assertEqual(len(before), size)
                data = self.file("d.bin", b"\xff" * 50 + bytes(50) + pattern(51))
                arguments = [data, "--alt", "2", "--address", "0x08080101", "-d", board]
                done = self.json(0, "flash", *arguments, "--no-leave")
                self.assertEqual((done["verified"], done["sectors"]["erased"]), (True, 0))
                self.check(0, "verify", *arguments)
                self.check(7, "verify", self.path("e.bin"), "--alt", "2", "--address", "0x08080000", "-d", board)
                self.check(0, "restore", self.path("e.bin"), "--alt", "2", "--address", "0x08080000", "--yes",
                           "-d", board)
                self.check(0, "backup", self.path("after.bin"), "--alt", "2", "-d", board)
                self.assertEqual(self.read("after.bin"), before)
                done = self.json(1, "erase", "--all", "--alt", "2", "--yes", "-d", board)
                self.assertIn("can be erased", done["error"]["where"])


class TestTyped(GuardCase):
    def ask(self, answer, *more):
        arguments = self.key()
        terminal = Terminal(*arguments, *more, XDG_DATA_HOME=self.data, XDG_STATE_HOME=self.state)
        terminal.expect(b"to go on: ")
        terminal.write(answer)
        return terminal.end()

    def test_anything_else_is_no(self):
        before = self.spi()
        for answer in [b"y\n", b"yes\n", b"server\n", b"\n", b"\x04"]:
            with self.subTest(answer=answer):
                status, seen = self.ask(answer, "--yes")
                self.assertEqual(status, 10)
                self.assertIn("cannot be had again", seen)
        self.assertEqual(self.spi(), before)

    def test_the_name_is_yes(self):
        status, seen = self.ask(b"server public key\n")
        self.assertEqual(status, 0)
        self.assertIn(self.backups()[0], seen.replace("\r\n", ""))
        self.assertEqual(self.spi()[KEY_1:KEY_2], pattern(0x1000))

    def test_unprotect(self):
        for answer, expected in [(b"yes\n", 10), (b"erase everything\n", 0)]:
            terminal = Terminal("unprotect", "-d", self.board(rdp=1))
            terminal.expect(b"to go on: ")
            terminal.write(answer)
            self.assertEqual(terminal.end()[0], expected)


class TestOptionBytes(GuardCase):
    def file_with_options(self, options):
        targets = [(0, FLASH_BASE, program(0x400)), (1, OPTION_BYTES, options)]
        return self.file("both.dfu", dfuse_targets(targets))

    def test_not_by_accident(self):
        for more in [[], ["--yes"], ["--overwrite", "everything"]]:
            done = self.json(10, "flash", self.file_with_options(BROWN_OUT), "-d", self.board(), *more)
            self.assertIn("option bytes", done["error"]["where"])
            self.assertEqual(done["state"], "untouched")

    def test_by_consent(self):
        done = self.json(0, "flash", self.file_with_options(BROWN_OUT), "-d", self.board(jumper="on"),
                         "--overwrite", "option bytes")
        self.assertTrue(done["verified"])
        self.assertEqual(self.read("F.alt1"), BROWN_OUT)
        said = self.json(0, "info", "-d", self.board())["protection"]
        self.assertEqual(said["options"]["BOR_LEV"], 2)
        self.assertEqual(said["level"], 0)
        self.check(0, "unpack", done["backup"], "-o", self.dir)
        # what is never put back by itself is no backup of the list
        self.assertEqual(self.backups(), self.files_kept())
        [kept] = glob.glob(self.path("*-alt1-1FFFC000.bin"))
        with open(kept, "rb") as data:
            self.assertEqual(data.read(), DELIVERED)

    def test_level_2_never(self):
        for more in [[], ["--yes", "--overwrite", "option bytes"]]:
            done = self.json(10, "flash", self.file_with_options(LEVEL_2), "-d", self.board(), *more)
            self.assertEqual(done["state"], "untouched")
        self.assertIn("level 2", done["error"]["where"])
        self.assertFalse(os.path.exists(self.path("F.alt1")))

    def test_a_layout_that_is_not_known_is_not_written(self):
        options = self.file("o.bin", bytes(128))
        done = self.json(10, "flash", options, "--alt", "1", "--address", "0x1FFF8000", "--overwrite", "option bytes",
                         "-d", self.board("wb55"))
        self.assertIn("not known", done["error"]["where"])

    def test_they_are_never_erased(self):
        for kind, where in [("pyboard", "0x1FFFC000:16"), ("gd32", "0x1FFFF800:16")]:
            self.check(10, "erase", "--range", where, "--alt", "1", "--yes", "--overwrite", "option bytes",
                       "-d", self.board(kind))


class TestProtection(GuardCase):
    def test_info(self):
        said = self.json(0, "info", "-d", "virtual:pyboard")["protection"]
        self.assertEqual(said["read"], "none")
        self.assertEqual(said["family"], "STM32F2/F4")
        said = self.json(0, "info", "-d", "virtual:pyboard,rdp=1")["protection"]
        self.assertEqual((said["read"], said["level"], said["family"]), ("read-protected", 1, None))
        text, _ = self.text(0, "info", "-d", "virtual:wb55")
        self.assertIn("not known for this chip", text)

    def test_protected_board_is_explained(self):
        flash = self.file("f.dfu", dfuse([(FLASH_BASE, program(0x400))]))
        for command in [["flash", flash], ["verify", flash], ["backup", self.path("b.bin")],
                        ["erase", "--range", "0x08000000:16K", "--yes"]]:
            with self.subTest(command=command[0]):
                done = self.json(10, *command, "-d", self.board(rdp=1))
                self.assert_failed(done, "read-protected")
                self.assertEqual(done["state"], "untouched")
                self.assertIn("jumperctl unprotect", done["next"])

    def test_unprotect(self):
        self.file("F", pattern(FLASH_SIZE, 9))
        for more in [[], ["--overwrite", "keys"]]:
            done = self.json(10, "unprotect", "-d", self.board(rdp=1), *more)
            self.assert_failed(done, "refused")
            self.assertIn("files", done["error"]["where"])
        self.assertEqual(self.read("F"), pattern(FLASH_SIZE, 9))
        done = self.json(0, "unprotect", "--overwrite", "everything", "-d", self.board(rdp=1))
        self.assertEqual(done["protection"]["level"], 0)
        self.assertEqual(self.read("F"), b"\xff" * FLASH_SIZE)

    def test_unprotect_where_there_is_no_such_command(self):
        for kind in ["mboot", "nucleo-h743", "dapboot"]:
            with self.subTest(kind=kind):
                done = self.json(1, "unprotect", "--overwrite", "everything", "-d", self.board(kind))
                self.assert_failed(done, "not-supported")

    def test_nothing_else_unprotects(self):
        """Every other command leaves a protected board protected."""
        flash = self.file("f.dfu", dfuse([(FLASH_BASE, program(0x400))]))
        self.check(10, "flash", flash, "--yes", "--full", "--overwrite", "everything", "-d", self.board(rdp=1))
        self.check(10, "erase", "--all", "--yes", "--overwrite", "everything", "-d", self.board(rdp=1))


class TestEveryMemory(GuardCase):
    def test_each_alt_setting_is_read_verified_and_restored(self):
        for kind in MEMORIES:
            for alt in self.json(0, "info", "-d", self.board(kind, f"{kind}-F"))["alts"]:
                number = str(alt["alt"])
                path = self.path(f"{kind}-{number}.dfu")
                board = self.board(kind, f"{kind}-F")
                with self.subTest(kind=kind, alt=number):
                    self.check(0, "backup", path, "--alt", number, "-d", board)
                    self.assertTrue(self.json(0, "verify", path, "-d", board)["verified"])
                    # it holds what it should, so nothing is written, protected or not
                    done = self.json(0, "restore", path, "--yes", "-d", board)
                    self.assertEqual((done["bytes"]["written"], done["sectors"]["erased"]), (0, 0))

    def test_external_memory_is_written_and_put_back(self):
        for kind, alt, address, name in [("spark", "1", 0x100000, "S"), ("mboot", "0", 0x80010000, "M")]:
            with self.subTest(kind=kind):
                board = self.board(kind, name)
                self.check(0, "backup", self.path("before.dfu"), "--alt", alt, "-d", board)
                data = self.file("data.bin", pattern(0x8000, 5))
                done = self.json(0, "flash", data, "--alt", alt, "--address", hex(address), "--no-leave",
                                 "--overwrite", "files", "-d", board)
                self.assertTrue(done["verified"])
                self.check(7, "verify", self.path("before.dfu"), "-d", board)
                self.check(0, "restore", self.path("before.dfu"), "--yes", "-d", board)
                self.check(0, "verify", self.path("before.dfu"), "-d", board)
                self.check(0, "erase", "--range", f"{address:#x}:32K", "--alt", alt, "--yes", "--overwrite", "files",
                           "-d", board)


class TestFamily(GuardCase):
    def uf2(self):
        def block(number, count, address, data, family):
            head = struct.pack("<8I", 0x0A324655, 0x9E5D5157, 0x2000, address, len(data), number, count, family)
            return head + data + bytes(476 - len(data)) + struct.pack("<I", 0x0AB16F30)
        both = block(0, 1, FLASH_BASE, program(256), 0x57755A57)
        return self.file("both.uf2", both + block(0, 1, FLASH_BASE + 0x2000, pattern(256), 0x5EE21072))

    def test_one_of_several(self):
        done = self.json(2, "inspect", self.uf2())
        self.assertIn("STM32F4", done["error"]["where"])
        self.assertIn("STM32F1", done["error"]["where"])
        for name, address in [("STM32F4", FLASH_BASE), ("stm32f1", FLASH_BASE + 0x2000),
                              ("0x57755a57", FLASH_BASE)]:
            done = self.json(0, "inspect", self.uf2(), "--family", name)
            self.assertEqual(done["targets"][0]["segments"][0]["address"], address)
        self.check(2, "flash", self.uf2(), "-d", self.board())
        self.check(0, "flash", self.uf2(), "--family", "STM32F4", "-d", self.board())
        self.check(0, "pack", "-o", self.path("out.dfu"), self.uf2(), "--family", "STM32F1")

    def test_another_family(self):
        done = self.json(10, "inspect", self.uf2(), "--family", "STM32H7")
        self.assertIn("nothing in it is for family", done["error"]["where"])
        self.check(2, "inspect", self.uf2(), "--family", "toaster")
        plain = self.file("f.dfu", dfuse([(FLASH_BASE, program(0x400))]))
        self.check(2, "flash", plain, "--family", "STM32F4", "-d", self.board())


@unittest.skipUnless(can_simulate(), "no simulated usbfs")
class TestOverUsb(UsbCase):
    """The same through real libusb: boards that restart in the middle, and whose kind nobody says."""

    def environment(self, **more):
        return super().environment(XDG_DATA_HOME=os.path.join(self.state, "data"), **more)

    def test_unprotect(self):
        protected = [self.spec(rdp=1)]
        said = self.ctl(0, "info", specs=protected)["protection"]
        self.assertEqual(said["read"], "read-protected")
        done = self.ctl(10, "flash", self.firmware, specs=protected)
        self.assertIn("jumperctl unprotect", done["next"])
        self.ctl(10, "unprotect", specs=protected)
        done = self.ctl(0, "unprotect", "--overwrite", "everything", specs=protected)
        self.assertEqual(done["protection"]["level"], 0)
        self.assertEqual(self.read("F"), b"\xff" * FLASH_SIZE)

    def test_option_bytes(self):
        options = self.file("options.bin", BROWN_OUT)
        arguments = ["flash", options, "--alt", "1", "--address", hex(OPTION_BYTES)]
        specs = [self.spec(jumper="on")]
        self.ctl(10, *arguments, specs=specs)
        done = self.ctl(0, *arguments, "--overwrite", "option bytes", specs=specs)
        self.assertTrue(done["verified"])
        self.assertEqual(self.ctl(0, "info")["protection"]["options"]["BOR_LEV"], 2)

    def test_spark_keys(self):
        key = self.file("key.bin", pattern(0x1000))
        specs = [self.spec("spark", "S")]
        done = self.ctl(10, "flash", key, "--alt", "1", "--address", "0x1000", specs=specs)
        self.assertIn("server public key", done["error"]["where"])
        self.ctl(0, "flash", key, "--alt", "1", "--address", "0x80000", specs=specs)

    def test_files_of_a_board_that_says_what_it_is(self):
        """ST's ids and map are those of many boards: the firmware in the flash tells which it is."""
        whole = self.file("whole.bin", program(0x8000))
        arguments = ["flash", whole, "--address", hex(FLASH_BASE)]
        fresh = [self.spec("pyboard", "N")]
        done = self.ctl(10, *arguments, specs=fresh)
        self.assertEqual(done["state"], "untouched")
        self.assertIn("PYBFLASH", done["error"]["where"])
        done = self.ctl(0, *arguments, "--overwrite", "files", specs=fresh)
        self.assertTrue(done["verified"])
        self.assertTrue(os.path.exists(done["backup"]))
        # one that says nothing is nobody's board for certain
        self.ctl(0, *arguments, specs=[self.spec(serial="ANOTHER2")])

    def test_the_radio_of_any_board_with_it(self):
        """Two boards of the catalogue fit; both have the radio where it is."""
        specs = [self.spec("wb55", "W")]
        done = self.ctl(10, "erase", "--all", "--yes", specs=specs)
        self.assertIn("radio firmware", done["error"]["where"])
        self.assertEqual(self.ctl(0, "info", specs=specs)["kind"], None)
        self.assertEqual(self.ctl(0, "info", "--board", "USBDONGLE_WB55", specs=specs)["kind"], "USBDONGLE_WB55")


if __name__ == "__main__":
    unittest.TestCase.maxDiff = None
    main()
