#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the first inputs of the targets catalogue, feed, feeds-file, known-boards and version into tests/fuzz/corpus.

Run without arguments when a target or its seeds change."""

import json
import pathlib

CORPUS = pathlib.Path(__file__).resolve().parent / "corpus"
HASH = "0123456789abcdef" * 4
LINKS, PAGE, GITHUB, FLIPPER, ARDUINO, FOLDER = range(6)


def put(target, name, data):
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def board(**changes):
    return {
        "id": "ONE", "product": "One", "vendor": "Us", "machine": "ONEv1", "mcu": "STM32", "part": "STM32X",
        "flash": 2048, "map": 4096, "ram": 512, "sectors": [["0x08000000", 512, 2], ["0x08000400", 1024, 1]],
        "regions": [
            {"kind": "code", "alt": 0, "start": "0x08000000", "size": 1024, "reserved": False, "name": "code"},
            {"kind": "keys", "alt": 1, "start": "0x00000000", "size": 1024, "reserved": True, "name": "keys"}],
        "elements": ["0x08000000"], "leave": "0x08000000", "boot_loader": "st-rom", "dfu_ids": ["0483:df11"],
        "normal_ids": ["f055:9800"], "entries": ["jump"], "variants": ["DP"],
        "advice": [{"kind": "warn", "code": "keys"}], "old_names": ["first"], "stlink": False,
        "files_internal": True, "sources": ["site"], "since": "1.1", "page": "https://h/", **changes}


def catalogue(**changes):
    return json.dumps({
        "schema": 1, "generated": "2026-11-21",
        "sources": [{"id": "site", "kind": "links", "url": "https://h/{board}/"}],
        "versions": [["1.2", "20260102"], ["1.1", "20260101"]],
        "pins": {"a.dfu": {"size": 5, "sha256": HASH}},
        "words": {"entry.jump": "Jump.", "variant.DP": "Exact.", "advice.keys": "Mind."},
        "boards": [board()], **changes})


def catalogue_files():
    good = catalogue()
    yield "good", good
    yield "two-boards", catalogue(boards=[board(), board(id="TWO", old_names=[])])
    yield "same-name", catalogue(boards=[board(), board(id="FIRST", old_names=[])])
    yield "newer", catalogue(schema=2)
    yield "empty", catalogue(boards=[], words={}, sources=[], versions=[], pins={})
    yield "past-4-gib", catalogue(boards=[board(sectors=[["0xffffff00", 512, 4]])])
    yield "overlap", catalogue(boards=[board(regions=board()["regions"][:1] * 2)])
    yield "no-words", catalogue(words={})
    yield "cut", good[:-20]
    yield "twice", good.replace('"ram": 512', '"ram": 512, "ram": 1')
    yield "brackets", "[" * 200
    yield "comment", "/* [ */ {}"
    yield "surrogate", good.replace("Jump.", "\\ud800")
    yield "control", good.replace("Jump.", "\\u0000\\u001b")


def feed(kind, text):
    return bytes([kind]) + text.encode()


def feed_files():
    site = "https://github.com/me/fw/releases/download/"
    asset = {"name": "fw.dfu", "browser_download_url": site + "v1/fw.dfu", "size": 5, "state": "uploaded",
             "digest": "sha256:" + HASH}
    release = {"tag_name": "v1.0", "published_at": "2026-05-04T10:11:12Z", "body": "New\r\n", "assets": [asset]}
    yield "page", feed(PAGE, '<a href="/resources/firmware/PYBV11-DP-20260824-v1.29.0.dfu">')
    yield "page-hostile", feed(PAGE, '<a href="/resources/firmware/../a.dfu"><a href=\'//e/\' href = "\0">href="')
    yield "links", feed(LINKS, '<a href="a-v1.0.dfu"><a href="../b-v2.hex"><a href="https://e/c-1.2.dfu">')
    yield "github", feed(GITHUB, json.dumps([release, {**release, "prerelease": True, "tag_name": "nightly"}]))
    yield "github-odd", feed(GITHUB, json.dumps([{}, [], 1, {"assets": [1, {"name": "\u202e.dfu"}]}]))
    yield "flipper", feed(FLIPPER, json.dumps({"channels": [{"id": "release", "versions": [
        {"version": "1.3.4", "timestamp": 1750000000, "changelog": "x" * 50,
         "files": [{"url": "https://h/a.dfu", "target": "f7", "sha256": HASH}]}]}]}))
    yield "flipper-odd", feed(FLIPPER, '{"channels": [{"versions": [{"files": [{"url": "https://h/.."}]}]}]}')
    yield "arduino", feed(ARDUINO, json.dumps({"boards": [{"name": "ARDUINO_GIGA", "releases": [
        {"type": "(stable)", "url": "/micropython/ARDUINO_GIGA-20260824-v1.29.0.dfu"}]}]}))
    yield "arduino-odd", feed(ARDUINO, '{"boards": [{"name": "X", "releases": [{"url": "//e/a-1.0.dfu"}]}, 1]}')
    yield "folder", feed(FOLDER, "100 20260101 PYBV11-20260824-v1.29.0.dfu\n1 - own-v1.1.bin\n\n 1 2\n9 - ../x.dfu")
    for kind in range(6):
        yield f"html-{kind}", feed(kind, "<!DOCTYPE html><title>Sign in</title>")
        yield f"deep-{kind}", feed(kind, "[" * 100)


def known_boards_files():
    one = {"schema": 1, "serial": "207A3C7D3030", "nickname": "Anna's board", "board": "PYBV11", "variant": "DP",
           "version": "1.29.0", "running_serial": "3F0037000C50", "backed_up": True}
    yield "all", json.dumps(one)
    yield "serial", json.dumps({"schema": 1, "serial": "207A3C7D3030"})
    yield "no-serial", json.dumps({"schema": 1})
    yield "newer", json.dumps({**one, "schema": 2})
    yield "more", json.dumps({**one, "colour": "red"})
    yield "path", json.dumps({**one, "board": "../PYBV11"})
    yield "two-lines", json.dumps({**one, "nickname": "a\nb"})
    yield "cut", json.dumps(one)[:40]


def feeds_file_files():
    one = {"id": "mine", "kind": "github", "url": "https://github.com/me/fw", "board": "PYBV11", "pattern": "*.dfu"}
    yield "good", json.dumps({"schema": 1, "feeds": [one]})
    yield "twice", json.dumps({"schema": 1, "feeds": [one, one]})
    yield "template", json.dumps({"schema": 1, "feeds": [
        {"id": "t", "kind": "template", "url": "http://h/{file}", "file": "{board}.dfu", "allow_http": True}]})
    yield "newer", '{"schema": 2}'
    yield "bad-address", json.dumps({"schema": 1, "feeds": [{**one, "url": "file:///etc/passwd"}]})
    yield "empty", ""


def version_files():
    yield "order", "1.9.4\n1.10\n1.20.0"
    yield "previews", "1.30.0-preview.12.gabc\n1.30.0-preview\nv1.30.0"
    yield "after", "1.11-427-gd5cbee3cf-dirty\n1.12-rc1\n2026-08-24"
    yield "odd", "99999999999.1\n1..2\n"
    yield "names", "PYBV11-DP-20260824-v1.29.0.dfu\nPYBD-SF2-20191220-v1.12.dfu\npybv11-20191013-unstable-v1.11.dfu"
    yield "stars", "*a*a*a*b\naaaaaaaaaaaaaaaa\n"
    yield "flash", b"\0PYBv1.1 with STM32F405RG\0v1.29.0 on 2026-08-24\0 with  on 20"


def main():
    makers = {"catalogue": catalogue_files, "feed": feed_files, "feeds-file": feeds_file_files,
              "known-boards": known_boards_files, "version": version_files}
    for name, maker in makers.items():
        for file, data in maker():
            put(name, file, data)


if __name__ == "__main__":
    main()
