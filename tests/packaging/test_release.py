#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""tools/release, on a copy: what it writes where, and what it refuses."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

import kit

METAINFO = f"data/{kit.APP_ID}.metainfo.xml.in"
FILES = ("tools/release", "meson.build", "NEWS.md", METAINFO, "packaging/debian/changelog")
NEWS = """# News

## 9.8.7 (unreleased)

- `jumperctl` finds <more> & says
  less.
- Another line.

## 0.1.0 (2026-01-01)

- Old.
"""


class Release(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="jumper-release-")
        self.addCleanup(folder.cleanup)
        self.root = os.path.join(folder.name, "jumper")
        for name in FILES:
            os.makedirs(os.path.dirname(os.path.join(self.root, name)), exist_ok=True)
            shutil.copy(kit.path(name), os.path.join(self.root, name))
        self.write("NEWS.md", NEWS)

    def write(self, name, text):
        with open(os.path.join(self.root, name), "w", encoding="utf-8") as file:
            file.write(text)

    def read(self, name):
        with open(os.path.join(self.root, name), encoding="utf-8") as file:
            return file.read()

    def run_release(self, *arguments, **environment):
        return subprocess.run([os.path.join(self.root, "tools/release"), *arguments], capture_output=True, text=True,
                              check=False, env={**os.environ, **environment})

    def commit(self):
        git = ["git", "-C", self.root, "-c", "user.name=A", "-c", "user.email=a@example.invalid", "-c", "commit.gpgsign=false"]
        subprocess.run([*git, "init", "-q"], check=True)
        subprocess.run([*git, "add", "."], check=True)
        subprocess.run([*git, "commit", "-qm", "All"], check=True)

    def test_help_is_help(self):
        done = self.run_release("--help")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for word in ("prepare", "build", "source", "debian", "windows", "JUMPER_SIGN_KEY"):
            self.assertIn(word, done.stdout)

    def test_prepare_writes_the_version_everywhere(self):
        done = self.run_release("prepare", "9.8.7")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("version: '9.8.7'", self.read("meson.build"))
        self.assertRegex(self.read("NEWS.md"), r"## 9\.8\.7 \(\d{4}-\d\d-\d\d\)\n")
        changelog = self.read("packaging/debian/changelog")
        self.assertTrue(changelog.startswith("jumper (9.8.7) unstable; urgency=medium\n"), changelog)
        self.assertIn("\n\njumper (0.1.0) ", changelog)
        releases = ElementTree.fromstring(self.read(METAINFO).encode()).find("releases")
        newest = releases[0]
        self.assertEqual((newest.get("version"), newest.get("type")), ("9.8.7", None))
        self.assertEqual([item.text for item in newest.iter("li")],
                         ["jumperctl finds <more> & says less.", "Another line."])
        self.assertEqual([r.get("version") for r in releases].count("0.1.0"), 1)

    def test_prepare_twice_is_as_good_as_once(self):
        self.run_release("prepare", "9.8.7")
        first = self.read(METAINFO)
        self.assertEqual(self.run_release("prepare", "9.8.7").returncode, 0)
        self.assertEqual(self.read(METAINFO), first)
        self.assertEqual(self.read("packaging/debian/changelog").count("jumper (9.8.7)"), 1)

    @unittest.skipUnless(shutil.which("appstreamcli"), "appstreamcli is not installed")
    def test_what_prepare_writes_is_valid(self):
        self.run_release("prepare", "9.8.7")
        hosted = self.read(METAINFO).replace("@homepage@", "https://example.org/jumper")
        self.write("hosted.metainfo.xml", re.sub(r"@(if|end)_hosted@", "", hosted))
        checked = subprocess.run(
            ["appstreamcli", "validate", "--no-net", "--pedantic", os.path.join(self.root, "hosted.metainfo.xml")],
            capture_output=True, text=True, check=False)
        self.assertEqual(checked.returncode, 0, checked.stdout)

    @unittest.skipUnless(shutil.which("dpkg-parsechangelog"), "dpkg-dev is not installed")
    def test_debian_reads_what_prepare_writes(self):
        self.run_release("prepare", "9.8.7")
        told = subprocess.run(["dpkg-parsechangelog", "-l", os.path.join(self.root, "packaging/debian/changelog"), "--all"],
                              capture_output=True, text=True, check=True)
        self.assertIn("Version: 9.8.7\n", told.stdout)
        self.assertEqual(told.stderr, "")

    def test_prepare_refuses(self):
        for version, reason in (("1.2", "three numbers"), ("v1.2.3", "three numbers"), ("1.2.3", "no section 1.2.3")):
            done = self.run_release("prepare", version)
            self.assertNotEqual(done.returncode, 0, version)
            self.assertIn(reason, done.stderr)
        self.assertIn("version: '0.", self.read("meson.build"))

    def test_build_refuses_what_is_not_committed(self):
        self.commit()
        self.write("NEWS.md", NEWS + "\n")
        done = self.run_release("build", "--only", "source", os.path.join(self.root, "..", "out"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("not committed", done.stderr)

    def test_build_refuses_a_folder_of_somebody_else(self):
        self.commit()
        out = os.path.join(self.root, "..", "out")
        os.mkdir(out)
        with open(os.path.join(out, "letter.txt"), "w", encoding="utf-8") as file:
            file.write("dear")
        done = self.run_release("build", "--only", "source", out)
        self.assertEqual(done.returncode, 1)
        self.assertIn("is not empty", done.stderr)
        self.assertEqual(os.listdir(out), ["letter.txt"])

    def test_build_refuses_an_unknown_part(self):
        done = self.run_release("build", "--only", "sorce")
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, re.escape("“sorce” is not one of: source, debian, windows"))


if __name__ == "__main__":
    kit.main()
