/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "regions.h"

#include "device/practice.h"

#include <glib/gi18n-lib.h>

#define KIB 1024u

/* MicroPython's own division of the STM32F405 on a pyboard: ports/stm32/boards/stm32f405.ld. */
static const JmpMapName PYBOARD[] = {
  { .address = 0x08000000, .length = 16 * KIB, .name = NC_ ("memory", "Vectors") },
  { .address = 0x08004000, .length = 112 * KIB, .name = "PYBFLASH", .own_files = TRUE },
  { .address = 0x08020000, .length = 896 * KIB, .name = NC_ ("memory", "Code") },
};

/**
 * jmp_regions_of_device:
 * @device: a board
 * @n_names: (out): how many
 *
 * Returns: (transfer none) (nullable) (array length=n_names): the names, translated
 */
const JmpMapName *
jmp_regions_of_device (JmpDevice *device, guint *n_names)
{
  static JmpMapName names[G_N_ELEMENTS (PYBOARD)];
  JmpVirtualBoard *board = jmp_practice_device_get_board (device);

  *n_names = 0;
  if (board == NULL || g_strcmp0 (jmp_virtual_board_get_kind (board), "pyboard") != 0)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (PYBOARD); i++) {
    names[i] = PYBOARD[i];
    names[i].name = g_dpgettext2 (GETTEXT_PACKAGE, "memory", PYBOARD[i].name);
  }
  *n_names = G_N_ELEMENTS (PYBOARD);
  return names;
}
