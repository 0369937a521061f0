/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "words/words-platform.h"

#include <glib/gi18n-lib.h>

const JmpWordsPlatform jmp_words_platform = {
  .permission = N_ ("Linux is not letting this program use the board yet."),
  .permission_advice = N_ (
      "Give permission once: copy the udev rule 70-jumper.rules, which comes with "
      "this program, into /etc/udev/rules.d, run "
      "“sudo udevadm control --reload”, then unplug the board and plug it "
      "in again."),
  .no_driver = N_ ("Linux does not offer the board to this program."),
  .no_driver_advice = N_ ("Unplug the board and plug it in again. In a container or a virtual "
                          "machine, pass the USB device through to it."),
  .busy_advice = N_ (
      "Close the other program (dfu-util, STM32CubeProgrammer, Thonny or another "
      "serial console, a browser tab that uses WebUSB, another copy of this program), "
      "then try again."),
  .not_found_advice = N_ (
      "Check that the cable carries data and not only power, that the board is "
      "in DFU mode (on a pyboard: join the DFU pin to 3V3, then press RST), and "
      "that it is plugged into the computer directly. In a virtual machine, pass "
      "the USB device through to it."),
  .check_title = N_ ("Look at the Permission"),
  .check_advice = N_ (
      "Linux lets only some people use USB devices. A board that it keeps to itself is "
      "listed as “No permission”; a rule changes that."),
  .has_rule = TRUE,
};
