#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the first inputs of the fuzz targets into tests/fuzz/corpus: small, right and wrong ones.

Run without arguments when a target or its seeds change. Files that a fuzzer found are kept beside
these, under other names."""

import pathlib
import struct
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


def main():
    makers = {"dfuse-file": dfuse_files, "reader": reader_files, "layout": layout_files,
              "descriptors": descriptor_files, "replay": replay_files, "selector": selector_files,
              "device": device_files}
    for name, maker in makers.items():
        for file, data in maker():
            put(name, file, data)


if __name__ == "__main__":
    main()
