#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak manifest: what it builds, what it stands on, and that every hole in the sandbox is
explained. Building it needs the runtime."""

import json
import re
import shutil
import subprocess
import unittest

import kit

FILE = f"packaging/flatpak/{kit.APP_ID}.yml"

# What the runtime has, by the manifests of org.gnome.Platform and org.freedesktop.Platform 25.08.
RUNTIME = {"glib-2.0", "gobject-2.0", "gio-2.0", "gtk4", "libadwaita-1", "json-glib-1.0", "libcurl", "zlib", "libusb-1.0"}


class Flatpak(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.text = kit.read(FILE)
        cls.manifest = kit.load_yaml(FILE)
        cls.modules = {m["name"]: m for m in cls.manifest["modules"]}

    def test_names(self):
        self.assertEqual(self.manifest["id"], kit.APP_ID)
        self.assertEqual(self.manifest["command"], "jumper")
        self.assertEqual(self.manifest["runtime"], "org.gnome.Platform")
        self.assertGreaterEqual(int(self.manifest["runtime-version"]), 49)  # the first with libusb

    def test_every_dependency_is_in_the_runtime_or_built(self):
        self.assertEqual(set(kit.dependencies()) - RUNTIME, set(self.modules) - {"jumper"})

    def test_sources_are_pinned(self):
        for name, module in self.modules.items():
            for source in module["sources"]:
                if source["type"] == "git":
                    self.assertEqual((name, source["path"]), ("jumper", "../.."))
                    continue
                self.assertEqual(source["type"], "archive")
                self.assertTrue(source["url"].startswith("https://"), source["url"])
                self.assertRegex(source["sha256"], r"^[0-9a-f]{64}$")

    def test_options_exist(self):
        for option in self.modules["jumper"]["config-opts"]:
            self.assertTrue(kit.is_option(option), option)

    def test_every_hole_is_explained(self):
        """In front of each argument, or of a group of them, stands a comment."""
        block = re.search(r"^finish-args:\n((?:  .*\n)+)", self.text, re.M).group(1)
        self.assertTrue(block.startswith("  #"), "the first has no comment")
        holes = {"--device=all", "--share=network"}
        lines = block.splitlines()
        for number, line in enumerate(lines):
            if line.strip().removeprefix("- ") in holes:
                self.assertTrue(lines[number - 1].lstrip().startswith("#"), line)
                holes.discard(line.strip().removeprefix("- "))
        self.assertEqual(holes, set())

    def test_nothing_of_the_person_is_opened(self):
        for argument in self.manifest["finish-args"]:
            self.assertNotRegex(argument, r"filesystem|talk-name|own-name|allow=|system-")

    @unittest.skipUnless(shutil.which("flatpak-builder"), "flatpak-builder is not installed")
    def test_flatpak_builder_reads_it(self):
        shown = subprocess.run(["flatpak-builder", "--show-manifest", kit.path(FILE)],
                               capture_output=True, text=True, check=False)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        data = json.loads(shown.stdout)
        self.assertEqual(data.get("id", data.get("app-id")), kit.APP_ID)
        self.assertEqual([m["name"] for m in data["modules"]], [m["name"] for m in self.manifest["modules"]])


if __name__ == "__main__":
    kit.main()
