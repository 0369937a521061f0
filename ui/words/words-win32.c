/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "words/words-platform.h"

#include <glib/gi18n-lib.h>

static char *
say_installed (const char *file)
{
  if (file == NULL)
    return g_strdup (_ ("The board that is connected has a driver that this program can use."));
  return g_strdup_printf (
      _ ("Windows uses WinUSB for boards in update mode. This program installed "
         "it, as %s."),
      file);
}

static const JmpWordsRule driver = {
  .title = N_ ("Driver"),
  .heading = N_ ("The Driver for Boards"),
  .installed = N_ ("The Driver Is There"),
  .say_installed = say_installed,
  .missing = N_ ("The Board Cannot Be Used Yet"),
  .missing_text = N_ ("Windows has the wrong driver for the board, or none."),
  .unknown = N_ ("No Board Is Connected"),
  .unknown_text = N_ ("Whether the driver is missing is seen when a board in update mode is "
                      "connected: some boards bring all that Windows needs."),
  .refused = N_ ("It is connected, but cannot be opened: its driver is missing, or the wrong one."),
  .leads = N_ ("Open this row to see which driver the board has, and what helps."),
  .name = N_ ("The Driver Package"),
  .commands = N_ ("Paste this command into a terminal that runs as administrator."),
  .install = N_ ("_Install the Driver…"),
  .undo = N_ ("_Undo the Installation…"),
};

const JmpWordsPlatform jmp_words_platform = {
  .permission = N_ ("Windows does not let this program use the board."),
  .permission_advice = N_ ("Close the other program (STM32CubeProgrammer, a browser tab that uses "
                           "WebUSB, dfu-util, another copy of this program), then try again."),
  .no_driver = N_ ("Windows has the wrong driver for the board, or none."),
  .no_driver_advice = N_ ("Install the WinUSB driver for this device, then unplug the board and "
                          "plug it in again."),
  .busy_advice = N_ ("Close the other program (STM32CubeProgrammer, Thonny or another serial "
                     "console, a browser tab that uses WebUSB, dfu-util, another copy of this "
                     "program), then try again."),
  .not_found_advice = N_ (
      "Check that the cable carries data and not only power, that the board is "
      "in DFU mode (on a pyboard: join the DFU pin to 3V3, then press RST), and "
      "that it is plugged into the computer directly. A yellow triangle in the "
      "Device Manager means that the driver is missing."),
  .check_title = N_ ("Look at the Driver"),
  .check_advice = N_ (
      "Windows needs the driver WinUSB for boards in update mode. A board that has another one "
      "(“STM Device in DFU Mode”), or none, is listed as “Driver missing”."),
  .rule = &driver,
  .rule_helps = JMP_ERROR_NO_DRIVER,
};
