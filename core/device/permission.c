/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "device/permission-private.h"

/**
 * jmp_permission_free:
 * @self: (nullable) (transfer full): what there is
 *
 * Frees the value.
 */
void
jmp_permission_free (JmpPermission *self)
{
  if (self == NULL)
    return;
  g_free (self->file);
  g_clear_pointer (&self->drivers, g_ptr_array_unref);
  g_free (self);
}

/**
 * jmp_permission_state_to_string:
 * @state: a state
 *
 * Returns: (transfer none): the stable word for @state
 */
const char *
jmp_permission_state_to_string (JmpPermissionState state)
{
  switch (state) {
  case JMP_PERMISSION_NOT_NEEDED:
    return "not-needed";
  case JMP_PERMISSION_INSTALLED:
    return "installed";
  case JMP_PERMISSION_MISSING:
    return "missing";
  case JMP_PERMISSION_UNKNOWN:
    return "unknown";
  }
  return "unknown";
}

JmpPermissionState
jmp_permission_judge (GPtrArray *drivers, const char *published)
{
  for (guint i = 0; i < drivers->len; i++)
    if (jmp_driver_get_fix (g_ptr_array_index (drivers, i)) != JMP_DRIVER_FIX_NONE)
      return JMP_PERMISSION_MISSING;
  if (drivers->len > 0 || published != NULL)
    return JMP_PERMISSION_INSTALLED;
  return JMP_PERMISSION_UNKNOWN;
}
