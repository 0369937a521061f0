#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the first inputs of the fuzz targets into tests/fuzz/corpus: small, right and wrong ones.

Run without arguments when a target or its seeds change. Files that a fuzzer found are kept beside
these, under other names."""

import gzip
import io
import pathlib
import struct
import zipfile
import zlib

CORPUS = pathlib.Path(__file__).resolve().parent / "corpus"


def put(target, name, data):
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def suffix(body, vid=0x0483, pid=0xDF11, version=0x011A, length=16):
    body += struct.pack("<4H3sB", 0x2200, pid, vid, version, b"UFD", length)
    return body + struct.pack("<I", ~zlib.crc32(body) & 0xFFFFFFFF)


def element(address, data, size=None):
    return struct.pack("<2I", address, len(data) if size is None else size) + data


def target(alt, elements, name=b"ST...", count=None):
    data = b"".join(elements)
    return struct.pack("<6sBI255s2I", b"Target", alt, bool(name), name, len(data),
                       len(elements) if count is None else count) + data


def dfuse(targets, count=None, **keys):
    body = b"".join(targets)
    return suffix(struct.pack("<5sBIB", b"DfuSe", 1, 11 + len(body),
                              len(targets) if count is None else count) + body, **keys)


def dfuse_files():
    vectors = struct.pack("<2I", 0x20020000, 0x08000009) + bytes(8)
    good = dfuse([target(0, [element(0x08000000, vectors)])])
    yield "one-element", good
    yield "two-elements", dfuse([target(0, [element(0x08000000, vectors), element(0x08020000, b"abc")])])
    yield "three-targets", dfuse([target(2, [element(0x1FFF7800, b"otp")], b"OTP"),
                                  target(0, [element(0x08000000, vectors)], b"Flash"),
                                  target(1, [element(0x1FFFC000, b"ob")], b"")])
    yield "repeated-alt", dfuse([target(0, [element(16, b"b")]), target(0, [element(0, b"a")])])
    yield "empty-target", dfuse([target(1, []), target(0, [element(0, b"a"), element(8, b"")])])
    yield "overlap", dfuse([target(0, [element(0, b"aaaa"), element(3, b"b")])])
    yield "element-overflow", dfuse([target(0, [element(0, b"aaaa", 0xFFFFFFF0)])])
    yield "past-4-gib", dfuse([target(0, [element(0xFFFFFFFE, b"abcd")])])
    yield "many-elements", dfuse([target(0, [], count=0xFFFFFFFF)])
    yield "many-targets", dfuse([target(0, [element(0, b"a")])], count=255)
    yield "no-targets", dfuse([])
    yield "long-suffix", dfuse([target(0, [element(0, b"a")])], length=16)[:-16] + suffix(bytes(13), length=29)
    yield "name-of-noise", dfuse([target(0, [element(0, b"a")], bytes(range(128, 256)) + b"\x1b[2J")])
    yield "wrong-check-sum", good[:-1] + b"\0"
    yield "no-suffix", good[:-16]
    yield "cut-in-target", good[:100]
    yield "signature-alone", b"DfuSe"


def reader_files():
    yield "dfu-1.1", suffix(b"firmware", 0xFFFF, 0x0000, 0x0110)
    yield "dfu-1.0-long-suffix", suffix(b"firmware" + bytes(13), 0x1C11, 0xB007, 0x0100, 29)
    yield "suffix-alone", suffix(b"", version=0x0110)
    yield "suffix-too-long", suffix(b"abc", version=0x0110, length=200)
    yield "dfuse", dfuse([target(0, [element(0x08000000, b"abcd")])])
    yield "elf", b"\x7fELF\x01\x01\x01" + bytes(45)
    yield "hex", ":020000040800F2\r\n:0400000000000220DA\r\n:00000001FF\r\n"
    yield "srec", "S00600004844521B\nS9030000FC\n"
    yield "uf2", struct.pack("<2I", 0x0A324655, 0x9E5D5157) + bytes(504)
    yield "zip", b"PK\x03\x04" + bytes(26)
    yield "gzip", b"\x1f\x8b\x08" + bytes(7)
    yield "html", "\ufeff\n<!DOCTYPE html><title>404</title>"
    yield "text", "Gr\u00fc\u00dfe\n" * 100
    yield "raw", struct.pack("<2I", 0x20020000, 0x08000009)
    yield "empty", b""


def layout_files():
    good = [
        "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg",
        "@Internal Flash   /0x08000000/16*128Kg",
        "@Option Bytes  /0x1FFFC000/01*016 e",
        "@OTP Memory /0x1FFF7800/01*512 e,01*016 e",
        "@Device Feature/0xFFFF0000/01*004 e",
        "@Internal Flash  /0x08000000/04*016Ka,01*016Kg/0x08020000/07*128Kg",
        "@External/0x90000000/64*064Kg/0xA0000000/1*2Mf",
        "@Flash/0x08000000/128*0001Kg",
        "@A B C/0x0/1*1Bg",
    ]
    bad = [
        "", "@", "@/", "@x/0x/", "Internal Flash", "@F/0x08000000/", "@F/0x08000000/00*016Kg",
        "@F/0xFFFFFFFF/99*999Mg", "@F/0x08000000/4*16Kz", "@F/0x08000000/99999999999*16Kg",
        "@F/0x08000000/1*16Kg,", "@F/0xG/1*1Kg", "@F/0x08000000/1*0Kg/", "@\u00e4/0x1/1*1 g",
    ]
    for number, text in enumerate(good):
        yield f"good-{number}", text
    for number, text in enumerate(bad):
        yield f"bad-{number}", text


def interface(number, alt, kind=0xFE, subclass=1, protocol=2, string=0):
    return struct.pack("<9B", 9, 4, number, alt, 0, kind, subclass, protocol, string)


def functional(attributes=0x0B, transfer=2048, version=0x011A):
    return struct.pack("<2BB3H", 9, 0x21, attributes, 255, transfer, version)


def descriptors(parts, total=None, vid=0x0483, pid=0xDF11, usb=0x0100):
    body = b"".join(parts)
    device = struct.pack("<2BH4B3H4B", 18, 1, usb, 0, 0, 0, 64, vid, pid, 0x2200, 1, 2, 3, 1)
    return device + struct.pack("<2BH5B", 9, 2, 9 + len(body) if total is None else total,
                                1, 1, 0, 0xC0, 50) + body


def descriptor_files():
    alts = [interface(0, alt, string=4 + alt) for alt in range(4)]
    yield "f405", descriptors(alts + [functional()])
    yield "after-each-alt", descriptors([alts[0], functional(), alts[1], functional(transfer=1024)])
    yield "seven-bytes", descriptors([alts[0], functional()[:7].replace(b"\x09", b"\x07", 1)])
    yield "no-functional", descriptors([alts[0]])
    yield "hid-functional", descriptors([interface(0, 0, 3, 1, 1), functional(), interface(1, 0)])
    yield "run-time", descriptors([interface(0, 0, 2, 2, 1), interface(2, 0, protocol=1), functional()])
    yield "transfer-size-0", descriptors([alts[0], functional(transfer=0)])
    yield "transfer-size-ffff", descriptors([alts[0], functional(transfer=0xFFFF)])
    yield "total-too-long", descriptors([alts[0], functional()], total=0xFFFF)
    yield "total-too-short", descriptors([alts[0], functional()], total=9)
    yield "length-0", descriptors([alts[0], b"\0\0", functional()])
    yield "length-1", descriptors([alts[0], b"\1"])
    yield "length-past-the-end", descriptors([alts[0], b"\xff\x21\x0b"])
    yield "twice-the-same-alt", descriptors([alts[0], alts[0], functional()])
    yield "256-alts", descriptors([interface(0, alt) for alt in range(256)] + [functional()])
    yield "not-dfu", descriptors([interface(0, 0, 8, 6, 80)])
    yield "device-alone", descriptors([])[:18]
    yield "empty", b""


def device_files():
    told = descriptors([interface(0, alt, string=4 + alt) for alt in range(2)] + [functional()])
    told = bytes([len(told)]) + told
    layout = "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg".encode("utf-16-le")
    string = b"\0\0" + bytes([2 + len(layout), 3]) + layout
    for name, status in {"idle": b"\0\0\0\0\2\0", "error": b"\x0a\0\0\0\x0a\0",
                         "busy-for-ever": b"\0\xff\xff\xff\4\0", "state-noise": b"\0\0\0\0\xfe\0",
                         "run-time": b"\0\0\0\0\0\0", "manifest": b"\0\1\0\0\7\0"}.items():
        yield name, told + (b"\0\0" + status) * 40
        yield name + "-with-strings", told + string * 5 + (b"\0\0" + status) * 40
    yield "stalls", told + b"\xf0"
    yield "time-outs", told + b"\xf1"
    yield "gone", told + b"\xf2"
    yield "short-answers", told + b"\0\xff" * 8
    yield "nothing", b""


def selector_files():
    texts = ["serial:206535A94D4B", "path:1-4.2", "0483:df11", "virtual", "virtual:pyboard,speed=0",
             "serial:", "path:1-", "path:1-4.", "0483:", "00483:df11", "virtual:", "", "\u00ff"]
    for number, text in enumerate(texts):
        yield str(number), text


def replay_files():
    session = [
        "@0+100 descriptors -> ok 2 1201",
        "@100+100 claim 0 -> ok",
        "@200+100 set-alt 0 1 -> ok",
        "@400+100 in a1 03 0000 0000 6 -> ok 6 006800000400",
    ]
    yield "session", "\n".join(session) + "\n"
    yield "crlf", "\r\n".join(session)
    yield "stall", "\n".join(session[:3]) + "\n@9+1 in a1 03 0000 0000 6 -> stalled: as told\n"
    yield "cancelled", "@0+1 claim 0 -> cancelled: as told"
    yield "out", "@300+100 out 21 01 0000 0000 5 2100000008 -> ok 5\n@400+1 reset -> ok\n"
    wrong = ["", "\n\n", "@0+1", "@0 claim 0 -> ok", "@-1+1 claim 0 -> ok", "@0+1 claim 256 -> ok",
             "@9223372036854775807+1 claim 0 -> ok", "@0+1 claim 0 -> exploded: bang",
             "@0+1 in a1 03 0000 0000 4097 -> ok 0", "@0+1 in a1 03 0000 0000 6 -> ok 6 00",
             "@0+1 out 21 01 0000 0000 5 00 -> ok 5", "@0+1 descriptors -> ok 99999 00"]
    for number, text in enumerate(wrong):
        yield f"wrong-{number}", text


def intel_hex(kind, offset, data):
    record = struct.pack(">BHB", len(data), offset, kind) + data
    return f":{record.hex()}{-sum(record) & 0xFF:02x}\n".upper()


def intel_hex_files():
    base = intel_hex(4, 0, b"\x08\0")
    end = intel_hex(1, 0, b"")
    yield "two-banks", base + intel_hex(0, 0xFFF8, bytes(16)) + intel_hex(0, 0x100, b"abc") + end
    yield "segments", intel_hex(2, 0, b"\x10\0") + intel_hex(0, 16, b"a") + intel_hex(3, 0, bytes(4)) + end
    yield "start", intel_hex(0, 0, b"a") + intel_hex(5, 0, b"\x08\0\1\x95") + end
    yield "descending", base + intel_hex(0, 4, b"efgh") + intel_hex(0, 0, b"abcd") + end
    yield "overlap", base + intel_hex(0, 0, b"abcd") + intel_hex(0, 3, b"e") + end
    yield "crlf-lower-case", (base + intel_hex(0, 0, b"abcd") + end).lower().replace("\n", "\r\n")
    yield "wrong-check-sum", base + intel_hex(0, 0, b"abcd")[:-3] + "00\n" + end
    yield "no-end", base + intel_hex(0, 0, b"abcd")
    yield "past-4-gib", intel_hex(4, 0, b"\xff\xff") + intel_hex(0, 0xFFFF, b"ab") + end
    yield "longest", intel_hex(0, 0, bytes(range(255))) + end
    yield "colons", ":" * 40
    yield "empty", b""


def srecord(kind, address, data=b""):
    size = {0: 2, 1: 2, 2: 3, 3: 4, 5: 2, 6: 3, 7: 4, 8: 3, 9: 2}[kind]
    record = bytes([size + len(data) + 1]) + address.to_bytes(size, "big") + data
    return f"S{kind}{record.hex()}{~sum(record) & 0xFF:02x}\n".upper()


def srecord_files():
    yield "s1", srecord(0, 0, b"HDR") + srecord(1, 16, b"abc") + srecord(5, 1) + srecord(9, 0)
    yield "s2", srecord(2, 0x80000, b"abc") + srecord(6, 1) + srecord(8, 0)
    yield "s3", srecord(3, 0x08000000, b"abc") + srecord(3, 0x08000003, b"d") + srecord(7, 0x08000001)
    yield "overlap", srecord(1, 0, b"abc") + srecord(1, 2, b"d") + srecord(9, 0)
    yield "wrong-count", srecord(1, 0, b"abc") + srecord(5, 7) + srecord(9, 0)
    yield "no-end", srecord(1, 0, b"abc")
    yield "past-4-gib", srecord(3, 0xFFFFFFFF, b"ab") + srecord(7, 0)
    yield "s4", "S4030000FC\n"
    yield "empty", b""


def elf(segments, sections=(), machine=40, kind=2, flags=0x05000400):
    """@segments: (physical, data); @sections: (name, type, data or None for the first segment's)."""
    rows = 52 + 32 * len(segments)
    body, headers = b"", b""
    for physical, data in segments:
        headers += struct.pack("<8I", 1, rows + len(body), physical, physical, len(data), len(data), 5, 4)
        body += data
    names, table = b"\0", struct.pack("<10I", *[0] * 10)
    for name, section_type, data in sections:
        offset = rows if data is None else rows + len(body)
        body += data or b""
        table += struct.pack("<10I", len(names), section_type, 2 if data is None else 0, 0x20000000, offset,
                             len(data or segments[0][1]), 0, 0, 1, 0)
        names += name + b"\0"
    table += struct.pack("<10I", 0, 3, 0, 0, rows + len(body), len(names), 0, 0, 1, 0)
    body += names
    header = struct.pack("<4s12s2H5I6H", b"\x7fELF", b"\1\1\1", kind, machine, 1, 0x08000009, 52,
                         rows + len(body), flags, 52, 32, len(segments), 40, len(sections) + 2,
                         len(sections) + 1)
    return header + headers + body + table


def elf_files():
    vectors = struct.pack("<2I", 0x20020000, 0x08000009) + bytes(8)
    tags = bytes([5]) + b"Cortex-M4\0" + bytes([6, 13, 7, 77, 9, 2, 10, 6, 28, 1, 32, 1, 120, 0, 34, 1])
    file_part = b"\1" + struct.pack("<I", 5 + len(tags)) + tags
    attributes = b"A" + struct.pack("<I", 10 + len(file_part)) + b"aeabi\0" + file_part
    yield "one-segment", elf([(0x08000000, vectors)])
    yield "sections", elf([(0x08000000, vectors), (0x08004000, b"data")],
                          [(b".text", 1, None), (b".ARM.attributes", 0x70000003, attributes)])
    yield "overlap", elf([(0x08000000, vectors), (0x08000004, vectors)])
    yield "past-4-gib", elf([(0xFFFFFFFC, vectors)])
    yield "nothing-to-load", elf([])
    yield "x86", elf([(0, vectors)], machine=3)
    yield "object", elf([(0, vectors)], kind=1)
    yield "header-alone", elf([(0, vectors)])[:52]


def uf2(number, count, address, data, family=0x57755A57, flags=0x2000):
    return struct.pack("<8I476sI", 0x0A324655, 0x9E5D5157, flags, address, len(data), number, count, family,
                       data, 0x0AB16F30)


def uf2_files():
    yield "two-blocks", uf2(0, 2, 0x08000000, bytes(256)) + uf2(1, 2, 0x08000100, b"abcd")
    yield "out-of-order", uf2(1, 2, 0x08000100, b"abcd") + uf2(0, 2, 0x08000000, bytes(256))
    yield "repeated", uf2(0, 1, 0x08000000, b"abcd") * 2
    yield "two-families", uf2(0, 1, 0x08000000, b"abcd") + uf2(0, 1, 0x08002000, b"efgh", 0x5EE21072)
    yield "no-family", uf2(0, 1, 0x08000000, b"abcd", 0, 0)
    yield "not-flash", uf2(0, 2, 0x08000000, b"abcd") + uf2(1, 2, 0, b"x", flags=0x2001)
    yield "another-family", uf2(0, 1, 0x08002000, b"efgh", 0x5EE21072)
    yield "container", uf2(0, 1, 0, b"abcd", flags=0x1000)
    yield "missing", uf2(0, 3, 0x08000000, b"abcd") + uf2(2, 3, 0x08000004, b"efgh")
    yield "overlap", uf2(0, 2, 0x08000000, b"abcd") + uf2(1, 2, 0x08000002, b"efgh")
    yield "cut", uf2(0, 1, 0x08000000, b"abcd")[:300]


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def archive_files():
    firmware = intel_hex(0, 0, b"abcd") + intel_hex(1, 0, b"")
    yield "gzip", gzip.compress(firmware.encode(), mtime=0)
    yield "gzip-name", b"\x1f\x8b\x08\x08" + bytes(6) + b"a.dfu\0" + gzip.compress(b"abcd", mtime=0)[10:]
    yield "gzip-cut", gzip.compress(firmware.encode(), mtime=0)[:-6]
    yield "zip", zipped([("firmware.hex", firmware), ("README", "Hello")])
    yield "zip-stored", zipped([("firmware.hex", firmware)], zipfile.ZIP_STORED)
    yield "zip-two", zipped([("a.hex", firmware), ("b.dfu", b"b")])
    yield "zip-path", zipped([("../a.hex", firmware)])
    yield "zip-empty", zipped([])
    yield "zip-comment", zipped([("a.bin", b"abcd")])[:-2] + b"\4\0PK\5\6"
    yield "zip-cut", zipped([("a.bin", b"abcd" * 9)])[:-30]


def pack_files():
    def piece(alt, size, start, address):
        return struct.pack("<3BxI", alt, size, start, address)
    yield "one", piece(0, 8, 0, 0x08000003)
    yield "two", piece(0, 16, 0, 0x08000000) + piece(0, 16, 0, 0x08000018)
    yield "overlap", piece(0, 16, 0, 0x08000000) + piece(0, 16, 0, 0x08000008)
    yield "other-memories", piece(1, 3, 0, 0x80001) + piece(2, 3, 1, 0xFFFFFFFD)
    yield "vectors", struct.pack("<2I", 0x20005000, 0x08000101) + b"F" * 300
    yield "empty", b""


def option_bytes_files():
    """The first byte is the practice board whose memory map goes with the rest."""
    yield "f4", b"\0\xed\xaa" + b"\xff" * 14
    yield "f4-level-2", b"\0\xed\xcc" + b"\xff" * 14
    yield "f4-two-banks", b"\1\xed\x55" + bytes(14)
    yield "f7", b"\2\xfd\xaa" + bytes(30)
    yield "h7", b"\3\xf0\xaa\xc6\x1b" + bytes(124)
    yield "l4", b"\4\xaa\xf8\xef\xff" + bytes(20) + b"\2\0\4\0" * 4
    yield "l4-range-past-the-end", b"\4\xaa\xf8\xef\xff" + bytes(20) + b"\x70\0\xff\0" * 4
    yield "f0", b"\5\xaa\x55" + bytes(14)
    yield "f1", b"\5\xa5\x5a" + b"\xff" * 14
    yield "cut", b"\3\xf0\xaa"
    yield "not-known", b"\6\xaa" + bytes(127)


def main():
    makers = {"dfuse-file": dfuse_files, "reader": reader_files, "layout": layout_files,
              "descriptors": descriptor_files, "replay": replay_files, "selector": selector_files,
              "device": device_files, "intel-hex": intel_hex_files, "srecord": srecord_files,
              "elf": elf_files, "uf2": uf2_files, "archive": archive_files, "pack": pack_files,
              "option-bytes": option_bytes_files}
    for name, maker in makers.items():
        for file, data in maker():
            put(name, file, data)


if __name__ == "__main__":
    main()
