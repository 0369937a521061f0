/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "words/words-platform.h"

#include <glib/gi18n-lib.h>

const JmpWordsPlatform jmp_words_platform = {
  .permission = N_ ("macOS does not let this program use the board."),
  .permission_advice = N_ ("Close the other program (STM32CubeProgrammer, a browser tab that uses "
                           "WebUSB, dfu-util, another copy of this program), then try again."),
  .no_driver = N_ ("macOS does not offer the board to this program."),
  .no_driver_advice = N_ ("Unplug the board and plug it in again, and allow the accessory when "
                          "macOS asks."),
  .busy_advice = N_ ("Close the other program (STM32CubeProgrammer, Thonny or another serial "
                     "console, a browser tab that uses WebUSB, dfu-util, another copy of this "
                     "program), then try again."),
  .not_found_advice = N_ (
      "Check that the cable carries data and not only power, that the board is "
      "in DFU mode (on a pyboard: join the DFU pin to 3V3, then press RST), that "
      "it is plugged into the computer directly, and that macOS was allowed to "
      "connect the accessory."),
  .check_title = N_ ("Allow the Accessory"),
  .check_advice = N_ (
      "A Mac with Apple silicon asks whether the accessory may connect: choose Allow. If "
      "it did not ask, unlock the Mac, look in System Settings under Privacy & "
      "Security, and plug the board in again."),
};
