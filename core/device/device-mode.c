/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "device/device.h"

/**
 * jmp_device_mode_to_string:
 * @mode: a mode
 *
 * The stable word for @mode, as it stands in the command's JSON.
 *
 * Returns: (transfer none): a static string
 */
const char *
jmp_device_mode_to_string (JmpDeviceMode mode)
{
  switch (mode) {
  case JMP_DEVICE_DFU:
    return "dfu";
  case JMP_DEVICE_RUNNING:
    return "running";
  case JMP_DEVICE_UNUSABLE:
    return "unusable";
  case JMP_DEVICE_GONE:
    return "gone";
  }
  return "unusable";
}

/**
 * jmp_device_mode_get_type:
 *
 * Returns: the enumeration type of #JmpDeviceMode
 */
GType
jmp_device_mode_get_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    { JMP_DEVICE_DFU, "JMP_DEVICE_DFU", "dfu" },
    { JMP_DEVICE_RUNNING, "JMP_DEVICE_RUNNING", "running" },
    { JMP_DEVICE_UNUSABLE, "JMP_DEVICE_UNUSABLE", "unusable" },
    { JMP_DEVICE_GONE, "JMP_DEVICE_GONE", "gone" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("JmpDeviceMode", values));
  return type;
}
