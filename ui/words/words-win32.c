/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "words/words-platform.h"

#include <glib/gi18n-lib.h>

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
      "Open the Device Manager with the board connected. “STM Device in DFU Mode” or a "
      "yellow triangle means the wrong driver, or none: install WinUSB for this one "
      "device, with the program Zadig, then plug the board in again."),
};
