/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "device/permission.h"

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
