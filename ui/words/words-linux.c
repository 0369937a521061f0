/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "words/words-platform.h"

#include <glib/gi18n-lib.h>

static char *
say_installed (const char *file)
{
  return g_strdup_printf (_ ("Boards in update mode can be used by whoever sits at this computer. "
                             "The rule is in the file %s."),
                          file);
}

static const JmpWordsRule udev_rule = {
  .title = N_ ("Permission"),
  .heading = N_ ("Permission to Use Boards"),
  .installed = N_ ("A Rule Is There"),
  .say_installed = say_installed,
  .missing = N_ ("The Rule Is Missing"),
  .missing_text = N_ (
      "Linux does not let this program use boards in update mode yet. A small rule changes "
      "that, for these boards and for whoever sits at this computer, and can be undone."),
  .unknown = N_ ("It Cannot Be Seen from Here"),
  .unknown_text = N_ (
      "The program runs in a sandbox, which does not let it look at rules or install them. "
      "If a board says “No permission”, paste the commands below into a terminal."),
  .refused = N_ ("It is connected, but cannot be opened: permission is missing."),
  .leads = N_ ("A small rule is missing. Open this row to install it; that can be undone."),
  .leads_to_commands = N_ (
      "A small rule gives permission. Open this row for the commands that install it."),
  .name = N_ ("The Rule"),
  .commands = N_ ("Paste these commands into a terminal."),
  .install = N_ ("_Install the Rule…"),
  .undo = N_ ("_Undo the Installation…"),
};

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
  .rule = &udev_rule,
  .rule_helps = JMP_ERROR_PERMISSION,
};
