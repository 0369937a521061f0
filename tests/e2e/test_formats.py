#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What builds make, what it fits, packing and unpacking; dfu-util as the second opinion."""

import gzip
import os
import shutil
import struct
import subprocess
import unittest
import zipfile

from jumperctl_case import FLASH_BASE, FLASH_SIZE, LIMIT, JumperctlCase, dfuse, main, pattern, program

WITH_BOARD = os.environ.get("WITH_BOARD", "")
SKIPPED = 77


def can_simulate():
    if not shutil.which("dfu-util") or not os.access(WITH_BOARD, os.X_OK):
        return False
    return subprocess.run([WITH_BOARD, "pyboard,speed=0", "--", "true"], timeout=LIMIT,
                          check=False, capture_output=True).returncode != SKIPPED


def intel_hex(base, data):
    def record(kind, offset, body):
        line = struct.pack(">BHB", len(body), offset, kind) + body
        return f":{line.hex()}{-sum(line) & 0xFF:02x}\r\n".upper()
    lines = []
    for at in range(0, len(data), 16):
        address = base + at
        if at == 0 or address % 0x10000 == 0:
            lines.append(record(4, 0, struct.pack(">H", address >> 16)))
        lines.append(record(0, address & 0xFFFF, data[at:at + 16]))
    return ("".join(lines) + record(1, 0, b"")).encode()


def srecord(base, data):
    def record(kind, body):
        line = bytes([len(body) + 1]) + body
        return f"S{kind}{line.hex()}{~sum(line) & 0xFF:02x}\n".upper()
    lines = [record(3, struct.pack(">I", base + at) + data[at:at + 16]) for at in range(0, len(data), 16)]
    return ("".join(lines) + record(7, struct.pack(">I", base))).encode()


def elf(segments, flags=0x05000200):
    rows = 52 + 32 * len(segments)
    headers, body = b"", b""
    for address, data in segments:
        headers += struct.pack("<8I", 1, rows + len(body), address, address, len(data), len(data), 5, 4)
        body += data
    return struct.pack("<4s12s2H5I6H", b"\x7fELF", b"\1\1\1", 2, 40, 1, 0, 52, 0, flags, 52, 32,
                       len(segments), 40, 0, 0) + headers + body


def uf2(base, data):
    parts = [data[at:at + 256] for at in range(0, len(data), 256)]
    return b"".join(struct.pack("<8I476sI", 0x0A324655, 0x9E5D5157, 0x2000, base + 256 * i, len(part), i,
                                len(parts), 0x57755A57, part, 0x0AB16F30) for i, part in enumerate(parts))


class TestFormats(JumperctlCase):
    def test_every_format_flashes_the_same(self):
        code = program(3000)
        with zipfile.ZipFile(self.path("a.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("README.txt", "Hello")
            archive.writestr("out/firmware.hex", intel_hex(FLASH_BASE, code))
        for name, data in {"hex": intel_hex(FLASH_BASE, code), "srec": srecord(FLASH_BASE, code),
                           "elf": elf([(FLASH_BASE, code[:1000]), (FLASH_BASE + 1000, code[1000:])]),
                           "uf2": uf2(FLASH_BASE, code), "dfu": dfuse([(FLASH_BASE, code)]),
                           "dfu.gz": gzip.compress(dfuse([(FLASH_BASE, code)])),
                           "zip": self.read("a.zip")}.items():
            with self.subTest(format=name):
                # The name says nothing: what counts is what is in the file.
                path = self.file("firmware", data)
                before = pattern(FLASH_SIZE, 8)
                self.file("F", before)
                result = self.json(0, "flash", path, "-d", self.board())
                self.assertTrue(result["verified"])
                self.assertEqual(self.read("F")[:3000], code)
                self.assertEqual(self.read("F")[0x4000:], before[0x4000:])

    def test_a_bad_line_is_named(self):
        lines = intel_hex(FLASH_BASE, program(100)).split(b"\r\n")
        lines[3] = lines[3][:-2] + (b"00" if lines[3][-2:] != b"00" else b"01")
        path = self.file("a.hex", b"\r\n".join(lines))
        self.assertIn("line 4", self.text(6, "flash", path, "-d", self.board())[1])
        self.assertIn("line 4", self.text(6, "inspect", path)[1])
        self.assertEqual(self.json(6, "inspect", path)["crc"], "bad")

    def test_an_address_is_offered_and_not_assumed(self):
        data = struct.pack("<2I", 0x20005000, 0x08002101) + pattern(8000)
        path = self.file("a.bin", data)
        self.assertIn("0x08002000", self.text(2, "flash", path, "-d", self.board())[1])


class TestFit(JumperctlCase):
    def setUp(self):
        super().setUp()
        code = struct.pack("<2I", 0x20005000, 0x08004101)
        self.segments = [(0x08000000, code + bytes(0x3A54 - 8)), (0x08004000, pattern(0x3BF98)),
                         (0x0803FF98, pattern(0x68))]
        self.firmware = self.file("blue.elf", elf(self.segments))

    def fit(self, status, part):
        return self.json(status, "inspect", self.firmware, "--part", part)["fits"][0]

    def test_blue_pill(self):
        for part, past in {"STM32F103C8T6": 196608, "f103cb": 131072}.items():
            fit = self.fit(6, part)
            self.assertFalse(fit["fits"])
            self.assertEqual(fit["past_end"], past)
            self.assertEqual(fit["problem"]["code"], "does-not-fit")
            self.assertIn("STM32F103RC", fit["takers"])
            self.assertIn(f"{past} bytes past the end", self.text(6, "inspect", self.firmware, "--part", part)[0])
        fit = self.fit(0, "STM32F103RC")
        self.assertTrue(fit["fits"])
        self.assertEqual((fit["past_end"], fit["least_ram"], fit["stack"]), (0, 20480, "yes"))
        self.assertEqual(fit["sectors"][-1], {"alt": 0, "address": 0x0803F800, "size": 2048, "used": 2048})
        self.assertIn("last byte", self.text(0, "inspect", self.firmware, "--part", "STM32F103RC")[0])

    def test_names(self):
        self.assertEqual(self.fit(0, "STM32F4x5xG")["part"], "STM32F405OG")
        self.assertIn("several", self.text(2, "inspect", self.firmware, "--part", "STM32F103")[1])
        self.assertIn("no part", self.text(2, "inspect", self.firmware, "--part", "STM32F999")[1])

    def test_a_board(self):
        fit = self.json(0, "inspect", self.firmware, "-d", self.board())["fits"][0]
        self.assertEqual((fit["memory"], fit["stack"], fit["touched"]), (FLASH_SIZE, "unknown", 256 * 1024))


class TestPack(JumperctlCase):
    def setUp(self):
        super().setUp()
        self.first = program(0x3A17)
        self.assets = pattern(5000, 3)
        self.firmware = self.file("firmware.dfu", dfuse([(FLASH_BASE, self.first)]))
        self.file("assets.bin", self.assets)

    def pack(self, status, *arguments, out="out.dfu"):
        return self.json(status, "pack", "-o", self.path(out), *arguments)

    def segments(self, result):
        return [(target["alt"], segment["address"], segment["size"])
                for target in result["targets"] for segment in target["segments"]]

    def test_pack_and_unpack(self):
        result = self.pack(0, self.firmware, self.path("assets.bin") + "@0x08080000")
        self.assertEqual(self.segments(result), [(0, FLASH_BASE, 0x3A20), (0, 0x08080000, 5024)])
        self.assertEqual((result["vid"], result["pid"]), ("0483", "df11"))
        self.assertEqual(self.json(0, "inspect", self.path("out.dfu"))["crc"], "ok")
        os.mkdir(self.path("parts"))
        files = self.json(0, "unpack", self.path("out.dfu"), "-o", self.path("parts"))["files"]
        self.assertEqual([os.path.basename(file["file"]) for file in files],
                         ["out-alt0-08000000.bin", "out-alt0-08080000.bin"])
        self.assertEqual(self.read("parts/out-alt0-08000000.bin"), self.first + b"\xff" * 9)
        self.assertEqual(self.read("parts/out-alt0-08080000.bin"), self.assets + b"\xff" * 24)
        again = self.pack(0, *[f"{file['file']}@{file['address']}/{file['alt']}" for file in files],
                          "--device", "0483:df11", out="again.dfu")
        self.assertEqual(again["targets"][0]["segments"], result["targets"][0]["segments"])

    def test_unpack_overwrites_nothing(self):
        self.json(0, "unpack", self.firmware, "-o", self.dir)
        self.file("firmware-alt0-08000000.bin", b"mine")
        self.assertEqual(self.run_command("unpack", self.firmware, "-o", self.dir).returncode, 6)
        self.assertEqual(self.read("firmware-alt0-08000000.bin"), b"mine")
        self.json(0, "unpack", self.firmware, "-o", self.dir, "--yes")
        self.assertEqual(self.read("firmware-alt0-08000000.bin"), self.first)

    def test_alt_settings(self):
        core = self.path("assets.bin")
        result = self.pack(0, core + "@0x08005000", core + "@0x20000/1", "--device", "1d50:607f")
        self.assertEqual(self.segments(result), [(0, 0x08005000, 5024), (1, 0x20000, 5000)])
        self.assertEqual((result["vid"], result["pid"]), ("1d50", "607f"))

    def test_an_at_sign_in_a_name(self):
        path = self.file("a@b.hex", intel_hex(FLASH_BASE, self.first))
        self.assertEqual(self.segments(self.pack(0, path)), [(0, FLASH_BASE, 0x3A20)])

    def test_refused(self):
        assets = self.path("assets.bin")
        for status, code, arguments in [
                (6, "invalid-file", [self.firmware, assets + "@0x08000100"]),
                (6, "invalid-file", [assets + "@0xFFFFFFFF"]),
                (2, "usage", [assets]),
                (2, "usage", [self.firmware + "@0x08000000"]),
                (2, "usage", [self.firmware, "--device", "serial:1"]),
                (6, "file", [self.path("absent.bin") + "@0"])]:
            with self.subTest(arguments=arguments):
                result = self.pack(status, *arguments)
                self.assertEqual(result["error"]["code"], code)
                self.assertFalse(os.path.exists(self.path("out.dfu")))
        text = self.text(6, "pack", "-o", self.path("out.dfu"), self.firmware, assets + "@0x08000100")[1]
        self.assertIn("assets.bin overlap", text)
        self.assertIn("0x08000100", text)
        self.check(2, "pack", self.firmware)

    @unittest.skipUnless(shutil.which("dfu-suffix"), "no dfu-suffix")
    def test_dfu_suffix_takes_it(self):
        self.pack(0, self.firmware, self.path("assets.bin") + "@0x08080000")
        done = subprocess.run(["dfu-suffix", "-c", self.path("out.dfu")], capture_output=True, text=True,
                              check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"Vendor ID:\s+0x0483")

    @unittest.skipUnless(can_simulate(), "no dfu-util, or no simulated usbfs")
    def test_dfu_util_takes_it(self):
        before = pattern(FLASH_SIZE, 8)
        small = self.file("small.dfu", dfuse([(FLASH_BASE, self.first[:3000])]))
        self.file("F", before)
        self.pack(0, small, self.path("assets.bin") + "@0x08004000")
        done = subprocess.run([WITH_BOARD, f"pyboard,speed=0,flash={self.path('F')}", "--", "dfu-util", "-a",
                               "0", "-D", self.path("out.dfu")], capture_output=True, timeout=LIMIT, text=True,
                              check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        after = self.read("F")
        self.assertEqual(after[:3000], self.first[:3000])
        self.assertEqual(after[0x4000:0x4000 + 5000], self.assets)
        self.assertEqual(after[0x8000:], before[0x8000:])


if __name__ == "__main__":
    main()
