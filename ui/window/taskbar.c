/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "window/taskbar.h"

#define OBJECT_PATH "/io/github/dfujumper/Jumper"
#define INTERFACE   "com.canonical.Unity.LauncherEntry"

/**
 * jmp_taskbar_make:
 * @app_id: the program's id
 * @fraction: how far the work is, 0 to 1; less than 0 for no work
 *
 * Returns: (transfer floating): what the signal says
 */
GVariant *
jmp_taskbar_make (const char *app_id, double fraction)
{
  const gboolean visible = fraction >= 0;
  g_autofree char *uri = g_strdup_printf ("application://%s.desktop", app_id);
  GVariantBuilder properties;

  g_variant_builder_init (&properties, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (
      &properties, "{sv}", "progress", g_variant_new_double (CLAMP (fraction, 0, 1)));
  g_variant_builder_add (&properties, "{sv}", "progress-visible", g_variant_new_boolean (visible));
  return g_variant_new ("(sa{sv})", uri, &properties);
}

/**
 * jmp_taskbar_set:
 * @app: the program
 * @fraction: how far the work is, 0 to 1; less than 0 for no work
 *
 * Says it to whom it concerns; without a session bus to nobody.
 */
void
jmp_taskbar_set (GApplication *app, double fraction)
{
  GDBusConnection *bus = g_application_get_dbus_connection (app);

  if (bus == NULL)
    return;
  g_dbus_connection_emit_signal (
      bus,
      NULL,
      OBJECT_PATH,
      INTERFACE,
      "Update",
      jmp_taskbar_make (g_application_get_application_id (app), fraction),
      NULL);
}
