/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A system that gives everybody at the computer its USB devices and needs no driver for them, as macOS
 * does: see permission-linux.c for one that does not, and for the documentation. That a Mac may ask
 * whether an accessory may connect cannot be seen from a program: ui/words says it. */

#include "device/permission.h"

#include "base/error.h"

JmpPermission *
jmp_permission_look (void)
{
  return g_new0 (JmpPermission, 1);
}

gboolean
jmp_permission_can_install (void)
{
  return FALSE;
}

GBytes *
jmp_permission_get_rule (void)
{
  return NULL;
}

const char *
jmp_permission_get_rule_file (void)
{
  return NULL;
}

char *
jmp_permission_make_commands (void)
{
  return NULL;
}

static gboolean
refuse (GError **error)
{
  g_set_error_literal (
      error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "this system has no rules for devices");
  return FALSE;
}

gboolean
jmp_permission_install (GCancellable *cancellable, GError **error)
{
  return refuse (error);
}

gboolean
jmp_permission_remove (GCancellable *cancellable, GError **error)
{
  return refuse (error);
}
