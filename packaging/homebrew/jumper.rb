# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Homebrew takes formulae from taps alone, no longer from files:
#
#   brew tap-new --no-git jumper/local
#   cp packaging/homebrew/jumper.rb "$(brew --repository jumper/local)/Formula/"
#   brew install --HEAD jumper/local/jumper
class Jumper < Formula
  desc "Firmware updates for boards with a DfuSe boot loader"
  homepage "https://github.com/dfujumper/jumper"
  license all_of: ["GPL-3.0-or-later", "LGPL-2.1-or-later"]
  head "https://github.com/dfujumper/jumper.git", branch: "main"

  depends_on "gettext" => :build
  depends_on "meson" => :build
  depends_on "ninja" => :build
  depends_on "pkgconf" => :build
  depends_on "adwaita-icon-theme"
  depends_on "glib"
  depends_on "gtk4"
  depends_on "json-glib"
  depends_on "libadwaita"
  depends_on "librsvg"
  depends_on "libserialport"
  depends_on "libusb"

  uses_from_macos "curl"
  uses_from_macos "python"
  uses_from_macos "zlib"

  def install
    system "meson", "setup", "build", "-Dgui=enabled", "-Dtests=disabled", *std_meson_args
    system "meson", "compile", "-C", "build", "--verbose"
    system "meson", "install", "-C", "build"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/jumperctl --version") if build.stable?
    system bin/"jumperctl", "flash", "-d", "virtual:pyboard,speed=0", share/"jumper/practice.dfu"
  end
end
