#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Releases with the command: what there is, fetching it, flashing it, and what must not be flashed.

A server on this computer stands in for the sources: a person's own one of the kind "template". It is
also the proxy for https, and refuses all of it: nothing leaves this computer, and every attempt to is
counted."""

import glob
import hashlib
import http.server
import json
import os
import signal
import subprocess
import threading
import unittest

from jumperctl_case import JUMPERCTL, JumperctlCase, dfuse, main, pattern, program
from test_jumperctl_terminal import Terminal

BUILD = "PYBV11-20260824-v1.29.0.dfu"
OLDER = "PYBV11-20260406-v1.28.0.dfu"
RELEASE = "PYBV11@1.29.0"
VERSIONS = ["1.29.0", "1.28.0", "1.27.0", "1.26.1", "1.26.0", "1.25.0", "1.24.1", "1.24.0", "1.23.0",
            "1.22.2", "1.22.1", "1.22.0", "1.21.0", "1.20.0", "1.19.1", "1.18"]


def firmware(seed):
    """What a release for a pyboard looks like: vectors, and the program behind the files."""
    return dfuse([(0x08000000, program(9000, seed=seed)), (0x08020000, pattern(60000, seed + 1))])


class Source(http.server.ThreadingHTTPServer):
    """Answers with @files: bytes, or a function that answers itself; keeps what was asked for."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.files = {}
        self.asked = []
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def stop(self):
        if self.thread is not None:
            self.shutdown()
            self.thread.join()
            self.server_close()
            self.thread = None


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        answer = self.server.files.get(self.path)
        if answer is None:
            self.send_error(404)
        elif callable(answer):
            answer(self)
        else:
            self.answer(answer)

    def do_HEAD(self):
        self.server.asked.append("HEAD " + self.path)
        self.send_response(200 if self.path in self.server.files else 404)
        self.send_header("Content-Type", "application/octet-stream")
        self.end_headers()

    def do_CONNECT(self):
        self.server.asked.append("CONNECT " + self.path)
        self.send_error(403)

    def answer(self, body, kind="application/octet-stream", length=None):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class ReleasesCase(JumperctlCase):
    def setUp(self):
        super().setUp()
        self.source = Source()
        self.addCleanup(self.source.stop)
        self.here = f"http://127.0.0.1:{self.source.server_port}"
        os.mkdir(self.path("config"))
        os.mkdir(self.path("config/jumper"))
        self.feeds([{"id": "mine", "kind": "template", "url": self.here + "/{file}",
                     "file": "{board}{-variant}-{date}-v{version}.dfu", "allow_http": True}])
        self.serve(BUILD, firmware(1))

    def environment(self, **more):
        clean = {name: value for name, value in super().environment().items()
                 if not name.lower().endswith("_proxy")}
        return {**clean, "XDG_CONFIG_HOME": self.path("config"), "XDG_CACHE_HOME": self.path("cache"),
                "https_proxy": self.here, **more}

    def feeds(self, sources):
        self.file("config/jumper/feeds.json", json.dumps({"schema": 1, "feeds": sources}).encode())

    def serve(self, name, answer):
        self.source.files["/" + name] = answer

    def count(self):
        asked = len(self.source.asked)
        self.source.asked.clear()
        return asked

    def fetch(self, status=0, release=RELEASE, *more):
        return self.json(status, "fetch", release, "-o", self.path("out.dfu"), *more)

    def flash(self, status=0, release=RELEASE, *more):
        return self.json(status, "flash", release, "-d", self.board(), *more)

    def assert_not_flashed(self):
        if os.path.exists(self.path("F")):
            self.assertNotIn(program(9000, seed=1), self.read("F"))

    def cached(self):
        return [name for name in glob.glob(self.path("cache/jumper/objects/**"), recursive=True)
                if os.path.isfile(name)]


class TestReleases(ReleasesCase):
    def test_all_stable_releases_newest_first_and_no_network(self):
        self.feeds([])
        found = self.json(0, "releases", "PYBV11")
        standard = [r for r in found["releases"] if r["variant"] is None]
        self.assertEqual([r["version"] for r in standard], VERSIONS)
        self.assertEqual({r["channel"] for r in found["releases"]}, {"stable"})
        self.assertEqual({r["downloaded"] for r in found["releases"]}, {False})
        self.assertEqual({r["variant"] for r in found["releases"]},
                         {None, "DP", "THREAD", "DP_THREAD", "NETWORK"})
        out, _ = self.text(0, "releases", "pybv11")
        lines = [line.split() for line in out.splitlines() if "to download" in line]
        self.assertEqual([line[0] for line in lines], VERSIONS)
        self.assertEqual(lines[0][1], "2026-08-24")
        self.assertIn("Also built as PYBV11-DP: ", out)
        self.assertEqual(self.count(), 0)

    def test_what_is_here_is_told_apart(self):
        self.fetch()
        out, _ = self.text(0, "releases", "PYBV11")
        self.assertEqual([line.split()[0] for line in out.splitlines() if "downloaded" in line],
                         ["1.29.0"])

    def test_boards(self):
        found = self.json(0, "releases")
        boards = {board["id"]: board for board in found["boards"]}
        self.assertIn("PYBV11", boards)
        self.assertEqual(boards["ESPRUINO_PICO"]["advice"][0]["kind"], "refuse")
        self.assertEqual(self.count(), 0)

    def test_refresh_asks_the_sources(self):
        page = b'<a href="/fw/PYBV11-20270101-v1.30.0.dfu">x</a><a href="/fw/../evil.dfu">y</a>'
        self.source.files["/download/PYBV11/"] = lambda handler: handler.answer(page, "text/html")
        self.feeds([{"id": "pages", "kind": "links", "url": self.here + "/download/{board}/",
                     "path": "/fw/", "allow_http": True}])
        found = self.json(0, "releases", "PYBV11", "--refresh")
        self.assertEqual(found["releases"][0]["version"], "1.30.0")
        self.assertEqual(self.source.asked.count("/download/PYBV11/"), 1)
        # The real site is behind a proxy that refuses it: a warning, and no more.
        self.assertIn("CONNECT micropython.org:443", self.source.asked)
        self.assertIn("micropython-pages", "".join(found["warnings"]))
        self.count()
        found = self.json(0, "releases", "PYBV11")
        self.assertEqual(found["releases"][0]["version"], "1.30.0")
        self.assertEqual(self.count(), 0)

    def test_refresh_costs_one_question(self):
        """A list that has not changed comes once; without a network, the old one is still good."""
        page = b'<a href="/fw/PYBV11-20270101-v1.30.0.dfu">x</a>'

        def unchanged(handler):
            if handler.headers.get("If-None-Match") == '"1"':
                handler.send_response(304)
                handler.end_headers()
                return
            handler.send_response(200)
            handler.send_header("Content-Type", "text/html")
            handler.send_header("Content-Length", str(len(page)))
            handler.send_header("ETag", '"1"')
            handler.end_headers()
            handler.wfile.write(page)

        self.source.files["/download/PYBV11/"] = unchanged
        self.feeds([{"id": "pages", "kind": "links", "url": self.here + "/download/{board}/",
                     "path": "/fw/", "allow_http": True}])
        for _ in range(2):
            found = self.json(0, "releases", "PYBV11", "--refresh")
            self.assertEqual(found["releases"][0]["version"], "1.30.0")
            asked = [path for path in self.source.asked if not path.startswith("CONNECT")]
            self.assertEqual(asked, ["/download/PYBV11/"])
            self.count()
        self.source.stop()
        found = self.json(0, "releases", "PYBV11", "--refresh")
        self.assertEqual(found["releases"][0]["version"], "1.30.0")
        self.assertIn("pages", found["warnings"][0])
        self.assertEqual(self.json(0, "releases", "PYBV11")["warnings"], [])

    def test_what_was_not_built(self):
        """Addresses that follow from a rule are asked for with --refresh: few, once, and no more."""
        built = {"1.29.0", "1.28.0"}
        self.serve(OLDER, firmware(3))
        unknown = self.json(0, "releases", "PYBV11")["releases"]
        mine = [r for r in unknown if r["source"] == "mine" and r["variant"] is None]
        self.assertEqual({r["built"] for r in mine}, {None})
        found = self.json(0, "releases", "PYBV11", "--refresh")["releases"]
        asked = [path for path in self.source.asked if path.startswith("HEAD")]
        self.assertTrue(0 < len(asked) <= 8, asked)
        self.assertEqual(len(set(asked)), len(asked))
        known = {r["version"]: r["built"] for r in found
                 if r["source"] == "mine" and r["variant"] is None and r["built"] is not None}
        self.assertEqual({version for version, there in known.items() if there}, built)
        self.assertEqual(len(known), len(asked))
        self.count()
        out, _ = self.text(0, "releases", "PYBV11")
        self.assertEqual(out.count("not built for it"), len(asked) - len(built))
        self.assertEqual(self.count(), 0)

    def test_notes(self):
        found = self.json(0, "releases", "PYBV11@1.29.0")["releases"]
        page = "https://github.com/micropython/micropython/releases/tag/v1.29.0"
        self.assertIn(page, [release["notes"] for release in found])
        out, _ = self.text(0, "releases", "PYBV11@1.29.0", "--notes")
        self.assertIn(f"What is new: {page}", out)
        out, _ = self.text(0, "releases", "PYBV11@1.29.0")
        self.assertNotIn(page, out)

    def test_a_portal_takes_no_place(self):
        portal = b"<html><a href='/login'>Log in</a></html>"
        self.source.files["/download/PYBV11/"] = lambda handler: handler.answer(portal, "text/html")
        self.feeds([{"id": "pages", "kind": "links", "url": self.here + "/download/{board}/",
                     "path": "/fw/", "allow_http": True}])
        found = self.json(0, "releases", "PYBV11", "--refresh")
        self.assertEqual(found["releases"][0]["version"], "1.29.0")
        self.assertIn("no link to firmware", "".join(found["warnings"]))

    def test_previews_when_asked_for(self):
        page = b'<a href="/fw/PYBV11-20261101-v1.30.0-preview.12.gabcdef0123.dfu">x</a>'
        self.source.files["/p/"] = lambda handler: handler.answer(page, "text/html")
        self.feeds([{"id": "pages", "kind": "links", "url": self.here + "/p/", "path": "/fw/",
                     "board": "PYBV11", "allow_http": True}])
        stable = self.json(0, "releases", "PYBV11", "--refresh")
        self.assertEqual(stable["releases"][0]["version"], "1.29.0")
        preview = self.json(0, "releases", "PYBV11", "--channel=preview")
        self.assertEqual(preview["releases"][0]["version"], "1.30.0-preview.12.gabcdef0123")
        self.check(2, "releases", "PYBV11", "--channel=all")

    def test_no_such_board(self):
        self.assert_failed(self.json(2, "releases", "PYBV99"), "usage")
        self.assert_failed(self.json(2, "releases", "PYBV11-NONE"), "usage")

    def test_broken_sources_are_told_of(self):
        self.file("config/jumper/feeds.json", b"{")
        _, errors = self.text(0, "releases", "PYBV11")
        self.assertIn("Your own sources are not used", errors)


class TestFetch(ReleasesCase):
    def test_once_for_all(self):
        first = self.fetch()
        self.assertEqual(self.source.asked, ["/" + BUILD])
        self.assertEqual(self.read("out.dfu"), firmware(1))
        self.assertEqual((first["trust"], first["from_cache"], first["encrypted"]),
                         ("unpublished", False, False))
        self.assertIn("not encrypted", first["trust_text"])
        self.count()
        second = self.fetch()
        self.assertEqual((second["trust"], second["from_cache"]), ("seen", True))
        self.assertEqual(self.count(), 0)

    def test_progress_and_what_is_known(self):
        done = self.check(0, "fetch", RELEASE, "-o", self.dir)
        self.assertIn(b"Downloading " + BUILD.encode() + b": 100 %", done.stderr)
        self.assertIn(b"No hash is published", done.stdout)
        self.assertEqual(self.read(BUILD), firmware(1))
        lines = self.check(0, "fetch", RELEASE, "-o", self.dir, "--json=lines").stdout.splitlines()
        self.assertEqual(json.loads(lines[-1])["result"], "ok")

    def test_another_file_is_not_lost(self):
        self.file("out.dfu", b"mine")
        self.assert_failed(self.fetch(10), "refused")
        self.assertEqual(self.read("out.dfu"), b"mine")
        self.fetch(0, RELEASE, "--yes")
        self.assertEqual(self.read("out.dfu"), firmware(1))

    def test_damaged_copy_is_fetched_again(self):
        self.fetch()
        self.count()
        copy, = self.cached()
        with open(copy, "r+b") as out:
            out.seek(5000)
            out.write(b"damage")
        again = self.fetch()
        self.assertEqual(self.count(), 1)
        self.assertIn("damaged", again["warnings"][0])
        self.assertEqual(self.read("out.dfu"), firmware(1))

    def test_offline(self):
        result = self.fetch(9, RELEASE, "--offline")
        self.assert_failed(result, "network")
        self.assertIn("--offline", result["next"])
        self.assertEqual(self.count(), 0)
        self.fetch()
        self.source.stop()
        self.assertTrue(self.fetch()["from_cache"])
        self.assertTrue(self.fetch(0, RELEASE, "--offline")["from_cache"])

    def test_newest(self):
        """The sources are asked what the newest is; one that cannot be asked is told of."""
        result = self.fetch(0, "PYBV11")
        self.assertEqual((result["version"], result["source"]), ("1.29.0", "mine"))
        self.assertIn("micropython-pages", result["warnings"][0])
        self.assertEqual(sorted(self.source.asked), ["/" + BUILD, "CONNECT micropython.org:443"])

    def test_variant(self):
        self.serve("PYBV11-DP-20260824-v1.29.0.dfu", firmware(2))
        self.assertEqual(self.fetch(0, "pybv11-dp@v1.29.0")["variant"], "DP")
        self.assertEqual(self.read("out.dfu"), firmware(2))

    def test_interrupted(self):
        begun = threading.Event()
        ended = threading.Event()
        self.addCleanup(ended.set)

        def stuck(handler):
            handler.answer(firmware(1)[:20000], length=len(firmware(1)))
            handler.wfile.flush()
            begun.set()
            ended.wait(60)

        self.serve(BUILD, stuck)
        with subprocess.Popen([JUMPERCTL, "fetch", RELEASE, "-o", self.path("out.dfu")],
                              env=self.environment(), stderr=subprocess.PIPE) as running:
            self.assertTrue(begun.wait(60))
            running.send_signal(signal.SIGINT)
            running.communicate(timeout=60)
        self.assertEqual(running.returncode, 130)
        self.assertFalse(os.path.exists(self.path("out.dfu")))

    def test_unknown_version(self):
        result = self.fetch(2, "PYBV11@9.9", "--offline")
        self.assert_failed(result, "usage")
        self.assertIn("jumperctl releases PYBV11", result["error"]["where"])

    def test_cache_that_cannot_be_written(self):
        self.file("cache", b"a file where the folder should be")
        self.assertIn("cannot be kept", self.fetch()["warnings"][0])
        self.assertEqual(self.read("out.dfu"), firmware(1))


class TestFlash(ReleasesCase):
    def test_from_nothing_to_verified_and_again_offline(self):
        result = self.flash()
        self.assertTrue(result["verified"])
        self.assertEqual(result["file"], BUILD)
        self.assertEqual(result["releases"][0]["trust"], "unpublished")
        self.assertEqual(self.read("F")[:9000], program(9000, seed=1))
        self.assertEqual(self.source.asked, ["/" + BUILD])
        self.source.stop()
        os.unlink(self.path("F"))
        result = self.flash()
        self.assertTrue(result["verified"])
        self.assertTrue(result["releases"][0]["from_cache"])
        self.assertEqual(self.read("F")[:9000], program(9000, seed=1))

    def test_says_what_is_known_before(self):
        _, errors = self.text(0, "flash", RELEASE, "-d", self.board())
        self.assertIn("PYBV11 1.29.0 of 2026-08-24\n  No hash is published", errors)

    def test_bad_answers_are_not_flashed(self):
        def portal(handler):
            handler.answer(b"<!DOCTYPE html><html>Log in first</html>", "text/html")

        def disguised(handler):
            handler.answer(b"<!DOCTYPE html><html>Log in first</html>")

        def torn(handler):
            handler.answer(firmware(1)[:20000], length=len(firmware(1)))
            handler.close_connection = True

        def cut(handler):
            handler.answer(firmware(1)[:20000])

        for name, answer, status, code in (("404", None, 9, "absent"),
                                           ("web page", portal, 9, "network"),
                                           ("web page in disguise", disguised, 9, "network"),
                                           ("torn", torn, 9, "network"),
                                           ("cut", cut, 6, "damaged-file")):
            with self.subTest(name):
                self.serve(BUILD, answer)
                self.assert_failed(self.flash(status), code)
                self.assert_not_flashed()

    def test_changed_file_is_an_alarm(self):
        self.flash()
        os.unlink(self.path("F"))
        for copy in self.cached():
            os.unlink(copy)
        self.serve(BUILD, firmware(7))
        result = self.flash(10)
        self.assert_failed(result, "changed")
        before, now = (hashlib.sha256(firmware(seed)).hexdigest() for seed in (1, 7))
        self.assertRegex(result["error"]["where"], f"since 20[0-9-]+ it had SHA-256 {before}, and now it has {now}")
        self.assert_failed(self.flash(10, RELEASE, "--yes"), "changed")
        self.assertFalse(os.path.exists(self.path("F")) and
                         program(9000, seed=7) in self.read("F"))

    def test_changed_file_that_is_accepted(self):
        self.fetch()
        for copy in self.cached():
            os.unlink(copy)
        self.serve(BUILD, firmware(7))
        now = hashlib.sha256(firmware(7)).hexdigest()
        third = hashlib.sha256(firmware(8)).hexdigest()
        self.check(2, "flash", RELEASE, "-d", self.board(), "--accept-changed", now[:8])
        self.assert_failed(self.flash(10, RELEASE, "--accept-changed", third), "changed")
        self.assert_not_flashed()
        result = self.flash(0, RELEASE, "--accept-changed", now.upper())
        self.assertTrue(result["verified"])
        self.assertEqual(result["releases"][0]["trust"], "unpublished")
        self.assertEqual(self.read("F")[:9000], program(9000, seed=7))
        self.assertEqual(self.flash()["releases"][0]["trust"], "seen")

    def test_a_changed_file_is_asked_about(self):
        """At a terminal, for digits that nobody types by accident."""
        self.fetch()
        for copy in self.cached():
            os.unlink(copy)
        self.serve(BUILD, firmware(7))
        now = hashlib.sha256(firmware(7)).hexdigest()
        for answer, status in [("y", 10), (now[8:16], 10), (now[:8], 0)]:
            with self.subTest(answer=answer):
                terminal = Terminal("flash", RELEASE, "--yes", "-d", self.board(), **self.environment())
                terminal.expect(b"to go on: ")
                terminal.write(answer.encode() + b"\n")
                ended, seen = terminal.end()
                self.assertEqual(ended, status, seen)
                self.assertIn(now, seen.replace("\r\n", ""))
        self.assertEqual(self.read("F")[:9000], program(9000, seed=7))

    def test_which_board_it_is(self):
        """A fresh practice board holds firmware that says which board it is; afterwards it is known by
        what it was given."""
        info = self.json(0, "info", "-d", self.board())
        self.assertEqual((info["board"]["id"], info["board"]["reason"]), ("PYBV11", "memory"))
        self.assertEqual(info["firmware"]["machine"], "PYBv1.1 with STM32F405RG")
        self.assertIn("PYBV10", [candidate["id"] for candidate in info["candidates"]])
        out, _ = self.text(0, "info", "-d", self.board())
        self.assertIn("built for PYBv1.1 with STM32F405RG", out)
        self.check(0, "erase", "--all", "--yes", "--overwrite", "files", "-d", self.board())
        info = self.json(0, "info", "-d", self.board())
        self.assertEqual((info["board"], info["firmware"]), (None, None))
        self.assertTrue(len(info["candidates"]) > 1)
        self.assertEqual({candidate["reason"] for candidate in info["candidates"]}, {"fits"})
        self.serve("PYBV11-DP-20260824-v1.29.0.dfu", firmware(2))
        self.flash(0, "PYBV11-DP@1.29.0")
        board = self.json(0, "info", "-d", self.board())["board"]
        self.assertEqual((board["id"], board["variant"], board["reason"]),
                         ("PYBV11", "DP", "remembered"))

    def test_firmware_for_another_board_of_the_same_shape(self):
        self.serve("PYBV10-20260824-v1.29.0.dfu", firmware(9))
        result = self.flash(10, "PYBV10@1.29.0")
        self.assert_failed(result, "mismatch")
        self.assertIn("the firmware in the board's flash is for Pyboard v1.1",
                      result["error"]["where"])
        self.assert_not_flashed()
        result = self.flash(0, "PYBV10@1.29.0", "--yes")
        self.assertIn("The firmware in its flash is for Pyboard v1.1", result["warnings"][0])
        self.assertTrue(result["verified"])
        # What it was given is what counts now.
        self.assertEqual(self.flash(0, "PYBV10@1.29.0")["warnings"], [])
        self.assertIn("It was given firmware for Pyboard v1.0 before",
                      "".join(self.flash(0, RELEASE, "--yes")["warnings"]))

    def test_a_failed_flash_teaches_nothing(self):
        self.check(0, "erase", "--all", "--yes", "--overwrite", "files", "-d", self.board())
        self.flash(0, RELEASE, "--dry-run")
        self.assertIsNone(self.json(0, "info", "-d", self.board())["board"])

    def test_downgrade_is_said_to_be_one(self):
        self.serve(OLDER, firmware(3))
        self.assertEqual(self.flash()["warnings"], [])
        result = self.flash(0, "PYBV11@1.28.0")
        self.assertIn("downgrade, from 1.29.0 to the older 1.28.0", result["warnings"][0])
        self.assertEqual(self.flash()["warnings"], [])
        # What came from elsewhere has no version that is known.
        self.check(0, "flash", self.file("other.dfu", firmware(5)), "-d", self.board())
        self.assertEqual(self.flash(0, "PYBV11@1.28.0")["warnings"], [])

    def test_downgrade_of_what_came_from_elsewhere(self):
        """The firmware in the flash says which version it is."""
        text = b"MicroPython v1.29.0 on 2026-08-24; PYBv1.1 with STM32F405RG\0"
        file = dfuse([(0x08000000, program(9000, seed=5)), (0x08020000, pattern(60000, 6) + text)])
        self.check(0, "flash", self.file("other.dfu", file), "-d", self.board())
        self.serve(OLDER, firmware(3))
        result = self.flash(0, "PYBV11@1.28.0")
        self.assertIn("downgrade, from 1.29.0 to the older 1.28.0", "".join(result["warnings"]))

    def test_another_kind_of_board(self):
        result = self.json(10, "flash", RELEASE, "-d", self.board("nucleo-h743"))
        self.assert_failed(result, "mismatch")
        self.assertIn("Pyboard v1.1", result["error"]["where"])

    def test_boards_with_a_warning(self):
        result = self.json(10, "flash", "NUCLEO_WB55@1.29.0", "-d", self.board())
        self.assert_failed(result, "refused")
        self.assertIn("--yes", result["next"])
        self.assertEqual(self.count(), 0)
        self.assert_failed(self.json(10, "flash", "ESPRUINO_PICO", "-d", self.board()), "refused")

    def test_a_file_of_that_name_is_meant(self):
        self.file(RELEASE, firmware(4))
        done = self.check(0, "flash", RELEASE, "-d", self.board(), "--json", cwd=self.dir)
        self.assertIn("is a file here", json.loads(done.stdout)["warnings"][0])
        self.assertEqual(self.read("F")[:9000], program(9000, seed=4))
        self.assertEqual(self.count(), 0)

    def test_neither_file_nor_board(self):
        self.assert_failed(self.json(6, "flash", self.path("none.dfu"), "-d", self.board()), "file")
        self.assert_failed(self.json(2, "flash", "PYBV11-NONE", "-d", self.board()), "usage")

    def test_dry_run(self):
        result = self.flash(0, RELEASE, "--dry-run")
        self.assertEqual(result["file"], BUILD)
        self.assert_not_flashed()


if __name__ == "__main__":
    main()
